"""What the check of Client Level Data finds in our own records: a worklist, counted anew when they change."""

from django.db import models
from django.db.models import F, Q

from wherewithal.records.models.person import Person


class SubmissionCheck(models.Model):
    """When our own records were last checked as they would be sent, and what of them."""

    first = models.DateField(help_text="the first day of the newest twelve months that can be sent")
    last = models.DateField(help_text="the day up to which they were checked")
    checked_at = models.DateTimeField()
    checked_from = models.CharField(max_length=64, help_text="fingerprint of what was checked, and how")
    rows_count = models.PositiveIntegerField()
    people_count = models.PositiveIntegerField()
    only = models.BooleanField(default=True, help_text="there is one")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["only"], name="one_check_stands"),
            models.CheckConstraint(condition=Q(only=True), name="the_check_is_the_only_one"),
        ]


class SubmissionFault(models.Model):
    """What the check finds fault with in the record of a person or of an event of theirs: what was expected,
    and what it does to measures. It is open until a later check no longer finds it.

    What stood there instead is not kept twice: it stands in the record.
    """

    class Level(models.TextChoices):
        REFUSED = "refused", "Stops the file"
        ERROR = "error", "Must be mended"
        WARNING = "warning", "Should be mended"

    person = models.ForeignKey(Person, models.PROTECT, related_name="submission_faults")
    what = models.CharField(max_length=10, help_text="Person, Request, Assessment, Service or Review")
    about = models.BigIntegerField(help_text="the id of that person, request, assessment, and so on")
    event_on = models.DateField(null=True, help_text="the first day of that event")
    rows_count = models.PositiveIntegerField(help_text="in how many rows it stands")
    field = models.CharField(max_length=40, help_text="the field of Client Level Data")
    level = models.CharField(max_length=7, choices=Level)
    blank = models.BooleanField(default=False, help_text="nothing stands there")
    expected = models.CharField(max_length=300)
    effects = models.JSONField(default=list, help_text="what it does to measures, a sentence each")
    measures = models.JSONField(default=list, help_text="the ids of those measures")
    found_on = models.DateField()
    mended_on = models.DateField(null=True)

    class Meta:
        ordering = ["found_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["what", "about", "field"],
                condition=Q(mended_on=None),
                name="a_fault_is_open_once",
            ),
            models.CheckConstraint(
                condition=Q(mended_on=None) | Q(mended_on__gte=F("found_on")),
                name="a_fault_is_mended_after_it_was_found",
            ),
            models.CheckConstraint(
                condition=Q(level__in=["refused", "error", "warning"]), name="a_fault_has_a_level"
            ),
        ]
        indexes = [models.Index(fields=["person"], condition=Q(mended_on=None), name="faults_open_by_person")]
