"""The cases behind the score of a question, as the results list them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from hmip_desktop.form.model import Form, Line, Question
from hmip_desktop.language import mark, tr
from hmip_desktop.operations.behind import Behind, IfMoved, Place
from hmip_desktop.scoring import QuestionScore, shown
from ui.models import results, words
from ui.models.table import Column

_PLACES = {
    Place.ABOVE: mark("Above the line"),
    Place.BELOW: mark("Below the line"),
    Place.NOT_COUNTED: mark("Not counted"),
    Place.MISSING: mark("No answer"),
    Place.IN_CONFLICT: mark("In conflict"),
    Place.NOT_ASKED: mark("Not asked"),
}
_TONES = {Place.ABOVE: "green", Place.BELOW: "amber", Place.IN_CONFLICT: "blue"}
_IF_SECTION = {
    Line.ABOVE: mark(
        "If this answer moved above the line, all else as it is, the share of the question "
        "would be {share}, and the score of {sections}."
    ),
    Line.BELOW: mark(
        "If this answer moved below the line, all else as it is, the share of the question "
        "would be {share}, and the score of {sections}."
    ),
}
_IF_ALONE = {
    Line.ABOVE: mark(
        "If this answer moved above the line, all else as it is, the share of the question "
        "would be {share}."
    ),
    Line.BELOW: mark(
        "If this answer moved below the line, all else as it is, the share of the question "
        "would be {share}."
    ),
}


@dataclass(frozen=True)
class BehindRow:
    """One case behind a score, with its answer in words."""

    behind: Behind
    answer: str

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        return tr(_PLACES[self.behind.place])

    @property
    def rank(self) -> int:
        """Above the line first, not asked last."""
        return list(Place).index(self.behind.place)


def rows(found: Sequence[Behind], question: Question, language: str) -> tuple[BehindRow, ...]:
    """The cases, in their order."""
    return tuple(
        BehindRow(one, words.answer(question, one.value, language) if one.value else "–")
        for one in found
    )


def columns(*, preliminary: bool) -> tuple[Column, ...]:
    """The columns of the cases behind a score."""
    return (
        Column(
            results.headed(tr("Case"), preliminary=preliminary),
            lambda row: row.behind.case,
            bold=True,
            width=160 if preliminary else 104,
        ),
        Column(
            tr("Where it stands"),
            lambda row: row.place,
            sort=lambda row: row.rank,
            tone=lambda row: _TONES.get(row.behind.place, "grey"),
            width=150,
        ),
        Column(tr("Answer"), lambda row: row.answer, width=0),
        Column(tr("Assessor"), lambda row: row.behind.assessor, width=150, spare=True),
        Column(tr("Note"), lambda row: row.behind.note or "–", width=0, spare=True),
    )


def summary(found: Sequence[Behind], score: QuestionScore, fraction: float) -> str:
    """How many cases stand where, and how sure the share is."""
    counts = Counter(one.place for one in found)
    places = "; ".join(
        tr("{place}: {count}", place=tr(_PLACES[place]), count=counts[place])
        for place in Place
        if counts[place]
    )
    if not score.judged:
        return tr("{places}. No case has been judged, so there is no share.", places=places)
    said = tr(
        "{share} above the line ({above} of {judged}). {places}.",
        share=shown(score.proportion),
        above=score.above,
        judged=score.judged,
        places=places,
    )
    return f"{said} {results.likely(score.above, score.judged, fraction)}"


def said_if(row: BehindRow, moves: Sequence[IfMoved], form: Form, language: str) -> str:
    """What would change a figure, a sentence for each way in which it could."""
    if row.behind.place is Place.NOT_ASKED:
        return tr("This case changes nothing here: the question is not asked in it.")
    if not moves:
        return tr("No choice of this question stands on another side of the line.")
    names = {one.id: one.label.in_language(language) for one in form.sections}
    return "\n".join(_if(move, names) for move in moves)


def _if(move: IfMoved, names: dict[str, str]) -> str:
    facts = {"share": tenths(move.share)}
    if not move.sections:
        return tr(_IF_ALONE[move.line], **facts)
    sections = "; ".join(
        tr("{number} {section} {score}", number=one.id, section=names[one.id], score=score)
        for one in move.sections
        if (score := tenths(one.score))
    )
    return tr(_IF_SECTION[move.line], sections=sections, **facts)


def tenths(score: Fraction | None) -> str:
    """A score with one decimal, half up, since one case seldom moves a whole point."""
    if score is None:
        return "–"
    whole = int(score * 1000 + Fraction(1, 2))
    return f"{whole // 10}.{whole % 10}%"
