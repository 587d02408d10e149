"""Double entry: accounts, immutable transfers, commitments."""

import uuid

import pgtrigger
from django.db import models
from django.db.models import F, Q

from wherewithal.records.models.arrangement import Arrangement
from wherewithal.records.models.person import Person
from wherewithal.records.tracking import tracked


class Account(models.Model):
    """One side of a transfer. ``kind`` is a code of core/ledger.py; a person's accounts name the person."""

    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=24)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="accounts")

    class Meta:
        triggers = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update | pgtrigger.Delete)]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"], condition=Q(person__isnull=False), name="one_account_of_a_kind"
            )
        ]


class Transfer(models.Model):
    """One debit, one credit, one positive amount, one key. Never changed: another transfer corrects it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    key = models.CharField(max_length=120, unique=True)
    debit = models.ForeignKey(Account, models.PROTECT, related_name="debits")
    credit = models.ForeignKey(Account, models.PROTECT, related_name="credits")
    pence = models.BigIntegerField()
    on = models.DateField(help_text="the day it counts for")
    at = models.DateTimeField(help_text="when it was posted")
    kind = models.CharField(max_length=24, help_text="a code of core/ledger.py")
    about = models.CharField(max_length=140)
    first = models.DateField(null=True, help_text="first day of the period it is for, where it has one")
    last = models.DateField(null=True)
    arrangement = models.ForeignKey(Arrangement, models.PROTECT, null=True, related_name="transfers")
    run = models.ForeignKey("Run", models.PROTECT, null=True, related_name="transfers")
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")

    class Meta:
        triggers = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update | pgtrigger.Delete)]
        constraints = [
            models.CheckConstraint(condition=Q(pence__gt=0), name="a_transfer_is_positive"),
            models.CheckConstraint(condition=~Q(debit=F("credit")), name="a_transfer_has_two_sides"),
        ]
        indexes = [
            models.Index(fields=["debit", "on"], name="transfers_out"),
            models.Index(fields=["credit", "on"], name="transfers_in"),
        ]


@tracked()
class Commitment(models.Model):
    """A transfer of an arrangement for a period that will probably happen: the money is spoken for, and
    counts in no balance. It is settled once: posted, under its own key and in whole, or voided. Nothing else
    about it changes, and it is never removed.
    """

    class State(models.TextChoices):
        PENDING = "pending", "Pending"
        POSTED = "posted", "Posted"
        VOIDED = "voided", "Voided"

    key = models.CharField(max_length=120, unique=True)
    arrangement = models.ForeignKey(Arrangement, models.PROTECT, related_name="commitments")
    debit = models.ForeignKey(Account, models.PROTECT, related_name="+")
    credit = models.ForeignKey(Account, models.PROTECT, related_name="+")
    pence = models.PositiveBigIntegerField()
    first = models.DateField()
    last = models.DateField()
    state = models.CharField(max_length=7, choices=State, default=State.PENDING)
    transfer = models.OneToOneField(Transfer, models.PROTECT, null=True, related_name="commitment")

    class Meta:
        triggers = [
            pgtrigger.Protect(
                name="settled_once", operation=pgtrigger.Update, condition=~pgtrigger.Q(old__state="pending")
            ),
            pgtrigger.Protect(name="never_removed", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="only_settled", exclude=["state", "transfer"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="posted", transfer__isnull=False) | ~Q(state="posted") & Q(transfer=None),
                name="a_posted_commitment_has_its_transfer",
            )
        ]
