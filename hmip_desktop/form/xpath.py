"""XPath as XLSForms write it: elementpath's XPath 1.0 with the functions and values of ODK.

Differences from plain XPath 1.0 follow the ODK XForms specification
(https://getodk.github.io/xforms-spec/): a question without an answer is the empty string, a
question stands for its single value, and a date counts as days since 1 January 1970.
"""

import contextlib
import math
import re
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from xml.etree import ElementTree as ET

from elementpath import ElementPathError, XPath1Parser, XPathContext
from elementpath.xpath_nodes import XPathNode

from hmip_desktop.form import pattern as patterns
from hmip_desktop.form.expression import EPOCH, SELF, ExpressionError
from hmip_desktop.language import tr

LONGEST_EXPRESSION = 20_000
LONGEST_RESULT = 100_000
_REFERENCE = re.compile(r"(?:/[\w.-]+)+")
_LITERAL = re.compile(r"'[^']*'|\"[^\"]*\"")
_CALL = re.compile(r"(?<![\w:.-])([A-Za-z][\w:.-]*)\s*\(", re.ASCII)
_STEP = re.compile(r"(?:^|[/(,=<>+*|-]|\b(?:and|or|div|mod))\s*\*")  # a star where a name belongs
_DIGITS = re.compile(r"\d+(?:\.\d*)?|\.\d+")
_TODAY = re.compile(r"\btoday\s*\(\s*\)")
_SENSELESS = (
    ElementPathError,
    ArithmeticError,
    ValueError,
    TypeError,
    RecursionError,
    re.error,
)
_COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")


class OdkParser(XPath1Parser):  # type: ignore[misc, unused-ignore]
    """Reads one form's expressions; knows its choices for `jr:choice-name`."""

    today: date = EPOCH
    choice_labels: Mapping[str, Mapping[str, str]] = {}


def _single(token: Any, context: Any) -> Any:
    """The one value that a token stands for: a node gives its text, nothing gives ''."""
    for item in token.select(copy(context)):
        return item.compat_string_value if isinstance(item, XPathNode) else item
    return ""


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


def _number(value: Any) -> float:
    if not isinstance(value, str):
        return float(value)
    text = value.strip()
    with contextlib.suppress(ValueError):
        return float(text)
    with contextlib.suppress(ValueError):
        return float((date.fromisoformat(text) - EPOCH).days)
    return math.nan


def _whole(value: Any) -> int | None:
    """A number as a place to count to; None where there is none."""
    number = _number(value)
    return int(number) if math.isfinite(number) else None


def _truth(value: Any) -> bool:
    if isinstance(value, str):
        return value != ""
    return bool(value) and not (isinstance(value, float) and math.isnan(value))


def _compare(symbol: str, left: Any, right: Any) -> bool:
    if symbol in ("=", "!="):
        if isinstance(left, bool) or isinstance(right, bool):
            same = _truth(left) == _truth(right)
        elif isinstance(left, str) and isinstance(right, str):
            same = left == right
        else:
            same = _number(left) == _number(right)
        return same if symbol == "=" else not same
    a, b = _number(left), _number(right)
    return {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[symbol]


def _define_operator(symbol: str, binding: int) -> None:
    OdkParser.unregister(symbol)

    def evaluate(self: Any, context: Any = None) -> Any:
        left, right = _single(self[0], context), _single(self[1], context)
        if symbol in _COMPARISONS:
            return _compare(symbol, left, right)
        return _mod(left, right) if symbol == "mod" else _number(left) + _number(right)

    evaluate.__name__ = "evaluate__odk"
    OdkParser.method(OdkParser.infix(symbol, bp=binding))(evaluate)


def _define_minus() -> None:
    OdkParser.unregister("-")

    def evaluate(self: Any, context: Any = None) -> float:
        first = _number(_single(self[0], context))
        return -first if len(self) == 1 else first - _number(_single(self[1], context))

    def nud(self: Any) -> Any:
        self[:] = (self.parser.expression(rbp=70),)
        return self

    evaluate.__name__, nud.__name__ = "evaluate__odk", "nud__odk"
    OdkParser.method(OdkParser.infix("-", bp=40))(evaluate)
    OdkParser.method("-")(nud)


def _define_logic(symbol: str, binding: int) -> None:
    OdkParser.unregister(symbol)

    def evaluate(self: Any, context: Any = None) -> bool:
        first = _truth(_single(self[0], context))
        if first is (symbol == "or"):
            return first
        return _truth(_single(self[1], context))

    evaluate.__name__ = "evaluate__odk"
    OdkParser.method(OdkParser.infix(symbol, bp=binding))(evaluate)


def _define_function(name: str, arguments: int | tuple[int, int | None], work: Any) -> None:
    if name in OdkParser.symbol_table:
        OdkParser.unregister(name)

    def evaluate(self: Any, context: Any = None) -> Any:
        if context is None:
            raise self.missing_context()
        return work(self.parser, *[_single(argument, context) for argument in self])

    evaluate.__name__ = "evaluate__odk"
    OdkParser.method(OdkParser.function(name, nargs=arguments))(evaluate)


def _selected_at(_: OdkParser, value: Any, index: Any) -> str:
    names, at = _text(value).split(), _whole(index)
    return names[at] if at is not None and 0 <= at < len(names) else ""


def _round(_: OdkParser, value: Any, places: Any = 0.0) -> float:
    number, scale = _number(value), 10.0 ** max(-15, min(15, _whole(places) or 0))
    return math.floor(number * scale + 0.5) / scale if math.isfinite(number * scale) else number


def _int(_: OdkParser, value: Any) -> float:
    number = _number(value)
    return float(math.trunc(number)) if math.isfinite(number) else number


def _pow(_: OdkParser, base: Any, power: Any) -> float:
    try:
        return math.pow(_number(base), _number(power))
    except OverflowError:
        return math.inf
    except ValueError:
        return math.nan


def _mod(left: Any, right: Any) -> float:
    try:
        return math.fmod(_number(left), _number(right))
    except ValueError:
        return math.nan


def _choice_name(parser: OdkParser, value: Any, path: Any) -> str:
    return parser.choice_labels.get(_text(path).strip(), {}).get(_text(value), "")


def _substr(_: OdkParser, value: Any, start: Any, end: Any = None) -> str:
    begin = _whole(start)
    if begin is None:
        return ""
    return _text(value)[begin : None if end is None else _whole(end)]


def _regex(_: OdkParser, value: Any, pattern: Any) -> bool:
    return patterns.found(_text(pattern), _text(value))


def _concat(_: OdkParser, *values: Any) -> str:
    texts = list(map(_text, values))
    if sum(map(len, texts)) > LONGEST_RESULT:
        raise ValueError("a text that doubles at every step would fill the memory")
    return "".join(texts)


def _define_functions() -> None:
    define = _define_function
    define("if", 3, lambda _, test, yes, no: yes if _truth(test) else no)
    define("selected", 2, lambda _, value, name: _text(name).strip() in _text(value).split())
    define("count-selected", 1, lambda _, value: float(len(_text(value).split())))
    define("selected-at", 2, _selected_at)
    define("coalesce", (2, None), lambda _, *values: next((v for v in values if v != ""), ""))
    define("regex", 2, _regex)
    define("today", 0, lambda parser: parser.today.isoformat())
    define("date", 1, lambda _, value: value)
    define("once", 1, lambda _, value: value)
    define("int", 1, _int)
    define("round", (1, 2), _round)
    define("number", 1, lambda _, value: _number(value))
    define("string", 1, lambda _, value: _text(value))
    define("boolean", 1, lambda _, value: _truth(value))
    define("not", 1, lambda _, value: not _truth(value))
    define("string-length", 1, lambda _, value: float(len(_text(value))))
    define("concat", (1, None), _concat)
    define("contains", 2, lambda _, value, part: _text(part) in _text(value))
    define("starts-with", 2, lambda _, value, part: _text(value).startswith(_text(part)))
    define("ends-with", 2, lambda _, value, part: _text(value).endswith(_text(part)))
    define("substr", (2, 3), _substr)
    define("pow", 2, _pow)
    define("min", (1, None), lambda _, *values: min(map(_number, values)))
    define("max", (1, None), lambda _, *values: max(map(_number, values)))
    define("choice-name", 2, _choice_name)


for _symbol in _COMPARISONS:
    _define_operator(_symbol, 30)
_define_operator("+", 40)
_define_operator("mod", 45)
_define_minus()
_define_logic("or", 20)
_define_logic("and", 25)
_define_functions()


@dataclass(frozen=True)
class Expression:
    """One parsed expression and the questions (paths) that it looks at.

    `SELF` stands among the references where the expression speaks of the answer itself.
    """

    source: str
    references: tuple[str, ...]

    @cached_property
    def _parser(self) -> OdkParser:
        return OdkParser()

    @cached_property
    def _token(self) -> Any:
        return _parse(self._parser, self.source)

    @property
    def asks_the_date(self) -> bool:
        """Whether the result can be another tomorrow."""
        return _TODAY.search(_LITERAL.sub("''", self.source)) is not None

    def value(
        self,
        values: Mapping[str, str],
        itself: str = "",
        today: date = EPOCH,
        choice_labels: Mapping[str, Mapping[str, str]] | None = None,
    ) -> str:
        """The result as text, given the answers by path (missing ones are empty)."""
        return _text(self._evaluate(values, itself, today, choice_labels or {}))

    def holds(self, values: Mapping[str, str], itself: str = "", today: date = EPOCH) -> bool:
        """The result as true or false, given the answers by path."""
        return _truth(self._evaluate(values, itself, today, {}))

    def _evaluate(
        self,
        values: Mapping[str, str],
        itself: str,
        today: date,
        choice_labels: Mapping[str, Mapping[str, str]],
    ) -> Any:
        self._parser.today = today
        self._parser.choice_labels = choice_labels
        root = ET.Element("data")
        here = ET.SubElement(root, "itself")
        here.text = itself
        for path in self.references:
            if path != SELF:
                _place(root, path).text = values.get(path, "")
        context = XPathContext(root=ET.ElementTree(root), item=here)
        try:
            return _single(self._token, context)
        except _SENSELESS as error:
            raise ExpressionError(tr("the expression cannot be worked out")) from error


def _place(root: ET.Element, path: str) -> ET.Element:
    """The element at an absolute path below `root`, made where it is missing."""
    element = root
    for name in path.split("/")[2:]:
        child = element.find(name)
        element = ET.SubElement(element, name) if child is None else child
    return element


def _parse(parser: OdkParser, source: str) -> Any:
    source = source.replace("jr:choice-name", "choice-name")
    for name in _CALL.findall(_LITERAL.sub("''", source)):
        if name not in parser.symbol_table:
            raise ExpressionError(tr("there is no function {name}()", name=name))
    try:
        return parser.parse(source)
    except (ElementPathError, SyntaxError, ValueError, RecursionError) as error:
        raise ExpressionError(tr("the expression is incomplete or misspelt")) from error


def parse(source: str) -> Expression:
    """Read an expression.

    Raises:
        ExpressionError: it is not XPath, names a function that we do not have, or points at
            questions other than by `${name}`.
    """
    if len(source) > LONGEST_EXPRESSION:
        raise ExpressionError(tr("the expression is too long"))
    bare = _LITERAL.sub("''", source)
    if ".." in bare or "//" in bare or "$" in bare or _STEP.search(bare):
        sentence = tr("questions are named as ${name}, not by their place in the form")
        raise ExpressionError(sentence)
    paths = dict.fromkeys(_REFERENCE.findall(bare))
    bare_self = _DIGITS.sub("0", _REFERENCE.sub("", bare))
    references = (*paths, SELF) if "." in bare_self else tuple(paths)
    expression = Expression(source, references)
    _parse(OdkParser(), source)
    return expression
