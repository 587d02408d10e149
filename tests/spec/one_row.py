"""What one row of Client Level Data says, in plain Python: how its money is held, on which days it runs."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

Row = Mapping[str, Any]
BUDGETS = ("Direct payment", "CASSR managed personal budget")


def held(row: Row) -> str:
    """The delivery mechanism, or a direct payment by the component; '' where neither tells."""
    if row["Service_Component"] == "Direct payment":
        return "Direct payment"
    known = (*BUDGETS, "CASSR commissioned support")
    return row["Delivery_Mechanism"] if row["Delivery_Mechanism"] in known else ""


def open_between(row: Row, since: date, until: date) -> bool:
    """Has it a day between the two, both included? Not one without a start, or that ends before it."""
    ends = [day for day in (row["Event_End_Date"], row["Date_of_Death"]) if day]
    starts = row["Event_Start_Date"]
    if starts is None or starts > until or (ends and min(ends) < starts):
        return False
    return not ends or min(ends) >= since


def died_before(rows: Iterable[Row], day: date) -> bool:
    """Did the person die before the day, by the latest death that a row tells?"""
    deaths = [row["Date_of_Death"] for row in rows if row["Date_of_Death"]]
    return bool(deaths) and max(deaths) < day
