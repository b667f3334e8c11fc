"""The pages of the guide, from `resources/help/LANGUAGE/*.md` to HTML and passages.

A page is CommonMark with tables, and three things of our own:

- `[[Hand in...]]` is a name on screen, `[[File > Open...]]` the way to it through a menu: shown
  as the program calls it in the language in use, whatever the language of the page;
- `## Sign off {#sign-off}` names a heading for links (`assessor.md#sign-off`);
- `{{keys}}` is a part that the program knows and nobody types: the table of keys, what a test
  counted.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from hmip_desktop import paths
from hmip_desktop.language import ENGLISH, name_on_screen, tr

PAGES = (
    "start",
    "assessor",
    "local-assessor",
    "setting-up",
    "friday",
    "support",
    "installing",
    "scores",
    "what-to-do",
    "promise",
    "keys",
    "words",
)
_SUM = re.compile(r"^all of it +(?P<times>\S+) +(?P<looked_for>\S+) +(?P<lost>\S+)$", re.MULTILINE)
_NOTHING = "nothing"
_NAME = re.compile(r"\[\[(.+?)\]\]")
_PART = re.compile(r"\{\{(.+?)\}\}")
_OWN_ANCHOR = re.compile(r"\s*\{#([a-z0-9-]+)\}$")
_WAY = " > "
_CELLS = frozenset(("th_open", "td_open"))
_ENDS_OF_ROW = frozenset(("tr_open", "table_close"))


@dataclass(frozen=True)
class Passage:
    """A heading, a paragraph, a step or a row: what can be found and gone to.

    `heading` is the one it stands under; a heading stands under itself.
    """

    anchor: str
    heading: str
    text: str

    @property
    def is_heading(self) -> bool:
        """Whether it names what follows."""
        return self.text == self.heading


@dataclass(frozen=True)
class Page:
    """One page: its name in links, its title, its HTML and its passages, the title first."""

    name: str
    title: str
    html: str
    passages: tuple[Passage, ...]

    @property
    def anchors(self) -> frozenset[str]:
        """Every place of the page that a link may name."""
        return frozenset(passage.anchor for passage in self.passages)


def book(language: str, parts: Mapping[str, str]) -> tuple[Page, ...]:
    """Every page in a language, English where it has none; `parts` is what nobody types."""
    folder = paths.resource("help", language)
    if not folder.is_dir():
        folder = paths.resource("help", ENGLISH)
    known = {"last run": last_run(figures()), **parts}
    return tuple(_page(folder / f"{name}.md", known) for name in PAGES)


def figures() -> str:
    """What the last run of the torture counted, as SECURITY.md prints it."""
    return paths.resource("help", "figures.txt").read_text(encoding="utf-8")


def last_run(printed: str) -> str:
    """The sum of what was tried and found, in a sentence; nothing where none is printed."""
    found = _SUM.search(printed)
    if found is None:
        return ""
    counts = found.groupdict()
    if counts["lost"] == _NOTHING:
        return tr(
            "In the last run of these tests {times} faults were tried, {looked_for} answers and "
            "other entries that had been called saved were looked for afterwards, and none was "
            "missing.",
            **counts,
        )
    return tr(
        "In the last run of these tests {times} faults were tried, {looked_for} answers and other "
        "entries that had been called saved were looked for afterwards, and {lost} were missing.",
        **counts,
    )


def _page(path: Path, parts: Mapping[str, str]) -> Page:
    written = path.read_text(encoding="utf-8")
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.inline.ruler.before("link", "name", _read_name)
    reader.add_render_rule("name", _show_name)
    reader.add_render_rule("image", _show_picture)
    tokens = reader.parse(_PART.sub(lambda found: parts[found[1]], written))
    passages = tuple(_passages(tokens))
    html = reader.renderer.render(tokens, reader.options, {"folder": path.parent})
    return Page(path.stem, passages[0].text, html, passages)


def _passages(tokens: Sequence[Token]) -> Sequence[Passage]:
    """The passages of a page; each gets its anchor in the tokens, before it is rendered."""
    found: list[Passage] = []
    heading, in_row = "", False
    for number, (before, token) in enumerate(pairwise(tokens)):
        in_row = in_row and before.type not in _ENDS_OF_ROW
        if token.type != "inline" or token.children is None:
            continue
        if all(one.type == "image" for one in token.children):
            before.attrSet("class", "picture")
            continue
        anchor = f"p{number}"
        if before.type == "heading_open":
            anchor = _own_anchor(token.children) or anchor
            heading = _plain(token.children)
        text = _plain(token.children)
        named = Token("html_inline", "", 0, content=f'<a name="{anchor}"></a>')
        token.children.insert(0, named)
        if in_row:
            found[-1] = replace(found[-1], text=f"{found[-1].text}: {text}")
        else:
            found.append(Passage(anchor, heading, text))
        in_row = before.type in _CELLS
    return found


def _own_anchor(children: Sequence[Token]) -> str:
    """The anchor written at the end of a heading, which is taken off it."""
    last = children[-1]
    found = _OWN_ANCHOR.search(last.content)
    if found is None:
        return ""
    last.content = last.content[: found.start()]
    return found[1]


def _plain(children: Sequence[Token]) -> str:
    """What a passage says, without its marks."""
    return "".join(_SAID.get(one.type, _content)(one) for one in children).strip()


def _content(token: Token) -> str:
    return token.content


def _read_name(state: StateInline, silent: bool) -> bool:
    found = _NAME.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        state.push("name", "b", 0).content = found[1]
    state.pos = found.end()
    return True


def _shown(way: str) -> str:
    return _WAY.join(name_on_screen(name) for name in way.split(_WAY))


def _show_name(
    _self: RendererHTML, tokens: Sequence[Token], at: int, _options: OptionsDict, _env: Any
) -> str:
    return f"<b>{escape(_shown(tokens[at].content))}</b>"


def _show_picture(
    _self: RendererHTML,
    tokens: Sequence[Token],
    at: int,
    _options: OptionsDict,
    env: Any,
) -> str:
    source = (env["folder"] / str(tokens[at].attrs["src"])).resolve().as_uri()
    return f'<img src="{escape(source)}" alt="{escape(tokens[at].content)}">'


_SAID: Mapping[str, Callable[[Token], str]] = {
    "name": lambda token: _shown(token.content),
    "softbreak": lambda _: " ",
    "hardbreak": lambda _: " ",
    "image": lambda _: "",
}
