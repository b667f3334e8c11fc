"""What the sample says of the questions that correspond to a field of the case.

An assessor answers them from the file, so nothing is filled in: what the sample says is shown
beside the question, and an answer that differs is a doubt, which never blocks.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from hmip_desktop.form.model import Form, Question
from hmip_desktop.operations.reading import Progressed
from hmip_desktop.sample_sheet.as_answer import answer_of, is_same


@dataclass(frozen=True)
class Sampled:
    """What the sample says: in its own words, and the answer that they come to.

    `answer` is empty where they come to no answer that the question takes.
    """

    words: str
    answer: str


@dataclass(frozen=True)
class Differing:
    """An answer that is not what the sample says, and why it stands if that was said."""

    question: Question
    sampled: Sampled
    answer: str
    stands: str


def sampled(one: Progressed, question: Question) -> Sampled | None:
    """What the sample says of a question in this case; None where it says nothing."""
    words = one.case.fields.get(question.field, "").strip() if question.field else ""
    return Sampled(words, answer_of(question, words)) if words else None


def differing(form: Form, one: Progressed) -> Iterator[Differing]:
    """The answers that count and are not what the sample says, in the form's order.

    Words of the sample that come to no answer are no difference: a form for one area does not
    know the LDUs of another.
    """
    for question in form.questions:
        value = one.state.values.get(question.name, "") if question.field else ""
        says = sampled(one, question) if value else None
        if says and says.answer and not is_same(question, says.answer, value):
            stands = one.assessment.stands.get(question.name, "")
            yield Differing(question, says, value, stands)
