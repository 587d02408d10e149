"""Councils compared, as lines of text: for a table, a CSV file or JSON."""

from collections.abc import Collection
from fractions import Fraction
from typing import Any

from wherewithal.analytics.compared import in_unit, remarks
from wherewithal.analytics.funnel import Placed
from wherewithal.analytics.rates import Rates
from wherewithal.analytics.variation import Spread, Standing
from wherewithal.cli.tables import say

ENDS = ("under", "over")
"""How many councils lie beyond a threshold, as a line names it."""


def head(of: Rates) -> dict[str, Any]:
    """What is compared, by which definitions, whose it is, and who has no share."""
    whose = of.table.publication
    return {
        "title": of.series.title, "year": of.year, "group": of.table.groups[of.group], "unit": of.unit,
        "counts": of.series.counts, "of": of.of, "definitions": list(of.definitions),
        "publisher": whose.publisher, "publication": whose.publication, "licence": whose.licence,
        "england": str(of.england), "england_unit": of.series.unit, "councils_with_a_share": len(of.rated),
        "councils_with_a_mark": dict(of.marks), "remarks": list(remarks(of)),
    }  # fmt: skip


def print_head(of: Rates) -> None:
    """The same to read."""
    told = head(of)
    say(f"{told['title']}, {of.year}: {told['group']}, {of.unit}", f"{told['counts']}, of {of.of}")
    say(*(f"Definition: {definition}" for definition in of.definitions))
    say(f"{told['publisher']}: {told['publication']}. {told['licence']}.")
    say(f"{len(of.rated)} councils with a share.", *told["remarks"], "")


def spread(of: Rates, one: Spread, ends: Collection[str] = ENDS) -> dict[str, str]:
    """How far some councils lie apart; ``ends`` are those of ENDS that are told."""
    shares: dict[str, Fraction | float] = {
        "minimum": one.minimum, "lower_quartile": one.lower_quartile, "median": one.median,
        "upper_quartile": one.upper_quartile, "maximum": one.maximum, "mean_of_rates": one.mean,
        "pooled_rate": one.pooled, "low": one.interval[0], "high": one.interval[1],
    }  # fmt: skip
    return {
        "councils": str(one.councils), "lowest": _few(one.lowest), "highest": _few(one.highest),
        **{key: in_unit(of, share) for key, share in shares.items()},
        "numerator": str(one.numerator), "denominator": str(one.denominator),
        **{end: f"{getattr(one, end)} of {one.councils}" for end in ENDS if end in ends},
        "without_a_share": ", ".join(f"{count} {mark}" for mark, count in one.marks.items()),
    }  # fmt: skip


def _few(names: tuple[str, ...]) -> str:
    return ", ".join(names) if len(names) <= 3 else f"{len(names)} councils"


def in_short(line: dict[str, str]) -> dict[str, str]:
    """A spread for a narrow screen."""
    kept = ("councils", "without_a_share", "minimum", "median", "maximum", "mean_of_rates", "pooled_rate",
            "low", "high")  # fmt: skip
    return {key: line[key] for key in kept}


def standing(of: Rates, one: Standing) -> dict[str, str]:
    """A council with its interval and its span of ranks."""
    low, high = one.interval
    return {
        "code": " ".join(one.of.codes), "council": one.of.name, "numerator": str(one.of.numerator),
        "denominator": str(one.of.denominator), "share": in_unit(of, one.of.share),
        "low": in_unit(of, low), "high": in_unit(of, high),
        "rank_from": str(one.first), "rank_to": str(one.last),
    }  # fmt: skip


def unrated(of: Rates) -> list[dict[str, str]]:
    """Councils without a share, after the others: the mark stands in its place, and there is no rank."""
    return [
        {"code": " ".join(one.codes), "council": one.name, "numerator": "", "denominator": "",
         "share": one.mark, "low": "", "high": "", "rank_from": "", "rank_to": ""}
        for one in of.unrated
    ]  # fmt: skip


def placed(of: Rates, one: Placed) -> dict[str, str]:
    """A council of a funnel: its limits at each level, and where it lies, before and after overdispersion."""
    line = {
        "code": " ".join(one.of.codes), "council": one.of.name, "numerator": str(one.of.numerator),
        "denominator": str(one.of.denominator), "share": in_unit(of, one.of.share),
    }  # fmt: skip
    for when, limits in (("before", one.before), ("after", one.after)):
        for level, (low, high) in limits.items():
            line |= {f"low_{level}_{when}": in_unit(of, low), f"high_{level}_{when}": in_unit(of, high)}
        line[f"outside_{when}"] = one.outside(limits)
    return line


def to_read(line: dict[str, str]) -> dict[str, str]:
    """A line in fewer columns, for a narrow screen: what belongs together stands together, the code is left
    out, and a mark stands alone.
    """
    said = {key: f"{int(value):,}" if value.isdecimal() else value for key, value in line.items()}
    shown = {key.replace("_", " "): value for key, value in said.items() if key not in _JOINED}
    for key, (first, last, between) in _TOGETHER.items():
        if first in line and last in line:
            shown[key] = f"{said[first]}{between}{said[last]}" if line[first] else ""
    return shown


_TOGETHER = {
    "range": ("minimum", "maximum", " to "), "95% interval": ("low", "high", " to "),
    "people": ("numerator", "denominator", " of "), "rank": ("rank_from", "rank_to", " to "),
}  # fmt: skip
_JOINED = {"code", *(key for first, last, _ in _TOGETHER.values() for key in (first, last))}
