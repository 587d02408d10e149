"""Reads what an example of the compendium can be about, and how large its file may be."""

from wherewithal.core.policy import Used
from wherewithal.policy import parameters

FILE = "national/compendium"


def themes(used: Used) -> tuple[str, ...]:
    """The themes in force on a day, in their order. Raises NoPolicy."""
    return tuple(used.value(parameters(FILE), "themes"))


def largest_file_bytes(used: Used) -> int:
    """Raises NoPolicy."""
    return int(used.value(parameters(FILE), "largest_file")) * 1_000_000


def most_tags(used: Used) -> int:
    """How many tags of its own an example may have. Raises NoPolicy."""
    return int(used.value(parameters(FILE), "most_tags"))
