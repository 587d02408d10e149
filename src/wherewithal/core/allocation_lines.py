"""The lines of an allocation's workings after the points, in words that people read."""

from wherewithal.core.circumstances import Circumstances
from wherewithal.core.money import pounds
from wherewithal.core.period import written
from wherewithal.core.policy import Dated
from wherewithal.core.scheme import Adjustment, Scheme
from wherewithal.core.workings import Workings


def explain_points(workings: Workings, scheme: Scheme, price: Dated | None, points: int, amount: int) -> None:
    """Points into pounds, by which price or table and from when; ``amount`` in pence a week."""
    if price:
        free = min(points, scheme.free_points)
        if scheme.free_points:
            workings.add(f"The first {scheme.free_points} points carry no money", -free, "points")
        workings.add(
            f"{points - free} points at {pounds(price.value)} a week each",
            amount,
            "pence_per_week",
            answer=f"price from {written(price.first)}",
            source=price.source,
            verified=price.verified,
        )
        return
    table = "ladder" if scheme.way == "percentile" else "bands"
    workings.add(
        _place(scheme, points),
        amount,
        "pence_per_week",
        answer=f"{table} from {written(scheme.first)}",
        source=scheme.source,
        verified=scheme.verified,
    )


def _place(scheme: Scheme, points: int) -> str:
    """Where the points stand in a table, in words."""
    below = [step for step in scheme.table if step.points_from <= points]
    above = [step for step in scheme.table if step.points_from > points]
    if scheme.way == "bands":
        if not below:
            return f"Fewer than {above[0].points_from} points carry no money"
        upto = f" to {above[0].points_from - 1}" if above else " or more"
        return f"Band of {below[-1].points_from}{upto} points"
    if not below:
        return f"Below the ladder's first step ({above[0].points_from} points)"
    if not above or below[-1].points_from == points:
        return f"The ladder's step at {below[-1].points_from} points"
    return f"Between the ladder's steps at {below[-1].points_from} and {above[0].points_from} points"


def explain_adjustment(
    workings: Workings, scheme: Scheme, adjustment: Adjustment, circumstances: Circumstances, pence: int
) -> None:
    """What an adjustment added or took off, ``pence`` a week, and why."""
    level = circumstances.level(adjustment)
    answer = level.replace("_", " ")
    if adjustment.kind == "unpaid_care" and circumstances.unpaid_care != "none" and not circumstances.willing:
        answer = f"{circumstances.unpaid_care.replace('_', ' ')}, not willing: nothing is taken off"
    elif amount := adjustment.amount(level):
        size = f"{abs(amount)}%" if adjustment.unit == "percent" else pounds(abs(amount))
        answer = size if adjustment.kind == "contingency" else f"{answer}: {size}"
    workings.add(adjustment.says, pence, "pence_per_week", answer=answer, source=scheme.source)
