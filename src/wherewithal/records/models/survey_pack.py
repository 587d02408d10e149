"""A council's private pack: its link, when it was sent, on which days it was opened; never what is in it.

What it shows is made when it is opened, from the council's reply, while the key to that exists.
"""

import pgtrigger
from django.db import models

from wherewithal.records.models.survey import Invitation
from wherewithal.records.tracking import tracked


@tracked("token_hash", "opened_on")
class Pack(models.Model):
    """One a council that answered. A replaced link has the next number, and waits to be sent."""

    class State(models.TextChoices):
        WAITING = "waiting", "To be sent"
        SENT = "sent", "Sent"
        BOUNCED = "bounced", "E-mail came back"

    invitation = models.OneToOneField(Invitation, models.PROTECT, related_name="pack")
    number = models.PositiveSmallIntegerField(default=1, help_text="of the link: the last one opens")
    token_hash = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the link's token")
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    address = models.EmailField(blank=True, help_text="to which the last letter went")
    note = models.CharField(max_length=200, blank=True, help_text="why it came back")
    sent_at = models.DateTimeField(null=True)
    opened_on = models.JSONField(default=list, help_text="the days on which it was opened, never the time")

    class Meta:
        triggers = [
            pgtrigger.Trigger(
                name="only_a_council_that_is_known_has_a_pack",
                declare=[("of", "RECORD")],
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    SELECT records_wave.* INTO of FROM records_wave JOIN records_invitation AS asked
                        ON asked.wave_id = records_wave.id WHERE asked.id = NEW.invitation_id;
                    IF of.mode = 'anonymous' OR of.unit <> 'council' THEN
                        RAISE EXCEPTION 'only_a_council_that_is_known_has_a_pack';
                    END IF;
                    RETURN NEW;""",
            )
        ]

    def __str__(self) -> str:
        return f"The pack of {self.invitation}"
