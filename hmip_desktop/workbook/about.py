"""The About sheet: what the workbook holds and how a score comes about, in plain words."""

from hmip_desktop.workbook.book import Book, Counted
from hmip_desktop.workbook.layout import Sheet
from hmip_desktop.workbook.page import Page
from hmip_desktop.workbook.summary import RULE_IN_WORDS, standing

_WIDE = 110

SHEETS = {
    Sheet.SCORES: "The scores of the sections and of their general criteria, with a chart.",
    Sheet.QUESTIONS: "Each question with its counts, its proportion above the line and how sure "
    "that proportion is.",
    Sheet.ANSWERS: "One row for each question of each assessment. All scores are computed from "
    "here: change a value, and they follow. The answer in words stays as it was given.",
    Sheet.CHOICES: "Each possible answer and its place: above the line, below the line or not "
    "counted. Change a place, and the scores follow.",
    Sheet.CASES: "The assessments, with the details of their cases from the sample.",
    Sheet.ABOUT: "This explanation.",
}
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
)
COUNTED = {
    Counted.YES: "the answer enters the scores",
    Counted.MISSING: "the question is asked and nobody has answered it",
    Counted.NOT_ASKED: "there is an answer, but the form no longer asks for it in this case",
    Counted.IN_CONFLICT: "two different answers, between which nobody has settled yet",
    Counted.SECOND: "the case was assessed twice, and this is the second time",
    Counted.NOT_SIGNED_OFF: "its assessor has not signed the assessment off",
}
CHANGING = (
    (
        "This workbook is made from the merged case file. What is changed here changes nothing "
        "there: use it to try things out, and correct answers in the case file."
    ),
    "To leave an answer out, type another word than yes in its cell under Counted.",
)


def write_about(page: Page, book: Book) -> None:
    """Write the About sheet."""
    page.sheet.set_column(0, 0, 20)
    page.sheet.set_column(1, 1, _WIDE)
    page.sheet.set_row(0, 28)
    page.text(0, 0, book.title, "title")
    page.text(1, 0, "Standing", "label")
    page.text(1, 1, standing(book), "prose")
    row = 3
    for heading, lines in _parts(book):
        page.text(row, 0, heading, "heading")
        page.sheet.set_row(row, 22)
        for label, text in lines:
            row += 1
            page.text(row, 0, label, "label")
            page.text(row, 1, text, "prose")
            page.height(row, (text, _WIDE))
        row += 2


def _parts(book: Book) -> tuple[tuple[str, list[tuple[str, str]]], ...]:
    rules = [rule.format(small_group=book.small_group) for rule in RULES]
    numbered = [(f"Rule {number}", rule) for number, rule in enumerate(rules, 1)]
    return (
        ("Sheets", [(sheet.value, text) for sheet, text in SHEETS.items()]),
        ("How it is scored", [*numbered, ("In this form", RULE_IN_WORDS[book.scores.rule])]),
        ("Counted", [(word.value, text) for word, text in COUNTED.items()]),
        ("Changes", [("", line) for line in CHANGING]),
    )
