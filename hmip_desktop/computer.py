"""What the program may know of the computer that it runs on: its name, its kind, its system.

Not by Python's `platform`: on Windows that runs another program to learn the version, and the
window of that would flash up before ours.
"""

import os
import sys


def name() -> str:
    """What its owner calls it; it goes into case files, so that people know which laptop it was."""
    if sys.platform == "win32":
        return os.environ.get("COMPUTERNAME", "")
    return os.uname().nodename


def machine() -> str:
    """The kind of processor, as its system calls it: AMD64, x86_64, arm64."""
    if sys.platform == "win32":
        return os.environ.get("PROCESSOR_ARCHITECTURE", "")
    return os.uname().machine


def system() -> str:
    """The system with its version, such as Windows 10.0.19045."""
    if sys.platform == "win32":
        return "Windows " + ".".join(map(str, sys.getwindowsversion().platform_version))
    told = os.uname()
    return f"{told.sysname} {told.release}"
