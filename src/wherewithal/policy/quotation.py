"""Reads what a quotation is screened by, and of how few it may not be said where it is from."""

from collections.abc import Iterable

from wherewithal.core.policy import Used
from wherewithal.core.screening import Words
from wherewithal.policy import parameters
from wherewithal.policy.councils import councils, years

FILE = "national/quotations"
_LISTS = ("ordinary", "terms", "firms", "programmes", "starters", "months")


def screened_by(used: Used, names: Iterable[str] = ()) -> Words:
    """The lists in force on a day, with every council that there ever was and ``names`` of others whom a
    survey asks.

    Raises NoPolicy for a day before they began.
    """
    register = [one for year in years() for one in councils(year)]
    lists = {name: tuple(used.value(parameters(FILE), name)) for name in _LISTS}
    places = dict.fromkeys([*(one.name for one in register), *names])
    return Words(places=tuple(places), regions=tuple(dict.fromkeys(one.region for one in register)), **lists)


def fewest_told(used: Used) -> int:
    """Of fewer replies of a type, or of a type in a region, that is not told. Raises NoPolicy."""
    fewest: int = used.value(parameters(FILE), "fewest_told")
    return fewest
