"""The practice file: an ordinary case file of this user's own, with the model case in it.

It lies among the program's own things, opens without a question, and belongs to no inspection.
"""

from pathlib import Path

from hmip_desktop import paths
from hmip_desktop.casefile import practice, records
from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.journal import Field
from hmip_desktop.casefile.records import Order, Role
from hmip_desktop.casefile.refusals import kindly
from hmip_desktop.casefile.rows import About
from hmip_desktop.clock import SYSTEM_CLOCK, Clock
from hmip_desktop.errors import Code, Refused
from hmip_desktop.form import xlsform
from hmip_desktop.form.xlsform import XlsForm
from hmip_desktop.ids import PRACTICE, CaseId, Json, MemberId, fresh
from hmip_desktop.language import tr
from hmip_desktop.operations import benchmark, inspection, model_case
from hmip_desktop.operations.benchmark import Comparison
from hmip_desktop.operations.reading import Progressed, Reading

_CASE = CaseId("practice")
_NOT_USABLE = (
    Code.FILE_DAMAGED,
    Code.FILE_STRANGE,
    Code.FILE_NOT_OURS,
    Code.FILE_NEWER,
    Code.PASSPHRASE_WRONG,
)
_TITLE = "Practice"


def open_practice(*, clock: Clock = SYSTEM_CLOCK) -> Document:
    """The practice file, open for writing; made where there is none that can be used.

    One that cannot be read any more is set aside: what was practised is no evidence.

    Raises:
        Refused: FILE_IN_USE, DISK and the like.
    """
    path = paths.practice_file()
    if not path.exists():
        return _made(path, clock)
    try:
        document = Document.open(path, practice.known_passphrase(), clock=clock)
    except Refused as refusal:
        if refusal.code not in _NOT_USABLE:
            raise
        _set_aside(path)
        return _made(path, clock)
    try:
        _keep_questions(document, model_case.questions())
    except BaseException:
        document.close()
        raise
    return document


def start_again(*, clock: Clock = SYSTEM_CLOCK) -> Document:
    """An empty practice file in the place of the one that was, which nobody may have open.

    Raises:
        Refused: FILE_IN_USE, DISK and the like; then the old one is there still.
    """
    path = paths.practice_file()
    if path.exists():
        open_practice(clock=clock).close()  # nobody else has it
    return _made(path, clock)


def progress() -> Progressed | None:
    """How far the practice file is; None where there is none, or it cannot be read just now."""
    path = paths.practice_file()
    if not path.exists():
        return None
    try:
        with Document.open(path, practice.known_passphrase(), write=False) as document:
            return one(Reading(document))
    except Refused:
        return None


def is_practice_file(path: Path) -> bool:
    """Whether a file holds a model case, by the mark that can be seen from outside."""
    return practice.looks_like_one(path)


def one(reading: Reading) -> Progressed:
    """The assessment that is practised on."""
    return next(iter(reading.assessments.values()))


def compared(reading: Reading) -> Comparison:
    """How the answers lie to the benchmark, as they stand."""
    answers = one(reading).assessment.answers
    return benchmark.compare(reading.routing, model_case.model_case(), answers)


def _made(path: Path, clock: Clock) -> Document:
    """A fresh practice file, made beside its place and put there whole."""
    source, part = model_case.questions(), path.with_suffix(".part.hmip")
    form, passphrase = xlsform.compiled(source), practice.known_passphrase()
    member = MemberId(fresh())
    about = About(PRACTICE, member, is_leads=False)
    with kindly(path):
        part.unlink(missing_ok=True)
        with Document.create(part, passphrase, about, salt=practice.SALT, clock=clock) as document:
            document.keep_form(inspection.kept(source, form))
            document.write(member, _facts(member, source))
        part.replace(path)
    return Document.open(path, passphrase, clock=clock)


def _facts(member: MemberId, source: XlsForm) -> list[tuple[Field, Json]]:
    case = model_case.model_case()
    you: Json = {"name": tr("You"), "role": Role.LOCAL_ASSESSOR.value}
    facts: Json = {"reference": case.reference, "fields": dict(case.facts)}
    return [
        (records.inspection_field(), _inspection(source)),
        (records.member_field(member), you),
        (records.case_field(_CASE), facts),
        (records.allocation_field(_CASE, Order.FIRST), member),
    ]


def _inspection(source: XlsForm) -> Json:
    return {"title": _TITLE, "area": "", "starts": "", "ends": "", "form": source.sha256}


def _keep_questions(document: Document, source: XlsForm) -> None:
    """Bring the file to the questions of this program; answers given to others stay readable."""
    if document.form(source.sha256) is None:
        document.keep_form(inspection.kept(source, xlsform.compiled(source)))
    document.write(document.about.owner, [(records.inspection_field(), _inspection(source))])


def _set_aside(path: Path) -> None:
    with kindly(path):
        path.replace(path.with_suffix(".broken.hmip"))
