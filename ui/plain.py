"""Tool tips of what people typed: Qt takes a text that looks like markup for markup."""

from html import escape


def tip(text: str) -> str:
    """A text for a tool tip, shown letter by letter whatever it looks like."""
    if "<" not in text and "&" not in text:
        return text
    return f'<p style="white-space: pre-wrap">{escape(text)}</p>'
