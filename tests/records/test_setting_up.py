"""Set-up is the owner's; the application only looks whether it was done."""

import os
import time
from concurrent.futures import ThreadPoolExecutor, wait
from threading import Event

import psycopg
import pytest
from django.db import connection, transaction

from wherewithal.records import grants
from wherewithal.records.setting_up import MadeBefore, NotSetUp, NotTheOwner, check_set_up, set_up


def as_owner(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute(statement)
        cursor.execute("SET ROLE wherewithal_app")


def test_a_database_that_is_up_to_date_is_ready(db):
    check_set_up()


def test_the_application_may_not_set_up(db):
    with pytest.raises(NotTheOwner, match="may not set up"), transaction.atomic():
        set_up([])


def test_a_migration_that_was_not_made_is_counted(db):
    as_owner("DELETE FROM django_migrations WHERE app = 'records'")
    with pytest.raises(NotSetUp, match="2 migrations "):
        check_set_up()


def test_a_database_of_before_the_first_release_is_left_as_it_is(db):
    as_owner("DELETE FROM django_migrations WHERE app = 'records'")
    as_owner(
        "INSERT INTO django_migrations (app, name, applied) VALUES ('records', '0001_the_record', now())"
    )
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    for refused in (lambda: set_up([]), check_set_up):
        with pytest.raises(MadeBefore, match="--fresh"), transaction.atomic():
            refused()


def test_tables_without_rights_are_refused(db):
    as_owner("REVOKE ALL ON django_migrations FROM wherewithal_app")
    with pytest.raises(NotSetUp, match="may not read it"), transaction.atomic():
        check_set_up()


def test_two_databases_of_one_server_may_be_set_up_at_the_same_moment(db, monkeypatch):
    """Roles are the server's: while another makes ours, one waits for it and goes on."""
    role = f"made_by_another_than_{os.getpid()}"
    monkeypatch.setattr(grants, "ROLE", role)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("SELECT pg_backend_pid()")
        [here] = cursor.fetchone()
    waits = "SELECT wait_event_type = 'Lock' FROM pg_stat_activity WHERE pid = %s"
    with psycopg.connect(os.environ["DATABASE_URL"]) as another, ThreadPoolExecutor(1) as threads:
        another.execute(f"CREATE ROLE {role}")

        def end_it_when_somebody_waits() -> None:
            with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as looks:
                while not looks.execute(waits, [here]).fetchone()[0] and not over.is_set():
                    time.sleep(0.01)
            another.commit()

        over = Event()
        ended = threads.submit(end_it_when_somebody_waits)
        try:
            with transaction.atomic():
                grants.apply()
                transaction.set_rollback(True)
            over.set()
            ended.result()
        finally:
            over.set()
            wait([ended])
            another.execute(f"DROP ROLE {role}")
