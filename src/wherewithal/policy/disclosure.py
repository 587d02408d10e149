"""The named rules of disclosure control, read from ``policy/disclosure/*.toml``."""

from dataclasses import dataclass
from functools import cache

from wherewithal.core.policy import NoPolicy, fingerprint
from wherewithal.policy import names, table
from wherewithal.policy.rows import Misspelt, Row

_KEYS = """title version source suppress_under zero_at_most round_people_to round_estimates_to
percent_decimals percent_of_rounded together secondary flag_within smallest_base never_crossed"""


@dataclass(frozen=True)
class Rule:
    """How small counts are kept from telling on anybody. A number that is 0 asks for nothing.

    Counts from 1 to below ``suppress_under`` are suppressed, those up to ``zero_at_most`` shown as 0, the
    rest rounded to ``round_people_to`` (weighted totals to ``round_estimates_to``). ``together``: with a
    numerator its denominator and percentage go. ``secondary``: more cells go until subtraction finds none.
    Counts of councils within ``flag_within`` of nobody or everybody want a second person's look; a breakdown
    of fewer than ``smallest_base`` is not made; dimensions in ``never_crossed`` are not crossed.
    """

    id: str
    title: str
    version: str
    source: str
    suppress_under: int = 0
    zero_at_most: int = 0
    round_people_to: int = 0
    round_estimates_to: int = 0
    percent_decimals: int = 1
    percent_of_rounded: bool = False
    together: bool = False
    secondary: bool = False
    flag_within: int = 0
    smallest_base: int = 0
    never_crossed: tuple[frozenset[str], ...] = ()
    fingerprint: str = ""


def rules() -> list[str]:
    """The names of all rules."""
    return [name.partition("/")[2] for name in names("disclosure")]


@cache
def rule(id: str) -> Rule:
    """One rule by its name. Raises NoPolicy for one that is not there, or whose file is misspelt."""
    if id not in rules():
        raise NoPolicy(f"There is no disclosure rule “{id}”. There are: {', '.join(rules())}.")
    body = table(f"disclosure/{id}")
    row = Row(f"disclosure/{id}.toml", body)
    try:
        row.only(" ".join(_KEYS.split()))
        return Rule(
            id=id,
            title=row.text("title"),
            version=row.text("version"),
            source=row.text("source"),
            suppress_under=row.number("suppress_under", 0) or 0,
            zero_at_most=row.number("zero_at_most", 0) or 0,
            round_people_to=row.number("round_people_to", 0) or 0,
            round_estimates_to=row.number("round_estimates_to", 0) or 0,
            percent_decimals=row.number("percent_decimals") or 0,
            percent_of_rounded=row.flag("percent_of_rounded", False),
            together=row.flag("together", False),
            secondary=row.flag("secondary", False),
            flag_within=row.number("flag_within", 0) or 0,
            smallest_base=row.number("smallest_base", 0) or 0,
            never_crossed=tuple(frozenset(pair) for pair in row.get("never_crossed", list, [])),
            fingerprint=fingerprint(body),
        )
    except Misspelt as fault:
        raise NoPolicy(str(fault)) from fault
