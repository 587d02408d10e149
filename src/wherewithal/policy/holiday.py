"""Bank holidays of England, on which no bank pays; from the ``holidays`` library.

Years to come hold the holidays that the law names already; one that is proclaimed later (a coronation) comes
with a new version of the library.
"""

from datetime import date
from functools import cache

import holidays

from wherewithal.core.policy import NoPolicy

FIRST_YEAR = 1978  # since then the Early May holiday, and with it the days as they are now


@cache
def bank_holidays(from_year: int, to_year: int) -> frozenset[date]:
    """Every bank holiday of England from 1 January of ``from_year`` to 31 December of ``to_year``.

    Raises NoPolicy for years out of order or before 1978.
    """
    if not FIRST_YEAR <= from_year <= to_year:
        raise NoPolicy(
            f"Bank holidays from {from_year} to {to_year} cannot be named. "
            f"Give years from {FIRST_YEAR} on, the first one first."
        )
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=range(from_year, to_year + 1)))
