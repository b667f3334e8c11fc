"""An inspection before its fieldwork: begun by the lead, then filled step by step.

Each step is kept at once in the lead's case file, so setting up can be left and taken up again.
"""

from collections.abc import Sequence
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
from hmip_desktop.ids import CaseId, FormHash, InspectionId, Json, MemberId, fresh
from hmip_desktop.language import tr
from hmip_desktop.operations.changes import Changes
from hmip_desktop.operations.opening import require_lead
from hmip_desktop.sample_sheet import SampleRow, TeamRow


@dataclass(frozen=True)
class Details:
    """What an inspection is called, where and when it is; dates are ISO or empty."""

    title: str
    area: str
    starts: str = ""
    ends: str = ""

    def checked(self) -> "Details":
        """The same without stray spaces.

        Raises:
            Refused: VALUE_UNUSABLE.
        """
        neat = Details(*(one.strip() for one in (self.title, self.area, self.starts, self.ends)))
        if not neat.title or not neat.area:
            sentence = tr("The inspection needs a title and an area.")
            raise Refused(Code.VALUE_UNUSABLE, sentence)
        for given in filter(None, (neat.starts, neat.ends)):
            _check_date(given)
        if neat.starts and neat.ends and neat.ends < neat.starts:
            raise Refused(Code.VALUE_UNUSABLE, tr("The inspection ends before it starts."))
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
        document.keep_form(_kept(source, form))
        document.write(
            lead.id,
            [
                (records.inspection_field(), _said(details, source.sha256)),
                (records.member_field(lead.id), _person(lead)),
            ],
        )
    except BaseException:
        document.close()
        path.unlink(missing_ok=True)
        raise
    return document


def describe(document: Document, details: Details) -> Changes:
    """Change what an inspection is called, where and when it is.

    Raises:
        Refused: NOT_THE_LEADS, VALUE_UNUSABLE.
    """
    require_lead(document)
    said = _said(details.checked(), _contents(document).inspection.form)
    return Changes.of(document.write(document.about.owner, [(records.inspection_field(), said)]))


def add_people(document: Document, rows: Sequence[TeamRow]) -> Changes:
    """Add people to the team; somebody known by name gets the role and office of the list.

    Raises:
        Refused: NOT_THE_LEADS.
    """
    require_lead(document)
    known = {one.name.casefold(): one.id for one in _contents(document).members.values()}
    people = [
        TeamMember(
            known.get(row.name.casefold(), MemberId(fresh())), row.name, row.role, row.office
        )
        for row in rows
    ]
    changes = [(records.member_field(one.id), _person(one)) for one in people]
    return Changes.of(document.write(document.about.owner, changes))


def add_cases(document: Document, rows: Sequence[SampleRow]) -> Changes:
    """Add cases to the sample; a case known by its reference gets the fields of the row.

    Raises:
        Refused: NOT_THE_LEADS.
    """
    require_lead(document)
    known = {one.reference.casefold(): one.id for one in _contents(document).cases.values()}
    changes: list[tuple[Field, Json]] = []
    for row in rows:
        case = known.get(row.reference.casefold(), CaseId(fresh()))
        said: Json = {"reference": row.reference, "fields": dict(row.fields)}
        changes.append((records.case_field(case), said))
    return Changes.of(document.write(document.about.owner, changes))


def form_of(document: Document) -> Form:
    """The form of an inspection."""
    compiled = document.form(_contents(document).inspection.form)
    if compiled is None:
        raise Fault("the case file does not keep its form")
    return Form.from_json(compiled)


def _contents(document: Document) -> Contents:
    return reader.contents(document.journal, document.about.inspection)


def _person(member: TeamMember) -> Json:
    said: dict[str, Json] = {"name": member.name, "role": member.role.value}
    return {**said, "office": member.office} if member.office else said


def _said(details: Details, form: FormHash) -> Json:
    return {**asdict(details), "form": form}


def _kept(source: XlsForm, form: Form) -> KeptForm:
    return KeptForm(
        source.sha256, form.form_id, form.version, source.name, source.content, form.to_json()
    )


def _check_date(given: str) -> None:
    try:
        date.fromisoformat(given)
    except ValueError:
        sentence = tr("“{text}” is not a date; write it as 6 May 2013.", text=given)
        raise Refused(Code.VALUE_UNUSABLE, sentence) from None
