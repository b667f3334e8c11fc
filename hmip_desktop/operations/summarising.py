"""The Word summary of an inspection: figures and words for the report, marked as a draft."""

from collections.abc import Iterator
from pathlib import Path

from hmip_desktop.casefile.records import Order
from hmip_desktop.errors import Code, Refused
from hmip_desktop.language import tr, tr_count
from hmip_desktop.operations.drafting import phrases
from hmip_desktop.operations.opening import require_lead
from hmip_desktop.operations.publishing import Check, checks
from hmip_desktop.operations.reading import Reading
from hmip_desktop.operations.report import last_change, scored
from hmip_desktop.progress import Progress, silent
from hmip_desktop.summary.content import Summary
from hmip_desktop.summary.drafted import Facts, drafted
from hmip_desktop.summary.sentences import Style, Writer


def write_summary(
    reading: Reading,
    path: Path,
    style: Style,
    *,
    preliminary: bool = False,
    progress: Progress = silent,
) -> None:
    """Write the summary as a Word document, in the language in use.

    With `preliminary` unfinished cases count as well. No note, no case and no person is in it.

    Raises:
        Refused: NOT_THE_LEADS, VALUE_UNUSABLE, DISK; what stood at `path` stands there still.
        Cancelled: from `progress`; likewise.
    """
    if path.suffix.lower() != ".docx":
        sentence = tr("{file} is no name for a Word file; let it end in .docx.", file=path.name)
        raise Refused(Code.VALUE_UNUSABLE, sentence)
    from hmip_desktop.summary.write import write  # noqa: PLC0415 slow to load, and for few

    write(path, summary(reading, style, preliminary=preliminary), progress)


def summary(reading: Reading, style: Style, *, preliminary: bool = False) -> Summary:
    """What the summary says, from an inspection as it stands.

    Raises:
        Refused: NOT_THE_LEADS.
    """
    require_lead(reading.document)
    inspection = reading.contents.inspection
    result = scored(reading, preliminary=preliminary)
    still_open = {
        one.check: len(one.spots)
        for one in checks(reading, style.small_group, preliminary=preliminary)
    }
    facts = Facts(
        title=inspection.title,
        area=inspection.area,
        starts=inspection.starts,
        ends=inspection.ends,
        as_at=last_change(reading),
        form=reading.form,
        scores=result.scores,
        cases=len(reading.contents.cases),
        reasons=tuple(_reasons(reading, still_open, preliminary=preliminary)),
        waiting=tuple(_waiting(still_open)),
        fraction=result.fraction,
    )
    return drafted(facts, Writer(style, phrases()))


def _reasons(reading: Reading, still_open: dict[Check, int], *, preliminary: bool) -> Iterator[str]:
    """Why the results can still change."""
    if preliminary:
        yield tr("Preliminary: unfinished cases are counted as well.")
    nobodys = len(reading.contents.cases) - len(
        {one.case.id for one in reading.assessments.values() if one.assessment.order is Order.FIRST}
    )
    if nobodys:
        yield tr_count(
            "{count} case has no assessor yet.", "{count} cases have no assessor yet.", nobodys
        )
    if unfinished := still_open[Check.UNFINISHED] - nobodys:
        yield tr_count(
            "{count} case is not signed off yet.",
            "{count} cases are not signed off yet.",
            unfinished,
        )
    if conflicts := still_open[Check.CONFLICTS]:
        yield tr_count(
            "{count} conflict is not settled yet, and does not count.",
            "{count} conflicts are not settled yet, and do not count.",
            conflicts,
        )


def _waiting(still_open: dict[Check, int]) -> Iterator[str]:
    """What else somebody should look at."""
    if queries := still_open[Check.QUERIES]:
        yield tr_count(
            "{count} query of the lead waits for a reply.",
            "{count} queries of the lead wait for a reply.",
            queries,
        )
    if doubts := still_open[Check.DOUBTS]:
        yield tr_count(
            "{count} answer looks contradictory, and no reason is given.",
            "{count} answers look contradictory, and no reason is given.",
            doubts,
        )
    if differing := still_open[Check.DIFFERING]:
        yield tr_count(
            "{count} answer differs from the sample, and no reason is given.",
            "{count} answers differ from the sample, and no reason is given.",
            differing,
        )
