"""Finding words in the guide, as people type them.

Capitals and accents play no part: `cyfarfod` finds `Cŷfarfod`. A word stands for every word that
begins with it or with another form of it; where there is none, for what has it inside, and where
that is missing too, for the words that are spelt nearly the same.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from hmip_desktop.guide.forms import forms
from hmip_desktop.guide.pages import Page, Passage
from hmip_desktop.language import in_use

_SENTENCE = re.compile(r"(?<=[.?]) +")
_APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"
_ROUND_WORDS = ".,:;!?…\"'“”()[]"
_NEAR = 0.8  # how much of two words is the same
_NOT_NEAR = 4  # letters: words as short as this are never taken for others
_LITTLE = 2  # letters: `a`, `in` and their like stand for themselves alone


@dataclass(frozen=True)
class Found:
    """A passage that has the words in it, and the sentence of it to show.

    `own` counts those that it has itself, `words` those that name it as well.
    """

    page: Page
    passage: Passage
    sentence: str
    own: int
    words: int

    @property
    def rank(self) -> tuple[bool, int]:
        """Headings first, then what has most of the words itself."""
        return not self.passage.is_heading, -self.own


def find(pages: Sequence[Page], text: str) -> tuple[Found, ...]:
    """The passages with all words of a text, or with most of them where none has all.

    Headings come first, then the passages as the guide has them. What names a passage counts with
    it: `stick full` finds the step under `The stick is full` that speaks of the stick only.
    """
    all_of_it = folded("\n".join(one.text for page in pages for one in page.passages))
    sought = tuple(_sought(word, all_of_it) for word in _words(text))
    found = [one for page in pages for one in _in_page(page, sought)]
    most = max((one.words for one in found), default=0)
    return tuple(sorted((one for one in found if one.words == most), key=lambda one: one.rank))


def spans(text: str, words: str) -> tuple[tuple[int, int], ...]:
    """Where the words stand in a text, as first letter and length.

    Little words are left aside where there are others.
    """
    plain, places = _with_places(text)
    looked_for = set(_words(words))
    found = {
        (places[match.start()], places[match.end() - 1] + 1 - places[match.start()])
        for word in {one for one in looked_for if len(one) > _LITTLE} or looked_for
        for match in _sought(word, plain).finditer(plain)
    }
    return tuple(sorted(found))


def folded(text: str) -> str:
    """A text without capitals and accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _words(text: str) -> Iterator[str]:
    """The words of what somebody typed, without points and dashes around them."""
    for word in folded(text).replace("-", " ").replace(_APOSTROPHE, "'").split():
        if bare := word.strip(_ROUND_WORDS):
            yield bare


def _sought(word: str, text: str) -> re.Pattern[str]:
    """What a word stands for in a folded text."""
    begins = _beginning(*forms(word, in_use())) if len(word) > _LITTLE else _alone(word)
    if begins.search(text):
        return begins
    inside = re.compile(re.escape(word))
    if len(word) <= _NOT_NEAR or inside.search(text):
        return inside
    there = sorted(set(re.findall(r"\w+", text)))
    near = get_close_matches(word, there, cutoff=_NEAR)
    return _beginning(*near) if near else inside


def _beginning(*words: str) -> re.Pattern[str]:
    """Whole words that begin with one of some others."""
    either = "|".join(re.escape(word) for word in sorted(words))
    return re.compile(rf"(?<!\w)(?:{either})\w*")


def _alone(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")


def _in_page(page: Page, sought: Sequence[re.Pattern[str]]) -> Iterator[Found]:
    title = folded(page.title)
    for passage in page.passages:
        own = folded(passage.text)
        if here := _count(sought, own):
            words = _count(sought, f"{own} {folded(passage.heading)} {title}")
            yield Found(page, passage, _sentence(passage.text, sought), here, words)


def _count(sought: Sequence[re.Pattern[str]], text: str) -> int:
    """How many of the words stand in a folded text."""
    return sum(one.search(text) is not None for one in sought)


def _sentence(text: str, sought: Sequence[re.Pattern[str]]) -> str:
    """The sentence of a passage with most of the words; the first of several."""
    return max(_SENTENCE.split(text), key=lambda one: _count(sought, folded(one)))


def _with_places(text: str) -> tuple[str, tuple[int, ...]]:
    """A folded text, and for each of its letters where it came from."""
    letters = [(letter, at) for at, one in enumerate(text) for letter in folded(one)]
    return "".join(letter for letter, _ in letters), tuple(at for _, at in letters)
