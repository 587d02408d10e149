"""How values reach the database: ids in one array, whole numbers whole, plans no longer than their table."""

from datetime import date

import pytest
from django.core.signals import got_request_exception
from django.db import DataError, NotSupportedError, connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from making import person, team, user

from wherewithal.core.roles import Role
from wherewithal.records.models import Membership, Person, Review

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


@pytest.mark.parametrize("number", [2**31, -(2**31) - 1, 2**32 + 76_00, 10**20])
def test_a_number_that_is_too_large_for_its_column_is_refused_and_never_cut(number):
    pat = person("Pat Example")
    wren = user("Wren Worker", Role.PRACTITIONER)
    with pytest.raises((DataError, OverflowError)), transaction.atomic():
        Membership.objects.filter(user=wren).update(own_limit_pence_per_week=number)
    with pytest.raises((DataError, OverflowError)), transaction.atomic():
        Membership(
            user=wren, role=Role.MANAGER, started_on=date(2026, 4, 6), own_limit_pence_per_week=number
        ).save()
    assert not Membership.objects.filter(user=wren).exclude(own_limit_pence_per_week=0).exists()
    assert not Person.objects.filter(pk=pat.pk, pk__in=[number]).exists()


def ask(words: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(words)
        return cursor.fetchall() if cursor.description else []


@pytest.mark.django_db(transaction=True)
def test_a_table_that_changed_under_a_kept_plan_costs_one_request_and_no_more():
    ask("CREATE TEMPORARY TABLE thing AS SELECT 1::integer AS one")
    for _ in range(3):
        assert ask("SELECT * FROM thing") == [(1,)]
    kept = ask("SELECT count(*) FROM pg_prepared_statements WHERE statement = 'SELECT * FROM thing'")
    assert kept == [(1,)]
    ask("DO $$ BEGIN ALTER TABLE thing ALTER COLUMN one TYPE text; END $$")  # as another session would
    with pytest.raises(NotSupportedError, match="cached plan"):
        try:
            ask("SELECT * FROM thing")
        except NotSupportedError:
            got_request_exception.send(sender=None)
            raise
    assert connection.connection is None, "the next request has a connection of its own"
    assert ask("SELECT count(*) FROM pg_prepared_statements WHERE statement = 'SELECT * FROM thing'") == [
        (0,)
    ]
