"""What a summary says of the figures of an inspection. Pure: the same figures, the same summary."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from hmip_desktop import language
from hmip_desktop.form.model import Form, SectionRule
from hmip_desktop.language import mark, tr, tr_count
from hmip_desktop.scoring import (
    QuestionScore,
    Scores,
    SectionScore,
    cases_of,
    cases_of_section,
    interval,
    shown,
)
from hmip_desktop.summary.content import (
    Block,
    Bullets,
    Chart,
    Column,
    Fact,
    Heading,
    Notice,
    Paragraph,
    Series,
    Summary,
    Table,
)
from hmip_desktop.summary.sentences import (
    FEWEST,
    Ends,
    Writer,
    criteria_of,
    ends,
    scoring_questions,
    titles,
)
from hmip_desktop.workbook.wording import in_words

FROM_EACH_END = 5
MOST_BARS, FEWEST_BARS = 40, 5
"""More questions than fill a page are drawn as several charts, none of a handful."""
LONGEST_CATEGORY = 50
_MARKING = "OFFICIAL-SENSITIVE"
_NONE = "–"
_RULES = {
    SectionRule.CRITERIA: mark(
        "The score of a question is the share of cases in which the work was above the line, of "
        "those in which it was above or below it. The score of a criterion is the mean of its "
        "questions, the score of a section the mean of its criteria. Answers that are not counted, "
        "and questions that were not asked in a case, play no part."
    ),
    SectionRule.QUESTIONS: mark(
        "The score of a question is the share of cases in which the work was above the line, of "
        "those in which it was above or below it. The score of a criterion is the mean of its "
        "questions, and so is the score of a section. Answers that are not counted, and questions "
        "that were not asked in a case, play no part."
    ),
}
_ENDS = mark(
    "Strengths are the questions with the highest shares, and areas for improvement those with "
    "the lowest, of those judged in at least {fewest} cases: the program chose them by the figures "
    "alone, and has no opinion. Edit this draft before you use it."
)


@dataclass(frozen=True)
class Facts:
    """The figures of an inspection, and what they rest on; nothing of a single case.

    Attributes:
        starts: the first day of the inspection as ISO has it, or empty; `ends` the last.
        cases: how many cases the sample has.
        reasons: why the results can still change, a sentence each.
        waiting: what else is open before they are published, likewise.
        fraction: which share of the caseload was assessed; 0 where its size is not known.
    """

    title: str
    area: str
    starts: str
    ends: str
    as_at: datetime
    form: Form
    scores: Scores
    cases: int
    reasons: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    fraction: float = 0.0


def drafted(facts: Facts, writer: Writer) -> Summary:
    """The summary of an inspection, in the language in use."""
    return Summary(
        title=facts.title,
        subtitle=tr("Summary of the scores"),
        mark=tr("DRAFT – not for publication"),
        standing=tr("PROVISIONAL") if facts.reasons else "",
        marking=_MARKING,
        language=language.in_use(),
        as_at=facts.as_at,
        blocks=tuple(_blocks(facts, writer)),
    )


def _blocks(facts: Facts, writer: Writer) -> Iterator[Block]:
    yield from _about(facts)
    yield from _notices(facts)
    yield Heading(tr("How the scores are computed"))
    yield Paragraph(" ".join(_computed(facts, writer)))
    yield Paragraph(tr(_ENDS, fewest=FEWEST))
    yield from _in_short(facts, writer)
    for section in facts.scores.sections:
        yield from _section(facts, section, writer)


def _about(facts: Facts) -> Iterator[Block]:
    if facts.area:
        yield Fact(tr("Area"), facts.area)
    days = [_day(one) for one in (facts.starts, facts.ends) if one]
    if len(days) > 1:
        said = tr("{first} to {last}", first=days[0], last=days[1])
        yield Fact(tr("Dates of the inspection"), said)
    elif days:
        yield Fact(tr("Date of the inspection"), days[0])
    counted = tr_count(
        "{counted} of {count} case",
        "{counted} of {count} cases",
        facts.cases,
        counted=facts.scores.assessments,
    )
    yield Fact(tr("Counted"), counted)
    yield Fact(tr("As it stood on"), language.day(facts.as_at.date()))


def _day(text: str) -> str:
    """A date as people read it; whatever else stands there as it is."""
    try:
        return language.day(date.fromisoformat(text))
    except ValueError:
        return text


def _notices(facts: Facts) -> Iterator[Block]:
    if facts.reasons:
        title = tr("PROVISIONAL: these results can still change")
        yield Notice(title, (*facts.reasons, *facts.waiting))
    elif facts.waiting:
        yield Notice(tr("Still open before this is published"), facts.waiting)


def _computed(facts: Facts, writer: Writer) -> Iterator[str]:
    """How the scores come about, and how to read them."""
    yield tr_count(
        "The scores come from the first assessment of {count} case.",
        "The scores come from the first assessments of {count} cases.",
        facts.scores.assessments,
    )
    yield tr(_RULES[facts.scores.rule])
    yield tr(
        "Had other cases been drawn, a score could as well have come out anywhere in its 95% "
        "interval."
    )
    if facts.fraction:
        part = shown(Fraction(facts.fraction))
        yield tr("This allows for {part} of the caseload having been assessed.", part=part)
    yield tr_count(
        "Where a question was judged in fewer than {count} case, counts stand in place of "
        "percentages.",
        "Where a question was judged in fewer than {count} cases, counts stand in place of "
        "percentages.",
        writer.style.small_group,
    )


def _in_short(facts: Facts, writer: Writer) -> Iterator[Block]:
    """All sections beside each other."""
    sections = [one for one in facts.scores.sections if one.score is not None]
    if not sections:
        yield Paragraph(tr("No question of any section has been judged yet."))
        return
    named = titles(facts.form, writer.style.language)
    yield Heading(tr("The sections in short"))
    yield Table(
        caption=tr("Score of each section"),
        columns=_score_columns(tr("Section")),
        rows=tuple(
            _score_row(
                facts, writer, named[one.id], one.score, cases_of_section(facts.scores, one.id)
            )
            for one in facts.scores.sections
        ),
        whole=True,
    )
    yield Chart(
        caption=tr("Score of each section"),
        described=tr(
            "Bar chart of the score of each section. The same figures stand in the table before it."
        ),
        categories=tuple(_short(named[one.id]) for one in sections),
        series=(Series(tr("Score"), tuple(float(one.score or 0) for one in sections)),),
    )


def _section(facts: Facts, section: SectionScore, writer: Writer) -> Iterator[Block]:
    named = titles(facts.form, writer.style.language)
    own = criteria_of(facts.scores, section.id)
    questions = scoring_questions(facts.scores, own)
    yield Heading(named[section.id], new_page=True)
    if section.score is None:
        yield Paragraph(tr("No question of this section has been judged yet."))
        return
    yield Paragraph(" ".join(_said_of(facts.scores, section, writer)))
    yield _criteria(facts, section, writer)
    yield from _ends(ends(questions, FROM_EACH_END), writer)
    yield Heading(tr("Data summary"), 2)
    for id_ in own:
        yield from _questions(facts, id_, named[id_], writer)


def _said_of(scores: Scores, section: SectionScore, writer: Writer) -> Iterator[str]:
    yield writer.headline(scores, section)
    least = writer.style.small_group
    if cases_of_section(scores, section.id) < least:
        yield tr_count(
            "That is fewer than {count} case: read it with care.",
            "That is fewer than {count} cases: read it with care.",
            least,
        )


def _criteria(facts: Facts, section: SectionScore, writer: Writer) -> Table:
    """The section as a whole, then its criteria."""
    named = titles(facts.form, writer.style.language)
    whole = cases_of_section(facts.scores, section.id)
    own = [one for one in facts.scores.criteria if one.section == section.id]
    rows = [
        _score_row(facts, writer, named[one.id], one.score, cases_of(facts.scores, [one.id]))
        for one in own
    ]
    return Table(
        caption=tr("Scores of {section}", section=named[section.id]),
        columns=_score_columns(tr("Criterion")),
        rows=(_score_row(facts, writer, tr("The whole section"), section.score, whole), *rows),
        emphasised=True,
        whole=True,
    )


def _score_columns(first: str) -> tuple[Column, ...]:
    return (
        Column(first, 0.43),
        Column(tr("Score"), 0.10, right=True),
        Column(tr("In words"), 0.20),
        Column(tr("95% interval"), 0.16, right=True),
        Column(tr("Cases"), 0.11, right=True),
    )


def _score_row(
    facts: Facts, writer: Writer, name: str, score: Fraction | None, cases: int
) -> tuple[str, ...]:
    if score is None:
        return name, _NONE, _NONE, _NONE, str(cases)
    found = interval(float(score) * cases, cases, facts.fraction)
    low, high = (shown(Fraction(end)) for end in found) if found else (_NONE, _NONE)
    between = tr("{low} to {high}", low=low, high=high)
    return name, shown(score), in_words(score, writer.phrases), between, str(cases)


def _ends(found: Ends, writer: Writer) -> Iterator[Block]:
    yield Heading(tr("Strengths"), 2)
    if found.highest:
        yield Bullets(tuple(map(writer.question, found.highest)))
    else:
        yield Paragraph(tr("No question was answered above the line in half of its cases."))
    yield Heading(tr("Areas for improvement"), 2)
    if found.lowest:
        yield Bullets(tuple(map(writer.question, found.lowest)))
    else:
        yield Paragraph(tr("No further question was answered below the line."))


def _questions(facts: Facts, criterion: str, name: str, writer: Writer) -> Iterator[Block]:
    """The charts and the table of a criterion."""
    questions = scoring_questions(facts.scores, [criterion])
    if not questions:
        return
    yield Heading(name, 3)
    judged = [one for one in questions if one.judged]
    drawn = list(_parts(judged))
    for number, part in enumerate(drawn, 1):
        yield _chart(_numbered(name, number, len(drawn)), part, writer)
    yield Table(
        caption=tr("Questions of {criterion}", criterion=name),
        columns=(
            Column(tr("Question"), 0.61),
            Column(tr("Above"), 0.12, right=True),
            Column(tr("Judged"), 0.12, right=True),
            Column(tr("Share above"), 0.15, right=True),
        ),
        rows=tuple(_question_row(one, writer) for one in questions),
    )


def _numbered(name: str, part: int, parts: int) -> str:
    if parts == 1:
        return name
    return tr("{criterion}, part {part} of {parts}", criterion=name, part=part, parts=parts)


def _parts(questions: Sequence[QuestionScore]) -> Iterator[Sequence[QuestionScore]]:
    """The questions as they are drawn together: few enough for a page."""
    starts = list(range(0, len(questions), MOST_BARS))
    if len(starts) > 1 and len(questions) - starts[-1] < FEWEST_BARS:
        starts.pop()
    for start, end in zip(starts, [*starts[1:], len(questions)], strict=True):
        yield questions[start:end]


def _chart(name: str, questions: Sequence[QuestionScore], writer: Writer) -> Chart:
    spoken = writer.style.language
    return Chart(
        caption=tr("Cases above and below the line: {criterion}", criterion=name),
        described=tr_count(
            "Stacked bars of {count} question of {criterion}: cases above and below the line. "
            "The same figures stand in the table after it.",
            "Stacked bars of {count} questions of {criterion}: cases above and below the line. "
            "The same figures stand in the table after it.",
            len(questions),
            criterion=name,
        ),
        categories=tuple(
            _short(f"{one.question.number}  {one.question.label.in_language(spoken)}")
            for one in questions
        ),
        series=(
            Series(tr("Above the line"), tuple(one.above for one in questions)),
            Series(tr("Below the line"), tuple(one.below for one in questions)),
        ),
    )


def _question_row(one: QuestionScore, writer: Writer) -> tuple[str, ...]:
    text = f"{one.question.number}  {one.question.label.in_language(writer.style.language)}"
    if not one.judged:
        return text, "0", "0", _NONE
    small = one.judged < writer.style.small_group
    share = tr("{count} of {all}", count=one.above, all=one.judged) if small else None
    return text, str(one.above), str(one.judged), share or shown(one.proportion)


def _short(text: str) -> str:
    """A text that has room beside its bar."""
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST_CATEGORY else f"{plain[: LONGEST_CATEGORY - 1].rstrip()}…"
