"""The About sheet: what the workbook holds and how a score comes about, in plain words."""

from collections.abc import Container

from hmip_desktop.workbook import formulas, layout
from hmip_desktop.workbook.book import IN_CONFLICT, NOT_ASKED, Book, Counted
from hmip_desktop.workbook.groups import rule_of_hiding
from hmip_desktop.workbook.layout import Layout, Sheet
from hmip_desktop.workbook.page import Page
from hmip_desktop.workbook.summary import RULE_IN_WORDS, hidden_line, standing

_WIDE = 110

SHEETS = {
    Sheet.SCORES: "The scores of the sections, with a chart.",
    Sheet.CRITERIA: "The scores of the general criteria, with a chart.",
    Sheet.QUESTIONS: "Each question with its counts, its proportion above the line in figures and "
    "in words, and how sure that proportion is.",
    Sheet.SUMMARIES: "A chart of the scored questions of each criterion.",
    Sheet.GROUPS: "The scores of groups of cases: by LDU, type of case and other fields.",
    Sheet.GROUP_QUESTIONS: "Each question by group: what the scores of the groups rest on.",
    Sheet.REASONS: "What was ticked in lists of several choices, such as what was missing.",
    Sheet.FACTORS: "What lies behind the offending, and whether enough was done about it.",
    Sheet.CONTEXT: "The make-up of the sample, and below it tables about the area, where the "
    "lead brought some.",
    Sheet.AGREEMENT: "How far two assessors of the same case judged alike.",
    Sheet.QUALITY: "What stands against the figures: missing answers, conflicts, reopened "
    "assessments, answers that look contradictory; and the files that were merged.",
    Sheet.ANSWERS: "A row for each assessment, a column for each question. All figures are "
    "computed from here.",
    Sheet.NOTES: "The evidence beside the answers.",
    Sheet.CHOICES: "Each possible answer and its place: above the line, below the line or not "
    "counted.",
    Sheet.CODEBOOK: "Each question with its choices, when it is asked, and its guidance.",
    Sheet.WORDS: "The words for proportions.",
    Sheet.CHECK: "Each figure of this workbook beside that of the program.",
    Sheet.ABOUT: "This explanation.",
}
FOLLOWING = {
    Sheet.ANSWERS: "Change an answer, and they follow.",
    Sheet.CHOICES: "Change a place, and the scores follow.",
    Sheet.WORDS: "Change a phrase, and it is used everywhere.",
}
"""What is true besides, where there are formulas."""
RULES = (
    (
        "Only first assessments that are signed off enter the scores. Second assessments of a "
        "case serve to see how far assessors agree. Answers to questions that are no longer "
        "asked, and answers in an open conflict, do not count."
    ),
    (
        "A question's proportion is the number of answers above the line, divided by those "
        "above and below it. Answers that are not counted, such as not applicable, are left "
        "out. Work that was not done is below the line unless the form says otherwise. A "
        "question without an answer is left out as well and reported as missing."
    ),
    (
        "A criterion's score is the mean of the proportions of its scored questions that have "
        "one. All its questions weigh the same."
    ),
    (
        "A section's score is, as the form says, the mean of its criterion scores or the mean "
        "of its scored questions, each once. Both are shown. A criterion without a score is "
        "left out."
    ),
    "A question that belongs to two criteria counts fully in each, and once in a section.",
    "A list of reasons never scores, and a question scores only where the form says so.",
    (
        "Nothing is rounded before it is shown. Percentages are shown whole, and a half goes "
        "up. A group of fewer than {small_group} is shown as a count, such as 5 of 8."
    ),
    (
        "A question asked in few cases weighs as much as one asked in many. Look at its number "
        "of cases and at the 95% interval beside it (Wilson's): the fewer the cases, the wider "
        "it is."
    ),
    (
        "The cases behind a criterion or a section are those of its question that was judged in "
        "the most. Its interval is Wilson's for its score and that number, as if each case gave "
        "one judgement: rather too wide than too narrow."
    ),
    (
        "Words for a proportion go by its whole percentage. Only 0 is none, and only all of "
        "them is all."
    ),
)
KNOWN = (
    "The size of the caseload is known, so every interval is the narrower, the larger the share "
    "of it that was assessed (the finite population correction): with all of it assessed, chance "
    "has no part any more. That share of all cases is also taken for questions that are asked in "
    "some cases only, and for groups, since nobody knows in how many cases of the caseload they "
    "apply."
)
UNKNOWN = (
    "The size of the caseload is not known, so the intervals are as for a very large one: rather "
    "too wide than too narrow."
)
CASELOAD_FOLLOWS = "Type another caseload above, or none, and all intervals follow."
COUNTED = {
    Counted.YES.value: "the assessment enters the scores",
    Counted.SECOND.value: "the case was assessed twice, and this is the second time",
    Counted.NOT_SIGNED_OFF.value: "its assessor has not signed it off",
    "(empty)": "the question is asked and nobody has answered it",
    NOT_ASKED: "the form does not ask the question in this case",
    IN_CONFLICT: "two different answers, between which nobody has settled yet",
}
CHANGING = (
    (
        "This workbook is made from the merged case file. What is changed here changes nothing "
        "there: use it to try things out, and correct answers in the case file."
    ),
    (
        "To leave an assessment out, choose another word than yes under Counted. Which questions "
        "are asked does not follow by itself: where a changed answer would open others, type "
        "them in."
    ),
    "Agreement and Quality are as they were when the workbook was made.",
)


def write_about(page: Page, book: Book, places: Layout, sheets: Container[Sheet]) -> None:
    """Write the About sheet; `sheets` are those that this workbook has."""
    page.sheet.set_column(0, 0, 26)
    page.sheet.set_column(1, 1, _WIDE)
    page.sheet.hide_gridlines(2)
    page.sheet.set_row(0, 28)
    page.text(0, 0, book.title, "title")
    page.text(1, 0, "Standing", "label")
    page.text(1, 1, standing(book), "prose")
    _write_caseload(page, book, places)
    row = layout.FRACTION_ROW + 2
    for heading, lines in _parts(book, sheets):
        page.text(row, 0, heading, "heading")
        page.sheet.set_row(row, 22)
        for label, text in lines:
            row += 1
            page.text(row, 0, label, "label")
            page.text(row, 1, text, "prose")
            page.height(row, (text, _WIDE))
        row += 2


def _write_caseload(page: Page, book: Book, places: Layout) -> None:
    """How many cases the sample stands for, to be typed where it is unknown; the share assessed."""
    at, below = layout.CASELOAD_ROW, layout.FRACTION_ROW
    page.text(at, 0, "Caseload", "label")
    page.figure(at, 1, book.caseload or "", "entered")
    page.text(below, 0, "Share of it assessed", "label")
    share = formulas.sampled(places.assessments, layout.CASELOAD)
    page.formula(below, 1, share, book.fraction, "share")
    whole = {"validate": "integer", "criteria": ">=", "value": 1, "error_type": "warning"}
    page.sheet.data_validation(at, 1, at, 1, whole)


def _parts(book: Book, sheets: Container[Sheet]) -> tuple[tuple[str, list[tuple[str, str]]], ...]:
    rules = [rule.format(small_group=book.small_group) for rule in RULES]
    corrected = KNOWN if book.fraction else UNKNOWN
    rules.append(f"{corrected} {CASELOAD_FOLLOWS}" if book.has_cases else corrected)
    numbered = [(f"Rule {number}", rule) for number, rule in enumerate(rules, 1)]
    follows = FOLLOWING if book.has_cases else {}
    described = [
        (sheet.value, f"{text} {follows.get(sheet, '')}".strip())
        for sheet, text in SHEETS.items()
        if sheet in sheets
    ]
    own_rule = ("In this form", RULE_IN_WORDS[book.scores.rule])
    if not book.has_cases:
        told = [("", line) for line in (hidden_line(book), *rule_of_hiding(book.least))]
        return ("Sheets", described), ("How it is scored", [*numbered, own_rule]), ("Hidden", told)
    return (
        ("Sheets", described),
        ("How it is scored", [*numbered, own_rule]),
        ("In Answers", list(COUNTED.items())),
        ("Changes", [("", line) for line in CHANGING]),
    )
