"""The nightly round: each part is there, and twice is as good as once."""

from datetime import date

import pytest
from bringing import brought
from django.db import connection
from django.utils import timezone
from making import at
from surveying import CLOSES, LATE, answer, one_of, opened, surveyor

from wherewithal.config.jobs import nightly_round, read_unread_files, surveys
from wherewithal.records.models import BroughtFile, ReplyKey, User, Wave


@pytest.mark.django_db
def test_the_nightly_round_can_be_asked_for_again(db):
    nightly_round(timestamp=0)
    nightly_round(timestamp=0)
    assert User.objects.get(username="nightly-round").has_usable_password() is False


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
