"""Who answered, beside who could: the 2011 cohort by its true counts, and made-up ones."""

import pytest

from wherewithal.analytics.cohort import DoesNotAddUp, NotForTheNation, check_sum, profile
from wherewithal.analytics.interval import chi_square_tail, standard_error, wilson
from wherewithal.policy.councils import councils

# ADASS, Report on the personalisation survey, September 2011: facts, the boroughs counted once.
BY_TYPE = {"London borough": 10, "County": 17, "Metropolitan district": 7, "Unitary authority": 24}


def cohort_of_2011():
    field = [{"type": row.type, "region": row.region} for row in councils("2010-11")]
    left = dict(BY_TYPE)
    answered = []
    for one in field:
        answered.append(left[one["type"]] > 0)
        left[one["type"]] -= 1
    return field, answered


def test_the_cohort_of_2011_is_38_percent_and_not_like_the_field_by_type():
    found = profile(*cohort_of_2011(), ["type"])
    assert (found.invited, found.answered, round(float(found.response_rate), 1)) == (152, 58, 38.2)
    assert not found.is_representative
    assert found.breakdowns[0].verdict == (
        "By type the cohort is not like the field: County answered most (17 of 27), Metropolitan district "
        "least (7 of 36); chance gives such a mix less than 1% of the time."
    )


def test_a_claim_about_all_councils_is_refused_with_the_reason():
    with pytest.raises(NotForTheNation, match="of the 58 that answered, and of nobody else"):
        profile(*cohort_of_2011(), ["type"]).speak_for_all()


def test_a_cohort_like_the_field_may_speak_for_it():
    field = [{"type": "a" if number % 3 else "b"} for number in range(90)]
    found = profile(field, [number % 2 == 0 for number in range(90)], ["type"])
    assert found.is_representative
    found.speak_for_all()


def test_the_types_printed_in_2011_do_not_add_up():
    with pytest.raises(DoesNotAddUp) as refusal:
        check_sum("type", BY_TYPE | {"Unitary authority": 34}, 58)
    assert refusal.value.says == "By type 10 + 17 + 7 + 34 = 68, and 58 answered: 10 too many."


def test_nobody_of_the_register_may_be_nowhere():
    with pytest.raises(DoesNotAddUp, match="Number 2 of the register has no type"):
        profile([{"type": "a"}, {"type": ""}], [True, False], ["type"])


@pytest.mark.parametrize(
    ("value", "freedom", "tail"),
    [(3.841458820694124, 1, 0.05), (5.991464547107979, 2, 0.05), (7.814727903251179, 3, 0.05), (0, 3, 1.0),
     (20.0902350296632, 8, 0.01)],
)  # fmt: skip
def test_the_tail_of_chi_square_is_as_tables_have_it(value, freedom, tail):
    assert chi_square_tail(value, freedom) == pytest.approx(tail, abs=1e-9)


def test_wilsons_interval_is_as_published_and_narrows_to_nothing_when_all_answered():
    low, high = wilson(15, 50)
    assert (low, high) == pytest.approx((0.1910355, 0.4375035), abs=1e-6)
    assert wilson(15, 50, 50) == (0.3, 0.3)
    assert wilson(15, 50, 60)[0] > low


def test_the_standard_error_without_weights_is_the_usual_one():
    assert standard_error(50, 50.0, 50.0, 15.0, 15.0) == pytest.approx((0.3 * 0.7 / 49) ** 0.5)
    assert standard_error(1, 1.0, 1.0, 1.0, 1.0) == 0.0


def test_who_was_sent_no_invitation_is_in_no_rate_and_in_the_field_that_the_cohort_is_held_against():
    field = [{"type": "a"}] * 60 + [{"type": "b"}] * 40
    answered = [number < 30 for number in range(100)]
    found = profile(field, answered, ["type"], [number < 60 for number in range(100)])
    assert (found.invited, found.listed, float(found.response_rate)) == (60, 100, 50.0)
    assert [(one.name, one.invited, one.listed) for one in found.breakdowns[0].groups] == [
        ("a", 60, 60), ("b", 0, 40)
    ]  # fmt: skip
    assert "b least (0 of 40)" in found.breakdowns[0].verdict
    with pytest.raises(NotForTheNation):
        found.speak_for_all()
