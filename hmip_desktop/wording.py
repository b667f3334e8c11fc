"""How numbers of things are said."""


def number_of_things(count: int, one: str, many: str = "") -> str:
    """A count with its noun: 1 row, 2 rows, 3 entries."""
    return f"{count} {one if count == 1 else many or one + 's'}"
