"""``in`` asks with one array: any number of values, the same words."""

from datetime import date

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from making import person, team

from wherewithal.records.models import Person, Review

pytestmark = pytest.mark.django_db
MORE = 70_000  # than the 65,535 values that a statement can carry


def test_more_ids_than_a_statement_takes_values():
    pat = person("Pat Example")
    assert list(Person.objects.filter(pk__in=[*range(-MORE, 0), pat.pk])) == [pat]
    assert not Review.objects.filter(person__in=range(-MORE, 0)).exists()
    assert Person.objects.exclude(pk__in=range(-MORE, 0)).count() == 1


def test_two_ids_are_asked_in_the_same_words_as_three():
    with CaptureQueriesContext(connection) as seen:
        list(Person.objects.filter(pk__in=[1, 2]))
        list(Person.objects.filter(pk__in=[1, 2, 3]))
    assert all("= ANY(" in one["sql"] and " IN (" not in one["sql"] for one in seen)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"pk__in": []}, 0),
        ({"pk__in": [None]}, 0),
        ({"state__in": [Person.State.KNOWN, Person.State.ENDED]}, 2),
        ({"state__in": ["ended"]}, 0),
        ({"born_on__in": [date(1948, 5, 12), None]}, 1),
        ({"given_name__in": ['P"a,t{}', "O'x\\"]}, 0),
        ({"team__in": "teams"}, 2),
        ({"team__name__in": ("North", "South")}, 2),
        ({"pk__in": "pks"}, 2),
        ({"family_name__in": [F("family_name")]}, 2),
    ],
)
def test_in_finds_what_it_always_found(wanted, found):
    for name, born in (("Pat Example", date(1948, 5, 12)), ("Sam Sample", date(1950, 1, 1))):
        Person.objects.filter(pk=person(name, team=team()).pk).update(born_on=born)
    rows = {"teams": [team()], "pks": Person.objects.values("pk")}
    asked = {name: rows[value] if isinstance(value, str) else value for name, value in wanted.items()}
    assert Person.objects.filter(**asked).count() == found
    assert Person.objects.exclude(**asked).count() == 2 - found
