"""Every take-up measure from a national file: ours beside SQL by hand, pandas and Spark, and the loading.

Each way counts in a process of its own, in turns with the others; every figure must be the same in all.
``WHEREWITHAL_BENCH_EVENTS`` names other sizes than 1 and 10 million events, such as ``1000000,100000000``.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from importlib import metadata, util
from pathlib import Path
from typing import Any

from benchmarks.counting import MEASURES
from wherewithal.simulate.returns.making import make

SEED, COUNCILS, TIMES = 1, 153, 3
LONG = 30.0
"""Seconds: pandas and Spark are not timed again where they take longer."""
SIZES = os.environ.get("WHEREWITHAL_BENCH_EVENTS", "1000000,10000000")
MOST = {"pandas": 10_000_000}
"""Events up to which a way is tried: pandas holds all of them in memory, several times over."""
SAYS = {
    "ours": "ours: the definitions through Ibis, on DuckDB",
    "sql": "DuckDB SQL by hand",
    "pandas": "pandas",
    "spark": "ours on Spark, local",
}


def measure() -> str:
    """The tables for docs/benchmarks.md. Raises AssertionError where two ways give another figure."""
    rows, loads = [], []
    for events in (int(size) for size in SIZES.split(",")):
        with tempfile.TemporaryDirectory(prefix="bench-measures-") as folder:
            path = Path(folder) / "events.parquet"
            loads.append(_load(events, Path(folder) / "return", path))
            rows += _of_size(events, path)
    lines = [
        "| events | way | seconds | of SQL by hand | peak MB |",
        "| ---: | --- | ---: | ---: | ---: |",
        *rows,
    ]
    loaded = ["| events | seconds to load | peak MB | people | left out | of an earlier submission |"]
    loaded += ["|" + " ---: |" * 6, *loads]
    return f"{_head()}\n\n" + "\n".join(lines) + f"\n\n{_of_loading()}\n\n" + "\n".join(loaded)


def _load(events: int, folder: Path, path: Path) -> str:
    """Makes the return and loads it, in a process of its own; the row of the second table."""
    make(folder, councils=COUNCILS, events=events, seed=SEED, format="parquet")
    done = _ran("benchmarks.loading", folder, path)
    shutil.rmtree(folder)
    return (
        f"| {events:,} | {done['seconds']:.1f} | {done['bytes'] / 1e6:,.0f} | {done['people']:,} | "
        f"{done['left_out']:,} | {done['superseded']:,} |"
    )


def _of_size(events: int, path: Path) -> list[str]:
    """The rows of the first table: the best of some turns, each way once in each."""
    ways = [way for way in SAYS if events <= MOST.get(way, events) and (way != "spark" or _spark_is_here())]
    best: dict[str, dict[str, Any]] = {}
    for _ in range(TIMES):
        for way in ways:
            if way in ("pandas", "spark") and way in best and best[way]["seconds"] > LONG:
                continue
            done = _ran("benchmarks.counting", way, path)
            assert done["figures"] == best.get("sql", done)["figures"], f"{way} counts otherwise"
            if done["seconds"] < best.get(way, done)["seconds"] or way not in best:
                best[way] = done
    assert all(one["figures"] == best["sql"]["figures"] for one in best.values())
    limit = best["sql"]["seconds"]
    return [
        f"| {events:,} | {SAYS[way]} | {one['seconds']:.2f} | {one['seconds'] / limit:.2f} | "
        f"{one['bytes'] / 1e6:,.0f} |"
        for way, one in best.items()
    ]


def _ran(module: str, *words: object) -> dict[str, Any]:
    command = [sys.executable, "-m", module, *map(str, words)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _spark_is_here() -> bool:
    return bool(util.find_spec("pyspark") and (os.environ.get("JAVA_HOME") or shutil.which("java")))


def _head() -> str:
    versions = ", ".join(
        f"{name} {metadata.version(name)}"
        for name in ("pandas", "pyarrow", "pyspark")
        if util.find_spec(name)
    )
    return (
        f"{len(MEASURES)} measures (the five forms of NI130, the four of ASCOF 3D) of {COUNCILS} councils by "
        f"age group, from one Parquet file of events of made-up people (`wherewithal simulate return`, seed "
        f"{SEED}). Each way in a process of its own, in turns, the best of {TIMES}; pandas and Spark once if "
        f"they take over {LONG:.0f} s; starting Spark is not counted. Every figure is the same in all ways. "
        f"{versions}."
    )


def _of_loading() -> str:
    return (
        "Before it is counted, a return is loaded once: which submission counts, whose each row is, a number "
        "for each person, with a check that no two share one."
    )
