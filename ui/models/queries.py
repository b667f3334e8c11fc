"""All queries of an inspection as the lead reads them."""

from dataclasses import dataclass

from hmip_desktop.casefile import records
from hmip_desktop.casefile.records import AssessmentKey, Query
from hmip_desktop.clock import shown
from hmip_desktop.language import tr, tr_count
from hmip_desktop.operations.reading import Reading
from ui.models.table import Column


@dataclass(frozen=True)
class QueryRow:
    """One query: about which question of which case, to whom, and when it was asked.

    `number` and `label` are empty when it is about the whole case.
    """

    key: AssessmentKey
    query: Query
    case: str
    number: str
    label: str
    whom: str
    at: str

    @property
    def state(self) -> tuple[str, str]:
        """How far it is, in words, and the colour of that."""
        if self.query.closed:
            return tr("Closed"), "grey"
        return (tr("Waiting"), "blue") if self.query.waits else (tr("Answered"), "amber")

    @property
    def rank(self) -> int:
        """What the lead has to read comes first, then what is waited for, then what is closed."""
        return 2 if self.query.closed else int(self.query.waits)


def rows(reading: Reading, language: str) -> tuple[QueryRow, ...]:
    """Every query, by how far it is, the oldest first."""
    journal, form = reading.document.journal, reading.form
    found = []
    for key, one in reading.assessments.items():
        for query in one.assessment.queries:
            asked = journal.standing(key.field(records.QUERY + query.id)).latest
            question = form.question_by_name.get(query.question)
            found.append(
                QueryRow(
                    key,
                    query,
                    one.case.reference,
                    question.number if question else "",
                    question.label.in_language(language) if question else "",
                    one.assessor,
                    asked.at,
                )
            )
    return tuple(sorted(found, key=lambda row: (row.rank, row.at, row.case, row.query.id)))


def columns() -> tuple[Column, ...]:
    """The columns of the queries."""
    return (
        Column(tr("Case"), lambda row: row.case, bold=True, width=92),
        Column(tr("Question"), lambda row: row.number or tr("Whole case"), width=92),
        Column(tr("Whom"), lambda row: row.whom, width=130),
        Column(
            tr("Asked"), lambda row: shown(row.at), sort=lambda row: row.at, width=140, spare=True
        ),
        Column(
            tr("State"),
            lambda row: row.state[0],
            sort=lambda row: row.rank,
            tone=lambda row: row.state[1],
            width=106,
        ),
        Column(tr("Query"), lambda row: row.query.text, width=0, spare=True),
        Column(tr("Reply"), lambda row: row.query.reply or "–", width=0),
    )


def summary(queries: tuple[QueryRow, ...]) -> str:
    """How many wait, are answered, are closed."""
    if not queries:
        return tr("You have asked nobody anything yet. A question is asked from its case.")
    by_rank = [sum(row.rank == rank for row in queries) for rank in range(3)]
    answered, waiting, closed = by_rank
    said = [
        tr_count("{count} reply to read.", "{count} replies to read.", answered)
        if answered
        else "",
        tr_count("{count} query waits for a reply.", "{count} queries wait for a reply.", waiting)
        if waiting
        else "",
        tr_count("{count} query is closed.", "{count} queries are closed.", closed)
        if closed
        else "",
    ]
    return " ".join(filter(None, said))
