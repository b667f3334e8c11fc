"""Whether this checkout may be released: `check.py`, one line a question, and what to do.

Questions that take no time come first; all are asked, whatever the answers.
"""

import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import sums  # noqa: E402

from hmip_desktop import __version__  # noqa: E402

FROZEN, OUT = ROOT / "build" / "frozen" / "HMIP Desktop", ROOT / "build" / "release"
PATIENCE = 3600
_HEADING = re.compile(r"^## (\S+) ?(.*)$", re.MULTILINE)
_DATED = re.compile(r"\(?\d{4}-\d{2}-\d{2}\)?$")
_PINNED = re.compile(r"^([\w.-]+)==", re.MULTILINE)
_NAME = re.compile(r"[\w.-]+")


@dataclass(frozen=True)
class Answer:
    """What was found, and what to do when it is not well."""

    well: bool
    found: str
    to_do: str = ""


def version() -> Answer:
    """The version in the code is the newest of the changes, and dated."""
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    heading = _HEADING.search(changes)
    newest, when = heading.groups() if heading else ("none", "")
    found = f"code {__version__}, changes {newest} {when}".strip()
    to_do = (
        "Make __version__ in hmip_desktop/__init__.py and the first heading of CHANGELOG.md say "
        "the same, as in `## 1.0.0 (2026-12-01)`."
    )
    return Answer(newest == __version__ and bool(_DATED.search(when)), found, to_do)


def tree() -> Answer:
    """Everything is committed."""
    changed = _run("git", "status", "--porcelain").stdout.splitlines()
    return Answer(not changed, f"{len(changed)} uncommitted files", "Commit them, or drop them.")


def lock() -> Answer:
    """What is needed is pinned with hashes, from no named index."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pinned = {_plain(name) for name in _PINNED.findall(text)}
    needed = {_plain(found[0]) for one in wanted["dependencies"] if (found := _NAME.match(one))}
    wrong = sorted(needed - pinned)
    wrong += [line for line in text.splitlines() if "://" in line or "index-url" in line]
    unhashed = len(_PINNED.findall(text)) - len(re.findall(r"==[^\n]*\\\n\s+--hash=", text))
    to_do = "Make requirements.lock again, as CONTRIBUTING.md says."
    found = f"{len(pinned)} pinned, {unhashed} without hashes; wrong: {', '.join(wrong) or 'none'}"
    return Answer(not wrong and not unhashed, found, to_do)


def welsh() -> Answer:
    """The Welsh catalogue has all that the program says."""
    test = ("tests/core/test_language.py", "-k", "catalogue_has_every_text", "-p", "no:randomly")
    return _told(
        _run(sys.executable, "-m", "pytest", *test), "Run `make words`, then translate what is new."
    )


def checked() -> Answer:
    """Format, lint, types, imports."""
    return _told(_run("make", "check"), "Run `make check` and mend what it says.")


def bundle() -> Answer:
    """The frozen program is built, and does a week's work where there is no Python."""
    return _told(_run("make", "bundle"), "Run `make bundle` and mend what it says.")


def packages() -> Answer:
    """The packages of this system install, start and go again."""
    if sys.platform != "linux":
        return Answer(True, "made by their own systems")
    return _told(_run("make", "bundle-linux"), "Run `make bundle-linux` and mend what it says.")


def licences() -> Answer:
    """Nothing is shipped that may not be."""
    done = _run(sys.executable, "packaging/release/allowed.py", str(FROZEN))
    return _told(done, "Leave it out (packaging/frozen/contents.py), or allow it when it may be.")


def bill() -> Answer:
    """The bill of materials is written and follows its schema."""
    path = OUT / f"hmip-desktop-{__version__}-{sys.platform}.cdx.json"
    done = _run(sys.executable, "packaging/release/sbom.py", str(FROZEN), str(path))
    return _told(done, "See what sbom.py says of packaging/frozen/notices.py's list.")


def checksums() -> Answer:
    """Everything to be given away has its checksum."""
    if not OUT.is_dir():
        return Answer(False, "nothing in build/release", "Run `make bundle-linux`.")
    sums.main(OUT)
    text = (OUT / sums.NAME).read_text(encoding="utf-8")
    return Answer(text == sums.sums(OUT), f"{len(text.splitlines())} files in {sums.NAME}")


QUESTIONS: dict[str, Callable[[], Answer]] = {
    "version and changes": version,
    "everything committed": tree,
    "lock": lock,
    "Welsh": welsh,
    "checks": checked,
    "frozen and started": bundle,
    "packages": packages,
    "licences": licences,
    "bill of materials": bill,
    "checksums": checksums,
}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603
        command, capture_output=True, text=True, timeout=PATIENCE, cwd=ROOT, check=False
    )


def _told(done: subprocess.CompletedProcess[str], to_do: str) -> Answer:
    told = done.stdout + done.stderr if done.returncode else done.stdout
    lines = [line for line in told.splitlines() if line.strip() and not line.startswith("make")]
    return Answer(not done.returncode, lines[-1][:100] if lines else "well", to_do)


def asked() -> Iterator[tuple[str, Answer]]:
    """Every question with its answer, as they come."""
    for name, ask in QUESTIONS.items():
        yield name, ask()


def main() -> int:
    """Ask everything and print it as a table."""
    to_do = []
    for name, answer in asked():
        word = "well" if answer.well else "NOT YET"
        sys.stdout.write(f"{name:22} {word:8} {answer.found}\n")
        sys.stdout.flush()
        if not answer.well:
            to_do.append(f"- {name}: {answer.to_do}")
    if to_do:
        sys.stdout.write("\nNot to be released yet:\n" + "\n".join(to_do) + "\n")
        return 1
    sys.stdout.write(f"\n{__version__} may be released, once `make test` has passed.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
