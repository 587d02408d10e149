"""One made-up person as values: who they are, what they need, how their money is held, what befalls them.

Drawn from the seed and the person's number alone, so that nobody's life depends on how many others there are.
Shares (who has a small budget, who holds a direct payment, what goes wrong) come in turns and from a sequence
that spreads evenly, so that they hold for 50 people as well as for 5,000.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Literal, TypeVar

from wherewithal.core.period import Period
from wherewithal.core.questions import Answer
from wherewithal.policy.person import words
from wherewithal.simulate import names
from wherewithal.simulate.clock import moment, on_working_day
from wherewithal.simulate.household import Household, adult_facts, carer_facts, household

Becomes = Literal["supported", "signposted", "short_term", "not_eligible", "nhs", "nothing"]
Holds = Literal[
    "direct_payment", "mixed", "council_managed", "individual_service_fund", "commissioned", "in_house",
    "own_money",
]  # fmt: skip
T = TypeVar("T")

CARER_EVERY = 9
LATELY_EVERY, LATELY = 10, 7
# What becomes of people and how their money is held: one after another, by number. The lengths of the three
# lists share no factor with each other, so that everything meets everything. Half of those who ask come to
# have support for long: in truth it is fewer, but of the others there is little to show.
BECOMES: Sequence[Becomes] = (
    *2 * ("supported",), "signposted", "supported", "short_term", *2 * ("supported",), "nothing",
    "supported", "short_term", "supported", "not_eligible", "supported", "short_term", "signposted",
    *2 * ("supported",), "nhs", "supported", "short_term", "signposted", *2 * ("supported",), "short_term",
    "supported", "nothing", "supported", "short_term", "not_eligible", *2 * ("supported",), "short_term",
    "signposted",
)  # fmt: skip
HOLDS: Sequence[Holds] = (
    "council_managed", *2 * ("direct_payment",), "commissioned", "own_money", "direct_payment", "mixed",
    "council_managed", *2 * ("direct_payment",), "commissioned", "individual_service_fund", "council_managed",
    "direct_payment", "in_house", *2 * ("direct_payment",), "commissioned", "council_managed", "mixed",
    "direct_payment", "own_money", "commissioned", "direct_payment", "individual_service_fund",
    "council_managed",
)  # fmt: skip
# What befalls people, in the same way.
TWISTS = (
    "", "hospital", "", "saver", "sent_back", "odd_shop", "", "died", "idle", "", "cash", "panel", "new_plan",
    "", "paid_household", "refused", "moved", "", "returned", "looked_again", "", "nhs", "surplus",
    "emergency",
    "", "stopped", "", "declined_then_accepted", "namesake",
)  # fmt: skip
LANGUAGES = (
    ("English", 90), ("Polish", 3), ("Punjabi", 2), ("British Sign Language", 2), ("Urdu", 2), ("Welsh", 1),
)  # fmt: skip
FORMATS = (("standard", 74), ("large_print", 13), ("easy_read", 9), ("audio", 3), ("braille", 1))
REASONS = (
    ("Physical support: Personal care support", 36), ("Learning disability support", 19),
    ("Physical support: Access and mobility only", 14), ("Mental health support", 14),
    ("Support with memory and cognition", 9), ("Sensory support: Support for visual impairment", 4),
    ("Sensory support: Support for hearing impairment", 2),
    ("Social support: Support for social isolation or other reason", 2),
)  # fmt: skip
SENSORY = tuple(reason for reason, _ in REASONS if reason.startswith("Sensory"))
ROUTES = (("community", 60), ("hospital", 22), ("prevention", 9), ("transition", 7), ("prison", 2))
# Yearly budgets in pounds that needs are drawn towards: a fifth under £1,000, a quarter at £10,000 or more
# (the spread published for 2011). A plan costs a little more or less, so the edges are left out.
BUDGETS = ((0.20, 300, 880), (0.55, 1_150, 9_200), (0.25, 11_000, 21_000))
CARERS_BUDGETS = ((1.0, 230, 2_400),)


@dataclass(frozen=True)
class Persona:
    """``wanted_pence_per_year`` is the budget that the need is drawn towards; ``starts_at`` first contact.

    ``facts`` are answers to the questionnaires, by question, that follow from who they are. ``carer``: in
    their own right, for the person whose number is one less; ``has_carer``: the next number is theirs.
    ``representative`` is '' for somebody who acts for themselves. ``not_asked``: what of this nobody asks
    them.
    """

    number: int
    seed: int
    given: str
    family: str
    born_on: date
    sex: str
    ethnicity: str
    home: names.Home
    language: str
    format: str
    support_reason: str
    carer: bool
    has_carer: bool
    becomes: Becomes
    short_term_first: bool
    route: str
    holds: Holds
    twist: str
    wanted_pence_per_year: int
    household: Household
    facts: dict[str, Answer]
    has_capacity: bool
    representative: str
    not_asked: str
    starts_at: datetime

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"

    @property
    def kind(self) -> str:
        return "carer" if self.carer else "adult"

    @property
    def nhs_number(self) -> str:
        return names.nhs_number(1_000 * (self.seed % 200) + self.number)

    def rng(self, about: str) -> Random:
        """Chance that is this person's own, another one for each thing it is about."""
        return chance(self.seed, self.number, about)


def persona(number: int, seed: int, years: Period) -> Persona:
    """Person ``number`` (from 1) of the council of ``seed``, whose years (closed) these are."""
    rng = chance(seed, number, "who")
    given, family = names.name(rng)
    carer, has_carer = is_carer(number), is_carer(number + 1)
    living = household(rng, family)
    holds: Holds = "direct_payment" if carer else _in_turn(HOLDS, number)
    has_capacity = carer or rng.random() > 0.08
    return Persona(
        number=number,
        seed=seed,
        given=given,
        family=family,
        born_on=_born_on(rng, years, carer),
        sex=_weighted(rng, (("female", 56), ("male", 43), ("unknown", 1))),
        ethnicity=_ethnicity(rng),
        home=names.home(rng),
        language=_weighted(rng, LANGUAGES),
        format=_weighted(rng, FORMATS),
        support_reason="Social support: Support to unpaid carer" if carer else _reason(rng, number),
        carer=carer,
        has_carer=has_carer,
        becomes="supported" if carer else _in_turn(BECOMES, number),
        short_term_first=not carer and rng.random() < 0.22,
        route="full_cost" if holds == "own_money" else _weighted(rng, ROUTES),
        holds=holds,
        twist=_in_turn(TWISTS, number),
        wanted_pence_per_year=_wanted(_even(number), CARERS_BUDGETS if carer else BUDGETS),
        household=living,
        facts=carer_facts(rng, living) if carer else adult_facts(rng, living, has_carer),
        has_capacity=has_capacity,
        representative=" ".join(names.name(rng)) if not has_capacity or rng.random() < 0.1 else "",
        not_asked="" if carer else not_asked_of(number),
        starts_at=_starts_at(number, seed, years),
    )


def chance(seed: int, number: int, about: str) -> Random:
    return Random(f"{seed}/{number}/{about}")


def is_carer(number: int) -> bool:
    """A carer comes right after the person they care for."""
    return number % CARER_EVERY == 2


def _in_turn(row: Sequence[T], number: int) -> T:
    return row[number % len(row)]


def _even(number: int) -> float:
    """The ``number``-th point between 0 and 1 of a sequence that fills it evenly, by the golden ratio."""
    return (number * 0.6180339887498949) % 1


def not_asked_of(number: int) -> str:
    """What nobody asks of some who need help for a while only: a return that tells of them has a fault."""
    if _in_turn(BECOMES, number) != "short_term":
        return ""
    return {2: "born_on", 7: "support_reason"}.get(short_term_turn(number) % 8, "")


def short_term_turn(number: int) -> int:
    """How many before this number need help for a while only: each kind of it comes in its turn."""
    return sum(_in_turn(BECOMES, before) == "short_term" for before in range(number))


def _reason(rng: Random, number: int) -> str:
    """A quarter of those who need help for a while only need it for sight or hearing, so that a count without
    sensory services leaves somebody out.
    """
    drawn, turn = _weighted(rng, REASONS), short_term_turn(number)
    for_sensory = _in_turn(BECOMES, number) == "short_term" and turn % 4 == 1
    return _in_turn(SENSORY, turn // 4) if for_sensory else drawn


def _wanted(point: float, budgets: Sequence[tuple[float, int, int]]) -> int:
    """Pence a year: within each part of the spread, small budgets are commoner than large ones."""
    for share, least, most in budgets:
        if point < share:
            pence: int = round(100 * least * (most / least) ** (point / share))
            return pence
        point -= share
    return 100 * budgets[-1][2]


def _starts_at(number: int, seed: int, years: Period) -> datetime:
    """Of everybody, a quarter are known early and the others come evenly after that; every tenth comes in the
    last weeks, so that work is under way when the years end."""
    first = number - is_carer(number)  # a carer comes some weeks after whom they care for
    rng = chance(seed, first, "start")
    if first % LATELY_EVERY == LATELY:
        days = rng.randrange(max(0, years.days - 90), years.days - 5)
    elif rng.random() < 0.25:
        days = rng.randrange(0, years.days // 6)
    else:
        days = rng.randrange(years.days // 6, years.days - 60)
    waits = rng.randrange(10, 40) if first < number else 0
    day = on_working_day(years.first + timedelta(days=days + waits))
    return moment(day, rng.randrange(9, 16), rng.randrange(60))


def _born_on(rng: Random, years: Period, carer: bool) -> date:
    """Nobody under 22 when the years end, so that charging has rates for them from the start."""
    age = rng.choices((rng.randrange(22, 65), rng.randrange(65, 97)), (55, 45) if carer else (38, 62))[0]
    return years.first + timedelta(days=years.days - age * 365 - age // 4 - rng.randrange(365))


def _ethnicity(rng: Random) -> str:
    known = words("ethnicity").words
    usual = [one for one in known if one.startswith("White: English")] or list(known[:1])
    return rng.choice(usual) if rng.random() < 0.8 else rng.choice(known)


def _weighted(rng: Random, choices: Sequence[tuple[str, int]]) -> str:
    return rng.choices([choice for choice, _ in choices], [often for _, often in choices])[0]
