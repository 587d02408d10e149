"""How a national return is divided: so many rows to a council, in parts that one process makes in memory."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np

from wherewithal.core.refusal import Refusal
from wherewithal.policy.councils import ENGLAND, councils
from wherewithal.policy.series import Printed, series_table

YEAR = "2024-25"
PUBLISHED = "ascof-3d-2024-25"
ROWS_A_PART = 200_000

RELEASE_1 = 0.08
"""Share of councils that still send the words of release 1: our own guess."""
TWICE = 0.2
"""Share of councils whose submission of the quarter before is there too: our own guess."""


@dataclass(frozen=True)
class Part:
    """A council's share of the rows, or a piece of it; ``number`` counts the council's pieces from 0.

    ``direct`` and ``managed`` are shares of the people with long-term support at home; ``nhs`` is which of
    the NHS numbers kept for tests are this part's, first and one after the last.
    """

    code: str
    number: int
    rows: int
    seed: tuple[int, ...]
    direct: float
    managed: float
    release_1: bool
    twice: bool
    nhs: tuple[int, int]

    @property
    def dice(self) -> np.random.Generator:
        """The same for the same seed, council and piece, whichever process asks."""
        return np.random.default_rng(np.random.SeedSequence(self.seed))


def parts(how_many: int, events: int, seed: int) -> list[Part]:
    """The return of the first ``how_many`` councils by code, ``events`` rows in all.

    Councils differ in size and in how support is held as ASCOF 3D of 2024-25 was published; a council without
    a published figure is as small as the smallest and holds support as England does. Raises Refusal.
    """
    everywhere = councils(YEAR)
    if not 1 <= how_many <= len(everywhere):
        raise Refusal(f"There were {len(everywhere)} councils in {YEAR}. Ask for 1 to {len(everywhere)}.")
    if events < how_many or seed < 0:
        raise Refusal("Each council needs an event at least, and the seed is a number from 0.")
    codes = [council.code for council in everywhere[:how_many]]
    rows = _shared_out([_size(code) for code in codes], events)
    dice = np.random.default_rng(seed)
    release_1, twice = dice.random(how_many) < RELEASE_1, dice.random(how_many) < TWICE
    blocks = _blocks(rows, events)
    found = []
    for place, code in enumerate(codes):
        pieces = -(-rows[place] // ROWS_A_PART)
        cuts = [rows[place] * piece // pieces for piece in range(pieces + 1)]
        held = _held(code)
        for number, (first, last) in enumerate(pairwise(cuts)):
            nhs = _within(blocks[place], first / rows[place], last / rows[place])
            found.append(
                Part(
                    code, number, last - first, (seed, place, number), *held,
                    bool(release_1[place]), bool(twice[place]), nhs,
                )
            )  # fmt: skip
    return found


@cache
def kept_numbers() -> Any:
    """Every NHS number from 999 000 0000 to 999 999 9999, the range kept for tests, with a right check digit
    (NHS Data Dictionary, NHS NUMBER, modulus 11), in an order that looks like none.
    """
    stems = 999_000_000 + (np.arange(1_000_000, dtype=np.int64) * 610_007) % 1_000_000
    places = 10 ** np.arange(8, -1, -1, dtype=np.int64)
    digits = stems[:, None] // places % 10
    check = (11 - (digits * np.arange(10, 1, -1)).sum(axis=1) % 11) % 11
    return (stems * 10 + check)[check < 10]


def _published(code: str, series: str) -> dict[str, Printed]:
    of = next(point for point in series_table(PUBLISHED).of(series) if point.council == code)
    return {"denominator": of.denominator, "value": of.value}


def _size(code: str) -> int:
    printed = _published(code, "3d-2a")["denominator"].number
    return int(printed) if printed is not None else 78


def _held(code: str) -> tuple[float, float]:
    """The shares of direct payments and of budgets that the council manages."""
    direct, directed = (_published(code, series)["value"].number for series in ("3d-2a", "3d-1a"))
    if direct is None or directed is None:
        return _held(ENGLAND)
    return float(direct) / 100, float(directed - direct) / 100


def _shared_out(sizes: Sequence[int], events: int) -> list[int]:
    """Whole rows in proportion, one at least, ``events`` in all."""
    spare, everybody = events - len(sizes), sum(sizes)
    ends = [spare * so_far // everybody for so_far in np.cumsum([0, *sizes]).tolist()]
    return [1 + last - first for first, last in pairwise(ends)]


def _blocks(rows: Sequence[int], events: int) -> list[tuple[int, int]]:
    there_are = len(kept_numbers())
    ends = [there_are * so_far // events for so_far in np.cumsum([0, *rows]).tolist()]
    return list(pairwise(ends))


def _within(block: tuple[int, int], first: float, last: float) -> tuple[int, int]:
    many = block[1] - block[0]
    return block[0] + int(many * first), block[0] + int(many * last)
