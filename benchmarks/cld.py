"""A return of a million rows checked: ours beside pandera on polars, each in a process of its own."""

import json
import os
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

from wherewithal.simulate.returns.making import make

ROWS, COUNCILS, SEED, TIMES = 1_000_000, 5, 46, 3
OURS, THEIRS = "benchmarks.cld_ours", "benchmarks.against_pandera"
# Where ours says of a field what pandera's schema says too: in what the two find they must agree.
ALIKE = ("Ethnicity", "Primary_Support_Reason", "Event_Outcome", "Service_Component", "Delivery_Mechanism",
         "NHS_Number", "Event_End_Date")  # fmt: skip


def measure() -> str:
    """The table for docs/benchmarks.md. Raises AssertionError where the two differ in what both look for."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        path = Path(folder) / "return.csv"
        make(path, councils=COUNCILS, events=ROWS, seed=SEED, format="csv")
        turns = [(_run(OURS, path), _run(THEIRS, path)) for _ in range(TIMES)]
        size = path.stat().st_size
    ours, theirs = (_best(side) for side in zip(*turns, strict=True))
    mended = {field: times for field, times in ours["mended"].items() if field in ALIKE}
    assert mended == {field: theirs["found"].get(field, 0) for field in ALIKE}, (mended, theirs["found"])
    return _written(ours, theirs, size)


def _run(module: str, path: Path) -> dict[str, Any]:
    """One turn of a program: what it found, with its seconds, its processor's seconds and its most memory."""
    done = subprocess.run([sys.executable, "-m", module, str(path)], stdout=subprocess.PIPE, check=True)
    return dict(json.loads(done.stdout))


def _best(turns: tuple[dict[str, Any], ...]) -> dict[str, Any]:
    """What was found, with the least of each measure."""
    least = {key: min(turn[key] for turn in turns) for key in ("seconds", "processor", "megabytes")}
    return {**turns[0], **least}


def _written(ours: dict[str, Any], theirs: dict[str, Any], size: int) -> str:
    rows = [
        "| work | seconds | processor seconds | of ours | most memory, MB | faults |",
        "|" + " --- |" * 6,
    ]
    for name, side in (("ours", ours), ("pandera on polars", theirs)):
        ratio = side["processor"] / ours["processor"]
        rows.append(
            f"| {name} | {side['seconds']:.1f} | {side['processor']:.1f} | {ratio:.1f} "
            f"| {side['megabytes']:,.0f} | {side['faults']:,} |"
        )
    return (
        f"{ROWS:,} made-up rows of {COUNCILS} councils, all 46 fields, {size / 1e6:,.0f} MB, with the faults "
        f"of real ones (seed {SEED}), from the file to every fault with its row; the least of {TIMES} turns, "
        "one after the other. What both look for they find alike: words outside a list, nothing where "
        "something must stand, NHS numbers that cannot be one, ends before their start. pandera’s schema has "
        "no words for the rest: what a word of release 1 is read as, blanks that a measure misses, events "
        "told twice, rows that could be anybody’s, how many people a fault is about, what it does to which "
        f"measure. Of pandera’s processor seconds polars takes {theirs['reading']:.1f} to read the file. "
        f"pandera {version('pandera')}, polars {version('polars')}, pyarrow {version('pyarrow')}, "
        f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores while it ran.\n\n" + "\n".join(rows)
    )
