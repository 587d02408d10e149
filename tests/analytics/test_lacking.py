"""What an extract does not hold is not available in its figures, and is never 0."""

from decimal import Decimal

import pytest
from spec.events import people, person

from wherewithal.analytics.count import counting
from wherewithal.analytics.lacking import reads, without
from wherewithal.analytics.supports import ANY, supports
from wherewithal.analytics.told import told
from wherewithal.analytics.year import ReportingYear
from wherewithal.policy.disclosure import rule
from wherewithal.policy.measure import measure, measures

YEAR = ReportingYear("2025-26")
EVENTS = people("community, mechanism blank since 2024-05-01", "direct payment since 2024-05-01")
NO_MECHANISM = {"direct payments": [("Delivery_Mechanism", "")]}


def counted(ids):
    return told(counting(EVENTS, ids, YEAR, by=("council",)), YEAR, None)


def test_a_share_of_what_the_extract_does_not_hold_is_not_available_and_its_base_stays():
    [figure] = without(counted(["ascof-3d-2a"]), NO_MECHANISM)
    assert (figure.status, figure.value, figure.numerator, figure.denominator) == ("x", None, None, 2)
    assert figure.base == (
        "2 people with long-term community support on 31 March 2026; direct payments: not in this extract"
    )


def test_what_needs_nothing_that_is_lacking_is_told_as_it_was_counted():
    figures = counted(["ascof-3d-2a"])
    assert without(figures, {"costs": [("Unit_Cost", "")]}) == figures
    assert figures[0].value == Decimal("50.0")


@pytest.mark.parametrize(
    ("id", "needs", "not_these"),
    [
        ("ascof-3d-1a", {"Delivery_Mechanism"}, {"Service_Component", "Unit_Cost"}),
        ("ascof-3d-2b", {"Delivery_Mechanism"}, {"Unit_Cost"}),
        ("ni130-without-reablement", {"Delivery_Mechanism", "Service_Component"}, {"Primary_Support_Reason"}),
        ("ni130-without-reablement-intermediate-care-sensory", {"Primary_Support_Reason"}, {"Unit_Cost"}),
        ("days-to-first-payment-mean", set(), {"Delivery_Mechanism"}),
    ],
)
def test_a_measure_reads_the_fields_that_its_definition_names(id, needs, not_these):
    fields = {field for field, _ in reads(measure(id))}
    assert needs <= fields and fields.isdisjoint(not_these)


@pytest.mark.parametrize(
    ("id", "lacks", "base"),
    [
        ("budgets-mixed", ("Delivery_Mechanism", ""), "[x] people with a personal budget on 31 March 2026"),
        ("ascof-3d-1b", ("Client_Type", "Unpaid carer"), "[x] carers with support of their own"),
        ("budgets-median", ("Unit_Cost", ""), "[x] "),
    ],
)
def test_a_base_that_needs_what_is_lacking_is_not_told_either(id, lacks, base):
    parts = [lacks, (lacks[0], "Unpaid carer known by association")] if lacks[1] else [lacks]
    [figure] = without(counted([id]), {"what tells it": parts})
    assert (figure.denominator, figure.status) == (None, "x")
    assert figure.base.startswith(base) and figure.base.endswith("; what tells it: not in this extract")


def test_a_measure_of_clients_and_carers_is_told_where_only_carers_are_lacking():
    carers = {
        "carers": [("Client_Type", "Unpaid carer"), ("Client_Type", "Unpaid carer known by association")]
    }
    assert [one.status for one in without(counted(["ni130-revised"]), carers)] == ["ok"]


def test_where_there_are_no_reviews_nobody_is_said_to_have_had_none():
    figures = counted(["reviewed-in-twelve-months", "ascof-3d-2a"])
    found = without(figures, {"reviews": [("Event_Type", "Review")]})
    assert [(one.measure, one.status) for one in found] == [
        ("reviewed-in-twelve-months", "x"), ("ascof-3d-2a", "ok"),
    ]  # fmt: skip


def test_every_measure_of_how_money_is_held_needs_to_know_it():
    """What is not counted by the delivery mechanism says nothing of direct payments, budgets or take-up."""
    without_it = {
        one.id for one in measures().values() if "Delivery_Mechanism" not in {of for of, _ in reads(one)}
    }
    assert not {id for id in without_it if id.startswith(("ni130", "ascof-1c", "ascof-3d", "budget-"))}


SUPPORT = [
    *person("commissioned since 2024-05-01; commissioned since 2025-05-01", key=1, born="1940-06-01"),
    *person(
        "commissioned since 2024-05-01; meals for a while 2025-06-01 to 2025-06-30", key=2, born="1980-06-01"
    ),
    *person("direct payment 2020-05-01 to 2021-05-01", key=3),
    *person("meals for a while since 2025-06-01", key=4, born=""),
    *person("request 2025-06-01 to 2025-06-02", key=5),
]


def supported(**how):
    return {(one.group, one.support): one.people for one in supports(SUPPORT, YEAR, **how)}


def test_people_are_counted_once_for_each_kind_of_support_in_the_year_and_once_in_all():
    found = supported()
    home = "Home support or domiciliary care"
    assert (found["total", ANY], found["total", home], found["total", "Meals"]) == (3, 2, 2)
    assert (found["18-64", ANY], found["18-64", home], found["18-64", "Meals"]) == (1, 1, 1)
    assert (found["65+", ANY], found["65+", home], found["65+", "Meals"]) == (1, 1, 0)
    assert {one.of for one in supports(SUPPORT, YEAR) if one.group == "total"} == {3}


def test_a_kind_that_the_extract_does_not_tell_is_named_for_every_group_and_never_0():
    found = [
        one
        for one in supports(SUPPORT, YEAR, lacking=("direct payments",))
        if one.support == "direct payments"
    ]
    assert [(one.group, one.people, one.status) for one in found] == [
        ("total", None, "x"), ("18-64", None, "x"), ("65+", None, "x"),
    ]  # fmt: skip


def test_few_people_are_suppressed_and_no_subtraction_finds_them():
    """Seven have home care, and one more has meals alone: any support less home care tells of it."""
    rows = [row for key in range(1, 8) for row in person("commissioned since 2024-05-01", key=key)]
    rows += person("meals for a while since 2025-06-01", key=9)
    found = {
        (one.group, one.support): (one.people, one.status)
        for one in supports(rows, YEAR, by=("council",), rule=rule("nhsd-ascof-legacy"))
    }
    assert found["total", "Meals"] == (None, "c")
    shown = {support for (_, support), (people, _) in found.items() if people is not None}
    assert not {ANY, "Home support or domiciliary care"} <= shown


def test_councils_are_told_apart_or_together():
    rows = [*SUPPORT, *person("commissioned since 2024-05-01", key=1, council="102")]
    apart = supports(rows, YEAR, by=("council",))
    assert {one.council: one.people for one in apart if one.support == ANY} == {"102": 1, "999": 3}
    [together] = [
        one for one in supports(rows, YEAR, by=("gender",)) if (one.group, one.support) == ("total", ANY)
    ]
    assert together.people == 4
