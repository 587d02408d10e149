"""Reads which files a survey takes as answers, and how large."""

from wherewithal.core.policy import Used
from wherewithal.policy import parameters

FILE = "national/answer-files"


def kinds(used: Used) -> tuple[str, ...]:
    """The kinds of file, as ``core.file_kind`` has them. Raises NoPolicy."""
    return tuple(used.value(parameters(FILE), "kinds"))


def largest_bytes(used: Used) -> int:
    """Raises NoPolicy."""
    return int(used.value(parameters(FILE), "largest")) * 1_000_000
