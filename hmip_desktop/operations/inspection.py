"""An inspection before its fieldwork: begun by the lead, then filled step by step.

Each step is kept at once in the lead's case file, so setting up can be left and taken up again.
"""

import re
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from hmip_desktop.casefile import reader, records
from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.journal import Field
from hmip_desktop.casefile.opening import SUFFIX
from hmip_desktop.casefile.passphrase import Passphrase
from hmip_desktop.casefile.records import Contents, TeamMember
from hmip_desktop.casefile.rows import About, KeptForm
from hmip_desktop.clock import SYSTEM_CLOCK, Clock
from hmip_desktop.errors import Code, Fault, Refused
from hmip_desktop.form import xlsform
from hmip_desktop.form.model import Form
from hmip_desktop.form.xlsform import XlsForm
from hmip_desktop.ids import FormHash, InspectionId, Json, fresh
from hmip_desktop.language import tr, tr_count
from hmip_desktop.operations import adding
from hmip_desktop.operations.changes import Changes
from hmip_desktop.operations.opening import require_lead


@dataclass(frozen=True)
class Details:
    """What an inspection is called, where and when it is; dates are ISO or empty.

    `caseload` is the number of cases that the sample stands for; None where that is not known.
    """

    title: str
    area: str
    starts: str = ""
    ends: str = ""
    caseload: int | None = None

    def checked(self) -> "Details":
        """The same without stray spaces.

        Raises:
            Refused: VALUE_UNUSABLE.
        """
        texts = (one.strip() for one in (self.title, self.area, self.starts, self.ends))
        title, area, starts, ends = texts
        neat = Details(title, area, starts, ends, self.caseload)
        if not neat.title or not neat.area:
            sentence = tr("The inspection needs a title and an area.")
            raise Refused(Code.VALUE_UNUSABLE, sentence)
        for given in filter(None, (neat.starts, neat.ends)):
            _check_date(given)
        if neat.starts and neat.ends and neat.ends < neat.starts:
            raise Refused(Code.VALUE_UNUSABLE, tr("The inspection ends before it starts."))
        if neat.caseload is not None:
            require_caseload(neat.caseload, 1)
        return neat


def begin(
    path: Path,
    passphrase: Passphrase,
    details: Details,
    source: XlsForm,
    lead: TeamMember,
    *,
    clock: Clock = SYSTEM_CLOCK,
) -> Document:
    """Make the lead's case file with the form and the lead in it, and leave it open.

    Raises:
        Refused: for the form, the dates or the place; nothing is left.
    """
    details, form = details.checked(), xlsform.compiled(source)
    if not path.name:
        raise Refused(Code.FILE_MISSING, tr("The lead's case file needs a name."))
    path = path if path.suffix else path.with_suffix(SUFFIX)
    about = About(InspectionId(fresh()), lead.id, is_leads=True)
    document = Document.create(path, passphrase, about, clock=clock)
    try:
        document.keep_form(kept(source, form))
        document.write(
            lead.id,
            [
                (records.inspection_field(), _said(details, source.sha256)),
                (records.caseload_field(), details.caseload),
                (records.member_field(lead.id), adding.person(lead)),
            ],
        )
    except BaseException:
        document.close()
        path.unlink(missing_ok=True)
        raise
    return document


def describe(document: Document, details: Details) -> Changes:
    """Change what an inspection is called, where and when it is, and the size of the caseload.

    Raises:
        Refused: NOT_THE_LEADS, VALUE_UNUSABLE.
    """
    require_lead(document)
    details, contents = details.checked(), _contents(document)
    if details.caseload is not None:
        require_caseload(details.caseload, len(contents.cases))
    said = _said(details, contents.inspection.form)
    changes: list[tuple[Field, Json]] = [(records.inspection_field(), said)]
    if details.caseload != contents.inspection.caseload:  # else a conflict would be settled unseen
        changes.append((records.caseload_field(), details.caseload))
    return Changes.of(document.write(document.about.owner, changes))


def propose_caseload(document: Document, caseload: int) -> Changes:
    """Take the size of a long list for that of the caseload, where nobody has said it yet.

    Nothing changes where somebody has, or where the sample has more cases than that.

    Raises:
        Refused: NOT_THE_LEADS.
    """
    require_lead(document)
    contents, field = _contents(document), records.caseload_field()
    was_said = bool(document.journal.history(*field))
    if was_said or caseload < max(1, len(contents.cases)):
        return Changes()
    return Changes.of(document.write(document.about.owner, [(field, caseload)]))


def caseload_typed(text: str) -> int | None:
    """The size of a caseload as somebody types it, such as 1,240; None where nothing is typed.

    Raises:
        Refused: VALUE_UNUSABLE.
    """
    digits = re.sub(r"(?<=\d)[ ,](?=\d{3}(\D|$))", "", text.strip())
    if not digits:
        return None
    if not re.fullmatch(r"\d{1,9}", digits, re.ASCII):
        sentence = tr("“{text}” is not a number of cases; write it as 1240.", text=text.strip())
        raise Refused(Code.VALUE_UNUSABLE, sentence)
    return int(digits)


def require_caseload(caseload: int, cases: int) -> None:
    """Make sure that a sample of so many cases can stand for a caseload.

    Raises:
        Refused: VALUE_UNUSABLE.
    """
    if caseload < cases:
        sentence = tr_count(
            "The sample has {count} case, so the caseload cannot be {caseload}.",
            "The sample has {count} cases, so the caseload cannot be {caseload}.",
            cases,
            caseload=caseload,
        )
        raise Refused(Code.VALUE_UNUSABLE, sentence)


def form_of(document: Document) -> Form:
    """The form of an inspection."""
    compiled = document.form(_contents(document).inspection.form)
    if compiled is None:
        raise Fault("the case file does not keep its form")
    return Form.from_json(compiled)


def _contents(document: Document) -> Contents:
    return reader.contents(document.journal, document.about.inspection)


def _said(details: Details, form: FormHash) -> Json:
    texts = {name: text for name, text in asdict(details).items() if name != records.CASELOAD}
    return {**texts, "form": form}


def kept(source: XlsForm, form: Form) -> KeptForm:
    """A form as a case file keeps it: the file as it came, and what it compiles to."""
    return KeptForm(
        source.sha256, form.form_id, form.version, source.name, source.content, form.to_json()
    )


def _check_date(given: str) -> None:
    try:
        date.fromisoformat(given)
    except ValueError:
        sentence = tr("“{text}” is not a date; write it as 6 May 2013.", text=given)
        raise Refused(Code.VALUE_UNUSABLE, sentence) from None
