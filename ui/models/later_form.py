"""What a later version of the form would change, as one text with tables."""

from collections.abc import Iterable, Sequence
from html import escape

from hmip_desktop.form.model import number_of
from hmip_desktop.language import tr, tr_count
from hmip_desktop.operations.changing_form import Effect, FormChange
from hmip_desktop.scoring import shown

_TABLE = '<table width="100%" cellspacing="0" cellpadding="4">'


def title(change: FormChange) -> str:
    """Which form, from which version to which."""
    return tr(
        "{form}: version {before} becomes {after}",
        form=change.after.form_id,
        before=change.before.version,
        after=change.after.version,
    )


def text(change: FormChange, language: str) -> str:
    """Questions, scores and cases that it would change (HTML; what people typed is escaped)."""
    parts = (_questions(change, language), _scores(change), _effects(change.effects))
    return "".join(parts)


def _questions(change: FormChange, language: str) -> str:
    head = tr_count("{count} question differs", "{count} questions differ", len(change.questions))
    rows = (
        (
            one.question.number,
            one.question.label.in_language(language),
            "; ".join((*(tr(difference) for difference in one.differences), *one.choices)),
        )
        for one in change.questions
    )
    return _part(head, (tr("Question"), tr("What it asks"), tr("What is different")), rows)


def _effects(effects: Sequence[Effect]) -> str:
    if not effects:
        none = tr("No case is concerned")
        return f"<h3>{escape(none)}</h3>"
    head = tr_count(
        "{count} assessment is concerned", "{count} assessments are concerned", len(effects)
    )
    rows = (
        (
            one.reference,
            one.assessor,
            tr("Signed off") if one.signed_off else tr("Open"),
            _numbers(one.to_answer),
            _numbers(one.set_aside),
        )
        for one in effects
    )
    headings = (
        tr("Case"),
        tr("Assessor"),
        tr("Status"),
        tr("To be answered"),
        tr("Answers kept, but not counted"),
    )
    return _part(head, headings, rows)


def _scores(change: FormChange) -> str:
    rows = ((one.section, shown(one.before), shown(one.after)) for one in change.scores)
    return _part(tr("Scores"), (tr("Section"), tr("Now"), tr("With this version")), rows)


def _numbers(names: Iterable[str]) -> str:
    return ", ".join(map(number_of, names)) or "–"


def _part(head: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    first = "".join(f'<th align="left">{escape(one)}</th>' for one in headings)
    lines = "".join(
        "<tr>" + "".join(f'<td valign="top">{escape(cell)}</td>' for cell in row) + "</tr>"
        for row in rows
    )
    return f"<h3>{escape(head)}</h3>{_TABLE}<tr>{first}</tr>{lines}</table>"
