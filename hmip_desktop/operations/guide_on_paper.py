"""The guide on paper: one page of it, or all."""

from collections.abc import Sequence

from hmip_desktop import paths
from hmip_desktop.guide import Page
from hmip_desktop.language import mark, tr
from hmip_desktop.operations.paper import Paper

GUIDE = mark("Guide to HMIP Desktop")


def page_on_paper(page: Page) -> Paper:
    """One page, to print for somebody or to hang up."""
    return Paper(page.title, (tr(GUIDE), ""), _html((page,)))


def guide_on_paper(pages: Sequence[Page]) -> Paper:
    """All of them, each on a sheet of its own."""
    return Paper(tr(GUIDE), (tr(GUIDE), ""), _html(pages))


def _html(pages: Sequence[Page]) -> str:
    style = paths.resource("styles", "guide-paper.css").read_text(encoding="utf-8")
    first, *others = (page.html for page in pages)
    next_ones = (html.replace("<h1>", '<h1 class="next">', 1) for html in others)
    body = "".join((first, *next_ones))
    return f"<html><head><style>{style}</style></head><body>{body}</body></html>"
