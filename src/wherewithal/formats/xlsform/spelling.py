"""Conditions, values and checks as forms write them, so that they are read back the same."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from wherewithal.core.questions import (
    LISTING,
    AnswerTo,
    Compared,
    Condition,
    Every,
    Given,
    If,
    Question,
    SizeOf,
    Some,
    Unless,
    Value,
    Worked,
)
from wherewithal.formats.xlsform.checks import pattern_text
from wherewithal.formats.xlsform.remark import BadForm

_SIGNS = {"plus": "+", "minus": "-", "times": "*", "over": "div", "remainder": "mod"}
_HOW = {"is": "=", "less": "<", "at_most": "<="}


@dataclass(frozen=True)
class Spelling:
    """How a questionnaire's ``questions`` are written of; ``itself`` is the one whose constraint it is."""

    questions: Mapping[str, Question]
    itself: str = ""

    def condition(self, of: Condition) -> str:
        """Raises BadForm for words that a form cannot quote."""
        match of:
            case Every():
                return f"({' and '.join(map(self.condition, of.all))})"
            case Some():
                return f"({' or '.join(map(self.condition, of.any))})"
            case Unless():
                return f"not({self.condition(of.unless)})"
            case Compared():
                return f"{self.value(of.left)} {_HOW[of.how]} {self.value(of.right)}"
        return self._given(of)

    def value(self, of: Value) -> str:
        """Raises BadForm as ``condition`` does."""
        match of:
            case str():
                return quoted(of)
            case AnswerTo():
                ref = self._ref(of.answer_to)
                return f"round({ref} * 100)" if self.questions[of.answer_to].kind == "money" else ref
            case SizeOf():
                counts = self.questions[of.size_of].kind in LISTING
                return f"{'count-selected' if counts else 'string-length'}({self._ref(of.size_of)})"
            case Worked():
                return f"({f' {_SIGNS[of.how]} '.join(map(self.value, of.parts))})"
            case If():
                return f"if({self.condition(of.when)}, {self.value(of.then)}, {self.value(of.otherwise)})"
        return number(of)

    def constraint(self, of: Question) -> str:
        """A question's check and what it must be, '' for nothing."""
        parts = [*self._checked(of), *([self.condition(of.must)] if of.must is not None else [])]
        return " and ".join(parts)

    def _checked(self, of: Question) -> Iterator[str]:
        check = of.check
        measured = "count-selected(.)" if of.kind == "several" else "."
        if check.step is None:
            for sign, limit in ((">=", check.least), ("<=", check.most)):
                if limit is not None:
                    yield f"{measured} {sign} {_limit(of, limit)}"
        if check.longest is not None:
            yield f"string-length(.) <= {check.longest}"
        if check.pattern:
            yield f"regex(., {quoted(pattern_text(check.pattern))})"

    def _given(self, of: Given) -> str:
        asked, ref = self.questions[of.question], self._ref(of.question)
        lists = asked.kind in LISTING
        if of.among:
            wanted = [
                f"selected({ref}, {quoted(one)})" if lists else f"{ref} = {quoted(one)}" for one in of.among
            ]
            return wanted[0] if len(wanted) == 1 else f"({' or '.join(wanted)})"
        if of.at_least is not None and of.at_least == of.at_most:
            return f"{ref} = {_limit(asked, of.at_least)}"
        limits = [
            f"{ref} {sign} {_limit(asked, limit)}"
            for sign, limit in ((">=", of.at_least), ("<=", of.at_most))
            if limit is not None
        ]
        if not limits:
            return f"{ref} != ''"
        return limits[0] if len(limits) == 1 else f"({' and '.join(limits)})"

    def _ref(self, id: str) -> str:
        return "." if id == self.itself else f"${{{id}}}"


def quoted(text: str) -> str:
    """Raises BadForm for words with both sorts of quotes, which XPath cannot write."""
    if "'" not in text:
        return f"'{text}'"
    if '"' in text:
        raise BadForm(
            f"“{text}” has both sorts of quotation marks, which a form cannot write in a condition."
        )
    return f'"{text}"'


def number(of: int | float) -> str:
    """Without an exponent, which forms do not read."""
    return format(Decimal(repr(of)), "f")


def _limit(asked: Question, limit: int | float | str) -> str:
    if isinstance(limit, str):
        return f"date('{date.fromisoformat(limit).isoformat()}')"
    return format(Decimal(limit) / 100, "f") if asked.kind == "money" else number(limit)
