"""What is told of people gives nobody away: not by a small count, not by one figure less another."""

import random
from datetime import date
from decimal import Decimal
from itertools import permutations

import numpy as np
import pytest
from scipy.optimize import linprog
from spec.events import KINDS, person

from wherewithal.analytics import groups
from wherewithal.analytics.count import Counting, counting
from wherewithal.analytics.headcounts import Alike
from wherewithal.analytics.stands import with_highest
from wherewithal.analytics.told import Told, told
from wherewithal.analytics.year import ReportingYear
from wherewithal.policy.disclosure import rule
from wherewithal.policy.measure import measures
from wherewithal.policy.measure_kinds import InYear, OneSetting

YEAR = ReportingYear("2025-26")
ASKED = "request that led on 2025-05-01 to 2025-05-02; assessment 2025-05-02 to 2025-05-11"
OF_PEOPLE = [one.id for one in measures().values() if isinstance(one.counts, InYear | OneSetting)]
LEGACY = rule("nhsd-ascof-legacy")


def council(name: str, supports: dict[str, int], born: str = "1950-06-01") -> list[dict]:
    """So many people with each support, in words."""
    words = [support for support, many in supports.items() for _ in range(many)]
    return [row for key, text in enumerate(words, 1) for row in person(text, key, born, council=name)]


def one_of(found: list[Told], measure: str, group: str = "total") -> Told:
    [figure] = [one for one in found if (one.measure, one.group) == (measure, group)]
    return figure


def test_a_small_numerator_goes_with_its_denominator_and_share_and_the_base_does_not_tell_it():
    rows = council("A", {"direct payment since 2024-05-01": 3, "commissioned since 2024-05-01": 60})
    figure = one_of(told(counting(rows, ["ascof-3d-2a"], YEAR), YEAR, LEGACY), "ascof-3d-2a")
    assert (figure.numerator, figure.denominator, figure.value, figure.status) == (None, None, None, "c")
    assert figure.base == "[c] people with long-term community support on 31 March 2026"
    assert figure.row()["status"] == "c"


def test_a_numerator_that_leaves_few_others_goes_too():
    rows = council("A", {"direct payment since 2024-05-01": 60, "commissioned since 2024-05-01": 3})
    assert one_of(told(counting(rows, ["ascof-3d-2a"], YEAR), YEAR, LEGACY), "ascof-3d-2a").status == "c"


def test_nobody_is_no_secret_and_large_counts_are_told_as_they_are():
    rows = council("A", {"commissioned since 2024-05-01": 60})
    figure = one_of(told(counting(rows, ["ascof-3d-2a"], YEAR), YEAR, LEGACY), "ascof-3d-2a")
    assert (figure.numerator, figure.denominator, figure.value, figure.status) == (
        0,
        60,
        Decimal("0.0"),
        "ok",
    )


def test_few_people_between_two_definitions_are_not_told_by_subtraction():
    supports = {
        "direct payment since 2024-05-01": 40, "commissioned since 2024-05-01": 60,
        "reablement 2025-06-01 to 2025-07-12": 3,
    }  # fmt: skip
    ids = ["ni130-revised", "ni130-without-reablement"]
    apart = [one_of(told(counting(council("A", supports), [id], YEAR), YEAR, LEGACY), id) for id in ids]
    assert [one.status for one in apart] == ["ok", "ok"]
    together = told(counting(council("A", supports), ids, YEAR), YEAR, LEGACY)
    assert "c" in {one_of(together, id).status for id in ids}


def test_the_ages_and_the_total_do_not_tell_how_few_have_no_known_age():
    words = "direct payment since 2024-05-01"
    rows = [
        *council("A", {words: 60}),
        *council("A", {words: 50}, "1990-06-01"),
        *council("A", {words: 3}, ""),
    ]
    rows = [{**row, "person_key": key} for key, row in enumerate(rows)]
    found = told(counting(rows, ["ascof-3d-2a"], YEAR), YEAR, rule("threshold-10"))
    shown = [one.denominator for one in found]
    assert shown[0] == 113 and shown.count(None) >= 1


def test_a_rule_that_rounds_tells_rounded_counts_and_says_so_of_what_is_low():
    rows = council("A", {"direct payment since 2024-05-01": 6, "commissioned since 2024-05-01": 57})
    figure = one_of(told(counting(rows, ["ascof-3d-2a"], YEAR), YEAR, rule("opensafely")), "ascof-3d-2a")
    assert (figure.numerator, figure.denominator, figure.value, figure.status) == (
        0, 65, Decimal("0.0"), "low",
    )  # fmt: skip
    assert figure.base.startswith("65 people")


def test_the_middle_of_few_is_somebodys_own_and_not_told():
    for many, status in ((19, "c"), (20, "ok")):
        events = council("A", {"request 2025-01-01 to 2025-01-01": many})
        journeys = [
            {"LA_Code": "A", "person_key": key, "requested_on": date(2025, 4, 1),
             "first_paid_on": date(2025, 5, key)}
            for key in range(1, many + 1)
        ]  # fmt: skip
        of = counting(events, ["days-to-first-payment-median"], YEAR, journeys=journeys, by=("council",))
        for named in ("opensafely", "nhsd-ascof-legacy", "ascs-2024-25"):
            [figure] = told(of, YEAR, rule(named))
            assert figure.status == status and (figure.value is None) == (status == "c")


def test_waits_of_few_are_suppressed_and_no_group_gives_them_away():
    events = council("A", {"request 2025-01-01 to 2025-01-01": 9})
    journeys = [
        {"LA_Code": "A", "person_key": key, "requested_on": date(2025, 4, 1),
         "first_paid_on": date(2025, 5, key)}
        for key in range(1, 10)
    ]  # fmt: skip
    for row in events[:3]:
        row["Date_of_Birth"] = date(1990, 1, 1)
    found = told(counting(events, ["days-to-first-payment-mean"], YEAR, journeys=journeys), YEAR, LEGACY)
    by_group = {one.group: (one.status, one.value) for one in found}
    assert by_group["18-64"] == ("c", None)
    assert [one.status for one in found].count("c") == 2


def test_who_may_see_the_people_sees_the_figures_as_they_were_counted():
    rows = council("A", {"direct payment since 2024-05-01": 3})
    [total, *_] = told(counting(rows, ["ascof-3d-2a"], YEAR), YEAR, None)
    assert (total.numerator, total.denominator, total.rule) == (3, 3, "none")


def test_the_highest_that_a_definition_allows_counts_who_could_have_a_budget():
    rows = council("A", {
        "direct payment since 2024-05-01": 20, "commissioned since 2024-05-01": 45,
        "reablement 2025-06-01 to 2025-07-12": 35,
    })  # fmt: skip
    of = counting(rows, with_highest(["ni130-revised", "ascof-3d-1a"]), YEAR)
    found = told(of, YEAR, LEGACY)
    assert one_of(found, "ni130-revised").value == Decimal("20.0")
    assert one_of(found, "ni130-revised").highest == Decimal("65.0")
    assert one_of(found, "ascof-3d-1a").highest is None


def test_a_short_payment_already_made_is_part_of_the_highest():
    rows = council("A", {"short-term direct payment since 2025-05-01": 9, "reablement since 2025-05-01": 9})
    of = counting(rows, with_highest(["ni130-revised"]), YEAR)
    assert one_of(told(of, YEAR, LEGACY), "ni130-revised").highest == Decimal("50.0")


def at_random(seed: int) -> list[dict]:
    """A council in which few or many people have each kind of support."""
    dice = random.Random(seed)
    rows, key = [], 0
    for words in KINDS:
        if words == "request":
            continue
        for _ in range(dice.choice([0, 0, 1, 2, 4, 9, 30])):
            key += 1
            since = dice.choice(["since 2024-05-01", "2025-05-01 to 2025-07-31"])
            born = dice.choice(["1950-06-01", "1990-06-01", ""])
            rows += person(f"{words} {since}", key, born, council="A")
    return rows


def may_be(found: list[Told], of: Counting, wanted: list[bool]) -> tuple[float, float]:
    """The least and the most that people who stand alike in the ``wanted`` ways can be, with what is told."""
    known, counts = [], []
    for one in found:
        index = OF_PEOPLE.index(one.measure)
        inside = [one.group in groups.rolled_up(alike.cell) for alike in of.standing]
        base = [alike.in_base(index) for alike in of.standing]
        part = [alike.in_numerator(index) for alike in of.standing]
        for value, who in ((one.denominator, base), (one.numerator, part)):
            if value is not None:
                known.append([a and b for a, b in zip(inside, who, strict=True)])
                counts.append(value)
    want = np.array(wanted, float)
    ends = [
        linprog(sign * want, A_eq=np.array(known, float), b_eq=counts, bounds=(0, None)) for sign in (1, -1)
    ]
    return ends[0].fun, -ends[1].fun if ends[1].status == 0 else np.inf


def sets_told(of: Counting) -> set[tuple[bool, ...]]:
    """Every base and numerator of every group, as which of those who stand alike are in it."""
    return {
        tuple(group in groups.rolled_up(alike.cell) and inside(alike, index) for alike in of.standing)
        for index in range(len(OF_PEOPLE))
        for group in ("total", "18-64", "65+")
        for inside in (Alike.in_base, Alike.in_numerator)
    }


@pytest.mark.parametrize("seed", range(12))
def test_no_small_number_of_people_follows_from_everything_that_is_told(seed):
    of = counting(at_random(seed), OF_PEOPLE, YEAR)
    found = told(of, YEAR, LEGACY)
    assert any(one.status == "c" for one in found)
    for number, alike in enumerate(of.standing):
        if 0 < alike.people < LEGACY.suppress_under and any(alike.mask):
            least, most = may_be(found, of, [place == number for place in range(len(of.standing))])
            assert most - least > 0.5, f"{alike} follows"
    for wide, narrow in permutations(sets_told(of), 2):
        beyond = [a and not b for a, b in zip(wide, narrow, strict=True)]
        people = sum(alike.people for alike, there in zip(of.standing, beyond, strict=True) if there)
        if all(a or not b for a, b in zip(wide, narrow, strict=True)) and 0 < people < LEGACY.suppress_under:
            least, most = may_be(found, of, beyond)
            assert most - least > 0.5, f"{people} people follow by subtraction"


@pytest.mark.parametrize("id", ["opensafely", "ascs-2024-25"])
def test_days_added_up_tell_neither_how_many_waited_nor_how_long_one_of_them_did(id):
    rows = [row for key in range(1, 21) for row in person(ASKED, key, "1950-06-01", council="A")]
    rows += person(ASKED, 21, "1990-06-01", council="A")
    measure = "days-to-assessment-mean"
    figures = told(counting(rows, [measure], YEAR), YEAR, rule(id))
    everyone, one = one_of(figures, measure), one_of(figures, measure, "18-64")
    assert (everyone.numerator, everyone.denominator, everyone.value) == (None, 20, Decimal("10.0"))
    assert (one.numerator, one.denominator, one.value, one.status) == (None, 0, None, "low")
