"""The XForm that pyxform makes of an XLSForm, read into the frozen model.

Whatever a form asks for and this program does not do is named as a problem, never ignored.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

import defusedxml.ElementTree

from hmip_desktop.form.model import (
    DEFAULT_LANGUAGE,
    Choice,
    Form,
    Group,
    Kind,
    Line,
    Question,
    Section,
    SectionRule,
    Wording,
)
from hmip_desktop.form.unsupported import (
    JR,
    NOT_DONE,
    PIPED,
    XF,
    XHTML,
    Unsupported,
    left_over,
    the,
)
from hmip_desktop.language import code_of, tr

SECTION = re.compile(r"s(\d+)", re.ASCII)
CRITERION = re.compile(r"c(\d+(?:_\d+)+)", re.ASCII)
MAIN_PAGE = "main"
_ITEXT = re.compile(r"jr:itext\('(.*)'\)", re.DOTALL)
_INSTANCE = re.compile(r"instance\('([^']+)'\)/root/item")
_INPUT_KINDS = {
    "string": Kind.TEXT,
    "int": Kind.INTEGER,
    "decimal": Kind.DECIMAL,
    "date": Kind.DATE,
}
_YES = frozenset({"yes", "y", "true", "true()", "1"})


@dataclass
class _Reading:
    """What is gathered while walking the body of one XForm."""

    binds: Mapping[str, ET.Element]
    itext: Mapping[str, Mapping[str, Mapping[str, str]]]
    choices: Mapping[str, tuple[Choice, ...]]
    languages: tuple[str, ...]
    scored_is_said: bool
    sections: dict[str, Section] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    unsupported: list[Unsupported] = field(default_factory=list)


@dataclass(frozen=True)
class _Place:
    """Where the walk stands: the page, its section, and the routing of the groups around."""

    page: str | None = None
    section: str | None = None
    in_criterion: bool = False
    relevant: tuple[str, ...] = ()


def read_xform(
    xml: str, version: str, section_rule: SectionRule
) -> tuple[Form, tuple[Unsupported, ...]]:
    """The form in an XForm, and everything in it that cannot be used here."""
    root = defusedxml.ElementTree.fromstring(xml)
    model = the(root, f"{XHTML}head/{XF}model")
    title = root.findtext(f"{XHTML}head/{XHTML}title") or ""
    data = the(model, f"{XF}instance")[0]
    binds = {bind.get("nodeset", ""): bind for bind in model.iter(f"{XF}bind")}
    languages, itext = _itext(model)
    reading = _Reading(
        binds=binds,
        itext=itext,
        choices=_choice_lists(model, itext),
        languages=languages,
        scored_is_said=any(_ours(bind, "scored") for bind in binds.values()),
    )
    for element in the(root, f"{XHTML}body"):
        _walk(reading, element, _Place())
    _read_calculations(reading)
    paths = {question.path for question in reading.questions}
    refused = {item.name for item in reading.unsupported}
    reading.unsupported.extend(left_over(root, paths, refused))
    form = Form(
        form_id=data.get("id", ""),
        version=version,
        title=title,
        section_rule=section_rule,
        languages=languages,
        sections=tuple(reading.sections.values()),
        groups=tuple(reading.groups.values()),
        questions=tuple(reading.questions),
    )
    return form, tuple(reading.unsupported)


def _itext(
    model: ET.Element,
) -> tuple[tuple[str, ...], dict[str, dict[str, dict[str, str]]]]:
    """Texts by id, language and form ('' for the text itself, 'guidance' for guidance)."""
    translations = sorted(
        model.iter(f"{XF}translation"), key=lambda t: t.get("default") != "true()"
    )
    texts: dict[str, dict[str, dict[str, str]]] = {}
    for translation in translations:
        language = translation.get("lang", DEFAULT_LANGUAGE)
        is_default = translation.get("default") == "true()"
        for text in translation:
            for value in text:
                words = _plain(value)
                if words != "-" or is_default:
                    by_language = texts.setdefault(text.get("id", ""), {})
                    by_language.setdefault(language, {})[value.get("form", "")] = words
    languages = tuple(t.get("lang", DEFAULT_LANGUAGE) for t in translations)
    return languages or (DEFAULT_LANGUAGE,), texts


def _plain(element: ET.Element) -> str:
    return "".join(element.itertext()).strip()


def _choice_lists(
    model: ET.Element, itext: Mapping[str, Mapping[str, Mapping[str, str]]]
) -> dict[str, tuple[Choice, ...]]:
    lists = {}
    for instance in model.findall(f"{XF}instance"):
        if name := instance.get("id"):
            items = instance.iterfind(f"{XF}root/{XF}item")
            lists[name] = tuple(_choice(item, itext) for item in items)
    return lists


def _choice(item: ET.Element, itext: Mapping[str, Mapping[str, Mapping[str, str]]]) -> Choice:
    cells = {child.tag.removeprefix(XF): (child.text or "").strip() for child in item}
    if "itextId" in cells:
        label = _wording(itext.get(cells["itextId"], {}), "")
    else:
        label = Wording(((DEFAULT_LANGUAGE, cells.get("label", "")),))
    line = cells.get("line", "").lower()
    place = Line(line) if line in (Line.ABOVE, Line.BELOW) else Line.NOT_COUNTED
    return Choice(cells.get("name", ""), label, place, cells.get("why", ""))


def _wording(by_language: Mapping[str, Mapping[str, str]], form: str) -> Wording:
    return Wording(
        tuple((language, texts[form]) for language, texts in by_language.items() if form in texts)
    )


def _walk(reading: _Reading, element: ET.Element, place: _Place) -> None:
    tag = element.tag.rsplit("}", 1)[-1]
    name = element.get("ref", element.get("nodeset", "")).rsplit("/", 1)[-1]
    if tag == "group":
        _walk_group(reading, element, name, place)
    elif tag in ("input", "select1", "select"):
        _read_question(reading, element, name, tag, place)
    elif tag not in ("label", "hint"):
        sentence = NOT_DONE.get(tag, NOT_DONE[""])
        reading.unsupported.append(Unsupported(name, tr(sentence)))


def _walk_group(reading: _Reading, element: ET.Element, name: str, place: _Place) -> None:
    if any(child.tag == f"{XF}repeat" for child in element):
        reading.unsupported.append(Unsupported(name, tr(NOT_DONE["repeat"])))
        return
    if element.find(f"{XF}label//{XF}output") is not None:
        reading.unsupported.append(Unsupported(name, tr(PIPED)))
    bind = reading.binds.get(element.get("ref", ""))
    own = bind.get("relevant", "").strip() if bind is not None else ""
    relevant = (*place.relevant, own) if own else place.relevant
    inner = _enter(reading, name, _text_of(reading, element, "label", ""), place)
    inner = _Place(inner.page, inner.section, inner.in_criterion, relevant)
    for child in element:
        _walk(reading, child, inner)


def _enter(reading: _Reading, name: str, label: Wording, place: _Place) -> _Place:
    """Where the questions of a group stand: its own page, or the criterion around it."""
    if match := SECTION.fullmatch(name):
        section = match.group(1)
        reading.sections[section] = Section(section, _without_number(label, section))
        return _Place(None, section)
    if match := CRITERION.fullmatch(name):
        criterion = match.group(1).replace("_", ".")
        section = place.section or criterion.split(".", 1)[0]
        reading.groups[criterion] = Group(
            criterion, _without_number(label, criterion), section, True
        )
        return _Place(criterion, section, True)
    if place.in_criterion:
        return place
    reading.groups[name] = Group(name, label, place.section, False)
    return _Place(name, place.section)


def _without_number(label: Wording, number: str) -> Wording:
    return Wording(
        tuple(
            (language, re.sub(rf"^{re.escape(number)}[.:]?\s+", "", text))
            for language, text in label.texts
        )
    )


def _read_question(
    reading: _Reading, element: ET.Element, name: str, tag: str, place: _Place
) -> None:
    bind = reading.binds.get(element.get("ref", ""), ET.Element("bind"))
    kind = _kind(tag, bind)
    if kind is None:
        sentence = tr("questions of type {type} are not supported", type=bind.get("type"))
        reading.unsupported.append(Unsupported(name, sentence))
        return
    if element.find(f".//{XF}output") is not None:
        reading.unsupported.append(Unsupported(name, tr(PIPED)))
    itemset = element.find(f"{XF}itemset")
    choices = _choices_of(reading, itemset, name) if itemset is not None else ()
    page = place.page or _page_without_group(reading, place)
    reading.questions.append(
        Question(
            name=name,
            kind=kind,
            label=_text_of(reading, element, "label", ""),
            path=element.get("ref", ""),
            group=page,
            hint=_text_of(reading, element, "hint", ""),
            guidance=_text_of(reading, element, "hint", "guidance"),
            relevant=_relevant(place, bind),
            required=_condition(bind, "required"),
            constraint=bind.get("constraint", "").strip(),
            constraint_message=_constraint_message(reading, bind),
            choices=choices,
            criteria=_criteria(bind, place),
            scored=_is_scored(reading, bind, kind, choices),
            source=_ours(bind, "source"),
            doubt=_ours(bind, "doubt"),
            doubt_message=_doubt_message(reading, bind),
            field=_ours(bind, "field"),
        )
    )


def _kind(tag: str, bind: ET.Element) -> Kind | None:
    if tag == "select1":
        return Kind.SELECT_ONE
    if tag == "select":
        return Kind.SELECT_MULTIPLE
    if bind.get("readonly") == "true()":
        return Kind.NOTE
    return _INPUT_KINDS.get(bind.get("type", "string"))


def _choices_of(reading: _Reading, itemset: ET.Element, name: str) -> tuple[Choice, ...]:
    nodeset = itemset.get("nodeset", "")
    match = _INSTANCE.fullmatch(nodeset)
    if match:
        return reading.choices.get(match.group(1), ())
    reading.unsupported.append(Unsupported(name, tr("filtered choices are not supported")))
    return ()


def _page_without_group(reading: _Reading, place: _Place) -> str:
    """The page of questions that stand directly in a section, or in no group at all."""
    page = f"s{place.section}" if place.section else MAIN_PAGE
    if page not in reading.groups:
        label = reading.sections[place.section].label if place.section else Wording()
        reading.groups[page] = Group(page, label, place.section, False)
    return page


def _text_of(reading: _Reading, element: ET.Element, tag: str, form: str) -> Wording:
    child = element.find(f"{XF}{tag}")
    if child is None:
        return Wording()
    if match := _ITEXT.fullmatch(child.get("ref", "")):
        return _wording(reading.itext.get(match.group(1), {}), form)
    text = _plain(child)
    return Wording(((DEFAULT_LANGUAGE, text),)) if text and not form else Wording()


def _relevant(place: _Place, bind: ET.Element) -> tuple[str, ...]:
    own = bind.get("relevant", "").strip()
    return (*place.relevant, own) if own else place.relevant


def _condition(bind: ET.Element, attribute: str) -> str:
    text = bind.get(attribute, "").strip()
    return "" if text == "false()" else text


def _constraint_message(reading: _Reading, bind: ET.Element) -> Wording:
    text = bind.get(f"{JR}constraintMsg", "")
    if match := _ITEXT.fullmatch(text):
        return _wording(reading.itext.get(match.group(1), {}), "")
    return Wording(((DEFAULT_LANGUAGE, text),)) if text else Wording()


def _doubt_message(reading: _Reading, bind: ET.Element) -> Wording:
    """What is doubtful; an attribute has no languages, so another one's ends in its code."""
    first = _ours(bind, "doubt_message")
    others = ((one, _ours(bind, f"doubt_message_{code_of(one)}")) for one in reading.languages)
    said = ((reading.languages[0], first), *others)
    return Wording(tuple((one, text) for one, text in said if text))


def _ours(bind: ET.Element, name: str) -> str:
    """An attribute of our own (`bind::hmip:name`), whatever address its namespace has."""
    for attribute, value in bind.attrib.items():
        if attribute.startswith("{") and attribute.endswith("}" + name):
            return value.strip()
    return ""


def _criteria(bind: ET.Element, place: _Place) -> tuple[str, ...]:
    named = tuple(dict.fromkeys(_ours(bind, "criteria").replace(",", " ").split()))
    return named or ((place.page,) if place.in_criterion and place.page else ())


def _is_scored(
    reading: _Reading, bind: ET.Element, kind: Kind, choices: tuple[Choice, ...]
) -> bool:
    """As the form says; a form that never says scores whatever has a line to fall on."""
    if reading.scored_is_said:
        return _ours(bind, "scored").lower() in _YES
    lines = {choice.line for choice in choices}
    return kind is Kind.SELECT_ONE and {Line.ABOVE, Line.BELOW} <= lines


def _read_calculations(reading: _Reading) -> None:
    typed = {question.path for question in reading.questions}
    for path, bind in reading.binds.items():
        calculate = bind.get("calculate", "").strip()
        if calculate and path not in typed:
            parents = path.split("/")[:-1]
            groups = ["/".join(parents[:end]) for end in range(3, len(parents) + 1)]
            relevant = [
                _condition(reading.binds[g], "relevant") for g in groups if g in reading.binds
            ]
            own = bind.get("relevant", "").strip()
            reading.questions.append(
                Question(
                    name=path.rsplit("/", 1)[-1],
                    kind=Kind.CALCULATE,
                    label=Wording(),
                    path=path,
                    group="",
                    relevant=tuple(filter(None, [*relevant, own])),
                    calculate=calculate,
                    field=_ours(bind, "field"),
                )
            )
