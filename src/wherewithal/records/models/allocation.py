"""The indicative budget, and the financial assessment: each with its workings and policy fingerprint."""

from django.db import models
from django.db.models import Q

from wherewithal.records.models.assessment import Assessment, Kind
from wherewithal.records.models.person import Person
from wherewithal.records.models.user import User
from wherewithal.records.tracking import tracked


@tracked()
class Allocation(models.Model):
    class State(models.TextChoices):
        PROPOSED = "proposed", "Proposed"
        USED = "used", "Used in a plan"
        SUPERSEDED = "superseded", "Superseded"

    person = models.ForeignKey(Person, models.PROTECT, related_name="allocations")
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="allocations")
    scheme = models.CharField(max_length=60)
    scheme_version = models.CharField(max_length=20)
    points = models.PositiveSmallIntegerField()
    pence_per_week = models.PositiveIntegerField()
    pence_per_year = models.PositiveIntegerField()
    inputs = models.JSONField(help_text="what core/allocation was given: points, lines, circumstances, day")
    workings = models.JSONField()
    policy = models.JSONField(help_text="the values it read, each with its source")
    fingerprint = models.CharField(max_length=64)
    proposed_on = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, related_name="allocations")
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessment"], condition=~Q(state="superseded"), name="one_live_allocation"
            )
        ]


@tracked()
class FinancialAssessment(models.Model):
    """What the person pays from a day on, towards their own budget or the one they have as a carer."""

    class State(models.TextChoices):
        CURRENT = "current", "Current"
        SUPERSEDED = "superseded", "Superseded"

    person = models.ForeignKey(Person, models.PROTECT, related_name="financial_assessments")
    kind = models.CharField(max_length=5, choices=Kind, default=Kind.ADULT)
    first = models.DateField(help_text="the contribution counts from this day")
    assessed_on = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, related_name="financial_assessments")
    means = models.JSONField()
    budget_pence_per_week = models.PositiveIntegerField()
    pence_per_week = models.PositiveIntegerField(help_text="the contribution")
    full_cost = models.BooleanField(default=False)
    workings = models.JSONField()
    policy = models.JSONField()
    unverified = models.JSONField(default=list, help_text="names of the values whose source is not verified")
    fingerprint = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State, default=State.CURRENT)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(state="current"),
                name="one_current_financial_assessment_of_a_kind",
            )
        ]
