"""What people typed, made fit for a cell: nothing corrupts the file, nothing is lost in silence."""

LIMIT = 32_767
CUT = " […] This text is longer than an Excel cell can hold: the rest is in the case file."

_FORMULA_STARTERS = ("=", "+", "-", "@", "\t")
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# XML has no place for control characters. Their pictures (U+2400 and on) show where they stood;
# Excel's own escape for them, _x0001_, is read back as those seven letters by other programs.
_PICTURES = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n"}
_NOT_CHARACTERS = {
    **dict.fromkeys(range(0xD800, 0xE000), _REPLACEMENT),
    **dict.fromkeys((0xFFFE, 0xFFFF), _REPLACEMENT),
}
_SAFE = _PICTURES | _NOT_CHARACTERS


def fit(text: str) -> str:
    """The text as a cell can hold it: one kind of line end, visible controls, not too long."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return cut(lines.translate(_SAFE))


def cut(text: str, limit: int = LIMIT, ending: str = CUT) -> str:
    """The text if Excel can hold it, else its beginning and a sentence that says so.

    Excel counts UTF-16 units, so that an emoji takes two; none is ever halved.
    """
    units = text.encode("utf-16-le")
    if len(units) <= limit * 2:
        return text
    room = limit - len(ending.encode("utf-16-le")) // 2
    return units[: room * 2].decode("utf-16-le", errors="ignore") + ending


def looks_like_formula(text: str) -> bool:
    """Whether Excel would read this as a formula once somebody edits its cell."""
    return text.startswith(_FORMULA_STARTERS)
