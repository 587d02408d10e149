"""Figures as somebody types them: every line read or named, and none known better than it is written."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from wherewithal.core.band import Band, exactly
from wherewithal.formats.typed_figures import MOST_LINES, NotFigures, read, read_goals


@pytest.mark.parametrize(
    "line",
    [
        "31 March 2010: 360 of 6,000",
        "31 mar 2010 360/6000",
        "31/3/2010, 360 OF 6000",
        "2010-03-31: 360 / 6,000",
        "  31.3.2010 360 of 6000  ",
    ],
)
def test_a_day_and_two_counts_are_read_however_they_are_written(line):
    found = read(line)
    assert [(one.on, one.percent) for one in found.observations] == [(date(2010, 3, 31), exactly(6))]
    assert found.bases == {date(2010, 3, 31): "360 of 6,000"}


def test_a_percentage_is_known_no_better_than_it_is_written():
    whole, finer = read("31 March 2010: 6%\n30 September 2010: 9.25%").observations
    assert whole.percent == Band(Fraction(11, 2), Fraction(6), Fraction(13, 2))
    assert (finer.percent.low, finer.percent.high) == (Fraction(9245, 1000), Fraction(9255, 1000))
    assert (whole.remark, finer.remark) == ("it is written with no decimals", "it is written with 2 decimals")


def test_rounded_counts_have_bounds():
    (one,) = read("31 March 2010: 360 of 6,000", 5).observations
    assert one.percent.low < 6 < one.percent.high and one.remark == "its counts were rounded"


def test_days_are_put_in_order_and_marks_are_left_out_and_said():
    found = read("31 March 2011: 15%\n\n30 September 2010: [c]\n31 March 2010: 6%\n30/6/2010: -")
    assert [one.on.year for one in found.observations] == [2010, 2011]
    assert found.not_seen == (
        "30 September 2010: “[c]” in place of a figure",
        "30 June 2010: “-” in place of a figure",
    )
    assert found.gaps == (date(2010, 9, 30), date(2010, 6, 30))


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("March 2010: 6%", "begin with a real day"),
        ("30 February 2010: 6%", "begin with a real day"),
        ("31 March 0010: 6%", "begin with a real day from 1990"),
        ("31 March 2010", "write two counts or a percentage"),
        ("31 March 2010: 6", "write two counts or a percentage"),
        ("31 March 2010: 106%", "write two counts or a percentage"),
        ("31 March 2010: 7 of 3", "The numerator is above the denominator"),
        ("31 March 2010: 0 of 0", "The denominator may be nobody"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_with_what_stood_there(line, says):
    with pytest.raises(NotFigures) as refused:
        read(f"31 December 2009: 5%\n{line}")
    assert refused.value.faults[0].startswith(f"Line 2, “{line[:40]}”: ") and says in refused.value.faults[0]


def test_all_faults_are_told_at_once_and_a_day_is_there_once():
    with pytest.raises(NotFigures) as refused:
        read("soon\n31 March 2010: 6%\n31/3/2010: 7%\n30/9/2010: many")
    assert [one.split(",")[0] for one in refused.value.faults] == ["Line 1", "Line 3", "Line 4"]
    with pytest.raises(NotFigures, match=f"at most {MOST_LINES} figures"):
        read("\n".join(f"{day}/{month}/2010: 6%" for month in (1, 3) for day in range(1, 30)))


def test_goals_are_percentages_above_nothing_in_the_order_of_days():
    assert read_goals("31/3/2012: 20%\n31 March 2011: 12.5%") == (
        (date(2011, 3, 31), Fraction(25, 2)), (date(2012, 3, 31), Fraction(20)),
    )  # fmt: skip
    for wrong in ("31/3/2012: 0%", "31/3/2012: 120%", "31/3/2012: 3 of 9"):
        with pytest.raises(NotFigures, match="as a percentage"):
            read_goals(wrong)


@given(some.text(max_size=200))
def test_no_text_is_read_as_something_that_is_no_share(text):
    try:
        found = read(text)
    except NotFigures as refusal:
        assert refusal.faults
    else:
        assert all(0 <= one.percent.low <= one.percent.high <= 100 for one in found.observations)
