"""From files of Client Level Data to the events table: one submission a council, a number a person, no name.

Everything streams: the files are kept in Parquet, without what nobody counts, and DuckDB makes the events of
them without holding them in memory.
"""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import ibis
import pyarrow as pa
from pyarrow import parquet

from wherewithal.analytics.engine import engine
from wherewithal.analytics.identity import IDENTIFIERS, doubtful, identified, shared_keys
from wherewithal.analytics.schema import EVENTS
from wherewithal.analytics.submissions import OF_ONE, Submission, chosen, months_asked, submissions
from wherewithal.analytics.year import ReportingYear
from wherewithal.core.refusal import Refusal

STATED = ("Reporting_Period_Start_Date", "Reporting_Period_End_Date")
TRIES = 3  # to number people so that no two share a number; once in some 10,000 tries two of 40 million do


class NothingToCount(Refusal):
    """No file, or files without a row whose person is known."""


@dataclass(frozen=True)
class Loaded:
    """The events of one submission a council, an Ibis table of ``connection``, and what became of the rows.

    ``superseded`` ones belong to another submission of their council; those ``left_out`` could be anybody's.
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


@contextmanager
def loaded(
    sources: Iterable[Iterable[pa.RecordBatch]],
    *,
    period: ReportingYear | None = None,
    folder: Path | None = None,
) -> Iterator[Loaded]:
    """The events of the sources, for as long as the block lasts.

    Each source is a file's batches, with the fields of Client Level Data, in the order in which they were
    handed in.

    Without a ``period``, it is the year that ends where the newest submission does. Birth dates become the
    first day of their month. Files lie in a temporary folder below ``folder``, and go with it. Raises
    NothingToCount.
    """
    with TemporaryDirectory(dir=folder, prefix="events-") as place, engine() as connection:
        connection.raw_sql(f"SET temp_directory = '{_quoted(Path(place))}'")
        connection.raw_sql("SET preserve_insertion_order = false")
        raw = _kept(sources, Path(place) / "rows.parquet")
        rows = connection.read_parquet(str(raw))
        found = submissions(connection.to_pyarrow(months_asked(rows)).to_pylist())
        if not found:
            raise NothingToCount("The file holds no rows, so there is nothing to count.")
        period = period or _period_of(found)
        counted = chosen(found, period)
        kept = _of_submissions(rows, counted, len(found) > len(counted))
        yield _loaded(connection, kept, Path(place), period, counted, found)


def _kept(sources: Iterable[Iterable[pa.RecordBatch]], path: Path) -> Path:
    """The sources' rows in one Parquet file, with what is counted and what tells whose they are."""
    names = [*IDENTIFIERS, *STATED, *(column.name for column in EVENTS if column.name != "person_key")]
    types = {column.name: column.type for column in EVENTS} | dict.fromkeys(STATED, pa.date32())
    schema = pa.schema([("source", pa.int32()), *((name, types.get(name, pa.string())) for name in names)])
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for number, batches in enumerate(sources):
            for batch in batches:
                columns = [
                    batch[name].cast(schema.field(name).type)
                    if name in batch.schema.names
                    else pa.nulls(len(batch), schema.field(name).type)
                    for name in names
                ]
                source = pa.array([number], pa.int32()).take(pa.array([0] * len(batch), pa.int32()))
                writer.write_batch(pa.record_batch([source, *columns], schema=schema))
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
    for attempt in range(TRIES):
        path = place / f"events-{attempt}.parquet"
        people = identified(rows, in_doubt, secrets.token_hex(16))
        born = ibis.date(people.Date_of_Birth.year(), people.Date_of_Birth.month(), 1)
        columns = [column.name for column in EVENTS if column.name != "Date_of_Birth"]
        connection.to_parquet(people.select(*columns, "person_check", Date_of_Birth=born), str(path))
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
        events=events.select(*(column.name for column in EVENTS)),
        connection=connection,
        period=period,
        people=_number(connection, events.person_key.nunique()),
        rows=kept,
        left_out=of_those - kept,
        superseded=sum(one.events for one in found) - of_those,
        chosen=tuple(counted),
        found=tuple(found),
    )


def _number(connection: Any, asked: Any) -> int:
    return int(connection.to_pyarrow(asked).as_py() or 0)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
