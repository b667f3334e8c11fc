"""Types of case as a column spells them: which spellings probably mean the same. Pure.

No list says which types there are, so that nothing here is wrong: only a spelling can be asked
about, beside the usual types and beside what the other rows say.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from hmip_desktop.sample_sheet.sheet import bare, tidy

_USUAL = {
    "Community order": ("co", "comm order", "community", "community sentence"),
    "Suspended sentence": (
        *("sso", "ss", "ss order", "suspended", "suspended order", "suspended sentence order"),
        *("susp sentence", "susp sentence order"),
    ),
    "Licence": (
        *("lic", "license", "on licence", "post release", "post release licence"),
        *("post release license", "licence post release", "release on licence"),
    ),
}
_MOST_KINDS = 60
_LONGEST = 80
_SHORTEST_WORD = 4
_NEAR = 0.75
_RARE = 10


_NAMES = {bare(spelling): name for name, others in _USUAL.items() for spelling in (name, *others)}


def meant(values: Iterable[str]) -> Mapping[str, str]:
    """What the values of a column may mean that are spelt unlike the others, by value.

    A column of very many different values holds no types.
    """
    often = Counter(values)
    if len(often) > _MOST_KINDS:
        return {}
    column = _Column(often)
    found = ((value, column.meant(value)) for value in often)
    return {value: name for value, name in found if name not in (None, value)}


@dataclass(frozen=True)
class _Column:
    """How often each value stands in a column."""

    often: Mapping[str, int]

    def meant(self, value: str) -> str | None:
        """How a value is probably to be written; None where it is too frequent for a slip."""
        kind = type_of(value)
        is_rare = self.often[value] <= max(1, sum(self.often.values()) // _RARE)
        if not kind:
            return None
        if is_rare and kind not in _USUAL:
            near = (name for spelt, name in self._others(value) if _alike(value, spelt))
            return next(near, self._names[kind])
        return self._names[kind] if is_rare or len(self._kinds[kind]) > 1 else None

    @cached_property
    def _kinds(self) -> Mapping[str, list[str]]:
        kinds: dict[str, list[str]] = {}
        for value in self.often:
            kinds.setdefault(type_of(value), []).append(value)
        return kinds

    @cached_property
    def _names(self) -> Mapping[str, str]:
        """How each kind is to be written: as most rows write it in full."""
        return {kind: self._name(kind) for kind in (*_USUAL, *self._kinds)}

    def _name(self, kind: str) -> str:
        spelt = self._kinds.get(kind, [])
        full = [value for value in spelt if kind not in _USUAL or bare(value) == bare(kind)]
        return max(full, key=lambda value: (self.often[value], value == kind), default=kind)

    def _others(self, value: str) -> Iterator[tuple[str, str]]:
        """What a rare value may have been meant for, and how that is to be written."""
        for usual, others in _USUAL.items():
            for spelling in (usual, *others):
                yield spelling, self._names[usual]
        for kind, spelt in self._kinds.items():
            if kind != type_of(value) and sum(self.often[one] for one in spelt) > self.often[value]:
                yield self._names[kind], self._names[kind]


def type_of(value: str) -> str:
    """What all spellings of a type of case have in common: its usual name, else its letters."""
    key = bare(value)
    return _NAMES.get(key, key)


def _alike(one: str, other: str) -> bool:
    """Whether it is the same words but for a slip or two."""
    ours, theirs = tidy(one).split(), tidy(other).split()
    return (
        max(len(one), len(other)) <= _LONGEST
        and len(ours) == len(theirs)
        and all(map(_same_word, ours, theirs))
    )


def _same_word(one: str, other: str) -> bool:
    if one == other:
        return True
    is_long = min(len(one), len(other)) >= _SHORTEST_WORD
    return is_long and SequenceMatcher(None, one, other).ratio() >= _NEAR
