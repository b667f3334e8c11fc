"""What a case file says, read for people: its contents, its form and how far each case is."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property

from hmip_desktop.casefile import reader, records, refusals
from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.records import Assessment, AssessmentKey, Case, Contents
from hmip_desktop.errors import Code, Refused
from hmip_desktop.form.expression import ExpressionError
from hmip_desktop.form.model import Form, LaterFormError, Question
from hmip_desktop.form.routing import CircularRoutingError, Routing, State
from hmip_desktop.language import tr
from hmip_desktop.operations.changes import Changes
from hmip_desktop.scoring import Judged

LONGEST_REFERENCE = 24
_NO_FORM = (
    ArithmeticError,
    AttributeError,
    CircularRoutingError,
    ExpressionError,
    LookupError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True)
class Progressed:
    """One assessment with what routing makes of it."""

    case: Case
    assessment: Assessment
    assessor: str
    state: State

    @property
    def asked(self) -> int:
        """How many questions are asked in this case."""
        return len(self.state.asked)

    @property
    def answered(self) -> int:
        """How many of them have an answer."""
        return len(self.state.answered)

    @property
    def judged(self) -> Judged:
        """The assessment as scoring sees it."""
        return Judged(self.state.is_asked, self.state.values, self.assessment.unsettled)


class Reading:
    """A case file as it stood when this was made; make a new one after a change."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.contents: Contents = reader.contents(document.journal, document.about.inspection)

    def after(self, changes: Changes) -> "Reading":
        """The file after a change, read again only where it changed."""
        keys = [records.assessment_key(record) for record in changes.records]
        changed = [key for key in keys if key in self.contents.assessments]
        if len(changed) < len(keys):
            return self._anew()
        journal = self._document.journal
        ours = {key: reader.assessment(journal, key) for key in changed if key}
        elsewhere = (c for c in self.contents.conflicts if c.field.record not in changes.records)
        found = (*elsewhere, *reader.conflicts(journal, changes.records))
        later = copy(self)
        later.contents = replace(
            self.contents,
            assessments={**self.contents.assessments, **ours},
            conflicts=tuple(sorted(found, key=lambda one: one.field)),
        )
        later.assessments = {
            key: later.progressed(ours[key]) if key in ours else one
            for key, one in self.assessments.items()
        }
        return later

    def _anew(self) -> "Reading":
        """The whole file once more; what its form compiles to stays."""
        later = Reading(self._document)
        if later.contents.inspection.form == self.contents.inspection.form:
            later.routing = self.routing
        return later

    def under(self, form: Form) -> "Reading":
        """The same file as it would be under another version of its form."""
        later = copy(self)
        for name in ("form", "assessments"):
            later.__dict__.pop(name, None)
        later.routing = Routing(form)
        return later

    @cached_property
    def form(self) -> Form:
        """The form of the inspection."""
        return self.routing.form

    @cached_property
    def routing(self) -> Routing:
        """The routing of the inspection's form.

        Raises:
            Refused: FILE_NEWER when a later program wrote the form, FILE_STRANGE when the file does
                not keep it as this program writes it.
        """
        compiled = self._document.form(self.contents.inspection.form)
        try:
            if compiled is not None:
                return Routing(Form.from_json(compiled))
        except LaterFormError as error:
            raise refusals.newer(self._document.path) from error
        except _NO_FORM as error:
            raise refusals.strange(self._document.path) from error
        raise refusals.strange(self._document.path)

    @property
    def document(self) -> Document:
        """The file that was read."""
        return self._document

    @cached_property
    def assessments(self) -> Mapping[AssessmentKey, Progressed]:
        """Every assessment that is not withdrawn, by case reference, first before second."""
        return {
            one.key: self.progressed(one)
            for case in self.contents.cases.values()
            for one in self.contents.assessments_of(case.id)
        }

    def progressed(self, assessment: Assessment) -> Progressed:
        """One assessment with what routing makes of it."""
        contents = self.contents
        return Progressed(
            case=contents.cases[assessment.key.case],
            assessment=assessment,
            assessor=contents.name_of(assessment.key.member),
            state=self.routing.state(assessment.answers),
        )

    def assessment_for(self, reference: str) -> Progressed:
        """The assessment that this file's owner gives a case; in the lead's, the first one.

        Raises:
            Refused: CASE_UNKNOWN or CASE_NOT_ALLOCATED.
        """
        case = self.case(reference)
        about = self._document.about
        found = self.contents.assessments_of(case.id)
        if not about.is_leads:
            found = tuple(one for one in found if one.key.member == about.owner)
        if not found:
            sentence = tr(
                "{reference} has not been allocated to anybody; allocate cases first.",
                reference=case.reference,
            )
            raise Refused(Code.CASE_NOT_ALLOCATED, sentence)
        return self.progressed(found[0])

    def case(self, reference: str) -> Case:
        """A case by its reference.

        Raises:
            Refused: CASE_UNKNOWN.
        """
        case = self.contents.case_named(reference)
        if case is None:
            raise Refused(Code.CASE_UNKNOWN, _no_case(reference, self._document.path.name))
        return case

    def question(self, name: str) -> Question:
        """A question that takes an answer, by name or number.

        Raises:
            Refused: QUESTION_UNKNOWN.
        """
        question = self.form.find(name)
        if question is None or not question.takes_answer:
            raise Refused(Code.QUESTION_UNKNOWN, _no_question(name))
        return question


def _no_case(typed: str, file: str) -> str:
    """What somebody typed is said where it can be a reference; a note in the wrong place is not."""
    if len(typed) > LONGEST_REFERENCE:
        return tr("There is no case with so long a name in {file}.", file=file)
    return tr("There is no case {reference} in {file}.", reference=typed, file=file)


def _no_question(typed: str) -> str:
    if len(typed) > LONGEST_REFERENCE:
        return tr("The form has no question with so long a name.")
    return tr("The form has no question {name}.", name=typed)
