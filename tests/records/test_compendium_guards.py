"""What the compendium promises is held by the database itself. By raw SQL."""

import compending
import pytest
from compending import door, published, taken_up
from django.db import DatabaseError, connection

from wherewithal.records.models import Edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def sql(db):
    def run(statement: str, *values):
        with connection.cursor() as cursor:
            cursor.execute(statement, values)

    return run


def refused(sql, name: str, statement: str, *values):
    with pytest.raises(DatabaseError, match=name):
        sql(statement, *values)


PUBLISH = "UPDATE records_example SET state = 'published', published_at = now() WHERE id = %s"


def test_what_nobody_signed_off_is_not_published(sql):
    row = compending.handed_in()
    compending.worded(row)
    refused(sql, "only_what_was_signed_off_is_published", PUBLISH, row.pk)


def test_a_file_that_nobody_looked_at_is_not_published(sql):
    row = compending.handed_in(file=b"A leaflet")
    compending.worded(row)
    sql(
        "UPDATE records_edition SET state = 'signed_off', signed_by_id = %s, signed_at = now()"
        " WHERE example_id = %s",
        compending.second().pk, row.pk,
    )  # fmt: skip
    refused(sql, "only_what_was_signed_off_is_published", PUBLISH, row.pk)


def test_nobody_signs_off_their_own_words(sql):
    row = compending.handed_in()
    edition = compending.worded(row)
    refused(
        sql, "nobody_signs_off_their_own_edition",
        "UPDATE records_edition SET state = 'signed_off', signed_by_id = by_id, signed_at = now()"
        " WHERE id = %s",
        edition.pk,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "statement"),
    [
        ("a_changed_edition_is_signed_off_again",
         "UPDATE records_edition SET texts = '{\"title\": \"x\"}' WHERE example_id = %s"),
        ("an_edition_is_changed_off_the_page",
         "UPDATE records_edition SET state = 'open', signed_by_id = NULL, signed_at = NULL"
         " WHERE example_id = %s"),
        ("a_published_example_stays_as_it_was_handed_in",
         "UPDATE records_example SET named = true WHERE id = %s"),
        ("an_example_is_withdrawn_for_a_reason",
         "UPDATE records_example SET state = 'withdrawn' WHERE id = %s"),
        ("an_example_is_not_lost", "DELETE FROM records_example WHERE id = %s"),
        ("a_file_stays_as_it_was_looked_at",
         "UPDATE records_tool SET content = 'Another' WHERE example_id = %s"),
        ("no_file_comes_or_goes_once_it_is_published", "DELETE FROM records_tool WHERE example_id = %s"),
        ("another_councils_published_example_is_taken_up",
         "INSERT INTO records_takeup (example_id, door_id, result, says, figure, named, since)"
         " SELECT id, door_id, 'trying', '', '', false, now() FROM records_example WHERE id = %s"),
    ],
)  # fmt: skip
def test_what_is_published_stays_as_it_was_signed_off(sql, name, statement):
    row = published(file=b"A leaflet")
    refused(sql, name, statement, row.pk)


def test_what_is_gone_stays_gone_and_names_nobody(sql):
    row = compending.handed_in(contact="Kim", contact_email="kim@example.org", may_be_asked=True)
    refused(
        sql,
        "what_was_taken_back_names_nobody",
        "UPDATE records_example SET state = 'taken_back' WHERE id = %s",
        row.pk,
    )


def test_what_was_withdrawn_does_not_come_back(sql):
    row = published()
    compending.desk.withdraw(example=row, reason="Its council asked", **compending.doing())
    refused(
        sql,
        "an_example_that_is_gone_stays_so",
        "UPDATE records_example SET state = 'handed_in' WHERE id = %s",
        row.pk,
    )


def test_a_council_takes_an_example_up_once(sql):
    row = taken_up(published())
    refused(
        sql, "taken_up_once_by_a_council",
        "INSERT INTO records_takeup (example_id, door_id, result, says, figure, named, since)"
        " VALUES (%s, %s, 'trying', '', '', false, now())",
        row.example_id, door(1).pk,
    )  # fmt: skip


def test_an_edition_is_of_an_example_or_of_a_take_up(sql):
    row = published()
    one = taken_up(row)
    assert Edition.objects.filter(example=row).exists()
    refused(
        sql, "an_edition_is_of_one_thing", "UPDATE records_edition SET take_up_id = %s WHERE example_id = %s",
        one.pk, row.pk,
    )  # fmt: skip
