"""Client Level Data checked by pandera on polars: the rules of ours that it can hold, each in its own way.

A process of its own, so that its memory is its own: ``python -m benchmarks.against_pandera FILE``.
"""

import json
import sys
import time
from collections import Counter
from pathlib import Path

import pandera.polars as pandera
import polars as pl

from benchmarks.weighed import weighed
from wherewithal.formats.cld.fields import Field, fields
from wherewithal.policy.councils import every_council

CODES = [*(council.code for council in every_council()), "999"]
SHAPES = {"money": r"^\d{1,7}(\.\d{1,2})?$", "number": r"^\d{1,7}(\.\d{1,2})?$", "whole": r"^\d{1,9}$"}
DAY = "%d/%m/%Y"


def found_in(path: Path) -> dict[str, object]:
    """How many faults, and of each field; all of them collected with their row, as ours."""
    began = time.process_time()
    table = pl.read_csv(path, infer_schema=False)
    reading = time.process_time() - began
    try:
        _schema().validate(table, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        found: Counter[str] = Counter()
        for column, check, times in errors.failure_cases.group_by("column", "check").len().iter_rows():
            found[str(check) if str(check) in _NAMES else str(column)] += times
        return {"faults": sum(found.values()), "found": dict(found), "reading": reading}
    return {"faults": 0, "found": {}, "reading": reading}


_NAMES = {field.name for field in fields()}


def _schema() -> pandera.DataFrameSchema:
    columns = {
        field.name: pandera.Column(pl.String, nullable=True, checks=_checks(field)) for field in fields()
    }
    rules = [pandera.Check(_needed(field), name=field.name) for field in fields() if field.needed]
    return pandera.DataFrameSchema(columns, checks=[*rules, _ends_after_start()], strict=True)


def _checks(field: Field) -> list[pandera.Check]:
    if field.name == "LA_Code":
        return [pandera.Check.isin(CODES)]
    if field.name == "NHS_Number":
        return [pandera.Check(_check_digit)]
    if field.kind == "list" and field.complete:
        return [pandera.Check.isin([*field.words, *field.was])]
    if field.kind == "date":
        return [pandera.Check(_is_day)]
    return [pandera.Check.str_matches(SHAPES[field.kind])] if field.kind in SHAPES else []


def _is_day(data: pandera.PolarsData) -> pl.LazyFrame:
    cell = pl.col(data.key)
    return data.lazyframe.select(cell.is_null() | cell.str.to_date(DAY, strict=False).is_not_null())


def _check_digit(data: pandera.PolarsData) -> pl.LazyFrame:
    cell = pl.col(data.key)
    digits = [cell.str.slice(place, 1).cast(pl.Int32, strict=False) for place in range(10)]
    total = pl.sum_horizontal(digit * (10 - place) for place, digit in enumerate(digits[:9]))
    fits = cell.str.contains(r"^\d{10}$") & ((11 - total % 11) % 11 == digits[9])
    return data.lazyframe.select(cell.is_null() | (fits & ~_one_digit(cell)))


def _one_digit(cell: pl.Expr) -> pl.Expr:
    return cell.is_in([str(digit) * 10 for digit in range(10)])


def _needed(field: Field):  # type: ignore[no-untyped-def]
    def check(data: pandera.PolarsData) -> pl.LazyFrame:
        there = pl.col(field.name).is_not_null()
        if field.needed == "rows":
            return data.lazyframe.select(there)
        if field.needed == "events":
            alone = ["Unpaid carer known by association", "Carer known by association"]
            return data.lazyframe.select(there | pl.col("Client_Type").is_in(alone))
        return data.lazyframe.select(there | ~pl.col("Event_Type").is_in(list(field.needed)))

    return check


def _ends_after_start() -> pandera.Check:
    def check(data: pandera.PolarsData) -> pl.LazyFrame:
        starts, ends = (
            pl.col(name).str.to_date(DAY, strict=False) for name in ("Event_Start_Date", "Event_End_Date")
        )
        return data.lazyframe.select((ends >= starts).fill_null(True))

    return pandera.Check(check, name="Event_End_Date")


if __name__ == "__main__":
    print(json.dumps(weighed(lambda: found_in(Path(sys.argv[1])))))
