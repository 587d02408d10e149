"""Two coders of one question beside each other, read from the record; and the one set that stands."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from wherewithal.core.coding import (
    Codebook,
    Coding,
    Comparison,
    Disagreement,
    Resolved,
    Source,
    compare_answers,
    compare_characters,
    disagreements,
    resolve,
)
from wherewithal.records.coding import COLUMNS, as_source, coding_of, key_of
from wherewithal.records.models import Coded, ReadThrough, Settled, User, Wave

BOTH = "both"  # under whose name stands what two coders settled on


@dataclass(frozen=True)
class Held:
    """All that was coded in a wave, each table of it read once and when it is asked for."""

    wave: Wave

    @cached_property
    def _answers(self) -> list[tuple[Any, dict[str, Any]]]:
        rows = self.wave.replies.filter(late=False).order_by("id")
        return list(rows.values_list("id", "answers"))

    @cached_property
    def _sources(self) -> dict[str, list[Source]]:
        return {}

    def sources(self, question: str) -> list[Source]:
        """Every answer in words to a question, in the order of the replies' random numbers."""
        if question not in self._sources:
            found = (as_source(reply, question, answers.get(question)) for reply, answers in self._answers)
            self._sources[question] = [one for one in found if one is not None]
        return self._sources[question]

    @cached_property
    def read(self) -> dict[str, dict[int, frozenset[str]]]:
        """By question and coder, the keys of the answers that they read to the end."""
        found: dict[str, dict[int, set[str]]] = {}
        rows = ReadThrough.objects.filter(reply__wave=self.wave)
        for reply, question, coder in rows.values_list("reply", "question", "coder"):
            found.setdefault(question, {}).setdefault(coder, set()).add(key_of(reply, question))
        return {
            question: {coder: frozenset(keys) for coder, keys in of.items()} for question, of in found.items()
        }

    @cached_property
    def readers(self) -> dict[str, list[User]]:
        """By question, who has read any answer to its end, who read most first."""
        users = User.objects.in_bulk({coder for of in self.read.values() for coder in of})
        return {
            question: [users[coder] for coder in sorted(of, key=lambda one: (-len(of[one]), one))]
            for question, of in self.read.items()
        }

    @cached_property
    def codings(self) -> dict[tuple[str, int], list[Coding]]:
        """By question and coder, but what waits to be looked at again."""
        found: dict[tuple[str, int], list[Coding]] = {}
        rows = Coded.objects.filter(reply__wave=self.wave, again="").order_by("pk")
        for reply, question, start, end, code, coder, memo in rows.values_list(*COLUMNS):
            one = coding_of(reply, question, start, end, code, coder, memo)
            found.setdefault((question, coder), []).append(one)
        return found

    @cached_property
    def settled(self) -> dict[str, dict[tuple[str, str], Settled]]:
        """By question, what was settled, by source and code."""
        found: dict[str, dict[tuple[str, str], Settled]] = {}
        for row in Settled.objects.filter(reply__wave=self.wave).select_related("by"):
            found.setdefault(row.question, {})[key_of(row.reply_id, row.question), row.code] = row
        return found


@dataclass(frozen=True)
class TwoCoders:
    """``coders`` on one question, over the answers that both have read to the end."""

    held: Held
    question: str
    book: Codebook
    coders: tuple[User, User]

    @property
    def wave(self) -> Wave:
        return self.held.wave

    @property
    def all_sources(self) -> list[Source]:
        return self.held.sources(self.question)

    @cached_property
    def sources(self) -> list[Source]:
        read = self.held.read.get(self.question, {})
        both = frozenset.intersection(*(read.get(one.pk, frozenset()) for one in self.coders))
        return [one for one in self.all_sources if one.key in both]

    @cached_property
    def sets(self) -> tuple[list[Coding], list[Coding]]:
        """Each coder's codings, but what waits to be looked at again."""
        first, second = (self.held.codings.get((self.question, one.pk), []) for one in self.coders)
        return first, second

    @cached_property
    def by_answer(self) -> Comparison:
        return compare_answers(self.book, self.sources, *self.sets)

    @cached_property
    def by_character(self) -> Comparison:
        return compare_characters(self.book, self.sources, *self.sets)

    @cached_property
    def differ(self) -> tuple[Disagreement, ...]:
        return disagreements(self.book, self.sources, *self.sets)

    @property
    def settled(self) -> dict[tuple[str, str], Settled]:
        """What was settled, by source and code."""
        return self.held.settled.get(self.question, {})

    @cached_property
    def resolved(self) -> Resolved:
        decisions = {key: row.stands for key, row in self.settled.items()}
        return resolve(self.book, self.sources, *self.sets, decisions, by=BOTH)


def pair(held: Held, question: str, book: Codebook, chosen: list[User]) -> TwoCoders | None:
    """The first two of ``chosen``, always in one order; None where there are not two."""
    two = list(dict.fromkeys(chosen))[:2]
    if len(two) < 2:
        return None
    first, second = sorted(two, key=lambda one: one.pk)
    return TwoCoders(held, question, book, (first, second))


@dataclass(frozen=True)
class Stand:
    """What stands of a question's codings: ``codings`` of the answers ``read``; ``why_not`` it cannot be
    counted yet, in words ('' where it can); ``open`` is what two coders have not settled.
    """

    codings: tuple[Coding, ...]
    read: frozenset[str]
    why_not: str
    open: tuple[Disagreement, ...] = ()


def stand(held: Held, question: str, book: Codebook) -> Stand:
    """One coder's codings where one has read, what two settled on where two have."""
    coders = held.readers.get(question, [])
    if not coders:
        return Stand((), frozenset(), "Nobody has coded it yet.")
    if (two := pair(held, question, book, coders)) is not None:
        return _of_two(two)
    [one] = coders
    found, keys = held.sources(question), held.read[question][one.pk]
    left = sum(source.key not in keys for source in found)
    why = f"{one} has {left} of {len(found)} answers to read." if left else ""
    return Stand(tuple(held.codings.get((question, one.pk), ())), keys, why)


def _of_two(two: TwoCoders) -> Stand:
    read = frozenset(one.key for one in two.sources)
    left = len(two.all_sources) - len(read)
    open = two.resolved.open
    if left:
        why = f"{left} of {len(two.all_sources)} answers were not read to the end by two coders."
    else:
        waits = "1 disagreement waits" if len(open) == 1 else f"{len(open)} disagreements wait"
        why = f"{waits} to be settled." if open else ""
    return Stand(two.resolved.codings, read, why, open)
