"""What was found by some words, as a list shows it."""

from dataclasses import dataclass

from hmip_desktop.casefile.records import AssessmentKey
from hmip_desktop.language import tr
from hmip_desktop.operations.reading import Reading
from hmip_desktop.operations.reviewing import Hit, Where, find
from ui.models import words

MOST_SHOWN = 100


@dataclass(frozen=True)
class FoundRow:
    """One line of the results; a heading has no hit."""

    text: str
    hit: Hit | None = None


def rows(reading: Reading, text: str, language: str) -> tuple[FoundRow, ...]:
    """The results for some words under their headings; the first hundred of each kind."""
    hits = find(reading, text, language)
    questions = [hit for hit in hits if hit.where is Where.QUESTION]
    written = [hit for hit in hits if hit.where is not Where.QUESTION]
    found: list[FoundRow] = []
    for title, some in ((tr("Questions"), questions), (tr("Answers and notes"), written)):
        if some:
            found.append(FoundRow(_heading(title, len(some))))
            found += [FoundRow(_line(reading, hit), hit) for hit in some[:MOST_SHOWN]]
    return tuple(found)


def why_not_there(reading: Reading, key: AssessmentKey | None, question: str, language: str) -> str:
    """Why a question cannot be gone to, in a sentence; empty when it can."""
    if key is None:
        return tr("Open a case first; then Enter leads to this question in it.")
    one, form = reading.assessments[key], reading.form
    if question in one.state.is_asked:
        return ""
    reasons = reading.routing.reasons(question, one.state)
    why = words.why_not_asked(form, reasons, one.state, language)
    return tr(
        "{question} is not asked in {case}: {why}.",
        question=form.question_by_name[question].number,
        case=one.case.reference,
        why=why,
    )


def _heading(title: str, number: int) -> str:
    if number > MOST_SHOWN:
        return tr(
            "{title}: the first {most} of {count}. Another word makes them fewer.",
            title=title,
            most=MOST_SHOWN,
            count=f"{number:,}",
        )
    return tr("{title}: {count}", title=title, count=number)


def _line(reading: Reading, hit: Hit) -> str:
    number = reading.form.question_by_name[hit.question].number
    if hit.key is None:
        return f"{number}  {hit.excerpt}"
    parts = {"case": hit.reference, "question": number, "excerpt": hit.excerpt}
    if hit.where is Where.NOTE:
        return tr("{case}, note to {question}:  {excerpt}", **parts)
    return tr("{case}, answer to {question}:  {excerpt}", **parts)
