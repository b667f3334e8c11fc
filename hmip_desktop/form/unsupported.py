"""What an XForm asks for and this program does not do: named, never ignored."""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from hmip_desktop.language import mark, tr

XF = "{http://www.w3.org/2002/xforms}"
XHTML = "{http://www.w3.org/1999/xhtml}"
JR = "{http://openrosa.org/javarosa}"
PIPED = mark("a label cannot show another answer; word it without ${...}")
NOT_DONE = {
    "repeat": mark("repeats are not supported; write a group for each part"),
    "upload": mark("pictures, sound and files are not supported"),
    "": mark("this type of question is not supported"),
}


@dataclass(frozen=True)
class Unsupported:
    """Something that this program does not do, and the name of the row that asks for it."""

    name: str
    sentence: str


def the(element: ET.Element, path: str) -> ET.Element:
    """The element at a path that every XForm has."""
    found = element.find(path)
    if found is None:
        raise ValueError(tr("the XForm has no model or no body"))
    return found


def left_over(
    root: ET.Element, known: Container[str], refused: Container[str]
) -> Iterator[Unsupported]:
    """Whatever a form asks for beside questions, groups and calculations.

    `known` are the paths of the questions read, `refused` the names already said.
    """
    yield from _own_answers(root)
    yield from _other_binds(root, known, refused)
    for element in root.iter():
        name = element.tag.rsplit("}", 1)[-1]
        if name in _ACTIONS:
            yield Unsupported(_last(element.get("ref", "")), tr(NOT_DONE["upload"]))
        elif name == "instance" and element.get("src"):
            sentence = tr("choices from a file are not supported")
            yield Unsupported(element.get("id", ""), sentence)
        elif name == "text":
            yield from _strange_text(element)
    for choices in root.iter(f"{XF}root"):
        if any("${" in text for text in choices.itertext()):
            yield Unsupported("", tr(PIPED))


_ACTIONS = frozenset({"setgeopoint", "recordaudio"})


def _last(path: str) -> str:
    return path.rsplit("/", 1)[-1]


def _own_answers(root: ET.Element) -> Iterator[Unsupported]:
    model = the(root, f"{XHTML}head/{XF}model")
    data = the(model, f"{XF}instance")[0]
    for element in data.iter():
        if element is not data and not len(element) and (element.text or "").strip():
            sentence = tr(
                "a default answer would count without anyone having given it; leave it empty"
            )
            yield Unsupported(element.tag.rsplit("}", 1)[-1], sentence)
    for action in root.iter(f"{XF}setvalue"):
        sentence = tr("answers that set themselves (default, trigger) are not supported")
        yield Unsupported(_last(action.get("ref", "")), sentence)


def _other_binds(
    root: ET.Element, known: Container[str], refused: Container[str]
) -> Iterator[Unsupported]:
    groups = {element.get("ref") for element in root.iter(f"{XF}group")}
    typed = {element.get("ref") for element in root.iter() if element.tag in _CONTROLS}
    for bind in root.iter(f"{XF}bind"):
        path = bind.get("nodeset", "")
        name = _last(path)
        if "/meta/" in path or path in groups or name in refused:
            continue
        if path not in known:
            yield Unsupported(name, tr("questions that nobody sees are not supported"))
        elif bind.get("calculate") and path in typed:
            sentence = tr(
                "a question that people answer cannot work itself out; use type calculate"
            )
            yield Unsupported(name, sentence)


_CONTROLS = frozenset({f"{XF}input", f"{XF}select1", f"{XF}select"})


def _strange_text(text: ET.Element) -> Iterator[Unsupported]:
    name = _last(text.get("id", "").partition(":")[0])
    for value in text:
        if value.get("form", "") not in ("", "guidance"):
            sentence = tr("pictures, sound and film beside a text are not supported")
            yield Unsupported(name, sentence)
        if value.find(f".//{XF}output") is not None:
            yield Unsupported(name, tr(PIPED))
