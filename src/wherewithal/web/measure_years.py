"""A measure over the years that were counted: its trend as a picture and a table.

All years were counted anew by the definition of today, so they are one series; a year that still runs stands
apart, since it is not whole, and so does a year in which nobody was counted.
"""

from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from wherewithal.analytics.year import ReportingYear
from wherewithal.core.period import written
from wherewithal.formats.trend_chart import Aim, Dot, Run, svg
from wherewithal.policy.measure import Measure
from wherewithal.policy.targets import council_targets
from wherewithal.web import counted
from wherewithal.web.clock import today
from wherewithal.web.measure_shown import Shown
from wherewithal.web.templating import lowfirst

NOT_WHOLE = "No line to the year so far: it runs to {on}, so it is not whole."
NOBODY = "No point in {year}: there was nobody to count."
ONE_SERIES = "All years were counted anew by the definition of today, so they are one series."


@dataclass(frozen=True)
class Years:
    """``shown``: the figure of everybody for each counted year, the oldest first."""

    measure: Measure
    shown: tuple[Shown, ...]

    @property
    def unit(self) -> str:
        """Of the picture: of growth, how many people there are."""
        return "%" if self.measure.unit == "%" else ""

    @property
    def draws(self) -> str:
        """What the picture shows, where that is not the figure itself."""
        if self.measure.unit == "% change":
            return f"The picture shows {lowfirst(self.measure.numerator)}."
        return {
            "£ a week": "The picture is in pounds a week.",
            "£ a year": "The picture is in pounds a year.",
            "days": "The picture is in days.",
            "per 100,000": "The picture is in people for each 100,000.",
        }.get(self.measure.unit, "")

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """Whole years in one line, the year so far apart."""
        whole = tuple(self._dot(one) for one in self.shown if one.period.until is None)
        so_far = tuple(self._dot(one) for one in self.shown if one.period.until is not None)
        return tuple(Run(dots) for dots in (whole, so_far) if dots)

    @property
    def aims(self) -> tuple[Aim, ...]:
        """The council's own targets of this measure, and no others: a target is of one definition."""
        return tuple(
            Aim(ReportingYear.of(one.due).name, float(one.percent), one.title)
            for one in council_targets()
            if one.definition == self.measure.id and self.measure.unit == "%"
        )

    @property
    def picture(self) -> Markup:
        """As SVG for a page; '' with fewer than two points, and where one lies below nothing."""
        drawn = svg(self.runs, self.unit, self.aims) if self._can_be_drawn else ""
        return Markup(drawn)  # noqa: S704 - drawn from numbers and years

    @property
    def file(self) -> bytes:
        """The picture as a file that says what it shows; b"" where a page shows none."""
        if not self._can_be_drawn:
            return b""
        return svg(self.runs, self.unit, self.aims, title=self.measure.title, says=self.says).encode()

    @property
    def says(self) -> str:
        """What is to be seen, for who does not see it."""
        told = "; ".join(f"{one.period.label} {one.value}" for one in self.shown)
        aimed = [f"A red line: {one.title}." for one in self.aims]
        return " ".join(filter(None, (f"{told}.", self.draws, *self.gaps, *aimed)))

    @property
    def gaps(self) -> tuple[str, ...]:
        """Why there is no line or no point, in words."""
        found = []
        for one in self.shown:
            if one.figure.value is None:
                found.append(NOBODY.format(year=one.period.label))
            elif one.period.until is not None and len(self.shown) > 1:
                found.append(NOT_WHOLE.format(on=written(one.period.until)))
        return tuple(found)

    @property
    def _can_be_drawn(self) -> bool:
        values = [dot.value for run in self.runs for dot in run.dots if dot.value is not None]
        return len(values) > 1 and min(values) >= 0

    def _dot(self, one: Shown) -> Dot:
        of_growth = self.measure.unit == "% change"
        value = one.figure.numerator if of_growth else one.figure.value
        return Dot(one.period.name, None if value is None else float(value))


def over_the_years(one: Measure) -> Years:
    """Every year that was counted of a measure, the oldest first."""
    found = []
    for year in sorted(counted.years(today())):
        last = counted.counted(year)
        found += [Shown(one, figure, last.year) for figure in last.figures.get(one.id, [])[:1]]
    return Years(one, tuple(found))
