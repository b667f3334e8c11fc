"""Parts of pages: they draw and ask, and know nothing of files."""
