"""What one page of a case shows: its questions as they stand, and those not asked."""

from dataclasses import dataclass

from hmip_desktop.form.model import Line, Question


@dataclass(frozen=True)
class SampleSays:
    """What the sample says of a question, in a sentence.

    `answer` is what can be taken from it: empty where it is given already or is no answer here.
    `differs` says that another answer is given.
    """

    text: str
    answer: str = ""
    differs: bool = False


@dataclass(frozen=True)
class CardState:
    """One question as it stands; `brief` its answer in a few words, `source` what it rests on.

    `sample` is None where the question has nothing to do with the sample.
    """

    question: Question
    value: str = ""
    note: str = ""
    source: str = ""
    brief: str = ""
    line: Line = Line.NOT_COUNTED
    sample: SampleSays | None = None


@dataclass(frozen=True)
class NotAsked:
    """A question that routing leaves out, with the reason in words.

    `kept` says that it has an answer from before, which counts again once it is asked; `open`
    that an answer which is still to come decides about it.
    """

    question: Question
    why: str
    kept: bool = False
    open: bool = False


@dataclass(frozen=True)
class PageState:
    """Everything that one page shows. `notice` is said above the questions, with one button.

    `kept` is said at the end, of answers that do not count now.
    """

    title: str
    count: str
    cards: tuple[CardState, ...]
    not_asked: tuple[NotAsked, ...]
    read_only: bool = False
    notice: str = ""
    notice_button: str = ""
    kept: str = ""
