"""What the disk, SQLite and strange files come to, in one kind sentence each."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from hmip_desktop.casefile import holder, rows
from hmip_desktop.errors import Code, Refused


@contextlib.contextmanager
def kindly(path: Path) -> Iterator[None]:
    """Turn what the disk or SQLite says into a sentence about the file at `path`."""
    try:
        yield
    except rows.StrangeRowsError as error:
        raise strange(path) from error
    except sqlcipher.ProgrammingError:
        raise  # our fault: a closed document was used
    except sqlcipher.DatabaseError as error:
        raise world(error, path) from error
    except OSError as error:
        sentence = f"{path.name} cannot be written ({error.strerror}). Nothing was changed."
        raise Refused(Code.DISK, sentence) from error


def world(error: Exception, path: Path) -> Refused:
    """The sentence for an error of SQLite. Its own words are never shown."""
    words = str(error)
    return next((say(path) for sign, say in _BY_SIGN if sign in words), damaged(path))


def is_busy(error: Exception) -> bool:
    """Whether SQLite says that somebody else has the file."""
    return "locked" in str(error) or "busy" in str(error)


def damaged(path: Path) -> Refused:
    """A file that is not whole."""
    sentence = (
        f"{path.name} is damaged. Ask its owner to hand it in again; "
        "their own copy is likely to be whole."
    )
    return Refused(Code.FILE_DAMAGED, sentence)


def in_use(path: Path) -> Refused:
    """A file that another program has open, saying whose as far as known."""
    who = holder.read_word(path)
    by = f" by {who}" if who else " in another program"
    return Refused(Code.FILE_IN_USE, f"{path.name} is open{by}. Close it there and try again.")


def not_ours(path: Path) -> Refused:
    """A file that is no case file."""
    return Refused(Code.FILE_NOT_OURS, f"{path.name} is not a case file of this program.")


def strange(path: Path) -> Refused:
    """A case file with something in it that this program never writes."""
    sentence = (
        f"{path.name} holds something that does not belong in a case file. "
        "It was not opened; ask its owner for a fresh copy."
    )
    return Refused(Code.FILE_STRANGE, sentence)


def newer(path: Path) -> Refused:
    """A case file of a later version."""
    sentence = (
        f"{path.name} was made by a newer version of this program. "
        "Ask the lead inspector for that version and open the file with it."
    )
    return Refused(Code.FILE_NEWER, sentence)


def wrong_passphrase(path: Path) -> Refused:
    """A file that the passphrase does not open."""
    sentence = (
        f"The passphrase does not open {path.name}. Check capitals and spaces; if it is "
        "certainly right, the file belongs to another inspection or is damaged."
    )
    return Refused(Code.PASSPHRASE_WRONG, sentence)


def _full(path: Path) -> Refused:
    sentence = f"The disk is full: {path.name} was not changed. Make room and try again."
    return Refused(Code.DISK, sentence)


def _read_only(path: Path) -> Refused:
    if path.with_name(path.name + "-journal").exists():
        sentence = (
            f"{path.name} was not closed properly. Open it once in the program it was made with "
            "and copy it again."
        )
        return Refused(Code.FILE_INTERRUPTED, sentence)
    sentence = f"{path.name} is on a read-only disk or stick. Copy it to this computer and open it."
    return Refused(Code.FILE_READ_ONLY, sentence)


def _out_of_reach(path: Path) -> Refused:
    sentence = f"{path.name} cannot be opened in {path.absolute().parent}."
    return Refused(Code.FILE_MISSING, sentence)


def _pulled_out(path: Path) -> Refused:
    sentence = (
        f"{path.name} cannot be reached any more; was a stick pulled out? Nothing was changed."
    )
    return Refused(Code.DISK, sentence)


_BY_SIGN: tuple[tuple[str, Callable[[Path], Refused]], ...] = (
    ("locked", in_use),
    ("busy", in_use),
    ("full", _full),
    ("readonly", _read_only),
    ("unable to open", _out_of_reach),
    ("I/O", _pulled_out),
)
