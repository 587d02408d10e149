"""Two coders' codings of the same answers beside each other, and the one set that they agree on.

``sources`` are always those that both have read to the end: a code that somebody has not come to yet is no
disagreement. Each set is one coder's; what it holds of other sources is left out.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from wherewithal.core.coding.agreement import Agreement
from wherewithal.core.coding.book import Codebook
from wherewithal.core.coding.passages import (
    CannotCode,
    Coding,
    Passage,
    Source,
    check_alone,
    code_passage,
)
from wherewithal.core.coding.versions import memos


@dataclass(frozen=True)
class Comparison:
    """By code, and all added up: a unit is then an answer (or a character) with one of its question's codes.

    Codes of one answer hang together, so the interval of ``together`` is narrower than it should be.
    """

    by_code: Mapping[str, Agreement]
    together: Agreement


class Apart(StrEnum):
    """How two coders differ on a code in an answer."""

    FIRST = "only the first coder used it"
    SECOND = "only the second coder used it"
    ELSEWHERE = "both used it, on other words"


@dataclass(frozen=True)
class Disagreement:
    """One to talk over: a code, an answer, and what each coder has there."""

    source: str
    code: str
    how: Apart
    first: tuple[Coding, ...]
    second: tuple[Coding, ...]


@dataclass(frozen=True)
class Resolved:
    """What stands after two coders talked, and the disagreements that nobody has decided yet."""

    codings: tuple[Coding, ...]
    open: tuple[Disagreement, ...]


def compare_answers(
    book: Codebook, sources: Sequence[Source], first: Iterable[Coding], second: Iterable[Coding]
) -> Comparison:
    """Agreement where a unit is an answer with a code of its question: it has the code, somewhere, or not."""
    counts = dict.fromkeys((code.id for code in book.codes), Agreement())
    for _, code, ours, theirs in _pairs(book, sources, first, second):
        counts[code] += Agreement(
            both=bool(ours and theirs), first=bool(ours and not theirs),
            second=bool(theirs and not ours), neither=not ours and not theirs,
        )  # fmt: skip
    return Comparison(counts, sum(counts.values(), Agreement()))


def compare_characters(
    book: Codebook, sources: Sequence[Source], first: Iterable[Coding], second: Iterable[Coding]
) -> Comparison:
    """Agreement where a unit is a character with a code of its question; without standard errors."""
    counts = dict.fromkeys((code.id for code in book.codes), Agreement(independent=False))
    for source, code, ours, theirs in _pairs(book, sources, first, second):
        one, other = _covered(ours), _covered(theirs)
        either = (one | other).bit_count()
        counts[code] += Agreement(
            both=(one & other).bit_count(), first=(one & ~other).bit_count(),
            second=(other & ~one).bit_count(), neither=len(source.text) - either,
        )  # fmt: skip
    return Comparison(counts, sum(counts.values(), Agreement(independent=False)))


def disagreements(
    book: Codebook, sources: Sequence[Source], first: Iterable[Coding], second: Iterable[Coding]
) -> tuple[Disagreement, ...]:
    """Every code of every answer on which the two differ, in the order of the sources and of the book."""
    return tuple(
        Disagreement(source.key, code, how, ours, theirs)
        for source, code, ours, theirs in _pairs(book, sources, first, second)
        if (how := _apart(ours, theirs)) is not None
    )


def resolve(
    book: Codebook,
    sources: Sequence[Source],
    first: Iterable[Coding],
    second: Iterable[Coding],
    decisions: Mapping[tuple[str, str], bool],
    *,
    by: str,
) -> Resolved:
    """The third set, under the name ``by``: what both have, and of the rest what was decided to stand.

    ``decisions`` by source and code, for codes that only one of them used. Passages of one code that touch
    become one. A code that was decided to stand beside one that excludes it is open again.
    """
    stand: dict[str, list[Coding]] = {}
    open: list[Disagreement] = []
    for source, code, ours, theirs in _pairs(book, sources, first, second):
        how = _apart(ours, theirs)
        stands: bool | None = bool(ours) and bool(theirs)
        if how in (Apart.FIRST, Apart.SECOND):
            stands = decisions.get((source.key, code))
            if stands is None:
                open.append(Disagreement(source.key, code, how, ours, theirs))
        if not stands:
            continue
        own = stand.setdefault(source.key, [])
        try:
            check_alone(book, code, {one.code for one in own})
        except CannotCode:
            open.append(Disagreement(source.key, code, how or Apart.ELSEWHERE, ours, theirs))
            continue
        for place, memo in _joined((*ours, *theirs)):
            own.append(code_passage(source, place, code, coder=by, book=book, among=own, memo=memo))
    return Resolved(tuple(chain.from_iterable(stand.values())), tuple(open))


_Pair = tuple[Source, str, tuple[Coding, ...], tuple[Coding, ...]]


def _pairs(
    book: Codebook, sources: Sequence[Source], first: Iterable[Coding], second: Iterable[Coding]
) -> Iterator[_Pair]:
    """Each source with each code of its question, and the codings that either set has there."""
    ours, theirs = _by_source(first), _by_source(second)
    for source in sources:
        one, other = ours.get(source.key, {}), theirs.get(source.key, {})
        for code in book.questions.get(source.question, ()):
            yield source, code.id, tuple(one.get(code.id, ())), tuple(other.get(code.id, ()))


def _by_source(codings: Iterable[Coding]) -> dict[str, dict[str, list[Coding]]]:
    """By source and code, those of each in order."""
    found: dict[str, dict[str, list[Coding]]] = {}
    for one in codings:
        found.setdefault(one.passage.source, {}).setdefault(one.code, []).append(one)
    for by_code in found.values():
        for same in by_code.values():
            same.sort()
    return found


def _covered(codings: Iterable[Coding]) -> int:
    """The characters that are covered, as the bits of a number."""
    bits = 0
    for one in codings:
        bits |= ((1 << one.passage.end - one.passage.start) - 1) << one.passage.start
    return bits


def _apart(ours: tuple[Coding, ...], theirs: tuple[Coding, ...]) -> Apart | None:
    if ours and not theirs:
        return Apart.FIRST
    if theirs and not ours:
        return Apart.SECOND
    return Apart.ELSEWHERE if ours and not _covered(ours) & _covered(theirs) else None


def _joined(codings: Iterable[Coding]) -> Iterator[tuple[Passage, str]]:
    """Passages with those that overlap or touch put together, each with its memos."""
    held: list[Coding] = []
    end = -1
    for one in sorted(codings):
        if held and one.passage.start > end:
            yield _one_of(held)
            held, end = [], -1
        held.append(one)
        end = max(end, one.passage.end)
    if held:
        yield _one_of(held)


def _one_of(held: Sequence[Coding]) -> tuple[Passage, str]:
    at = held[0].passage
    return Passage(at.source, at.start, max(one.passage.end for one in held)), memos(held)
