"""Payments going out together with their file, and what the person pays in."""

from django.db import models
from django.db.models import F, Q

from wherewithal.records.models.account import Transfer
from wherewithal.records.models.arrangement import Agreement, Arrangement
from wherewithal.records.models.person import Person
from wherewithal.records.models.user import User
from wherewithal.records.tracking import tracked


@tracked("file")
class Run(models.Model):
    class Kind(models.TextChoices):
        FOUR_WEEKLY = "four_weekly", "Four-weekly"
        OFF_CYCLE = "off_cycle", "Off-cycle"

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        CHECKED = "checked", "Checked"
        APPROVED = "approved", "Approved"
        SENT = "sent", "Sent"
        SETTLED = "settled", "Paid"
        CANCELLED = "cancelled", "Cancelled"

    number = models.CharField(max_length=14, unique=True)
    kind = models.CharField(max_length=11, choices=Kind)
    first = models.DateField()
    last = models.DateField()
    days_because = models.TextField(
        blank=True,
        help_text="in words, where the days are not those of a period",
    )
    pay_on = models.DateField()
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="runs_drafted")
    drafted_at = models.DateTimeField()
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="runs_checked")
    checked_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="runs_approved")
    approved_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="runs_sent")
    sent_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="runs_settled")
    settled_at = models.DateTimeField(null=True)
    total_pence = models.PositiveBigIntegerField(default=0)
    payments_count = models.PositiveIntegerField(default=0)
    file_name = models.CharField(max_length=60, blank=True)
    file = models.TextField(blank=True, help_text="the pain.001 as it was sent")
    file_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("drafted_by")),
                name="another_officer_approves_a_run",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "sent", "settled"]) | Q(approved_by__isnull=False),
                name="a_run_that_goes_out_was_approved",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["sent", "settled"], sent_by__isnull=False, sent_at__isnull=False)
                | ~Q(state__in=["sent", "settled"]) & Q(sent_by=None, sent_at=None),
                name="who_sent_a_run_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state="settled", settled_by__isnull=False, settled_at__isnull=False)
                | ~Q(state="settled") & Q(settled_by=None, settled_at=None),
                name="who_settled_a_run_is_known",
            ),
            models.UniqueConstraint(
                fields=["first"],
                condition=Q(kind="four_weekly") & ~Q(state="cancelled"),
                name="one_run_a_period",
            ),
        ]

    @property
    def in_file(self) -> "models.QuerySet[Payment]":
        """The payments of its bank file (``actions/drafting.as_order``): one of nothing stays out."""
        return self.payments.filter(Payment.IN_FILE)


@tracked()
class Payment(models.Model):
    """One person's payment in a run: lines by arrangement, net or gross of the contribution."""

    class State(models.TextChoices):
        DUE = "due", "Due"
        SENT = "sent", "Sent"
        SETTLED = "settled", "Paid"
        RETURNED = "returned", "Returned by the bank"

    IN_FILE = Q(pence__gt=0)

    run = models.ForeignKey(Run, models.PROTECT, related_name="payments")
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="payments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="payments")
    end_to_end = models.CharField(max_length=35, unique=True)
    pence = models.PositiveBigIntegerField(help_text="what goes to the bank")
    gross_pence = models.BigIntegerField(help_text="support, below 0: paid too much before")
    contribution_pence = models.BigIntegerField(
        default=0, help_text="taken off; below 0: given back for earlier periods"
    )
    first = models.DateField()
    last = models.DateField()
    payee_name = models.CharField(max_length=70)
    sort_code = models.CharField(max_length=6)
    account_number = models.CharField(max_length=8)
    workings = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=State, default=State.DUE)
    returned_because = models.CharField(max_length=140, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "agreement"], name="one_payment_a_run"),
            models.CheckConstraint(
                condition=Q(pence=F("gross_pence") - F("contribution_pence")), name="a_payment_adds_up"
            ),
        ]


class PaymentLine(models.Model):
    """What one arrangement adds to a payment, by days, with its workings; or the contribution taken off."""

    payment = models.ForeignKey(Payment, models.CASCADE, related_name="lines")
    arrangement = models.ForeignKey(
        Arrangement, models.PROTECT, null=True, related_name="payment_lines", help_text="None: contribution"
    )
    pence = models.BigIntegerField()
    first = models.DateField()
    last = models.DateField()
    workings = models.JSONField(default=list)


@tracked()
class Contribution(models.Model):
    """What the person pays in for a period: due, paid, missed."""

    class State(models.TextChoices):
        DUE = "due", "Due"
        PAID = "paid", "Paid"
        MISSED = "missed", "Missed"
        WAIVED = "waived", "Waived"

    person = models.ForeignKey(Person, models.PROTECT, related_name="contributions")
    payment = models.ForeignKey(Payment, models.PROTECT, null=True, related_name="contributions")
    first = models.DateField()
    last = models.DateField()
    due_on = models.DateField()
    due_pence = models.PositiveIntegerField()
    paid_pence = models.PositiveIntegerField(default=0)
    paid_on = models.DateField(null=True)
    state = models.CharField(max_length=7, choices=State, default=State.DUE)
    transfer = models.ForeignKey(Transfer, models.PROTECT, null=True, related_name="contributions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "first", "last"], name="one_contribution_a_period")
        ]
