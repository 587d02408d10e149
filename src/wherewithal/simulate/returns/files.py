"""A part's rows as Arrow tables: the cells as they are sent, for CSV, or as they are read, for Parquet."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from wherewithal.simulate.returns.columns import BLANK, Ints, days, fields, words
from wherewithal.simulate.returns.faults import MISREAD
from wherewithal.simulate.returns.part import Submission
from wherewithal.simulate.returns.planning import Part, kept_numbers

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2025, 12, 31)
DECIMALS = {"money": pa.decimal128(12, 2), "number": pa.decimal128(9, 2)}


def table(part: Part, of: Submission, *, sent: bool) -> pa.Table:
    """All fields in file order. As sent: dates as dd/mm/yyyy, words of the council's own release. As read:
    release 2's words, dates as dates, and ``row`` before them, counted as a spreadsheet does.
    """
    many = len(of.rows)
    told = {"LA_Code": _same(part.code, many)}
    for name, day in zip(
        ("Reporting_Period_Start_Date", "Reporting_Period_End_Date"), of.period, strict=True
    ):
        told[name] = _day(np.full(many, days(day), np.int32), sent)
    told |= {name: make(part, of) for name, make in _TEXTS.items()}
    columns: dict[str, Any] = {} if sent else {"row": pa.array(np.arange(2, many + 2))}
    for name, kind in fields().items():
        columns[name] = told[name] if name in told else _cells(name, kind, part, of, sent)
    return pa.table(columns)


def _cells(name: str, kind: str, part: Part, of: Submission, sent: bool) -> Any:
    column = of.rows.columns.get(name)
    if column is None:
        return pa.nulls(
            len(of.rows), {"date": pa.date32(), "whole": pa.int64(), **DECIMALS}.get(kind, pa.string())
        )
    if kind == "list":
        return _words(name, column, part.release_1 and sent)
    if kind == "date":
        return _day(column, sent)
    if kind in DECIMALS:
        return _decimals(column, DECIMALS[kind])
    if kind == "whole":
        return pa.array(column.astype(np.int64), mask=column == BLANK)
    raise ValueError(f"“{name}” is made of no numbers")


def _words(name: str, column: Ints, release_1: bool) -> Any:
    of = words()[name]
    said = (*(of.first_release if release_1 else of.words), *of.outside)
    return _dictionary(column, pa.array(said, pa.string()))


def _dictionary(places: Ints, values: Any) -> Any:
    return pa.DictionaryArray.from_arrays(pa.array(places, mask=places == BLANK), values)


def _same(word: str, many: int) -> Any:
    return _dictionary(np.zeros(many, np.int32), pa.array([word]))


def _day(column: Ints, sent: bool) -> Any:
    if not sent:
        return pa.array(column, mask=column == BLANK).cast(pa.date32())
    places = np.where(column == BLANK, BLANK, column - days(FIRST_DAY)).astype(np.int32)
    return _dictionary(places, _written_days())


@cache
def _written_days() -> Any:
    long = (LAST_DAY - FIRST_DAY).days + 1
    return pa.array([f"{FIRST_DAY + timedelta(step):%d/%m/%Y}" for step in range(long)])


def _decimals(hundredths: Ints, kind: pa.DataType) -> Any:
    """Two 64-bit words a number, the low one first: how Arrow keeps decimals of 128 bits."""
    halves = np.zeros((len(hundredths), 2), np.int64)
    halves[:, 0] = np.where(hundredths == BLANK, 0, hundredths)
    there = pa.array(hundredths != BLANK).buffers()[1]
    return pa.Array.from_buffers(kind, len(hundredths), [there, pa.py_buffer(halves)])


def _nhs(column: Ints) -> Any:
    """The numbers at these places; one that stands with a wrong check digit has the next digit instead."""
    blank = column == BLANK
    number = kept_numbers()[np.where(blank, 0, column) % MISREAD]
    wrong = number // 10 * 10 + (number % 10 + 1) % 10
    written = pa.array(np.where(column >= MISREAD, wrong, number), mask=blank)
    return written.cast(pa.string())


def _numbered(prefix: str, column: Ints, digits: int) -> Any:
    """Text of a prefix and a number: ``820-0000017``."""
    number = pa.array(column, mask=column == BLANK).cast(pa.string())
    return pc.binary_join_element_wise(prefix, pc.utf8_lpad(number, digits, "0"), "")


def _whose(part: Part) -> str:
    return f"{part.code}-{part.number:03}"


def _of(field: str, prefix: Callable[[Part], str], digits: int) -> Callable[[Part, Submission], Any]:
    return lambda part, of: _numbered(prefix(part), of.rows.columns[field], digits)


# Practices, places and providers are those of no real one: codes that begin with Z, an area that is nowhere.
_TEXTS: dict[str, Callable[[Part, Submission], Any]] = {
    "NHS_Number": lambda part, of: _nhs(of.rows.columns["NHS_Number"]),
    "LA_Person_Unique_Identifier": _of("LA_Person_Unique_Identifier", _whose, 7),
    "GP_Practice_Code": _of("GP_Practice_Code", lambda part: "Z99", 3),
    "Postcode": lambda part, of: _postcodes(of.rows.columns["Postcode"]),
    "Event_Reference": lambda part, of: _numbered(
        f"{_whose(part)}-E", np.arange(len(of.rows), dtype=np.int32), 7
    ),
    "Event_Description": lambda part, of: pa.nulls(len(of.rows), pa.string()),
    "Total_Hrs_Caring_per_week": lambda part, of: pa.nulls(len(of.rows), pa.string()),
    "Adult_1_Linked_Person_ID": _of("Adult_1_Linked_Person_ID", _whose, 7),
    "Adult_2_Linked_Person_ID": _of("Adult_2_Linked_Person_ID", _whose, 7),
    "Adult_3_Linked_Person_ID": lambda part, of: pa.nulls(len(of.rows), pa.string()),
    "Provider_CQC_Location_ID": _of("Provider_CQC_Location_ID", lambda part: "ZZ-", 6),
}


@cache
def _nowhere() -> Any:
    """5,000 postcodes, each once: Parquet keeps no order in a list of words that has one of them twice."""
    letters = "ABDEFGHJLN"
    return pa.array(
        f"ZZ{one // 500 + 1} {one // 100 % 5 + 1}{letters[one // 10 % 10]}{letters[one % 10]}"
        for one in range(5_000)
    )


def _postcodes(column: Ints) -> Any:
    return _dictionary(column, _nowhere())
