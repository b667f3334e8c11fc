"""Small forms, answers and books for the tests of the workbook."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from hmip_desktop.form.model import (
    Choice,
    Form,
    Group,
    Kind,
    Line,
    Question,
    Section,
    SectionRule,
    Wording,
)
from hmip_desktop.scoring import Judged, Scores, scores
from hmip_desktop.workbook.book import AssessmentRow, Book, Counted, Listing, NoteRow

AS_AT = datetime(2013, 11, 22, 14, 2, tzinfo=UTC)


def words(text: str) -> Wording:
    return Wording((("default", text),))


YES_NO = (
    Choice("yes", words("Yes"), Line.ABOVE),
    Choice("partly", words("Yes, in part"), Line.BELOW, "Part of the work is not enough of it"),
    Choice("no", words("No"), Line.BELOW),
    Choice("na", words("Not applicable"), Line.NOT_COUNTED),
)


def question(
    name: str,
    criteria: Sequence[str] = (),
    *,
    scored: bool = True,
    kind: Kind = Kind.SELECT_ONE,
    choices: tuple[Choice, ...] = YES_NO,
    label: str = "",
    relevant: tuple[str, ...] = (),
) -> Question:
    return Question(
        name=name,
        kind=kind,
        label=words(label or f"Was the work of {name} good enough?"),
        path=f"/data/{name}",
        group=criteria[0] if criteria else "details",
        choices=choices if kind in (Kind.SELECT_ONE, Kind.SELECT_MULTIPLE) else (),
        criteria=tuple(criteria),
        scored=scored,
        relevant=relevant,
    )


def form(
    criteria: Mapping[str, str | None],
    questions: Sequence[Question],
    rule: SectionRule = SectionRule.CRITERIA,
) -> Form:
    sections = dict.fromkeys(section for section in criteria.values() if section)
    return Form(
        form_id="made",
        version="1",
        title="A made form",
        section_rule=rule,
        languages=("default",),
        sections=tuple(Section(id_, words(f"Outcome {id_}")) for id_ in sections),
        groups=(
            Group("details", words("Case details"), None, criterion=False),
            *(
                Group(id_, words(f"Criterion {id_}"), section, criterion=True)
                for id_, section in criteria.items()
            ),
        ),
        questions=tuple(questions),
    )


SMALL = form(
    {"4.1": "4", "4.10": "4", "14.1": "14", "14.2": "14", "0.5": None},
    (
        question("q0_1", kind=Kind.TEXT, scored=False),
        question("q4_1_1", ("4.1",)),
        question("q4_1_2", ("4.1", "14.1")),
        question("q4_10_1", ("4.10",)),
        question("q4_10_2", ("4.10",), scored=False),
        question("q14_1_1", ("14.1",)),
        question("q14_1_2", ("14.1",), kind=Kind.SELECT_MULTIPLE),
        question("q14_2_1", ("14.2",)),
        question("q0_5_1", ("0.5",)),
    ),
)


@dataclass(frozen=True)
class Made:
    """One assessment as a test tells it: what was answered, in conflict, and not asked."""

    case: str
    values: Mapping[str, str]
    unsettled: frozenset[str] = frozenset()
    unasked: frozenset[str] = frozenset()
    set_aside: Counted = Counted.YES
    fields: Mapping[str, str] = field(default_factory=lambda: {"ldu": "Sefton", "rosh": "High"})


def judged(form_: Form, one: Made) -> Judged:
    asked = frozenset(q.name for q in form_.answerable) - one.unasked
    return Judged(asked, one.values, one.unsettled)


def computed(form_: Form, made: Sequence[Made]) -> Scores:
    return scores(form_, [judged(form_, one) for one in made if one.set_aside is Counted.YES])


def assessment(form_: Form, one: Made) -> AssessmentRow:
    second = one.set_aside is Counted.SECOND
    unfinished = one.set_aside is Counted.NOT_SIGNED_OFF
    return AssessmentRow(
        case=one.case,
        fields=one.fields,
        assessor="Ana Evans",
        order="second" if second else "first",
        status="in progress" if unfinished else "signed off",
        counted=one.set_aside,
        judged=judged(form_, one),
    )


def book(form_: Form = SMALL, made: Sequence[Made] = ()) -> Book:
    open_ones = sum(len(one.unsettled) for one in made)
    return Book(
        title="Inspection of Merseyside, 2013",
        area="Merseyside Probation Trust",
        form=form_,
        scores=computed(form_, made),
        reasons=(f"Open conflicts: {open_ones}.",) if open_ones else (),
        conflicts=open_ones,
        as_at=AS_AT,
        assessments=tuple(assessment(form_, one) for one in made),
        by=("ldu", "rosh"),
    )


HIGH, LOW = {"ldu": "Sefton", "rosh": "High"}, {"ldu": "Wirral", "rosh": "Low"}
STORY = (
    Made("MP001", {"q0_1": "Sefton", "q4_1_1": "yes", "q4_1_2": "yes", "q4_10_1": "no"}),
    Made(
        "MP002",
        {"q4_1_1": "no", "q4_1_2": "yes", "q4_10_1": "yes", "q14_1_1": "partly"},
        fields=LOW,
    ),
    Made(
        "MP003",
        {"q4_1_1": "yes", "q4_1_2": "na", "q14_1_2": "yes no", "q4_10_2": "no"},
        fields={"ldu": "Wirral"},
    ),
    Made("MP004", {"q4_1_1": "yes", "q14_1_1": "yes"}, unsettled=frozenset({"q4_1_2"})),
    Made(
        "MP005",
        {"q4_1_1": "no", "q14_1_1": "yes"},
        unasked=frozenset({"q14_1_1", "q4_10_1"}),
        fields=LOW,
    ),
    Made("MP001", {"q4_1_1": "no", "q4_1_2": "no"}, set_aside=Counted.SECOND),
    Made("MP006", {"q4_1_1": "no", "q0_5_1": "no"}, set_aside=Counted.NOT_SIGNED_OFF, fields=LOW),
)


def told(text: str) -> Book:
    """The story with this text wherever somebody may have typed one."""
    first = replace(STORY[0], case=text, values={**STORY[0].values, "q0_1": text})
    made = book(SMALL, [replace(one, fields={"ldu": text}) for one in (first, *STORY[1:])])
    own = tuple(replace(row, assessor=text, status=text) for row in made.assessments)
    note = NoteRow(text, text, text, "q4_1_1", text)
    listing = Listing(text, (text, "Assessor"), ((text, text),), "")
    return replace(
        made,
        title=text,
        area=text,
        assessments=own,
        notes=(note,),
        typed=(note,),
        quality=(listing,),
        reasons=(text,),
    )
