"""The rules of `hmip_desktop.scoring` as formulas: one function for each, of the same name.

They keep to what Excel since 2010 and LibreOffice compute alike: no dynamic array, no volatile
function. Conditions are texts that cannot be taken for a number: to COUNTIFS, 4.1 and 4.10 are
the same. Columns are found by what stands in them, so that sorting a sheet changes no score.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from hmip_desktop.form.model import Line, SectionRule
from hmip_desktop.scoring import SMALL_GROUP, Z_95
from hmip_desktop.workbook.book import IN_CONFLICT, NOT_ASKED, SEPARATOR, Counted
from hmip_desktop.workbook.layout import Layout, Table

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


@dataclass(frozen=True)
class Asked:
    """Where a question stands: its column of answers, and the choices that it offers."""

    answers: str
    keys: str
    places: str


def proportion(above: str, below: str) -> str:
    """The share above the line; empty without a denominator."""
    return f'=IF({above}+{below}=0,"",{above}/({above}+{below}))'


def mean(values: str, *conditions: tuple[str, str]) -> str:
    """The unweighted mean of the values that are there and meet the conditions, else empty."""
    tests = ",".join(f"{span},{quoted(condition)}" for span, condition in conditions)
    return f'=IFERROR(AVERAGEIFS({values},{tests}),"")'


def question_score(asked: Asked, among: str, assessments: str, own: Counts) -> Counts:
    """The counts of a question over the assessments that meet `among`; `own` are their cells.

    Every assessment falls in exactly one of the six; what is left over is not counted.
    """
    answered = f'COUNTIFS({asked.answers},"<>",{among})'
    others = (own.above, own.below, own.not_asked, own.in_conflict)
    return Counts(
        above=placed(asked, Line.ABOVE, among),
        below=placed(asked, Line.BELOW, among),
        not_counted=f"={answered}-{'-'.join(others)}",
        missing=f"={assessments}-{answered}",
        in_conflict=f"=COUNTIFS({asked.answers},{quoted(IN_CONFLICT)},{among})",
        not_asked=f"=COUNTIFS({asked.answers},{quoted(NOT_ASKED)},{among})",
    )


def placed(asked: Asked, line: Line, among: str) -> str:
    """How many answers stand at a place of the line; nought for what has no choices."""
    if not asked.keys:
        return "=0"
    chosen = f"COUNTIFS({asked.answers},{asked.keys},{among})"
    return f'=SUMPRODUCT({chosen}*({asked.places}="{line}"))'


def counting(places: Layout, *conditions: tuple[str, str]) -> str:
    """The condition that assessments enter the scores, and others, as COUNTIFS takes them."""
    every = ((places.answers.span("counted"), Counted.YES.value), *conditions)
    return ",".join(f"{span},{quoted(literal(text))}" for span, text in every)


def ticked(answers: str, label: str, counted: str) -> str:
    """How many assessments that count have a choice among several."""
    found = f'FIND("{SEPARATOR}"&{label}&"{SEPARATOR}","{SEPARATOR}"&{answers}&"{SEPARATOR}")'
    return f'=SUMPRODUCT(ISNUMBER({found})*({counted}="{Counted.YES}"))'


def answered(answers: str, among: str) -> str:
    """How many assessments have an answer that stands."""
    every = f'COUNTIFS({answers},"<>",{among})'
    others = (f"COUNTIFS({answers},{quoted(text)},{among})" for text in (NOT_ASKED, IN_CONFLICT))
    return f"={every}-{'-'.join(others)}"


def criterion_score(id_: str, questions: Table, share: str = "proportion") -> tuple[str, str]:
    """The mean of a criterion's scored questions, and how many of them have a proportion."""
    own = ((questions.span("criteria"), listed(id_)), (questions.span("scored"), "yes"))
    tests = ",".join(f"{span},{quoted(condition)}" for span, condition in own)
    number = f'=COUNTIFS({tests},{questions.span(share)},">=0")'
    return mean(questions.span(share), *own), number


def section_score(
    id_: str, rule: SectionRule, criteria: Table, questions: Table, own: Means
) -> Means:
    """Both means of a section and its headline; `own` are the cells they stand in."""
    return Means(
        score="=" + (own.by_criteria if rule is SectionRule.CRITERIA else own.by_questions),
        by_criteria=mean_of_criteria(id_, criteria.span("score"), criteria.span("section")),
        by_questions=mean_of_questions(id_, questions, "proportion"),
    )


def section_mean(
    id_: str, rule: SectionRule, criteria: tuple[str, str], questions: Table, share: str
) -> str:
    """The headline of a section alone; `criteria` are their scores and the sections they are of."""
    if rule is SectionRule.CRITERIA:
        return mean_of_criteria(id_, *criteria)
    return mean_of_questions(id_, questions, share)


def mean_of_criteria(id_: str, values: str, sections: str) -> str:
    """The mean of a section's criterion scores."""
    return mean(values, (sections, literal(section_name(id_))))


def mean_of_questions(id_: str, questions: Table, share: str) -> str:
    """The mean of a section's scored questions, each once."""
    in_section = (questions.span("sections"), listed(id_))
    return mean(questions.span(share), in_section, (questions.span("scored"), "yes"))


def total(id_: str, questions: Table, key: str) -> str:
    """A count, added up over the scored questions of a criterion."""
    own = f"{questions.span('criteria')},{quoted(listed(id_))}"
    return f'=SUMIFS({questions.span(key)},{own},{questions.span("scored")},"yes")'


def cases_of(id_: str, questions: Table, ids: str, judged: Sequence[str]) -> str:
    """The cases behind a score: those of its question that was judged in the most.

    `ids` is the column that lists what a question belongs to; the `judged` ones are added up.
    """
    own = f"ISNUMBER(FIND({quoted(in_list(id_))},{questions.span(ids)}))"
    added = "+".join(questions.span(key) for key in judged)
    return f'=SUMPRODUCT(MAX({own}*({questions.span("scored")}="yes")*({added})))'


def sampled(assessments: str, caseload: str) -> str:
    """Which share of the caseload was assessed; 0 where that cell is empty, or cannot be so."""
    known = f"AND({caseload}>0,{caseload}>={assessments})"
    return f"=IF(ISNUMBER({caseload}),IF({known},{assessments}/{caseload},0),0)"


def interval(share: str, cases: str, fraction: str) -> tuple[str, str]:
    """Both ends of the 95% Wilson interval; empty without a denominator.

    `fraction` is the cell that says which share of the caseload was assessed.
    """
    spread = f"({Z_95**2!r}*(1-{fraction})/{cases})"
    middle = f"{share}+{spread}/2"
    half, scale = f"SQRT({share}*(1-{share})*{spread}+{spread}^2/4)", f"(1+{spread})"
    return (
        f'=IF({cases}=0,"",MAX(0,({middle}-{half})/{scale}))',
        f'=IF({cases}=0,"",MIN(1,({middle}+{half})/{scale}))',
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


def in_words(share: str, words: Table) -> str:
    """A share in words, from the table of words; only 0 is none, and only 1 is all."""
    percent = f"MIN(99,MAX(1,INT(ROUND(100*{share},9)+0.5)))"
    placed_at = f"IF({share}=0,0,IF({share}=1,100,{percent}))"
    found = f"INDEX({words.span('words')},MATCH({placed_at},{words.span('low')},1))"
    return f'=IF({share}="","",{found})'


def bar(share: str) -> str:
    """A share as a bar of letters: ten for the whole."""
    full, empty = "\N{FULL BLOCK}", "\N{LIGHT SHADE}"
    filled = f"INT(ROUND(10*{share},9)+0.5)"
    return f'=IF({share}="","",REPT("{full}",{filled})&REPT("{empty}",10-{filled}))'


def part_of(part: str, whole: str) -> str:
    """One number as a share of another; empty where that is nought."""
    return f'=IF({whole}=0,"",{part}/{whole})'


def agrees(here: str, there: str) -> str:
    """Whether two figures are the same, but for the last digits that computers differ by."""
    empty = f'OR({here}="",{there}="")'
    same = f'IF(ABS({here}-{there})<0.000000001,"OK","differs")'
    return f'=IF(AND({here}="",{there}=""),"OK",IF({empty},"differs",{same}))'


def agreeing(verdicts: str) -> str:
    """How many figures agree, of how many."""
    ok, differs = (f'COUNTIF({verdicts},"{word}")' for word in ("OK", "differs"))
    return f'{ok}&" of "&({ok}+{differs})'


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
