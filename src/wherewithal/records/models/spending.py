"""What really happened to the money: card lines, the files they came in, and the questions they raise."""

from django.db import models
from django.db.models import Q

from wherewithal.records.models.account import Transfer
from wherewithal.records.models.arrangement import Arrangement
from wherewithal.records.models.person import Person
from wherewithal.records.models.user import User
from wherewithal.records.tracking import tracked


@tracked()
class Import(models.Model):
    """A file of card lines taken in whole, or undone whole by reversals."""

    class State(models.TextChoices):
        TAKEN_IN = "taken_in", "Taken in"
        UNDONE = "undone", "Undone"

    file_name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    lines_count = models.PositiveIntegerField()
    total_pence = models.BigIntegerField()
    by = models.ForeignKey(User, models.PROTECT, related_name="imports")
    at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.TAKEN_IN)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="imports_undone")
    undone_at = models.DateTimeField(null=True)
    undone_because = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sha256"], condition=Q(state="taken_in"), name="a_file_is_taken_in_once"
            )
        ]


@tracked()
class Actual(models.Model):
    """One line of what really happened, always against an arrangement, or open."""

    class State(models.TextChoices):
        IMPORTED = "imported", "New"
        MATCHED = "matched", "Matched"
        ASKED = "asked", "Asked about"
        EXPLAINED = "explained", "Explained"
        CLOSED = "closed", "Closed"
        RECLAIMED = "reclaimed", "To be paid back"
        UNDONE = "undone", "Undone"

    person = models.ForeignKey(Person, models.PROTECT, related_name="actuals")
    batch = models.ForeignKey(Import, models.PROTECT, null=True, related_name="actuals")
    source = models.CharField(max_length=10, help_text="csv or webhook")
    line_id = models.CharField(max_length=100, help_text="the provider's id, or the file's hash and row")
    card = models.CharField(max_length=20)
    spent_on = models.DateField()
    merchant = models.CharField(max_length=100)
    merchant_code = models.CharField(max_length=4, blank=True)
    pence = models.BigIntegerField(help_text="positive: spent; negative: refunded")
    reference = models.CharField(max_length=100, blank=True)
    arrangement = models.ForeignKey(Arrangement, models.PROTECT, null=True, related_name="actuals")
    matched_because = models.CharField(max_length=140, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.IMPORTED)
    transfer = models.OneToOneField(Transfer, models.PROTECT, related_name="actual")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["line_id"], condition=~Q(state="undone"), name="a_line_is_taken_in_once"
            ),
            models.CheckConstraint(condition=~Q(pence=0), name="a_line_has_an_amount"),
        ]
        indexes = [models.Index(fields=["person", "-spent_on"], name="actuals_by_person")]


@tracked()
class Question(models.Model):
    """Something about the money that wants a word: raised by exception, answered, closed by an officer."""

    class State(models.TextChoices):
        OPEN = "open", "Asked"
        ANSWERED = "answered", "Answered"
        CLOSED = "closed", "Closed"

    person = models.ForeignKey(Person, models.PROTECT, related_name="questions")
    actual = models.ForeignKey(Actual, models.PROTECT, null=True, related_name="questions")
    code = models.CharField(max_length=24, help_text="a code of core/exceptions.py")
    asks = models.CharField(max_length=400, help_text="as the person reads it")
    for_officer = models.CharField(max_length=400)
    raised_on = models.DateField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="questions_answered")
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    outcome = models.CharField(max_length=10, blank=True, help_text="fine, advised or pay_back")
    note = models.TextField(blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="questions_closed")
    closed_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["actual", "code"],
                condition=Q(actual__isnull=False),
                name="a_line_is_asked_about_once",
            ),
            models.UniqueConstraint(
                fields=["person", "code"],
                condition=Q(actual=None) & ~Q(state="closed"),
                name="an_account_is_asked_about_once_at_a_time",
            ),
        ]
