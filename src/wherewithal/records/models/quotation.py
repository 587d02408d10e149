"""Words of replies that a report may print: where they are from, how they will stand, who signed them off.

What was said is not kept here a second time: a passage points into the reply's answer, which never changes.
"""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from wherewithal.core.quotation import CONSENTS, TELLINGS, Consent, Telling
from wherewithal.records.models.survey import Reply, Wave
from wherewithal.records.models.user import User
from wherewithal.records.tracking import tracked


@tracked("answered_by")
class Quotation(models.Model):
    """A quotation, or with several passages a vignette, which has a title. Any change after it was signed off
    undoes that.
    """

    class State(models.TextChoices):
        OPEN = "open", "Being worked on"
        SIGNED_OFF = "signed_off", "Signed off"
        WITHDRAWN = "withdrawn", "Withdrawn"

    wave = models.ForeignKey(Wave, models.PROTECT, related_name="quotations")
    title = models.CharField("title of the vignette", max_length=100, blank=True)
    printed = models.TextField(verbose_name="words to be printed")
    telling = models.CharField(
        "what is said of whose it is", max_length=7, default=Telling.NOTHING.value,
        choices=[(one.value, words) for one, words in TELLINGS.items()],
    )  # fmt: skip
    consent = models.CharField(
        max_length=9, default=Consent.NOT_ASKED.value,
        choices=[(one.value, words) for one, words in CONSENTS.items()],
    )  # fmt: skip
    asked_on = models.DateField("asked", null=True)
    answered_on = models.DateField("answered", null=True)
    answered_by = models.CharField(
        max_length=100, blank=True, help_text="who agreed or refused; goes with the keys of a coded wave"
    )
    kept = models.JSONField(
        "kept as they are",
        default=list,
        help_text="words that the screens found and that stay: kind, words, why",
    )
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    by = models.ForeignKey(User, models.PROTECT, related_name="quotations", verbose_name="picked by")
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="quotations_changed")
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="quotations_signed")
    signed_at = models.DateTimeField("signed off", null=True)
    withdrawn_why = models.CharField("why it was withdrawn", max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="signed_off", signed_by__isnull=False, signed_at__isnull=False)
                | ~Q(state="signed_off") & Q(signed_by=None, signed_at=None),
                name="a_quotation_is_signed_off_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(signed_by=None) | ~Q(signed_by=F("by")) & ~Q(signed_by=F("changed_by")),
                name="nobody_signs_off_their_own_quotation",
            ),
            models.CheckConstraint(
                condition=~Q(state="signed_off") | Q(consent__in=["not_asked", "given"]),
                name="nothing_is_printed_that_was_refused",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | ~Q(withdrawn_why=""),
                name="a_quotation_is_withdrawn_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(consent="not_asked", asked_on=None, answered_on=None)
                | Q(consent="asked", asked_on__isnull=False, answered_on=None)
                | Q(consent__in=["given", "refused"], answered_on__isnull=False),
                name="consent_has_its_days",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="a_change_is_signed_off_again",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state = 'signed_off' AND NEW.state = 'signed_off' AND"
                    " (OLD.title, OLD.printed, OLD.telling, OLD.consent, OLD.kept, OLD.signed_by_id)"
                    " IS DISTINCT FROM"
                    " (NEW.title, NEW.printed, NEW.telling, NEW.consent, NEW.kept, NEW.signed_by_id)"
                ),
            ),
            pgtrigger.Protect(
                name="what_was_withdrawn_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.state = 'withdrawn' AND NEW.state <> 'withdrawn'"),
            ),
            pgtrigger.Protect(name="a_quotation_is_not_lost", operation=pgtrigger.Delete),
        ]


@tracked()
class QuotedPassage(models.Model):
    """``text[start:end]`` of an answer, in Unicode code points, that a quotation is made of."""

    quotation = models.ForeignKey(Quotation, models.PROTECT, related_name="passages")
    reply = models.ForeignKey(Reply, models.PROTECT, related_name="quoted")
    question = models.CharField(max_length=60)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["quotation", "reply", "question", "start", "end"],
                name="a_passage_stands_once_in_a_quotation",
            ),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="a_quoted_passage_has_words"),
        ]
        triggers = [
            pgtrigger.Protect(name="where_it_is_from_stays", operation=pgtrigger.Update),
            pgtrigger.Trigger(
                name="a_passage_is_of_an_open_quotation",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Delete,
                declare=[("of", "RECORD"), ("one", "RECORD")],
                func="""
                    IF TG_OP = 'DELETE' THEN one := OLD; ELSE one := NEW; END IF;
                    SELECT * INTO of FROM records_quotation WHERE id = one.quotation_id;
                    IF of.state <> 'open' THEN
                        RAISE EXCEPTION 'a_passage_is_of_an_open_quotation';
                    END IF;
                    IF NOT EXISTS (SELECT 1 FROM records_reply WHERE id = one.reply_id
                                   AND wave_id = of.wave_id) THEN
                        RAISE EXCEPTION 'a_quotation_is_of_one_wave';
                    END IF;
                    RETURN one;""",
            ),
        ]
