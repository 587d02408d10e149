"""The national picture by year: nothing is joined that is not one count."""

import pytest

from wherewithal.analytics.national_printed import NOT_ON_RECORD
from wherewithal.analytics.national_years import facts
from wherewithal.analytics.said_in_2011 import said_in_2011
from wherewithal.analytics.size_band import FEW, MANY
from wherewithal.policy.published import published_figures
from wherewithal.policy.series import series_table
from wherewithal.policy.targets import targets

PRINTED = {one.id: one for one in published_figures()}


def test_every_subject_has_figures_and_says_what_is_not_on_record():
    assert {one.topic for one in facts()} == set(NOT_ON_RECORD)
    assert all(one.source and one.year for one in facts())


def test_what_has_no_figure_says_why_and_is_never_0():
    without = [one for one in facts() if not one.written]
    assert without and all(one.caveat for one in without)
    assert not any(one.written in ("0", "£0", "0 people") for one in facts())


def test_no_growth_is_told_across_a_break():
    told = [one for one in facts() if one.topic == "growth" and " to 20" in one.what and one.what.count(":")]
    across = [one for one in told if one.what.startswith(("People with a direct payment", "Clients with"))]
    assert len(across) == 4 and all(not one.written and one.caveat for one in across)


def test_the_two_ways_of_holding_a_budget_add_up_to_all():
    held = {
        (one.year, one.what): float(one.written.rstrip("%"))
        for one in facts() if one.topic == "held" and "%" in one.written
    }  # fmt: skip
    assert {year for year, _ in held} == {"2020-21", "2024-25"}
    for year in ("2020-21", "2024-25"):
        assert sum(share for (of, _), share in held.items() if of == year) == pytest.approx(100)


def test_how_far_councils_are_apart_leaves_out_who_has_a_mark():
    table = series_table("ascof-3d-2024-25")
    shares = [
        one.value.number
        for one in table.of("3d-2a")
        if one.council != "England" and one.value.number is not None
    ]
    (found,) = (
        one
        for one in facts()
        if (one.topic, one.year) == ("councils", "2024-25") and "direct payment" in one.what
    )
    assert f"the figures of {len(shares)} councils" in found.worked_out
    assert found.written == f"{min(shares)}% to {max(shares)}%"


def test_the_size_bands_are_the_printed_ones():
    assert (PRINTED["R2.2-5000"].value, PRINTED["R2.2-15000"].value) == (f"<{FEW}", f">{MANY}")


def test_what_councils_said_stands_on_printed_figures_and_says_what_is_not_told():
    told = [one for target in targets().values() for one in said_in_2011(target)]
    assert len(told) == len(targets())
    assert all(set(one.of) <= set(PRINTED) and one.not_told for one in told)
