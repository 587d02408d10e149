"""One DuckDB for all questions of a process: asked at once, or after a fork, it answers all the same."""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import ibis
import pytest
from spec.events import person

from wherewithal.analytics import engine
from wherewithal.analytics.count import count
from wherewithal.analytics.year import ReportingYear

YEAR, BEFORE = ReportingYear("2025-26"), ReportingYear("2024-25")
SO_FAR = YEAR.so_far(date(2025, 9, 30))


def directed(people: int) -> list[dict]:
    """A council where so many hold a direct payment and as many do not."""
    return [
        row
        for key in range(people)
        for row in (
            *person("direct payment since 2024-05-01", key=2 * key),
            *person("managed budget since 2024-05-01", key=2 * key + 1),
        )
    ]


def share(people: int) -> tuple[int | None, int | None]:
    [total, *_] = count(directed(people), ["ascof-3d-2a"], YEAR)
    return total.numerator, total.denominator


def test_what_is_asked_at_once_of_several_tables_is_answered_from_each():
    sizes = list(range(1, 25))
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(share, sizes)) == [(size, 2 * size) for size in sizes]


@pytest.mark.skipif(sys.platform != "linux", reason="only some systems fork")
def test_who_is_forked_after_a_question_is_answered_too():
    assert share(2) == (2, 4)
    child = os.fork()
    if child == 0:  # with none of the threads that answered its parent
        os._exit(0 if share(3) == (3, 6) else 1)
    _, status = os.waitpid(child, 0)
    assert os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0
    assert share(4) == (4, 8)


OF_TWO = [  # one with support from October 2025 on, the other until March 2025
    *person("direct payment since 2025-10-01", key=1),
    *person("managed budget 2024-05-01 to 2025-03-31", key=2),
]
HELD = {YEAR: (1, 1), BEFORE: (0, 1), SO_FAR: (0, 0)}


def held(year: ReportingYear, connection: Any = None) -> tuple[int | None, int]:
    [total, *_] = count(OF_TWO, ["ascof-3d-2a"], year, connection=connection)
    return total.numerator, total.denominator


def test_a_question_is_put_of_several_years_at_once():
    years = [*HELD] * 8
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(held, years)) == [HELD[year] for year in years]


def test_a_question_is_written_once_for_all_years():
    assert held(YEAR) == HELD[YEAR]
    written = engine._statement.cache_info().misses
    assert [held(year) for year in (BEFORE, SO_FAR)] == [HELD[BEFORE], HELD[SO_FAR]]
    assert engine._statement.cache_info().misses == written


def test_a_connection_of_anothers_keeps_neither_tables_nor_days():
    own = ibis.duckdb.connect()
    assert held(YEAR, own) == HELD[YEAR]
    for kept in ("duckdb_variables()", "duckdb_tables()", "duckdb_views() WHERE NOT internal"):
        assert own.con.execute(f"SELECT * FROM {kept}").fetchall() == []
