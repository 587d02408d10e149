"""What the database refuses of submissions and of faults, whatever the code does. By raw SQL."""

import pytest
from django.db import DatabaseError, IntegrityError, connection
from making import at, council, person, user

from wherewithal.core.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def sql(db):
    def run(statement: str, *values):
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else cursor.rowcount

    return run


GOOD = {
    "first": "2025-10-01", "last": "2026-09-30", "made_at": "2026-10-09T10:00:00Z", "reason": "The return",
    "sent_to": "nobody", "rows_count": 1, "people_count": 1, "sha256": "a" * 64, "fields": "[]",
    "key_check": "k",
}  # fmt: skip


def add(sql, **more):
    row = GOOD | {"made_by_id": user("Ana Analyst", Role.ANALYST).pk} | more
    names = ", ".join(f'"{name}"' for name in row)
    places = ", ".join(["%s"] * len(row))
    return sql(f"INSERT INTO records_submission ({names}) VALUES ({places}) RETURNING id", *row.values())[0][
        0
    ]


def add_row(sql, of: int, what="Service", about=1):
    return sql(
        """INSERT INTO records_submittedrow (submission_id, what, about, first, prints)
           VALUES (%s, %s, %s, '2026-04-06', 'x') RETURNING id""",
        of, what, about,
    )[0][0]  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ({"reason": ""}, "a_submission_has_a_reason"),
        ({"first": "2026-09-30"}, "a_submission_ends_after_it_starts"),
        ({"made_at": "2026-09-30T22:00:00Z"}, "a_submission_covers_what_is_over"),
        ({"people_count": 2}, "nobody_is_sent_without_a_row"),
        ({"sha256": "A" * 64}, "a_submission_is_known_by_its_hash"),
    ],
)
def test_a_submission_that_cannot_be_is_refused(sql, wrong, rule):
    with pytest.raises(IntegrityError, match=rule):
        add(sql, **wrong)


def test_a_submission_is_over_by_the_clock_of_london(sql):
    add(sql, made_at="2026-09-30T23:30:00Z")  # half past midnight there
    assert sql("SELECT count(*) FROM records_submission") == [(1,)]


@pytest.mark.parametrize(
    "statement", ["UPDATE records_submission SET reason = 'x'", "DELETE FROM records_submission"]
)
def test_the_application_changes_and_removes_no_submission(sql, statement):
    add(sql)
    with pytest.raises(DatabaseError, match="permission denied"):
        sql(statement)


@pytest.mark.parametrize(
    "statement", ["UPDATE records_submission SET reason = 'x'", "DELETE FROM records_submission"]
)
def test_the_owner_too_changes_and_removes_no_submission(sql, statement):
    add(sql)
    sql("RESET ROLE")
    with pytest.raises(DatabaseError, match=r"Cannot (update|delete)"):
        sql(statement)


def test_what_was_sent_of_an_event_is_not_changed(sql):
    add_row(sql, add(sql))
    with pytest.raises(DatabaseError, match="Cannot update"):
        sql("UPDATE records_submittedrow SET prints = 'y'")


def test_an_event_is_sent_once(sql):
    of = add(sql)
    add_row(sql, of)
    with pytest.raises(IntegrityError, match="an_event_is_sent_once"):
        add_row(sql, of)


def test_what_is_no_event_is_not_sent(sql):
    with pytest.raises(IntegrityError, match="a_submitted_row_is_an_event"):
        add_row(sql, add(sql), "Payment")


def test_what_the_next_is_compared_with_is_not_let_go(sql):
    older, newest = add(sql), add(sql, made_at="2026-10-10T10:00:00Z")
    add_row(sql, older)
    add_row(sql, newest)
    assert sql("DELETE FROM records_submittedrow WHERE submission_id = %s", older) == 1
    with pytest.raises(DatabaseError, match="the_next_is_compared_with_the_newest"):
        sql("DELETE FROM records_submittedrow")


def fault(sql, **more):
    row = {
        "person_id": person().pk, "what": "Service", "about": 1, "field": "Delivery_Mechanism",
        "level": "warning", "blank": True, "expected": "a word",
        "rows_count": 1, "effects": "[]", "measures": "[]",
        "found_on": "2026-10-01", "mended_on": None,
    } | more  # fmt: skip
    names, places = ", ".join(f'"{name}"' for name in row), ", ".join(["%s"] * len(row))
    return sql(f"INSERT INTO records_submissionfault ({names}) VALUES ({places})", *row.values())


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ({"level": "dread"}, "a_fault_has_a_level"),
        ({"mended_on": "2026-09-30"}, "a_fault_is_mended_after_it_was_found"),
    ],
)
def test_a_fault_that_cannot_be_is_refused(sql, wrong, rule):
    council()
    with pytest.raises(IntegrityError, match=rule):
        fault(sql, **wrong)


def test_a_fault_is_open_once_and_may_come_again_when_it_was_mended(sql):
    who = person().pk
    fault(sql, person_id=who, mended_on=at(2026, 10, 2).date())
    fault(sql, person_id=who)
    with pytest.raises(IntegrityError, match="a_fault_is_open_once"):
        fault(sql, person_id=who)


def test_there_is_one_check(sql):
    words = """INSERT INTO records_submissioncheck
               (first, last, checked_at, checked_from, rows_count, people_count, "only")
               VALUES ('2025-10-01', '2026-10-09', now(), '', 0, 0, %s)"""
    sql(words, True)
    with pytest.raises(IntegrityError, match="one_check_stands"):
        sql(words, True)
