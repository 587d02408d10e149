"""The expressions of a form (XPath as forms use it), read into a small tree. Says what it cannot read."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from wherewithal.formats.xlsform.remark import NotCarried

LONGEST = 5_000  # characters of an expression
_DEEPEST = 40  # brackets within brackets, and sums within sums
_TOKEN = re.compile(
    r"""\s*(?:
    (?P<ref>\$\{\s*[^{}\s]+\s*\})
    |(?P<text>'[^']*'|"[^"]*"|[‘’][^‘’']*[‘’']|[“”][^“”"]*[“”"])
    |(?P<number>\d+(?:\.\d*)?|\.\d+)
    |(?P<op><=|>=|!=|[=<>+\-*(),])
    |(?P<path>\.\.?/[\w./\-\[\]*@:]*|/[\w./\-\[\]*@:]+|\.\.)
    |(?P<self>\.)
    |(?P<name>[^\W\d][\w.\-]*(?::[^\W\d][\w.\-]*)?)
    )""",
    re.VERBOSE,
)
_WORDS = ("or", "and", "div", "mod")


@dataclass(frozen=True)
class Lit:
    """Text or a number as it is written."""

    value: str | int | float


@dataclass(frozen=True)
class Ref:
    """The answer to a question, by its name in the form; '' is the question itself."""

    name: str


@dataclass(frozen=True)
class Name:
    """A bare name: a column of the choices."""

    name: str


@dataclass(frozen=True)
class Call:
    name: str
    args: tuple["Tree", ...]


@dataclass(frozen=True)
class Op:
    """``or``, ``and``, a comparison of two, or a sum: ``+ - * div mod``, from left to right."""

    op: str
    parts: tuple["Tree", ...]


Tree = Lit | Ref | Name | Call | Op
_LADDER = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))
"""Operators, those that bind loosest first."""


def parse(expression: str) -> Tree:
    """Raises NotCarried."""
    if len(expression) > LONGEST:
        raise NotCarried(f"it is longer than {LONGEST:,} characters")
    reader = _Reader(_tokens(expression))
    tree = reader.level(0)
    if reader.next[1]:
        raise NotCarried(f"“{reader.next[1]}” cannot be understood where it stands")
    return tree


def _tokens(expression: str) -> list[tuple[str, str]]:
    found, at = [], 0
    while at < len(expression.rstrip()):
        token = _TOKEN.match(expression, at)
        if not token:
            raise NotCarried(f"“{expression[at:].strip()[:20]}” cannot be understood where it stands")
        found.append((token.lastgroup or "", token[token.lastgroup or ""]))
        at = token.end()
    return found


class _Reader:
    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0

    @property
    def next(self) -> tuple[str, str]:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("", "")

    def take(self) -> tuple[str, str]:
        token = self.next
        self.at += 1
        return token

    def operator(self, of: tuple[str, ...]) -> bool:
        kind, text = self.next
        return text in of and (kind == "op" or (kind == "name" and text in _WORDS))

    def level(self, rung: int) -> Tree:
        if rung == len(_LADDER):
            return self.one()
        tree = self.level(rung + 1)
        nested, chain = (
            0,
            "",
        )  # a row of one operator is one Op; another operator, or brackets, begin a new one
        while self.operator(_LADDER[rung]):
            op = self.take()[1]
            right = self.level(rung + 1)
            if op == chain and rung not in (2, 3):
                assert isinstance(tree, Op)
                tree = Op(op, (*tree.parts, right))
            else:
                tree = Op(op, (tree, right))
                nested += 1
            if nested > _DEEPEST:
                raise NotCarried("it is too long a sum")
            chain = op
        return tree

    def one(self) -> Tree:
        kind, text = self.take()
        match kind:
            case "ref":
                return Ref(_name(text))
            case "self":
                return Ref("")
            case "text":
                return Lit(text[1:-1])
            case "number":
                return Lit(float(text) if "." in text else int(text))
            case "op" if text == "-":
                return self.minus()
            case "op" if text == "(":
                return self.within()
            case "name" if self.next == ("op", "("):
                return self.call(text)
            case "name" if text not in _WORDS:
                return Name(text)
            case "path":
                raise NotCarried(f"“{text}” is a path, and only ${{...}} is followed")
        raise NotCarried(f"“{text}” cannot be understood where it stands" if text else "it ends too early")

    def minus(self) -> Tree:
        part = self.deeper(self.one)
        if isinstance(part, Lit) and not isinstance(part.value, str):
            return Lit(-part.value)
        return Op("-", (Lit(0), part))

    def within(self) -> Tree:
        tree = self.deeper(lambda: self.level(0))
        if self.take() != ("op", ")"):
            raise NotCarried("a bracket is not closed")
        return tree

    def call(self, name: str) -> Tree:
        self.take()
        args: list[Tree] = []
        while self.next != ("op", ")"):
            if args and self.take() != ("op", ","):
                raise NotCarried(f"the brackets of {name}(...) are not closed")
            args.append(self.deeper(lambda: self.level(0)))
        self.take()
        return Call(name, tuple(args))

    def deeper(self, read: Callable[[], Tree]) -> Tree:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise NotCarried("it has too many brackets within brackets")
        found = read()
        self.depth -= 1
        return found


def _name(ref: str) -> str:
    name = ref[2:-1].strip()
    if "#" in name:
        raise NotCarried(f"“{ref}” looks at an earlier reply")
    return name
