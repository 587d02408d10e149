"""``wherewithal cld``: a file of Client Level Data, checked before it is sent and written anew."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal

import typer

from wherewithal.cli import mapped
from wherewithal.cli.bars import reading
from wherewithal.cli.cld_told import as_json, print_health, times
from wherewithal.cli.files import keep, print_json
from wherewithal.cli.submission import submission
from wherewithal.core.refusal import Refusal
from wherewithal.formats import cld

app = typer.Typer(
    no_args_is_help=True, help="Client Level Data: check a file, write it in release 2, make our own."
)
app.command()(submission)
app.add_typer(mapped.app)

File = Annotated[Path, typer.Argument(help="a CSV file of Client Level Data, release 1 or 2")]


@app.command()
def check(
    file: File,
    json: Annotated[Path | None, typer.Option(help="write all that was found to this file too")] = None,
    rows: Annotated[
        Path | None, typer.Option(help="write the rows to be mended, and why, to this CSV file")
    ] = None,
    format: Annotated[Literal["table", "json"], typer.Option(help="to read, or for machines")] = "table",
) -> None:
    """What is wrong with a file and what it does to which measure; exit 1 if something must be mended."""
    with reading(f"Checking {file.name}") as progress:
        if rows is None:
            health = cld.check(file, progress=progress)
        else:
            with _opened(rows) as out:
                health = cld.check(file, progress=progress, failed=cld.FailedRows(out))
    if json:
        keep(json, as_json(file.name, health))
    if format == "json":
        print(as_json(file.name, health), end="")
    else:
        print_health(file.name, health)
    if health.worst in ("refused", "error"):
        raise typer.Exit(1)


@app.command()
def normalise(
    file: File,
    out: Annotated[Path, typer.Argument(help="the file to write; it takes the place of one that is there")],
    format: Annotated[Literal["table", "json"], typer.Option(help="to read, or for machines")] = "table",
) -> None:
    """Write a file in release 2: its words, its dates, its columns in order. All of it or nothing."""
    with reading(f"Writing {out.name}") as progress:
        health = cld.normalise(file, out, progress=progress)
    changed = [fault for fault in health.of("warning") if fault.now]
    if format == "json":
        print_json([
            {"field": one.field, "was": one.value, "now": one.now, "times": one.times} for one in changed
        ])  # fmt: skip
        return
    for one in changed:
        print(f"{one.field}: “{one.value}” is now “{one.now}”, {times(one.times)}.")
    print(f"{health.rows:,} rows are in {out}; {sum(one.times for one in changed):,} cells were rewritten.")


@contextmanager
def _opened(path: Path) -> Iterator[typer.FileTextWrite]:
    try:
        # It names people: a new file is its owner's alone.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as out:
            yield out  # type: ignore[misc]
    except OSError as error:
        raise Refusal(f"{path} cannot be written: {error.strerror or error}.") from error
