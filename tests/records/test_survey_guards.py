"""What a survey promises is held by the database itself, whatever the application's code does. By raw SQL."""

import pytest
from django.db import DatabaseError, connection, transaction
from surveying import answer, draft, one_of, opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def sql(db):
    def run(statement: str, *values):
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else cursor.rowcount

    return run


def reply(sql, wave, late=False, region=""):
    return sql(
        """INSERT INTO records_reply (id, wave_id, answers, statuses, region, type, late)
           VALUES (gen_random_uuid(), %s, '{}', '{}', %s, '', %s) RETURNING id""",
        wave.pk, region, late,
    )[0][0]  # fmt: skip


def key(sql, invitation, of):
    return sql(
        """INSERT INTO records_replykey (invitation_id, reply_id, handed_in_by, handed_in_at, approved_by)
           VALUES (%s, %s, 'Ro', now(), '')""",
        invitation.pk, of,
    )  # fmt: skip


def test_an_invitation_has_one_reply(sql):
    wave, _ = opened()
    answer(one_of(wave))
    with pytest.raises(DatabaseError, match="invitation_id"):
        key(sql, one_of(wave), reply(sql, wave))


def test_an_anonymous_reply_has_no_key(sql):
    wave, _ = opened("anonymous")
    with pytest.raises(DatabaseError, match="an_anonymous_reply_has_no_key"):
        key(sql, one_of(wave), reply(sql, wave))


def test_a_key_ties_within_one_wave(sql):
    wave, other = opened()[0], opened(title="Another")[0]
    with pytest.raises(DatabaseError, match="a_key_ties_within_one_wave"):
        key(sql, one_of(other), reply(sql, wave))


def test_a_closed_wave_takes_a_reply_only_as_late(sql):
    wave, _ = opened()
    sql("UPDATE records_wave SET state = 'closed' WHERE id = %s", wave.pk)
    assert reply(sql, wave, late=True)
    with pytest.raises(DatabaseError, match="a_closed_wave_takes_no_reply"):
        reply(sql, wave)


@pytest.mark.parametrize("state", ["draft", "released"])
def test_a_draft_and_a_released_wave_take_no_reply_at_all(sql, state):
    wave = draft()
    if state == "released":
        sql("UPDATE records_wave SET state = 'released' WHERE id = %s", wave.pk)
    with pytest.raises(DatabaseError, match="a_closed_wave_takes_no_reply"):
        reply(sql, wave, late=True)


def test_an_anonymous_reply_is_never_late_and_has_no_region(sql):
    wave, _ = opened("anonymous")
    for more in ({"late": True}, {"region": "London"}):
        with (
            pytest.raises(DatabaseError, match="an_anonymous_reply_tells_nothing_more"),
            transaction.atomic(),
        ):
            reply(sql, wave, **more)


def envelope(sql, invitation, content=b"sealed"):
    return sql(
        "UPDATE records_invitation SET answered = true, envelope = %s WHERE id = %s", content, invitation.pk
    )


@pytest.mark.parametrize("mode", ["coded", "attributed"])
def test_no_envelope_outside_an_anonymous_wave(sql, mode):
    with pytest.raises(DatabaseError, match="only_an_open_anonymous_wave_takes_envelopes"):
        envelope(sql, one_of(opened(mode)[0]))


def test_no_envelope_once_an_anonymous_wave_is_closed(sql):
    wave, _ = opened("anonymous")
    sql("UPDATE records_wave SET state = 'closed' WHERE id = %s", wave.pk)
    with pytest.raises(DatabaseError, match="only_an_open_anonymous_wave_takes_envelopes"):
        envelope(sql, one_of(wave))


def test_an_envelope_is_sealed_once_and_an_answer_is_not_taken_back(sql):
    wave, _ = opened("anonymous")
    assert envelope(sql, one_of(wave)) == 1
    with pytest.raises(DatabaseError, match="an_envelope_is_sealed_once"), transaction.atomic():
        envelope(sql, one_of(wave), b"another")
    with pytest.raises(DatabaseError, match="an_answer_is_not_taken_back"):
        sql("UPDATE records_invitation SET answered = false, envelope = NULL WHERE id = %s", one_of(wave).pk)


def test_an_envelope_is_an_answer(sql):
    wave, _ = opened("anonymous")
    with pytest.raises(DatabaseError, match="an_envelope_is_an_answer"):
        sql("UPDATE records_invitation SET envelope = 'x' WHERE id = %s", one_of(wave).pk)


def test_no_draft_of_an_anonymous_answer(sql):
    wave, _ = opened("anonymous")
    with pytest.raises(DatabaseError, match="no_draft_of_an_anonymous_answer"):
        sql(
            """INSERT INTO records_draft (invitation_id, answers, parts, saved_at, asked_by, director,
               director_email, approval_hash) VALUES (%s, '{}', '{}', now(), '', '', '', '')""",
            one_of(wave).pk,
        )


@pytest.mark.parametrize(
    "change", ["answers = '{\"budgets\": \"no\"}'", "late = true", "region = 'London'"]
)  # fmt: skip
def test_a_reply_stays_as_it_was_given(sql, change):
    answer(one_of(opened()[0]))
    with pytest.raises(DatabaseError, match="Cannot update"):
        sql(f"UPDATE records_reply SET {change}")


def test_a_reply_is_not_lost(sql):
    answer(one_of(opened()[0]))
    sql("DELETE FROM records_replykey")
    with pytest.raises(DatabaseError, match="Cannot delete"):
        sql("DELETE FROM records_reply")


@pytest.mark.parametrize("change", ["definition = '{}'", "mode = 'attributed'", "unit = 'staff'"])
def test_what_was_asked_stays_once_the_wave_is_open(sql, change):
    opened()
    with pytest.raises(DatabaseError, match="Cannot update"):
        sql(f"UPDATE records_wave SET {change}")


@pytest.mark.parametrize(
    "change, because",
    [
        ("closes_at = opens_at", "a_wave_closes_after_it_opens"),
        ("state = 'open', mode = 'anonymous'", "an_anonymous_wave_opens_with_its_key"),
        ("sealing_key = 'ab'", "only_an_anonymous_wave_is_sealed"),
        ("mode = 'anonymous', needs_approval = true", "no_draft_to_approve_when_anonymous"),
        ("destroy_keys_on = NULL", "a_coded_wave_says_when_its_keys_go"),
    ],
)
def test_a_wave_that_contradicts_itself_is_refused(sql, change, because):
    draft()
    with pytest.raises(DatabaseError, match=because):
        sql(f"UPDATE records_wave SET {change}")


def test_a_code_is_asked_once_a_wave(sql):
    wave = draft()
    with pytest.raises(DatabaseError, match="asked_once_a_wave"):
        sql("UPDATE records_invitation SET code = 'x' WHERE wave_id = %s", wave.pk)


def said_destroyed(sql, wave, holder):
    return sql(
        """INSERT INTO records_destroyedkey (wave_id, holder, destroyed_on, by_id, at)
           VALUES (%s, %s, now(), %s, now()) RETURNING id""",
        wave.pk, holder, wave.by_id,
    )[0][0]  # fmt: skip


def test_only_who_holds_the_key_of_a_closed_wave_can_have_destroyed_it(sql):
    wave, _ = opened("anonymous")
    first = wave.key_holders[0]
    with pytest.raises(DatabaseError, match="only_who_holds_the_key"), transaction.atomic():
        said_destroyed(sql, wave, first)
    sql("UPDATE records_wave SET state = 'closed' WHERE id = %s", wave.pk)
    with pytest.raises(DatabaseError, match="only_who_holds_the_key"), transaction.atomic():
        said_destroyed(sql, wave, "Somebody Else")
    assert said_destroyed(sql, wave, first)
    with pytest.raises(DatabaseError, match="a_holder_says_so_once"), transaction.atomic():
        said_destroyed(sql, wave, first)


def test_what_a_holder_said_is_not_changed(sql):
    wave, _ = opened("anonymous")
    sql("UPDATE records_wave SET state = 'closed' WHERE id = %s", wave.pk)
    said = said_destroyed(sql, wave, wave.key_holders[0])
    with pytest.raises(DatabaseError, match="Cannot update"):
        sql("UPDATE records_destroyedkey SET destroyed_on = '2020-01-01' WHERE id = %s", said)
