"""When a person reaches pension age, by the timetable in force: birthdays step up to it month by month."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

from wherewithal.core.means import BadMeans
from wherewithal.core.period import months_after, written, years_old

AgeGroup = Literal["18_to_24", "25_to_pension_age", "pension_age"]


def reaches_pension_age_on(born_on: date, timetable: Sequence[dict[str, Any]]) -> date:
    """The day somebody born on ``born_on`` reaches pension age.

    ``timetable`` rows start at ``born_from`` (in order) and give an age (``years``, ``months``) or a day
    (``reached_on``), and how many months later it is for each further month of birth (``step_months``, 0).
    Days are written 1960-04-06, as they are kept with the decision.
    """
    rows = [row for row in timetable if date.fromisoformat(row["born_from"]) <= born_on]
    if not rows:
        raise BadMeans(f"No pension age is on record for somebody born on {written(born_on)}.")
    row = rows[-1]
    later = row.get("step_months", 0) * _months_since(date.fromisoformat(row["born_from"]), born_on)
    if "reached_on" in row:
        return months_after(date.fromisoformat(row["reached_on"]), later)
    return months_after(born_on, row["years"] * 12 + row.get("months", 0) + later)


def age_group(born_on: date, on: date, timetable: Sequence[dict[str, Any]]) -> AgeGroup:
    """The age group that the rates go by on a day; refuses anybody under 18."""
    if years_old(born_on, on) < 18:
        raise BadMeans(f"Charging is for adults; the person is under 18 on {written(on)}.")
    if on >= reaches_pension_age_on(born_on, timetable):
        return "pension_age"
    return "18_to_24" if years_old(born_on, on) < 25 else "25_to_pension_age"


def _months_since(first: date, day: date) -> int:
    """Whole months from ``first`` to ``day``."""
    return (day.year - first.year) * 12 + day.month - first.month - (day.day < first.day)
