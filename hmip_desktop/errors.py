"""What can go wrong, in two families: the world (`Refused`) and a fault of ours (`Fault`)."""

import errno
from dataclasses import dataclass
from enum import StrEnum

from hmip_desktop.language import mark, tr


class Code(StrEnum):
    """The register of refusals: tests and callers go by these, never by the wording."""

    FORM_UNREADABLE = "form.unreadable"
    FORM_UNUSABLE = "form.unusable"
    SHEET_UNREADABLE = "sheet.unreadable"
    SAMPLE_UNUSABLE = "sample.unusable"
    SAMPLE_NAMES_PEOPLE = "sample.names-people"
    TEAM_UNUSABLE = "team.unusable"
    FILE_MISSING = "file.missing"
    FILE_EXISTS = "file.exists"
    FILE_NOT_OURS = "file.not-ours"
    FILE_DAMAGED = "file.damaged"
    FILE_FORGED = "file.forged"
    FILE_STRANGE = "file.strange"
    FILE_NEWER = "file.newer"
    FILE_IN_USE = "file.in-use"
    FILE_IS_A_LINK = "file.link"
    FILE_INTERRUPTED = "file.interrupted"
    FILE_READ_ONLY = "file.read-only"
    DISK = "disk"
    PASSPHRASE_WRONG = "passphrase.wrong"  # noqa: S105
    PASSPHRASE_WEAK = "passphrase.weak"  # noqa: S105
    PASSPHRASE_MISSING = "passphrase.missing"  # noqa: S105
    OTHER_INSPECTION = "merge.other-inspection"
    PRACTICE = "practice"
    OTHER_PERSON = "merge.other-person"
    NOT_THE_LEADS = "lead.only"
    CASE_UNKNOWN = "case.unknown"
    CASE_NOT_ALLOCATED = "case.not-allocated"
    QUESTION_UNKNOWN = "question.unknown"
    VALUE_UNUSABLE = "value.unusable"
    SIGNED_OFF = "assessment.signed-off"
    NOT_SIGNED_OFF = "assessment.not-signed-off"
    UNANSWERED = "assessment.unanswered"
    REASON_MISSING = "reason.missing"
    ANSWERS_UNUSABLE = "answers.unusable"
    CONFLICT_UNKNOWN = "conflict.unknown"
    QUERY_UNKNOWN = "query.unknown"
    FIELD_UNKNOWN = "field.unknown"
    ALLOCATION = "allocation"
    SAMPLING = "sampling"
    SAME_INSPECTION = "aggregate.same-inspection"
    NOT_COMPARABLE = "aggregate.not-comparable"
    CROSSWALK_UNUSABLE = "crosswalk.unusable"
    PACK_NOT_ONE = "pack.not-one"
    PACK_CHANGED = "pack.changed"
    PACK_UNTRUSTED = "pack.untrusted"
    PACK_FORMAT = "pack.format"
    PACK_UNFIT = "pack.unfit"
    KEY_UNUSABLE = "key.unusable"
    PROGRAM_FIXED = "program.fixed"
    PROGRAM_UNSOUND = "program.unsound"
    PROGRAM_IN_USE = "program.in-use"
    NOTHING_BEFORE = "program.nothing-before"


_IN_PLAIN_WORDS = {
    errno.ENOENT: mark("the folder is not there"),
    errno.ENOTDIR: mark("the folder is not there"),
    errno.EACCES: mark("this computer does not allow it"),
    errno.EPERM: mark("this computer does not allow it"),
    errno.EROFS: mark("the disk or stick is write-protected"),
    errno.ENOSPC: mark("the disk or stick is full"),
    errno.EDQUOT: mark("the disk or stick is full"),
    errno.EFBIG: mark("the file is too large for the disk or stick"),
    errno.ENAMETOOLONG: mark("the name is too long"),
    errno.EIO: mark("the disk or stick does not answer"),
    errno.ENODEV: mark("the disk or stick does not answer"),
}


def in_plain_words(error: OSError) -> str:
    """Why the disk refused, as people say it; the system's own words where there are none."""
    known = _IN_PLAIN_WORDS.get(error.errno or 0)
    return tr(known) if known else error.strerror or str(error)


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong with a file that a person can mend: where it is and what to do.

    `row` is the row number that Excel shows; 0 when the problem concerns the whole sheet.
    """

    sheet: str
    row: int
    code: str
    sentence: str

    def __str__(self) -> str:
        if not self.row:
            return f"{self.sheet}: {self.sentence}"
        return tr(
            "{sheet}, row {row}: {sentence}",
            sheet=self.sheet,
            row=self.row,
            sentence=self.sentence,
        )


class HmipError(Exception):
    """Root of everything this program raises on purpose."""


class Refused(HmipError):
    """The world is not as it must be: one kind sentence says why and what to do."""

    def __init__(self, code: Code, sentence: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.problems = problems


class Fault(HmipError):
    """A fault of the program, to be reported; never shown as the user's doing."""


class Cancelled(HmipError):
    """The user stopped a long operation; nothing was changed."""
