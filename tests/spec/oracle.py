"""The measures again, in plain Python, row by row: what the counting on an engine is held against.

Written from the published method and from the words of the policy files, and reading neither.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from statistics import median
from typing import Any

from wherewithal.analytics.year import ReportingYear

Row = Mapping[str, Any]

SHORT = (
    "Short term support: ST-Max",
    "Short term support: Ongoing low level",
    "Short term support: Other short term",
)
CARERS = ("Unpaid carer", "Unpaid carer known by association")
DIRECT_TO_CARER = "Unpaid carer support: Direct to unpaid carer"
STEPS = ("reablement", "intermediate-care", "sensory", "short-term")
NI130 = {
    "ni130-revised": 0,
    "ni130-without-reablement": 1,
    "ni130-without-reablement-intermediate-care": 2,
    "ni130-without-reablement-intermediate-care-sensory": 3,
    "ni130-without-short-term": 4,
}
COMMUNITY_RANK = {
    "Direct payment": 3,
    "CASSR managed personal budget": 4,
    "CASSR commissioned support": 5,
    "": 6,
}
CARER_RANK = {"Direct payment": 1, "CASSR managed personal budget": 2, "CASSR commissioned support": 3, "": 4}


def standing(rows: Iterable[Row], measure: str, period: ReportingYear) -> dict[tuple[str, int], str]:
    """For each council and person: "yes" in the numerator, "base" in the base only, "no" in neither."""
    return {key: _standing(own, measure, period) for key, own in _of_people(rows).items()}


def figure(
    rows: Iterable[Row], measure: str, period: ReportingYear, group: str = "total", council: str = "999"
) -> tuple[int, int]:
    """Numerator and denominator of one council's group."""
    standings = [
        _standing(own, measure, period)
        for (la_code, _), own in _of_people(rows).items()
        if la_code == council and _in_group(_age(own, period), group)
    ]
    return standings.count("yes"), standings.count("yes") + standings.count("base")


def wait(
    journeys: Iterable[tuple[date, date | None]], period: ReportingYear
) -> tuple[float | None, float | None, int]:
    """Median and mean days, and how many, of (requested on, first paid on)."""
    days = [
        (paid - asked).days
        for asked, paid in journeys
        if paid and period.first <= paid <= period.last and paid >= asked
    ]
    return (median(days), sum(days) / len(days), len(days)) if days else (None, None, 0)


def _of_people(rows: Iterable[Row]) -> dict[tuple[str, int], list[Row]]:
    found = defaultdict(list)
    for row in rows:
        found[row["LA_Code"], row["person_key"]].append(row)
    return found


def _in_group(age: int | None, group: str) -> bool:
    return group == "total" or (age is not None and (age >= 65) == (group == "65+"))


def _standing(rows: list[Row], measure: str, period: ReportingYear) -> str:
    age = _age(rows, period)
    if age is not None and age < 18:
        return "no"
    if measure in NI130:
        return _ni130(rows, STEPS[: NI130[measure]], period)
    return _ascof_3d(rows, measure, period)


def _age(rows: Iterable[Row], period: ReportingYear) -> int | None:
    births = [row["Date_of_Birth"] for row in rows if row["Date_of_Birth"]]
    if not births:
        return None
    born, last = min(births), period.last
    return last.year - born.year - ((last.month, last.day) < (born.month, born.day))


def _ni130(rows: list[Row], leaves_out: Iterable[str], period: ReportingYear) -> str:
    if _died_before(rows, period.first):
        return "no"
    services = [row for row in rows if _open(row, period.first, period.last) and _for_ni130(row)]
    kept = [row for row in services if not any(_is(row, step) for step in leaves_out)]
    if any(_held(row) in ("Direct payment", "CASSR managed personal budget") for row in kept):
        return "yes"
    return "base" if kept else "no"


def _for_ni130(row: Row) -> bool:
    if row["Client_Type"] == "Service user":
        return row["Service_Type"] in ("Long term support: Community", *SHORT)
    return row["Client_Type"] in CARERS and row["Service_Type"] == DIRECT_TO_CARER


def _is(row: Row, step: str) -> bool:
    kind, component = row["Service_Type"], row["Service_Component"]
    if step == "reablement":
        return kind == SHORT[0] or component == "Reablement"
    if step == "intermediate-care":
        stays = ("Short term residential care", "Short term nursing care", "Other short term support")
        return kind == SHORT[2] and component in stays
    if step == "sensory":
        aids = ("Equipment", "Professional support: Social worker", "Professional support: Other")
        sensory = (row["Primary_Support_Reason"] or "").startswith("Sensory support:")
        return sensory and (kind in SHORT or component in aids)
    return kind in SHORT


def _ascof_3d(rows: list[Row], measure: str, period: ReportingYear) -> str:
    clients = measure.endswith("a")
    since = period.last if clients else period.first
    if _died_before(rows, since):
        return "no"
    of_theirs = ("Service user",) if clients else CARERS
    services = [row for row in rows if row["Client_Type"] in of_theirs and _open(row, since, period.last)]
    ranks = [rank for rank in map(_client_rank if clients else _carer_rank, services) if rank]
    best = min(ranks, default=0)
    if best not in ((3, 4, 5, 6) if clients else (1, 2, 3)):
        return "no"
    top = 3 if clients else 1
    return "yes" if best == top or (best == top + 1 and "-1" in measure) else "base"


def _client_rank(row: Row) -> int | None:
    setting = (row["Service_Type"] or "").removeprefix("Long term support: ")
    if setting == "Community":
        return COMMUNITY_RANK[_held(row)]
    return {"Nursing care": 1, "Residential care": 2, "Prison": 7}.get(setting)


def _carer_rank(row: Row) -> int | None:
    if row["Service_Type"] != DIRECT_TO_CARER:
        return None
    rank = CARER_RANK[_held(row)]
    return None if rank in (2, 3) and row["Service_Component"] is None else rank


def _held(row: Row) -> str:
    if row["Service_Component"] == "Direct payment":
        return "Direct payment"
    return row["Delivery_Mechanism"] if row["Delivery_Mechanism"] in COMMUNITY_RANK else ""


def _open(row: Row, since: date, until: date) -> bool:
    ends = [day for day in (row["Event_End_Date"], row["Date_of_Death"]) if day]
    starts = row["Event_Start_Date"]
    if starts is None or starts > until or (ends and min(ends) < starts):
        return False
    return not ends or min(ends) >= since


def _died_before(rows: Iterable[Row], day: date) -> bool:
    deaths = [row["Date_of_Death"] for row in rows if row["Date_of_Death"]]
    return bool(deaths) and max(deaths) < day
