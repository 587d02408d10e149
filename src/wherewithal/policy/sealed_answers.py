"""Reads from how many answers on those of an anonymous survey are opened."""

from wherewithal.core.policy import Used
from wherewithal.policy import parameters


def least_opened(used: Used) -> int:
    """Fewer are never opened. Raises NoPolicy."""
    return int(used.value(parameters("national/sealed-answers"), "least_opened"))
