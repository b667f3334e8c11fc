"""What one page of a case shows: its questions as they stand, and those not asked."""

from dataclasses import dataclass

from hmip_desktop.form.model import Line, Question


@dataclass(frozen=True)
class CardState:
    """One question as it stands; `brief` is its answer in a few words."""

    question: Question
    value: str = ""
    note: str = ""
    brief: str = ""
    line: Line = Line.NOT_COUNTED


@dataclass(frozen=True)
class NotAsked:
    """A question that routing leaves out, with the reason in words."""

    question: Question
    why: str


@dataclass(frozen=True)
class PageState:
    """Everything that one page shows. `notice` is said above the questions, with one button."""

    title: str
    count: str
    cards: tuple[CardState, ...]
    not_asked: tuple[NotAsked, ...]
    read_only: bool = False
    notice: str = ""
    notice_button: str = ""
