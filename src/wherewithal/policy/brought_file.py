"""Reads the council's rules on files that are brought to be counted: ``local/brought-files.toml``."""

from datetime import timedelta

from wherewithal.core.policy import Used
from wherewithal.policy import parameters

FILE = "local/brought-files"


def largest_bytes(used: Used) -> int:
    """Raises NoPolicy for a day before there was any."""
    return int(used.value(parameters(FILE), "brought_file_largest")) * 1_000_000


def unread_for(used: Used) -> timedelta:
    """After which an unread file is let go. Raises NoPolicy."""
    return timedelta(hours=int(used.value(parameters(FILE), "brought_file_unread_for")))
