"""How hard a passphrase is to guess, for whoever chooses one."""

from collections.abc import Sequence
from enum import IntEnum

from hmip_desktop.casefile import passphrase
from hmip_desktop.errors import Refused
from hmip_desktop.language import tr

_LONGEST_MEASURED = 72  # the estimate takes long for longer ones, and they are strong anyway


class Strength(IntEnum):
    """Steps of a meter: a refused passphrase, and three that are taken."""

    REFUSED = 0
    FAIR = 1
    GOOD = 2
    STRONG = 3

    @property
    def words(self) -> str:
        """What the meter says."""
        return {
            Strength.REFUSED: tr("Too easy to guess"),
            Strength.FAIR: tr("Could be guessed with patience: one more word helps"),
            Strength.GOOD: tr("Good"),
            Strength.STRONG: tr("Strong"),
        }[self]


def strength(text: str, known: Sequence[str] = ()) -> Strength:
    """How hard a passphrase is to guess by somebody who knows some words, such as the area."""
    try:
        passphrase.chosen(text)
    except Refused:
        return Strength.REFUSED
    from zxcvbn import zxcvbn  # noqa: PLC0415 slow to load, and for few

    words = [word for phrase in known for word in (phrase, *phrase.split())]
    score: int = zxcvbn(text[:_LONGEST_MEASURED], user_inputs=words)["score"]
    return Strength.FAIR if score < 3 else Strength.GOOD if score == 3 else Strength.STRONG
