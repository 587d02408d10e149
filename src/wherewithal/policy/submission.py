"""Reads the council's rules on sending Client Level Data: ``local/submission.toml``."""

from wherewithal.core.policy import Used
from wherewithal.policy import parameters

FILE = "local/submission"


def sent_to(used: Used) -> str:
    """Whom a submission is sent to, as people read it. Raises NoPolicy for a day before there was any."""
    name: str = used.value(parameters(FILE), "submission_sent_to")
    return name


def compared_for_months(used: Used) -> int:
    """Months for which later submissions can be compared with one. Raises NoPolicy."""
    months: int = used.value(parameters(FILE), "submission_compared_for_months")
    return months
