"""Rows for tables and lists, and the words that screens say."""
