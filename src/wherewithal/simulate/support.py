"""What a made-up plan buys: outcomes in the person's words, lines that cost near the budget, and its risks.

Prices are made up, near what such things cost; suppliers are invented.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from random import Random

from wherewithal.core.costing import A_WEEK
from wherewithal.core.money import half_up
from wherewithal.simulate import names
from wherewithal.simulate.persona import Holds

COUNCIL = "Exampleshire County Council"


@dataclass(frozen=True)
class Support:
    """Something to buy. ``steps`` is the least of it, in units; a price of 0 is whatever the share allows.

    ``merchant_code`` is what a card line says of the supplier; '' where a person is paid. ``serves``: the
    outcomes (codes of ``OUTCOMES``) towards which it may be bought; none for what only keeps the rest going.
    """

    what: str
    kind: str
    unit: str
    pence_per_unit: int
    how_often: str
    suppliers: tuple[str, ...]
    merchant_code: str = ""
    steps: Decimal = Decimal("1")
    serves: tuple[str, ...] = ()


@dataclass(frozen=True)
class Draft:
    """A line of a plan before it is written: ``held`` as the plan has it, units of what, at which price."""

    support: Support
    supplier: str
    units: Decimal
    pence_per_unit: int
    held: str

    @property
    def pence_per_week(self) -> int:
        each = Fraction(self.units) * self.pence_per_unit
        return half_up(each * A_WEEK[self.support.how_often])  # type: ignore[index]  # a code of core/costing


@dataclass(frozen=True)
class Goal:
    """An outcome of a plan: the person's words, the unmet outcomes that it serves, what is bought for it."""

    words: str
    serves: list[str]
    bought: list[Draft]


QUARTER = Decimal("0.25")
ASSISTANT = Support(
    "A personal assistant of my choice", "personal_assistant", "hour", 1_480, "weekly", (), "", QUARTER,
    tuple("abcdefghij"),
)  # fmt: skip
HOME_CARE = Support(
    "Help at home in the morning and evening", "home_care", "hour", 2_260, "weekly",
    ("Kindly Invented Care", "Made-Up Home Help", "Placeholder Care Partners", "Teapot Home Support"),
    "8099", QUARTER, tuple("abcdef"),
)  # fmt: skip
SUPPORTED = Support(
    "Support in my own flat, day and night", "supported_living", "hour", 2_090, "weekly",
    ("Fictional Housing Trust", "Thistledown Supported Homes"), "8399", QUARTER, tuple("abcdefg"),
)  # fmt: skip
DAY_CENTRE = Support(
    "Days at the resource centre", "day_activity", "day", 4_650, "weekly", (COUNCIL,), "8399", Decimal("0.5"),
    ("a", "g", "h"),
)  # fmt: skip
WHOLE = Decimal("1")
SIDE: Sequence[Support] = (
    Support("The allotment", "day_activity", "session", 2_400, "weekly", ("The Pretend Allotment",), "7997",
            WHOLE, ("g", "h")),
    Support("Taxi to the club and back", "transport", "item", 950, "weekly", ("Imaginary Cabs",), "4121",
            WHOLE, ("g", "i")),
    Support("Cleaning and letters", "domestic_help", "hour", 1_620, "weekly", ("Biscuit Court Cleaners",),
            "7349", QUARTER, ("f",)),
    Support("Swimming and gym", "membership", "month", 0, "monthly", ("Storybook Leisure Centre",), "7997",
            WHOLE, ("g", "i")),
    Support("A cookery course", "learning", "session", 1_850, "weekly", ("Example College",), "8299",
            WHOLE, ("a", "h")),
    Support("Nights away, so we both rest", "respite", "night", 9_500, "yearly", ("Lighthouse Breaks",),
            "7011", WHOLE, ("c", "g")),
    Support("A phone that finds home", "technology", "month", 0, "monthly", ("Whatsit Technology",), "4814",
            WHOLE, ("e", "i")),
)  # fmt: skip
PAYROLL = Support("Somebody to work out the wages", "managing", "month", 1_450, "monthly",
                  ("Paper Payroll Service",), "8931")  # fmt: skip
CARERS: Sequence[Support] = (
    Support("A weekly break", "respite", "hour", 1_620, "weekly", ("Hedgerow Sitting Service",), "8399",
            QUARTER, ("eating", "home", "relationships", "work", "places", "leisure", "child", "others")),
    Support("Swimming and gym", "membership", "month", 0, "monthly", ("Storybook Leisure Centre",), "7997",
            WHOLE, ("relationships", "places", "leisure")),
    Support("A pottery class", "learning", "month", 0, "monthly", ("Example College",), "8299",
            WHOLE, ("relationships", "places", "leisure")),
)  # fmt: skip
MAIN: dict[str, Sequence[Support]] = {
    "direct_payment": (ASSISTANT, ASSISTANT, HOME_CARE),
    "mixed": (ASSISTANT,),
    "council_managed": (HOME_CARE,),
    "individual_service_fund": (SUPPORTED, HOME_CARE),
    "commissioned": (HOME_CARE, SUPPORTED),
    "in_house": (DAY_CENTRE,),
    "own_money": (HOME_CARE, ASSISTANT),
}

OUTCOMES: dict[str, Sequence[str]] = {
    "a": ("I eat a hot meal each day", "I cook for myself again, with somebody beside me"),
    "b": ("I am clean and feel like myself",),
    "c": ("I am comfortable day and night",),
    "d": ("I choose what I wear and am dressed by nine",),
    "e": ("I am safe at home and not afraid of falling",),
    "f": ("My home is clean, warm and in order",),
    "g": ("I see my friends every week", "I have somebody to talk to"),
    "h": ("I learn something new", "I am useful to others again"),
    "i": ("I get to the shops and the library when I like",),
    "j": ("I look after my children and we do things together",),
    "eating": ("I cook and eat well myself",),
    "home": ("I keep up with my own home",),
    "relationships": ("I see my friends again",),
    "work": ("I go back to work two days a week",),
    "places": ("I get out of the house by myself",),
    "leisure": ("I have one afternoon a week that is mine",),
    "child": ("I have time for my children",),
    "others": ("I can look after my mother as well",),
}
ANY_OUTCOME = "I go on living the way I want to"

# kind, what, likelihood, impact, mitigation of the council's library, both scored again
RISKS = (
    ("customer", "Falls when nobody is there", 4, 3, "alarm", 2, 3),
    ("customer", "The morning visit does not come and no breakfast is eaten", 3, 3, "call_by_noon", 2, 2),
    ("customer", "Tablets are mixed up", 3, 4, "medicine_box", 2, 3),
    ("operational", "The personal assistant is ill and there is no one else", 3, 4, "second_worker", 2, 3),
    ("operational", "The money is mixed with other money", 3, 2, "separate_account", 1, 2),
    ("customer", "Gets lost on the way home", 3, 4, "practice_journey", 2, 3),
    ("reputational", "A stranger is employed without checks", 2, 4, "criminal_record_check", 1, 4),
)
PANEL_RISK = (
    "customer",
    "Goes out alone at night, having been found far from home twice",
    5,
    5,
    "practice_journey",
    4,
    4,
)


def drafts(
    rng: Random, holds: Holds, pence_per_week: int, codes: Sequence[str], *, carer: bool = False
) -> list[Draft]:
    """Lines that cost ``pence_per_week``, give or take a few percent: one if it is small, else up to 5.

    ``codes``: the unmet outcomes, towards which they are bought. The main line comes first.
    """
    rest = half_up(Fraction(pence_per_week * rng.randint(95, 104), 100))
    if carer or rest < 2_600:
        return [_priced(rng, _small(rng, codes, carer, rest), rest, _held(holds, 0))]
    made: list[Draft] = []
    main = rng.choice(MAIN[holds])
    if main is ASSISTANT and rest > 9_000:
        made.append(_priced(rng, PAYROLL, PAYROLL.pence_per_unit * 12 // 52, _held(holds, 1)))
    among = _serving(codes, SIDE)
    wanted = 0 if holds == "in_house" else 1 if rest < 12_000 else 2
    for side in rng.sample(among, k=min(len(among), wanted)):
        made.append(_priced(rng, side, rest * rng.randint(8, 16) // 100, _held(holds, len(made) + 1)))
    if holds == "mixed":
        made.append(_priced(rng, HOME_CARE, rest // 3, "council_managed"))
    left = rest - sum(draft.pence_per_week for draft in made)
    return [_priced(rng, main, left, _held(holds, 0)), *made]


def goals(rng: Random, codes: Sequence[str], bought: Sequence[Draft]) -> list[Goal]:
    """Outcomes of those that are unmet, each with what is bought towards it; what serves none of them goes
    with the first, as payroll goes with the assistant. A need that no other outcome names is named by one
    whose support serves it too.
    """
    found: dict[str, list[Draft]] = {}
    for draft in bought:
        fit = [code for code in codes if code in OUTCOMES and code in draft.support.serves]
        new = [code for code in fit if code not in found]
        code = rng.choice(new or fit) if fit else next(iter(found), "")
        found.setdefault(code, []).append(draft)
    goals = []
    named = set(found)
    for code, lines in found.items():
        more = [
            other for other in codes if other in OUTCOMES and other not in named and _serves(lines, other)
        ]
        serves = [one for one in (code, *more[:1]) if one]
        named.update(serves)
        words = [rng.choice(OUTCOMES[one]) for one in serves] or [ANY_OUTCOME]
        goals.append(Goal(". ".join(words), serves, lines))
    return goals


def _serves(bought: Sequence[Draft], code: str) -> bool:
    return any(code in draft.support.serves for draft in bought)


def _serving(codes: Sequence[str], among: Sequence[Support]) -> list[Support]:
    return [one for one in among if set(one.serves) & set(codes)]


def _small(rng: Random, codes: Sequence[str], carer: bool, pence_per_week: int) -> Support:
    """One thing that the money pays for, towards an unmet outcome where there is such a thing."""
    paid_for = [
        one for one in (CARERS if carer else SIDE) if not one.pence_per_unit or _least(one) <= pence_per_week
    ]
    return rng.choice(_serving(codes, paid_for) or paid_for)


def _least(support: Support) -> Fraction:
    return Fraction(support.steps) * support.pence_per_unit * A_WEEK[support.how_often]  # type: ignore[index]


def _priced(rng: Random, support: Support, pence_per_week: int, held: str) -> Draft:
    """So many whole steps of it as come nearest to the share; without a price, the price is the share's."""
    supplier = rng.choice(support.suppliers) if support.suppliers else " ".join(names.name(rng))
    if not support.pence_per_unit:
        monthly = max(200, 10 * half_up(Fraction(pence_per_week * 52, 120)))
        return Draft(support, supplier, Decimal(1), monthly, held)
    steps = max(1, half_up(Fraction(pence_per_week) / _least(support)))
    return Draft(support, supplier, support.steps * steps, support.pence_per_unit, held)


def _held(holds: Holds, place: int) -> str:
    """A mixed budget holds its main line as a direct payment and leaves every other with the council."""
    if holds == "mixed":
        return "council_managed" if place else "direct_payment"
    return holds
