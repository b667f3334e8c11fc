"""The case file: the document, its journal, and the only code that speaks SQL."""
