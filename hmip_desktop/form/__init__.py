"""The question bank: forms, what routing asks, and what may be wrong with a form."""
