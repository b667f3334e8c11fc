"""What stands in a summary, from top to bottom, as frozen data: no page, no font, no file."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Heading:
    """A heading; a section's stands at the head of a page."""

    text: str
    level: int = 1
    new_page: bool = False


@dataclass(frozen=True)
class Paragraph:
    """Some sentences."""

    text: str


@dataclass(frozen=True)
class Fact:
    """A line such as “Area: Merseyside”."""

    name: str
    text: str


@dataclass(frozen=True)
class Notice:
    """What must not be overlooked: a heading of its own, and a sentence each."""

    heading: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Bullets:
    """A list of sentences."""

    texts: tuple[str, ...]


@dataclass(frozen=True)
class Column:
    """A column of a table; `part` is its part of the width of the page."""

    heading: str
    part: float
    right: bool = False


@dataclass(frozen=True)
class Table:
    """A table; with `emphasised` its first row is the sum of the others.

    `whole` says that it is short enough to stand on one page.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    emphasised: bool = False
    whole: bool = False


@dataclass(frozen=True)
class Series:
    """One series of a chart."""

    name: str
    values: tuple[float, ...]


@dataclass(frozen=True)
class Chart:
    """Bars that lie, one category below the other.

    One series is drawn as shares of 1; two are counts, drawn as parts of a whole bar each.
    """

    caption: str
    described: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]


Block = Heading | Paragraph | Fact | Notice | Bullets | Table | Chart


@dataclass(frozen=True)
class Summary:
    """A whole summary.

    Attributes:
        mark: what stands at the head of every page.
        standing: a word beside it while the results can still change; else empty.
        marking: how the document is to be handled, at the foot of every page.
        language: the code of the language in which it is written.
        as_at: the time of the last entry, with its zone: the date of the document.
    """

    title: str
    subtitle: str
    mark: str
    standing: str
    marking: str
    language: str
    as_at: datetime
    blocks: tuple[Block, ...]
