"""What is still open before publishing, in sentences."""

from collections.abc import Sequence

from hmip_desktop.language import mark, tr, tr_count
from hmip_desktop.operations.publishing import Check, Checked

_NAMED = 6
_FINE = {
    Check.PROVISIONAL: mark("The results are neither provisional nor preliminary."),
    Check.UNFINISHED: mark("Every case has a signed-off first assessment."),
    Check.CONFLICTS: mark("No answer is in conflict."),
    Check.QUERIES: mark("No query waits for a reply."),
    Check.DOUBTS: mark("No answer that looks contradictory is left without a reason."),
    Check.DIFFERING: mark("No answer differs from the sample without a reason."),
    Check.REOPENED: mark("No case was reopened after it was signed off."),
    Check.FEW_ANSWERS: mark("Every question has enough answers for a percentage."),
    Check.SMALL_GROUPS: mark("Every group has enough cases for percentages."),
}
WAYS = {
    Check.UNFINISHED: mark("Go to the cases"),
    Check.CONFLICTS: mark("Go to the team"),
    Check.QUERIES: mark("Go to the queries"),
    Check.DOUBTS: mark("Go to the first"),
    Check.DIFFERING: mark("Go to the first"),
    Check.REOPENED: mark("Go to the first"),
    Check.FEW_ANSWERS: mark("Go to the first"),
    Check.SMALL_GROUPS: mark("Go to the groups"),
}


def sentence(one: Checked) -> str:
    """One check in a sentence: that all is well, or what is open and where."""
    if not one.is_open:
        return tr(_FINE[one.check])
    return _open(one.check, len(one.spots), _named(one))


def summary(still_open: int) -> str:
    """What the list comes to."""
    if not still_open:
        return tr("Nothing is open: the results can be published.")
    return tr_count(
        "{count} thing to look at before you publish.",
        "{count} things to look at before you publish.",
        still_open,
    )


def chip(still_open: int) -> str:
    """The name of the list, with how much is open."""
    if not still_open:
        return tr("✓ Before you publish")
    return tr("Before you publish ({count})", count=still_open)


def open_count(checks: Sequence[Checked]) -> int:
    """How many checks have something open."""
    return sum(one.is_open for one in checks)


def _named(one: Checked) -> str:
    names = list(dict.fromkeys(spot.named for spot in one.spots))
    shown, rest = ", ".join(names[:_NAMED]), len(names) - _NAMED
    if rest <= 0:
        return shown
    return tr_count("{names} and {count} more", "{names} and {count} more", rest, names=shown)


def _open(check: Check, count: int, names: str) -> str:  # noqa: C901, PLR0911  a sentence for each
    match check:
        case Check.PROVISIONAL:
            return tr("The results are provisional or preliminary: they can still change.")
        case Check.UNFINISHED:
            return tr_count(
                "{count} case is not signed off: {names}.",
                "{count} cases are not signed off: {names}.",
                count,
                names=names,
            )
        case Check.CONFLICTS:
            return tr_count(
                "{count} conflict waits to be settled: {names}.",
                "{count} conflicts wait to be settled: {names}.",
                count,
                names=names,
            )
        case Check.QUERIES:
            return tr_count(
                "{count} query waits for a reply: {names}.",
                "{count} queries wait for a reply: {names}.",
                count,
                names=names,
            )
        case Check.DOUBTS:
            return tr_count(
                "{count} answer looks contradictory and nobody said why it stands: {names}.",
                "{count} answers look contradictory and nobody said why they stand: {names}.",
                count,
                names=names,
            )
        case Check.DIFFERING:
            return tr_count(
                "{count} answer differs from the sample and nobody said why it stands: {names}.",
                "{count} answers differ from the sample and nobody said why they stand: {names}.",
                count,
                names=names,
            )
        case Check.REOPENED:
            return tr_count(
                "{count} case was reopened after it was signed off: {names}.",
                "{count} cases were reopened after they were signed off: {names}.",
                count,
                names=names,
            )
        case Check.FEW_ANSWERS:
            return tr_count(
                "{count} question has few answers and is shown as a count: {names}.",
                "{count} questions have few answers and are shown as counts: {names}.",
                count,
                names=names,
            )
        case Check.SMALL_GROUPS:
            return tr_count(
                "{count} group is small and shown as counts: {names}.",
                "{count} groups are small and shown as counts: {names}.",
                count,
                names=names,
            )
