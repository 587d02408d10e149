"""Reads the council's rules on opening records: ``local/access.toml``."""

from datetime import timedelta

from wherewithal.core.policy import Used
from wherewithal.policy import parameters

FILE = "local/access"


def emergency_lasts(used: Used) -> timedelta:
    """How long emergency access lasts. Raises NoPolicy for a day before the policy began."""
    hours: int = used.value(parameters(FILE), "emergency_access_hours")
    return timedelta(hours=hours)


def shortest_reason(used: Used) -> int:
    """Letters that the reason for emergency access has at least. Raises NoPolicy."""
    letters: int = used.value(parameters(FILE), "emergency_reason_letters")
    return letters
