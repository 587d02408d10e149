"""Table contracts: what each column of a table that is counted is called, holds and means.

``EVENTS`` has one row for each request, assessment, service or review, in Client Level Data's own field
names and words, with a ``person_key`` in place of everything that tells who the person is. ``JOURNEYS`` has
the dates that Client Level Data lacks, ``PARTICULARS`` what else it has no field for.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute as pc

from wherewithal.core.refusal import Refusal
from wherewithal.policy import table as policy

Kind = Literal["text", "date", "whole", "money", "number"]

_TYPES: dict[Kind, tuple[pa.DataType, str]] = {
    "text": (pa.string(), "text"),
    "date": (pa.date32(), "a date"),
    "whole": (pa.int64(), "a whole number"),
    "money": (pa.decimal128(12, 2), "pounds and pence as a decimal"),
    "number": (pa.decimal128(9, 2), "a decimal number"),
}


class BadTable(Refusal):
    """A table that does not keep its contract; ``says`` names every column at fault."""


@dataclass(frozen=True)
class Column:
    """One column; without a ``needed`` one nothing can be counted, another may be missing or empty."""

    name: str
    kind: Kind
    meaning: str
    needed: bool = False

    @property
    def type(self) -> pa.DataType:
        return _TYPES[self.kind][0]


_COUNTED = {
    "LA_Code", "Date_of_Birth", "Date_of_Death", "Client_Type", "Primary_Support_Reason", "Event_Type",
    "Event_Start_Date", "Event_End_Date", "Service_Type", "Service_Component", "Delivery_Mechanism",
}  # fmt: skip

# What an extract may have in place of a birth date; Client Level Data and our own extract have none.
AGES = (
    Column(
        "Age_From", "whole", "The youngest that the person may be on the period’s last day, by an age group"
    ),
    Column("Age_To", "whole", "The oldest that the person may be then; empty too where the group is open"),
)

EVENTS: tuple[Column, ...] = (
    Column("person_key", "whole", "A number for the person, the same in all rows of a council", needed=True),
    *(
        Column(
            field["name"],
            "text" if field["kind"] == "list" else field["kind"],
            field["meaning"],
            needed=field["name"] in _COUNTED,
        )
        for field in policy("national/client-level-data")["fields"]
        if field.get("extract", True)
    ),
    *AGES,
)

JOURNEYS: tuple[Column, ...] = (
    Column("LA_Code", "text", "The council, by its code in social care collections", needed=True),
    Column("person_key", "whole", "The person, as in the events", needed=True),
    Column("requested_on", "date", "The day the request was received", needed=True),
    Column("assessed_on", "date", "The day the assessment was agreed"),
    Column("agreed_on", "date", "The day the support plan was signed off"),
    Column("first_paid_on", "date", "The day of the first direct payment; empty until then", needed=True),
)

# One row for each support, plan, finished review, outcome that one looked at, chance to offer a direct
# payment (an assessment that found eligible needs, a finished review), and review that fell due.
PARTICULARS: tuple[Column, ...] = (
    Column("LA_Code", "text", "The council, by its code in social care collections", needed=True),
    Column("person_key", "whole", "The person, as in the events", needed=True),
    Column("Date_of_Birth", "date", "The first day of the person’s month of birth", needed=True),
    Column(
        "what", "text", "What the row is: support, plan, review, outcome, chance or review_due", needed=True
    ),
    Column(
        "first",
        "date",
        "The first day of support or a plan; the day a review or an assessment was finished, or one was due",
        needed=True,
    ),
    Column(
        "last",
        "date",
        "The last day of support or a plan, empty while it runs; of others, that day",
        needed=True,
    ),
    Column(
        "said",
        "text",
        "What is bought; who wrote the plan; saved, added or none; how far it was met; what came of an"
        " offer; on time, late or not held",
        needed=True,
    ),
    Column(
        "about",
        "text",
        "How support is paid; whose plan; what was or is to be reviewed; what an outcome serves;"
        " assessment or review",
        needed=True,
    ),
    Column(
        "pence_per_week", "whole", "By how many pence a week a review saved, below 0 added; empty if not said"
    ),
)


def check(table: pa.Table, columns: Sequence[Column] = EVENTS) -> list[str]:
    """What is wrong with a table: a sentence for each needed column missing and each of a wrong type."""
    faults = []
    for column in columns:
        if column.name not in table.column_names:
            if column.needed:
                faults.append(f"The column “{column.name}” is missing.")
        elif not _fits(table.schema.field(column.name).type, column.kind):
            found = table.schema.field(column.name).type
            faults.append(
                f"The column “{column.name}” holds {found}; it should hold {_TYPES[column.kind][1]}."
            )
    return faults


def as_table(rows: pa.Table | Iterable[Mapping[str, Any]], columns: Sequence[Column] = EVENTS) -> pa.Table:
    """The rows as an Arrow table with exactly ``columns``, blank text made null, missing columns empty.

    Columns that the contract does not name are refused, so that nothing slips out by them; so is a row
    without its council or its person. Raises BadTable.
    """
    table = rows if isinstance(rows, pa.Table) else _from_rows(list(rows), columns)
    unknown = [name for name in table.column_names if name not in {column.name for column in columns}]
    faults = check(table, columns) + [f"There is no column “{name}” in the contract." for name in unknown]
    if faults:
        raise BadTable(" ".join(faults))
    kept = pa.table({column.name: _column(table, column) for column in columns})
    for name in ("LA_Code", "person_key"):
        if kept[name].null_count:
            raise BadTable(f"The column “{name}” is empty in {kept[name].null_count} of {len(kept)} rows.")
    return kept


def _from_rows(rows: list[Mapping[str, Any]], columns: Sequence[Column]) -> pa.Table:
    names = {name: None for row in rows for name in row}
    types = {column.name: column for column in columns}
    arrays = {}
    for name in names if rows else types:
        values = [row.get(name) for row in rows]
        wanted = types[name].type if name in types else None
        try:
            arrays[name] = pa.array(values, wanted)
        except (pa.ArrowException, ValueError, TypeError, OverflowError) as fault:
            says = _TYPES[types[name].kind][1] if name in types else "one kind of value"
            raise BadTable(f"The column “{name}” should hold {says}: {fault}") from fault
    return pa.table(arrays)


def _fits(found: pa.DataType, kind: Kind) -> bool:
    if pa.types.is_null(found):
        return True
    held = found.value_type if pa.types.is_dictionary(found) else found
    fits = {
        "text": pa.types.is_string(held) or pa.types.is_large_string(held) or pa.types.is_string_view(held),
        "date": pa.types.is_date(found),
        "whole": pa.types.is_integer(found),
    }
    return bool(fits.get(kind, pa.types.is_decimal(found) or pa.types.is_integer(found)))


def _column(table: pa.Table, column: Column) -> Any:
    if column.name not in table.column_names:
        return pa.nulls(table.num_rows, column.type)
    try:
        values = table[column.name].cast(column.type)
    except pa.ArrowInvalid as fault:
        raise BadTable(
            f"The column “{column.name}” cannot be read as {_TYPES[column.kind][1]}: {fault}"
        ) from fault
    if column.kind == "text":
        values = pc.if_else(
            pc.equal(pc.utf8_trim_whitespace(values), ""), pa.scalar(None, pa.string()), values
        )
    return values
