"""Capital: above the upper limit the person pays in full; between the limits it counts as a weekly income."""

from wherewithal.core.charging_rules import Reading
from wherewithal.core.money import pounds


def above_upper_limit(reading: Reading, capital_pence: int) -> bool:
    """Whether capital is above the upper limit; exactly at the limit is not above it."""
    upper = reading.value("upper_capital_limit")
    above = bool(capital_pence > upper)
    answer = f"{'above' if above else 'not above'} the upper limit of {pounds(upper)}"
    reading.line(
        "Savings and other capital", capital_pence, "upper_capital_limit", answer=answer, unit="pence"
    )
    return above


def tariff_pence_per_week(reading: Reading, capital_pence: int) -> int:
    """Income assumed from capital above the lower limit: so much for each full step, or part of one."""
    lower = reading.value("lower_capital_limit")
    if capital_pence <= lower:
        answer = f"not above the lower limit of {pounds(lower)}"
        reading.line("Income assumed from savings", 0, "lower_capital_limit", answer=answer)
        return 0
    step, each = reading.value("tariff_step"), int(reading.value("tariff_per_step"))
    steps, part = divmod(capital_pence - lower, step)
    rule = "tariff_step"
    if part and reading.value("tariff_part_counts"):
        steps, rule = steps + 1, "tariff_part_counts"
    answer = f"{pounds(each)} for each {pounds(step)}, or part of it, above {pounds(lower)}"
    reading.line("Income assumed from savings", steps * each, rule, answer=answer)
    return int(steps * each)
