"""``wherewithal simulate return``: a national file of Client Level Data of people who do not exist."""

from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from wherewithal.core.refusal import Refusal
from wherewithal.simulate.returns.making import make


def simulated(
    out: Annotated[Path, typer.Argument(help="a new folder; or a new file, if it ends in .csv")],
    events: Annotated[int, typer.Option(min=1, help="how many rows in all")] = 1_000_000,
    councils: Annotated[int, typer.Option(min=1, help="the first so many of 2024-25, by code")] = 153,
    seed: Annotated[int, typer.Option(min=0, help="the same seed makes the same files")] = 1,
    format: Annotated[
        Literal["parquet", "csv"] | None, typer.Option(help="of a folder's files; default parquet")
    ] = None,
    processes: Annotated[int, typer.Option(min=0, help="default as many as there are cores")] = 0,
) -> None:
    """Make a national return of people who do not exist, with the faults of real ones, and say what they are.

    CSV holds the cells as councils send them; Parquet what a careful reader makes of the same cells. The NHS
    numbers are those kept for tests; from some two million events on there are more people than such numbers,
    and the rest have their council's number alone.
    """
    if out.suffix == ".csv" and format == "parquet":
        raise Refusal(f"{out} ends in .csv: leave out --format, or name a folder.")
    kind = "csv" if out.suffix == ".csv" else format or "parquet"
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        bar = progress.add_task(f"{events:,} events", total=events)
        summary = make(
            out, councils=councils, events=events, seed=seed, format=kind, processes=processes,
            report=lambda rows: progress.update(bar, completed=rows),
        )  # fmt: skip
    print(f"{events:,} events of {councils} councils in 2024-25, of people who do not exist, are in {out}.")
    for stands in summary["stands"].values():
        print(f"{stands['many']:>12,} {stands['says']}")
