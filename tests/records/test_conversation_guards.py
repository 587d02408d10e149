"""What the database itself refuses of a conversation with a council, whatever the application does."""

import conversing
import pytest
from conversing import agreed, begun, doing, promised, spoken
from django.db import DatabaseError, connection, transaction

from wherewithal.core.conversation import Outcome
from wherewithal.records.models import Conversation, Look, Talk

pytestmark = pytest.mark.django_db


def refused(name, statement, *given):
    """By the owner of the tables, too: a trigger or a constraint of that name says no."""
    with pytest.raises(DatabaseError, match=name), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("RESET ROLE")  # undone with the transaction
        cursor.execute(statement, given)


def closed() -> Conversation:
    row = begun()
    spoken(row)
    agreed.close(conversation=row, outcome=Outcome.NOT_BEHIND, says="It counts otherwise.", **doing())
    return row


@pytest.mark.parametrize("column", ["code", "series", "year", "threshold", "figure", "begun_on", "made_up"])
def test_what_a_conversation_began_with_stays(column):
    row = begun()
    other = {"threshold": "50", "figure": "'{}'", "begun_on": "'2020-01-01'", "made_up": "true"}
    value = other.get(column, "'x'")
    refused(
        "a_conversation_keeps_what_it_began_with",
        f"UPDATE records_conversation SET {column} = {value} WHERE id = %s", row.pk,
    )  # fmt: skip


def test_what_was_said_and_each_look_is_only_added_to(db):
    note = spoken()
    agreed.look(conversation=note.conversation, came_of="Little", look_on=None, **doing())
    for table, name in (("talk", "what_was_said_is_only_added_to"), ("look", "a_look_is_only_added")):
        refused(name, f"UPDATE records_{table} SET \"on\" = '2020-01-01'")
        refused(name, f"DELETE FROM records_{table}")
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Talk.objects.update(said="Something else")
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Look.objects.all().delete()


def test_a_correction_is_of_the_same_conversation_and_says_why():
    note, other = spoken(), begun(*conversing.OLDER)
    into = (
        "INSERT INTO records_talk (conversation_id, \"on\", ours, theirs, said, corrects_id, why, by_id,"
        " written_at) SELECT %s, \"on\", ours, theirs, said, id, %s, by_id, written_at FROM records_talk"
        " WHERE id = %s"
    )  # fmt: skip
    refused("a_correction_is_of_the_same_conversation", into, other.pk, "Wrong", note.pk)
    refused("a_correction_says_why", into, note.conversation_id, "", note.pk)


def test_nothing_is_added_to_or_changed_of_a_closed_conversation():
    row = closed()
    refused(
        "a_closed_conversation_stays_closed",
        "UPDATE records_conversation SET closed_on = NULL, outcome = '' WHERE id = %s", row.pk,
    )  # fmt: skip
    refused(
        "a_note_of_an_open_conversation",
        "INSERT INTO records_talk (conversation_id, \"on\", ours, theirs, said, why, by_id, written_at)"
        " SELECT conversation_id, \"on\", ours, theirs, said, '', by_id, written_at FROM records_talk",
    )  # fmt: skip
    refused(
        "an_action_of_an_open_conversation",
        "INSERT INTO records_agreedaction (conversation_id, what, owner, due_on, agreed_on, state, came_of)"
        " VALUES (%s, 'x', 'x', now(), now(), 'open', '')", row.pk,
    )  # fmt: skip
    refused(
        "a_look_of_an_open_conversation",
        'INSERT INTO records_look (conversation_id, "on", came_of, beside, now, by_id)'
        " VALUES (%s, now(), 'x', 'x', '{}', %s)", row.pk, row.begun_by_id,
    )  # fmt: skip
    refused("a_conversation_is_not_lost", "DELETE FROM records_conversation WHERE id = %s", row.pk)


def test_it_is_closed_with_an_outcome_and_its_words():
    row = begun()
    refused(
        "a_conversation_is_closed_with_an_outcome",
        "UPDATE records_conversation SET closed_on = now(), outcome = 'no_change' WHERE id = %s", row.pk,
    )  # fmt: skip


def test_one_conversation_about_a_figure_is_open_with_a_council():
    row = begun()
    columns = ", ".join(
        f'"{one.column}"' for one in Conversation._meta.concrete_fields if not one.primary_key
    )
    refused(
        "one_open_conversation_a_figure",
        f"INSERT INTO records_conversation ({columns}) SELECT {columns} FROM records_conversation"
        " WHERE id = %s", row.pk,
    )  # fmt: skip


def test_an_action_stays_as_it_was_agreed_and_ends_once_with_what_came_of_it():
    note = spoken()
    action = promised(note.conversation)
    for name, change in (
        ("an_action_stays_as_it_was_agreed", "due_on = '2030-01-01'"),
        ("an_action_ends_with_what_came_of_it", "state = 'done', ended_on = now()"),
    ):
        refused(name, f"UPDATE records_agreedaction SET {change} WHERE id = %s", action.pk)
    conversing.done(action)
    back = "UPDATE records_agreedaction SET state = 'open', ended_on = NULL, came_of = '' WHERE id = %s"
    refused("an_action_that_ended_stays_so", back, action.pk)
    refused("an_action_is_not_lost", "DELETE FROM records_agreedaction WHERE id = %s", action.pk)


def test_a_match_and_practice_have_their_day():
    row = begun()
    for name, change in (
        ("a_match_is_chosen_on_a_day", "match = '{\"name\": \"x\"}', ahead = 'x'"),
        ("practice_is_passed_on_on_a_day", "passed_on_on = now()"),
    ):
        refused(name, f"UPDATE records_conversation SET {change} WHERE id = %s", row.pk)
