"""Who is counted by kind is counted as by each person's own row."""

import random
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest

from wherewithal.analytics.count import counting
from wherewithal.analytics.people import standings
from wherewithal.analytics.schema import as_table
from wherewithal.analytics.year import ReportingYear
from wherewithal.policy import table as policy
from wherewithal.policy.measure import measures

YEAR = ReportingYear("2025-26")
OF_PEOPLE = [one.id for one in measures().values() if one.from_events]
WORDS = policy("national/client-level-data")["values"]
FIELDS = ("Client_Type", "Service_Type", "Service_Component", "Delivery_Mechanism", "Primary_Support_Reason",
          "Accommodation_Status", "Cost_Frequency_Unit_Type", "Gender")  # fmt: skip
EDGES = [date(2024, 3, 31), date(2025, 3, 31), date(2025, 4, 1), date(2026, 3, 31), date(2026, 4, 1)]


def at_an_edge(dice: random.Random) -> date:
    return dice.choice(EDGES) + timedelta(dice.randint(-1, 1))


def somebody(dice: random.Random, key: int) -> list[dict]:
    """Some services of a made-up person, at the edges of the year, with an age, an age group or neither."""
    youngest = dice.choice([None, 0, 17, 18, 60, 64, 65, 70, 75, 84, 85])
    who = {
        "LA_Code": dice.choice(["998", "999"]), "person_key": key,
        "Date_of_Birth": dice.choice([None, date(1960, 3, 1), date(1961, 4, 1), date(2008, 3, 1)]),
        "Date_of_Death": dice.choice([None, None, at_an_edge(dice)]),
        "Age_From": youngest, "Age_To": None if youngest is None else youngest + dice.choice([0, 5, 20]),
    }  # fmt: skip
    return [
        who | {name: dice.choice([None, *WORDS[name]["words"]]) for name in FIELDS}
        | {
            "Event_Type": "Service", "Client_Type": dice.choice(["Service user", "Unpaid carer"]),
            "Event_Start_Date": date(2023, 5, 1), "Event_End_Date": dice.choice([None, at_an_edge(dice)]),
            "Unit_Cost": dice.choice([None, Decimal(dice.randint(0, 400))]),
            "Planned_units_per_week": Decimal(dice.randint(1, 9)),
        }
        for _ in range(dice.randint(1, 4))
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_by_every_measure_as_many_stand_alike_as_by_each_persons_own_row(seed):
    dice = random.Random(seed)
    rows = as_table([row for key in range(600) for row in somebody(dice, key)])
    found = counting(rows, OF_PEOPLE, YEAR)
    ids = [one.id for one in found.people]
    each = standings(rows, ids, YEAR).to_pylist()
    one_by_one = Counter(
        (row["LA_Code"], *((row[f"{id} in_denominator"], row[f"{id} in_numerator"]) for id in ids))
        for row in each
    )
    by_kind: Counter = Counter()
    for one in found.standing:
        stands = ((one.in_base(at), one.in_numerator(at)) for at in range(len(ids)))
        by_kind[one.council, *stands] += one.people
    assert by_kind == one_by_one
    assert len(one_by_one) > 50
