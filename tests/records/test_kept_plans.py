"""The server keeps the plans of what is asked; a table that changes under one fails one request only."""

import pytest
from django.core.signals import got_request_exception
from django.db import NotSupportedError, connection


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
