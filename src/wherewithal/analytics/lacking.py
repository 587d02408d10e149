"""Figures of an extract that lacks what they are counted by: not available, and never 0.

Where nothing tells who has a direct payment, a count of direct payments would find nobody. That is no count.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from wherewithal.analytics.figures import Figure
from wherewithal.policy.measure import InYear, Measure, OneSetting, measure

MECHANISM, COMPONENT, REASON = "Delivery_Mechanism", "Service_Component", "Primary_Support_Reason"


def without(figures: Iterable[Figure], lacking: Mapping[str, Collection[str]]) -> list[Figure]:
    """The figures; those that need a field that is lacking have status ``x``, no value and no numerator.

    ``lacking`` is what the extract does not hold, in words, and the fields that would tell it. The base
    stays, with what is not there: who is in it is known.
    """
    return [
        _told(one, [what for what, fields in lacking.items() if reads(one.measure) & {*fields}])
        for one in figures
    ]


def reads(id: str) -> set[str]:
    """The fields of Client Level Data that tell a measure's numerator, or what it leaves out."""
    return _reads(measure(id))


def _reads(one: Measure) -> set[str]:
    if isinstance(one.counts, OneSetting):
        asks = any(setting.mechanisms for setting in one.counts.settings)
        return {MECHANISM} if asks else set()
    if isinstance(one.counts, InYear):
        matches = [match for out in one.counts.leaves_out for match in out.any_of]
        left_out = {COMPONENT for match in matches if match.components}
        left_out |= {REASON for match in matches if match.reasons}
        return left_out | ({MECHANISM} if one.counts.self_directed else set())
    return set()


def _told(figure: Figure, lacks: list[str]) -> Figure:
    if not lacks:
        return figure
    base = f"{figure.base}; {' and '.join(lacks)}: not in this extract"
    return replace(figure, numerator=None, value=None, status="x", base=base)
