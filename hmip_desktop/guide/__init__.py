"""The user's guide: pages read from Markdown, and finding words in them."""

from hmip_desktop.guide.pages import PAGES, Page, Passage, book, last_run
from hmip_desktop.guide.search import Found, find, folded, spans

__all__ = ["PAGES", "Found", "Page", "Passage", "book", "find", "folded", "last_run", "spans"]
