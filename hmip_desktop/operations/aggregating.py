"""Several inspections with the same form in one workbook, side by side and together.

Of each file only what its answers come to is taken: counts, no case. So the files can be looked
at one by one, each with its own passphrase, and none stays open.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hmip_desktop.casefile import refusals
from hmip_desktop.casefile.journal import fingerprint
from hmip_desktop.casefile.passphrase import Passphrase
from hmip_desktop.crosswalk import Matched, Told, matched
from hmip_desktop.errors import Code, Problem, Refused
from hmip_desktop.form.model import Form
from hmip_desktop.ids import InspectionId
from hmip_desktop.language import tr, tr_count
from hmip_desktop.operations.checking import check
from hmip_desktop.operations.consolidate import why_provisional
from hmip_desktop.operations.declaring import declared
from hmip_desktop.operations.opening import open_case_file, require_lead
from hmip_desktop.operations.reading import Reading
from hmip_desktop.operations.report import last_change, scored
from hmip_desktop.pooling import Part, pooled
from hmip_desktop.progress import Progress, silent
from hmip_desktop.workbook.aggregate.book import Inspected, Together

_MOST_LISTED = 40


@dataclass(frozen=True)
class Taken:
    """One inspection as it stood when its file was looked at."""

    path: Path
    id: InspectionId
    form: Form
    inspected: Inspected

    @property
    def name(self) -> str:
        """The name of its file."""
        return self.path.name


def take(path: Path, passphrases: Sequence[Passphrase]) -> Taken:
    """Look at a lead's file, opened for reading by the first passphrase that fits.

    Raises:
        Refused: every way in which a file can be wrong, and as `taken` says.
    """
    refusal = Refused(
        Code.PASSPHRASE_MISSING, tr("A passphrase is needed to open {file}.", file=path.name)
    )
    for passphrase in passphrases:
        try:
            with open_case_file(path, passphrase, write=False) as document:
                return taken(Reading(document))
        except Refused as refused:
            if refused.code is not Code.PASSPHRASE_WRONG:
                raise
            refusal = refused
    raise refusal


def taken(reading: Reading) -> Taken:
    """The same of a file that is open.

    Raises:
        Refused: FILE_DAMAGED, FILE_FORGED, NOT_THE_LEADS, NOT_SIGNED_OFF; NOT_COMPARABLE for a
            file to practise in.
    """
    document, inspection = reading.document, reading.contents.inspection
    require_lead(document)
    if document.about.is_practice:
        sentence = tr("{file} is for practising and no inspection.", file=document.path.name)
        raise Refused(Code.NOT_COMPARABLE, sentence)
    _require_whole(reading)
    result = scored(reading)
    if not result.assessments:
        sentence = tr(
            "In {file} no first assessment is signed off yet, so there is nothing to compare.",
            file=document.path.name,
        )
        raise Refused(Code.NOT_SIGNED_OFF, sentence)
    inspected = Inspected(
        title=inspection.title,
        area=inspection.area,
        starts=inspection.starts,
        ends=inspection.ends,
        file=document.path.name,
        version=reading.form.version,
        cases=len(reading.contents.cases),
        conflicts=result.conflicts,
        reasons=why_provisional(reading, result),
        as_at=last_change(reading),
        fingerprint=fingerprint(document.journal),
        scores=result.scores,
    )
    return Taken(document.path, inspection.id, reading.form, inspected)


def _require_whole(reading: Reading) -> None:
    document = reading.document
    found = check(document)
    if found.damaged_pages:
        raise refusals.damaged(document.path)
    if not found.is_whole:
        sentence = tr(
            "{file} was changed outside this program: some of its entries do not fit their own "
            "check codes. Use the original or a dated copy.",
            file=document.path.name,
        )
        raise Refused(Code.FILE_FORGED, sentence)


def stands_against(one: Taken, others: Sequence[Taken]) -> Refused | None:
    """Why an inspection cannot stand beside others, whatever a crosswalk says; None if it can."""
    for other in others:
        if one.id == other.id:
            sentence = tr(
                "{file} is the same inspection as {other}; take one of the two.",
                file=one.name,
                other=other.name,
            )
            return Refused(Code.SAME_INSPECTION, sentence)
        if sentence := _forms_apart(one, other):
            return Refused(Code.NOT_COMPARABLE, sentence)
    return None


def _forms_apart(one: Taken, other: Taken) -> str:
    facts = {"file": one.name, "other": other.name}
    if one.form.form_id != other.form.form_id:
        return tr(
            "{file} was done with another form ({form}) than {other} ({other_form}).",
            form=one.form.form_id,
            other_form=other.form.form_id,
            **facts,
        )
    if one.form.section_rule is not other.form.section_rule:
        return tr(
            "In {file} a section's headline is another mean than in {other}: one is that of its "
            "criteria, the other that of its questions.",
            **facts,
        )
    if one.form.version == other.form.version and one.form != other.form:
        return tr(
            "{file} and {other} were done with different forms that both call themselves "
            "version {version}.",
            version=one.form.version,
            **facts,
        )
    return ""


def need_a_crosswalk(inspections: Sequence[Taken]) -> bool:
    """Whether the inspections were done with different versions of their form."""
    return len({one.form.version for one in inspections}) > 1


def side_by_side(
    inspections: Sequence[Taken], crosswalk: Path | None = None, *, least: int = 0
) -> Together:
    """Everything that the workbook says, from inspections in the order of its columns.

    `crosswalk` is the table that declares which question of an older version is which of the
    newest. With `least` it is a copy to pass on: figures on fewer cases are hidden.

    Raises:
        Refused: VALUE_UNUSABLE for fewer than two; SAME_INSPECTION; NOT_COMPARABLE, with each
            question that a crosswalk would have to declare; SHEET_UNREADABLE and
            CROSSWALK_UNUSABLE, with the rows.
    """
    if len(inspections) < 2:
        sentence = tr("It takes at least two inspections to set them side by side.")
        raise Refused(Code.VALUE_UNUSABLE, sentence)
    for number, one in enumerate(inspections):
        if refusal := stands_against(one, inspections[:number]):
            raise refusal
    found = _matched(inspections, crosswalk)
    if not any(question.scored for question in found.questions):
        sentence = tr("The versions of the form have no scored question in common.")
        raise Refused(Code.NOT_COMPARABLE, sentence, _listed(found.left_out))
    parts = [Part(one.inspected.scores, found.names[one.form.version]) for one in inspections]
    return Together(
        inspections=tuple(one.inspected for one in inspections),
        matched=found,
        pooled=pooled(found.form, found.questions, parts),
        crosswalk=crosswalk.name if crosswalk else "",
        least=least,
    )


def write_side_by_side(path: Path, book: Together, *, progress: Progress = silent) -> None:
    """Write the workbook of several inspections.

    Raises:
        Refused: VALUE_UNUSABLE for a name that is none for a workbook; DISK. What stood at
            `path` stands there still.
        Cancelled: from `progress`; likewise.
    """
    from hmip_desktop.workbook.aggregate.write import write  # noqa: PLC0415 slow to load, and for few

    require_name(path)
    write(path, book, progress)


def require_name(path: Path) -> None:
    """Make sure that a file's name is one for a workbook.

    Raises:
        Refused: VALUE_UNUSABLE.
    """
    if path.suffix.lower() != ".xlsx":
        sentence = tr("{file} is no name for a workbook; let it end in .xlsx.", file=path.name)
        raise Refused(Code.VALUE_UNUSABLE, sentence)


def _matched(inspections: Sequence[Taken], crosswalk: Path | None) -> Matched:
    forms = {one.form.version: one.form for one in inspections}
    if crosswalk is not None:
        return matched(forms, declared(crosswalk))
    found = matched(forms)
    if len(forms) > 1:
        sentence = tr(
            "The inspections were done with different versions of the form: {versions}. Say in a "
            "crosswalk which question is which; without one these cannot be compared.",
            versions=", ".join(sorted(forms)),
        )
        raise Refused(Code.NOT_COMPARABLE, sentence, _listed(found.left_out))
    return found


def _listed(left_out: Sequence[Told]) -> tuple[Problem, ...]:
    shown = [
        Problem(
            tr("Version {version}", version=one.version),
            0,
            "not-comparable",
            tr(
                "{number} {question}: {why}",
                number=one.question.number,
                question=one.question.label,
                why="; ".join(tr(why) for why in one.why),
            ),
        )
        for one in left_out[:_MOST_LISTED]
    ]
    more = len(left_out) - len(shown)
    if more:
        said = tr_count("and {count} more question", "and {count} more questions", more)
        shown.append(Problem(tr("All versions"), 0, "not-comparable", said))
    return tuple(shown)
