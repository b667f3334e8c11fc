"""The Scores sheet: the sections of all inspections on one page."""

from datetime import UTC

from hmip_desktop.form.model import SectionRule
from hmip_desktop.pooling import Share, verdict
from hmip_desktop.scoring import Scores
from hmip_desktop.workbook import formulas
from hmip_desktop.workbook.aggregate import layout
from hmip_desktop.workbook.aggregate.book import Together, of_section
from hmip_desktop.workbook.aggregate.layout import Places, key
from hmip_desktop.workbook.aggregate.matrix import Line, Whose, write_lines, write_names
from hmip_desktop.workbook.answers import HIDDEN
from hmip_desktop.workbook.layout import Table
from hmip_desktop.workbook.page import Page
from hmip_desktop.workbook.summary import PROVISIONAL, RULE_IN_WORDS, value

_MEANS = {
    SectionRule.CRITERIA: "the mean of its criterion scores",
    SectionRule.QUESTIONS: "the mean of its questions, each once",
}
_OTHER = {
    SectionRule.CRITERIA: SectionRule.QUESTIONS,
    SectionRule.QUESTIONS: SectionRule.CRITERIA,
}


def write_scores(page: Page, book: Together, places: Places) -> None:
    """Everything on the Scores sheet but the chart."""
    page.headings(places.sections)
    _facts(page, book, places)
    write_names(page, book, places.sections, "score", "score")
    write_lines(page, book, places.sections, _lines(book, places, book.rule))
    other = _OTHER[book.rule]
    page.text(places.other.head - 2, 0, f"By {_MEANS[other]}: not the headline", "label")
    page.headings(places.other)
    write_names(page, book, places.other, "score", "score")
    write_lines(page, book, places.other, _lines(book, places, other))
    if book.has_versions:
        _own_versions(page, book, places.versions)
    page.sheet.hide_gridlines(2)


def standing(book: Together) -> str:
    """Whether the figures can still change, in words."""
    if not book.provisional:
        return "Complete: in every inspection all is signed off and no conflict is open."
    return f"{PROVISIONAL}: some of the inspections may still change"


def hidden_line(book: Together) -> str:
    """What a copy to pass on does not show."""
    return (
        f"Figures of an inspection that rest on fewer than {book.least} cases are hidden, and "
        "questions are shown for all together only: this is a copy to pass on, without formulas."
    )


def _lines(book: Together, places: Places, rule: SectionRule) -> list[Line]:
    headline = rule is book.rule
    return [_line(book, places, rule, index, headline=headline) for index in _places(book)]


def _places(book: Together) -> range:
    return range(len(book.form.sections))


def _line(book: Together, places: Places, rule: SectionRule, index: int, *, headline: bool) -> Line:
    section, each = book.form.sections[index], len(book.inspections)
    criteria, questions = places.criteria, places.questions

    def score(whose: Whose) -> str:
        own = criteria.span(key(whose, "score")), criteria.span("section")
        return formulas.section_mean(section.id, rule, own, questions, key(whose, "share"))

    def cases(whose: Whose) -> str:
        return formulas.cases_of(section.id, questions, "sections", (key(whose, "judged"),))

    def said(number: int) -> str:
        return places.differences.sections.far_cell("said", index * each + number)

    def share(scores: Scores) -> Share:
        one, by = of_section(scores, index), scores.sections[index]
        wanted = by.by_criteria if rule is SectionRule.CRITERIA else by.by_questions
        return Share(wanted, one.cases)

    return Line(
        texts={"id": section.id, "label": str(section.label)},
        together=share(book.pooled.together),
        own=tuple(share(one.own) for one in book.pooled.beside),
        verdicts=tuple(verdict(share(one.own), share(one.others)) for one in book.pooled.beside),
        score=score,
        cases=cases,
        said=said if headline else None,
    )


def _own_versions(page: Page, book: Together, table: Table) -> None:
    """What each inspection's own workbook says, where its form has other questions too."""
    said = "By all questions of each inspection's own version of the form, as in its own workbook"
    page.text(table.head - 2, 0, said, "label")
    page.headings(table)
    write_names(page, book, table, "score")
    for index, section in enumerate(book.form.sections):
        row = table.row(index)
        for column in range(len(table.columns)):
            page.text(row, column, "")
        page.text(row, 0, section.id)
        page.text(row, 1, str(section.label))
        page.height(row, (str(section.label), table.width("label")))
        found = [_of_own(one.scores, section.id) for one in book.inspections]
        unseen = book.unseen([share.cases for share in found])
        for number, share in enumerate(found):
            score, cases = (table.column(key(number, what)) for what in ("score", "cases"))
            if number in unseen:
                page.text(row, score, HIDDEN, "hidden")
                page.text(row, cases, HIDDEN, "hidden")
            else:
                page.figure(row, score, value(share.score), "percent")
                page.number(row, cases, share.cases)


def _of_own(scores: Scores, section: str) -> Share:
    for index, one in enumerate(scores.sections):
        if one.id == section:
            return of_section(scores, index)
    return Share(None, 0)


def _facts(page: Page, book: Together, places: Places) -> None:
    as_at, columns = book.as_at.astimezone(UTC), len(places.sections.columns)
    page.text(layout.TITLE, 0, book.title, "title")
    at = f"{as_at.day} {as_at:%b %Y %H:%M} UTC"
    page.text(layout.AS_AT, 0, f"As at {at}, the time of the last entry of all", "said")
    style = "banner" if book.provisional else "complete"
    for column in range(columns):
        page.text(layout.STANDING, column, "", style)
    page.text(layout.STANDING, 0, standing(book), style)
    if book.provisional:
        _why(page, book, columns)
    page.sheet.set_row(layout.TITLE, 30)
    page.sheet.set_row(layout.STANDING, 28 if book.provisional else 20)
    lines = {
        layout.FORM: ("Form", _form_line(book)),
        layout.RULE: ("How it is scored", _rule_line(book)),
        layout.LEFT_OUT: ("Not comparable", _left_out_line(book)),
    }
    for row, (label, text) in lines.items():
        page.text(row, 0, label, "label")
        page.text(row, 2, text, "plain")
    page.text(layout.ASSESSMENTS, 0, "Assessments counted", "label")
    counted = f"=SUM({places.inspections.span('assessments')})"
    assessments = book.pooled.together.assessments
    page.formula(layout.ASSESSMENTS, 2, counted, assessments, "fact")
    _checked(page, book, places)


def _why(page: Page, book: Together, columns: int) -> None:
    """Which inspections can still change, one below the other in one row of cells."""
    changing = [
        f"• {name}: {' '.join(one.reasons)}"
        for name, one in zip(book.names, book.inspections, strict=True)
        if one.provisional
    ]
    for column in range(columns):
        page.text(layout.WHY, column, "", "warning")
    page.text(layout.WHY, 0, "Because", "warning")
    page.text(layout.WHY, 1, "\n".join(changing), "warning")
    page.height(layout.WHY, ("\n".join(changing), 40))


def _form_line(book: Together) -> str:
    versions = sorted({one.version for one in book.inspections})
    said = f"version {versions[0]}" if len(versions) == 1 else f"versions {', '.join(versions)}"
    return f"{book.form.title} ({book.form.form_id}, {said})"


def _rule_line(book: Together) -> str:
    return f"{RULE_IN_WORDS[book.rule]} All together counts each case once."


def _left_out_line(book: Together) -> str:
    compared = len(book.matched.questions)
    if not book.matched.left_out:
        return f"Nothing: all {compared} questions with answers above or below are compared."
    return f"{compared} questions are compared; what is left out stands under Not comparable."


def _checked(page: Page, book: Together, places: Places) -> None:
    if not book.is_live:
        page.text(layout.AGREES, 0, "Hidden", "label")
        page.text(layout.AGREES, 2, hidden_line(book), "plain")
        return
    page.text(layout.AGREES, 0, "Check", "label")
    rows, after = places.check.rows, " figures of this workbook agree with the program"
    agreeing = formulas.agreeing(places.check.span("verdict"))
    said = f"{rows} of {rows}{after}"
    page.formula(layout.AGREES, 2, f'={agreeing}&"{after}"', said, "plain")
