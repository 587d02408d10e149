"""A question to the two tables: an Ibis expression, put to an engine.

To write a question's SQL takes longer than to answer it from one council's tables, and the same few questions
are asked of every table: so the words are kept, and each table is answered under the same two names.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import lru_cache
from typing import Any

import ibis
import pyarrow as pa
from ibis.backends.duckdb import Backend as DuckDB

from wherewithal.analytics.schema import EVENTS, JOURNEYS, BadTable, Column, as_table

Question = Callable[..., ibis.Table]
"""``question(events, journeys, *about)``: two Ibis tables that keep the contracts of ``schema.py``, and what
is asked about, each of it hashable, made an expression. A function of a module, the same each time.
"""

_EVENTS, _JOURNEYS = "counted_events", "counted_journeys"


def ask(
    question: Question, about: Sequence[Any], events: Any, journeys: Any = None, connection: Any = None
) -> pa.Table:
    """The answer's rows. ``events`` and ``journeys`` are Arrow tables, lists of dicts or Ibis tables.

    ``connection`` is an Ibis backend, else a DuckDB is opened for the call. Raises BadTable.
    """
    if any(isinstance(rows, ibis.Table) for rows in (events, journeys)) or not _ours(connection):
        return run(question(_ibis(events, EVENTS), _ibis(journeys, JOURNEYS), *about), connection)
    tables = {_EVENTS: as_table(events), _JOURNEYS: as_table(journeys or [], JOURNEYS)}
    words, types = _words(question, tuple(about))
    with engine() if connection is None else nullcontext(connection) as put_to:
        for name, table in tables.items():
            put_to.con.register(name, table)
        try:
            return put_to.con.sql(words).to_arrow_table().cast(types)
        finally:
            for name in tables:
                put_to.con.unregister(name)


def run(query: Any, connection: Any = None) -> pa.Table:
    """The query's rows; on a DuckDB of its own, opened and closed here, unless a connection is given."""
    if connection is not None:
        return connection.to_pyarrow(query)
    with engine() as own:
        return own.to_pyarrow(query)


@contextmanager
def engine() -> Iterator[Any]:
    """A DuckDB in memory for as long as the block lasts: for several questions, opened once."""
    own = ibis.duckdb.connect()
    try:
        yield own
    finally:
        own.disconnect()


@lru_cache(maxsize=128)
def _words(question: Question, about: tuple[Any, ...]) -> tuple[str, pa.Schema]:
    """The question in DuckDB's SQL, and the types of its answer."""
    query = question(
        ibis.table(_schema(EVENTS), name=_EVENTS), ibis.table(_schema(JOURNEYS), name=_JOURNEYS), *about
    )
    return str(ibis.to_sql(query, dialect="duckdb")), query.schema().to_pyarrow()


def _schema(columns: Sequence[Column]) -> ibis.Schema:
    return ibis.Schema.from_pyarrow(pa.schema([(column.name, column.type) for column in columns]))


def _ours(connection: Any) -> bool:
    return connection is None or isinstance(connection, DuckDB)


def _ibis(rows: Any, columns: Sequence[Column]) -> Any:
    """Rows as an Ibis table: an Arrow table or dicts are checked first, an Ibis table by its column names."""
    if not isinstance(rows, ibis.Table):
        return ibis.memtable(as_table([] if rows is None else rows, columns))
    missing = [column.name for column in columns if column.needed and column.name not in rows.columns]
    if missing:
        raise BadTable(f"The table lacks {', '.join(missing)}.")
    return rows
