"""A measure's definition in the lines of its page: what is counted, of whom, in which years, told by what."""

from wherewithal.core.period import written
from wherewithal.policy.measure import Measure

TOLD_BY = {
    "age": "age",
    "gender": "gender",
    "ethnicity": "ethnic group",
    "reason": "main reason for support",
}


def lines(one: Measure) -> list[tuple[str, str]]:
    """What it is called and what it says."""
    return [
        ("Counted in the figure" if one.unit == "%" else "The figure", one.numerator),
        ("Of whom", one.population),
        ("When", "On the year’s last day" if one.snapshot else "Over the year"),
        ("Years", _years(one)),
        ("Can be told by", ", ".join(("council", *(TOLD_BY[name] for name in one.breakdowns)))),
        ("Rounded", one.rounding),
    ]


def _years(one: Measure) -> str:
    since = f"from {written(one.holds_from)}" if one.holds_from else ""
    until = f"to {written(one.holds_until)}" if one.holds_until else ""
    official = " ".join(filter(None, (since, until)))
    return f"Official {official}; for other years it is counted alike" if official else "Any"
