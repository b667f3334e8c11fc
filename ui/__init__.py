"""The window: draws and asks; decides nothing about scores or files."""

import ctypes
import sys

_MANY = 1 << 40


def _keep_constants() -> None:
    """Keep Python 3.11 from freeing None, True and False under PySide6 6.12.

    That PySide6 is built for Pythons in which these are immortal (3.12 and later): each call
    that returns nothing gives away a reference that it never took, and after some thousand
    calls 3.11 ends with "deallocating None".
    """
    if sys.implementation.name == "cpython" and sys.version_info < (3, 12):
        for constant in (None, True, False):
            ctypes.c_ssize_t.from_address(id(constant)).value += _MANY


_keep_constants()
