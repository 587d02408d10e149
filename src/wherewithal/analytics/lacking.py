"""Figures of an extract that lacks what they are counted by: not available, and never 0.

Where nothing tells who has a direct payment, a count of direct payments would find nobody. That is no count.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from wherewithal.analytics.figures import Figure
from wherewithal.policy.measure import Measure, measure
from wherewithal.policy.measure_particulars import Particulars
from wherewithal.policy.measure_rows import Amounts

COSTS = {"Unit_Cost", "Cost_Frequency_Unit_Type", "Planned_units_per_week"}


def without(figures: Iterable[Figure], lacking: Mapping[str, Collection[str]]) -> list[Figure]:
    """The figures; those that need a field that is lacking have status ``x``, no value and no numerator.

    ``lacking`` is what the extract does not hold, in words, and the fields that would tell it. The base
    stays, with what is not there: who is in it is known.
    """
    return [
        _told(one, [what for what, fields in lacking.items() if reads(measure(one.measure)) & {*fields}])
        for one in figures
    ]


def reads(one: Measure) -> set[str]:
    """The fields of Client Level Data by whose words a measure counts, and for amounts those of the costs."""
    if isinstance(one.counts, Particulars):
        return set()
    return {field for field, _ in one.counts.uses()} | (COSTS if isinstance(one.counts, Amounts) else set())


def _told(figure: Figure, lacks: list[str]) -> Figure:
    if not lacks:
        return figure
    base = f"{figure.base}; {' and '.join(lacks)}: not in this extract"
    return replace(figure, numerator=None, value=None, status="x", base=base)
