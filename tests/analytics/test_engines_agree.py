"""Made-up councils at random, counted by DuckDB and by plain Python: the same figure everywhere."""

import random
from datetime import date, timedelta
from decimal import Decimal
from statistics import quantiles

import pytest
from spec import oracle, oracle_rows, particulars
from spec.events import KINDS, PLACES, person

from wherewithal.analytics.cases import cases
from wherewithal.analytics.count import CannotCount, count
from wherewithal.analytics.people import people
from wherewithal.analytics.rounding import rounded
from wherewithal.analytics.schema import JOURNEYS, PARTICULARS, as_table
from wherewithal.analytics.year import ReportingYear
from wherewithal.policy.measure import Measure, measures
from wherewithal.policy.measure_kinds import InYear, OneSetting
from wherewithal.policy.measure_particulars import Particulars
from wherewithal.policy.measure_rows import Amounts, People


def is_share(one: Measure) -> bool:
    of_amounts = isinstance(one.counts, Amounts) and one.counts.quantile is None
    return of_amounts or isinstance(one.counts, InYear | OneSetting | People)


SHARES = [one.id for one in measures().values() if is_share(one)]
YEAR = ReportingYear("2025-26")
GROUPS = ("total", "18-64", "65+")
# Days on which a rule turns, and days far from any.
TURNS = [date(2025, 3, 31), date(2025, 4, 1), date(2025, 9, 30), date(2026, 3, 30), date(2026, 3, 31),
         date(2026, 4, 1), date(2024, 6, 1), date(2025, 7, 1), date(2026, 8, 1), None]  # fmt: skip


def council(name: str, dice: random.Random) -> list[dict]:
    rows = []
    for key in range(40):
        births = [None, date(1961, 4, 1), date(1961, 3, 31), date(2008, 4, 1), date(1940, 2, 29)]
        dies = dice.choice([*TURNS, *[None] * 20])
        born = dice.choice(births)
        rows += [row(name, key, born, dies, dice) for _ in range(dice.randint(1, 4))]
    return rows


def row(name: str, key: int, born: date | None, dies: date | None, dice: random.Random) -> dict:
    service_type, component, mechanism, reason, client_type = dice.choice(list(KINDS.values()))
    event_type = "Service" if service_type else dice.choice(["Request", "Assessment", "Review"])
    starts = dice.choice([day for day in TURNS if day])
    return {
        "LA_Code": name,
        "person_key": key,
        "Client_Type": client_type if dice.random() < 0.95 else "Unpaid carer known by association",
        "Date_of_Birth": born if dice.random() < 0.9 else born and born + timedelta(days=400),
        "Date_of_Death": dies if dice.random() < 0.9 else None,
        "Primary_Support_Reason": reason if dice.random() < 0.9 else None,
        "Accommodation_Status": dice.choice([None, *PLACES.values()]),
        "Event_Type": event_type,
        "Event_Start_Date": starts if dice.random() < 0.97 else None,
        "Event_End_Date": dice.choice(TURNS),
        "Service_Type": service_type,
        "Service_Component": component if dice.random() < 0.9 else None,
        "Delivery_Mechanism": mechanism if dice.random() < 0.9 else "",
        "Unit_Cost": dice.choice([None, Decimal("19.23"), Decimal("96.16"), Decimal("1000.00")]),
        "Cost_Frequency_Unit_Type": dice.choice([None, "Per session", *oracle_rows.A_YEAR, "One-off"]),
        "Planned_units_per_week": dice.choice([None, Decimal("0.25"), Decimal("10.50")]),
    }


@pytest.fixture(scope="module")
def rows() -> list[dict]:
    dice = random.Random(20110901)
    return [row for number in range(12) for row in council(f"C{number:02}", dice)]


@pytest.mark.parametrize("period", [YEAR, YEAR.so_far(date(2025, 9, 30))], ids=["whole year", "so far"])
def test_duckdb_and_plain_python_count_the_same(rows, period):
    figures = count(rows, SHARES, period)
    assert len(figures) == 12 * len(SHARES) * len(GROUPS)
    of_council = {
        figure.council: [one for one in rows if one["LA_Code"] == figure.council] for figure in figures
    }
    wrong = [
        figure
        for figure in figures
        if (figure.numerator, figure.denominator)
        != oracle.figure(of_council[figure.council], figure.measure, period, figure.group, figure.council)
    ]
    assert wrong == []
    assert sum(figure.denominator for figure in figures) > 1000, "the dice made councils with nobody to count"


def test_duckdb_and_plain_python_find_the_same_quartiles_of_what_budgets_come_to(rows):
    ids = ["budgets-lower-quartile", "budgets-median", "budgets-upper-quartile"]
    grown = [own for own in oracle.of_people(rows).values() if oracle.is_grown_up(own, YEAR)]
    years = [oracle_rows.worth(own, YEAR) for own in grown]
    known = sorted(one for one in years if one is not None)
    figures = count(rows, ids, YEAR, by=())
    assert [one.denominator for one in figures] == [len(known)] * 3
    plain = quantiles(known, n=4, method="inclusive")
    assert [one.value for one in figures] == [rounded(one, 0) for one in plain]


@pytest.mark.parametrize("measure", SHARES)
def test_the_people_add_up_to_the_figure(rows, measure):
    total, *_ = count(rows, [measure], YEAR, by=("council",))
    table = people(rows, measure, YEAR)
    own = [one for one in table.to_pylist() if one["LA_Code"] == total.council]
    assert sum(one["in_denominator"] for one in own) == total.denominator
    assert sum(one["in_numerator"] for one in own) == total.numerator
    assert all(one["in_denominator"] for one in own if one["in_numerator"])
    assert all(one["why"] for one in own)


def test_leaving_more_out_never_counts_more_people(rows):
    ni130 = [id for id in SHARES if id.startswith("ni130")]
    by_council: dict[str, list[int]] = {}
    for figure in count(rows, ni130, YEAR, by=("council",)):
        by_council.setdefault(figure.council, []).append(figure.denominator)
    for denominators in by_council.values():
        assert denominators == sorted(denominators, reverse=True)
        assert denominators[0] > denominators[-1]


def test_direct_payments_are_never_more_than_self_directed_support(rows):
    figures = {(one.council, one.group, one.measure): one for one in count(rows, SHARES, YEAR)}
    for (council_, group, measure), one in figures.items():
        if measure in ("ascof-3d-2a", "ascof-3d-2b", "ascof-1c-2a", "ascof-1c-2b", "ascof-1c-2"):
            wider = figures[council_, group, measure.replace("-2", "-1")]
            assert one.numerator <= wider.numerator
            assert one.denominator == wider.denominator


def told(key: int, dice: random.Random) -> list[dict]:
    """Particulars of one person at random, codes of the lists and others among them."""
    says = {
        "support": (
            ["membership", "home_care", "other", ""],
            ["direct_payment", "council_managed", "individual_service_fund", "in_house"],
        ),
        "plan": (["person", "family", "broker", "worker"], ["adult", "carer"]),
        "review": (["saved", "added", "none", "unknown"], ["plan", "direct_payment"]),
        "outcome": (["met", "partly", "not_met"], ["adult:a", "adult:g adult:f", "carer:leisure", ""]),
        "chance": (["accepted", "not_answered", "no_offer"], ["assessment", "review"]),
        "review_due": (["on_time", "late", "not_held"], ["plan", "direct_payment"]),
    }
    born = {"Date_of_Birth": dice.choice([date(1950, 6, 1), date(1990, 6, 1), date(2015, 6, 1), None])}
    whats = dice.choices(list(says), k=dice.randint(0, 6))
    return [row_of(what, dice, key, *says[what]) | born for what in whats]


def row_of(what: str, dice: random.Random, key: int, said: list[str], about: list[str]) -> dict:
    first = dice.choice([day for day in TURNS if day])
    says, lasts = dice.choice(said), dice.choice([day for day in TURNS if day is None or day >= first])
    pence = {"saved": dice.randint(1, 5000), "added": -dice.randint(1, 5000), "none": 0}.get(says)
    return {
        "LA_Code": "C00", "person_key": key, "what": what, "first": first, "said": says,
        "last": lasts if what in ("support", "plan") else first, "about": dice.choice(about),
        "pence_per_week": pence if what == "review" else None,
    }  # fmt: skip


@pytest.mark.parametrize("period", [YEAR, YEAR.so_far(date(2025, 9, 30))], ids=["whole year", "so far"])
def test_duckdb_and_plain_python_count_alike_what_a_council_set_itself(period):
    dice = random.Random(20111101)
    rows = [row for key in range(2000) for row in told(key, dice)]
    ids = [one.id for one in measures().values() if isinstance(one.counts, Particulars)]
    figures = count([], ids, period, particulars=rows)
    plain = {
        (id, group): particulars.figure(particulars.aged(rows, group, period), id, period)
        for id in ids
        for group in GROUPS
    }
    assert {(one.measure, one.group): (one.numerator, one.denominator) for one in figures} == plain
    assert all(base for _, base in plain.values())
    behind = cases(as_table([]), as_table([], JOURNEYS), as_table(rows, PARTICULARS), ids, period)
    for one in figures[:: len(GROUPS)]:
        mine = [case.counted[one.measure] for case in behind if one.measure in case.counted]
        assert sum(how.in_denominator for how in mine) == one.denominator
        if one.unit != "£ a week":
            assert sum(how.in_numerator for how in mine) == one.numerator


def test_what_a_council_set_itself_cannot_be_counted_without_the_particulars():
    with pytest.raises(CannotCount, match="needs the particulars"):
        count(person("request 2024-01-01 to 2024-01-01"), ["local-outcomes-met"], YEAR)
    with pytest.raises(CannotCount, match="ask for its cases"):
        people(person("request 2024-01-01 to 2024-01-01"), "local-outcomes-met", YEAR)
