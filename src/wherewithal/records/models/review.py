"""Reviews on their two clocks, and observations of outcomes."""

from django.db import models
from django.db.models import Q

from wherewithal.records.models.person import Person
from wherewithal.records.models.plan import Plan, PlanOutcome
from wherewithal.records.models.user import User
from wherewithal.records.tracking import tracked


@tracked()
class Review(models.Model):
    class Kind(models.TextChoices):
        PLAN = "plan", "Review of the plan"
        DIRECT_PAYMENT = "direct_payment", "Review of the direct payment"

    class State(models.TextChoices):
        DUE = "due", "Due"
        HELD = "held", "Being held"
        DONE = "done", "Done"
        CANCELLED = "cancelled", "Not needed"

    AHEAD = (State.DUE, State.HELD)

    class Next(models.TextChoices):
        CARRY_ON = "carry_on", "Support goes on as planned"
        CHANGE_PLAN = "change_plan", "The plan changes"
        ASSESS_AGAIN = "assess_again", "Needs are assessed again"
        END = "end", "Support ends"

    person = models.ForeignKey(Person, models.PROTECT, related_name="reviews")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="reviews")
    kind = models.CharField(max_length=14, choices=Kind)
    opens_on = models.DateField()
    due_on = models.DateField(help_text="the day after which it is overdue")
    source = models.CharField(max_length=140, help_text="the rule that set the clock")
    trigger = models.CharField(
        max_length=30, blank=True, help_text="a code of policy/national/review; '': the calendar"
    )
    held_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="reviews")
    state = models.CharField(max_length=9, choices=State, default=State.DUE)
    said_so_far = models.JSONField(
        default=dict, help_text="while it is held, what is written down (core/review_held.py, Said)"
    )
    summary = models.TextField(blank=True)
    spending = models.JSONField(default=dict, help_text="plan against spending, as it stood")
    surplus_back_pence = models.PositiveIntegerField(default=0)
    saved_pence_per_week = models.IntegerField(null=True, help_text="negative: added")
    saved_why = models.TextField(blank=True)
    next_step = models.CharField(max_length=12, choices=Next, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "plan"],
                condition=Q(state__in=["due", "held"]),
                name="one_review_of_a_kind_ahead",
            ),
            models.CheckConstraint(
                condition=Q(saved_pence_per_week=None) | Q(saved_pence_per_week=0) | ~Q(saved_why=""),
                name="money_saved_or_added_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state="done")
                | Q(held_on__isnull=False, done_on__isnull=False, by__isnull=False)
                & ~Q(summary="")
                & ~Q(next_step=""),
                name="a_done_review_is_whole",
            ),
        ]
        indexes = [models.Index(fields=["state", "opens_on"], name="reviews_ahead")]


@tracked()
class Observation(models.Model):
    """One thing seen about an outcome; an indicator is a query over these."""

    class Level(models.TextChoices):
        MET = "met", "Met"
        PARTLY = "partly", "Partly met"
        NOT_MET = "not_met", "Not met"

    class Source(models.TextChoices):
        REVIEW = "review", "Review"
        VISIT = "visit", "Visit"
        PERSON = "person", "The person"

    person = models.ForeignKey(Person, models.PROTECT, related_name="observations")
    outcome = models.ForeignKey(PlanOutcome, models.PROTECT, related_name="observations")
    review = models.ForeignKey(Review, models.PROTECT, null=True, related_name="observations")
    source = models.CharField(max_length=8, choices=Source, default=Source.REVIEW)
    level = models.CharField(max_length=7, choices=Level)
    note = models.TextField(blank=True)
    seen_on = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, related_name="observations")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "outcome"], condition=Q(review__isnull=False), name="one_word_an_outcome"
            )
        ]
