"""The formulas that only a comparison needs; the rules of scoring are those of every workbook."""

from collections.abc import Sequence
from dataclasses import dataclass

from hmip_desktop.pooling import FEWEST, Verdict
from hmip_desktop.workbook.formulas import in_list, quoted
from hmip_desktop.workbook.layout import Table


@dataclass(frozen=True)
class Interval:
    """The cells of an interval and of the cases behind it."""

    low: str
    high: str
    cases: str


def mean_of_cells(cells: Sequence[str]) -> str:
    """The unweighted mean of the cells that hold a figure."""
    return f'=IFERROR(AVERAGE({",".join(cells)}),"")'


def points(share: str, other: str) -> str:
    """By how many percentage points a share is higher than another."""
    return f'=IF(OR({share}="",{other}=""),"",100*({share}-{other}))'


def verdict(own: Interval, others: Interval) -> str:
    """What two intervals say, in plain words: apart only where they do not even touch."""
    words = {one: quoted(one.value) for one in Verdict}
    apart = (
        f"IF({own.low}>{others.high},{words[Verdict.HIGHER]},"
        f"IF({own.high}<{others.low},{words[Verdict.LOWER]},{words[Verdict.UNCLEAR]}))"
    )
    few = f"MIN({own.cases},{others.cases})<{FEWEST}"
    said = f"IF({few},{words[Verdict.FEW]},{apart})"
    here, there = words[Verdict.NOT_HERE], words[Verdict.ONLY_HERE]
    return f'=IF({own.low}="",{here},IF({others.low}="",{there},{said}))'


def mean_of_others(shares: str, inspection: str, keys: str, *conditions: tuple[str, str]) -> str:
    """The mean of the shares of all others, in the lines of one inspection that meet conditions."""
    tests = "".join(f",{span},{quoted(condition)}" for span, condition in conditions)
    return f'=IFERROR(AVERAGEIFS({shares},{keys},{inspection}{tests}),"")'


def most_cases_of_others(id_: str, questions: Table, ids: str, inspection: str) -> str:
    """The cases of all others behind a score, in the lines of one inspection."""
    own = f"ISNUMBER(FIND({quoted(in_list(id_))},{questions.span(ids)}))"
    here = f"({questions.span('key')}={inspection})"
    scored = f'({questions.span("scored")}="yes")'
    return f"=SUMPRODUCT(MAX({own}*{here}*{scored}*{questions.span('others_cases')}))"
