"""What should be known of the data behind the scores: lists for the lead's workbook, in English."""

from collections.abc import Iterator

from hmip_desktop.casefile import reader, records
from hmip_desktop.casefile.journal import Entry
from hmip_desktop.casefile.records import Order
from hmip_desktop.clock import from_stamp
from hmip_desktop.form.model import number_of
from hmip_desktop.ids import Json
from hmip_desktop.operations.reading import Progressed, Reading
from hmip_desktop.operations.sampled import differing
from hmip_desktop.workbook.book import Listing

_WHOSE = ("Case", "Assessor")
_NO_REASON = "(no reason given)"


def listings(reading: Reading) -> tuple[Listing, ...]:
    """Everything of the kind, the most pressing first."""
    return (
        _unfinished(reading),
        _conflicts(reading),
        _reopened(reading),
        _doubts(reading),
        _differing(reading),
        _queries(reading),
        _no_longer_asked(reading),
        _forms(reading),
        _handed_in(reading),
    )


def _unfinished(reading: Reading) -> Listing:
    firsts = {
        one.case.id: one
        for one in reading.assessments.values()
        if one.assessment.order is Order.FIRST
    }
    rows = []
    for case in reading.contents.cases.values():
        one = firsts.get(case.id)
        if one is None:
            rows.append((case.reference, "", "no assessor", ""))
        elif not one.assessment.signed_off:
            said = f"{one.answered} of {one.asked} questions answered"
            rows.append((case.reference, one.assessor, one.assessment.status.value, said))
    return Listing(
        "Cases without a signed-off first assessment",
        (*_WHOSE, "Status", "How far"),
        tuple(rows),
        "Every case has a signed-off first assessment.",
    )


def _conflicts(reading: Reading) -> Listing:
    contents = reading.contents
    rows = []
    for conflict in contents.conflicts:
        case = contents.cases.get(conflict.case) if conflict.case else None
        whose = contents.name_of(conflict.key.member) if conflict.key else ""
        sides = (f"{contents.name_of(side.author)}, {_when(side.at)}" for side in conflict.sides)
        about = number_of(conflict.question)
        rows.append((case.reference if case else "", whose, about, "\n".join(sides)))
    return Listing(
        "Open conflicts",
        (*_WHOSE, "About", "Who set it, and when"),
        tuple(rows),
        "No conflict is open.",
    )


def _reopened(reading: Reading) -> Listing:
    rows = tuple(
        (one.case.reference, one.assessor, _when(entry.at), why)
        for one in reading.assessments.values()
        for entry, why in _reopenings(reading, one)
    )
    return Listing(
        "Assessments opened again after they were signed off",
        (*_WHOSE, "When", "Why"),
        rows,
        "No assessment was opened again.",
    )


def _reopenings(reading: Reading, one: Progressed) -> Iterator[tuple[Entry, str]]:
    for entry in reading.document.journal.history(one.assessment.key.record, records.STATUS):
        value: Json = entry.value
        if isinstance(value, dict) and "reopened" in value:
            yield entry, str(value["reopened"])


def _doubts(reading: Reading) -> Listing:
    by_name = reading.form.question_by_name
    rows = tuple(
        (
            one.case.reference,
            one.assessor,
            number_of(name),
            str(by_name[name].doubt_message) or "These answers look contradictory.",
            one.assessment.stands.get(name) or _NO_REASON,
        )
        for one in reading.assessments.values()
        for name in reading.routing.doubts(one.state)
    )
    return Listing(
        "Answers that look contradictory, and stand",
        (*_WHOSE, "Question", "What looks contradictory", "Why it stands"),
        rows,
        "No answers look contradictory.",
    )


def _differing(reading: Reading) -> Listing:
    rows = tuple(
        (
            one.case.reference,
            one.assessor,
            found.question.number,
            found.sampled.words,
            found.question.shown(found.answer),
            found.stands or _NO_REASON,
        )
        for one in reading.assessments.values()
        for found in differing(reading.form, one)
    )
    return Listing(
        "Answers that differ from the sample, and stand",
        (*_WHOSE, "Question", "The sample says", "The assessor says", "Why it stands"),
        rows,
        "No answer differs from the sample.",
    )


def _queries(reading: Reading) -> Listing:
    rows = tuple(
        (one.case.reference, one.assessor, number_of(query.question), query.text)
        for one in reading.assessments.values()
        for query in one.assessment.queries
        if query.waits
    )
    return Listing(
        "Queries without an answer",
        (*_WHOSE, "Question", "Query"),
        rows,
        "No query waits for an answer.",
    )


def _no_longer_asked(reading: Reading) -> Listing:
    rows = tuple(
        (one.case.reference, one.assessor, question.number)
        for one in reading.assessments.values()
        for question in reading.form.answerable
        if one.assessment.answers.get(question.name) and question.name not in one.state.is_asked
    )
    return Listing(
        "Answers that are kept, though their question is no longer asked",
        (*_WHOSE, "Question"),
        rows,
        "Every answer belongs to a question that is asked.",
    )


def _forms(reading: Reading) -> Listing:
    in_use = reading.contents.inspection.form
    kept = reading.document.bundle(lambda _: False).forms
    rows = tuple(
        (form.form_id, form.version, "in use" if sha256 == in_use else "kept", sha256)
        for sha256, form in sorted(kept.items())
    )
    headings = ("Form", "Version", "Standing", "Check code (SHA-256)")
    return Listing("Versions of the form", headings, rows, "The case file holds no form.")


def _handed_in(reading: Reading) -> Listing:
    rows = [
        (
            reading.contents.name_of(member),
            _when(one.at),
            f"{one.new} new" if one.files else "left out",
            ", ".join(one.files) or one.left_out,
            f"answers {one.answers}, left out {one.refused}",
        )
        for member, those in reader.hand_ins(reading.document.journal).items()
        for one in those
    ]
    return Listing(
        "Case files that were merged",
        ("Whose", "When", "Entries", "Check codes", "Of these"),
        tuple(sorted(rows)),
        "No file was handed in.",
    )


def _when(stamp: str) -> str:
    """A time in UTC, so that the same data give the same workbook everywhere."""
    moment = from_stamp(stamp)
    return f"{moment.day} {moment:%b %Y %H:%M} UTC"
