"""The nightly round: each part is there, and twice is as good as once."""

from datetime import date, datetime, timedelta

import pytest
from bringing import brought
from django.db import connection
from django.utils import timezone
from making import at, user
from spending import CARD, swimmer
from surveying import CLOSES, LATE, answer, one_of, opened, surveyor

from wherewithal.actions import card
from wherewithal.config.jobs import ask_about_new_lines, nightly_round, read_unread_files, surveys
from wherewithal.formats.card_csv import CardLine
from wherewithal.records.models import BroughtFile, Question, ReplyKey, User, Wave


@pytest.mark.django_db
def test_the_nightly_round_can_be_asked_for_again(db):
    nightly_round(timestamp=0)
    nightly_round(timestamp=0)
    assert User.objects.get(username="nightly-round").has_usable_password() is False


@pytest.mark.django_db
def test_odd_spending_is_asked_about_soon_after_its_line_came_in():
    def cash(name: str, at: datetime) -> None:
        line = CardLine(name, CARD, timezone.localdate(), "CASH MACHINE", "6011", 40000, "", 0)
        card.receive(line=line, by=user("Card provider"), at=at)

    swimmer()
    cash("first", timezone.now() - timedelta(hours=2))
    ask_about_new_lines(timestamp=0)
    assert not Question.objects.exists(), "nothing came in lately: the night asks"
    cash("second", timezone.now())
    ask_about_new_lines(timestamp=0)
    ask_about_new_lines(timestamp=0)
    assert sorted(Question.objects.values_list("code", flat=True)) == ["cash_above_limit"] * 2, "once a line"


def test_a_survey_is_closed_when_its_time_is_over_and_its_keys_go_on_their_day(transactional_db):
    coded, _ = opened(destroy_keys_on=date(2026, 12, 31))
    sealed, _ = opened("anonymous", title="Sealed")
    answer(one_of(coded))
    surveys(by=surveyor(), at=LATE)
    states = dict(Wave.objects.values_list("mode", "state"))
    assert states == {"coded": "closed", "anonymous": "open"}, "only its key closes an anonymous one"
    assert (ReplyKey.objects.count(), sealed.closes_at) == (1, CLOSES)
    surveys(by=surveyor(), at=at(2026, 12, 30))
    assert ReplyKey.objects.count() == 1, "the day before"
    surveys(by=surveyor(), at=at(2026, 12, 31))
    assert (ReplyKey.objects.count(), coded.replies.count()) == (0, 1)


def test_a_file_that_waits_is_read_once_and_nothing_of_it_is_left_in_the_table_of_its_bytes(transactional_db):
    row = brought(at=timezone.now())
    read_unread_files(timestamp=0)
    read_unread_files(timestamp=0)
    done = BroughtFile.objects.get(pk=row.pk)
    assert (done.state, done.tries) == ("counted", 1)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_relation_size(oid) + pg_relation_size(reltoastrelid) FROM pg_class WHERE relname = %s",
            ["records_broughtpart"],
        )
        assert cursor.fetchone() == (0,)
