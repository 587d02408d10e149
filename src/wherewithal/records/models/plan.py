"""The support plan: outcomes, costed lines, tests, risks; versions side by side."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from wherewithal.records.models.allocation import Allocation
from wherewithal.records.models.assessment import Assessment, Kind
from wherewithal.records.models.person import Person
from wherewithal.records.models.user import User
from wherewithal.records.tracking import tracked


class Held(models.TextChoices):
    DIRECT_PAYMENT = "direct_payment", "Direct payment"
    COUNCIL_MANAGED = "council_managed", "Managed by the council"
    FUND = "individual_service_fund", "Individual service fund"
    COMMISSIONED = "commissioned", "Commissioned without a budget"
    IN_HOUSE = "in_house", "Run by the council"
    OWN_MONEY = "own_money", "Paid for by the person"


class Term(models.TextChoices):
    LONG = "long", "Long-term"
    SHORT = "short", "Short-term"


class HowOften(models.TextChoices):
    WEEKLY = "weekly", "every week"
    FORTNIGHTLY = "fortnightly", "every two weeks"
    FOUR_WEEKLY = "4-weekly", "every four weeks"
    MONTHLY = "monthly", "every month"
    QUARTERLY = "quarterly", "every quarter"
    YEARLY = "yearly", "every year"
    ONE_OFF = "one-off", "once"


@tracked()
class Plan(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        SUBMITTED = "submitted", "Waiting for sign-off"
        SENT_BACK = "sent_back", "Sent back"
        AGREED = "agreed", "Agreed"
        SUPERSEDED = "superseded", "Superseded"
        ENDED = "ended", "Ended"

    class WrittenBy(models.TextChoices):
        PERSON = "person", "The person"
        FAMILY = "family", "Family or friends"
        BROKER = "broker", "A broker with the person"
        WORKER = "worker", "A worker with the person"

    OPEN = ("draft", "submitted", "sent_back")

    person = models.ForeignKey(Person, models.PROTECT, related_name="plans")
    kind = models.CharField(max_length=5, choices=Kind, default=Kind.ADULT)
    assessment = models.ForeignKey(Assessment, models.PROTECT, null=True, related_name="plans")
    allocation = models.ForeignKey(Allocation, models.PROTECT, null=True, related_name="plans")
    previous = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")
    version = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    written_by = models.CharField(max_length=6, choices=WrittenBy)
    author = models.ForeignKey(User, models.PROTECT, related_name="plans_written")
    summary = models.TextField(blank=True, help_text="what matters to the person, in their words")
    wishes = models.JSONField(default=list, help_text="up to three wishes")
    contingency = models.TextField(blank=True, help_text="what happens when support falls through")
    contingency_pence_per_week = models.PositiveIntegerField(default=0)
    tests = models.JSONField(default=dict, help_text="lawful, disrepute, will_work: [answer, reason]")
    panel_called_by = models.CharField(max_length=100, blank=True)
    panel_called_because = models.TextField(blank=True)
    started_on = models.DateField()
    submitted_on = models.DateField(null=True)
    agreed_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    indicative_pence_per_week = models.PositiveIntegerField(default=0)
    final_pence_per_week = models.PositiveIntegerField(null=True, help_text="the personal budget")
    final_reason = models.TextField(blank=True, help_text="why it differs from the indicative")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(state__in=["draft", "submitted", "sent_back"]),
                name="one_open_plan",
            ),
            models.UniqueConstraint(
                fields=["person", "kind"], condition=Q(state="agreed"), name="one_agreed_plan"
            ),
            models.CheckConstraint(
                condition=~Q(state="agreed") | Q(agreed_on__isnull=False, final_pence_per_week__isnull=False),
                name="an_agreed_plan_has_its_budget",
            ),
            models.CheckConstraint(
                condition=Q(final_pence_per_week=None)
                | Q(final_pence_per_week=F("indicative_pence_per_week"))
                | ~Q(final_reason=""),
                name="a_budget_that_differs_has_its_reason",
            ),
        ]


@tracked()
class PlanOutcome(models.Model):
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="outcomes")
    text = models.CharField(max_length=200)
    serves = ArrayField(
        models.CharField(max_length=20), default=list, blank=True, help_text="codes of Care Act outcomes"
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]


@tracked()
class PlanLine(models.Model):
    """One costed line; when the plan is agreed it becomes an arrangement."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="lines")
    outcome = models.ForeignKey(PlanOutcome, models.CASCADE, null=True, related_name="lines")
    what = models.CharField(max_length=120)
    kind = models.CharField(max_length=30, help_text="a kind of purchase in policy/local/restrictions")
    supplier = models.CharField(max_length=100, blank=True)
    relation = models.CharField(
        max_length=30, blank=True, help_text="to the person, where a relative is paid"
    )
    same_household = models.BooleanField(default=False)
    exception_reason = models.TextField(blank=True, help_text="why a restriction or regulation 3 gives way")
    units = models.DecimalField(max_digits=8, decimal_places=2)
    unit = models.CharField(max_length=12)
    pence_per_unit = models.PositiveIntegerField()
    how_often = models.CharField(max_length=12, choices=HowOften)
    pence_per_week = models.PositiveIntegerField(help_text="as core/plan costs it")
    first = models.DateField()
    last = models.DateField(null=True, blank=True)
    held = models.CharField(max_length=24, choices=Held)
    term = models.CharField(max_length=5, choices=Term, default=Term.LONG)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(units__gt=0), name="a_line_has_units"),
            models.CheckConstraint(
                condition=Q(last=None) | Q(last__gte=F("first")), name="a_line_ends_after_it_starts"
            ),
        ]


@tracked()
class Risk(models.Model):
    """A risk of a plan: scored, mitigated, rescored."""

    class Kind(models.TextChoices):
        CUSTOMER = "customer", "To the person"
        OPERATIONAL = "operational", "To how support runs"
        REPUTATIONAL = "reputational", "To the council’s name"

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="risks")
    kind = models.CharField(max_length=12, choices=Kind)
    what = models.TextField()
    likelihood = models.PositiveSmallIntegerField()
    impact = models.PositiveSmallIntegerField()
    mitigation = models.CharField(max_length=40, blank=True, help_text="a code of policy/local/mitigations")
    mitigation_words = models.TextField(blank=True)
    likelihood_after = models.PositiveSmallIntegerField(null=True, blank=True)
    impact_after = models.PositiveSmallIntegerField(null=True, blank=True)
    accepted_because = models.TextField(blank=True, help_text="positive risk-taking: why it is worth it")
    owner = models.CharField(max_length=100, blank=True)
    look_again_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(likelihood__range=(1, 5), impact__range=(1, 5))
                & (Q(likelihood_after=None) | Q(likelihood_after__range=(1, 5)))
                & (Q(impact_after=None) | Q(impact_after__range=(1, 5))),
                name="a_risk_is_scored_1_to_5",
            )
        ]
