"""Small files of Client Level Data, made and read, for tests."""

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from wherewithal.formats.cld import Fault, Findings, Health, batches, fields, write

NAMES = [field.name for field in fields()]
SERVICE = {
    "LA_Code": "999",
    "NHS_Number": "9990000018",
    "LA_Person_Unique_Identifier": "E1001",
    "Date_of_Birth": date(1950, 6, 17),
    "Client_Type": "Service user",
    "Event_Type": "Service",
    "Event_Start_Date": date(2025, 5, 1),
    "Service_Type": "Long term support: Community",
    "Service_Component": "Home support or domiciliary care",
    "Delivery_Mechanism": "Direct payment",
    "Unit_Cost": Decimal("214.50"),
    "Cost_Frequency_Unit_Type": "Weekly",
    "Planned_units_per_week": Decimal("1"),
}


class Reading(NamedTuple):
    """The rows, without their numbers, and what was found."""

    rows: list[dict[str, Any]]
    health: Health

    @property
    def faults(self) -> list[Fault]:
        """What must be mended."""
        return [fault for fault in self.health.faults if fault.level != "warning"]


def read(content: bytes) -> Reading:
    found = Findings()
    rows = [row for batch in batches(content, found=found) for row in batch.to_pylist()]
    for row in rows:
        del row["row"]
    return Reading(rows, found.health())


def whole(row: dict) -> dict:
    return {name: row.get(name) for name in NAMES}


def file_with(*records: dict[str, str]) -> bytes:
    """The service's row once for each record, with some of its cells as text, whatever they say."""
    [header, row] = list(csv.reader(io.StringIO(write([SERVICE]).decode())))
    text = io.StringIO()
    rows = [
        [cells.get(name, cell) for name, cell in zip(header, row, strict=True)] for cells in records or ({},)
    ]
    csv.writer(text).writerows([header, *rows])
    return text.getvalue().encode()
