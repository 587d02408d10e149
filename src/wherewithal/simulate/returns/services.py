"""Which service a row is: type, component, how it is held, provider, and cost in every unit that there is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from wherewithal.simulate.returns.columns import BLANK, Flags, Ints, blank, code, codes
from wherewithal.simulate.returns.people import Way

HOME = "Home support or domiciliary care"
MECHANISMS = ("Direct payment", "CASSR managed personal budget", "CASSR commissioned support")

# What support at home is made of, and how common each is, when the council manages or commissions it.
AT_HOME: Mapping[str, float] = {
    HOME: 0.56, "Day support": 0.14, "Community supported living": 0.12, "Extra care housing": 0.06,
    "Shared Lives": 0.03, "Transport": 0.04, "Meals": 0.02, "Other long term support": 0.03,
}  # fmt: skip
OF_CARERS: Mapping[str, float] = {
    "Other unpaid carer support": 0.5, "Unpaid carer respite": 0.3, "Unpaid carer sitting service": 0.2,
}  # fmt: skip

_OF_WAY: Mapping[Way, tuple[str, str]] = {
    Way.EQUIPMENT: ("Short term support: Ongoing low level", "Equipment"),
    Way.REABLEMENT: ("Short term support: ST-Max", "Reablement"),
    Way.SHORT_STAY: ("Short term support: Other short term", "Short term residential care"),
    Way.NEW: ("Long term support: Community", HOME),
    Way.BEFORE: ("Long term support: Community", HOME),
    Way.ENDED: ("Long term support: Community", HOME),
    Way.RESIDENTIAL: ("Long term support: Residential care", "Long term residential care"),
    Way.NURSING: ("Long term support: Nursing care", "Long term nursing care"),
    Way.PRISON: ("Long term support: Prison", "Professional support: Social worker"),
    Way.CARER_NEW: ("Unpaid carer support: Direct to unpaid carer", "Other unpaid carer support"),
    Way.CARER_BREAK: ("Unpaid carer support: Support involving the person cared-for", "Unpaid carer respite"),
}

HELD_BY_COMPONENT = 0.75
"""Share of direct payments whose component says so; of these one in ten says nothing by its mechanism."""
OTHERWISE_HELD = 0.15
"""Share of further services that are held in another way than the first."""


@dataclass(frozen=True)
class Price:
    """Pence a unit and, of what is bought by the unit, hundredths of units a week: least and most."""

    frequency: str
    pence: tuple[int, int]
    units: tuple[int, int] = (0, 0)


# Our own, within what councils are known to pay in 2024-25; every unit of cost occurs.
PRICES: Mapping[str, Sequence[tuple[float, Price]]] = {
    HOME: [(1.0, Price("Hourly", (2_050, 2_900), (350, 3_500)))],
    "Day support": [(1.0, Price("Per session", (3_500, 9_500), (100, 500)))],
    "Community supported living": [
        (0.7, Price("Daily", (6_000, 26_000), (700, 700))), (0.3, Price("Weekly", (60_000, 200_000))),
    ],
    "Extra care housing": [(1.0, Price("Weekly", (12_000, 45_000)))],
    "Shared Lives": [(1.0, Price("Weekly", (35_000, 75_000)))],
    "Transport": [(1.0, Price("Per session", (800, 2_500), (200, 1_000)))],
    "Meals": [(1.0, Price("Daily", (500, 900), (500, 700)))],
    "Equipment": [(1.0, Price("One-off", (1_500, 90_000)))],
    "Reablement": [(1.0, Price("Hourly", (2_600, 4_500), (350, 1_400)))],
    "Short term residential care": [(1.0, Price("Weekly", (70_000, 130_000)))],
    "Long term residential care": [(1.0, Price("Weekly", (65_000, 160_000)))],
    "Long term nursing care": [(1.0, Price("Weekly", (80_000, 170_000)))],
    "Unpaid carer respite": [(1.0, Price("Weekly", (5_000, 60_000)))],
    "Unpaid carer sitting service": [(1.0, Price("Hourly", (1_800, 2_800), (200, 800)))],
    "Other unpaid carer support": [
        (0.8, Price("One-off", (10_000, 50_000))), (0.2, Price("Annually", (20_000, 120_000))),
    ],
    "Other long term support": [(1.0, Price("Monthly", (10_000, 90_000)))],
    "Direct payment": [
        (0.55, Price("4-weekly", (24_000, 240_000))), (0.20, Price("Weekly", (6_000, 60_000))),
        (0.10, Price("Monthly", (26_000, 260_000))), (0.06, Price("Fortnightly", (12_000, 120_000))),
        (0.05, Price("Quarterly", (50_000, 500_000))), (0.04, Price("Annually", (80_000, 2_000_000))),
    ],
}  # fmt: skip


def described(dice: np.random.Generator, way: Ints, held: Ints, *, first: bool) -> dict[str, Ints]:
    """The columns of services of people who come by these ways and hold them so."""
    many = len(way)
    by_way = {name: blank(len(Way)) for name in ("Service_Type", "Service_Component")}
    for one, (kind, component) in _OF_WAY.items():
        by_way["Service_Type"][one] = code("Service_Type", kind)
        by_way["Service_Component"][one] = code("Service_Component", component)
    if not first:
        held = np.where(dice.random(many) < OTHERWISE_HELD, dice.integers(0, 3, many), held)
    mechanism = _mechanism(way, held)
    component = _component(dice, way, held, by_way["Service_Component"][way])
    said_twice = component == code("Service_Component", "Direct payment")
    mechanism = np.where(said_twice & (dice.random(many) < 0.1), BLANK, mechanism)
    return {
        "Service_Type": by_way["Service_Type"][way],
        "Service_Component": component,
        "Delivery_Mechanism": mechanism,
        "Provider_CQC_Location_ID": np.where(said_twice, BLANK, dice.integers(0, 9_000, many)),
        **_costs(dice, component),
    }


def _mechanism(way: Ints, held: Ints) -> Ints:
    """People at home, in prison and carers hold support in one of three ways; all else is commissioned."""
    chosen = codes("Delivery_Mechanism", *MECHANISMS)
    theirs = np.isin(way, (Way.NEW, Way.BEFORE, Way.ENDED, Way.PRISON, Way.CARER_NEW))
    return np.where(theirs, chosen[held], chosen[2])


def _component(dice: np.random.Generator, way: Ints, held: Ints, plain: Ints) -> Ints:
    found = plain
    for ways, components in (((Way.NEW, Way.BEFORE, Way.ENDED), AT_HOME), ((Way.CARER_NEW,), OF_CARERS)):
        of_ways = np.isin(way, ways)
        drawn = dice.choice(codes("Service_Component", *components), len(way), p=list(components.values()))
        says_so = (held == 0) & (dice.random(len(way)) < HELD_BY_COMPONENT)
        drawn = np.where(says_so, code("Service_Component", "Direct payment"), drawn)
        found = np.where(of_ways, drawn, found)
    return found


def _costs(dice: np.random.Generator, component: Ints) -> dict[str, Ints]:
    many = len(component)
    found = {
        name: blank(many) for name in ("Unit_Cost", "Cost_Frequency_Unit_Type", "Planned_units_per_week")
    }
    which, spread = dice.random(many), dice.random((2, many))
    for name, prices in PRICES.items():
        lower = 0.0
        for share, price in prices:
            upper = lower + share
            rows = (component == code("Service_Component", name)) & (which >= lower) & (which < upper)
            lower = upper
            found["Unit_Cost"][rows] = _between(price.pence, spread[0][rows])
            found["Cost_Frequency_Unit_Type"][rows] = code("Cost_Frequency_Unit_Type", price.frequency)
            if price.units != (0, 0):
                found["Planned_units_per_week"][rows] = _between(price.units, spread[1][rows]) // 50 * 50
    return found


def _between(ends: tuple[int, int], spread: Flags) -> Flags:
    """More often near the least than near the most."""
    least, most = ends
    return (least + (most - least) * spread**1.6).astype(np.int64)
