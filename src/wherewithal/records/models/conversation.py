"""Conversations of a sector body with councils whose figure is behind.

The figure, the threshold and whom it is ahead and alike with stay as they stood. What was said is only added
to: a correction is a note that takes the place of another, which stays.
"""

from datetime import date

import pgtrigger
from django.db import models
from django.db.models import Q

from wherewithal.core.conversation import OUTCOMES, Figure, Standing
from wherewithal.records.models.compendium import Example
from wherewithal.records.models.user import User
from wherewithal.records.tracking import tracked

_WRITES = pgtrigger.Insert | pgtrigger.Update
_NOT_OF_A_CLOSED_ONE = """
    IF EXISTS (SELECT 1 FROM records_conversation
               WHERE id = NEW.conversation_id AND closed_on IS NOT NULL) THEN
        RAISE EXCEPTION 'NAME';
    END IF;
    RETURN NEW;"""


def _while_open(of: str) -> pgtrigger.Trigger:
    """Nothing is added to, or changed of, a conversation that is closed."""
    name = f"{of}_of_an_open_conversation"
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=_WRITES,
        func=_NOT_OF_A_CLOSED_ONE.replace("NAME", name),
    )


@tracked("figure", "match")
class Conversation(models.Model):
    """One with one council about one figure, from its beginning to its outcome."""

    code = models.CharField(max_length=20, help_text="in the register")
    council = models.CharField(max_length=100)
    series = models.CharField(max_length=100, help_text="table:series of what was published")
    year = models.CharField(max_length=7)
    threshold = models.DecimalField("threshold, %", max_digits=4, decimal_places=1)
    figure = models.JSONField(help_text="as it stood, as core/conversation keeps it")
    begun_on = models.DateField()
    begun_by = models.ForeignKey(User, models.PROTECT, related_name="conversations")
    reasons = models.JSONField("why it is behind", default=list, help_text="ids of the policy's list")
    other_reason = models.CharField("another reason", max_length=300, blank=True)
    look_on = models.DateField("to be looked at again", null=True)
    ahead = models.CharField("ahead and alike", max_length=100, blank=True)
    match = models.JSONField(default=dict, help_text="who is ahead, and why, as analytics/ahead keeps it")
    matched_on = models.DateField(null=True)
    example = models.ForeignKey(
        Example, models.PROTECT, null=True, related_name="conversations", verbose_name="practice passed on"
    )
    passed_on_on = models.DateField("passed on", null=True)
    outcome = models.CharField(
        max_length=10, blank=True, choices=[(one.value, says) for one, says in OUTCOMES.items()]
    )
    outcome_says = models.TextField("what came of it all", blank=True)
    closed_on = models.DateField("closed", null=True)
    made_up = models.BooleanField(default=False, help_text="for the demo: nobody spoke with this council")

    class Meta:
        ordering = ["begun_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "series"], condition=Q(closed_on=None), name="one_open_conversation_a_figure"
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None, outcome="")
                | Q(closed_on__isnull=False) & ~Q(outcome="") & ~Q(outcome_says=""),
                name="a_conversation_is_closed_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(example=None, passed_on_on=None)
                | Q(example__isnull=False, passed_on_on__isnull=False),
                name="practice_is_passed_on_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(matched_on=None, match={}, ahead="")
                | Q(matched_on__isnull=False) & ~Q(match={}) & ~Q(ahead=""),
                name="a_match_is_chosen_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(threshold__gt=0, threshold__lte=100), name="a_threshold_is_a_percentage"
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="a_conversation_keeps_what_it_began_with",
                fields=[
                    "code", "council", "series", "year", "threshold", "figure", "begun_on", "begun_by",
                    "made_up",
                ],
            ),
            pgtrigger.Protect(
                name="a_closed_conversation_stays_closed",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.closed_on IS NOT NULL"),
            ),
            pgtrigger.Protect(name="a_conversation_is_not_lost", operation=pgtrigger.Delete),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Conversation {self.pk}"

    @property
    def then(self) -> Figure:
        """The figure as it stood when it was begun."""
        return Figure.from_kept(self.figure)

    @property
    def notes(self) -> "list[Talk]":
        """What was said, as it stands: without what was corrected."""
        talks = list(self.talks.all())
        corrected = {one.corrects_id for one in talks}
        return [one for one in talks if one.pk not in corrected]

    @property
    def standing(self) -> Standing:
        """How far it is; of talks, actions and looks that were fetched with it."""
        talks, looks = [one.on for one in self.notes], [one.on for one in self.looks.all()]
        actions = list(self.agreed.all())
        return Standing(
            begun_on=self.begun_on,
            talked_on=max(talks, default=None),
            has_reason=bool(self.reasons),
            actions=tuple(one.due_on for one in actions if one.state == AgreedAction.State.OPEN),
            agreed=len(actions),
            look_on=self.look_on,
            looked_on=max(looks, default=None),
            closed_on=self.closed_on,
        )


@tracked()
class Talk(models.Model):
    """What was said on a day, between whom by role; where it ``corrects`` another, it stands in its place."""

    conversation = models.ForeignKey(Conversation, models.PROTECT, related_name="talks")
    on = models.DateField()
    ours = models.CharField("who spoke, by role", max_length=100)
    theirs = models.CharField("with whom, by role", max_length=100)
    said = models.TextField()
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")
    why = models.CharField("why it was corrected", max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="talks", verbose_name="written down by")
    written_at = models.DateTimeField("written down")

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(corrects=None, why="") | Q(corrects__isnull=False) & ~Q(why=""),
                name="a_correction_says_why",
            ),
        ]
        triggers = [
            _while_open("a_note"),
            pgtrigger.Trigger(
                name="a_correction_is_of_the_same_conversation",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NEW.corrects_id IS NOT NULL AND NOT EXISTS (
                        SELECT 1 FROM records_talk
                        WHERE id = NEW.corrects_id AND conversation_id = NEW.conversation_id) THEN
                        RAISE EXCEPTION 'a_correction_is_of_the_same_conversation';
                    END IF;
                    RETURN NEW;""",
            ),
            pgtrigger.Protect(
                name="what_was_said_is_only_added_to", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        ]

    def __str__(self) -> str:
        return f"Note {self.pk}"


@tracked()
class AgreedAction(models.Model):
    """What was agreed, who does it and by when; it stays as it was agreed, until it is done or dropped."""

    class State(models.TextChoices):
        OPEN = "open", "Open"
        DONE = "done", "Done"
        DROPPED = "dropped", "Dropped"

    conversation = models.ForeignKey(Conversation, models.PROTECT, related_name="agreed")
    what = models.CharField(max_length=300)
    owner = models.CharField("who does it, by role", max_length=100)
    due_on = models.DateField("due")
    agreed_on = models.DateField("agreed")
    state = models.CharField(max_length=7, choices=State, default=State.OPEN)
    came_of = models.CharField("what came of it", max_length=300, blank=True)
    ended_on = models.DateField("ended", null=True)

    class Meta:
        ordering = ["due_on", "id"]
        verbose_name = "action"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", ended_on=None, came_of="")
                | ~Q(state="open") & Q(ended_on__isnull=False) & ~Q(came_of=""),
                name="an_action_ends_with_what_came_of_it",
            ),
        ]
        triggers = [
            _while_open("an_action"),
            pgtrigger.ReadOnly(
                name="an_action_stays_as_it_was_agreed",
                fields=["conversation", "what", "owner", "due_on", "agreed_on"],
            ),
            pgtrigger.Protect(
                name="an_action_that_ended_stays_so",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.state <> 'open'"),
            ),
            pgtrigger.Protect(name="an_action_is_not_lost", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"Action {self.pk}"

    def is_late(self, today: date) -> bool:
        return self.state == self.State.OPEN and self.due_on < today


@tracked("now")
class Look(models.Model):
    """It was looked at again: what came of it, and the figure then beside the one of the day."""

    conversation = models.ForeignKey(Conversation, models.PROTECT, related_name="looks")
    on = models.DateField()
    came_of = models.TextField("what came of it")
    beside = models.CharField("the figure then and now", max_length=600)
    now = models.JSONField(
        "the figure of now", default=dict, help_text="as core/conversation keeps it; empty without one"
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="looks", verbose_name="looked by")

    class Meta:
        ordering = ["on", "id"]
        triggers = [
            _while_open("a_look"),
            pgtrigger.Protect(name="a_look_is_only_added", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"Look {self.pk}"
