"""What everybody who works with expressions needs, and need not wait for their reader to have."""

from datetime import date

EPOCH = date(1970, 1, 1)
SELF = "."


class ExpressionError(Exception):
    """An expression that cannot be read or worked out; says why in a few words."""
