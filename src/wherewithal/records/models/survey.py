"""A survey in the field: waves, whom they ask, answers on their way, replies, and the key that ties them.

What an anonymous wave promises is held here: an answer is a sealed envelope on its invitation until the wave
closes, an anonymous reply has no key, and no history is kept of what would tell who answered when.
"""

import uuid

import pgtrigger
from django.db import models
from django.db.models import F, Q

from wherewithal.core.survey import MODE_WORDS, Mode
from wherewithal.records.models.user import User
from wherewithal.records.tracking import tracked

_BEFORE_WRITING = {"when": pgtrigger.Before, "operation": pgtrigger.Insert | pgtrigger.Update}
_WAVE = [("of", "RECORD")]


@tracked("definition")
class Wave(models.Model):
    """One round of a survey, with the whole questionnaire that it asks."""

    class Unit(models.TextChoices):
        COUNCIL = "council", "Councils"
        STAFF = "staff", "Members of staff"
        PEOPLE = "people", "People who draw on support"

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        OPEN = "open", "Open"
        CLOSED = "closed", "Closed"
        RELEASED = "released", "Released"

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=120)
    says = models.TextField(blank=True, help_text="what it is for, as respondents read it")
    definition = models.TextField(
        help_text="the whole questionnaire, as policy/questionnaire_text.py writes it"
    )
    questionnaire = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    fingerprint = models.CharField(max_length=64)
    unit = models.CharField(max_length=7, choices=Unit)
    mode = models.CharField(max_length=10, choices=[(mode.value, MODE_WORDS[mode][0]) for mode in Mode])
    needs_approval = models.BooleanField(default=False, help_text="a director approves before hand-in")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    embargo_until = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    sample_seed = models.PositiveBigIntegerField(null=True)
    cloned_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="clones")
    sealing_key = models.CharField(max_length=64, blank=True, help_text="public, X25519, in hex")
    key_holders = models.JSONField(default=list, help_text="the two people who hold the private key")
    destroy_keys_on = models.DateField(null=True, help_text="coded: when what ties replies to names goes")
    keys_destroyed_on = models.DateField(null=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="waves")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="a_wave_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=~Q(mode="anonymous") | Q(state="draft") | ~Q(sealing_key=""),
                name="an_anonymous_wave_opens_with_its_key",
            ),
            models.CheckConstraint(
                condition=Q(mode="anonymous") | Q(sealing_key=""), name="only_an_anonymous_wave_is_sealed"
            ),
            models.CheckConstraint(
                condition=~Q(mode="anonymous", needs_approval=True), name="no_draft_to_approve_when_anonymous"
            ),
            models.CheckConstraint(
                condition=~Q(mode="coded") | Q(destroy_keys_on__isnull=False),
                name="a_coded_wave_says_when_its_keys_go",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="what_was_asked_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state <> 'draft' AND (OLD.definition, OLD.fingerprint, OLD.mode, OLD.unit,"
                    " OLD.sealing_key) IS DISTINCT FROM (NEW.definition, NEW.fingerprint, NEW.mode, NEW.unit,"
                    " NEW.sealing_key)"
                ),
            )
        ]

    def __str__(self) -> str:
        return self.title


@tracked("answered", "envelope", "token_hash")
class Invitation(models.Model):
    """Whom a wave asks: their row of the register, their link, and whether they answered; never when."""

    class State(models.TextChoices):
        LISTED = "listed", "Not invited yet"
        INVITED = "invited", "Invited"
        BOUNCED = "bounced", "E-mail came back"
        REFUSED = "refused", "Will not answer"

    wave = models.ForeignKey(Wave, models.PROTECT, related_name="invitations")
    code = models.CharField(max_length=20, help_text="in the register; for staff and people any code")
    name = models.CharField(max_length=100)
    region = models.CharField(max_length=40, blank=True)
    type = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    token_hash = models.CharField(
        max_length=64, unique=True, help_text="SHA-256 of the personal link's token"
    )
    targeted = models.BooleanField(default=False)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaced_by")
    state = models.CharField(max_length=7, choices=State, default=State.LISTED)
    note = models.CharField(
        max_length=200, blank=True, help_text="why it bounced, or why they will not answer"
    )
    invited_at = models.DateTimeField(null=True)
    reminded = models.JSONField(default=list, help_text="moments of reminders")
    answered = models.BooleanField(default=False)
    envelope = models.BinaryField(null=True, help_text="a sealed answer, until the wave closes")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["wave", "code"], name="asked_once_a_wave"),
            models.CheckConstraint(
                condition=Q(envelope=None) | Q(answered=True), name="an_envelope_is_an_answer"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="an_envelope_is_sealed_once",
                declare=_WAVE,
                func="""
                    IF TG_OP = 'UPDATE' AND OLD.answered AND NOT NEW.answered THEN
                        RAISE EXCEPTION 'an_answer_is_not_taken_back';
                    END IF;
                    IF NEW.envelope IS NULL OR TG_OP = 'UPDATE' AND NEW.envelope = OLD.envelope THEN
                        RETURN NEW;
                    END IF;
                    IF TG_OP = 'UPDATE' AND OLD.answered THEN
                        RAISE EXCEPTION 'an_envelope_is_sealed_once';
                    END IF;
                    SELECT * INTO of FROM records_wave WHERE id = NEW.wave_id;
                    IF of.mode <> 'anonymous' OR of.state <> 'open' THEN
                        RAISE EXCEPTION 'only_an_open_anonymous_wave_takes_envelopes';
                    END IF;
                    RETURN NEW;""",
                **_BEFORE_WRITING,
            )
        ]

    def __str__(self) -> str:
        return self.name


class Draft(models.Model):
    """Answers on their way, in parts and by several people; gone at hand-in. Never in an anonymous wave."""

    invitation = models.OneToOneField(Invitation, models.CASCADE, related_name="draft")
    answers = models.JSONField(default=dict)
    parts = models.JSONField(default=dict, help_text="by section: who filled it in, and when last")
    saved_at = models.DateTimeField()
    asked_by = models.CharField(max_length=100, blank=True, help_text="who asked for approval")
    asked_at = models.DateTimeField(null=True)
    director = models.CharField(max_length=100, blank=True)
    director_email = models.EmailField(blank=True)
    approval_hash = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the director's link")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        triggers = [
            pgtrigger.Trigger(
                name="no_draft_of_an_anonymous_answer",
                declare=_WAVE,
                func="""
                    SELECT records_wave.* INTO of FROM records_wave JOIN records_invitation AS asked
                        ON asked.wave_id = records_wave.id WHERE asked.id = NEW.invitation_id;
                    IF of.mode = 'anonymous' THEN
                        RAISE EXCEPTION 'no_draft_of_an_anonymous_answer';
                    END IF;
                    RETURN NEW;""",
                **_BEFORE_WRITING,
            )
        ]


class Reply(models.Model):
    """One set of answers, under a random number. Nothing here says whose it is, nor when it came."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, models.PROTECT, related_name="replies")
    answers = models.JSONField()
    statuses = models.JSONField(help_text="by question, as handed in: answered, blank, not asked")
    region = models.CharField(max_length=40, blank=True, help_text="blank when anonymous")
    type = models.CharField(max_length=40, blank=True, help_text="blank when anonymous")
    late = models.BooleanField(default=False)

    class Meta:
        triggers = [
            pgtrigger.ReadOnly(
                name="an_answer_stays", fields=["wave", "answers", "statuses", "region", "type", "late"]
            ),
            pgtrigger.Protect(name="a_reply_is_not_lost", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="a_closed_wave_takes_no_reply",
                declare=_WAVE,
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    SELECT * INTO of FROM records_wave WHERE id = NEW.wave_id;
                    IF of.state IN ('draft', 'released') OR of.state = 'closed' AND NOT NEW.late THEN
                        RAISE EXCEPTION 'a_closed_wave_takes_no_reply';
                    END IF;
                    IF of.mode = 'anonymous' AND (NEW.late OR NEW.region <> '' OR NEW.type <> '') THEN
                        RAISE EXCEPTION 'an_anonymous_reply_tells_nothing_more';
                    END IF;
                    RETURN NEW;""",
            ),
        ]


class ReplyKey(models.Model):
    """Whose a reply is, who handed it in and when. Kept apart, destroyed on a date; none when anonymous."""

    invitation = models.OneToOneField(Invitation, models.PROTECT, related_name="key")
    reply = models.OneToOneField(Reply, models.PROTECT, related_name="key")
    handed_in_by = models.CharField(max_length=100)
    handed_in_at = models.DateTimeField()
    approved_by = models.CharField(max_length=100, blank=True)

    class Meta:
        triggers = [
            pgtrigger.Trigger(
                name="an_anonymous_reply_has_no_key",
                declare=_WAVE,
                func="""
                    SELECT records_wave.* INTO of FROM records_wave JOIN records_reply AS given
                        ON given.wave_id = records_wave.id WHERE given.id = NEW.reply_id;
                    IF of.mode = 'anonymous' THEN
                        RAISE EXCEPTION 'an_anonymous_reply_has_no_key';
                    END IF;
                    IF NOT EXISTS (SELECT 1 FROM records_invitation WHERE id = NEW.invitation_id
                                   AND wave_id = of.id) THEN
                        RAISE EXCEPTION 'a_key_ties_within_one_wave';
                    END IF;
                    RETURN NEW;""",
                **_BEFORE_WRITING,
            )
        ]
