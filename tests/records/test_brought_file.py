"""What the database refuses of a file that somebody brought."""

import pytest
from bringing import brought, read_now
from django.db import DatabaseError, IntegrityError, connection, transaction

from wherewithal.records.models import BroughtFile, BroughtPart

pytestmark = pytest.mark.django_db


def refused(words: str, *given, match: str) -> None:
    with pytest.raises(DatabaseError, match=match), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(words, given)


def test_a_file_that_was_read_has_no_bytes(db):
    row = brought()
    refused(
        "UPDATE records_broughtfile SET state = 'stopped', ended_at = now() WHERE id = %s", row.pk,
        match="what_was_read_is_not_kept",
    )  # fmt: skip
    done = read_now()
    with pytest.raises(DatabaseError, match="a_part_is_of_a_file_that_waits"), transaction.atomic():
        BroughtPart.objects.create(file=done, number=0, content=b"x")


def test_who_brought_what_stays(db):
    row = read_now()
    renamed = "UPDATE records_broughtfile SET file_name = 'other' WHERE id = %s"
    refused(renamed, row.pk, match="who_brought_it")
    refused("DELETE FROM records_broughtfile WHERE id = %s", row.pk, match="stays_on_record")


def test_figures_stand_with_a_counted_file_alone(db):
    row = read_now()
    with pytest.raises(IntegrityError, match="a_counted_file_has_its_figures"), transaction.atomic():
        BroughtFile.objects.filter(pk=row.pk).update(state="refused")
    with pytest.raises(IntegrityError, match="no_more_is_read_than_there_is"), transaction.atomic():
        BroughtFile.objects.filter(pk=row.pk).update(read_bytes=row.size + 1)


def test_a_look_stays(db):
    row = read_now()
    row.looks.create(user=row.by, at=row.at, what="the page")
    refused("DELETE FROM records_broughtlook", match="permission denied")
