"""A held-out inspection, its routing in plain Python, and its scores in exact fractions.

Nothing here comes from the program: the form is invented, the rules are those of the
framework's scoring appendix. The program's results are compared with what this computes.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl

Answers = Mapping[str, str]
Gate = Callable[[Answers], bool]

SURVEY = [
    "type",
    "name",
    "label",
    "hint",
    "guidance_hint",
    "relevant",
    "required",
    "constraint",
    "constraint_message",
    "calculation",
    "bind::hmip:criteria",
    "bind::hmip:scored",
    "bind::hmip:source",
]
CHOICES = ["list_name", "name", "label", "line"]
SETTINGS = ["form_id", "version", "form_title", "namespaces", "section_rule"]

LINES: dict[str, dict[str, str]] = {
    "risk": {"low": "", "medium": "", "high": "", "unknown": ""},
    "needs": {"housing": "", "drugs": "", "alcohol": "", "none": ""},
    "yn": {"yes": "above", "no": "below"},
    "yn_na": {"yes": "above", "no": "below", "na": ""},
    "quality": {"good": "above", "fair": "above", "poor": "below", "absent": "below"},
    "on_time": {"early": "above", "late": "below", "not_done": "", "not_recorded": ""},
    "not_done_is_fine": {"done_well": "above", "done_badly": "below", "not_done": "above"},
    "reasons": {"late": "", "staff": "", "other": ""},
}


@dataclass(frozen=True)
class Question:
    """One row of the survey; `gate` says in Python what `relevant` says in XPath."""

    name: str
    kind: str
    label: str
    group: str
    relevant: str = ""
    gate: Gate = lambda _: True
    required: bool = False
    constraint: str = ""
    message: str = ""
    calculation: str = ""
    criteria: tuple[str, ...] = ()
    scored: bool = False
    source: str = "file"

    @property
    def choices(self) -> dict[str, str]:
        return LINES[self.kind.split()[1]]

    @property
    def row(self) -> list[str]:
        return [
            self.kind,
            self.name,
            self.label,
            "A short hint" if self.scored else "",
            "",
            self.relevant,
            "yes" if self.required else "",
            self.constraint,
            self.message,
            self.calculation,
            " ".join(self.criteria),
            "yes" if self.scored else "no",
            self.source,
        ]


def scoring(name: str, list_name: str, label: str, *criteria: str) -> Question:
    """A scoring question of the group that its name tells."""
    own = ".".join(name[1:].split("_")[:2])
    return Question(
        name,
        f"select_one {list_name}",
        label,
        "c" + own.replace(".", "_"),
        criteria=criteria or (own,),
        scored=True,
    )


def number(text: str) -> float:
    """What a form's number() makes of an answer: nothing compares true with nothing."""
    return float(text) if text else float("nan")


QUESTIONS: list[Question] = [
    Question("q0_01", "select_one risk", "Risk recorded", "details", required=True),
    Question(
        "q0_02",
        "integer",
        "Age at sentence",
        "details",
        required=True,
        constraint=". >= 18 and . <= 99",
        message="An age from 18 to 99",
    ),
    Question("q0_03", "date", "Date of sentence", "details"),
    Question(
        "q0_04",
        "select_multiple needs",
        "Needs recorded",
        "details",
        required=True,
        constraint="not(selected(., 'none') and count-selected(.) > 1)",
        message="None, or some, but not both",
    ),
    Question(
        "q0_05", "calculate", "Number of needs", "details", calculation="count-selected(${q0_04})"
    ),
    replace(scoring("q1_1_01", "yn", "Was there a plan?"), required=True),
    replace(
        scoring("q1_1_02", "quality", "How good was the plan?"),
        relevant="${q1_1_01} = 'yes'",
        gate=lambda a: a["q1_1_01"] == "yes",
    ),
    replace(
        scoring("q1_1_03", "on_time", "Was the plan reviewed in time?"),
        relevant="${q1_1_02} = 'good' or ${q1_1_02} = 'poor'",
        gate=lambda a: a["q1_1_02"] in {"good", "poor"},
    ),
    Question(
        "q1_1_04",
        "text",
        "What held the review up?",
        "c1_1",
        relevant="${q1_1_03} = 'late'",
        gate=lambda a: a["q1_1_03"] == "late",
    ),
    scoring("q1_2_01", "quality", "Was the victim thought of?", "1.2", "2.1"),
    scoring("q1_2_02", "yn_na", "Were the children safe?"),
    replace(
        scoring("q1_2_03", "not_done_is_fine", "Was the visit made?"),
        relevant="not(${q1_1_02} = 'absent') and ${q0_01} != 'low'",
        gate=lambda a: a["q1_1_02"] != "absent" and a["q0_01"] != "low",
    ),
    scoring("q2_1_01", "yn", "Did the work start?"),
    replace(
        scoring("q2_1_02", "yn", "Was the work in order of need?"),
        relevant="${q0_05} > 1",
        gate=lambda a: number(a["q0_05"]) > 1,
    ),
    replace(
        scoring("q2_1_03", "quality", "How good was the first piece of work?"),
        relevant="${q2_1_02} = 'yes' and (${q1_2_02} = 'no' or selected(${q0_04}, 'alcohol'))",
        gate=lambda a: (
            a["q2_1_02"] == "yes" and (a["q1_2_02"] == "no" or "alcohol" in a["q0_04"].split())
        ),
    ),
    Question(
        "q2_1_04",
        "select_multiple reasons",
        "Why not?",
        "c2_1",
        relevant="${q2_1_01} = 'no'",
        gate=lambda a: a["q2_1_01"] == "no",
    ),
    replace(
        scoring("q2_2_01", "yn", "Was drug work offered?"),
        required=True,
        gate=lambda a: "drugs" in a["q0_04"].split(),
    ),
    replace(
        scoring("q2_2_02", "quality", "Was the drug work good?"),
        relevant="${q2_2_01} = 'yes'",
        gate=lambda a: "drugs" in a["q0_04"].split() and a["q2_2_01"] == "yes",
    ),
    replace(
        scoring("q2_2_03", "yn_na", "Did the use of drugs go down?", "2.2", "3.1"),
        gate=lambda a: "drugs" in a["q0_04"].split(),
    ),
    replace(
        scoring("q3_1_01", "quality", "Was the risk reviewed?"),
        relevant="${q0_01} = 'high' or ${q0_01} = 'medium'",
        gate=lambda a: a["q0_01"] in {"high", "medium"},
    ),
    replace(
        scoring("q3_1_02", "yn", "Was youth taken into account?"),
        relevant="${q0_02} < 30",
        gate=lambda a: number(a["q0_02"]) < 30,
    ),
    replace(
        scoring("q3_1_03", "on_time", "Was the first appointment in time?", "3.1", "1.1"),
        relevant="${q1_1_02} != 'poor'",
        gate=lambda a: a["q1_1_02"] != "poor",
    ),
    replace(
        scoring("q3_1_04", "yn_na", "Was a court told of a breach?"),
        relevant="${q2_1_03} = 'absent' and ${q2_2_02} = 'absent' and ${q3_1_02} = 'no'",
        gate=lambda a: (
            a["q2_1_03"] == "absent" and a["q2_2_02"] == "absent" and a["q3_1_02"] == "no"
        ),
    ),
    Question("q3_2_01", "select_one yn", "Was there oversight?", "c3_2", criteria=("3.2",)),
    Question("q3_2_02", "text", "What did the manager say?", "c3_2", source="interview"),
]

GROUPS: list[tuple[str, list[tuple[str, str, str]]]] = [
    ("s1", [("c1_1", "Planning", ""), ("c1_2", "Victims and children", "")]),
    ("s2", [("c2_1", "Work", ""), ("c2_2", "Drug work", "selected(${q0_04}, 'drugs')")]),
    ("s3", [("c3_1", "Risk", ""), ("c3_2", "Leadership", "")]),
]
TITLES = {"s1": "Beginning", "s2": "Working", "s3": "Protecting"}
CRITERIA = [name[1:].replace("_", ".") for _, inner in GROUPS for name, _, _ in inner]


def survey_rows() -> list[list[str]]:
    """The survey sheet, groups and all."""

    def begin(name: str, label: str, relevant: str = "") -> list[str]:
        return ["begin_group", name, label, "", "", relevant] + [""] * 7

    def asked_in(group: str) -> list[list[str]]:
        return [question.row for question in QUESTIONS if question.group == group]

    end = ["end_group"] + [""] * 12
    rows = [begin("details", "Details"), *asked_in("details"), end]
    for section, inner in GROUPS:
        rows.append(begin(section, TITLES[section]))
        for criterion, label, relevant in inner:
            rows += [begin(criterion, label, relevant), *asked_in(criterion), end]
        rows.append(end)
    return rows


def choice_rows() -> list[list[str]]:
    """The choices sheet."""
    return [
        [list_name, choice, choice.replace("_", " ").capitalize(), line]
        for list_name, lines in LINES.items()
        for choice, line in lines.items()
    ]


def sheets(rule: str) -> dict[str, list[list[str]]]:
    """The three sheets of the form, with a rule for its sections."""
    settings = ["held-out", "7.3", "A held-out form", 'hmip="urn:x"', rule]
    return {
        "survey": [SURVEY, *survey_rows()],
        "choices": [CHOICES, *choice_rows()],
        "settings": [SETTINGS, settings],
    }


def write_form(path: Path, rule: str) -> Path:
    """Write the form as csv or xlsx, as the name of the file says."""
    if path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for name, rows in sheets(rule).items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append([cell or None for cell in row])
        book.save(path)
    else:
        with path.open("w", newline="", encoding="utf-8") as out:
            writer = csv.writer(out)
            for name, rows in sheets(rule).items():
                writer.writerow([name])
                writer.writerows(["", *row] for row in rows)
    return path


def visible(answers: Answers) -> dict[str, str]:
    """The questions that this case is asked, with what was answered ('' where nothing was)."""
    known = {question.name: "" for question in QUESTIONS}
    asked: dict[str, str] = {}
    for question in QUESTIONS:
        if question.gate(known):
            value = answers.get(question.name, "")
            if question.kind == "calculate":
                value = str(len(known["q0_04"].split()))
            known[question.name] = asked[question.name] = value
    return asked


def made_answers(seed: int) -> dict[str, str]:
    """Random answers to one case, some of them to questions that routing hides."""
    chance = random.Random(seed)

    def value(question: Question) -> str:
        if question.kind == "integer":
            return str(chance.randint(18, 60))
        if question.kind == "date":
            return f"20{chance.randint(10, 24)}-0{chance.randint(1, 9)}-1{chance.randint(0, 9)}"
        if question.kind == "text":
            return chance.choice(["Staff were away", "Crynodeb: dim byd, “o gwbl”", "x;y, z"])
        if question.name == "q0_04":
            needs = ["housing", "drugs", "alcohol"]
            return " ".join(n for n in needs if chance.random() < 0.6) or "none"
        if question.kind.startswith("select_multiple"):
            return " ".join(chance.sample(list(question.choices), chance.randint(1, 3)))
        return chance.choice(list(question.choices))

    enterable = [question for question in QUESTIONS if question.kind != "calculate"]
    answers = {q.name: value(q) for q in enterable if chance.random() < 0.8}
    for question in enterable:
        if question.required and not answers.get(question.name):
            answers[question.name] = value(question)
    return answers


def mean(parts: Iterable[Fraction | None]) -> Fraction | None:
    """The unweighted mean of what there is; nothing of nothing."""
    there = [part for part in parts if part is not None]
    return sum(there, Fraction(0)) / len(there) if there else None


def count(question: Question, cases: list[dict[str, str]]) -> dict[str, Any]:
    """How the cases fall on one question."""
    lines = [case[question.name] for case in cases if question.name in case]
    placed = [question.choices[value] if value else "missing" for value in lines]
    above, below = placed.count("above"), placed.count("below")
    return {
        "above": above,
        "below": below,
        "not_counted": placed.count(""),
        "missing": placed.count("missing"),
        "not_asked": len(cases) - len(lines),
        "proportion": Fraction(above, above + below) if above + below else None,
    }


def scores(assessments: Iterable[Answers], rule: str) -> dict[str, Any]:
    """Sections, criteria and scoring questions of these first assessments."""
    cases = [visible(answers) for answers in assessments]
    scored = [question for question in QUESTIONS if question.scored]
    counts = {question.name: count(question, cases) for question in scored}
    criteria = {
        name: mean(counts[q.name]["proportion"] for q in scored if name in q.criteria)
        for name in CRITERIA
    }
    sections: dict[str, dict[str, Fraction | None]] = {}
    for name in ("1", "2", "3"):
        own = [q for q in scored if any(c.startswith(name + ".") for c in q.criteria)]
        by = {
            "by_criteria": mean(criteria[c] for c in CRITERIA if c.startswith(name + ".")),
            "by_questions": mean(counts[q.name]["proportion"] for q in own),
        }
        sections[name] = {"score": by[f"by_{rule}"], **by}
    return {
        "assessments": len(cases),
        "sections": sections,
        "criteria": criteria,
        "questions": counts,
    }
