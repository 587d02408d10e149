"""Every published share worked out again from its own numerator and denominator."""

from collections import Counter
from decimal import Decimal

import pytest
from typer.testing import CliRunner

from wherewithal.analytics.recounted import recounted
from wherewithal.cli import app
from wherewithal.policy.series import parse, series_table, series_tables

HEAD = {
    "title": "A table", "publisher": "Nobody", "publication": "None", "year": "2020-21", "licence": "None",
    "says": "Made up.", "marks": {"[c]": "suppressed"}, "groups": {"all": "everybody"},
}  # fmt: skip
SHARE = {
    "id": "one", "title": "One", "definition": "By one rule", "unit": "%", "counts": "a", "of": "b",
    "decimals": 1,
}  # fmt: skip


def of(series, numerator, denominator, value):
    line = {
        "series": "one", "year": "2020-21", "council": "102", "group": "all",
        "numerator": numerator, "denominator": denominator, "value": value,
    }  # fmt: skip
    return list(recounted(parse("t", HEAD | {"series": [SHARE | series]}, [line])))


@pytest.mark.parametrize("id", series_tables())
def test_every_published_share_and_cost_follows_from_its_parts(id):
    found = Counter(one.verdict for one in recounted(series_table(id)))
    assert found["does not agree"] == 0
    parts = [(p.numerator.number, p.denominator.number, p.value.number) for p in series_table(id).points]
    assert found.total() == sum(None not in part and bool(part[1]) for part in parts)


def test_shares_agree_to_the_last_decimal_and_costs_within_the_rounding_of_people():
    shares = Counter(
        one.verdict for id in ("ascof-1c-2020-21", "ascof-3d-2024-25") for one in recounted(series_table(id))
    )
    assert shares == {"agrees": 2_378}
    assert Counter(one.verdict for one in recounted(series_table("direct-payment-costs"))) == {
        "agrees": 398, "agrees within rounding": 1_109,
    }  # fmt: skip


def test_a_share_that_does_not_follow_is_told_with_what_its_parts_give():
    (wrong,) = of({}, "55", "58", "97.0")
    assert (wrong.gives, wrong.verdict) == (Decimal("94.8"), "does not agree")
    assert wrong.why == "its parts, before they were rounded, give 94.8 to 94.8, and 94.8 as printed"


def test_half_a_decimal_goes_up_as_it_is_printed():
    assert of({}, "1", "2000", "0.1")[0].verdict == "agrees"
    assert of({}, "1", "2000", "0.0")[0].verdict == "does not agree"


@pytest.mark.parametrize(
    ("value", "verdict"),
    [("33.3", "agrees"), ("28.6", "agrees within rounding"), ("40.0", "agrees within rounding"),
     ("28.5", "does not agree"), ("40.1", "does not agree")],
)  # fmt: skip
def test_a_denominator_that_was_rounded_to_5_gives_a_span(value, verdict):
    assert of({"of_rounded_to": 5}, "5", "15", value)[0].verdict == verdict


def test_a_cost_is_thousands_of_pounds_a_year_by_people_and_52_weeks():
    (cost,) = of({"unit": "£ a week", "decimals": 0, "of_rounded_to": 5}, "8675", "5585", "30")
    assert (cost.gives, cost.verdict) == (Decimal("30"), "agrees")


@pytest.mark.parametrize(
    "parts", [("[c]", "58", "97"), ("1", "[c]", "2"), ("1", "2", "[c]"), ("0", "0", "0")]
)
def test_of_a_mark_or_of_nobody_nothing_is_worked_out(parts):
    assert of({}, *parts) == []


def test_the_command_says_how_many_and_lists_none_where_all_agree():
    ran = CliRunner().invoke(app, ["published", "recount"])
    assert ran.exit_code == 0
    assert "direct-payment-costs: 1,507 worked out again of 1,530 figures; 1,109 agree only" in ran.output
    assert "population" not in ran.output
