"""Merging case files: what would happen (plan, pure) and making it so (apply)."""
