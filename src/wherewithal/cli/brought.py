"""Files that a command is given to count: read, checked, and what they are said on standard error."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pyarrow as pa

from wherewithal.analytics.load import Loaded, Source, loaded
from wherewithal.analytics.year import ReportingYear
from wherewithal.cli.bars import reading
from wherewithal.cli.cld_told import times
from wherewithal.core.period import written
from wherewithal.core.refusal import Refusal
from wherewithal.formats import cld, mapped
from wherewithal.formats.mapped import ExtractMapping


@contextmanager
def brought(files: Sequence[Path], period: str | None, of: ExtractMapping | None = None) -> Iterator[Loaded]:
    """The events of the files, for as long as the block lasts: CSV of Client Level Data, or Parquet of it;
    with a mapping, CSV of whatever that maps.

    What was left out or counts as blank is said on standard error. Raises Refusal.
    """
    findings: list[cld.Findings] = []
    year = can_be_read(files, period)
    with ExitStack() as stack:
        sources = [_source(stack, file, findings, of) for file in files]
        found = stack.enter_context(loaded(sources, period=year))
        _say(found, sum(one.blanked for one in findings))
        yield found


def can_be_read(files: Sequence[Path], period: str | None) -> ReportingYear | None:
    """The period that was named; raises Refusal for one that is none, or a file that is not there."""
    if missing := next((file for file in files if not file.exists()), None):
        raise Refusal(f"There is no file {missing}.")
    return ReportingYear(period) if period else None


def _source(stack: ExitStack, file: Path, findings: list[cld.Findings], of: ExtractMapping | None) -> Source:
    if file.is_dir() or file.suffix == ".parquet":
        print(
            f"{file.name} is Parquet: its columns and their types are looked at, its cells only in CSV.",
            file=sys.stderr,
        )
        return file
    progress = stack.enter_context(reading(f"Reading {file.name}"))
    found = cld.Findings()
    findings.append(found)
    return _batches(file, found, progress, of)


def _batches(
    file: Path, found: cld.Findings, progress: cld.Progress, of: ExtractMapping | None
) -> Iterator[pa.RecordBatch]:
    """The file's rows; raises CannotBeTakenIn at its end where nothing of it may be counted."""
    if of:
        yield from mapped.batches(file, of, found=found, progress=progress)
    else:
        yield from cld.batches(file, found=found, progress=progress)
    found.health().must_be_taken_in()


def _say(found: Loaded, blanked: int) -> None:
    rows, people = _many(found.rows, "row"), _many(found.people, "person", "people")
    councils = _many(len(found.chosen), "council")
    said = [f"{rows} about {people} of {councils}, for {found.period.label}."]
    if found.superseded:
        said.append(
            f"{_many(found.superseded, 'row')} of other submissions of the same council were left out."
        )
    if found.left_out:
        said.append(f"{_many(found.left_out, 'row')} could be anybody’s, and were left out.")
    if blanked:
        said.append(
            f"A cell that cannot be used counts as blank: {times(blanked)}; see “wherewithal cld check”."
        )
    said += _short(found)
    print("\n".join(said), file=sys.stderr)


def _short(found: Loaded) -> Iterator[str]:
    """Councils whose submissions do not cover the period, those of the same days together."""
    first, last = found.period.first, found.period.last
    alike: dict[str, list[str]] = {}
    for one in found.chosen:
        if one.first and one.last and (one.first > first or one.last < last):
            alike.setdefault(f"{written(one.first)} to {written(one.last)}", []).append(one.council)
    for covers, councils in alike.items():
        who = f"council {councils[0]}" if len(councils) == 1 else f"{len(councils)} councils"
        yield f"What {who} sent covers {covers}, not all of {found.period.label}."


def _many(number: int, one: str, more: str = "") -> str:
    return f"{number:,} {one if number == 1 else more or one + 's'}"
