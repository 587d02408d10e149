"""A file of Client Level Data that an analyst brought to be checked and counted.

It holds everybody's NHS number. So its bytes are here until it is read and no longer, and of what was in it
only what is wrong with it, figures, and how many people stand alike in them.
"""

import uuid

import pgtrigger
from django.db import models
from django.db.models import F, Q

from wherewithal.records.models.user import User
from wherewithal.records.tracking import tracked

_UNREAD = ["waiting", "reading"]


@tracked("read_bytes", "health", "counted", "stands")
class BroughtFile(models.Model):
    """One file: who brought it, how far its reading is, and what was found. It stays on record when what was
    found is thrown away.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to be read"
        READING = "reading", "Being read"
        COUNTED = "counted", "Counted"
        REFUSED = "refused", "Cannot be counted"
        STOPPED = "stopped", "Stopped"
        THROWN_AWAY = "thrown_away", "Thrown away"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file_name = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField("bytes")
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(User, models.PROTECT, related_name="brought_files")
    at = models.DateTimeField()
    period = models.CharField(max_length=7, blank=True, help_text="the reporting year asked for; '' its own")
    state = models.CharField(max_length=11, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0, help_text="how often its reading began")
    read_bytes = models.PositiveBigIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, help_text="when it was counted, refused or stopped")
    says = models.CharField(max_length=600, blank=True, help_text="why it was refused or stopped")
    health = models.JSONField(null=True, help_text="what is wrong with it, without anybody's number")
    counted = models.JSONField(null=True, help_text="the figures, as counted and as they may be told")
    stands = models.JSONField(null=True, help_text="by council: how many people all definitions count alike")
    rule = models.CharField(max_length=40, blank=True, help_text="for small numbers, in what may be told")

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="a_brought_file_is_not_empty"),
            models.CheckConstraint(
                condition=Q(read_bytes__lte=F("size")), name="no_more_is_read_than_there_is"
            ),
            models.CheckConstraint(
                condition=Q(state__in=_UNREAD, ended_at=None)
                | (~Q(state__in=_UNREAD) & Q(ended_at__isnull=False)),
                name="a_brought_file_ends_once",
            ),
            models.CheckConstraint(
                condition=Q(state="counted", counted__isnull=False, health__isnull=False)
                | (~Q(state="counted") & Q(counted=None, stands=None)),
                name="a_counted_file_has_its_figures",
            ),
            models.CheckConstraint(
                condition=~Q(state="thrown_away") | Q(health=None),
                name="nothing_is_left_of_what_was_thrown_away",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="a_brought_file_stays_who_brought_it",
                fields=["id", "file_name", "size", "sha256", "by", "at", "period"],
            ),
            pgtrigger.Trigger(
                name="what_was_read_is_not_kept",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                func="""
                    IF NEW.state NOT IN ('waiting', 'reading')
                       AND EXISTS (SELECT 1 FROM records_broughtpart WHERE file_id = NEW.id) THEN
                        RAISE EXCEPTION 'what_was_read_is_not_kept';
                    END IF;
                    RETURN NULL;""",
            ),
            pgtrigger.Protect(name="a_brought_file_stays_on_record", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.file_name


class BroughtPart(models.Model):
    """Some of a file's bytes, in order, until it is read. They name everybody in it: no history is kept of
    them, no page shows them, and the database keeps none of a file that was read.
    """

    file = models.ForeignKey(BroughtFile, models.PROTECT, related_name="parts")
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "number"], name="a_part_has_its_place"),
        ]
        triggers = [
            pgtrigger.Protect(name="a_part_is_as_it_came", operation=pgtrigger.Update),
            pgtrigger.Trigger(
                name="a_part_is_of_a_file_that_waits",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF (SELECT state FROM records_broughtfile WHERE id = NEW.file_id) != 'waiting' THEN
                        RAISE EXCEPTION 'a_part_is_of_a_file_that_waits';
                    END IF;
                    RETURN NEW;""",
            ),
        ]


class BroughtLook(models.Model):
    """Who looked at a file's figures as they were counted, small numbers and all, and when. Only added."""

    file = models.ForeignKey(BroughtFile, models.PROTECT, related_name="looks")
    user = models.ForeignKey(User, models.PROTECT, related_name="brought_looks")
    at = models.DateTimeField()
    what = models.CharField(max_length=60, help_text="the page, or the file")

    class Meta:
        triggers = [
            pgtrigger.Protect(name="a_brought_look_stays", operation=pgtrigger.Update | pgtrigger.Delete)
        ]
