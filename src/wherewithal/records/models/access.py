"""Traces of who opened whose record, emergency access, and answers kept for repeated requests."""

from datetime import datetime

import pgtrigger
from django.db import models
from django.db.models import F, Q, QuerySet

from wherewithal.records.models.person import Person
from wherewithal.records.models.user import User
from wherewithal.records.tracking import tracked


@tracked()
class EmergencyAccess(models.Model):
    """A record opened outside one's teams: a reason was given and it ends by itself."""

    user = models.ForeignKey(User, models.PROTECT, related_name="emergencies")
    person = models.ForeignKey(Person, models.PROTECT, related_name="emergencies")
    reason = models.TextField()
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="emergency_access_has_a_reason"),
            models.CheckConstraint(condition=Q(until_at__gt=F("from_at")), name="emergency_access_ends"),
        ]

    @classmethod
    def running(cls, user: User, at: datetime) -> "QuerySet[EmergencyAccess]":
        """Those of the user that have begun by the moment and not ended."""
        return cls.objects.filter(user=user, from_at__lte=at, until_at__gt=at)


class Opening(models.Model):
    """One opened record: who, whose, when, which page or with which file it left. Only ever added."""

    user = models.ForeignKey(User, models.PROTECT, related_name="openings")
    person = models.ForeignKey(Person, models.PROTECT, related_name="openings")
    at = models.DateTimeField()
    page = models.CharField(max_length=60)
    emergency = models.ForeignKey(EmergencyAccess, models.PROTECT, null=True, related_name="openings")

    class Meta:
        indexes = [models.Index(fields=["person", "-at"], name="opening_by_person")]
        triggers = [pgtrigger.Protect(name="only_added", operation=pgtrigger.Update | pgtrigger.Delete)]


class KeptAnswer(models.Model):
    """The first answer to a write over HTTP, given again when the same key comes again."""

    key = models.CharField(max_length=100)
    route = models.CharField(max_length=100)
    body_sha256 = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["route", "key"], name="a_key_is_answered_once")]
        triggers = [pgtrigger.Protect(name="kept_for_ever", operation=pgtrigger.Update | pgtrigger.Delete)]
