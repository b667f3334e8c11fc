"""One assessment on paper: a readable page of HTML, printed or saved as PDF by the window."""

from collections.abc import Iterator
from html import escape

from hmip_desktop import paths
from hmip_desktop.form.model import DEFAULT_LANGUAGE, Group, Line, Question
from hmip_desktop.operations.reading import Progressed, Reading
from hmip_desktop.operations.report import last_change

_SIGN = {Line.ABOVE: "▲ above the line", Line.BELOW: "▼ below the line", Line.NOT_COUNTED: ""}


def case_on_paper(reading: Reading, one: Progressed, language: str = DEFAULT_LANGUAGE) -> str:
    """Everything that is asked in a case, page by page, with answers and notes, as HTML.

    Whatever people typed is escaped: it cannot become markup.
    """
    style = paths.resource("styles", "paper.css").read_text(encoding="utf-8")
    inspection = reading.contents.inspection
    body = "".join(
        _group(reading, one, group, language)
        for group in reading.form.groups
        if any(q.name in one.state.is_asked for q in reading.form.questions_in(group.id))
    )
    return (
        f"<html><head><style>{style}</style></head><body>"
        f"<h1>{escape(one.case.reference)}</h1>"
        f'<p class="facts">{escape(inspection.title)} · {escape(one.assessor)} · '
        f"{escape(one.assessment.order.value)} assessment · {escape(one.assessment.status.value)}"
        f" · {one.answered} of {one.asked} questions answered · as at "
        f"{last_change(reading):%d %b %Y}</p>"
        f'<p class="facts">{_facts(one)}</p>{_marks(one)}{body}</body></html>'
    )


def _facts(one: Progressed) -> str:
    return " · ".join(
        f"{escape(name.replace('_', ' ').capitalize())}: {escape(value)}"
        for name, value in one.case.fields.items()
    )


def _marks(one: Progressed) -> str:
    return "".join(
        f'<p class="mark">{escape(name.capitalize())}{": " if note else ""}{escape(note)}</p>'
        for name, note in one.assessment.marks.items()
    )


def _group(reading: Reading, one: Progressed, group: Group, language: str) -> str:
    label = group.label.in_language(language)
    title = f"{group.id} {label}" if group.criterion else label
    rows = "".join(
        _row(one, question, language)
        for question in reading.form.questions_in(group.id)
        if question.name in one.state.is_asked
    )
    return f"<h2>{escape(title)}</h2><table>{rows}</table>"


def _row(one: Progressed, question: Question, language: str) -> str:
    return (
        f'<tr><td class="number">{escape(question.number)}</td><td>'
        f"<p>{escape(question.label.in_language(language))}</p>"
        f"{''.join(_answer(one, question, language))}</td></tr>"
    )


def _answer(one: Progressed, question: Question, language: str) -> Iterator[str]:
    given = one.assessment
    value = given.answers.get(question.name, "")
    if question.name in given.unsettled:
        yield '<p class="answer">Two answers wait to be settled</p>'
    elif value:
        sign = _SIGN[question.line_of(value)] if question.scored else ""
        words = escape(question.shown(value, language))
        yield f'<p class="answer">{words} <small>{sign}</small></p>'
    else:
        yield '<p class="none">No answer</p>'
    if source := given.sources.get(question.name):
        yield f'<p class="note">Rests on: {escape(source)}</p>'
    if note := given.notes.get(question.name):
        lines = "<br/>".join(escape(line) for line in note.splitlines())
        yield f'<p class="note">{lines}</p>'
    if stands := given.stands.get(question.name):
        yield f'<p class="note">It stands because: {escape(stands)}</p>'
