"""Two coders of one question beside each other, read from the record; and the one set that stands."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

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
from wherewithal.records.coding import as_coding, key_of, sources
from wherewithal.records.models import Coded, ReadThrough, Settled, User, Wave

BOTH = "both"  # under whose name stands what two coders settled on


@dataclass(frozen=True)
class TwoCoders:
    """``coders`` on one question, over the answers that both have read to the end."""

    wave: Wave
    question: str
    book: Codebook
    coders: tuple[User, User]

    @cached_property
    def all_sources(self) -> list[Source]:
        return sources(self.wave, self.question)

    @cached_property
    def sources(self) -> list[Source]:
        rows = ReadThrough.objects.filter(
            reply__wave=self.wave, question=self.question, coder__in=self.coders
        )
        times = Counter(key_of(reply, self.question) for reply in rows.values_list("reply", flat=True))
        return [one for one in self.all_sources if times[one.key] == len(self.coders)]

    @cached_property
    def sets(self) -> tuple[list[Coding], list[Coding]]:
        """Each coder's codings, but what waits to be looked at again."""
        rows = Coded.objects.filter(
            reply__wave=self.wave, question=self.question, again="", coder__in=self.coders
        )
        found = [as_coding(row) for row in rows]
        first, second = (str(coder.pk) for coder in self.coders)
        return [c for c in found if c.coder == first], [c for c in found if c.coder == second]

    @cached_property
    def by_answer(self) -> Comparison:
        return compare_answers(self.book, self.sources, *self.sets)

    @cached_property
    def by_character(self) -> Comparison:
        return compare_characters(self.book, self.sources, *self.sets)

    @cached_property
    def differ(self) -> tuple[Disagreement, ...]:
        return disagreements(self.book, self.sources, *self.sets)

    @cached_property
    def settled(self) -> dict[tuple[str, str], Settled]:
        """What was settled, by source and code."""
        rows = Settled.objects.filter(reply__wave=self.wave, question=self.question).select_related("by")
        return {(key_of(row.reply_id, row.question), row.code): row for row in rows}

    @cached_property
    def resolved(self) -> Resolved:
        decisions = {key: row.stands for key, row in self.settled.items()}
        return resolve(self.book, self.sources, *self.sets, decisions, by=BOTH)


def readers(wave: Wave) -> dict[str, list[User]]:
    """By question, who has read any answer to its end, who read most first. One query."""
    read = ReadThrough.objects.filter(reply__wave=wave).select_related("coder")
    counts: dict[str, Counter[User]] = {}
    for row in read:
        counts.setdefault(row.question, Counter())[row.coder] += 1
    return {
        question: [coder for coder, _ in sorted(of.items(), key=lambda one: (-one[1], one[0].pk))]
        for question, of in counts.items()
    }


def pair(wave: Wave, question: str, book: Codebook, chosen: list[User]) -> TwoCoders | None:
    """The first two of ``chosen``, always in one order; None where there are not two."""
    two = list(dict.fromkeys(chosen))[:2]
    if len(two) < 2:
        return None
    first, second = sorted(two, key=lambda one: one.pk)
    return TwoCoders(wave, question, book, (first, second))


@dataclass(frozen=True)
class Stand:
    """What stands of a question's codings: ``codings`` of the answers ``read``; ``why_not`` it cannot be
    counted yet, in words ('' where it can); ``open`` is what two coders have not settled.
    """

    codings: tuple[Coding, ...]
    read: frozenset[str]
    why_not: str
    open: tuple[Disagreement, ...] = ()


def stand(wave: Wave, question: str, book: Codebook, coders: list[User]) -> Stand:
    """One coder's codings where one has read, what two settled on where two have; ``coders`` as above."""
    if not coders:
        return Stand((), frozenset(), "Nobody has coded it yet.")
    if (two := pair(wave, question, book, coders)) is not None:
        return _of_two(two)
    [one] = coders
    found = sources(wave, question)
    rows = Coded.objects.filter(reply__wave=wave, question=question, coder=one, again="")
    read = ReadThrough.objects.filter(reply__wave=wave, question=question, coder=one)
    keys = frozenset(key_of(reply, question) for reply in read.values_list("reply", flat=True))
    left = sum(source.key not in keys for source in found)
    why = f"{one} has {left} of {len(found)} answers to read." if left else ""
    return Stand(tuple(as_coding(row) for row in rows), keys, why)


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
