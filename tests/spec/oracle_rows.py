"""People by their rows, and what their budgets come to, in plain Python, reading no policy file."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from spec.one_row import BUDGETS, died_before, held, open_between
from wherewithal.analytics.year import ReportingYear

Row = Mapping[str, Any]
LONG = ("Nursing care", "Residential care", "Community", "Prison")
HOMES = {
    "Owner occupier or shared ownership scheme", "Tenant: Local authority or other social housing provider",
    "Tenant: Private landlord", "Settled mainstream housing with family or friends",
    "Supported accommodation, supported lodgings or supported group home", "Shared Lives scheme",
    "Approved premises for offenders released from prison or under probation supervision",
    "Sheltered housing, extra care housing or other sheltered housing",
    "Mobile accommodation for Gypsy, Roma and Traveller communities",
}  # fmt: skip
NOWHERE = {None, "", "Unknown"}
BOUNDS = {
    "budgets-under-1000": (0, 1000),
    "budgets-1000-to-5000": (1000, 5000),
    "budgets-5000-to-10000": (5000, 10000),
    "budgets-10000-or-more": (10000, 10**15),
}
HELD = ("budgets-direct-payment-only", "budgets-mixed", "budgets-managed")
A_YEAR = {"Weekly": 52, "Fortnightly": 26, "4-weekly": 13, "Monthly": 12, "Quarterly": 4, "Annually": 1}


def standing(rows: list[Row], measure: str, period: ReportingYear) -> str:
    """Of one adult's rows: "yes" in the figure, "base" in the base only, "no" in neither."""
    if measure == "local-living-independently":
        return _home(rows, period)
    if died_before(rows, period.last):
        return "no"
    if measure in HELD:
        return _held(rows, measure, period)
    if measure in BOUNDS:
        pounds = worth(rows, period)
        if pounds is None:
            return "no"
        least, below = BOUNDS[measure]
        return "yes" if least <= pounds < below else "base"
    return _reviewed(rows, period)


def worth(rows: list[Row], period: ReportingYear) -> Fraction | None:
    """Pounds a year of a personal budget on the last day; None without one, where a part is not known, and
    for the dead.
    """
    if died_before(rows, period.last):
        return None
    mine = [row for row in rows if _community(row) and held(row) in BUDGETS]
    if not any(open_between(row, period.last, period.last) for row in mine):
        return None
    found = Fraction(0)
    for row in mine:
        once = row["Cost_Frequency_Unit_Type"] == "One-off"
        since = period.first if once else period.last
        if open_between(row, since, period.last):
            if (cost := _cost(row)) is None:
                return None
            found += cost
    return found


def _cost(row: Row) -> Fraction | None:
    price, unit = row["Unit_Cost"], row["Cost_Frequency_Unit_Type"]
    if price is None or unit is None:
        return None
    if unit == "One-off":
        return Fraction(price)
    if unit in A_YEAR:
        return Fraction(price) * A_YEAR[unit]
    planned = row["Planned_units_per_week"]
    known = unit in ("Per session", "Hourly", "Daily") and planned is not None
    return Fraction(price) * Fraction(planned) * 52 if known else None


def _held(rows: list[Row], measure: str, period: ReportingYear) -> str:
    here = [row for row in rows if _community(row) and open_between(row, period.last, period.last)]
    ways = {held(row) for row in here}
    if not ways & set(BUDGETS):
        return "no"
    direct, other = BUDGETS[0] in ways, bool(ways & {BUDGETS[1], "CASSR commissioned support"})
    is_so = HELD[1] if direct and other else HELD[0] if direct else HELD[2]
    return "yes" if measure == is_so else "base"


def _reviewed(rows: list[Row], period: ReportingYear) -> str:
    before = date(period.last.year - 1, period.last.month, period.last.day)
    support = [row for row in rows if _long_term(row)]
    if not all(any(open_between(row, day, day) for row in support) for day in (before, period.last)):
        return "no"
    ended = [row["Event_End_Date"] for row in rows if _is_review(row)]
    return "yes" if any(day and before < day <= period.last for day in ended) else "base"


def _home(rows: list[Row], period: ReportingYear) -> str:
    if died_before(rows, period.first):
        return "no"
    here = [row for row in rows if open_between(row, period.first, period.last)]
    if not any(_long_term(row) for row in here):
        return "no"
    told = {row["Accommodation_Status"] for row in here} - NOWHERE
    return "yes" if told and told <= HOMES else "base"


def _is_review(row: Row) -> bool:
    if row["Event_Type"] != "Review" or row["Client_Type"] != "Service user":
        return False
    return open_between(row, date.min, date.max)


def _community(row: Row) -> bool:
    return row["Client_Type"] == "Service user" and row["Service_Type"] == "Long term support: Community"


def _long_term(row: Row) -> bool:
    kind = (row["Service_Type"] or "").removeprefix("Long term support: ")
    return row["Client_Type"] == "Service user" and kind in LONG
