"""The forms in which a word may stand: a search for `merging` means `merge` and `merged` as well.

A word stands here for the beginning of a word, without capitals and accents. In Welsh the first
letters change with the word before (`cyfuno`, `gyfuno`, `chyfuno`); endings come off in both
languages, so that a plural finds what is named once.
"""

from collections.abc import Iterator
from itertools import chain

WELSH = "cy"
_SHORTEST = 4  # letters: what is shorter stays as it is
_VOWELS = "aeiouwy"
_ENDINGS = {
    "en": ("ations", "ation", "ings", "ing", "ers", "er", "ies", "es", "ed", "s", "e", "y"),
    WELSH: ("iadau", "iau", "ion", "au", "ydd", "odd", "wyd", "wch", "io", "o"),
}
_CHANGES = {
    "c": ("g", "ngh", "ch"),
    "p": ("b", "mh", "ph"),
    "t": ("d", "nh", "th"),
    "b": ("f", "m"),
    "d": ("dd", "n"),
    "m": ("f",),
    "ll": ("l",),
    "rh": ("r",),
}


def forms(word: str, code: str) -> frozenset[str]:
    """A folded word in a language, as typed and as it may stand elsewhere."""
    if len(word) < _SHORTEST or not word.isalpha():
        return frozenset((word,))
    begun = tuple(mutations(word)) if code == WELSH else (word,)
    return frozenset(chain.from_iterable(_shortened(one, code) for one in begun))


def mutations(word: str) -> Iterator[str]:
    """A Welsh word with every beginning that it may have."""
    for first in _unchanged(word):
        yield first
        for letters, others in _CHANGES.items():
            if _begins(first, letters):
                yield from (other + first[len(letters) :] for other in others)
        if first.startswith("g"):
            yield from (first[1:], f"ng{first[1:]}")
        if first[0] in _VOWELS:
            yield f"h{first}"


def _shortened(word: str, code: str) -> Iterator[str]:
    """A word, and what is left of it without its longest ending."""
    yield word
    for ending in _ENDINGS.get(code, ()):
        left = word.removesuffix(ending)
        if left != word and len(left) >= _SHORTEST:
            yield left
            return


def _unchanged(word: str) -> Iterator[str]:
    """What a Welsh word may be where nothing before it changes it."""
    yield word
    for letters, others in _CHANGES.items():
        yield from (letters + word[len(one) :] for one in others if _begins(word, one))
    if word.startswith("ng"):
        yield word[1:]
    elif word[0] in f"{_VOWELS}lr" and not word.startswith(("ll", "rh")):
        yield f"g{word}"
    if word[0] == "h" and word[1] in _VOWELS:
        yield word[1:]


def _begins(word: str, letters: str) -> bool:
    """Whether a word begins with a letter of the Welsh alphabet, where `ch` is not `c`."""
    pairs = ("ch", "dd", "ff", "ng", "ll", "mh", "nh", "ph", "rh", "th")
    return word.startswith(letters) and (len(letters) > 1 or word[:2] not in pairs)
