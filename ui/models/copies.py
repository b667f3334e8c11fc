"""What the screens say about dated copies, and about files that came back."""

from collections.abc import Sequence

from PySide6.QtCore import QLocale

from hmip_desktop.clock import shown, stamp
from hmip_desktop.language import tr, tr_count
from hmip_desktop.operations.copies import Copy, News
from hmip_desktop.operations.recovering import Recovered

_MOST_CASES = 12


def moment(copy: Copy) -> str:
    """When a copy was made, as people read it: 6 May 2013 14:02."""
    return shown(stamp(copy.at))


def size(copy: Copy) -> str:
    """How large a copy is: 1.2 MB."""
    whole = QLocale.DataSizeFormat.DataSizeTraditionalFormat
    return QLocale().formattedDataSize(copy.size, 1, whole)


def news_in_words(news: News) -> tuple[str, ...]:
    """What a copy holds that the open file does not, in whole sentences."""
    if not news.entries:
        return (tr("There is nothing in this copy that your file does not have."),)
    said = [
        tr_count(
            "This copy holds {count} entry that your file does not have.",
            "This copy holds {count} entries that your file does not have.",
            news.entries,
        )
    ]
    if news.answers:
        said.append(
            tr_count("{count} of them is an answer.", "{count} of them are answers.", news.answers)
        )
    if news.cases:
        said.append(_about(news.cases))
    return tuple(said)


def newest_in_words(found: Sequence[Copy]) -> str:
    """Which copy is the newest, how large, and where; or that there is none."""
    if not found:
        return tr("There is no dated copy of it on this computer.")
    newest = found[0]
    return tr(
        "The newest dated copy is of {when} ({size}), in {folder}. What was written after that is "
        "not in it.",
        when=moment(newest),
        size=size(newest),
        folder=newest.path.parent,
    )


def recovered_in_words(done: Recovered) -> tuple[str, ...]:
    """What came back and what did not, in whole sentences."""
    said = [
        tr_count(
            "{count} entry came back: an answer, a note or something else that was written.",
            "{count} entries came back: answers, notes and whatever else was written.",
            done.entries,
        )
    ]
    if done.copy is not None and done.from_copy:
        said.append(
            tr_count(
                "{count} of them came from the copy of {when}.",
                "{count} of them came from the copy of {when}.",
                done.from_copy,
                when=moment(done.copy),
            )
        )
    said.append(_missing(done))
    if done.conflicts:
        said.append(
            tr_count(
                "{count} conflict is open, where what came between is lost.",
                "{count} conflicts are open, where what came between is lost.",
                done.conflicts,
            )
        )
    return tuple(said)


def _about(cases: Sequence[str]) -> str:
    named = ", ".join(cases[:_MOST_CASES])
    more = len(cases) - _MOST_CASES
    if more > 0:
        return tr_count(
            "Cases concerned: {cases} and {count} more.",
            "Cases concerned: {cases} and {count} more.",
            more,
            cases=named,
        )
    return tr("Cases concerned: {cases}.", cases=named)


def _missing(done: Recovered) -> str:
    if done.lost:
        return tr_count(
            "{count} entry is lost. Look through what you wrote last, and write again what is "
            "missing.",
            "{count} entries are lost. Look through what you wrote last, and write again what is "
            "missing.",
            done.lost,
        )
    if done.lost_pages:
        return tr(
            "Nothing is known to be missing, but a part of the file could not be read: look "
            "through what you wrote last."
        )
    return tr("Nothing is missing.")
