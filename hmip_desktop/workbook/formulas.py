"""The rules of `hmip_desktop.scoring` as formulas: one function for each, of the same name.

They keep to what Excel since 2010 and LibreOffice compute alike: no array, no volatile function.
Conditions are texts that cannot be taken for a number: to COUNTIFS, 4.1 and 4.10 are the same.
Columns are found by what stands in them, so that sorting a sheet changes no score.
"""

from dataclasses import dataclass

from hmip_desktop.form.model import Line, SectionRule
from hmip_desktop.scoring import SMALL_GROUP, Z_95
from hmip_desktop.workbook.book import Counted
from hmip_desktop.workbook.layout import Table

_NONE = "\N{EN DASH}"


@dataclass(frozen=True)
class Counts:
    """The six formulas that count one question's answers."""

    above: str
    below: str
    not_counted: str
    missing: str
    in_conflict: str
    not_asked: str


@dataclass(frozen=True)
class Means:
    """The three formulas of a section."""

    score: str
    by_criteria: str
    by_questions: str


def proportion(above: str, below: str) -> str:
    """The share above the line; empty without a denominator."""
    return f'=IF({above}+{below}=0,"",{above}/({above}+{below}))'


def mean(values: str, *conditions: tuple[str, str]) -> str:
    """The unweighted mean of the values that are there and meet the conditions, else empty."""
    tests = ",".join(f"{span},{quoted(condition)}" for span, condition in conditions)
    return f'=IFERROR(AVERAGEIFS({values},{tests}),"")'


def question_score(answers: Table, name: str, own: Counts, assessments: str) -> Counts:
    """The counts of the question named in cell `name`; `own` are the cells they stand in.

    Every assessment falls in exactly one of the six; what is left over was not asked.
    """

    def count(*conditions: tuple[str, str]) -> str:
        tests = (f"{answers.span(key)},{quoted(text)}" for key, text in conditions)
        return f"=COUNTIFS({answers.span('question')},{name},{','.join(tests)})"

    def placed(line: Line) -> str:
        return count(("place", line), ("counted", Counted.YES))

    others = (own.above, own.below, own.not_counted, own.missing, own.in_conflict)
    return Counts(
        above=placed(Line.ABOVE),
        below=placed(Line.BELOW),
        not_counted=placed(Line.NOT_COUNTED),
        missing=count(("counted", Counted.MISSING)),
        in_conflict=count(("counted", Counted.IN_CONFLICT)),
        not_asked=f"={assessments}-{'-'.join(others)}",
    )


def place(choices: Table, question: str, value: str) -> str:
    """Where the value in a cell stands, looked up in Choices."""
    found = f'MATCH({question}&"|"&{value},{choices.span("key")},0)'
    looked_up = f'IFERROR(INDEX({choices.span("place")},{found}),"{Line.NOT_COUNTED}")'
    return f'=IF({value}="","",{looked_up})'


def place_exactly(choices: Table, question: str, value: str) -> str:
    """As `place`, letter by letter: MATCH knows no case, and takes * and ? for any letters.

    Slower by far, so it serves only where a form has such values.
    """
    same = f'EXACT({choices.span("key")},{question}&"|"&{value})'

    def stands(line: Line) -> str:
        return f'SUMPRODUCT({same}*({choices.span("place")}="{line}"))>0'

    below = f'IF({stands(Line.BELOW)},"{Line.BELOW}","{Line.NOT_COUNTED}")'
    return f'=IF({value}="","",IF({stands(Line.ABOVE)},"{Line.ABOVE}",{below}))'


def counted(value: str) -> str:
    """Whether an answer that is asked for enters the scores: if there is one."""
    return f'=IF({value}="","{Counted.MISSING}","{Counted.YES}")'


def criterion_score(id_: str, questions: Table) -> tuple[str, str]:
    """The mean of a criterion's scored questions, and how many of them have a proportion."""
    own = ((questions.span("criteria"), listed(id_)), (questions.span("scored"), "yes"))
    tests = ",".join(f"{span},{quoted(condition)}" for span, condition in own)
    number = f'=COUNTIFS({tests},{questions.span("proportion")},">=0")'
    return mean(questions.span("proportion"), *own), number


def section_score(
    id_: str, rule: SectionRule, criteria: Table, questions: Table, own: Means
) -> Means:
    """Both means of a section and its headline; `own` are the cells they stand in."""
    in_section = (questions.span("sections"), listed(id_))
    return Means(
        score="=" + (own.by_criteria if rule is SectionRule.CRITERIA else own.by_questions),
        by_criteria=mean(
            criteria.span("score"), (criteria.span("section"), literal(section_name(id_)))
        ),
        by_questions=mean(
            questions.span("proportion"), in_section, (questions.span("scored"), "yes")
        ),
    )


def interval(above: str, below: str) -> tuple[str, str]:
    """Both ends of the 95% Wilson interval; empty without a denominator."""
    judged, z2 = f"({above}+{below})", repr(Z_95**2)
    share = f"{above}/{judged}"
    middle = f"({share}+{z2}/(2*{judged}))"
    spread = f"{share}*(1-{share})/{judged}+{z2}/(4*{judged}*{judged})"
    half, scale = f"{Z_95!r}*SQRT({spread})", f"(1+{z2}/{judged})"
    return (
        f'=IF({judged}=0,"",MAX(0,({middle}-{half})/{scale}))',
        f'=IF({judged}=0,"",MIN(1,({middle}+{half})/{scale}))',
    )


def whole_percent(above: str, below: str) -> str:
    """A share as a whole percentage, half up: in whole numbers, so that no tie is missed."""
    return f"INT((200*{above}+{above}+{below})/(2*({above}+{below})))"


def shown(above: str, below: str) -> str:
    """A share in print, such as 79%."""
    return f'{whole_percent(above, below)}&"%"'


def shown_with_count(above: str, below: str, small_group: int = SMALL_GROUP) -> str:
    """A question's result in print: 72% of 74, or 5 of 8, or a dash where there is none."""
    judged = f"({above}+{below})"
    share = f"IF({judged}<{small_group},{above},{shown(above, below)})"
    return f'=IF({judged}=0,"{_NONE}",{share}&" of "&{judged})'


def listed(id_: str) -> str:
    """The condition that a list such as `[4.1] [5.1]` holds this id."""
    return f"*{literal(in_list(id_))}*"


def in_list(*ids: str) -> str:
    """Ids as a cell lists them; in brackets, so that 4.1 is not found in 14.10."""
    return " ".join(f"[{id_}]" for id_ in ids)


def section_name(id_: str) -> str:
    """A section as the criteria name it: not a bare number, which conditions would compare."""
    return f"Section {id_}"


def literal(text: str) -> str:
    """A condition that means this very text, whatever wildcards are in it."""
    return "".join(f"~{letter}" if letter in "~*?" else letter for letter in text)


def quoted(text: str) -> str:
    """A text inside a formula."""
    return '"' + text.replace('"', '""') + '"'
