"""From files of Client Level Data to the events table: one submission a council, a number a person, no name.

Everything streams: the files are kept in Parquet, without what nobody counts, and DuckDB makes the events of
them without holding them in memory.
"""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import ibis
import pyarrow as pa
from pyarrow import parquet

from wherewithal.analytics.engine import engine
from wherewithal.analytics.identity import IDENTIFIERS, MACROS, doubtful, identified, shared_keys
from wherewithal.analytics.parquet_files import of_return
from wherewithal.analytics.schema import AGES, EVENTS
from wherewithal.analytics.submissions import OF_ONE, Submission, chosen, handed_in, months_asked, submissions
from wherewithal.analytics.year import ReportingYear
from wherewithal.core.period import written
from wherewithal.core.refusal import Refusal

STATED = ("Reporting_Period_Start_Date", "Reporting_Period_End_Date")
ROWS = pa.schema([
    *((name, pa.string()) for name in IDENTIFIERS),
    *((name, pa.date32()) for name in STATED),
    *((column.name, column.type) for column in EVENTS if column.name != "person_key"),
])  # fmt: skip
"""What is kept of a file: what is counted, and what tells whose it is."""
Source = Path | Iterable[pa.RecordBatch]
TRIES = 3  # to number people so that no two share a number; once in some 10,000 tries two of 40 million do


class NothingToCount(Refusal):
    """No file, or files without a row whose person is known."""


@dataclass(frozen=True)
class Loaded:
    """The events of one submission a council, an Ibis table of ``connection``, and what became of the rows.

    They lie in Parquet at ``path``, with a column more by which the numbers were checked, and have age groups
    where a source tells them. ``superseded`` rows belong to another submission of their council; those
    ``left_out`` could be anybody's.
    """

    events: Any
    connection: Any
    period: ReportingYear
    people: int
    rows: int
    left_out: int
    superseded: int
    chosen: tuple[Submission, ...]
    found: tuple[Submission, ...]
    path: Path

    def on(self, backend: Any) -> "Loaded":
        """The same, with the events as another engine's Ibis backend reads them."""
        events = backend.read_parquet(str(self.path))
        return replace(self, events=events.select(*self.events.columns), connection=backend)


@contextmanager
def loaded(
    sources: Iterable[Source],
    *,
    period: ReportingYear | None = None,
    folder: Path | None = None,
) -> Iterator[Loaded]:
    """The events of the sources, for as long as the block lasts.

    Each source is a file's batches, or Parquet or a folder of it, with the fields of Client Level Data in
    release 2; they are given in the order in which they were handed in.

    Without a ``period``, it is the year that ends where the newest submission does. Birth dates become the
    first day of their month. Files lie in a temporary folder below ``folder``, and go with it. Raises
    NothingToCount, also for a period of which no submission covers a day.
    """
    with TemporaryDirectory(dir=folder, prefix="events-") as place, engine() as connection:
        connection.raw_sql(f"SET temp_directory = '{_quoted(Path(place))}'")
        connection.raw_sql("SET preserve_insertion_order = false")
        connection.raw_sql(MACROS)
        try:
            made = _made(connection, sources, period, Path(place))
        except duckdb.Error as fault:
            said = str(fault).splitlines()[0]
            raise NothingToCount(
                f"The files cannot be read to their end; one may be damaged. {said}"
            ) from fault
        yield made


def _made(connection: Any, sources: Iterable[Source], period: ReportingYear | None, place: Path) -> Loaded:
    rows = _rows(connection, sources, place)
    months = connection.to_pyarrow(months_asked(rows)).to_pylist()
    if any(month["LA_Code"] is None for month in months):
        raise NothingToCount("Some rows name no council. Each needs one in LA_Code.")
    found = submissions(months)
    if not found:
        raise NothingToCount("The file holds no rows, so there is nothing to count.")
    sound = handed_in(found)
    period = period or _period_of(sound)
    counted = chosen(sound, period)
    _must_reach(period, counted)
    kept = _of_submissions(rows, counted, len(found) > len(counted))
    return _loaded(connection, kept, place, period, counted, found)


def _must_reach(period: ReportingYear, counted: Sequence[Submission]) -> None:
    if not any(one.covers(period) for one in counted):
        first = min(one.first for one in counted if one.first)
        last = max(one.last for one in counted if one.last)
        raise NothingToCount(
            f"The files cover {written(first)} to {written(last)}, and nothing of {period.label}."
        )


def _rows(connection: Any, sources: Iterable[Source], place: Path) -> Any:
    """The rows of all sources, with what is counted and what tells whose they are."""
    tables = [_table(connection, source, number, place) for number, source in enumerate(sources)]
    if not tables:
        raise NothingToCount("No file was named, so there is nothing to count.")
    return ibis.union(*tables) if len(tables) > 1 else tables[0]


def _table(connection: Any, source: Source, number: int, place: Path) -> Any:
    if isinstance(source, Path):
        paths = of_return(source, ROWS)
    else:
        paths = [_kept(source, place / f"rows-{number}.parquet")]
    table = connection.read_parquet([str(path) for path in paths], union_by_name=True)
    return table.select(
        source=ibis.literal(number, "int32"), **{one.name: _cells(table, one) for one in ROWS}
    )


def _cells(table: Any, field: pa.Field) -> Any:
    """A column as the field's type; nothing where there is none, or a number that is none, or too large."""
    wanted = _ibis(field.type)
    if field.name not in table.columns:
        return ibis.null(wanted)
    cells = table[field.name]
    if not cells.type().is_floating():
        return cells.cast(wanted) if cells.type() == wanted or wanted.is_string() else cells.try_cast(wanted)
    if wanted.is_string():  # only what is empty passed as that
        return ibis.null(wanted)
    return cells.isnan().ifelse(ibis.null(cells.type()), cells).try_cast(wanted)


def _kept(batches: Iterable[pa.RecordBatch], path: Path) -> Path:
    """A file's rows in Parquet."""
    with parquet.ParquetWriter(path, ROWS, compression="zstd") as writer:
        for batch in batches:
            columns = [
                batch[field.name].cast(field.type)
                if field.name in batch.schema.names
                else pa.nulls(len(batch), field.type)
                for field in ROWS
            ]
            writer.write_batch(pa.record_batch(columns, schema=ROWS))
    return path


def _period_of(found: Sequence[Submission]) -> ReportingYear:
    """The year that ends with the newest submission, as far as it goes."""
    ends = [last for one in found if (last := one.stated_last or one.last)]
    if not ends:
        raise NothingToCount("No row says which period the file covers. Name one, such as 2024-25.")
    return ReportingYear.of(max(ends)).so_far(max(ends))


def _of_submissions(rows: Any, counted: Sequence[Submission], several: bool) -> Any:
    """The rows of the submissions that are counted."""
    if not several:
        return rows
    wanted = ibis.memtable(
        pa.table({
            "source": pa.array([one.source for one in counted], pa.int32()),
            "LA_Code": pa.array([one.council for one in counted], pa.string()),
            STATED[0]: pa.array([one.stated_first for one in counted], pa.date32()),
            STATED[1]: pa.array([one.stated_last for one in counted], pa.date32()),
        })
    )  # fmt: skip
    return rows.semi_join(wanted, [rows[name].identical_to(wanted[name]) for name in OF_ONE])


def _loaded(
    connection: Any,
    rows: Any,
    place: Path,
    period: ReportingYear,
    counted: Sequence[Submission],
    found: Sequence[Submission],
) -> Loaded:
    in_doubt = connection.create_table("in_doubt", doubtful(rows))
    by_groups = _number(connection, (rows.Age_From.notnull() | rows.Age_To.notnull()).sum())
    columns = [column.name for column in EVENTS if by_groups or column not in AGES]
    for attempt in range(TRIES):
        path = place / f"events-{attempt}.parquet"
        people = identified(rows, in_doubt, secrets.token_hex(16))
        born = ibis.date(people.Date_of_Birth.year(), people.Date_of_Birth.month(), 1)
        others = [name for name in columns if name != "Date_of_Birth"]
        connection.to_parquet(people.select(*others, "person_check", Date_of_Birth=born), str(path))
        events = connection.read_parquet(str(path))
        if not _number(connection, shared_keys(events)):
            break
    else:
        raise NothingToCount("People could not be numbered so that no two share a number. Try again.")
    kept = _number(connection, events.count())
    if not kept:
        raise NothingToCount("No row tells whose it is: each needs an NHS number or the council’s own.")
    of_those = sum(one.events for one in counted)
    return Loaded(
        events=events.select(*columns),
        connection=connection,
        period=period,
        people=_number(connection, events.person_key.nunique()),
        rows=kept,
        left_out=of_those - kept,
        superseded=sum(one.events for one in found) - of_those,
        chosen=tuple(counted),
        found=tuple(found),
        path=path,
    )


def _ibis(type: pa.DataType) -> Any:
    return ibis.dtype(type)


def _number(connection: Any, asked: Any) -> int:
    return int(connection.to_pyarrow(asked).as_py() or 0)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
