"""Who is in a part: people who do not exist, by what happens to them in the year, as numpy columns."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, auto

import numpy as np

from wherewithal.simulate.returns.columns import BLANK, Flags, Ints, code, codes, days, words
from wherewithal.simulate.returns.planning import Part

FIRST, LAST = days(date(2024, 4, 1)), days(date(2025, 3, 31))
EIGHTEEN, SIXTY_FIVE = days(date(2007, 3, 31)), days(date(1960, 3, 31))
"""Who was born on the day or before it was so old on the year's last day."""


class Way(IntEnum):
    """What brings somebody into the return."""

    ASKED = 0
    EQUIPMENT = auto()
    REABLEMENT = auto()
    SHORT_STAY = auto()
    NEW = auto()
    BEFORE = auto()
    ENDED = auto()
    RESIDENTIAL = auto()
    NURSING = auto()
    PRISON = auto()
    CARER_ASKED = auto()
    CARER_NEW = auto()
    CARER_BREAK = auto()
    CARER_BY_ASSOCIATION = auto()


WAYS = (0.20, 0.12, 0.12, 0.03, 0.10, 0.22, 0.05, 0.06, 0.03, 0.002, 0.02, 0.03, 0.01, 0.008)
"""How common each way is: our own, so that about a third of the people have long-term support at home."""
AT_HOME = (Way.NEW, Way.BEFORE, Way.ENDED)
LONG_TERM = (*AT_HOME, Way.RESIDENTIAL, Way.NURSING, Way.PRISON)

UNDER_65 = 0.42
UNDER_18 = 0.004
NO_BIRTH_DATE = 0.002
DIED = 0.05
"""Of people with long-term support, in the year; of them one in forty on its last day."""

MOSTLY = {
    "Ethnicity": "White: English, Welsh, Scottish, Northern Irish or British",
    "Employment_Status": "Not in paid employment: Not actively seeking work or retired",
    "Has_Unpaid_Carer": "No",
    "Autism_Spectrum_Disorder_ASD": "No",
    "Dementia": "No",
    "Visual_Impairment": "No visual impairment",
    "Hearing_Impairment": "No hearing impairment",
}
"""What three in four are, by field; the others are any of it."""


@dataclass(frozen=True)
class People:
    """``way`` is a Way; ``held`` says how support at home is held: 0 direct payment, 1 managed by the
    council, 2 commissioned; ``columns`` is what the return says of the person in each of their rows.
    """

    way: Ints
    held: Ints
    columns: dict[str, Ints]

    def __len__(self) -> int:
        return len(self.way)

    def went(self, *ways: Way) -> Flags:
        return np.isin(self.way, ways)


def draw(dice: np.random.Generator, part: Part, many: int) -> People:
    """So many people of the part's council."""
    chances = np.array(WAYS) / sum(WAYS)
    way = dice.choice(len(WAYS), many, p=chances).astype(np.int32)
    held = np.searchsorted([part.direct, part.direct + part.managed], dice.random(many), side="right")
    born = _born(dice, many)
    carer = way >= Way.CARER_ASKED
    columns = {
        "LA_Person_Unique_Identifier": np.arange(many, dtype=np.int32),
        "NHS_Number": _numbered(part, many),
        "GP_Practice_Code": dice.integers(0, 40, many, np.int32),
        "Gender": _word(dice, "Gender", many, (0.43, 0.56, 0.01)),
        "Date_of_Birth": born,
        "Date_of_Death": _died(dice, way),
        "Client_Type": _client_type(way, carer),
        "Primary_Support_Reason": _reason(dice, born, carer),
        "Postcode": dice.integers(0, 5_000, many, np.int32),
        "Accommodation_Status": _lives(dice, way),
        "Client_Funding_Status": _word(dice, "Client_Funding_Status", many, (0.04, 0.3, 0.62, 0.04)),
    }
    columns |= {name: _mostly(dice, name, many, word) for name, word in MOSTLY.items()}
    return People(way, held.astype(np.int32), columns)


def _born(dice: np.random.Generator, many: int) -> Ints:
    """Grown up in most cases: two in five of working age."""
    young = EIGHTEEN - dice.integers(0, EIGHTEEN - SIXTY_FIVE, many)
    old = SIXTY_FIVE - np.minimum(dice.gamma(4.0, 4.6 * 365.25, many), 45 * 365).astype(np.int64)
    born = np.where(dice.random(many) < UNDER_65, young, old)
    born = np.where(dice.random(many) < UNDER_18, EIGHTEEN + dice.integers(1, 600, many), born)
    return np.where(dice.random(many) < NO_BIRTH_DATE, BLANK, born).astype(np.int32)


def _died(dice: np.random.Generator, way: Ints) -> Ints:
    many = len(way)
    on = np.where(dice.random(many) < 1 / 40, LAST, dice.integers(FIRST, LAST + 1, many))
    dies = np.isin(way, LONG_TERM) & (dice.random(many) < DIED)
    return np.where(dies, on, BLANK).astype(np.int32)


def _numbered(part: Part, many: int) -> Ints:
    """The place of each person's NHS number among those kept for tests; blank when the part has no more.

    A hundredth of the part's numbers is held back for people who come by a second one.
    """
    first, after = part.nhs
    last = after - -(-(after - first) // 100)
    place = first + np.arange(many)
    return np.where(place < last, place, BLANK).astype(np.int32)


def _client_type(way: Ints, carer: Flags) -> Ints:
    """The first word of the list is for whoever draws on support."""
    by_association = code("Client_Type", "Unpaid carer known by association")
    found = np.where(carer, code("Client_Type", "Unpaid carer"), 0)
    return np.where(way == Way.CARER_BY_ASSOCIATION, by_association, found).astype(np.int32)


def _reason(dice: np.random.Generator, born: Ints, carer: Flags) -> Ints:
    said = codes(
        "Primary_Support_Reason",
        "Physical support: Personal care support", "Physical support: Access and mobility only",
        "Learning disability support", "Mental health support", "Support with memory and cognition",
        "Sensory support: Support for visual impairment", "Sensory support: Support for hearing impairment",
        "Social support: Support for social isolation or other reason",
    )  # fmt: skip
    many = len(born)
    young = dice.choice(said, many, p=(0.22, 0.08, 0.40, 0.20, 0.01, 0.03, 0.02, 0.04))
    old = dice.choice(said, many, p=(0.56, 0.14, 0.03, 0.05, 0.13, 0.04, 0.02, 0.03))
    found = np.where(born > SIXTY_FIVE, young, old)
    of_carers = code("Primary_Support_Reason", "Social support: Support to unpaid carer")
    return np.where(carer, of_carers, found).astype(np.int32)


def _lives(dice: np.random.Generator, way: Ints) -> Ints:
    field, many = "Accommodation_Status", len(way)
    found = dice.choice(
        codes(
            field, "Owner occupier or shared ownership scheme", "Tenant: Private landlord",
            "Tenant: Local authority or other social housing provider",
            "Settled mainstream housing with family or friends", "Unknown",
        ),
        many, p=(0.42, 0.12, 0.28, 0.14, 0.04),
    )  # fmt: skip
    for which, word in (
        (Way.RESIDENTIAL, "Registered care home"),
        (Way.NURSING, "Registered nursing home"),
        (Way.PRISON, "Prison, young offenders institution or detention centre"),
    ):
        found = np.where(way == which, code(field, word), found)
    return found.astype(np.int32)


def _word(dice: np.random.Generator, field: str, many: int, chances: tuple[float, ...]) -> Ints:
    """One of the field's words, in the order of its list; one in fifty blank."""
    found = dice.choice(len(words()[field].words), many, p=chances)
    return np.where(dice.random(many) < 0.02, BLANK, found).astype(np.int32)


def _mostly(dice: np.random.Generator, field: str, many: int, word: str) -> Ints:
    there_are = len(words()[field].words)
    chances = np.full(there_are, 0.25 / there_are)
    chances[code(field, word)] += 0.75
    return _word(dice, field, many, tuple(chances))
