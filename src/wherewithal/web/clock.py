"""The clock, read here and nowhere below: actions and rules are given the day."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """This moment, aware."""
    return timezone.now()


def today() -> date:
    """Today in London."""
    return timezone.localdate()
