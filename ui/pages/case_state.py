"""What the pages of a case show, worked out of the open case file."""

from collections.abc import Mapping

from hmip_desktop.casefile.records import AssessmentKey, Order
from hmip_desktop.clock import shown
from hmip_desktop.form.model import Kind, Question
from hmip_desktop.language import tr, tr_count
from hmip_desktop.operations import report, reviewing
from hmip_desktop.operations.reading import Progressed
from hmip_desktop.operations.reviewing import Left
from hmip_desktop.operations.sampled import sampled
from hmip_desktop.sample_sheet.as_answer import is_same
from ui.models import words
from ui.models.pages_of_case import PageOrder, Tally, chapters, tallies
from ui.session import Session
from ui.widgets.case_side import SideState
from ui.widgets.guidance import Help, Past
from ui.widgets.outline import OutlineRow
from ui.widgets.page_state import CardState, NotAsked, PageState, SampleSays


def page(session: Session, key: AssessmentKey, group: str, language: str) -> PageState:
    """One page of a case."""
    form, one = session.form, session.assessment(key)
    on_page = [q for q in form.questions_in(group) if q.kind is not Kind.CALCULATE]
    seen = one.state.is_asked.union(one.state.notes)
    cards = tuple(_card(one, q, language) for q in on_page if q.name in seen)
    not_asked = tuple(
        NotAsked(
            question,
            _why_not(session, one, question, language),
            bool(one.assessment.answers.get(question.name)),
            words.may_be_asked_yet(session.reading.routing, question.name, one.state),
        )
        for question in on_page
        if question.name not in seen and question.kind is not Kind.NOTE
    )
    tally = tallies(form, one.state)[group]
    notice, pressed = _notice(session, one)
    return PageState(
        title=_title(session, group, language),
        count=_count(tally, may_change=any(question.open for question in not_asked)),
        cards=cards,
        not_asked=not_asked,
        read_only=not session.is_editable(key),
        notice=notice,
        notice_button=pressed,
        kept=_kept(session, one, group),
    )


def side(
    session: Session, key: AssessmentKey, group: str, order: PageOrder, language: str
) -> SideState:
    """The left-hand side of a case."""
    one = session.assessment(key)
    counted = tallies(session.form, one.state)
    left = reviewing.left(session.reading, one) if session.is_editable(key) else None
    may_sign_off = left is not None and not left.needed
    return SideState(
        reference=one.case.reference,
        facts=facts(one),
        answered=one.answered,
        asked=one.asked,
        rows=tuple(_outline(session, counted, order, language)),
        page=group,
        left=_left(session, one, left) if left is not None else "",
        action=tr("Review and sign off") if may_sign_off else tr("Review"),
        action_weighs=may_sign_off,
    )


def help_with(session: Session, key: AssessmentKey, question: Question, language: str) -> Help:
    """What helps with a question."""
    one = session.assessment(key)
    reasons = session.reading.routing.reasons(question.name, one.state)
    return Help(
        number=question.short_number,
        hint=question.hint.in_language(language),
        guidance=question.guidance.in_language(language),
        why=words.why_asked(session.form, reasons, language),
        past=past(session, key, question, language),
        marks=one.assessment.marks,
        read_only=not session.is_editable(key),
        for_lead=session.is_leads,
    )


def past(
    session: Session, key: AssessmentKey, question: Question, language: str
) -> tuple[Past, ...]:
    """How an answer came about, newest first."""
    reading = session.reading
    found = []
    for entry in reversed(report.answer_history(reading, key, question.name)):
        value = str(entry.value or "")
        said = words.answer(question, value, language) if value else tr("Answer taken back")
        who = reading.contents.name_of(entry.author)
        found.append(Past(said, f"{who}, {shown(entry.at)}", value or None))
    return tuple(found)


def facts(one: Progressed) -> str:
    """The facts by which an assessor knows a case again."""
    fields = one.case.fields
    rosh = fields.get("rosh", "")
    known = (
        fields.get("case_type", ""),
        fields.get("ldu", ""),
        tr("{level} RoSH", level=f"{rosh[:1].lower()}{rosh[1:]}") if rosh else "",
    )
    return ", ".join(fact for fact in known if fact)


def _card(one: Progressed, question: Question, language: str) -> CardState:
    name = question.name
    if name in one.assessment.unsettled:
        return CardState(
            question,
            note=one.assessment.notes.get(name, ""),
            source=one.assessment.sources.get(name, ""),
            brief=tr("⚠ in conflict"),
            sample=_sample(one, question, "", language),
        )
    value = one.assessment.answers.get(name, "")
    return CardState(
        question,
        value=value,
        note=one.assessment.notes.get(name, ""),
        source=one.assessment.sources.get(name, ""),
        brief=words.answer_in_brief(question, value, language) if value else "",
        line=question.line_of(value),
        sample=_sample(one, question, value, language),
    )


def _sample(one: Progressed, question: Question, value: str, language: str) -> SampleSays | None:
    """What the sample says beside an answer; what can be taken is never filled in by itself."""
    said = sampled(one, question)
    if said is None:
        return None
    if not said.answer:
        return SampleSays(_is_no_answer(question, said.words))
    text = words.sample_said(question, said.words, said.answer, language)
    if not value:
        return SampleSays(tr("The sample says: {sample}", sample=text), said.answer)
    if is_same(question, said.answer, value):
        return SampleSays(tr("The sample says the same: {sample}", sample=text))
    said_so = tr("⚠ The sample says: {sample}. The answer differs.", sample=text)
    return SampleSays(said_so, said.answer, differs=True)


def _is_no_answer(question: Question, said: str) -> str:
    if question.choices:
        return tr("The sample says: {sample}. That is none of these choices.", sample=said)
    return tr("The sample says: {sample}. That is no answer here.", sample=said)


def _why_not(session: Session, one: Progressed, question: Question, language: str) -> str:
    reasons = session.reading.routing.reasons(question.name, one.state)
    return words.why_not_asked(session.form, reasons, one.state, language)


def _title(session: Session, group: str, language: str) -> str:
    found = session.form.group_by_id[group]
    text = found.label.in_language(language)
    return f"{found.id} {text}" if found.criterion else text


def _left(session: Session, one: Progressed, left: Left) -> str:
    """How many questions are left, how many of them may stay so, and whether more may come."""
    routing, form = session.reading.routing, session.form
    said = _counted(left)
    not_asked = (q.name for q in form.answerable if q.name not in one.state.is_asked)
    if any(words.may_be_asked_yet(routing, name, one.state) for name in not_asked):
        return tr("{left}. Answers may bring more.", left=said)
    return said


def _counted(left: Left) -> str:
    optional = len(left.optional)
    if left.needed and optional:
        return tr(
            "{needed} needed, {optional} optional left", needed=left.needed, optional=optional
        )
    if left.needed:
        return tr("{needed} needed left", needed=left.needed)
    if optional:
        return tr("Nothing needed left, {optional} optional", optional=optional)
    return tr("Every question has its answer.")


def _count(tally: Tally, *, may_change: bool) -> str:
    if not tally.asked and may_change:
        return tr("No question is asked here so far")
    if not tally.asked:
        return tr("No question is asked here in this case")
    if left := tally.asked - tally.answered:
        return tr_count(
            "{count} question, {left} to go",
            "{count} questions, {left} to go",
            tally.asked,
            left=left,
        )
    return tr_count(
        "{count} question, all answered", "{count} questions, all answered", tally.asked
    )


def _kept(session: Session, one: Progressed, group: str) -> str:
    """What is said of answers given before, whose questions are not asked now."""
    by_name = session.form.question_by_name
    hidden = [
        by_name[name].group
        for name in one.assessment.answers
        if name in by_name and by_name[name].takes_answer and name not in one.state.is_asked
    ]
    if not hidden:
        return ""
    if there := sum(other != group for other in hidden):
        return tr_count(
            "{count} answer is kept but not counted, "
            "because its question is not asked now ({there} on other pages).",
            "{count} answers are kept but not counted, "
            "because their questions are not asked now ({there} on other pages).",
            len(hidden),
            there=there,
        )
    return tr_count(
        "{count} answer is kept but not counted, because its question is not asked now.",
        "{count} answers are kept but not counted, because their questions are not asked now.",
        len(hidden),
    )


def _notice(session: Session, one: Progressed) -> tuple[str, str]:
    if session.is_editable(one.assessment.key):
        return "", ""
    reference = one.case.reference
    if one.assessment.order is Order.SECOND and session.is_leads:
        said = tr(
            "The second assessment of {reference}, by {assessor}. Read only.",
            reference=reference,
            assessor=one.assessor,
        )
        return said, ""
    said = tr("{reference} is signed off, so its answers are read only.", reference=reference)
    return said, tr("Reopen...")


def _outline(
    session: Session, counted: Mapping[str, Tally], order: PageOrder, language: str
) -> list[OutlineRow]:
    rows: list[OutlineRow] = []
    for chapter in chapters(session.form, order, language):
        if chapter.title:
            rows.append(OutlineRow(chapter.title))
        for group in chapter.groups:
            tally = counted[group.id]
            text = _title(session, group.id, language)
            if not any(True for q in session.form.questions_in(group.id) if q.takes_answer):
                rows.append(OutlineRow(text, group.id, "", tr("no questions of its own")))
                continue
            rows.append(OutlineRow(text, group.id, tally.shown, tally.said, bool(tally.asked)))
    return rows
