"""Finding words in the guide: capitals and accents play no part, `cyfarfod` finds `Cŷfarfod`."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hmip_desktop.guide.pages import Page, Passage

_SENTENCE = re.compile(r"(?<=[.:?]) +")


@dataclass(frozen=True)
class Found:
    """A passage that has all the words in it, and the sentence of it to show."""

    page: Page
    passage: Passage
    sentence: str


def find(pages: Sequence[Page], text: str) -> tuple[Found, ...]:
    """The passages with all words of a text: headings first, then as the guide has them.

    What names a passage counts with it: `stick full` finds the step under `The stick is full`
    that speaks of the stick only.
    """
    words = folded(text).split()
    found = [one for page in pages for one in _in_page(page, words)] if words else []
    return tuple(sorted(found, key=lambda one: not one.passage.is_heading))


def spans(text: str, words: str) -> tuple[tuple[int, int], ...]:
    """Where the words stand in a text, as first letter and length."""
    plain, places = _with_places(text)
    found = (
        (places[match.start()], places[match.end() - 1] + 1 - places[match.start()])
        for word in set(folded(words).split())
        for match in re.finditer(re.escape(word), plain)
    )
    return tuple(sorted(found))


def folded(text: str) -> str:
    """A text without capitals and accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _in_page(page: Page, words: Sequence[str]) -> Iterator[Found]:
    for passage in page.passages:
        own = folded(passage.text)
        whole = f"{own} {folded(passage.heading)} {folded(page.title)}"
        if all(word in whole for word in words) and any(word in own for word in words):
            yield Found(page, passage, _sentence(passage.text, words))


def _sentence(text: str, words: Sequence[str]) -> str:
    """The sentence of a passage with most of the words; the first of several."""
    sentences = _SENTENCE.split(text)
    return max(sentences, key=lambda one: sum(word in folded(one) for word in words))


def _with_places(text: str) -> tuple[str, tuple[int, ...]]:
    """A folded text, and for each of its letters where it came from."""
    letters = [(letter, at) for at, one in enumerate(text) for letter in folded(one)]
    return "".join(letter for letter, _ in letters), tuple(at for _, at in letters)
