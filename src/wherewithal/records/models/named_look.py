"""Who looked at the replies of a coded wave by the names of the councils."""

import pgtrigger
from django.db import models

from wherewithal.records.models.survey import Wave
from wherewithal.records.models.user import User


class NamedLook(models.Model):
    """Who looked at what of a coded wave with the councils' names beside it, and when. Only ever added."""

    wave = models.ForeignKey(Wave, models.PROTECT, related_name="named_looks")
    user = models.ForeignKey(User, models.PROTECT, related_name="named_looks")
    at = models.DateTimeField()
    what = models.CharField(max_length=60, help_text="the page, or the comparison")

    class Meta:
        triggers = [
            pgtrigger.Protect(name="a_named_look_stays", operation=pgtrigger.Update | pgtrigger.Delete)
        ]
