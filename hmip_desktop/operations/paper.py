"""What goes on paper: an assessment, or who has which case. The window prints it or saves a PDF."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from hmip_desktop import paths
from hmip_desktop.casefile.labels import field_label, mark_label
from hmip_desktop.casefile.records import Order, Status
from hmip_desktop.form.model import DEFAULT_LANGUAGE, Group, Line, Question
from hmip_desktop.language import day, mark, tr, tr_count
from hmip_desktop.operations.reading import Progressed, Reading
from hmip_desktop.operations.report import last_change

_SIGN = {
    Line.ABOVE: mark("▲ above the line"),
    Line.BELOW: mark("▼ below the line"),
    Line.NOT_COUNTED: "",
}
_ORDER = {
    Order.FIRST: mark("first assessment"),
    Order.SECOND: mark("second assessment"),
    Order.WITHDRAWN: mark("withdrawn assessment"),
}
_STATUS = {
    Status.NOT_STARTED: mark("not started"),
    Status.IN_PROGRESS: mark("in progress"),
    Status.SIGNED_OFF: mark("signed off"),
}
_RESTS_ON = {
    "file": mark("Rests on: file"),
    "interview": mark("Rests on: interview"),
    "judgement": mark("Rests on: judgement"),
}


@dataclass(frozen=True)
class Paper:
    """Something to print: its name, what stands above every page, and its HTML.

    Whatever people typed is escaped: it cannot become markup.
    """

    name: str
    heads: tuple[str, str]
    html: str


def case_on_paper(reading: Reading, one: Progressed, language: str = DEFAULT_LANGUAGE) -> Paper:
    """Everything that is asked in a case, page by page, with answers and notes."""
    body = "".join(
        _group(reading, one, group, language)
        for group in reading.form.groups
        if any(q.name in one.state.is_asked for q in reading.form.questions_in(group.id))
    )
    reference = one.case.reference
    html = _page(
        f"<h1>{escape(reference)}</h1>"
        f'<p class="facts">{escape(" · ".join(_heading(reading, one)))}</p>'
        f'<p class="facts">{_facts(one)}</p>{_marks(one)}{body}'
    )
    return Paper(reference, (reference, reading.contents.inspection.title), html)


def who_has_what(reading: Reading) -> Paper:
    """Every assessor with their cases, first and second assessments apart."""
    inspection = reading.contents.inspection
    by_person: dict[str, list[Progressed]] = {}
    for one in reading.assessments.values():
        by_person.setdefault(one.assessor, []).append(one)
    title = tr("Who has which case")
    people = "".join(_person(name, found) for name, found in sorted(by_person.items()))
    as_at = tr("as at {date}", date=day(last_change(reading).date()))
    facts = f'<p class="facts">{escape(inspection.title)} · {escape(as_at)}</p>'
    html = _page(f"<h1>{escape(title)}</h1>{facts}{people}")
    return Paper(title, (title, inspection.title), html)


def _page(body: str) -> str:
    style = paths.resource("styles", "paper.css").read_text(encoding="utf-8")
    return f"<html><head><style>{style}</style></head><body>{body}</body></html>"


def _person(name: str, found: Sequence[Progressed]) -> str:
    count = tr_count("{count} case", "{count} cases", len(found))
    rows = "".join(
        f'<tr><td class="number"><b>{escape(one.case.reference)}</b></td>'
        f"<td>{escape(tr(_ORDER[one.assessment.order]))}</td><td>{_facts(one)}</td></tr>"
        for one in found
    )
    return f"<h2>{escape(name)}, {escape(count)}</h2><table>{rows}</table>"


def _heading(reading: Reading, one: Progressed) -> Iterator[str]:
    """Which assessment it is and how far, part by part."""
    yield reading.contents.inspection.title
    yield one.assessor
    yield tr(_ORDER[one.assessment.order])
    yield tr(_STATUS[one.assessment.status])
    yield tr_count(
        "{answered} of {count} question answered",
        "{answered} of {count} questions answered",
        one.asked,
        answered=one.answered,
    )
    yield tr("as at {date}", date=day(last_change(reading).date()))


def _facts(one: Progressed) -> str:
    return " · ".join(
        f"{escape(field_label(name))}: {escape(value)}" for name, value in one.case.fields.items()
    )


def _marks(one: Progressed) -> str:
    return "".join(
        f'<p class="mark">{escape(mark_label(name))}{": " if note else ""}{escape(note)}</p>'
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
        waits = tr("Two answers wait to be settled")
        yield f'<p class="answer">{escape(waits)}</p>'
    elif value:
        sign = tr(_SIGN[question.line_of(value)]) if question.scored else ""
        words = escape(question.shown(value, language))
        yield f'<p class="answer">{words} <small>{escape(sign)}</small></p>'
    else:
        none = tr("No answer")
        yield f'<p class="none">{escape(none)}</p>'
    if source := given.sources.get(question.name):
        said = tr(_RESTS_ON[source]) if source in _RESTS_ON else source
        yield f'<p class="note">{escape(said)}</p>'
    if note := given.notes.get(question.name):
        lines = "<br/>".join(escape(line) for line in note.splitlines())
        yield f'<p class="note">{lines}</p>'
    if stands := given.stands.get(question.name):
        said = tr("It stands because: {reason}", reason=stands)
        yield f'<p class="note">{escape(said)}</p>'
