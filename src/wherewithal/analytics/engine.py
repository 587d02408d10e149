"""A question to the two tables: an Ibis expression, put to an engine.

To write a question's SQL, and then to read it, takes longer than to answer it from one council's tables, and
the same few questions are asked of every table and of every year: so the statement is kept as DuckDB has
read it, each table is answered under the same two names, and the days of the year are told
(``any_year.py``). Any other engine that Ibis speaks to (``spark.py``) is asked the same expressions.
"""

import os
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import ibis
import pyarrow as pa
from ibis.backends.duckdb import Backend as DuckDB
from ibis.expr.operations import InMemoryTable
from pyarrow import parquet

from wherewithal.analytics import any_year
from wherewithal.analytics.any_year import AnyYear
from wherewithal.analytics.schema import EVENTS, JOURNEYS, BadTable, Column, as_table
from wherewithal.analytics.year import ReportingYear

Question = Callable[..., ibis.Table]
"""A function of a module, the same each time: ``question(events, beside, *about)`` makes an expression of two
Ibis tables that keep contracts of ``schema.py`` and of what is asked about, each of it hashable. The days of
a reporting year it takes through ``any_year.day`` and ``in_words`` alone, since it is written for any.
"""

_EVENTS, _BESIDE = "wherewithal_events", "wherewithal_beside"  # no table of another's has these names

# To make one SELECT of two takes a quarter of the writing; DuckDB does the same in its plan.
ibis.options.sql.fuse_selects = False
# DuckDB says so of every answer, and the copy costs less than the planning that it saves (``_answer``).
warnings.filterwarnings("ignore", "Arrow output on a DB-API result makes an extra copy", UserWarning)

_standing: ContextVar[Any] = ContextVar("the engine of a block", default=None)


def ask(
    question: Question,
    about: Sequence[Any],
    events: Any,
    beside: Any = None,
    connection: Any = None,
    contract: tuple[Column, ...] = JOURNEYS,
) -> pa.Table:
    """The answer's rows. ``events`` and ``beside``, by its ``contract``, were ``checked``; a question asked
    without one beside must not read it. What is asked ``about`` may hold a reporting year, and no more than
    one. ``connection`` is an Ibis backend, else that of ``counting_on``, else the DuckDB that the process
    keeps. Raises ValueError for two years.
    """
    years = [one for one in about if isinstance(one, ReportingYear)]
    if len(years) > 1:
        raise ValueError("A question is put of one reporting year: ask once for each.")
    connection = _standing.get() if connection is None else connection
    given = {_EVENTS: events} | ({} if beside is None else {_BESIDE: beside})
    if not _ours(connection) or any(isinstance(rows, ibis.Table) for rows in given.values()):
        with TemporaryDirectory(prefix="wherewithal-") as folder:
            lent = {name: _lent(rows, connection, Path(folder) / name) for name, rows in given.items()}
            return run(question(lent[_EVENTS], lent.get(_BESIDE), *about), connection)
    of_any_year = tuple(AnyYear() if isinstance(one, ReportingYear) else one for one in about)
    statement, types = _statement(question, of_any_year, contract)
    with _duckdb(connection) as put_to:
        for name, table in given.items():
            put_to.register(name, table)
        for year in years:
            any_year.tell(put_to, year)
        return _answer(put_to, statement).cast(types)


def checked(rows: Any, columns: Sequence[Column] = EVENTS) -> Any:
    """Rows that keep their contract: an Arrow table of an Arrow table or of dicts; an Ibis table as it is,
    looked at by its columns' names. Raises BadTable.
    """
    if not isinstance(rows, ibis.Table):
        return as_table(rows, columns)
    missing = [column.name for column in columns if column.needed and column.name not in rows.columns]
    if missing:
        raise BadTable(f"The table lacks {', '.join(missing)}.")
    return rows


def run(query: Any, connection: Any = None) -> pa.Table:
    """The query's rows; on a DuckDB of its own, opened and closed here, unless a connection is given or
    stands for the block.
    """
    connection = _standing.get() if connection is None else connection
    if connection is None:
        with engine() as own:
            return run(query, own)
    if not _ours(connection) or query.op().find(InMemoryTable):
        return connection.to_pyarrow(query)
    # Ibis would load pandas first, which takes longer than to count a council.
    words = str(ibis.to_sql(query, dialect="duckdb", pretty=False))
    return _answer(connection.con, words).cast(query.schema().to_pyarrow())


@contextmanager
def engine() -> Iterator[Any]:
    """A DuckDB in memory for as long as the block lasts: for several questions, opened once."""
    own = ibis.duckdb.connect()
    try:
        yield own
    finally:
        own.disconnect()


@contextmanager
def counting_on(backend: Any) -> Iterator[None]:
    """What is asked in the block without a connection of its own is asked of this Ibis backend."""
    before = _standing.set(backend)
    try:
        yield
    finally:
        _standing.reset(before)


@lru_cache(maxsize=512)
def _statement(
    question: Question, about: tuple[Any, ...], beside: tuple[Column, ...]
) -> tuple[duckdb.Statement, pa.Schema]:
    """The question as DuckDB has read it, and the types of its answer."""
    query = question(
        ibis.table(_schema(EVENTS), name=_EVENTS), ibis.table(_schema(beside), name=_BESIDE), *about
    )
    with _duckdb(None) as reader:
        (statement,) = reader.extract_statements(str(ibis.to_sql(query, dialect="duckdb", pretty=False)))
    return statement, query.schema().to_pyarrow()


def _answer(connection: Any, words: str | duckdb.Statement) -> pa.Table:
    """The rows of a DuckDB. ``sql`` would find the types first, and so read and plan the words twice."""
    return connection.execute(words).to_arrow_table()


@contextmanager
def _duckdb(connection: Any) -> Iterator[Any]:
    """A way of its own to the DuckDB of an Ibis backend, or to that which this process keeps; what it is told
    is told nobody else.
    """
    own = (_kept(os.getpid()) if connection is None else connection.con).cursor()
    try:
        yield own
    finally:
        own.close()


@cache
def _kept(process: int) -> Any:
    """A DuckDB in memory without tables, since to open one takes longer than a question to a council; whoever
    was forked has none of its threads, and opens another.

    It does not look for what a question says twice: of a small table to look takes longer than it saves (ADR
    0007), and a million and a half events are counted as quickly without.
    """
    return duckdb.connect(config={"disabled_optimizers": "common_subexpressions"})


def _schema(columns: Sequence[Column]) -> ibis.Schema:
    return ibis.Schema.from_pyarrow(pa.schema([(column.name, column.type) for column in columns]))


def _ours(connection: Any) -> bool:
    return connection is None or isinstance(connection, DuckDB)


def _lent(rows: Any, connection: Any, path: Path) -> Any:
    """The rows as an Ibis table of the engine; an engine that is not in this process reads them as a file.

    Ibis hands a table of ours to Spark through pandas, which fails on decimals that are empty.
    """
    if isinstance(rows, ibis.Table):
        return rows
    if _ours(connection):
        return ibis.memtable(rows)
    parquet.write_table(rows, path)
    return connection.read_parquet(str(path))
