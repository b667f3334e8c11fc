"""Where one can go in a case: from question to question, to what is unanswered, to a page."""

from hmip_desktop.casefile.records import AssessmentKey
from hmip_desktop.form.model import Question
from hmip_desktop.form.routing import State
from ui.models.pages_of_case import PageOrder, unanswered_after, walked
from ui.session import Session


class Walk:
    """The questions of one assessment in the order in which they are walked."""

    def __init__(self, session: Session, order: PageOrder) -> None:
        self._session = session
        self.order = order
        self.key: AssessmentKey | None = None

    @property
    def questions(self) -> tuple[Question, ...]:
        """All that are asked now."""
        return walked(self._session.form, self.order, self._state) if self.key else ()

    def named(self, name: str) -> Question:
        """A question of the form."""
        return self._session.form.question_by_name[name]

    def is_asked(self, name: str) -> bool:
        """Whether it is asked in this case."""
        return self.key is not None and name in self._state.is_asked

    def beginning(self, name: str = "") -> Question | None:
        """The named question where it is asked, else the first without an answer."""
        asked = self.questions
        named = next((one for one in asked if one.name == name), None)
        return named or self._first_open(asked)

    def beside(self, name: str, step: int) -> Question | None:
        """The question so many steps on, or back."""
        asked = self.questions
        places = [place for place, one in enumerate(asked) if one.name == name]
        place = places[0] + step if places else -1
        return asked[place] if 0 <= place < len(asked) else None

    def unanswered(self, name: str, step: int) -> Question | None:
        """The nearest question without an answer, forward or (-1) back."""
        if self.key is None:
            return None
        return unanswered_after(self.questions, self._state, name, step=step)

    def came_round(self, name: str, to: Question, step: int) -> bool:
        """Whether the way from one question to another led over the end (-1: the beginning)."""
        names = [one.name for one in self.questions]
        return name in names and (names.index(to.name) - names.index(name)) * step < 0

    def first_on(self, group: str) -> Question | None:
        """The question to begin a page with."""
        return self._first_open([one for one in self.questions if one.group == group])

    def _first_open(self, asked: "tuple[Question, ...] | list[Question]") -> Question | None:
        first = next((one for one in asked if not self._state.values.get(one.name)), None)
        return first or next(iter(asked), None)

    @property
    def _state(self) -> State:
        assert self.key is not None
        return self._session.assessment(self.key).state
