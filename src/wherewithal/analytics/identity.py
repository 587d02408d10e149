"""From a council's own file to the events table: a whole-number key a person, nothing that names them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from wherewithal.analytics.schema import EVENTS, as_table


@dataclass(frozen=True)
class Keyed:
    """The events, and how many rows were left out because they could be anybody's."""

    events: pa.Table
    left_out: int


def keyed(rows: Iterable[Mapping[str, Any]]) -> Keyed:
    """Rows as ``formats.cld.read`` gives them, as an events table.

    A person is their NHS number; without one, the council's number, unless that number also stands beside an
    NHS number in the file: such a row could be that person's or not, so it is left out and counted. Birth
    dates become the first day of their month. Source: NHS England, Central transformation principles: ASCOF,
    2024, "Distinct headcount methodology".
    """
    rows = list(rows)
    beside_nhs = {
        (row["LA_Code"], row["LA_Person_Unique_Identifier"]) for row in rows if row.get("NHS_Number")
    }
    keys: dict[tuple[str, ...], int] = {}
    names = [column.name for column in EVENTS if column.name != "person_key"]
    kept = []
    for row in rows:
        identity = _identity(row, beside_nhs)
        if identity is not None:
            event = {name: row.get(name) for name in names}
            if event["Date_of_Birth"] is not None:
                event["Date_of_Birth"] = event["Date_of_Birth"].replace(day=1)
            kept.append({"person_key": keys.setdefault(identity, len(keys) + 1), **event})
    return Keyed(as_table(kept), len(rows) - len(kept))


def _identity(row: Mapping[str, Any], beside_nhs: set[tuple[str, str]]) -> tuple[str, ...] | None:
    if row.get("NHS_Number"):
        return ("nhs", row["NHS_Number"].replace(" ", ""))
    council, number = row["LA_Code"], row.get("LA_Person_Unique_Identifier")
    if not number or (council, number) in beside_nhs:
        return None
    return ("council", council, number)
