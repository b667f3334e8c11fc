"""Small numbers hidden so that nobody can work them out from what is still shown.

A number of cases below the least is hidden (primary). Were it the only one, the total less the
others would give it away: so the next smallest is hidden too, until what is hidden cannot be
told apart (secondary). Pure.
"""

from collections.abc import Sequence

NOTHING: frozenset[int] = frozenset()


def hidden(counts: Sequence[int], least: int, already: frozenset[int] = NOTHING) -> frozenset[int]:
    """Which of these counts, whose total is shown, must not be; by their place in the row.

    `already` are hidden for another reason, and so help to hide the others. A nought is no case,
    and is hidden only where all must be. A lone count is the total itself: nothing can hide it.
    """
    if len(counts) < 2 or not sum(counts):
        return already
    small = {place for place, count in enumerate(counts) if 0 < count < least}
    chosen = set(already | small)
    if not chosen:
        return NOTHING
    rest = (place for place, count in enumerate(counts) if count and place not in chosen)
    for place in sorted(rest, key=lambda place: (counts[place], place)):
        if _cannot_be_told(counts, chosen, least):
            break
        chosen.add(place)
    if not _cannot_be_told(counts, chosen, least):
        chosen = set(range(len(counts)))
    return frozenset(chosen)


def _cannot_be_told(counts: Sequence[int], chosen: set[int], least: int) -> bool:
    """Whether the sum of the hidden ones leaves each of them open.

    It must not be small itself, and be more than one case for each: two hidden counts that come
    to 2 are 1 and 1.
    """
    together = sum(counts[place] for place in chosen)
    return len(chosen) > 1 and together >= max(least, len(chosen) + 1)
