"""Texts as they are, on screen: no markup in tool tips, and folders that break where they may."""

from html import escape

_NO_BREAK, _MAY_BREAK = "\N{WORD JOINER}", "\N{ZERO WIDTH SPACE}"


def tip(text: str) -> str:
    """A text for a tool tip, shown letter by letter whatever it looks like."""
    if "<" not in text and "&" not in text:
        return text
    return f'<p style="white-space: pre-wrap">{escape(text)}</p>'


def with_whole_folders(text: str) -> str:
    """A text whose Windows paths break after a backslash only, never between C: and the first.

    It is for showing: the marks in it are not seen, but would be in the way in a copy.
    """
    return text.replace("\\", f"{_NO_BREAK}\\{_MAY_BREAK}")
