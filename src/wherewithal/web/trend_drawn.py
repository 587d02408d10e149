"""A published trend as its chart draws it: a run for each stretch, with another's figures beside it."""

from collections.abc import Mapping

from wherewithal.analytics.trend import Stretch, Trend
from wherewithal.formats.trend_chart import Dot, Run
from wherewithal.policy.series import Printed

Points = Mapping[tuple[str, str], Printed]


def points_of(found: Trend) -> Points:
    """Its printed figures, by series and year."""
    return {
        (stretch.series.id, one.year): one.value for stretch in found.stretches for one in stretch.figures
    }


def runs_of(found: Trend, beside: Points | None = None) -> list[Run]:
    """In the order of time; ``beside`` is drawn with shares only: another’s counts are of another size."""
    return [
        Run(
            tuple(Dot(one.year, _number(one.value)) for one in stretch.figures),
            _beside(stretch, beside) if beside and stretch.series.of else (),
        )
        for stretch in found.stretches
    ]


def _beside(stretch: Stretch, points: Points) -> tuple[Dot, ...]:
    return tuple(Dot(one.year, _number(points.get((stretch.series.id, one.year)))) for one in stretch.figures)


def _number(of: Printed | None) -> float | None:
    return None if of is None or of.number is None else float(of.number)
