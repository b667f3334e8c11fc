"""Taking a later version of the form into use in the middle of fieldwork.

Answers stay with the question that they were given to. What the later version no longer asks or
offers is kept and counts as no answer; coming back to the version before brings it back.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from hmip_desktop.casefile import records
from hmip_desktop.casefile.rows import KeptForm
from hmip_desktop.errors import Code, Refused
from hmip_desktop.form import comparing
from hmip_desktop.form.comparing import Changed
from hmip_desktop.form.model import Form
from hmip_desktop.form.xlsform import XlsForm
from hmip_desktop.language import tr
from hmip_desktop.operations import report
from hmip_desktop.operations.changes import Changes
from hmip_desktop.operations.inspection import kept
from hmip_desktop.operations.opening import require_lead
from hmip_desktop.operations.reading import Progressed, Reading


@dataclass(frozen=True)
class Effect:
    """What a later form does to one assessment, in names of questions.

    `to_answer` are required, asked now and without an answer that counts; `set_aside` had an
    answer that counted and no longer does.
    """

    reference: str
    assessor: str
    signed_off: bool
    to_answer: tuple[str, ...]
    set_aside: tuple[str, ...]


@dataclass(frozen=True)
class ScoreMove:
    """The score of a section as it is and as it would be."""

    section: str
    before: Fraction | None
    after: Fraction | None


@dataclass(frozen=True)
class FormChange:
    """Everything that a later version of the form would change; nothing has changed yet."""

    source: XlsForm
    before: Form
    after: Form
    questions: tuple[Changed, ...]
    effects: tuple[Effect, ...]
    scores: tuple[ScoreMove, ...]


def plan(reading: Reading, source: XlsForm, after: Form) -> FormChange:
    """See what a later version of the form would change; `after` is what `source` compiles to.

    Raises:
        Refused: NOT_THE_LEADS; FORM_UNUSABLE when it is another form, is in use already, or is
            different under the same version.
    """
    require_lead(reading.document)
    if source.sha256 == reading.contents.inspection.form:
        raise Refused(Code.FORM_UNUSABLE, tr("This very form is in use already."))
    before = reading.form
    _check_is_later(before, after)
    would_be = reading.under(after)
    return FormChange(
        source,
        before,
        after,
        comparing.changes(before, after),
        tuple(_effects(reading, would_be)),
        tuple(_score_moves(reading, would_be)),
    )


def apply(reading: Reading, change: FormChange) -> Changes:
    """Take the form into use; a dated copy of the case file is kept first.

    Raises:
        Refused: NOT_THE_LEADS, or the disk's reasons. Nothing was changed.
    """
    document = reading.document
    require_lead(document)
    document.back_up()
    form: KeptForm = kept(change.source, change.after)
    document.keep_form(form)
    said = [(records.later_form_field(), form.sha256)]
    return Changes.of(document.write(document.about.owner, said))


def _check_is_later(before: Form, after: Form) -> None:
    if after.form_id != before.form_id:
        sentence = tr(
            "This is another form ({other}); the inspection uses {form}. "
            "Choose a version of the same form.",
            other=after.form_id,
            form=before.form_id,
        )
        raise Refused(Code.FORM_UNUSABLE, sentence)
    if after.version == before.version:
        sentence = tr(
            "This form differs from the one in use, but says that it is version {version} too. "
            "Give it a version of its own on its settings sheet.",
            version=after.version,
        )
        raise Refused(Code.FORM_UNUSABLE, sentence)


def _effects(reading: Reading, would_be: Reading) -> Iterator[Effect]:
    for key, now in reading.assessments.items():
        then = would_be.assessments[key]
        to_answer = _newly_missing(reading, now, would_be, then)
        set_aside = tuple(
            name for name, value in _answers(now) if then.state.values.get(name) != value
        )
        if to_answer or set_aside:
            yield Effect(
                now.case.reference, now.assessor, now.assessment.signed_off, to_answer, set_aside
            )


def _newly_missing(
    reading: Reading, now: Progressed, would_be: Reading, then: Progressed
) -> tuple[str, ...]:
    already = set(reading.routing.unanswered_required(now.state))
    missing = would_be.routing.unanswered_required(then.state)
    return tuple(name for name in missing if name not in already)


def _answers(one: Progressed) -> Iterator[tuple[str, str]]:
    return ((name, one.state.values[name]) for name in one.state.answered)


def _score_moves(reading: Reading, would_be: Reading) -> Iterator[ScoreMove]:
    before = {one.id: one for one in report.scored(reading).scores.sections}
    after = {one.id: one for one in report.scored(would_be).scores.sections}
    for id_ in dict.fromkeys([*before, *after]):
        label = (after.get(id_) or before[id_]).label
        yield ScoreMove(
            f"{id_} {label}",
            before[id_].score if id_ in before else None,
            after[id_].score if id_ in after else None,
        )
