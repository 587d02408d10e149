"""What was sent as Client Level Data: the log of submissions, and what comparing two of them needs."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from wherewithal.records.models.user import User


class Submission(models.Model):
    """A file of our own records, made to be sent: what it covered, who made it, when and why. Only ever
    added.

    The file is not kept. Its hash tells whether a file is the one that was made.
    """

    first = models.DateField(help_text="the first day that it covers")
    last = models.DateField(help_text="the last day that it covers, a quarter's end")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="submissions")
    made_at = models.DateTimeField()
    reason = models.CharField(max_length=200)
    sent_to = models.CharField(max_length=100, help_text="whom it is for, as people read it")
    rows_count = models.PositiveIntegerField()
    people_count = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, help_text="of the file")
    fields = models.JSONField(help_text="the fields of which each row keeps a fingerprint, in their order")
    key_check = models.CharField(max_length=16, help_text="tells whether another's key is the same")

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="a_submission_has_a_reason"),
            models.CheckConstraint(
                condition=Q(last__gt=F("first")), name="a_submission_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(made_at__date__gt=F("last")), name="a_submission_covers_what_is_over"
            ),
            models.CheckConstraint(
                condition=Q(rows_count__gte=F("people_count")), name="nobody_is_sent_without_a_row"
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="a_submission_is_known_by_its_hash"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="a_submission_stays", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"Submission {self.pk}"


class SubmittedRow(models.Model):
    """One row of a submission, without what stood in it: which event it was, its days, and of each field a
    short keyed fingerprint, which tells whether the same stands in the next one's row and nothing else.
    """

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="rows")
    what = models.CharField(max_length=10, help_text="Request, Assessment, Service or Review")
    about = models.BigIntegerField(help_text="the id of that request, assessment, arrangement or review")
    first = models.DateField()
    last = models.DateField(null=True)
    prints = models.BinaryField(help_text="the fingerprints, one after another")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "what", "about"], name="an_event_is_sent_once"),
            models.CheckConstraint(
                condition=Q(what__in=["Request", "Assessment", "Service", "Review"]),
                name="a_submitted_row_is_an_event",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="a_submitted_row_stays", operation=pgtrigger.Update),
            pgtrigger.Trigger(
                name="the_next_is_compared_with_the_newest",
                when=pgtrigger.Before,
                operation=pgtrigger.Delete,
                func="""
                    IF OLD.submission_id = (
                        SELECT id FROM records_submission ORDER BY made_at DESC, id DESC LIMIT 1
                    ) THEN
                        RAISE EXCEPTION 'the_next_is_compared_with_the_newest';
                    END IF;
                    RETURN OLD;""",
            ),
        ]
