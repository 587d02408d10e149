"""Figures of an extract that lacks what they are counted by: not available, and never 0.

Where nothing tells who has a direct payment, a count of direct payments would find nobody. That is no count.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from wherewithal.analytics.figures import Figure
from wherewithal.policy.measure import Counts, measure
from wherewithal.policy.measure_days import Days
from wherewithal.policy.measure_kinds import InYear, OneSetting, Rate
from wherewithal.policy.measure_rows import Amounts, People

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
    return _reads(measure(id).counts)


def _reads(counts: Counts) -> set[str]:
    match counts:
        case OneSetting():
            return {MECHANISM} if any(setting.mechanisms for setting in counts.settings) else set()
        case Rate():
            return _reads(counts.of)
        case InYear():
            matches = [match for out in counts.leaves_out for match in out.any_of]
            left_out = {COMPONENT for match in matches if match.components}
            left_out |= {REASON for match in matches if match.reasons}
            return left_out | ({MECHANISM} if counts.self_directed else set())
        case People() | Amounts() | Days():
            costs = {"Unit_Cost", "Cost_Frequency_Unit_Type"} if isinstance(counts, Amounts) else set()
            return costs | {field for field, _ in counts.uses()}
    return set()


def _told(figure: Figure, lacks: list[str]) -> Figure:
    if not lacks:
        return figure
    base = f"{figure.base}; {' and '.join(lacks)}: not in this extract"
    return replace(figure, numerator=None, value=None, status="x", base=base)
