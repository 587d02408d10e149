"""``wherewithal target group``: who could have a budget, in years to come, and what that would cost."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Literal

import typer

from wherewithal.analytics.size_band import in_words
from wherewithal.analytics.target_group import Projected, Weight, grains, projections, weights
from wherewithal.cli.files import print_json
from wherewithal.cli.tables import print_table, say
from wherewithal.core.band import ROUNDED_APART, Band
from wherewithal.core.refusal import Refusal
from wherewithal.policy.target_groups import TargetGroup, own_target_group, target_group


def group(
    file: Annotated[
        Path | None, typer.Option(help="a council's own file (TOML); default the made-up one")
    ] = None,
    take_up: Annotated[str, typer.Option(help="the share of them with a budget, in percent")] = "100",
    format: Annotated[Literal["table", "json"], typer.Option(help="words to read, or json")] = "table",
) -> None:
    """Who is in the target group, year by year, with what prevention may do; budgets and money."""
    found = own_target_group(file) if file else target_group()
    percent = _percent(take_up)
    years = list(projections(found, percent))
    heaviest = weights(found, years[-1].year, percent)
    if format == "json":
        print_json({"group": found, "years": years, "weights": heaviest})
        return
    say(f"{found.title}. {found.source}.", *_parts(found))
    say(f"Size band in {years[0].year}: {in_words(years[0].people)}.", "")
    to = grains(years)
    head = ("year", "what if", "people", "of them in mental health", f"with a budget, at {take_up}%",
            "£ a year")  # fmt: skip
    print_table(head, [_year(one, to) for one in years], "table")
    say("", ROUNDED_APART)
    say(f"A budget is {found.pounds_a_year.said('£')} a year on average: {found.budget_source}.")
    say(_heaviest(heaviest, years[-1].year))


def _parts(found: TargetGroup) -> Iterator[str]:
    for part in found.parts:
        place = "Counted" if part.counted else "Left out"
        size = f"{part.size.said()} in {found.base_year}, {part.confidence} confidence"
        yield f"{place}: {part.title}, {size}. {part.why} ({part.source}.)"


def _year(one: Projected, to: Mapping[str, int]) -> tuple[str, ...]:
    """Each figure with its bounds; those with a budget only where they are not everybody."""
    people, mental = one.people.said(grain=to["people"]), one.mental_health.said(grain=to["mental_health"])
    budgets = "" if one.budgets == one.people else one.budgets.said(grain=to["budgets"])
    scenario = one.scenario.title if one.scenario else "nothing changes"
    return f"{one.year}", scenario, people, mental, budgets, one.pounds.said(grain=to["pounds"])


def _heaviest(found: list[Weight], year: str) -> str:
    if not found:
        return "Every input is given as exact, so nothing says how far off this is."
    named = "; then ".join(
        f"{one.input} (£{_pence_free(one.pounds)} between its bounds)" for one in found[:3]
    )
    return f"What weighs most in the money of {year}: {named}."


def _pence_free(pounds: Fraction) -> str:
    _, rounded, _ = Band(Fraction(0), pounds, pounds).in_print
    return f"{rounded:,}"


def _percent(text: str) -> Fraction:
    try:
        percent = Fraction(text)
    except (ValueError, ZeroDivisionError):
        percent = Fraction(0)
    if not 0 < percent <= 100:
        raise Refusal(f"“{text}” is no take-up. Give a percentage above 0 and at most 100.")
    return percent
