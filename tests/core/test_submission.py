"""Twelve months to the end of a quarter that is over."""

from datetime import date, timedelta

import pytest

from wherewithal.core.period import Period
from wherewithal.core.submission import NoSuchQuarter, last_quarter_end, quarter_ends, year_to


@pytest.mark.parametrize(
    ("on", "ended"),
    [
        (date(2026, 11, 30), date(2026, 9, 30)),
        (date(2026, 9, 30), date(2026, 6, 30)),
        (date(2026, 10, 1), date(2026, 9, 30)),
        (date(2026, 1, 1), date(2025, 12, 31)),
        (date(2026, 3, 31), date(2025, 12, 31)),
        (date(2024, 4, 1), date(2024, 3, 31)),
    ],
)
def test_a_quarter_is_over_on_the_day_after_its_last(on, ended):
    assert last_quarter_end(on) == ended


def test_the_newest_quarters_come_first_and_none_is_missing():
    assert quarter_ends(date(2026, 11, 30), 5) == [
        date(2026, 9, 30), date(2026, 6, 30), date(2026, 3, 31), date(2025, 12, 31), date(2025, 9, 30)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("end", "first"),
    [
        (date(2026, 3, 31), date(2025, 4, 1)),
        (date(2026, 6, 30), date(2025, 7, 1)),
        (date(2026, 9, 30), date(2025, 10, 1)),
        (date(2025, 12, 31), date(2025, 1, 1)),
    ],
)
def test_it_covers_the_twelve_months_to_the_quarters_end(end, first):
    assert year_to(end, date(2026, 11, 30)) == Period(first, end)


def test_a_quarter_that_runs_is_refused_to_its_last_day():
    with pytest.raises(NoSuchQuarter, match="not over yet"):
        year_to(date(2026, 12, 31), date(2026, 12, 31))
    assert year_to(date(2026, 12, 31), date(2027, 1, 1)).last == date(2026, 12, 31)


def test_no_other_day_of_a_year_ends_a_quarter():
    days = [date(2025, 1, 1) + timedelta(days=n) for n in range(365)]
    refused = []
    for day in days:
        try:
            year_to(day, date(2026, 11, 30))
        except NoSuchQuarter as refusal:
            assert "30 September 2026" in refusal.says
            refused.append(day)
    assert len(days) - len(refused) == 4
