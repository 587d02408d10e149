"""One council's private pack: its own answers beside the figures of its region, of its type and of all.

It holds the words of that council and of no other. There is one while the key to its reply exists.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from wherewithal.analytics.base import ALL
from wherewithal.analytics.own import beside
from wherewithal.analytics.replies import as_tables, who_answered
from wherewithal.analytics.share import Cell
from wherewithal.analytics.tabulate import Table
from wherewithal.core.questions import WRITING, Question, asked_by_section, shown, told_as
from wherewithal.core.survey import DIMENSIONS
from wherewithal.extract.survey import counted, replies_of, survey_of, tables_from
from wherewithal.records.models import Invitation, ReplyKey

EVERYBODY = "all"


@dataclass(frozen=True)
class Line:
    """One answer that could be given (or a code), whether the council gave it, and its cells by group."""

    label: str
    own: bool
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class Answered:
    """One question that the council was asked; ``own`` is its answer in words, '' for none.

    ``groups`` are whose figures stand (``all``, region, type), ``left_out`` whose do not.
    ``coded``: the lines are codes that its words, and others', were given.
    """

    question: Question
    own: str
    lines: tuple[Line, ...]
    groups: tuple[str, ...]
    left_out: tuple[str, ...]
    coded: bool


@dataclass(frozen=True)
class OwnPack:
    """All of one council's pack. ``late``: its answers came after the close and are in no figure."""

    name: str
    region: str
    type: str
    late: bool
    sections: tuple[tuple[str, tuple[Answered, ...]], ...]
    rule: str
    replies: int


def own_pack(invitation: Invitation) -> OwnPack | None:
    """What the council's pack shows; None where no key leads to its reply. Raises BadReplies."""
    key = ReplyKey.objects.select_related("reply__wave").filter(invitation=invitation).first()
    return _Packing(key, invitation).made if key else None


class _Packing:
    def __init__(self, key: ReplyKey, invitation: Invitation) -> None:
        self.reply, self.invitation, self.wave = key.reply, invitation, key.reply.wave
        self.rule = survey_of(self.wave).rule
        self.number = str(self.reply.pk)
        self.place = {name: str(getattr(self.reply, name)) for name in DIMENSIONS}
        self.counted = counted(self.wave)
        self.asked = self.counted.made.questionnaire
        self.replies = dict(zip(replies_of(self.wave), self.counted.coded.replies, strict=True))
        self.whole = tables_from(self.counted)

    @property
    def made(self) -> OwnPack:
        parts = asked_by_section(self.asked, self.reply.answers)
        sections = tuple(
            (section.title, tuple(self._answered(one) for one in questions if one.takes_answer))
            for section, questions in parts
        )
        return OwnPack(
            self.invitation.name, self.place["region"], self.place["type"], self.reply.late,
            tuple((title, found) for title, found in sections if found), self.whole.rule, self.whole.replies,
        )  # fmt: skip

    @cached_property
    def tables(self) -> dict[str, dict[str, Table]]:
        """By group and question; a group is not there where the wave does not say it."""
        told = any(reply.groups for reply in self.replies.values())
        by = {name: tables_from(self.counted, name).tables for name in DIMENSIONS if told}
        found = {EVERYBODY: self.whole.tables, **by}
        return {name: {one.question: one for one in tables} for name, tables in found.items()}

    @cached_property
    def who(self) -> dict[str, frozenset[str]]:
        return who_answered(list(self.replies), as_tables(self.asked, list(self.replies.values())))

    def _answered(self, question: Question) -> Answered:
        answer = self.reply.answers.get(question.id)
        table = self.tables[EVERYBODY].get(question.id)
        own = shown(question, answer)
        if table is None:
            return Answered(question, own, (), (), (), False)
        coded = question.kind in WRITING
        mine = self._codes(question.id) if coded else told_as(question, answer)
        groups = self._groups(question.id)
        standing = beside(self.number, groups, self.rule)
        lines = []
        for place, row in enumerate(table.rows):
            cells = {name: self._row(name, question.id, place) for name in standing}
            lines.append(Line(row.label, row.value in mine, cells))
        left_out = tuple(name for name in groups if name not in standing)
        return Answered(question, own, tuple(lines), standing, left_out, coded)

    def _codes(self, question: str) -> Sequence[str]:
        """What its words were given; a late reply is not coded."""
        reply = self.replies.get(self.number)
        return (reply.codes or {}).get(question, ()) if reply else ()

    def _groups(self, question: str) -> dict[str, frozenset[str]]:
        """Who answered a question: all, and those of the council's region and type where there is a table by
        it; nobody of a group that it does not show.
        """
        answered = self.who.get(question, frozenset())
        found = {EVERYBODY: answered}
        for name, place in self.place.items():
            if (table := self.tables.get(name, {}).get(question)) is not None:
                of = {one for one in answered if (self.replies[one].groups or {}).get(name) == place}
                found[name] = frozenset(of) if _is_told(table, place) else frozenset()
        return found

    def _row(self, name: str, question: str, place: int) -> Cell:
        group = ALL if name == EVERYBODY else self.place[name]
        return self.tables[name][question].rows[place].cells[group]


def _is_told(table: Table, group: str) -> bool:
    """Does a table show anything of a group?"""
    return group in table.groups and any(row.cells[group].figure.status != "c" for row in table.rows)
