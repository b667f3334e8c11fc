"""What the screens say about handing in: when, and what was written since."""

from datetime import date, datetime, timedelta

from hmip_desktop import language
from hmip_desktop.clock import from_stamp
from hmip_desktop.language import tr, tr_count
from hmip_desktop.operations.handed_in import LastHandIn


def moment(at: str, today: date) -> str:
    """A stamp as people say it: near days by their names, with the time; else the date."""
    when = from_stamp(at).astimezone()
    time = f"{when:%H:%M}"
    if when.date() == today:
        return tr("Today {time}", time=time)
    if when.date() == today - timedelta(days=1):
        return tr("Yesterday {time}", time=time)
    return f"{language.day(when.date())} {time}"


def in_words(last: LastHandIn | None, now: datetime) -> str:
    """When a file was last handed in, and what the lead does not have yet."""
    if last is None:
        return tr("Not from this computer yet.")
    return f"{moment(last.at, now.astimezone().date())}. {_since(last)}"


def _since(last: LastHandIn) -> str:
    if last.answers:
        return tr_count(
            "{count} answer since then is not with the lead inspector yet.",
            "{count} answers since then are not with the lead inspector yet.",
            last.answers,
        )
    if last.changes:
        return tr_count(
            "{count} change since then is not with the lead inspector yet.",
            "{count} changes since then are not with the lead inspector yet.",
            last.changes,
        )
    return tr("Nothing new since then.")
