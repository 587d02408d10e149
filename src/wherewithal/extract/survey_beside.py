"""Two waves beside each other: what is comparable of them, counted, and among the same councils where those
are known. No name of a council leaves here, nor which of them answered both.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from wherewithal.analytics.beside import Compared, compared, matched, only
from wherewithal.analytics.replies import Reply, as_tables, who_answered
from wherewithal.analytics.tabulate import Table
from wherewithal.core.comparable import why_not
from wherewithal.core.questions import Questionnaire, values_told
from wherewithal.core.respondents import Round, why_not_matched
from wherewithal.core.survey import DIMENSIONS
from wherewithal.extract.survey import (
    Codes,
    Counted,
    codes_of,
    counted,
    replies_of,
    survey_of,
    tables_from,
)
from wherewithal.records.asking import asked_in
from wherewithal.records.coding import as_book, book_in_use
from wherewithal.records.models import ReplyKey, Wave

FEW = (
    "No change is told: too few answered it in both waves, or beside those that did, and the figures would "
    "give their answers away."
)
CODES = "The two waves were coded by other codes, so the shares of these are not compared."
NOT_BOTH = "No council answered it in both waves."


@dataclass(frozen=True)
class Unlike:
    """A question that both asked and that is not comparable, and why."""

    question: str
    title: str
    why_not: str


@dataclass(frozen=True)
class Beside:
    """``same``: how many councils answered both waves, None where nobody can know, with ``why_not``."""

    compared: tuple[Compared, ...]
    unlike: tuple[Unlike, ...]
    same: int | None
    why_not: str
    rule: str


class _Side:
    """A wave with its replies by council, where the keys are there."""

    def __init__(self, wave: Wave) -> None:
        self.wave = wave

    @property
    def round(self) -> Round:
        return round_of(self.wave)

    @property
    def asked(self) -> Questionnaire:
        return asked_in(self.wave)

    @cached_property
    def _codes(self) -> Codes:
        return codes_of(self.wave)

    @cached_property
    def counted(self) -> Counted:
        return counted(self.wave, codes=self._codes)

    @cached_property
    def code_of(self) -> dict[str, str]:
        """The council's code by the reply's number."""
        rows = ReplyKey.objects.filter(reply__wave=self.wave, reply__late=False)
        return {str(reply): code for reply, code in rows.values_list("reply_id", "invitation__code")}

    @cached_property
    def replies(self) -> dict[str, Reply]:
        """Those that came in time, by the council's code."""
        rows = zip(replies_of(self.wave), self.counted.coded.replies, strict=True)
        return {self.code_of[number]: reply for number, reply in rows if number in self.code_of}

    @cached_property
    def _answered(self) -> dict[str, frozenset[str]]:
        return who_answered(list(self.replies), as_tables(self.asked, list(self.replies.values())))

    def who_answered(self, question: str) -> frozenset[str]:
        return self._answered.get(question, frozenset())

    @cached_property
    def _by(self) -> dict[str, dict[str, Table]]:
        """The tables by region and by type, where the replies say these."""
        told = bool(self.replies) and all(reply.groups for reply in self.replies.values())
        return {name: _by_question(tables_from(self.counted, name).tables) for name in DIMENSIONS if told}

    def shown(self, question: str) -> list[frozenset[str]]:
        """Whose figures the tables of a question show: of all, and of each region and type not left out."""
        answered = self.who_answered(question)
        found = [answered]
        for name, tables in self._by.items():
            for group in tables[question].groups if question in tables else ():
                if any(row.cells[group].figure.status != "c" for row in tables[question].rows):
                    of = {code for code in answered if (self.replies[code].groups or {})[name] == group}
                    found += [frozenset(of)] if of else []
        return found

    def tables(self, who: dict[str, frozenset[str]]) -> dict[str, Table]:
        """The tables of those ``who`` count for each question."""
        everybody = frozenset().union(*who.values())
        kept = only({code: one for code, one in self.replies.items() if code in everybody}, who)
        numbers = {code: number for number, code in self.code_of.items()}
        among = {numbers[code]: one for code, one in kept.items()}
        return _by_question(tables_from(counted(self.wave, among=among, codes=self._codes)).tables)


def round_of(wave: Wave) -> Round:
    return Round(wave.title, wave.mode, wave.unit, wave.keys_destroyed_on is not None)


def beside(first: Wave, second: Wave) -> Beside:
    """Every question that both tables have, in the order of the first. Raises BadReplies."""
    sides = _Side(first), _Side(second)
    tables = [_by_question(tables_from(side.counted).tables) for side in sides]
    both = [id for id in tables[0] if id in tables[1]]
    reasons = {id: _why_not(id, *sides, coded=_is_coded(id, sides[0])) for id in both}
    alike = [id for id in both if not reasons[id]]
    nobody = why_not_matched(sides[0].round, sides[1].round)
    who = {} if nobody else _who(sides, alike)
    of_same = [side.tables(who) for side in sides] if who else [{}, {}]
    rule = survey_of(first).rule
    found = []
    for id in alike:
        why = nobody or ("" if id in who else _why_left_out(id, sides))
        same = (of_same[0][id], of_same[1][id]) if id in who else None
        found.append(compared(tables[0][id], tables[1][id], same, rule, why))
    unlike = tuple(Unlike(id, tables[0][id].title, reasons[id]) for id in both if reasons[id])
    count = None if nobody else len(sides[0].replies.keys() & sides[1].replies.keys())
    return Beside(tuple(found), unlike, count, nobody, rule.title)


def _who(sides: tuple[_Side, _Side], questions: Iterable[str]) -> dict[str, frozenset[str]]:
    """By question, who answered it in both waves, where this may stand beside every other pair of waves that
    is older: what is shown of one wave beside two others must not tell of few either.
    """
    known = {side.wave.pk: side for side in sides}
    pairs = _pairs(known)
    this = tuple(sorted((side.wave for side in sides), key=_age))
    found = {}
    for id in questions:
        ours = [
            pair for pair in pairs if not any(_asks_otherwise(id, known[wave.pk], sides[0]) for wave in pair)
        ]
        waves = {wave.pk for pair in ours for wave in pair}
        standing = matched(
            [(one.pk, other.pk) for one, other in ours],
            {pk: known[pk].who_answered(id) for pk in waves},
            {pk: known[pk].shown(id) for pk in waves},
            survey_of(this[0]).rule,
        )
        if of := standing.get((this[0].pk, this[1].pk)):
            found[id] = of
    return found


def _pairs(known: dict[int, _Side]) -> list[tuple[Wave, Wave]]:
    """Every pair of waves whose councils are known, the older first and up to the youngest of those
    ``known``, which gets the others; pairs in the order in which they could first be set beside each other.
    """
    last = max((side.wave for side in known.values()), key=_age)
    waves = [one for one in Wave.objects.filter(replies__late=False).distinct() if _age(one) <= _age(last)]
    waves = sorted((one for one in waves if not why_not_matched(round_of(one), round_of(one))), key=_age)
    for wave in waves:
        known.setdefault(wave.pk, _Side(wave))
    return [(one, other) for place, other in enumerate(waves) for one in waves[:place]]


def _age(wave: Wave) -> tuple[object, int]:
    return wave.opens_at, wave.pk


def _asks_otherwise(id: str, side: _Side, than: _Side) -> bool:
    return id not in side.asked.questions or bool(why_not(side.asked, than.asked, id))


def _why_not(id: str, first: _Side, second: _Side, *, coded: bool) -> str:
    if says := why_not(first.asked, second.asked, id):
        return says
    return CODES if coded and _codes(id, first) != _codes(id, second) else ""


def _is_coded(id: str, side: _Side) -> bool:
    return not values_told(side.asked.questions[id])


def _codes(id: str, side: _Side) -> list[tuple[Any, ...]]:
    """What a question's codes are called and mean."""
    book = book_in_use(side.wave)
    return [(one.id, *one.means) for one in as_book(book).questions[id]] if book else []


def _why_left_out(id: str, sides: tuple[_Side, _Side]) -> str:
    return FEW if sides[0].who_answered(id) & sides[1].who_answered(id) else NOT_BOTH


def _by_question(tables: Iterable[Table]) -> dict[str, Table]:
    return {table.question: table for table in tables}
