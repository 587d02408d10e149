"""The database itself refuses what must never be, whatever the application's code does. By raw SQL."""

import pytest
from django.db import DatabaseError, IntegrityError, connection
from paying import direct_payment, four_weekly, other_officer, sent

from wherewithal.records import grants


@pytest.fixture
def sql(db):
    def run(statement: str, *values):
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else cursor.rowcount

    return run


@pytest.fixture
def accounts(sql):
    return [
        sql("INSERT INTO records_account (code, kind) VALUES (%s, %s) RETURNING id", code, code)[0][0]
        for code in ("purse", "person")
    ]


def post(sql, debit, credit, pence, key="k1"):
    return sql(
        """INSERT INTO records_transfer (id, key, debit_id, credit_id, pence, "on", at, kind, about)
           VALUES (gen_random_uuid(), %s, %s, %s, %s, '2026-04-06', now(), 'fund', 'a test')""",
        key, debit, credit, pence,
    )  # fmt: skip


def test_a_transfer_is_posted(sql, accounts):
    assert post(sql, *accounts, 100) == 1


@pytest.mark.parametrize("pence", [0, -1])
def test_a_transfer_that_is_not_positive_is_refused(sql, accounts, pence):
    with pytest.raises(IntegrityError, match="a_transfer_is_positive"):
        post(sql, *accounts, pence)


def test_a_transfer_to_itself_is_refused(sql, accounts):
    with pytest.raises(IntegrityError, match="a_transfer_has_two_sides"):
        post(sql, accounts[0], accounts[0], 100)


def test_a_key_posts_once(sql, accounts):
    post(sql, *accounts, 100)
    with pytest.raises(IntegrityError, match="key"):
        post(sql, *accounts, 100)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE records_transfer SET pence = 1",
        "DELETE FROM records_transfer",
        "TRUNCATE records_transfer CASCADE",
        "ALTER TABLE records_transfer DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
        "UPDATE records_personevent SET family_name = 'x'",
        "DELETE FROM records_personevent",
        "TRUNCATE records_personevent",
        "DELETE FROM records_opening",
        "DROP TABLE records_transfer",
    ],
)
def test_the_applications_role_may_not(sql, statement):
    with pytest.raises(DatabaseError, match=r"permission denied|must be owner"):
        sql(statement)


def test_the_owner_too_is_stopped_by_the_trigger(sql, accounts):
    post(sql, *accounts, 100)
    sql("RESET ROLE")
    with pytest.raises(DatabaseError, match="Cannot update"):
        sql("UPDATE records_transfer SET pence = 1")


def test_every_audit_table_is_only_added_to(sql):
    rows = sql(
        """SELECT table_name FROM information_schema.role_table_grants
           WHERE grantee = %s AND privilege_type IN ('UPDATE', 'DELETE', 'TRUNCATE')""",
        grants.ROLE,
    )
    assert not [name for (name,) in rows if grants.only_added(name)]
    tables = [name for (name,) in sql("SELECT tablename FROM pg_tables") if grants.only_added(name)]
    assert len(tables) > 30


@pytest.mark.parametrize("again", ["state = 'pending', transfer_id = NULL", "state = 'voided'", "pence = 1"])
def test_a_commitment_is_settled_once(sql, again):
    direct_payment("Pat Example", 20000)
    sent(four_weekly())
    assert sql("SELECT DISTINCT state FROM records_commitment") == [("posted",)]
    with pytest.raises(DatabaseError, match="Cannot update"):
        sql(f"UPDATE records_commitment SET {again}")


@pytest.mark.parametrize(
    "change", ["pence = 1", "key = 'another'", "first = '2026-01-01'", "debit_id = credit_id"]
)
def test_only_the_state_of_a_commitment_that_is_pending_changes(sql, change):
    direct_payment("Pat Example", 20000)
    four_weekly()
    assert sql("SELECT DISTINCT state FROM records_commitment") == [("pending",)]
    with pytest.raises(DatabaseError, match="Cannot update"):
        sql(f"UPDATE records_commitment SET {change}")


@pytest.mark.parametrize("settled", [True, False])
def test_no_commitment_is_removed(sql, settled):
    direct_payment("Pat Example", 20000)
    made = four_weekly()
    if settled:
        sent(made)
    with pytest.raises(DatabaseError, match="Cannot delete"):
        sql("DELETE FROM records_commitment")


@pytest.mark.parametrize(
    "change",
    [
        "state = 'sent'",
        "sent_by_id = drafted_by_id, sent_at = now()",
        "state = 'sent', sent_at = now()",
        "state = 'sent', sent_by_id = drafted_by_id",
    ],
)
def test_a_run_is_sent_by_somebody_at_a_time_and_no_other_run_was(sql, change):
    direct_payment("Pat Example", 20000)
    four_weekly()
    other = other_officer().pk
    with pytest.raises(IntegrityError, match="who_sent_a_run_is_known"):
        sql(f"UPDATE records_run SET approved_by_id = {other}, {change}")


@pytest.mark.parametrize(
    "change",
    [
        "state = 'settled'",
        "settled_by_id = drafted_by_id, settled_at = now()",
        "state = 'settled', settled_at = now()",
        "state = 'settled', settled_by_id = drafted_by_id",
    ],
)
def test_a_run_is_settled_by_somebody_at_a_time_and_no_other_run_was(sql, change):
    direct_payment("Pat Example", 20000)
    sent(four_weekly())
    with pytest.raises(IntegrityError, match="who_settled_a_run_is_known"):
        sql(f"UPDATE records_run SET {change}")
