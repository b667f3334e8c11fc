"""What is to be said about a value: how it was read, or why it cannot be."""

import re
from collections.abc import Mapping

from hmip_desktop.language import tr
from hmip_desktop.sample_sheet.headings import Column
from hmip_desktop.sample_sheet.remarks import Remark
from hmip_desktop.sample_sheet.sheet import clean
from hmip_desktop.sample_sheet.values import Doing, Value

_LOST_LETTER = re.compile(r"[^\W\d_]\?[^\W\d_]")


def about_value(number: int, column: Column, written: str, value: Value) -> Remark | None:
    """What was done to a value, or is wrong with it."""
    words = {"written": clean(written), "heading": column.title, "value": value.text}
    sentences = {
        Doing.SPACES: lambda: tr("stray spaces were taken off “{heading}”", **words),
        Doing.NUMBER: lambda: tr("“{written}” was read as {value}", **words),
        Doing.SPELLING: lambda: tr("“{heading}”: “{written}” was read as {value}", **words),
        Doing.DATE: lambda: tr(
            "“{heading}”: “{written}” was read as {value}, the day first", **words
        ),
        Doing.NOT_A_DATE: lambda: _not_a_date(words, value),
        Doing.ROUNDED: lambda: tr(
            "“{written}” is a number that Excel has rounded; write the whole of it as text",
            **words,
        ),
        Doing.UNKNOWN_LEVEL: lambda: _no_level(words, value),
    }
    if value.doing is not Doing.NOTHING:
        doing = value.doing
        mend = value.mend if doing.stops or doing.asks else value.text
        sentence = sentences[doing]()
        return Remark(number, column.at, doing.value, sentence, doing.stops, mend, asks=doing.asks)
    if _LOST_LETTER.search(written):
        sentence = tr("“{heading}” may have lost a letter: “{written}”", **words)
        return Remark(number, column.at, "cell.lost-letter", sentence)
    return None


def _not_a_date(words: Mapping[str, str], value: Value) -> str:
    if value.mend:
        return tr(
            "“{heading}”: “{written}” is no date with the day first; is it {mend}?",
            **words,
            mend=value.mend,
        )
    return tr("“{heading}”: “{written}” is not a date", **words)


def _no_level(words: Mapping[str, str], value: Value) -> str:
    if value.mend:
        return tr(
            "“{heading}”: “{written}” is not a level of RoSH; did you mean {mend}?",
            **words,
            mend=value.mend,
        )
    return tr(
        "“{heading}”: “{written}” is not a level of RoSH; they are Low, Medium, High and Very high",
        **words,
    )
