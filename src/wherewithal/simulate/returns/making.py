"""The whole return on disk: parts made by several processes, in order, and a summary of what was put in."""

import json
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Literal

import pyarrow.csv as csv
import pyarrow.parquet as parquet

from wherewithal.core.refusal import Refusal
from wherewithal.simulate.returns import faults, truth
from wherewithal.simulate.returns.columns import fields
from wherewithal.simulate.returns.files import table
from wherewithal.simulate.returns.part import Submission, made
from wherewithal.simulate.returns.planning import YEAR, Part, parts

Format = Literal["parquet", "csv"]


@dataclass(frozen=True)
class Written:
    """One part as it was written: its files, and what stands in them and must be counted."""

    code: str
    files: tuple[str, ...]
    people: int
    stands: Counter[str]
    counts: truth.Counts


def make(
    out: Path,
    *,
    councils: int,
    events: int,
    seed: int,
    format: Format,
    processes: int = 0,
    report: Callable[[int], object] = lambda rows: None,
) -> dict[str, Any]:
    """Writes the return and gives its summary, which also stands beside it as JSON.

    ``out`` is a folder with a file a council, submission and part; or, ending in ``.csv``, one file. The same
    seed writes the same bytes, however many ``processes`` (0 for as many as the machine has cores) share the
    work; each holds one part of 200,000 rows. ``report`` hears of the rows done so far. Raises Refusal where
    something stands at ``out``, and leaves nothing half written there.
    """
    planned = parts(councils, events, seed)
    if out.exists():
        raise Refusal(f"{out} is there already. Name a place where nothing stands.")
    one_file = out.suffix == ".csv"
    making = out.with_name(f".{out.name}.making")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    try:
        written = []
        for number, one in enumerate(_all_written(planned, making, format, not one_file, processes)):
            if one_file:
                _put_together(making, one, first=number == 0)
            written.append(one)
            report(sum(part.rows for part in planned[: number + 1]))
        summary = _summary(written, councils, events, seed)
        beside = out.with_suffix(".summary.json") if one_file else making / "summary.json"
        beside.write_text(json.dumps(summary, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        (making / "whole.csv" if one_file else making).replace(out)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return summary


def _all_written(
    planned: list[Part], folder: Path, format: Format, header: bool, processes: int
) -> Iterable[Written]:
    """Each part in order, no more of them ahead than there are processes to make them."""
    work = partial(write, folder=folder, format=format, header=header)
    hands = min(processes or os.cpu_count() or 1, len(planned))
    if hands == 1:
        yield from map(work, planned)
        return
    with ProcessPoolExecutor(hands, get_context("spawn")) as pool:
        waiting = iter(planned)
        ahead = [pool.submit(work, part) for part in islice(waiting, 2 * hands)]
        while ahead:
            yield ahead.pop(0).result()
            ahead += [pool.submit(work, part) for part in islice(waiting, 1)]


def write(part: Part, *, folder: Path, format: Format, header: bool) -> Written:
    """One part's files, an earlier submission before a later one; ``header`` says whether a CSV has one."""
    submissions = made(part)
    newest = submissions[0]
    names, stands = [], faults.found(newest.rows, part)
    for one in reversed(submissions):
        name = f"{part.code}-{one.period[1]:%Y-%m-%d}-{part.number:03}.{format}"
        _write_one(part, one, folder / name, format, header)
        names.append(name)
    for earlier in submissions[1:]:
        also = faults.found(earlier.rows, part) | {"earlier-submission": len(earlier.rows)}
        stands.update({id: many for id, many in also.items() if id not in faults.OF_THE_NEWEST})
    read = faults.as_read(newest.rows)
    return Written(part.code, tuple(names), faults.people(read), stands, truth.counts(read))


def _write_one(part: Part, of: Submission, path: Path, format: Format, header: bool) -> None:
    if format == "csv":
        options = csv.WriteOptions(include_header=header, eol="\r\n", quoting_header="none")
        csv.write_csv(table(part, of, sent=True), path, options)
        return
    read = Submission(of.period, faults.as_read(of.rows))
    # Without the Arrow schema in it a column of words reads as text for everybody.
    parquet.write_table(table(part, read, sent=False), path, compression="zstd", store_schema=False)


def _put_together(folder: Path, one: Written, *, first: bool) -> None:
    with (folder / "whole.csv").open("ab") as whole:
        if first:
            whole.write((",".join(fields()) + "\r\n").encode())
        for name in one.files:
            with (folder / name).open("rb") as piece:
                shutil.copyfileobj(piece, whole, 1 << 20)
            (folder / name).unlink()


def _summary(written: list[Written], councils: int, events: int, seed: int) -> dict[str, Any]:
    stands: Counter[str] = sum((one.stands for one in written), Counter())
    counts: dict[str, dict[str, dict[str, list[int]]]] = {}
    for one in written:
        of = counts.setdefault(one.code, {})
        for measure, groups in one.counts.items():
            for group, (part, whole) in groups.items():
                before = of.setdefault(measure, {}).get(group, [0, 0])
                of[measure][group] = [before[0] + part, before[1] + whole]
    return {
        "says": "A made-up return of Client Level Data. Nobody in it exists.",
        "period": YEAR, "councils": councils, "events": events, "seed": seed,
        "people": sum(one.people for one in written),
        "stands": {id: {"says": says, "many": stands[id]} for id, says in faults.SAYS.items()},
        "counts": counts,
    }  # fmt: skip
