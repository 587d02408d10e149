"""Reads what the council tells everyone of its figures: ``local/figures.toml``."""

from wherewithal.core.policy import Used
from wherewithal.policy import parameters

FILE = "local/figures"


def few_people(used: Used) -> int:
    """Of fewer people than this nothing is told to everyone. Raises NoPolicy for a day before it began."""
    few: int = used.value(parameters(FILE), "few_people")
    return few
