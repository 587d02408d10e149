"""The year that councils report on, 1 April to 31 March, whole or so far."""

import re
from dataclasses import dataclass
from datetime import date

from wherewithal.core.period import written
from wherewithal.core.refusal import Refusal


class NoSuchYear(Refusal):
    """A name that is no reporting year, or a day outside it."""


@dataclass(frozen=True, order=True)
class ReportingYear:
    """``ReportingYear("2025-26")`` is 1 April 2025 to 31 March 2026; ``so_far`` ends it earlier."""

    name: str
    until: date | None = None

    def __post_init__(self) -> None:
        found = re.fullmatch(r"(\d{4})-(\d{2})", self.name)
        if not found or (int(found[1]) + 1) % 100 != int(found[2]):
            raise NoSuchYear(f"“{self.name}” is not a reporting year. Write it like 2025-26.")
        if self.until is not None and not self.first <= self.until <= self._end:
            raise NoSuchYear(f"{written(self.until)} is not in {self.name}.")

    @classmethod
    def of(cls, on: date) -> "ReportingYear":
        """The whole reporting year that holds the day."""
        starts = on.year if (on.month, on.day) >= (4, 1) else on.year - 1
        return cls(f"{starts}-{(starts + 1) % 100:02d}")

    def so_far(self, on: date) -> "ReportingYear":
        """The year from its first day to ``on``; the whole year when ``on`` is its last day or later.

        Raises NoSuchYear when the year has not begun.
        """
        return ReportingYear(self.name, None if on >= self._end else on)

    @property
    def first(self) -> date:
        return date(int(self.name[:4]), 4, 1)

    @property
    def last(self) -> date:
        return self.until or self._end

    @property
    def year_before(self) -> date:
        """The day of ``last`` a year before; 28 February for a 29th."""
        year, month, day = self.last.year - 1, self.last.month, self.last.day
        return date(year, month, 28 if (month, day) == (2, 29) else day)

    @property
    def label(self) -> str:
        """``2025-26``, or ``2025-26 to 30 September 2025`` while it runs."""
        return self.name if self.until is None else f"{self.name} to {written(self.until)}"

    @property
    def _end(self) -> date:
        return date(int(self.name[:4]) + 1, 3, 31)
