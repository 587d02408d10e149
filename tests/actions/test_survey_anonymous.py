"""An anonymous reply cannot be tied to its council with the whole database and its files in hand.

152 councils are asked and most answer, each with a number of its own, in an order that the attacker watched.
Then the attacker lines up invitations and replies by whatever tells an order. By chance one pair fits.
"""

import os
import random
import secrets
from collections.abc import Iterable

import psycopg
import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo
from surveying import CLOSES, IN_TIME, LATE, WHOLE, answer, doing, one_of, opened, sealed_enough, surveyor

from wherewithal.actions import survey_answer, survey_seal
from wherewithal.config import settings_test
from wherewithal.formats import envelope
from wherewithal.records.audit import histories
from wherewithal.records.models import Invitation, Reply, ReplyKey, Wave

ANSWERED = 140  # of 152
BY_CHANCE = 9  # so many pairs or more fit by chance in less than one attack of a million


class Field:
    """An anonymous wave whose councils answered in an order that was watched."""

    def __init__(self) -> None:
        self.wave, self.key = opened("anonymous")
        self.invitations = list(self.wave.invitations.order_by("code"))
        self.numbers = {one.pk: number for number, one in enumerate(self.invitations)}
        self.order = random.Random(7).sample(self.invitations, ANSWERED)
        self.said = secrets.token_hex(8)  # in no file before
        survey_answer.respondent()

    def marker(self, number: int) -> str:
        return f"What council number {number:03d} of {self.said} says"

    def hand_in(self) -> None:
        for one in self.order:
            answer(one, how_many=self.numbers[one.pk], words=self.marker(self.numbers[one.pk]))

    def close(self) -> None:
        self.wave = survey_seal.close(wave=self.wave, key=self.key, **doing(CLOSES))
        survey_seal.wipe()

    def fitting(self, invitations: Iterable[int], replies: Iterable[int]) -> int:
        """How many pairs are true: invitations by id, replies by the number that they say."""
        pairs = zip(invitations, replies, strict=True)
        return sum(self.numbers[invitation] == number for invitation, number in pairs)


@pytest.fixture
def field(transactional_db):
    return Field()


def sql(statement: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def everything() -> dict[str, int]:
    """How many rows each table has."""
    tables = [name for (name,) in sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
    return {name: sql(f'SELECT count(*) FROM "{name}"')[0][0] for name in tables}


def test_the_order_of_ids_rows_and_transactions_ties_no_reply_to_its_council(field):
    field.hand_in()
    field.close()
    asked = ("id", "xmin::text::bigint, id", "xmin::text::bigint, ctid", "ctid", "token_hash", "name")
    given = ("id", "xmin::text::bigint, id", "xmin::text::bigint, ctid", "ctid", "cmin::text::bigint, ctid")
    lines = {by: sql(f"SELECT id FROM records_invitation WHERE answered ORDER BY {by}") for by in asked}
    lines["the order that was watched"] = [(one.pk,) for one in field.order]
    for left, invitations in lines.items():
        for right in given:
            replies = sql(f"SELECT (answers->>'how_many')::int FROM records_reply ORDER BY {right}")
            for way in (1, -1):
                fit = field.fitting((pk for (pk,) in invitations[::way]), (said for (said,) in replies))
                assert fit < BY_CHANCE, f"{left} with {right} ties {fit} of {ANSWERED}"
    assert sorted(said for (said,) in replies) == sorted(field.numbers[one.pk] for one in field.order)


def test_one_transaction_wrote_all_replies_and_touched_all_invitations(field):
    field.hand_in()
    survey_seal.close(wave=field.wave, key=field.key, **doing(CLOSES))
    for table in ("records_reply", "records_invitation"):
        assert len(sql(f"SELECT DISTINCT xmin::text FROM {table}")) == 1


def test_handing_in_writes_nothing_but_the_envelope(field):
    before = everything()
    field.hand_in()
    assert everything() == before
    sealed = [bytes(one.envelope) for one in field.wave.invitations.filter(answered=True)]
    assert len(sealed) == ANSWERED
    assert len({len(one) for one in sealed}) == 1, "the size of an envelope tells nothing"


def test_no_history_has_a_row_of_a_reply_or_of_who_answered(field):
    field.hand_in()
    field.close()
    kept = {event.__name__ for event in histories()}
    assert not kept & {"ReplyEvent", "ReplyKeyEvent", "DraftEvent"}
    columns = sql(
        "SELECT column_name FROM information_schema.columns WHERE table_name='records_invitationevent'"
    )
    assert not {"answered", "envelope"} & {name for (name,) in columns}
    verbs = sql(
        "SELECT DISTINCT pgh_context->>'verb' FROM records_invitationevent"
        f" WHERE pgh_obj_id IN (SELECT id FROM records_invitation WHERE wave_id = {field.wave.pk})"
    )
    assert verbs == [("design survey wave",)]
    assert ReplyKey.objects.count() == 0


def test_who_closed_the_wave_stays_in_the_audit(field):
    field.hand_in()
    field.close()
    told = sql(
        "SELECT pgh_context->>'by_name' FROM records_waveevent"
        " WHERE pgh_context->>'verb' = 'close survey wave' AND state = 'closed'"
    )
    assert told == [(str(surveyor()),)]


# The files --------------------------------------------------------------------------------------------------


@pytest.fixture
def files(field):
    """Reads the server's own files of this database, and its log of writes, after all is on disk."""
    server = getattr(settings_test, "SERVER", None)
    if server is None:
        pytest.skip("the files of a server that is not ours cannot be read")

    def read(*relations: str) -> dict[str, bytes]:
        database = connection.settings_dict["NAME"]
        with psycopg.connect(
            make_conninfo(os.environ["DATABASE_URL"], dbname=database), autocommit=True
        ) as owner:
            owner.execute("CHECKPOINT")
            if not relations:
                folder = owner.execute(
                    "SELECT 'base/' || oid FROM pg_database WHERE datname = %s", [database]
                ).fetchone()[0]
                paths = [*(server.data / folder).iterdir(), *(server.data / "pg_wal").glob("0*")]
                return {str(path): path.read_bytes() for path in paths if path.is_file()}
            found = {}
            for name in relations:
                path = owner.execute("SELECT pg_relation_filepath(%s)", [name]).fetchone()[0]
                found[name] = (server.data / path).read_bytes()
            return found

    return read


def test_before_the_close_no_file_holds_an_answer(field, files):
    field.hand_in()
    for name, content in files().items():
        assert field.said.encode() not in content, name


def test_after_the_close_no_table_holds_an_envelope_and_no_file_the_key(field, files):
    field.hand_in()
    sealed = [bytes(one.envelope) for one in field.wave.invitations.exclude(envelope=None)[:12]]
    field.close()
    secret = envelope.private_key(field.key, field.wave.sealing_key).private_bytes_raw()
    for name, content in files().items():
        assert secret not in content and field.key not in content, name
        if "pg_wal" not in name:
            assert not [one for one in sealed if one[100:148] in content], name


def test_where_replies_stand_in_the_files_ties_them_to_nobody(field, files):
    field.hand_in()
    as_it_lay = [pk for (pk,) in sql("SELECT id FROM records_invitation WHERE answered ORDER BY ctid")]
    field.close()
    everywhere = {"records_reply": files("records_reply")["records_reply"]}
    everywhere |= {name: content for name, content in files().items() if "pg_wal" in name}
    watched = [one.pk for one in field.order]
    by_id = sorted(watched)
    found = 0
    for name, content in everywhere.items():
        places = {number: content.find(field.marker(number).encode()) for number in field.numbers.values()}
        written = sorted((number for number, place in places.items() if place >= 0), key=places.__getitem__)
        if len(written) == ANSWERED:
            found += 1
            for line in (watched, watched[::-1], by_id, as_it_lay):
                assert field.fitting(line, written) < BY_CHANCE, name
    assert found, "the attack found the replies in the files"


# Its life ---------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_another_key_opens_nothing_and_the_wave_stays_open():
    wave, _ = opened("anonymous")
    sealed_enough(wave)
    with pytest.raises(envelope.NotTheKey, match="key of another survey"):
        survey_seal.close(wave=wave, key=envelope.new_keys()[1], **doing(CLOSES))
    with pytest.raises(envelope.NotTheKey, match="no private key"):
        survey_seal.close(wave=wave, key=b"", **doing(CLOSES))
    assert (Wave.objects.get().state, Reply.objects.count()) == ("open", 0)


@pytest.mark.django_db
def test_it_is_handed_in_once_and_the_second_is_told_so():
    wave, key = opened("anonymous")
    answer(one_of(wave), how_many=1)
    with pytest.raises(survey_seal.NotTaken, match="handed in already"):
        answer(one_of(wave), how_many=2)
    sealed_enough(wave, how_many=3)
    survey_seal.close(wave=wave, key=key, **doing(CLOSES))
    assert sorted(one.answers["how_many"] for one in Reply.objects.all()) == [1, 3, 3, 3, 3]


@pytest.mark.django_db
def test_after_its_time_it_takes_nothing_for_one_alone_could_be_told():
    wave, _ = opened("anonymous")
    with pytest.raises(survey_seal.NotTaken, match="has closed"):
        answer(one_of(wave), LATE)
    assert not Invitation.objects.filter(answered=True).exists()


@pytest.mark.django_db
def test_what_is_sealed_is_what_counts_and_each_question_has_its_status():
    wave, key = opened("anonymous")
    answer(one_of(wave), IN_TIME, budgets="no", words=None)
    sealed_enough(wave)
    survey_seal.close(wave=wave, key=key, **doing(CLOSES))
    reply = Reply.objects.get(answers__budgets="no")
    assert reply.answers == {"budgets": "no", "brokerage": WHOLE["brokerage"]}
    assert reply.statuses == {
        "budgets": "answered", "how_many": "not asked", "brokerage": "answered", "words": "blank"
    }  # fmt: skip
    assert (reply.region, reply.type, reply.late) == ("", "", False)


@pytest.mark.django_db
def test_so_few_answers_that_they_could_be_told_are_not_opened_even_with_the_key():
    wave, key = opened("anonymous")
    for number in range(4):
        answer(one_of(wave, number))
    with pytest.raises(survey_seal.TooFewToOpen, match="opened from 5 on, and 4 came"):
        survey_seal.close(wave=wave, key=key, **doing(CLOSES))
    assert (Wave.objects.get().state, Reply.objects.count()) == ("open", 0)
    assert wave.invitations.exclude(envelope=None).count() == 4, "an extended survey may still get more"
    answer(one_of(wave, 4))
    survey_seal.close(wave=wave, key=key, **doing(CLOSES))
    assert Reply.objects.count() == 5


@pytest.mark.django_db
def test_what_is_closed_unread_leaves_no_envelope_and_no_reply_and_history_says_why():
    wave, _ = opened("anonymous")
    answer(one_of(wave))
    survey_seal.close_unread(wave=wave, reason="One answered", **doing(CLOSES))
    assert (Wave.objects.get().state, Reply.objects.count()) == ("closed", 0)
    assert [one.answered for one in wave.invitations.filter(answered=True)] == [True]
    assert not wave.invitations.exclude(envelope=None).exists()
    assert sql(
        "SELECT pgh_context->>'why' FROM records_waveevent WHERE state = 'closed'"
        " AND pgh_context->>'verb' = 'close survey wave unread'"
    ) == [("One answered",)]


@pytest.mark.django_db
def test_one_that_nobody_answered_is_closed_without_its_key():
    wave, _ = opened("anonymous")
    assert survey_seal.close(wave=wave, **doing(CLOSES)).state == "closed"


@pytest.mark.django_db
def test_only_sealed_answers_can_be_left_unread():
    wave, _ = opened("coded")
    answer(one_of(wave))
    with pytest.raises(survey_seal.CannotClose, match="Only the answers of an anonymous survey"):
        survey_seal.close_unread(wave=wave, reason="So", **doing(CLOSES))
    assert (Wave.objects.get().state, Reply.objects.count()) == ("open", 1)
