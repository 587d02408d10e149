"""Columns of words, many of them alike: each different one is judged once, and rows are found by arrays."""

from collections.abc import Callable, Collection, Iterator
from datetime import date
from decimal import Decimal
from functools import cached_property

import numpy as np
import pyarrow as pa

from wherewithal.formats.cld.cells import BLANK, Cell, Said, parse, without_guard, written
from wherewithal.formats.cld.columns import NOTHING, Codes, Mask, Values
from wherewithal.formats.cld.fields import Field
from wherewithal.formats.cld.hashing import Hashes

_EPOCH = 719_163  # 1 January 1970, as Python numbers days
_MOST_WORDS = 300_000


class Words:
    """The different cells met so far, each judged once, by number: of a field, or of all fields that hold
    dates, amounts or numbers, since these are judged alike.
    """

    def __init__(self, field: Field, judge: Callable[[Field, str], Cell] = parse) -> None:
        self.field = field
        self._judge = judge
        self.cells: list[Cell] = []
        self.raw: list[str] = []
        self._numbers: dict[str, int] = {}
        self.empty, self.null, self.tells = (np.zeros(0, bool) for _ in range(3))
        self.values: Values = np.zeros(0, np.int64)
        self.hashes = np.zeros(0, np.uint64)

    @property
    def full(self) -> bool:
        return len(self.cells) > _MOST_WORDS

    def numbers(self, raw: list[str]) -> Codes:
        """The number of each of the words; those not met before are judged."""
        numbers = list(map(self._numbers.get, raw))
        if None in numbers:
            self._learn([word for word, number in zip(raw, numbers, strict=True) if number is None])
            numbers = list(map(self._numbers.get, raw))
        return np.array(numbers, np.int64)

    def among(self, words: Collection[object]) -> Mask:
        """Which of all the words have one of these as their value."""
        return np.fromiter((cell.value in words for cell in self.cells), bool, len(self.cells))

    def written(self, number: int) -> str:
        """A word as a file has it."""
        value = self.cells[number].value
        return written(without_guard(self.raw[number].strip()) if value is None else value)

    def _learn(self, fresh: list[str]) -> None:
        cells = [self._judge(self.field, word) for word in fresh]
        self._numbers.update(zip(fresh, range(len(self.cells), len(self.cells) + len(fresh)), strict=True))
        self.cells += cells
        self.raw += fresh
        self.empty = np.append(self.empty, [cell is BLANK for cell in cells])
        self.null = np.append(self.null, [cell.value is None for cell in cells])
        self.tells = np.append(self.tells, [cell.said is not None for cell in cells])
        self.values = np.append(self.values, np.array([_number(cell.value) for cell in cells], np.int64))
        ids = [0 if cell.value is None else hash(cell.value) % 2**64 for cell in cells]
        self.hashes = np.append(self.hashes, np.array(ids, np.uint64))


class WordColumn:
    """A column of words, dates or numbers, many of them alike."""

    def __init__(self, field: Field, words: Words, raw: pa.DictionaryArray) -> None:
        self.field = field
        self._words = words
        self._distinct = words.numbers(raw.dictionary.to_pylist())
        self._codes = raw.indices.to_numpy()
        self.numbers: Codes = self._distinct[self._codes]

    @cached_property
    def empty(self) -> Mask:
        return self._words.empty[self.numbers]

    @cached_property
    def null(self) -> Mask:
        return self._words.null[self.numbers]

    def array(self) -> pa.Array:
        values = pa.array([self._words.cells[number].value for number in self._distinct], self.field.type)
        return values.take(pa.array(self._codes))

    def written(self) -> list[str]:
        words = [self._words.written(number) for number in self._distinct]
        return list(map(words.__getitem__, self._codes))

    def hashes(self) -> Hashes:
        return self._words.hashes[self.numbers]

    def among(self, words: Collection[object]) -> Mask:
        """In which rows one of the words stands."""
        return self._words.among(words)[self.numbers]

    def value(self, place: int) -> object:
        """What stands in one row; None for nothing that can be used."""
        return self._words.cells[self.numbers[place]].value

    def tally(self) -> dict[str, int]:
        """How often each value stands here."""
        times = np.bincount(self.numbers, minlength=len(self._words.cells))
        cells = self._words.cells
        return {
            cells[number].value: int(times[number])
            for number in np.flatnonzero(times)
            if cells[number].value is not None
        }

    def values(self) -> Values:
        """Days since 1 January 1970, or hundredths; NOTHING where there is no date and no amount."""
        return self._words.values[self.numbers]

    def said(self) -> Iterator[tuple[Said, str, Codes]]:
        if not self._words.tells[self._distinct].any():
            return
        places = np.flatnonzero(self._words.tells[self.numbers])
        order = places[np.argsort(self.numbers[places], kind="stable")]
        for rows in np.split(order, np.flatnonzero(np.diff(self.numbers[order])) + 1):
            number = self.numbers[rows[0]]
            said = self._words.cells[number].said
            assert said is not None
            yield said, self._words.raw[number].strip(), rows


def _number(value: object) -> int:
    if isinstance(value, date):
        return value.toordinal() - _EPOCH
    return int(value * 100) if isinstance(value, Decimal) else NOTHING
