"""Key messages of a wave, the figures and themes that each stands on, and questions for stage two.

``core/key_message`` says when one may be agreed; here it is remembered, with what it stood on when it was.
"""

from django.db import models
from django.db.models import Deferrable, Q

from wherewithal.records.models.survey import Wave
from wherewithal.records.models.user import User
from wherewithal.records.tracking import tracked


@tracked()
class KeyMessage(models.Model):
    """One sentence, what it stands on, the action that it asks for and who owns that."""

    class State(models.TextChoices):
        DRAFTED = "drafted", "Drafted"
        AGREED = "agreed", "Agreed"
        ACTED_ON = "acted_on", "Acted on"
        DROPPED = "dropped", "Dropped"

    wave = models.ForeignKey(Wave, models.PROTECT, related_name="key_messages")
    number = models.PositiveSmallIntegerField()
    says = models.CharField(max_length=300)
    figures = models.JSONField(default=list, help_text="question=value, each once")
    themes = models.JSONField(default=list, help_text="codes of the wave's codebook, each once")
    owner = models.CharField(max_length=100, blank=True, help_text="who owns the action")
    action = models.CharField(max_length=300, blank=True)
    due_on = models.DateField(null=True, help_text="by when the action is done")
    state = models.CharField(max_length=8, choices=State, default=State.DRAFTED)
    stood_on = models.JSONField(
        default=list, help_text="what it stood on when it was agreed, as core/key_message keeps it"
    )
    agreed_on = models.DateField(null=True)
    done = models.CharField(max_length=300, blank=True, help_text="what was done about it")
    done_on = models.DateField(null=True)
    why_dropped = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="key_messages")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["wave", "number"], name="one_message_a_number", deferrable=Deferrable.DEFERRED
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["agreed", "acted_on"])
                | (~Q(owner="") & ~Q(action="") & ~Q(stood_on=[]) & Q(agreed_on__isnull=False)),
                name="an_agreed_message_has_evidence_owner_and_action",
            ),
            models.CheckConstraint(
                condition=~Q(state="acted_on") | (~Q(done="") & Q(done_on__isnull=False)),
                name="acted_on_says_what_was_done",
            ),
            models.CheckConstraint(
                condition=~Q(state="dropped") | ~Q(why_dropped=""), name="a_dropped_message_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"Message {self.number}"


@tracked()
class StageTwoQuestion(models.Model):
    """A question for the next round that a key message leads to."""

    message = models.ForeignKey(KeyMessage, models.PROTECT, related_name="questions")
    text = models.CharField(max_length=300)
    kind = models.CharField(max_length=20, help_text="as core/stage_two has them")
    choices = models.JSONField(default=list, help_text="texts of the answers to choose from")
    by = models.ForeignKey(User, models.PROTECT, related_name="stage_two_questions")

    class Meta:
        ordering = ["message__number", "id"]
