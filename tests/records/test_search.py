"""A search that forgives, and likely duplicates with their reasons. On the real database."""

from datetime import date

import pytest
from making import person

from wherewithal.records.models import Person
from wherewithal.records.search import Asked, alike, search, understood

pytestmark = pytest.mark.django_db


def found(text: str) -> list[str]:
    return [one.name for one in search(Person.objects.all(), text)]


@pytest.fixture
def people(db):
    person("Siân O’Connor", born_on=date(1951, 3, 4))
    person("Stephen Smith", born_on=date(1960, 1, 2))
    person("Catherine Smyth", known_as="Kate", born_on=date(1972, 8, 9), nhs_number="943 476 5919")
    person("Marigold Thistle", born_on=date(1948, 5, 12))


@pytest.mark.parametrize(
    "typed, first",
    [
        ("sian oconnor", "Siân O’Connor"),
        ("Shan O'Conner", "Siân O’Connor"),
        ("Steven Smith", "Stephen Smith"),
        ("smith stephen", "Stephen Smith"),
        ("katherine smith", "Kate Smyth"),
        ("kate", "Kate Smyth"),
        ("mari", "Marigold Thistle"),
        ("marygold thisle", "Marigold Thistle"),
    ],
)
def test_a_name_is_found_although_it_is_spelt_otherwise(people, typed, first):
    assert found(typed)[0] == first


@pytest.mark.parametrize("typed", ["", "   ", "Zachary Quigley", "x"])
def test_nobody_is_found_for_nothing_or_for_another_name(people, typed):
    assert found(typed) == []


@pytest.mark.parametrize(
    "typed", ["943 476 5919", "9434765919", "9 August 1972", "9/8/1972", "1972-08-09", "smyth 9.8.1972"]
)
def test_a_number_or_a_birth_date_finds_the_one_who_has_it(people, typed):
    assert found(typed) == ["Kate Smyth"]


def test_a_reference_finds_its_person_whatever_its_capitals(people):
    wanted = Person.objects.get(given_name="Marigold")
    assert found(wanted.ref.lower()) == ["Marigold Thistle"]


def test_only_those_of_the_given_people_are_found(people):
    assert [one.name for one in search(Person.objects.exclude(given_name="Stephen"), "smith")] == [
        "Kate Smyth"
    ]


def test_a_search_costs_two_queries(people, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert found("steven smith") == ["Stephen Smith"]


def test_a_second_given_name_that_is_not_on_record_still_finds_the_person(people):
    assert found("marigold jo thistle") == ["Marigold Thistle"]


def test_a_text_is_taken_apart():
    assert understood("Pat 12 May 1948") == Asked(born_on=date(1948, 5, 12), name=("pat",))
    assert understood("ex10234") == Asked(ref="EX10234")
    assert understood("31/02/1950") == Asked(name=("31", "02", "1950"))


def reasons(*asked) -> dict[str, tuple[str, ...]]:
    return {one.person.name: one.reasons for one in alike(*asked)}


def test_a_likely_duplicate_says_why(people):
    assert reasons("Steven", "Smith", date(1960, 1, 2)) == {
        "Stephen Smith": ("name sounds alike", "same birth date")
    }
    assert reasons("stephen", "SMITH", None) == {"Stephen Smith": ("same name", "birth date not known")}
    assert reasons("Smith", "Stephen", date(1960, 1, 2)) == {
        "Stephen Smith": ("same name, given and family name changed over", "same birth date")
    }


def test_a_slip_in_the_birth_date_still_shows_the_duplicate(people):
    assert reasons("Stephen", "Smith", date(1960, 2, 1))["Stephen Smith"][1] == (
        "birth date with day and month changed over (2 January 1960)"
    )
    assert reasons("Stephen", "Smith", date(1961, 1, 2))["Stephen Smith"][1] == (
        "birth date nearly the same (2 January 1960)"
    )


def test_the_same_nhs_number_is_a_reason_by_itself(people):
    assert reasons("Somebody", "Else", date(2000, 1, 1), "9434765919") == {"Kate Smyth": ("same NHS number",)}


def test_a_namesake_of_another_age_is_no_duplicate(people):
    assert reasons("Stephen", "Smith", date(1991, 11, 30)) == {}


def test_what_somebody_is_known_as_counts(people):
    assert "same name" in reasons("Kate", "Smyth", date(1972, 8, 9))["Kate Smyth"]
