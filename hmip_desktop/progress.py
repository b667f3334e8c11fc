"""How long work says how far it is, without knowing who listens."""

from typing import Protocol


class Progress(Protocol):
    """Told after each step; may raise `Cancelled`, on which the work undoes itself."""

    def __call__(self, done: int, total: int, doing: str) -> None:
        """`done` of `total` steps are finished; `doing` names the next in a few words."""


def silent(done: int, total: int, doing: str) -> None:
    """A progress that nobody watches."""
