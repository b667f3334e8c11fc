"""Whether somebody sits before the command line who can be asked something."""

import sys


def can_ask() -> bool:
    """Whether what is typed reaches this program.

    Windows calls its empty device (NUL) a terminal as well; asked there, a script that runs alone
    would wait for ever. Only a console can be asked.
    """
    if not sys.stdin.isatty():
        return False
    if sys.platform != "win32":
        return True
    import ctypes  # noqa: PLC0415  for Windows alone
    import msvcrt  # noqa: PLC0415

    mode = ctypes.c_ulong()
    handle = ctypes.c_void_p(msvcrt.get_osfhandle(sys.stdin.fileno()))
    return bool(ctypes.windll.kernel32.GetConsoleMode(handle, ctypes.byref(mode)))
