"""The national picture by year: nothing is joined that is not one count."""

from dataclasses import replace
from decimal import Decimal

import pytest

from wherewithal.analytics.national_printed import _missing, not_on_record
from wherewithal.analytics.national_years import _money, _people, facts, growth
from wherewithal.analytics.said_in_2011 import said_in_2011
from wherewithal.analytics.size_band import FEW, MANY
from wherewithal.analytics.trend import Figure, Stretch, Trend, trend
from wherewithal.policy.councils import ENGLAND
from wherewithal.policy.published import published_figures
from wherewithal.policy.series import Printed, series_table
from wherewithal.policy.targets import targets
from wherewithal.policy.trend import trend as definition

PRINTED = {one.id: one for one in published_figures()}


def test_every_subject_has_figures_and_says_what_is_not_on_record():
    assert {one.topic for one in facts()} == set(not_on_record())
    assert all(one.source and one.year for one in facts())


def test_the_years_that_no_table_tells_are_those_between_the_tables():
    said = not_on_record()
    assert "Of 2012-13 to 2019-20 and 2021-22 to 2023-24 no table is on record here." in said["people"]
    assert "of 2010-11 to 2019-20 and 2021-22 to 2023-24 no share is on record" in said["councils"]
    assert list(_missing("2020-21", ("self-directed-support",))) == ["2021-22 to 2023-24"]
    assert "2019-20" in _missing("2019-20", ("direct-payment-share",))


def test_what_is_worked_out_names_the_printed_figures_it_is_worked_out_of():
    (half,) = (one for one in facts() if one.what == "Of these, with over half")
    assert half.worked_out == (
        "worked out from the printed figure: of those 83, councils with budgets for over half"
    )


def test_what_has_no_figure_says_why():
    without = [one for one in facts() if not one.written]
    assert without and all(one.caveat for one in without)


def test_a_mark_in_a_made_up_table_is_told_as_what_it_means_and_never_as_0(monkeypatch):
    def made(id):
        table, mark = series_table(id), Printed(mark="[c]")
        points = [replace(one, numerator=mark, denominator=mark, value=mark) for one in table.points]
        return replace(table, points=tuple(points), marks={"[c]": "made up, too few to tell"})

    for module in ("national_years", "trend"):
        monkeypatch.setattr(f"wherewithal.analytics.{module}.series_table", made)
    trend.cache_clear()
    told = [*_people(), *_money()]
    trend.cache_clear()
    assert told and all(one.written == "" for one in told)
    assert {one.caveat for one in told} == {"“[c]”: made up, too few to tell."}


def test_no_growth_is_told_across_a_break():
    told = [one for one in facts() if one.topic == "growth" and " to 20" in one.what and one.what.count(":")]
    across = [one for one in told if one.what.startswith(("People with a direct payment", "Clients with"))]
    assert len(across) == 4 and all(not one.written and one.caveat for one in across)


def made_up(unit, *cells):
    """Growth over made-up years of one series of people with self-directed support, or of its share."""
    part = definition("self-directed-support").parts[0]
    series = replace(part.of, unit=unit)
    years = ("2020-21", "2021-22")
    figures = tuple(
        Figure(year, Printed(), Printed(), one, (ENGLAND,)) for year, one in zip(years, cells, strict=True)
    )
    of = replace(definition("self-directed-support"), title="Made up", breaks=())
    return list(growth(Trend(of, ENGLAND, "all", (Stretch(series, figures),), ())))


@pytest.mark.parametrize(
    ("unit", "before", "after", "written"),
    [
        ("%", "82.4", "84.0", "+1.6 points"),
        ("%", "84.0", "82.4", "-1.6 points"),
        ("%", "0", "1.5", "+1.5 points"),
        ("people", "2000", "2100", "+5.0%"),
    ],
)
def test_a_share_grows_by_points_and_a_count_by_percent(unit, before, after, written):
    (found,) = made_up(unit, Printed(Decimal(before)), Printed(Decimal(after)))
    assert (found.what, found.written) == ("Made up: 2020-21 to 2021-22", written)


SOME, MARK = Printed(Decimal(20)), Printed(mark="[c]")


@pytest.mark.parametrize("cells", [(MARK, SOME), (SOME, MARK), (Printed(Decimal(0)), SOME)])
def test_growth_from_a_mark_or_from_nobody_is_not_told_and_says_why(cells):
    found = made_up("people", *cells)
    assert [one.written for one in found] == [""] and found[0].caveat


@pytest.mark.parametrize(
    ("year", "every", "by_payment"),
    [("2020-21", ("ascof-1c-2020-21", "1c-1a"), ("ascof-1c-2020-21", "1c-2a")),
     ("2024-25", ("ascof-3d-2024-25", "3d-1a"), ("ascof-3d-2024-25", "3d-2a"))],
)  # fmt: skip
def test_the_two_ways_of_holding_a_budget_are_the_printed_counts_of_england(year, every, by_payment):
    directed, direct = (
        next(one.numerator.number for one in series_table(table).of(series)
             if (one.council, one.year, one.group) == (ENGLAND, year, "all"))
        for table, series in (every, by_payment)
    )  # fmt: skip
    held = {one.what: one for one in facts() if (one.topic, one.year) == ("held", year) and one.worked_out}
    for what, count in (
        ("By direct payment, all or a part of it", direct), ("In another way", directed - direct),
    ):  # fmt: skip
        assert held[what].worked_out.startswith(f"{count:,.0f} of {directed:,.0f} clients")
        assert float(held[what].written.rstrip("%")) == pytest.approx(float(100 * count / directed), abs=0.05)


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
