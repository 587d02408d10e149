"""What the holders of an anonymous wave's private key said of it once the wave was closed.

Nobody here can see whether a file is gone: what is kept is that its holder says so, for which day, and who
noted it. Until every holder has, a copy of the key and one of the database from before the close still tie.
"""

import pgtrigger
from django.db import models

from wherewithal.records.models.survey import Wave
from wherewithal.records.models.user import User
from wherewithal.records.tracking import tracked


@tracked()
class DestroyedKey(models.Model):
    """One holder says that their copy of the key is destroyed. Taken back, it goes; its history stays."""

    wave = models.ForeignKey(Wave, models.PROTECT, related_name="destroyed_keys")
    holder = models.CharField(max_length=100, help_text="one of the wave’s key holders")
    destroyed_on = models.DateField(help_text="the day that they say")
    by = models.ForeignKey(User, models.PROTECT, related_name="destroyed_keys_noted")
    at = models.DateTimeField(help_text="when it was noted")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wave", "holder"], name="a_holder_says_so_once")]
        triggers = [
            pgtrigger.Protect(name="what_a_holder_said_stays", operation=pgtrigger.Update),
            pgtrigger.Trigger(
                name="only_who_holds_the_key_of_a_closed_wave",
                declare=[("of", "RECORD")],
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    SELECT * INTO of FROM records_wave WHERE id = NEW.wave_id;
                    IF of.state NOT IN ('closed', 'released') OR NOT of.key_holders ? NEW.holder THEN
                        RAISE EXCEPTION 'only_who_holds_the_key_of_a_closed_wave';
                    END IF;
                    RETURN NEW;""",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder}’s copy of the key"
