"""What of `requirements.lock` the Windows program is made of.

pip evaluates markers for the Python that runs it, which here is Linux's; so they are evaluated
before, for the Windows that is meant, and what is left has none.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import metadata

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PYTHON = "3.13.2"
WINDOWS = {
    "implementation_name": "cpython",
    "implementation_version": PYTHON,
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "platform_release": "10",
    "platform_system": "Windows",
    "platform_version": "10.0.19045",
    "python_full_version": PYTHON,
    "python_version": PYTHON.rpartition(".")[0],
    "sys_platform": "win32",
    "extra": "",
}


def windows_lock(
    lock: str,
    roots: Iterable[str],
    requires: Callable[[str], Sequence[str]] | None = None,
) -> str:
    """The lines of `lock` that `roots` and what they need come to on Windows, without markers.

    Raises:
        KeyError: something is needed that the lock does not hold.
    """
    locked = pins(lock)
    needed: set[str] = set()
    waiting = [canonicalize_name(Requirement(root).name) for root in roots]
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed.add(name)
            waiting += _needed_by(name, requires or requirements_of)
    return "".join(locked[name] for name in sorted(needed))


def pins(lock: str) -> Mapping[str, str]:
    """Each pinned package that Windows has, with its hashes, by name."""
    found: dict[str, str] = {}
    name = ""
    for line in lock.splitlines():
        if not line.startswith((" ", "#")):
            pinned = Requirement(line.removesuffix("\\"))
            wanted = pinned.marker is None or pinned.marker.evaluate(WINDOWS)
            name = canonicalize_name(pinned.name) if wanted else ""
            line = f"{pinned.name}{pinned.specifier} \\"  # noqa: PLW2901  without its marker
        if name:
            found[name] = found.get(name, "") + line + "\n"
    return found


def requirements_of(name: str) -> Sequence[str]:
    """What an installed package says that it needs; nothing of one that Linux has not."""
    try:
        return metadata.requires(name) or ()
    except metadata.PackageNotFoundError:
        return ()


def _needed_by(name: str, requires: Callable[[str], Sequence[str]]) -> list[str]:
    wanted = [Requirement(text) for text in requires(name)]
    return [
        canonicalize_name(one.name)
        for one in wanted
        if one.marker is None or one.marker.evaluate(WINDOWS)
    ]
