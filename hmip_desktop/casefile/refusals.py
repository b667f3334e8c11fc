"""What the disk, SQLite and strange files come to, in one kind sentence each."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from hmip_desktop.casefile import holder, rows
from hmip_desktop.casefile.holder import Word
from hmip_desktop.casefile.placing import SUFFIX, meant
from hmip_desktop.errors import Code, Refused, in_plain_words
from hmip_desktop.language import mark, tr


@contextlib.contextmanager
def kindly(path: Path) -> Iterator[None]:
    """Turn what the disk or SQLite says into a sentence about the file at `path`.

    Of a file that is still being made beside its place, the sentence names the one it becomes.
    """
    path = meant(path)
    try:
        yield
    except rows.StrangeRowsError as error:
        raise strange(path) from error
    except sqlcipher.ProgrammingError:
        raise  # our fault: a closed document was used
    except sqlcipher.DatabaseError as error:
        raise world(error, path) from error
    except OSError as error:
        sentence = tr(
            "{file} cannot be saved in {folder} ({why}). Choose another folder or stick.",
            file=path.name,
            folder=path.absolute().parent,
            why=in_plain_words(error),
        )
        raise Refused(Code.DISK, sentence) from error


def world(error: Exception, path: Path) -> Refused:
    """The sentence for an error of SQLite. Its own words are never shown."""
    words = str(error)
    return next((say(path) for sign, say in _BY_SIGN if sign in words), damaged(path))


def is_busy(error: Exception) -> bool:
    """Whether SQLite says that somebody else has the file."""
    return "locked" in str(error) or "busy" in str(error)


def is_read_only(error: Exception) -> bool:
    """Whether SQLite says that a file, or the folder for its journal, takes no writing."""
    return "readonly" in str(error) or "unable to open" in str(error)


def is_broken(error: BaseException) -> bool:
    """Whether SQLite says that the disk itself does not answer."""
    return isinstance(error, sqlcipher.DatabaseError) and "I/O" in str(error)


def damaged(path: Path) -> Refused:
    """A file that is not whole."""
    sentence = tr(
        "{file} is damaged. If it is yours, open it in the window, which recovers what is left "
        "of it; if somebody else's, ask them to hand it in again.",
        file=path.name,
    )
    return Refused(Code.FILE_DAMAGED, sentence)


def in_use(path: Path) -> Refused:
    """A file that another program has open, saying whose as far as known."""
    word = holder.read_word(path)
    if word is None:
        sentence = tr(
            "{file} is open in another program. Close it there and try again.", file=path.name
        )
    else:
        sentence = _in_use_by(word, path.name)
    return Refused(Code.FILE_IN_USE, sentence)


def _in_use_by(word: Word, file: str) -> str:
    own = holder.own_word()
    if word == own:
        return tr(
            "{file} is open in another window on this computer. Close it there and try again.",
            file=file,
        )
    if own is not None and word.computer == own.computer:
        return tr(
            "{file} is open on this computer, where {who} is logged in too. Close it there and "
            "try again.",
            file=file,
            who=word.who,
        )
    return tr(
        "{file} is open on another computer, {computer}, where {who} is logged in. Close it there "
        "and try again.",
        file=file,
        who=word.who,
        computer=word.computer,
    )


def open_here(path: Path) -> Refused:
    """A file that this very program holds."""
    sentence = tr("{file} is open already, in this window.", file=path.name)
    return Refused(Code.FILE_IN_USE, sentence)


def gone(path: Path) -> Refused:
    """A file that was moved, deleted or replaced while it was open."""
    sentence = tr(
        "{file} is no longer in {folder}: it was moved, deleted or replaced while it was open. "
        "Nothing is saved until it is back. Save it elsewhere to keep everything.",
        file=path.name,
        folder=path.absolute().parent,
    )
    return Refused(Code.FILE_MISSING, sentence)


def not_ours(path: Path) -> Refused:
    """A file that is no case file."""
    named_so = mark(
        "{file} is no case file, although its name ends in .hmip. Choose the file that your lead "
        "inspector gave you."
    )
    otherwise = mark(
        "{file} is not a case file of this program. Choose the file that your lead inspector gave "
        "you; its name ends in .hmip."
    )
    said = named_so if path.suffix.lower() == SUFFIX else otherwise
    return Refused(Code.FILE_NOT_OURS, tr(said, file=path.name))


def is_a_folder(path: Path) -> Refused:
    """A folder in the place of a file."""
    sentence = tr("{file} is a folder; choose the case file in it.", file=path.name)
    return Refused(Code.FILE_MISSING, sentence)


def strange(path: Path) -> Refused:
    """A case file with something in it that this program never writes."""
    sentence = tr(
        "{file} holds something that does not belong in a case file. "
        "It was not opened; ask its owner for a fresh copy.",
        file=path.name,
    )
    return Refused(Code.FILE_STRANGE, sentence)


def newer(path: Path) -> Refused:
    """A case file of a later version."""
    sentence = tr(
        "{file} was made by a newer version of this program. "
        "Ask the lead inspector for that version and open the file with it.",
        file=path.name,
    )
    return Refused(Code.FILE_NEWER, sentence)


def wrong_passphrase(path: Path) -> Refused:
    """A file that the passphrase does not open."""
    sentence = tr(
        "The passphrase does not open {file}. Check capitals and spaces; if it is "
        "certainly right, the file belongs to another inspection or is damaged.",
        file=path.name,
    )
    return Refused(Code.PASSPHRASE_WRONG, sentence)


def _full(path: Path) -> Refused:
    sentence = tr(
        "The disk is full: {file} was not changed. Make room and try again.", file=path.name
    )
    return Refused(Code.DISK, sentence)


def _read_only(path: Path) -> Refused:
    if path.with_name(path.name + "-journal").exists():
        sentence = tr(
            "{file} was not closed properly. Open it once in the program it was made with "
            "and copy it again.",
            file=path.name,
        )
        return Refused(Code.FILE_INTERRUPTED, sentence)
    sentence = tr(
        "{file} is on a read-only disk or stick. Copy it to this computer and open it.",
        file=path.name,
    )
    return Refused(Code.FILE_READ_ONLY, sentence)


def _out_of_reach(path: Path) -> Refused:
    sentence = tr(
        "{file} cannot be opened in {folder}.", file=path.name, folder=path.absolute().parent
    )
    return Refused(Code.FILE_MISSING, sentence)


def _pulled_out(path: Path) -> Refused:
    sentence = tr(
        "{file} cannot be reached any more; was a stick pulled out? Nothing was changed.",
        file=path.name,
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
