"""Needs, the answers about them, and what is eligible and why."""

from django.db import models
from django.db.models import Q

from wherewithal.records.models.person import Person
from wherewithal.records.models.request import Request
from wherewithal.records.models.user import User
from wherewithal.records.tracking import tracked


class Kind(models.TextChoices):
    ADULT = "adult", "Adult’s needs"
    CARER = "carer", "Carer’s needs"


@tracked()
class Assessment(models.Model):
    class State(models.TextChoices):
        STARTED = "started", "Started"
        AGREED = "agreed", "Agreed"
        SUPERSEDED = "superseded", "Superseded"

    person = models.ForeignKey(Person, models.PROTECT, related_name="assessments")
    kind = models.CharField(max_length=5, choices=Kind)
    cared_for = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="carer_assessments"
    )
    request = models.ForeignKey(Request, models.PROTECT, null=True, related_name="assessments")
    previous = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")
    state = models.CharField(max_length=10, choices=State, default=State.STARTED)
    started_on = models.DateField()
    agreed_on = models.DateField(null=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="assessments")
    # Before it: would the person have substantial difficulty taking part, and has nobody to help (s67)?
    substantial_difficulty = models.BooleanField(null=True)
    appropriate_person = models.CharField(max_length=100, blank=True)
    advocate = models.CharField(
        max_length=100, blank=True, help_text="the independent advocate, where one is due"
    )
    explained = models.JSONField(default=dict, help_text="the five things explained: code -> day")
    findings = models.JSONField(default=dict, help_text="what core/eligibility decided from")
    eligible = models.BooleanField(null=True)
    eligibility = models.JSONField(default=dict, help_text="reasons, unmet outcomes, rule, fingerprint")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"], condition=Q(state="started"), name="one_open_assessment_of_a_kind"
            ),
            models.UniqueConstraint(
                fields=["person", "kind"], condition=Q(state="agreed"), name="one_agreed_assessment_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(state="started") | Q(agreed_on__isnull=False, eligible__isnull=False),
                name="an_agreed_assessment_decides_eligibility",
            ),
        ]


@tracked()
class Response(models.Model):
    """Answers to one version of a questionnaire: the person's own view, or the worker's."""

    class View(models.TextChoices):
        OWN = "own", "In their own words"
        WORKER = "worker", "The worker’s view"

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        HANDED_IN = "handed_in", "Handed in"
        SUPERSEDED = "superseded", "Superseded"

    person = models.ForeignKey(Person, models.PROTECT, related_name="responses")
    assessment = models.ForeignKey(Assessment, models.PROTECT, null=True, related_name="responses")
    review = models.ForeignKey("Review", models.PROTECT, null=True, related_name="responses")
    view = models.CharField(max_length=6, choices=View)
    questionnaire = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    fingerprint = models.CharField(max_length=64)
    answers = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    by = models.ForeignKey(User, models.PROTECT, related_name="responses")
    saved_at = models.DateTimeField()
    handed_in_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "view"], condition=~Q(state="superseded"), name="one_response_of_a_view"
            )
        ]
