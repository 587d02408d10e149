"""The council's own target for a measure, held against what was counted year by year."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from markupsafe import Markup

from wherewithal.analytics.figures import Figure
from wherewithal.core.band import exactly
from wherewithal.core.period import written
from wherewithal.core.take_up import share
from wherewithal.core.target import Observation, Progress, Target
from wherewithal.formats.target_chart import svg
from wherewithal.policy.measure import Measure
from wherewithal.policy.targets import council_targets
from wherewithal.web import counted
from wherewithal.web.sheets import Sheet
from wherewithal.web.target_form import Given
from wherewithal.web.target_held import Against, against, gaps_of, goals_of, seen_of, sheets


@dataclass(frozen=True)
class Own:
    """A target of the council's; ``held`` is None while no year has a figure."""

    target: Target
    held: Against | None
    picture: Markup

    @property
    def sheets(self) -> list[Sheet]:
        """Its tables, on the page and as files."""
        return sheets(self.target, self.held)


def own_targets_of(measure: Measure, council: str, on: date) -> list[Own]:
    """Every target of the council's for the measure, against the years that were counted up to ``on``."""
    return [
        _own(target, _given(measure, council, on))
        for target in council_targets()
        if target.definition == measure.id
    ]


def _own(target: Target, given: Given) -> Own:
    held = against(target, given) if given.progress.observations else None
    drawn = Markup(svg(seen_of(held), goals_of(target), gaps_of(held)))  # noqa: S704 - drawn from numbers and days
    return Own(target, held, drawn)


def _given(measure: Measure, council: str, on: date) -> Given:
    """One figure a year, of everybody. A year that still runs is whole only of what is counted on a day."""
    seen: list[Observation] = []
    not_seen: list[str] = []
    days: list[date] = []
    bases: dict[date, str] = {}
    for year in sorted(counted.years(on)):
        found = counted.counted(year)
        figures = found.figures.get(measure.id, [])
        days.append(found.year.last)
        if not figures or (found.year.until is not None and not measure.snapshot):
            continue
        percent = _exactly(figures[0])
        if percent is None:
            not_seen.append(f"{written(found.year.last)}: [{figures[0].status}]")
        else:
            seen.append(Observation(found.year.last, exactly(percent)))
            bases[found.year.last] = f"{figures[0].numerator:,} of {figures[0].denominator:,}"
    gaps = tuple(day for day in days if day not in bases)
    source = "Counted from the record"
    progress = Progress(council, measure.id, source, tuple(seen), (), tuple(not_seen), gaps)
    return Given(progress, bases, None, "")


def _exactly(figure: Figure) -> Fraction | None:
    """The share before it was rounded; None where a mark stands in its place."""
    if figure.value is None or figure.numerator is None:
        return None
    return share(exactly(figure.numerator), exactly(figure.denominator)).central
