"""One DuckDB for all questions of a process: asked at once, or after a fork, it answers all the same."""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import duckdb
import ibis
import pytest
from spec.events import person

from wherewithal.analytics.any_year import day, in_words
from wherewithal.analytics.count import count
from wherewithal.analytics.engine import ask, checked
from wherewithal.analytics.year import ReportingYear
from wherewithal.core import period

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
    written = []

    def last_day(events, beside, year):
        written.append(year)
        return events.select(last=day(year.last), words=in_words(year.last)).distinct()

    for year in HELD:
        [row] = ask(last_day, (year,), checked(OF_TWO)).to_pylist()
        assert row == {"last": year.last, "words": period.written(year.last)}
    assert len(written) == 1


def test_a_question_of_two_years_is_refused():
    with pytest.raises(ValueError, match="one reporting year"):
        ask(lambda events, beside, *years: events, (YEAR, BEFORE), checked(OF_TWO))


def test_a_connection_of_anothers_keeps_neither_tables_nor_days():
    def fails(events, beside, year):
        return events.filter(events.LA_Code.cast("date") == day(year.last))

    own = ibis.duckdb.connect()
    assert held(YEAR, own) == HELD[YEAR]
    with pytest.raises(duckdb.ConversionException):
        ask(fails, (YEAR,), checked(OF_TWO), connection=own)
    for kept in ("duckdb_variables()", "duckdb_tables()", "duckdb_views() WHERE NOT internal"):
        assert own.con.execute(f"SELECT * FROM {kept}").fetchall() == []
