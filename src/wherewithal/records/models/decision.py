"""A question put to somebody who may decide, with options, reasons, conditions and dissent."""

from django.db import models
from django.db.models import F, Q

from wherewithal.records.models.allocation import Allocation
from wherewithal.records.models.person import Person
from wherewithal.records.models.plan import Plan
from wherewithal.records.models.user import User
from wherewithal.records.tracking import tracked


@tracked()
class Decision(models.Model):
    class Kind(models.TextChoices):
        SIGN_OFF = "sign_off", "Sign-off of a plan"
        DIRECT_PAYMENT = "direct_payment", "Conditions of a direct payment"
        LOOK_AGAIN = "look_again", "A budget to be looked at again"
        SECOND_LOOK = "second_look", "A second look at a plan its worker agreed"

    class Level(models.TextChoices):
        OWN = "own", "Within the worker’s own limit"
        LIGHT = "light", "Light check by a manager"
        MANAGER = "manager", "Manager"
        PANEL = "panel", "Risk enablement panel"
        OFFICER = "officer", "Direct payment officer or worker"

    class State(models.TextChoices):
        ASKED = "asked", "Waiting"
        DECIDED = "decided", "Decided"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Outcome(models.TextChoices):
        AGREED = "agreed", "Agreed"
        SENT_BACK = "sent_back", "Sent back"
        REFUSED = "refused", "Refused"
        CHANGED = "changed", "Changed"
        UPHELD = "upheld", "Stands as it was"
        CONCERNS = "concerns", "Concerns"

    kind = models.CharField(max_length=14, choices=Kind)
    level = models.CharField(max_length=8, choices=Level)
    person = models.ForeignKey(Person, models.PROTECT, related_name="decisions")
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, related_name="decisions")
    allocation = models.ForeignKey(Allocation, models.PROTECT, null=True, related_name="decisions")
    author = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="who wrote what is decided")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="decisions_asked")
    asked_on = models.DateField()
    asks = models.TextField(help_text="the question, in words")
    content = models.JSONField(default=dict, help_text="cost, limit, route reasons, or answers to conditions")
    state = models.CharField(max_length=9, choices=State, default=State.ASKED)
    outcome = models.CharField(max_length=9, choices=Outcome, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="decisions_made")
    decided_on = models.DateField(null=True)
    options = models.TextField(blank=True)
    reasons = models.TextField(blank=True)
    conditions = models.TextField(blank=True)
    dissent = models.TextField(blank=True)
    look_again_on = models.DateField(null=True, blank=True)
    sampled = models.BooleanField(default=False, help_text="picked for a check afterwards")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="decided")
                | Q(decided_by__isnull=False, decided_on__isnull=False) & ~Q(outcome="") & ~Q(reasons=""),
                name="a_decision_has_who_when_and_why",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["sign_off", "second_look"], state="decided")
                | Q(level="own")
                | ~Q(decided_by=F("author")),
                name="nobody_signs_off_their_own_plan",
            ),
            models.UniqueConstraint(
                fields=["plan", "kind"], condition=Q(state="asked"), name="one_open_question_of_a_kind"
            ),
        ]
        indexes = [models.Index(fields=["state", "asked_on"], name="decisions_waiting")]
