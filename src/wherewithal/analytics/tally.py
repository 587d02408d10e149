"""A survey's replies added up: by question, group and answer, with every weight, once for all tables.

Each reply bears a number at random, its mark; the marks of a set added up tell it from other sets, so that
counts which are of the very same replies are known for one (``ties.py``).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import pyarrow as pa

from wherewithal.analytics.base import ALL
from wherewithal.analytics.replies import Replies

Group = tuple[str, str]
"""A dimension and one of its groups."""
EVERYBODY: Group = ("", ALL)
_EXACT_BITS = 53  # what the marks of all replies may come to together: a float holds such a whole number


@dataclass(frozen=True, slots=True)
class Sums:
    """How many replies, their weights together, the squares of their weights (each 1 without weights), and
    their marks together.
    """

    replies: int = 0
    weight: float = 0.0
    squares: float = 0.0
    mark: int = 0


NOBODY = Sums()


@dataclass(frozen=True)
class Counted:
    """``heard`` by question, group and status (``asked`` and ``cohort`` are several together), ``chosen`` by
    value; of everybody also ``senses`` by question, value and sense, and ``pairs`` by question and two values
    in the order of the alphabet.

    ``groups`` are those of each dimension that was counted, in the order of the alphabet.
    """

    groups: Mapping[str, tuple[str, ...]]
    heard: Mapping[tuple[str, Group, str], Sums]
    chosen: Mapping[tuple[str, Group, str], Sums]
    senses: Mapping[tuple[str, str, str], Sums]
    pairs: Mapping[tuple[str, str, str], Sums]


@dataclass(frozen=True)
class _Words:
    """A column of words as numbers (rows,), and the word of each number."""

    codes: "np.ndarray[Any, np.dtype[np.int64]]"
    words: list[str]


def tally(
    replies: Replies,
    dimensions: Sequence[str] = (),
    weights: Sequence[float] | None = None,
    paired: Collection[str] = (),
) -> Counted:
    """Everything that the tables need; ``paired`` the questions whose answers can bear two values that are
    counted together.
    """
    heard, chosen = replies.heard, replies.chosen
    adding = _Adding(replies, dimensions, weights)
    of, said, at = _words(chosen["question"]), _words(chosen["value"]), chosen["reply"].to_numpy()
    status = (_words(heard["question"]), _words(heard["status"]))
    return Counted(
        {name: tuple(sorted(set(replies.groups[name]))) for name in dimensions},
        _with_bases(adding.up(heard["reply"].to_numpy(), status)),
        {(id, group, word): one for (id, word), group, one in adding.up(at, (of, said))},
        _senses(replies, at, of, said, adding),
        _pairs(paired, at, of, said, adding),
    )


class _Adding:
    """What each reply brings along, and how it is added up for everybody and for every group."""

    def __init__(self, replies: Replies, dimensions: Sequence[str], weights: Sequence[float] | None) -> None:
        count = replies.count
        most = 2 ** (_EXACT_BITS - count.bit_length())
        self.mark = np.random.default_rng(count).integers(1, most, count).astype(np.float64)
        self.weight = None if weights is None else np.asarray(weights, np.float64)
        # A stratum is a group of every dimension: rows are added up by it, and then into the groups.
        of_reply = list(zip(*(replies.groups[name] for name in dimensions), strict=True)) or [()] * count
        strata = sorted(set(of_reply))
        number = {one: place for place, one in enumerate(strata)}
        self.stratum = np.array([number[one] for one in of_reply], np.int64)
        pairs = [list(zip(dimensions, one, strict=True)) for one in strata]
        self.groups = [EVERYBODY, *dict.fromkeys(pair for one in pairs for pair in one)]
        self.within = np.array([[group in (EVERYBODY, *one) for group in self.groups] for one in pairs])

    def up(self, at: Any, columns: Sequence[_Words]) -> Iterator[tuple[tuple[str, ...], Group, Sums]]:
        """Every combination of words that a group's rows have, with its sums; ``at``: each row's reply."""
        if not len(at):
            return
        strata, shape = len(self.within), [len(one.words) for one in columns]
        code = np.zeros(len(at), np.int64)
        for one, width in zip(columns, shape, strict=True):
            code = code * width + one.codes
        there, code = _places(code)
        code = code * strata + self.stratum[at]

        def together(each: Any) -> Any:
            rows = np.bincount(code, None if each is None else each[at], strata * len(there))
            return rows.reshape(-1, strata) @ self.within

        count = together(None)
        rows, groups = np.nonzero(count)
        weight, squares = (
            (count, count) if self.weight is None else map(together, (self.weight, self.weight**2))
        )
        marks = together(self.mark).astype(np.int64)
        sums = map(Sums, *(one[rows, groups].tolist() for one in (count, weight, squares, marks)))
        words = [
            [one.words[n] for n in place.tolist()]
            for one, place in zip(columns, np.unravel_index(there[rows], shape), strict=True)
        ]
        for names, group, found in zip(zip(*words, strict=True), groups.tolist(), sums, strict=True):
            yield names, self.groups[group], found


def _places(codes: Any) -> tuple[Any, Any]:
    """The numbers that occur, in their order, and for each of ``codes`` its place among them: of all words
    that could go together few do, for a question's values are of no other.
    """
    occurs = np.bincount(codes) > 0
    return np.flatnonzero(occurs), (np.cumsum(occurs) - 1)[codes]


def added(first: Sums, second: Sums) -> Sums:
    """Both together."""
    return Sums(
        first.replies + second.replies,
        first.weight + second.weight,
        first.squares + second.squares,
        first.mark + second.mark,
    )


def _with_bases(
    heard: Iterable[tuple[tuple[str, ...], Group, Sums]],
) -> dict[tuple[str, Group, str], Sums]:
    """The statuses, and those together of who was asked and of who took part."""
    found: dict[tuple[str, Group, str], Sums] = {}
    for (id, status), group, sums in heard:
        found[id, group, status] = sums
        for base in ("cohort",) if status == "not asked" else ("asked", "cohort"):
            key = (id, group, base)
            found[key] = added(found[key], sums) if key in found else sums
    return found


def _senses(
    replies: Replies, at: Any, of: _Words, said: _Words, adding: _Adding
) -> dict[tuple[str, str, str], Sums]:
    """Of the answers of which it is known: how many stated a value, how many implied it."""
    senses, asked = _words(replies.heard["sense"]), _words(replies.heard["question"])
    if not any(senses.words):
        return {}
    # Each answer's sense by its question and reply, to be looked up by what was chosen.
    place = {id: number for number, id in enumerate(asked.words)}
    of_answer = np.full((len(place), replies.count), -1, np.int64)
    of_answer[asked.codes, replies.heard["reply"].to_numpy()] = senses.codes
    mine = np.array([place[id] for id in of.words], np.int64)
    sense = of_answer[mine[of.codes], at]
    told = np.flatnonzero(np.array([*map(bool, senses.words), False])[sense])
    columns = [_Words(of.codes[told], of.words), _Words(said.codes[told], said.words)]
    found = adding.up(at[told], (*columns, _Words(sense[told], senses.words)))
    return {(id, value, word): sums for (id, value, word), group, sums in found if group == EVERYBODY}


def _pairs(
    paired: Collection[str], at: Any, of: _Words, said: _Words, adding: _Adding
) -> dict[tuple[str, str, str], Sums]:
    """How many replies gave both of two values."""
    found = {}
    for id in sorted(paired):
        rows = np.flatnonzero(of.codes == (of.words.index(id) if id in of.words else -1))
        gave = {said.words[code]: at[rows][said.codes[rows] == code] for code in np.unique(said.codes[rows])}
        for first, second in combinations(sorted(gave), 2):
            both = np.intersect1d(gave[first], gave[second])
            count = len(both)
            found[id, first, second] = Sums(count, count, count, int(adding.mark[both].sum()))
    return found


def _words(column: Any) -> _Words:
    """A column of words, by number."""
    if isinstance(column, pa.ChunkedArray):
        column = column.unify_dictionaries().combine_chunks()
    return _Words(column.indices.to_numpy().astype(np.int64), column.dictionary.to_pylist())
