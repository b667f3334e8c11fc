"""Which notes look as if they held a personal detail, before they are passed on."""

from hmip_desktop.operations.reading import Reading
from hmip_desktop.workbook.personal import details, given_names


def notes_to_read(reading: Reading) -> int:
    """How many of the notes that go into a workbook look as if they held one."""
    names, asked = given_names(), {question.name for question in reading.form.answerable}
    return sum(
        bool(details(text, names))
        for one in reading.assessments.values()
        for question, text in one.assessment.notes.items()
        if question in asked
    )
