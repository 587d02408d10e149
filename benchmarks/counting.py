"""One way of counting every take-up measure from a Parquet file of events, in a process of its own.

``python -m benchmarks.counting WAY FILE`` prints JSON: seconds, peak memory in bytes, and each figure.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import ibis

from benchmarks.weighed import most_held
from wherewithal.analytics.count import count
from wherewithal.analytics.engine import engine
from wherewithal.analytics.spark import spark
from wherewithal.analytics.year import ReportingYear

YEAR = ReportingYear("2024-25")
MEASURES = (
    "ascof-3d-1a", "ascof-3d-2a", "ascof-3d-1b", "ascof-3d-2b", "ni130-revised", "ni130-without-reablement",
    "ni130-without-reablement-intermediate-care", "ni130-without-reablement-intermediate-care-sensory",
    "ni130-without-short-term",
)  # fmt: skip
SQL = Path(__file__).with_name("take_up.sql")
COLUMNS = [
    "LA_Code", "person_key", "Date_of_Birth", "Date_of_Death", "Client_Type", "Primary_Support_Reason",
    "Event_Start_Date", "Event_End_Date", "Service_Type", "Service_Component", "Delivery_Mechanism",
]  # fmt: skip

Figures = dict[str, tuple[int, int]]
"""Numerator and denominator by council, measure and group."""


def ours(path: Path) -> tuple[float, Figures]:
    """The library as it is, on DuckDB."""
    began = time.perf_counter()
    with engine() as connection:
        figures = count(connection.read_parquet(str(path)), MEASURES, YEAR, connection=connection)
    return time.perf_counter() - began, _named(figures)


def on_spark(path: Path) -> tuple[float, Figures]:
    """The library as it is, on Spark; what Spark takes to start is not counted."""
    with spark() as backend:
        began = time.perf_counter()
        figures = count(backend.read_parquet(str(path)), MEASURES, YEAR, connection=backend)
        return time.perf_counter() - began, _named(figures)


def sql(path: Path) -> tuple[float, Figures]:
    """DuckDB's own SQL, written by hand."""
    began = time.perf_counter()
    connection = ibis.duckdb.connect().con
    words = SQL.read_text().replace("$path", f"'{path}'")
    found = _summed(connection.sql(words).to_arrow_table().to_pylist())
    return time.perf_counter() - began, found


def pandas(path: Path) -> tuple[float, Figures]:
    """What analysts use."""
    from benchmarks.in_pandas import counted

    began = time.perf_counter()
    found = _summed(counted(path, COLUMNS))
    return time.perf_counter() - began, found


WAYS: Mapping[str, Callable[[Path], tuple[float, Figures]]] = {
    "ours": ours, "sql": sql, "pandas": pandas, "spark": on_spark,
}  # fmt: skip


def _named(figures: Iterable[Any]) -> Figures:
    return {f"{one.council} {one.measure} {one.group}": (one.numerator, one.denominator) for one in figures}


def _summed(rows: Iterable[Mapping[str, Any]]) -> Figures:
    """From counts by council and age to every group; who has no known age is of the total alone."""
    sums: Counter[str] = Counter()
    for row in rows:
        groups = ["total"] if row["no_age"] else ["total", "65+" if row["old"] else "18-64"]
        for group in groups:
            for name in (name for name in row if name[:2] in ("n ", "d ")):
                sums[f"{name[:2]}{row['LA_Code']} {name[2:]} {group}"] += int(row[name])
    councils = {row["LA_Code"] for row in rows}
    keys = (f"{a} {b} {c}" for a in councils for b in MEASURES for c in ("total", "18-64", "65+"))
    return {key: (sums[f"n {key}"], sums[f"d {key}"]) for key in keys}


def peak_bytes() -> int:
    """The most that this process and those it began held at a time."""
    return most_held() + sum(map(most_held, _children()))


def _children() -> list[str]:
    return Path(f"/proc/self/task/{Path('/proc/thread-self').resolve().name}/children").read_text().split()


if __name__ == "__main__":
    seconds, figures = WAYS[sys.argv[1]](Path(sys.argv[2]))
    print(json.dumps({"seconds": seconds, "bytes": peak_bytes(), "figures": figures}))
