"""What the screens say about routing, answers and counts."""

from collections.abc import Sequence
from datetime import date

from hmip_desktop import language as spoken
from hmip_desktop.form.model import Form, Kind, Line, Question
from hmip_desktop.form.routing import Reason, Routing, State
from hmip_desktop.language import tr, tr_count
from hmip_desktop.sample_sheet.as_answer import ANOTHER

LINE_SIGNS = {Line.ABOVE: "▲", Line.BELOW: "▼", Line.NOT_COUNTED: ""}
_LONGEST = 60


def day(iso: str) -> str:
    """A date as people read it: 6 May 2013; what is no date stays as it is."""
    try:
        given = date.fromisoformat(iso)
    except ValueError:
        return iso
    return spoken.day(given)


def answer(question: Question, value: str, language: str) -> str:
    """An answer in words, all of it."""
    return day(value) if question.kind is Kind.DATE else question.shown(value, language)


def sample_said(question: Question, said: str, value: str, language: str) -> str:
    """What the sample says, and the answer that it stands for where that is spelt otherwise.

    A choice for whatever the form does not name says less than the sample does.
    """
    meant = answer(question, value, language)
    if value == ANOTHER or said.casefold() == meant.casefold():
        return said
    return tr("{sample} ({answer})", sample=said, answer=meant)


def answer_in_brief(question: Question, value: str, language: str) -> str:
    """An answer as a folded question shows it: with its sign, and short."""
    ticked = len(value.split())
    if question.kind is Kind.SELECT_MULTIPLE and ticked > 2:
        return tr_count("{count} ticked", "{count} ticked", ticked)
    text = answer(question, value, language)
    text = text if len(text) <= _LONGEST else text[:_LONGEST].rstrip() + "…"
    return f"{LINE_SIGNS[question.line_of(value)]} {text}".strip()


def why_asked(form: Form, reasons: Sequence[Reason], language: str) -> str:
    """Why a question is asked, in a sentence."""
    if not reasons:
        return tr("It is asked in every case.")
    given = [reason for reason in reasons if reason.value]
    said = [_gate(form, reason, language) for reason in given or reasons]
    return tr("Because {reasons}.", reasons=_joined(said))


def why_not_asked(form: Form, reasons: Sequence[Reason], state: State, language: str) -> str:
    """Why a question is not asked, after its text."""
    said = []
    for reason in reasons:
        number = form.question_by_name[reason.question].number
        if reason.value:
            said.append(_gate(form, reason, language))
        elif reason.question in state.is_asked:
            said.append(tr("{question} has no answer yet", question=number))
        else:
            said.append(tr("{question} is not asked", question=number))
    if not said:
        return tr("never asked in this case")
    return tr("because {reasons}", reasons=_joined(said))


def may_be_asked_yet(routing: Routing, name: str, state: State) -> bool:
    """Whether a question is left out only because what decides about it has no answer yet."""
    open_gates = [one.question for one in routing.reasons(name, state) if not one.value]
    return any(
        gate in state.is_asked or may_be_asked_yet(routing, gate, state) for gate in open_gates
    )


def _gate(form: Form, reason: Reason, language: str) -> str:
    question = form.question_by_name[reason.question]
    if not reason.value:
        return tr("{question} has no answer", question=question.number)
    given = answer(question, reason.value, language)
    return tr("{question} is '{answer}'", question=question.number, answer=given)


def _joined(parts: Sequence[str]) -> str:
    if len(parts) == 1:
        return parts[0]
    return tr("{first} and {last}", first=", ".join(parts[:-1]), last=parts[-1])
