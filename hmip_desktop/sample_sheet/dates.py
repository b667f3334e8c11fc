"""Dates as people write them in this country: the day comes first."""

import re
from datetime import date, timedelta

_ENGLISH = "jan feb mar apr may jun jul aug sep oct nov dec"
_WELSH = "ion chw maw ebr mai meh gor aws med hyd tac rha"
_NUMBER_OF = {
    name: number
    for names in (_ENGLISH, _WELSH)
    for number, name in enumerate(names.split(), start=1)
}
_TIME = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[ap]m)?Z?$", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4}|\d{2})")
_IN_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?(?: of)?[-/., ]*([a-z]+)[-/., ]*(\d{4}|\d{2})")
_MONTH_FIRST = re.compile(r"([a-z]+)[-/., ]*(\d{1,2})(?:st|nd|rd|th)?[-/., ]+(\d{4}|\d{2})")
_WEEKDAY = re.compile(r"^(mon|tue|wed|thu|fri|sat|sun)[a-z]*[., ]+")
_EXCEL_BEGAN = date(1899, 12, 30)
_SERIAL = range(20_000, 80_000)  # 1954 to 2119
_PIVOT = 69
_YEARS = range(1900, 2101)


def as_date(text: str) -> date | None:
    """The day that a text names, if there is such a day."""
    words = _WEEKDAY.sub("", _TIME.sub("", text.strip()).casefold())
    if found := _YEAR_FIRST.fullmatch(words):
        year, month, day = found.groups()
        return _day(year, int(month), day)
    if found := _DAY_FIRST.fullmatch(words):
        day, month, year = found.groups()
        return _day(year, int(month), day)
    if found := _IN_WORDS.fullmatch(words):
        day, name, year = found.groups()
        return _day(year, _month(name), day)
    if found := _MONTH_FIRST.fullmatch(words):
        name, day, year = found.groups()
        return _day(year, _month(name), day)
    return _without_signs(words)


def with_month_first(text: str) -> date | None:
    """The day that a text would name in America, where it names none here: 5/13/2013."""
    found = _DAY_FIRST.fullmatch(_TIME.sub("", text.strip()))
    return _day(found[3], int(found[1]), found[2]) if found and not as_date(text) else None


def _without_signs(words: str) -> date | None:
    """A bare number: Excel's count of days, or eight digits with the year first or last."""
    if re.fullmatch(r"\d{5}(\.\d+)?", words) and int(float(words)) in _SERIAL:
        return _EXCEL_BEGAN + timedelta(days=int(float(words)))
    if not re.fullmatch(r"\d{8}", words):
        return None
    year_first = _day(words[:4], int(words[4:6]), words[6:])
    return year_first or _day(words[4:], int(words[2:4]), words[:2])


def _month(name: str) -> int:
    return _NUMBER_OF.get(name[:3], 0)


def _day(year: str, month: int, day: str) -> date | None:
    number = int(year)
    if len(year) == 2:
        number += 1900 if number >= _PIVOT else 2000
    try:
        return date(number, month, int(day)) if number in _YEARS else None
    except ValueError:
        return None
