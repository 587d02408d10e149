"""Who is behind what a council set itself, case by case: a plan, a review, an outcome, or a person.

In months, and of money only which way it went: no exact day and no sum by which somebody could be known.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa

from wherewithal.analytics.engine import ask
from wherewithal.analytics.figures import Case, How
from wherewithal.analytics.particulars import Local, rows_asked
from wherewithal.analytics.schema import PARTICULARS
from wherewithal.analytics.year import ReportingYear
from wherewithal.core.period import month
from wherewithal.policy.particulars import word


def particular_cases(
    events: pa.Table, rows: pa.Table, of_one: tuple[Local, ...], period: ReportingYear, connection: Any
) -> list[Case]:
    """A case for each of what measures of one question look at, in the order of the people's numbers."""
    found = ask(rows_asked, (of_one, period), events, rows, connection, PARTICULARS).to_pylist()
    counts = of_one[0][1]
    of_person = _of_person(rows, counts.what, period) if counts.each == "person" else {}
    return [
        Case(
            row["person_key"],
            {one.id: _how(row, one.id) for one, _ in of_one},
            tuple(of_person.get(row["person_key"], ()))
            if counts.each == "person"
            else _said(counts.what, row),
        )
        for row in found
    ]


def _how(row: Mapping[str, Any], id: str) -> How:
    return How(row[f"{id} in_numerator"], row[f"{id} in_denominator"], row[f"{id} why"])


def _said(what: str, row: Mapping[str, Any]) -> tuple[str, ...]:
    """``Agreed in April 2026``; ``Plan reviewed in June 2026: less``; ``Looked at in June 2026``."""
    first = month(row["first"])
    if what == "plan":
        ended = f", in force until {month(row['last'])}" if row["last"] else ""
        return (f"Agreed in {first}{ended}",)
    if what == "outcome":
        served = (word("serves", code) for code in (row["about"] or "").split())
        return (f"Looked at in {first}", *served)
    if what == "review_due":
        return (f"{word('due', row['about'])} in {first}",)
    pence = row["pence_per_week"]
    if pence is None:
        return (f"{word('reviewed', row['about'])} in {first}",)
    change = "less" if pence > 0 else "more" if pence < 0 else "the same"
    return (f"{word('reviewed', row['about'])} in {first}: {change}",)


def _of_person(rows: pa.Table, what: str, period: ReportingYear) -> dict[int, Sequence[str]]:
    """By person, in words: support that runs on the last day or ran a year before; chances in the year."""
    found: dict[int, list[str]] = {}
    for row in rows.to_pylist():
        if row["what"] != what:
            continue
        if what == "support" and any(_runs(row, day) for day in (period.last, period.year_before)):
            found.setdefault(row["person_key"], []).append(_support(row))
        elif what == "chance" and period.first <= row["first"] <= period.last:
            says = f"{word('chance', row['about'])} in {month(row['first'])}: {word('offer', row['said'])}"
            found.setdefault(row["person_key"], []).append(says)
    return {person: tuple(dict.fromkeys(words)) for person, words in found.items()}


def _support(row: Mapping[str, Any]) -> str:
    until = f"{month(row['first'])} to {month(row['last'])}" if row["last"] else ""
    says = until or f"from {month(row['first'])}"
    return ", ".join((word("bought", row["said"]), word("held", row["about"]), says))


def _runs(row: Mapping[str, Any], day: date) -> bool:
    return bool(row["first"] <= day and (row["last"] is None or row["last"] >= day))
