"""A form as other programs run it: pyxform makes the XForm, elementpath evaluates what it says in XPath."""

import math
import re
import warnings
from datetime import date
from decimal import Decimal
from pathlib import Path

import elementpath
from elementpath.xpath1 import XPath1Parser
from lxml import etree
from pyxform.xls2xform import convert

_X = "{http://www.w3.org/2002/xforms}"


class Parser(XPath1Parser):
    """XPath 1.0 with the functions that XForms add to it."""


def _text(token, context, index):
    return token.string_value(token.get_argument(context, index, default=""))


@Parser.method(Parser.function("selected", nargs=2))
def evaluate_selected(self, context=None):
    return _text(self, context, 1) in _text(self, context, 0).split()


@Parser.method(Parser.function("count-selected", nargs=1))
def evaluate_count_selected(self, context=None):
    return float(len(_text(self, context, 0).split()))


@Parser.method(Parser.function("if", nargs=3))
def evaluate_if(self, context=None):
    return self[1 if self.boolean_value(self[0].evaluate(context)) else 2].evaluate(context)


@Parser.method(Parser.function("coalesce", nargs=2))
def evaluate_coalesce(self, context=None):
    return _text(self, context, 0) or _text(self, context, 1)


@Parser.method(Parser.function("date", nargs=1))
def evaluate_date(self, context=None):
    return float(date.fromisoformat(_text(self, context, 0)).toordinal())


@Parser.method(Parser.function("regex", nargs=2))
def evaluate_regex(self, context=None):
    return re.search(_text(self, context, 1), _text(self, context, 0)) is not None


def _number(token, side) -> float:
    item = (side[0] if side else "") if isinstance(side, list) else side
    try:
        return float(token.string_value(item))
    except ValueError:
        return math.nan


def _comparing(symbol):
    """As XPath 1.0 section 3.4 has it, where elementpath does not: beside a number, an answer counts as the
    number that comes of it, and one of which none comes (elementpath raises) is equal to nothing.
    """
    usual = Parser.symbol_table[symbol]

    class Comparing(usual):
        def evaluate(self, context=None):
            sides = [side.evaluate(context) for side in self]
            try:
                if symbol in ("=", "!=") and any(type(side) in (int, float, Decimal) for side in sides):
                    left, right = (_number(self, side) for side in sides)
                    return left == right if symbol == "=" else left != right
                return usual.evaluate(self, context)
            except elementpath.ElementPathValueError:
                return symbol == "!="

    return Comparing


for _symbol in ("=", "!=", "<", "<=", ">", ">="):
    Parser.symbol_table[_symbol] = _comparing(_symbol)
Parser.build()


class XForm:
    """The instance of a form, and what each node's bind says."""

    def __init__(self, form: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            made = etree.fromstring(convert(form, validate=False).xform.encode())
        self.model = made.find(f".//{_X}model")
        self.root = etree.fromstring(etree.tostring(self.model.find(f"{_X}instance")[0]))
        for template in self.root.xpath("//*[@*[local-name()='template']]"):
            template.getparent().remove(template)
        for element in self.root.iter():
            element.tag = etree.QName(element).localname  # paths in a form name no namespace
        self.binds = {bind.get("nodeset"): bind for bind in self.model.findall(f"{_X}bind")}
        self.parser = Parser()

    def leaves(self) -> list[str]:
        """The paths of what holds an answer, in order."""
        return [self._path(node) for node in self.root.iter() if not len(node)]

    def asked(self, answers: dict[str, str]) -> set[str]:
        """Which of the leaves are relevant, one after the other; what is not holds no answer, and what is
        calculated holds what it comes to. A date stands as the number of its day, as programs compare it.
        """
        for path in self.leaves():
            self._node(path).text = ""
        relevant = set()
        for node in self.root.iter():
            path = self._path(node)
            above = self._path(node.getparent()) if node is not self.root else ""
            if above and above not in relevant:
                continue
            bind = self.binds.get(path)
            if bind is not None and bind.get("relevant") and not self._says(bind.get("relevant"), node):
                continue
            relevant.add(path)
            if not len(node):
                node.text = answers.get(path, "")
                if bind is not None and bind.get("calculate") and path not in answers:
                    node.text = self._comes_to(bind.get("calculate"), node)
        return relevant & set(self.leaves())

    def _says(self, expression: str, node) -> bool:
        return bool(self._evaluated(f"boolean({expression})", node))

    def _comes_to(self, expression: str, node) -> str:
        try:
            found = self._evaluated(f"string({expression})", node)
        except elementpath.ElementPathError:
            return ""  # a function that is no part of XPath; what hangs on it does not come in either
        return "" if found in ("NaN", "Infinity", "-Infinity") else found

    def _evaluated(self, expression: str, node):
        token = self.parser.parse(expression)
        return token.evaluate(elementpath.XPathContext(self.root.getroottree(), item=node))

    def _path(self, node) -> str:
        return "/" + "/".join(reversed([one.tag for one in [node, *node.iterancestors()]]))

    def _node(self, path: str):
        return self.root.getroottree().xpath(path)[0]
