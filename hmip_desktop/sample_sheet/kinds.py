"""Types of case as a column spells them: which spellings probably mean the same. Pure.

No list says which types there are, so that nothing here is wrong: only a spelling can be asked
about, beside the usual types and beside what the other rows say.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher

from hmip_desktop.sample_sheet.sheet import tidy

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


def _key(value: str) -> str:
    """A value without what people set as they please: capitals, spaces, hyphens."""
    return "".join(filter(str.isalnum, value.casefold()))


_NAMES = {_key(spelling): name for name, others in _USUAL.items() for spelling in (name, *others)}


def meant(values: Iterable[str]) -> Mapping[str, str]:
    """What the values of a column may mean that are spelt unlike the others, by value.

    A column of very many different values holds no types.
    """
    often = Counter(values)
    if len(often) > _MOST_KINDS:
        return {}
    kinds: dict[str, list[str]] = {}
    for value in often:
        kinds.setdefault(_kind(value), []).append(value)
    names = {kind: _name(kind, spelt, often) for kind, spelt in kinds.items()}
    few = max(1, often.total() // _RARE)
    found = ((value, _proposed(value, kinds, names, often, few)) for value in often)
    return {value: name for value, name in found if name not in (None, value)}


def _kind(value: str) -> str:
    key = _key(value)
    return _NAMES.get(key, key)


def _name(kind: str, spelt: list[str], often: Mapping[str, int]) -> str:
    """How a kind is to be written: as most rows write it in full."""
    full = [value for value in spelt if kind not in _USUAL or _key(value) == _key(kind)]
    return max(full, key=lambda value: (often[value], value == kind), default=kind)


def _proposed(
    value: str,
    kinds: Mapping[str, list[str]],
    names: Mapping[str, str],
    often: Mapping[str, int],
    few: int,
) -> str | None:
    kind = _kind(value)
    is_rare = often[value] <= few
    if not kind:
        return None
    if is_rare and kind not in _USUAL:
        for spelling, name in _candidates(value, kinds, names, often):
            if _alike(value, spelling):
                return name
    return names[kind] if is_rare or len(kinds[kind]) > 1 else None


def _candidates(
    value: str, kinds: Mapping[str, list[str]], names: Mapping[str, str], often: Mapping[str, int]
) -> Iterator[tuple[str, str]]:
    """The spellings that a rare value may have been meant for, and how each is to be written."""
    for usual, others in _USUAL.items():
        for spelling in (usual, *others):
            yield spelling, names.get(usual, usual)
    for kind, spelt in kinds.items():
        if kind != _kind(value) and sum(often[one] for one in spelt) > often[value]:
            yield names[kind], names[kind]


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
