"""Who and where: names that are plainly invented, and numbers that nobody has.

* Names are words (``names.toml``). No list of real people was used.
* NHS numbers are 999 000 0000 to 999 999 9999, which are kept for tests and never given to anybody.
* Telephone numbers are those that Ofcom keeps for drama: 01632 960000 to 960999, 07700 900000 to 900999.
* Postcodes have the shape of one, in an area that is not assigned to any place: ``ZZ1 1AA``.
* Email addresses end in example.org, which RFC 2606 keeps for examples.
"""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from random import Random

_LISTS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
GIVEN: Sequence[str] = _LISTS["given"]
FAMILY: Sequence[str] = _LISTS["family"]
STREETS: Sequence[str] = _LISTS["streets"]


@dataclass(frozen=True)
class Place:
    """A made-up place of Exampleshire. ``sparse``: support has far to travel to it."""

    name: str
    district: str
    team: str
    sparse: bool = False


PLACES = (
    Place("Exampleton", "ZZ1", "North"),
    Place("Madeupton", "ZZ2", "North"),
    Place("Sampleborough", "ZZ3", "South"),
    Place("Placeholder-on-Sea", "ZZ4", "South"),
    Place("Little Notional", "ZZ5", "North", sparse=True),
    Place("Much Imagined", "ZZ6", "South", sparse=True),
)
_WEIGHTS = (30, 22, 24, 14, 5, 5)


@dataclass(frozen=True)
class Home:
    """Where somebody lives: ``address`` in lines, ``postcode`` of no real place."""

    address: str
    postcode: str
    place: Place


def name(rng: Random) -> tuple[str, str]:
    """A given and a family name."""
    return rng.choice(GIVEN), rng.choice(FAMILY)


def home(rng: Random) -> Home:
    place = rng.choices(PLACES, _WEIGHTS)[0]
    street = rng.choice(STREETS)
    inward = f"{rng.randrange(1, 10)}{rng.choice('ABDEFGHJLN')}{rng.choice('PQRSTUWXYZ')}"
    return Home(f"{rng.randrange(1, 120)} {street}\n{place.name}", f"{place.district} {inward}", place)


def telephone(rng: Random) -> str:
    """A number kept for drama, of a landline or a mobile."""
    start = rng.choice(("01632 960", "07700 900"))
    return f"{start}{rng.randrange(1000):03d}"


def email(given: str, family: str, number: int) -> str:
    return f"{given}.{family}.{number}@example.org".lower()


def nhs_number(number: int) -> str:
    """Ten digits of the range kept for tests, with their check digit; another for each ``number`` from 0
    to 249,999.

    Each number has four nine-digit stems of its own, and of four stems in a row one at least has a check
    digit (NHS Data Dictionary, NHS NUMBER, modulus 11: no number where the check comes to 10).
    """
    block = number * 61_007 % 250_000  # the two share no factor, so that no two numbers share a block
    return next(found for stem in _stems(block) if (found := _with_check_digit(f"999{stem:06d}")))


def _stems(block: int) -> Iterator[int]:
    return (4 * block + step for step in count())


def _with_check_digit(stem: str) -> str:
    check = -sum(int(digit) * weight for digit, weight in zip(stem, range(10, 1, -1), strict=True)) % 11
    return "" if check == 10 else f"{stem}{check}"
