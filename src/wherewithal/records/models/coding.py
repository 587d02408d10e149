"""What people wrote, called by codes: the codebook of a wave in versions, and what each coder did with it.

``core/coding`` says what is right; here it is remembered. A coding never says more of whoever answered than
their reply does.
"""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from wherewithal.core.survey import JUDGEMENTS
from wherewithal.records.models.survey import Reply, Wave
from wherewithal.records.models.user import User
from wherewithal.records.tracking import tracked


@tracked()
class Codebook(models.Model):
    """One version of what the passages of a wave's replies may be called."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        IN_USE = "in_use", "In use"
        REPLACED = "replaced", "Replaced"

    wave = models.ForeignKey(Wave, models.PROTECT, related_name="codebooks")
    version = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    source = models.CharField(max_length=200, blank=True)
    codes = models.JSONField(default=list, help_text="as core/coding has them")
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    by = models.ForeignKey(User, models.PROTECT, related_name="codebooks")
    used_from = models.DateTimeField(null=True)

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["wave", "version"], name="one_codebook_a_version"),
            models.UniqueConstraint(
                fields=["wave"], condition=Q(state="draft"), name="one_draft_of_a_codebook"
            ),
            models.UniqueConstraint(fields=["wave"], condition=Q(state="in_use"), name="one_codebook_in_use"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="what_was_coded_by_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state <> 'draft' AND (NEW.state = 'draft' OR (OLD.codes, OLD.version, OLD.wave_id)"
                    " IS DISTINCT FROM (NEW.codes, NEW.version, NEW.wave_id))"
                ),
            ),
            pgtrigger.Protect(
                name="only_a_draft_is_thrown_away",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.state <> 'draft'"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"


@tracked()
class Coded(models.Model):
    """A passage that a coder called by a code: ``text[start:end]`` of an answer, in Unicode code points."""

    reply = models.ForeignKey(Reply, models.PROTECT, related_name="coded")
    question = models.CharField(max_length=60)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    code = models.CharField(max_length=60)
    coder = models.ForeignKey(User, models.PROTECT, related_name="coded")
    memo = models.TextField(blank=True)
    again = models.CharField(
        max_length=8, blank=True, help_text="why it is looked at again: what became of its code"
    )

    class Meta:
        ordering = ["start", "end", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["reply", "question", "start", "end", "code", "coder"], name="coded_once_by_a_coder"
            ),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="a_passage_has_words"),
        ]


@tracked()
class ReadThrough(models.Model):
    """That a coder has read an answer to its end, so that a code it does not have was not forgotten."""

    reply = models.ForeignKey(Reply, models.PROTECT, related_name="read_through")
    question = models.CharField(max_length=60)
    coder = models.ForeignKey(User, models.PROTECT, related_name="read_through")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reply", "question", "coder"], name="read_once_by_a_coder")
        ]


@tracked()
class Settled(models.Model):
    """That a code on which two coders differed stands in an answer, or does not: what they agreed."""

    reply = models.ForeignKey(Reply, models.PROTECT, related_name="settled")
    question = models.CharField(max_length=60)
    code = models.CharField(max_length=60)
    stands = models.BooleanField()
    why = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="settled")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reply", "question", "code"], name="settled_once_an_answer")
        ]


@tracked()
class Judged(models.Model):
    """How a reply answers a question, as an analyst read it: in so many words or not, too little, refused."""

    reply = models.ForeignKey(Reply, models.PROTECT, related_name="judged")
    question = models.CharField(max_length=60)
    says = models.CharField(max_length=12, choices=[(one.value, words) for one, words in JUDGEMENTS.items()])
    why = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="judged")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reply", "question"], name="judged_once_an_answer"),
            models.CheckConstraint(
                condition=Q(says__in=[one.value for one in JUDGEMENTS]), name="a_judgement_is_one_of_four"
            ),
        ]
