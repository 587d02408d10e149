"""Who is behind what a council set itself, case by case: a plan, a review, an outcome, or a person."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa

from wherewithal.analytics.engine import ask
from wherewithal.analytics.figures import Case, How
from wherewithal.analytics.particulars import Local, rows_asked
from wherewithal.analytics.schema import PARTICULARS
from wherewithal.analytics.year import ReportingYear
from wherewithal.core.money import pounds
from wherewithal.core.period import written
from wherewithal.policy.particulars import word


def particular_cases(
    events: pa.Table, rows: pa.Table, of_one: tuple[Local, ...], period: ReportingYear, connection: Any
) -> list[Case]:
    """A case for each of what measures of one question look at, in the order of the people's numbers."""
    found = ask(rows_asked, (of_one, period), events, rows, connection, PARTICULARS).to_pylist()
    counts = of_one[0][1]
    support = _support(rows, period) if counts.each == "person" else {}
    return [
        Case(
            row["person_key"],
            {one.id: _how(row, one.id) for one, _ in of_one},
            tuple(support.get(row["person_key"], ())) if counts.each == "person" else _said(counts.what, row),
        )
        for row in found
    ]


def _how(row: Mapping[str, Any], id: str) -> How:
    return How(row[f"{id} in_numerator"], row[f"{id} in_denominator"], row[f"{id} why"])


def _said(what: str, row: Mapping[str, Any]) -> tuple[str, ...]:
    """``Agreed 9 April 2026``; ``Reviewed 12 June 2026: £12.00 a week less``; ``Looked at 12 June 2026``."""
    first = written(row["first"])
    if what == "plan":
        ended = f", in force until {written(row['last'])}" if row["last"] else ""
        return (f"Agreed {first}{ended}",)
    if what == "outcome":
        served = (word("serves", code) for code in (row["about"] or "").split())
        return (f"Looked at {first}", *served)
    pence = row["pence_per_week"]
    change = f": {pounds(abs(pence))} a week {'less' if pence > 0 else 'more'}" if pence else ""
    return (f"{word('reviewed', row['about'])} {first}{change}",)


def _support(rows: pa.Table, period: ReportingYear) -> dict[int, Sequence[str]]:
    """By person: the support that runs on the last day or ran a year before."""
    found: dict[int, list[str]] = {}
    days = (period.last, period.year_before)
    for row in rows.to_pylist():
        if row["what"] == "support" and any(_runs(row, day) for day in days):
            until = f"{written(row['first'])} to {written(row['last'])}" if row["last"] else ""
            says = until or f"from {written(row['first'])}"
            words = (word("bought", row["said"]), word("held", row["about"]), says)
            found.setdefault(row["person_key"], []).append(", ".join(words))
    return {person: tuple(dict.fromkeys(words)) for person, words in found.items()}


def _runs(row: Mapping[str, Any], day: date) -> bool:
    return bool(row["first"] <= day and (row["last"] is None or row["last"] >= day))
