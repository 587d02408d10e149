"""The measures again, in plain Python, row by row: what the counting on an engine is held against.

Written from the published method and from the words of the policy files, and reading neither.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from statistics import median
from typing import Any

from spec import oracle_rows
from spec.one_row import BUDGETS, died_before, held, open_between
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
    return {key: _standing(own, measure, period) for key, own in of_people(rows).items()}


def figure(
    rows: Iterable[Row], measure: str, period: ReportingYear, group: str = "total", council: str = "999"
) -> tuple[int, int]:
    """Numerator and denominator of one council's group."""
    standings = [
        _standing(own, measure, period)
        for (la_code, _), own in of_people(rows).items()
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


def ways_to_assessment(rows: Iterable[Row], period: ReportingYear) -> list[tuple[date, date]]:
    """(requested on, assessed on) of each grown-up who was assessed in the period after a request."""
    found = []
    for own in of_people(rows).values():
        ended = [
            row["Event_End_Date"]
            for row in own
            if row["Assessment_Type"] == "Long term assessment"
            and row["Event_End_Date"]
            and period.first <= row["Event_End_Date"] <= period.last
        ]
        if not ended or not is_grown_up(own, period):
            continue
        asked = [
            row for row in own if row["Event_Type"] == "Request" and row["Event_Start_Date"] <= min(ended)
        ]
        led_on = [row for row in asked if (row["Event_Outcome"] or "").startswith("Progress to assessment")]
        if asked:
            found.append((max(row["Event_Start_Date"] for row in led_on or asked), min(ended)))
    return found


def of_people(rows: Iterable[Row]) -> dict[tuple[str, int], list[Row]]:
    """The rows of each person, by council and key."""
    found = defaultdict(list)
    for row in rows:
        found[row["LA_Code"], row["person_key"]].append(row)
    return found


def is_grown_up(rows: Iterable[Row], period: ReportingYear) -> bool:
    """18 or over on the last day, or of unknown age."""
    age = _age(rows, period)
    return age is None or age >= 18


def _in_group(age: int | None, group: str) -> bool:
    return group == "total" or (age is not None and (age >= 65) == (group == "65+"))


def _standing(rows: list[Row], measure: str, period: ReportingYear) -> str:
    if not is_grown_up(rows, period):
        return "no"
    if measure in NI130:
        return _ni130(rows, STEPS[: NI130[measure]], period, BUDGETS)
    if measure in ("ascof-1c-1", "ascof-1c-2"):
        return _ni130(rows, (), period, BUDGETS if measure.endswith("1") else BUDGETS[:1])
    if measure.startswith("ascof"):
        return _ascof(rows, measure, period)
    return oracle_rows.standing(rows, measure, period)


def _age(rows: Iterable[Row], period: ReportingYear) -> int | None:
    births = [row["Date_of_Birth"] for row in rows if row["Date_of_Birth"]]
    if not births:
        return None
    born, last = min(births), period.last
    return last.year - born.year - ((last.month, last.day) < (born.month, born.day))


def _ni130(rows: list[Row], leaves_out: Iterable[str], period: ReportingYear, ways: Iterable[str]) -> str:
    if died_before(rows, period.first):
        return "no"
    services = [row for row in rows if open_between(row, period.first, period.last) and _for_ni130(row)]
    kept = [row for row in services if not any(_is(row, step) for step in leaves_out)]
    if any(held(row) in ways for row in kept):
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


def _ascof(rows: list[Row], measure: str, period: ReportingYear) -> str:
    clients = measure.endswith("a")
    since = period.last if clients else period.first
    if died_before(rows, since):
        return "no"
    of_theirs = ("Service user",) if clients else CARERS
    services = [
        row for row in rows if row["Client_Type"] in of_theirs and open_between(row, since, period.last)
    ]
    since_2024 = measure.startswith("ascof-3d")
    if clients:
        ranks, counted = map(_client_rank, services), (3, 4, 5, 6) if since_2024 else (3, 4, 5)
    else:
        ranks, counted = (_carer_rank(row, since_2024) for row in services), (1, 2, 3)
    best = min(filter(None, ranks), default=0)
    if best not in counted:
        return "no"
    top = 3 if clients else 1
    part = measure[len("ascof-3d-")]
    return "yes" if best == top or (best == top + 1 and part == "1") else "base"


def _client_rank(row: Row) -> int | None:
    setting = (row["Service_Type"] or "").removeprefix("Long term support: ")
    if setting == "Community":
        return COMMUNITY_RANK[held(row)]
    return {"Nursing care": 1, "Residential care": 2, "Prison": 7}.get(setting)


def _carer_rank(row: Row, component_needed: bool) -> int | None:
    if row["Service_Type"] != DIRECT_TO_CARER:
        return None
    rank = CARER_RANK[held(row)]
    blank = component_needed and row["Service_Component"] is None
    return None if rank in (2, 3) and blank else rank
