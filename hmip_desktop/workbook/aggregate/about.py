"""The About sheet of several inspections: what together means, and how to read a difference."""

from collections.abc import Container

from hmip_desktop.pooling import FEWEST
from hmip_desktop.workbook.aggregate.book import Together
from hmip_desktop.workbook.aggregate.layout import Sheet
from hmip_desktop.workbook.aggregate.scores import hidden_line, standing
from hmip_desktop.workbook.page import Page
from hmip_desktop.workbook.summary import RULE_IN_WORDS

_WIDE = 110
SHEETS = {
    Sheet.SCORES: "The sections of all inspections side by side and together, with a chart.",
    Sheet.CRITERIA: "The general criteria of all inspections side by side and together.",
    Sheet.QUESTIONS: "Each question with its counts: every figure here is computed from these.",
    Sheet.DIFFERENCES: "Each inspection beside all the others together, with 95% intervals.",
    Sheet.INSPECTIONS: "The inspections, the case files they came from, and what they rest on.",
    Sheet.NOT_COMPARABLE: "Questions that differ between versions of the form: those left out.",
    Sheet.CODEBOOK: "Each compared question with its choices and their places.",
    Sheet.CHECK: "Each figure of this workbook beside that of the program.",
    Sheet.ABOUT: "This explanation.",
}
RULES = (
    (
        "Only first assessments that are signed off count, by the same rule as in each "
        "inspection's own workbook. Answers in an open conflict do not count."
    ),
    (
        "All together is every such assessment of all inspections, counted as if they were one "
        "inspection: the answers above and below the line are added up question by question, and "
        "the rule is applied to the sums. Each case counts once."
    ),
    (
        "So an inspection of a hundred cases weighs more in it than one of ten. The mean of the "
        "inspections beside it is another figure: there each inspection weighs the same."
    ),
    (
        "The score of all together need not lie between those of the inspections, since the cases"
        " behind its questions differ."
    ),
    (
        "Only questions that are the same in every inspection are compared: by the same name with"
        " the same choices, places and criteria, or declared the same in a crosswalk. All others "
        "are left out of every inspection's figures here, so that like stands beside like."
    ),
    (
        "Nothing is rounded before it is shown. A group of fewer than {small_group} is printed as"
        " a count, such as 5 of 8."
    ),
)
READING = (
    (
        "An inspection is a sample, and samples differ by chance. Its 95% interval (Wilson's) "
        "says how far. It is set beside that of all the other inspections together, not of all "
        "together, of which it is itself a part."
    ),
    (
        "Higher or lower than the others is said only where the two intervals do not even touch. "
        "Everything else is no clear difference: do not report it as one. On fewer than {fewest} "
        "cases, here or elsewhere, nothing is said at all."
    ),
    (
        "Where many questions are compared, one or two may stand apart by chance alone. A pattern"
        " over a criterion says more than a single question."
    ),
    (
        "The cases behind a criterion or a section are those of its question that was judged in "
        "the most; the interval takes its score and that number, as if each case gave one "
        "judgement: rather too wide than too narrow. The sizes of the caseloads are not allowed "
        "for."
    ),
    (
        "Inspections can differ in what cases they drew and who assessed them. The figures do not"
        " say why one is higher."
    ),
)


def write_about(page: Page, book: Together, sheets: Container[Sheet]) -> None:
    """Write the About sheet; `sheets` are those that this workbook has."""
    page.sheet.set_column(0, 0, 26)
    page.sheet.set_column(1, 1, _WIDE)
    page.sheet.hide_gridlines(2)
    page.sheet.set_row(0, 28)
    page.text(0, 0, book.title, "title")
    page.text(1, 0, "Standing", "label")
    page.text(1, 1, standing(book), "prose")
    row = 3
    for heading, lines in _parts(book, sheets):
        page.text(row, 0, heading, "heading")
        page.sheet.set_row(row, 22)
        for label, text in lines:
            row += 1
            page.text(row, 0, label, "label")
            page.text(row, 1, text, "prose")
            page.height(row, (text, _WIDE))
        row += 2


def _parts(book: Together, sheets: Container[Sheet]) -> list[tuple[str, list[tuple[str, str]]]]:
    rules = [rule.format(small_group=book.small_group) for rule in RULES]
    parts = [
        ("Sheets", [(sheet.value, text) for sheet, text in SHEETS.items() if sheet in sheets]),
        (
            "What stands together",
            [
                *((f"Rule {number}", rule) for number, rule in enumerate(rules, 1)),
                ("In this form", RULE_IN_WORDS[book.rule]),
            ],
        ),
        ("Reading a difference", [("", text.format(fewest=FEWEST)) for text in READING]),
        ("Versions of the form", [("", text) for text in _versions(book)]),
    ]
    if not book.is_live:
        parts.append(("Hidden", [("", hidden_line(book))]))
    return parts


def _versions(book: Together) -> list[str]:
    if not book.has_versions:
        return ["All inspections used the same version of the form."]
    older = ", ".join(sorted(set(book.matched.names) - {book.form.version}))
    said = [
        (
            f"Questions, criteria and sections are named as in version {book.form.version}, the "
            f"newest; what older ones ({older}) called them stands in the Codebook."
        ),
        f"Which question is which was declared in {book.crosswalk}."
        if book.crosswalk
        else "No crosswalk declared which question is which.",
    ]
    if book.matched.passed_over:
        rows = book.matched.passed_over
        said.append(f"Rows of it about versions that are not here were passed over: {rows}.")
    return said
