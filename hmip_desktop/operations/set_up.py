"""Setting an inspection up: from form, sample and team to a case file for each assessor."""

import contextlib
import re
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hmip_desktop import allocation
from hmip_desktop.allocation import Shared
from hmip_desktop.casefile import reader, records
from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.journal import Entry, Field
from hmip_desktop.casefile.opening import SUFFIX
from hmip_desktop.casefile.passphrase import Passphrase
from hmip_desktop.casefile.records import Contents, Order, Role, TeamMember
from hmip_desktop.casefile.refusals import kindly
from hmip_desktop.casefile.rows import About, KeptForm
from hmip_desktop.clock import SYSTEM_CLOCK, Clock
from hmip_desktop.errors import Code, Refused
from hmip_desktop.form import xlsform
from hmip_desktop.form.model import Form
from hmip_desktop.form.xlsform import XlsForm
from hmip_desktop.ids import CaseId, InspectionId, Json, MemberId, fresh
from hmip_desktop.progress import Progress, silent
from hmip_desktop.sample_sheet import SampleRow, TeamRow, read_sample, read_team

LONGEST_NAME = 100
_RESERVED = frozenset(
    {"CON", "PRN", "AUX", "NUL"} | {f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10)}
)
_UNFIT_FOR_A_FILE_NAME = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


@dataclass(frozen=True)
class Plan:
    """What a new inspection is made of."""

    title: str
    area: str
    form: Path
    sample: Path
    team: Path
    starts: str = ""
    ends: str = ""


@dataclass(frozen=True)
class SetUp:
    """What a new inspection came to, in numbers."""

    cases: int
    assessors: int
    questions: int


def new_inspection(
    path: Path, passphrase: Passphrase, plan: Plan, *, clock: Clock = SYSTEM_CLOCK
) -> SetUp:
    """Make the lead's case file.

    Raises:
        Refused: for the form, the sample, the team, the dates or the place; nothing is left.
    """
    _check_words(plan)
    source = xlsform.load(plan.form)
    form = xlsform.compiled(source)
    sample, team = read_sample(plan.sample), read_team(plan.team)
    people = {MemberId(fresh()): row for row in team}
    lead = _lead(people)
    about = About(InspectionId(fresh()), lead, is_leads=True)
    if not path.name:
        raise Refused(Code.FILE_MISSING, "The lead's case file needs a name.")
    path = path if path.suffix else path.with_suffix(SUFFIX)
    document = Document.create(path, passphrase, about, clock=clock)
    try:
        with document:
            document.keep_form(_kept(source, form))
            document.write(lead, _entries(plan, source, sample, people))
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    assessors = sum(row.role.assesses for row in team)
    return SetUp(len(sample), assessors, len(form.answerable))


def _check_words(plan: Plan) -> None:
    if not plan.title.strip() or not plan.area.strip():
        raise Refused(Code.VALUE_UNUSABLE, "The inspection needs a title and an area.")
    for given in filter(None, (plan.starts, plan.ends)):
        try:
            date.fromisoformat(given)
        except ValueError:
            sentence = f"'{given}' is not a date; write it as 2013-05-06."
            raise Refused(Code.VALUE_UNUSABLE, sentence) from None
    if plan.starts and plan.ends and plan.ends < plan.starts:
        raise Refused(Code.VALUE_UNUSABLE, "The inspection ends before it starts.")


def _lead(people: dict[MemberId, TeamRow]) -> MemberId:
    """Whose file the lead's is: the lead's, else the deputy's, else the first in the list."""
    by_role = {row.role: member for member, row in reversed(people.items())}
    return by_role.get(Role.LEAD) or by_role.get(Role.DEPUTY) or next(iter(people))


def _kept(source: XlsForm, form: Form) -> KeptForm:
    return KeptForm(
        source.sha256, form.form_id, form.version, source.name, source.content, form.to_json()
    )


def _entries(
    plan: Plan,
    source: XlsForm,
    sample: Sequence[SampleRow],
    people: dict[MemberId, TeamRow],
) -> list[tuple[Field, Json]]:
    inspection: Json = {
        "title": plan.title,
        "area": plan.area,
        "starts": plan.starts,
        "ends": plan.ends,
        "form": source.sha256,
    }
    members: list[tuple[Field, Json]] = [
        (records.member_field(member), {"name": row.name, "role": row.role.value})
        for member, row in people.items()
    ]
    cases: list[tuple[Field, Json]] = [
        (
            records.case_field(CaseId(fresh())),
            {"reference": row.reference, "fields": dict(row.fields)},
        )
        for row in sample
    ]
    return [(records.inspection_field(), inspection), *members, *cases]


@dataclass(frozen=True)
class Allocated:
    """How many cases each assessor now has, by name, and how many are assessed twice."""

    first: dict[str, int]
    second: dict[str, int]


def allocate(document: Document, *, second: int = 0, seed: int = 0) -> Allocated:
    """Share out the cases that nobody has; those already allocated stay where they are.

    Raises:
        Refused: ALLOCATION, NOT_THE_LEADS.
    """
    require_lead(document)
    contents = reader.contents(document.journal, document.about.inspection)
    assessors = _assessors(contents)
    shared = allocation.share_out(
        _in_order_of_reference(contents),
        [member.id for member in assessors],
        second=second,
        seed=seed,
        already=_already(contents),
    )
    document.write(
        document.about.owner,
        [
            (records.allocation_field(case, order), member)
            for order, chosen in ((Order.FIRST, shared.first), (Order.SECOND, shared.second))
            for case, member in chosen.items()
        ],
    )
    return Allocated(
        first={m.name: list(shared.first.values()).count(m.id) for m in assessors},
        second={m.name: list(shared.second.values()).count(m.id) for m in assessors},
    )


def require_lead(document: Document) -> None:
    """Make sure that a document is the lead's.

    Raises:
        Refused: NOT_THE_LEADS.
    """
    if not document.about.is_leads:
        sentence = f"{document.path.name} is an assessor's case file; this needs the lead's."
        raise Refused(Code.NOT_THE_LEADS, sentence)


def _assessors(contents: Contents) -> list[TeamMember]:
    found = [member for member in contents.members.values() if member.role.assesses]
    return sorted(found, key=lambda member: (member.role, member.name))


def _in_order_of_reference(contents: Contents) -> list[CaseId]:
    return [case.id for case in sorted(contents.cases.values(), key=lambda c: c.reference)]


def _already(contents: Contents) -> Shared:
    def of(order: Order) -> dict[CaseId, MemberId]:
        return {
            one.key.case: one.key.member
            for one in contents.assessments.values()
            if one.order is order
        }

    return Shared(of(Order.FIRST), of(Order.SECOND))


@dataclass(frozen=True)
class HandedOut:
    """One case file that was made: for whom, where, with how many cases."""

    member: str
    path: Path
    cases: int


def hand_out(
    document: Document, folder: Path, *, progress: Progress = silent
) -> tuple[HandedOut, ...]:
    """Make a case file for each assessor who has cases. It holds their own cases only.

    Raises:
        Refused: NOT_THE_LEADS, ALLOCATION, FILE_EXISTS, DISK; nothing is left behind.
        Cancelled: from `progress`; nothing is left behind.
    """
    require_lead(document)
    contents = reader.contents(document.journal, document.about.inspection)
    shared = _own_cases(contents)
    if not shared:
        raise Refused(Code.ALLOCATION, "No case is allocated yet; allocate them first.")
    targets = _targets(contents, shared, folder)
    part = folder / ".handing-out"  # all of them arrive, or none
    is_new = not folder.exists()
    made: list[HandedOut] = []
    try:
        shutil.rmtree(part, ignore_errors=True)
        for number, (member, target) in enumerate(targets.items()):
            name = contents.name_of(member)
            progress(number, len(targets), name)
            _make_case_file(document, member, shared[member], part / target.name)
            made.append(HandedOut(name, target, len(shared[member])))
        progress(len(targets), len(targets), "")
        with kindly(folder):
            for target in targets.values():
                (part / target.name).rename(target)
    finally:
        shutil.rmtree(part, ignore_errors=True)
        if is_new:
            with contextlib.suppress(OSError):
                folder.rmdir()  # only when nothing came of it
    return tuple(made)


def _targets(contents: Contents, members: Iterable[MemberId], folder: Path) -> dict[MemberId, Path]:
    """Where each member's file goes; two names that Windows takes for one get numbers.

    Raises:
        Refused: FILE_EXISTS, DISK.
    """
    targets: dict[MemberId, Path] = {}
    taken: set[str] = set()
    for member in members:
        name = plain = file_name(contents.name_of(member))
        number = 2
        while name.casefold() in taken:
            name = f"{plain} ({number})"
            number += 1
        taken.add(name.casefold())
        targets[member] = folder / f"{name}{SUFFIX}"
    if folder.is_file():
        raise Refused(Code.FILE_EXISTS, f"{folder.name} is a file; choose a folder.")
    with kindly(folder):
        for target in targets.values():
            if target.exists():
                sentence = f"{target.name} is already there in {folder}; choose an empty folder."
                raise Refused(Code.FILE_EXISTS, sentence)
    return targets


def file_name(person: str) -> str:
    """The name of a person's case file (without .hmip): their name, as far as Windows allows."""
    name = _UNFIT_FOR_A_FILE_NAME.sub("_", person).strip(" .")[:LONGEST_NAME]
    return f"{name}_" if name.upper() in _RESERVED or not name else name


def _own_cases(contents: Contents) -> dict[MemberId, frozenset[CaseId]]:
    own: dict[MemberId, set[CaseId]] = {}
    for one in contents.assessments.values():
        if one.order is not Order.WITHDRAWN:
            own.setdefault(one.key.member, set()).add(one.key.case)
    by_name = sorted(own, key=contents.name_of)
    return {member: frozenset(own[member]) for member in by_name}


def _make_case_file(
    document: Document, member: MemberId, cases: frozenset[CaseId], target: Path
) -> None:
    def wanted(entry: Entry) -> bool:
        key = records.assessment_key(entry.record)
        if key:
            return key.member == member
        case = records.case_of(entry.record)
        if case is not None and entry.field in (Order.FIRST, Order.SECOND):
            return entry.value == member  # who else assesses a case is not told
        return case is None or case in cases

    about = About(document.about.inspection, member, is_leads=False)
    with Document.create(
        target, document.passphrase, about, salt=document.salt, clock=document.clock
    ) as copy:
        copy.take_in(document.bundle(wanted))
