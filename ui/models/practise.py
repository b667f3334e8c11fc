"""What practising shows: how far the model case is, and how it lies to the benchmark."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from html import escape

from hmip_desktop import paths
from hmip_desktop.form.model import Form, Line, Question
from hmip_desktop.form.routing import Reason
from hmip_desktop.language import mark, tr, tr_count
from hmip_desktop.operations.benchmark import Compared, Comparison, Shared, Verdict
from hmip_desktop.operations.paper import Paper
from hmip_desktop.operations.pasting import CopiedTable
from hmip_desktop.scoring import shown
from ui.models import words

_SIDE = {
    Line.ABOVE: mark("▲ {answer}, above the line"),
    Line.BELOW: mark("▼ {answer}, below the line"),
}
_MANY = 3
TONE = {Line.ABOVE: "above", Line.BELOW: "below", Line.NOT_COUNTED: ""}


@dataclass(frozen=True)
class ComparedRow:
    """One question as the comparison shows it; `routed` says why one was not asked it.

    `leads_to` is the question itself, or the answer that kept it away.
    """

    leads_to: str
    number: str
    text: str
    yours: str
    your_tone: str
    benchmark: str
    benchmark_tone: str
    routed: str
    why: str


@dataclass(frozen=True)
class Part:
    """Questions under one heading; those that need no second look are folded."""

    title: str
    rows: tuple[ComparedRow, ...]
    folded: bool


@dataclass(frozen=True)
class ComparisonState:
    """Everything that the comparison shows. `next_open` is the first question to answer still."""

    summary: tuple[str, ...]
    left: str
    next_open: str
    parts: tuple[Part, ...]


def state(form: Form, found: Comparison, language: str) -> ComparisonState:
    """What the comparison shows as things stand."""
    parts = ((verdict, found.of(verdict)) for verdict in Verdict)
    return ComparisonState(
        summary=_summary(found),
        left=_left(len(found.unanswered)),
        next_open=found.unanswered[0].name if found.unanswered else "",
        parts=tuple(
            Part(
                _heading(verdict, len(rows)),
                tuple(_row(form, row, language) for row in rows),
                verdict is Verdict.SAME or (verdict is Verdict.ASKED_TOO and len(rows) > _MANY),
            )
            for verdict, rows in parts
            if rows
        ),
    )


def table(shown_: ComparisonState) -> CopiedTable:
    """The comparison as a table, to paste."""
    headings = (tr("Question"), tr("Text"), tr("You"), tr("Benchmark"), tr("Why"))
    rows = (row for part in shown_.parts for row in part.rows)
    return CopiedTable(headings, tuple(_cells(row) for row in rows))


def on_paper(shown_: ComparisonState, reference: str) -> Paper:
    """The comparison, to print."""
    title, heads = tr("Practice: you and the benchmark"), tr("Made up, no real case")
    style = paths.resource("styles", "paper.css").read_text(encoding="utf-8")
    said = "".join(f"<p>{escape(line)}</p>" for line in (*shown_.summary, shown_.left) if line)
    parts = "".join(
        f"<h2>{escape(part.title)}</h2>{''.join(_on_paper(row) for row in part.rows)}"
        for part in shown_.parts
    )
    html = (
        f"<html><head><style>{style}</style></head>"
        f"<body><h1>{escape(title)}</h1>{said}{parts}</body></html>"
    )
    return Paper(reference, (title, heads), html)


def lines(row: ComparedRow) -> Iterator[tuple[str, str]]:
    """What is said of a question, line by line, each with its tone."""
    if row.yours:
        yield tr("You: {answer}", answer=row.yours), row.your_tone
    if row.benchmark:
        yield tr("Benchmark: {answer}", answer=row.benchmark), row.benchmark_tone
    if row.routed:
        yield row.routed, ""
    if row.why:
        yield tr("Why: {reason}", reason=row.why), "quiet"


def _on_paper(row: ComparedRow) -> str:
    said = "".join(f"<p>{escape(text)}</p>" for text, _ in lines(row))
    return f"<p><b>{escape(row.number)} {escape(row.text)}</b></p>{said}<p></p>"


def _cells(row: ComparedRow) -> tuple[str, ...]:
    why = " ".join(part for part in (row.routed, row.why) if part)
    return row.number, row.text, row.yours, row.benchmark, why


def _row(form: Form, one: Compared, language: str) -> ComparedRow:
    question = one.question
    return ComparedRow(
        leads_to=_leads_to(one),
        number=question.number,
        text=question.label.in_language(language),
        yours=_answer(question, one.yours, one.your_line, language),
        your_tone=TONE[_shown_line(question, one.your_line)],
        benchmark=_answer(question, one.benchmark, one.benchmark_line, language),
        benchmark_tone=TONE[_shown_line(question, one.benchmark_line)],
        routed=_routed(form, one, language),
        why=one.why.in_language(language),
    )


def _leads_to(one: Compared) -> str:
    if one.verdict is Verdict.NOT_ASKED and one.because:
        return one.because[0].question
    return one.question.name


def _answer(question: Question, value: str, line: Line, language: str) -> str:
    if not value:
        return ""
    answer, side = words.answer(question, value, language), _SIDE.get(_shown_line(question, line))
    return tr(side, answer=answer) if side else answer


def _shown_line(question: Question, line: Line) -> Line:
    """Only questions that score have a line."""
    return line if question.scored else Line.NOT_COUNTED


def _routed(form: Form, one: Compared, language: str) -> str:
    reasons = _listed(form, one.because, language)
    if one.verdict is Verdict.NOT_ASKED:
        return tr("You were not asked this, because of your answer: {answers}.", answers=reasons)
    if one.verdict is Verdict.ASKED_TOO:
        return tr(
            "By the benchmark this is not asked, because of its answer: {answers}.",
            answers=reasons,
        )
    return ""


def _listed(form: Form, because: tuple[Reason, ...], language: str) -> str:
    return "; ".join(_gate(form, reason, language) for reason in because)


def _gate(form: Form, reason: Reason, language: str) -> str:
    question = form.question_by_name[reason.question]
    if not reason.value:
        return tr("{question} is not asked", question=question.number)
    answer = words.answer(question, reason.value, language)
    return tr("{question} is '{answer}'", question=question.number, answer=answer)


def _summary(found: Comparison) -> tuple[str, ...]:
    if not found.choices.of:
        return (tr("Nothing to compare yet: answer a question first."),)
    return (
        tr_count(
            "The same choice in {same} of {count} answer ({share}).",
            "The same choice in {same} of {count} answers ({share}).",
            found.choices.of,
            same=found.choices.same,
            share=_share(found.choices),
        ),
        tr_count(
            "The same side of the line in {same} of {count} answer that has one ({share}).",
            "The same side of the line in {same} of {count} answers that have one ({share}).",
            found.sides.of,
            same=found.sides.same,
            share=_share(found.sides),
        ),
    )


def _share(one: Shared) -> str:
    return shown(Fraction(one.same, one.of) if one.of else None)


def _left(count: int) -> str:
    if not count:
        return ""
    return tr_count(
        "{count} question has no answer yet; the benchmark shows once it has one.",
        "{count} questions have no answer yet; the benchmark shows once they have one.",
        count,
    )


def _heading(verdict: Verdict, count: int) -> str:
    match verdict:
        case Verdict.OTHER_SIDE:
            return tr_count(
                "{count} answer on the other side of the line",
                "{count} answers on the other side of the line",
                count,
            )
        case Verdict.OTHER_CHOICE:
            return tr_count(
                "{count} other choice, on the same side or without a line",
                "{count} other choices, on the same side or without a line",
                count,
            )
        case Verdict.NOT_ASKED:
            return tr_count(
                "{count} question that you were not asked",
                "{count} questions that you were not asked",
                count,
            )
        case Verdict.ASKED_TOO:
            return tr_count(
                "{count} question that only you were asked",
                "{count} questions that only you were asked",
                count,
            )
        case Verdict.SAME:
            return tr_count("{count} answer the same", "{count} answers the same", count)
