"""One DuckDB for all questions of a process: asked at once, or after a fork, it answers all the same."""

import os
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from spec.events import person

from wherewithal.analytics.count import count
from wherewithal.analytics.year import ReportingYear

YEAR = ReportingYear("2025-26")


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
