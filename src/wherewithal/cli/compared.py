"""``wherewithal published variation``, ``funnel`` and ``neighbours``: councils compared."""

import json as writer
from collections.abc import Sequence
from fractions import Fraction
from math import isfinite
from typing import Annotated, Any, Literal

import typer

from wherewithal.analytics.compared import in_unit
from wherewithal.analytics.funnel import funnel as funnel_of
from wherewithal.analytics.neighbours import DIFFERENT, PEERS, Alike
from wherewithal.analytics.neighbours import neighbours as neighbours_of
from wherewithal.analytics.rates import Rates, per, rates
from wherewithal.analytics.variation import OVER, UNDER
from wherewithal.analytics.variation import variation as variation_of
from wherewithal.cli.compared_lines import (
    head,
    in_short,
    placed,
    print_head,
    spread,
    standing,
    to_read,
    unrated,
)
from wherewithal.cli.tables import Format, print_table, say
from wherewithal.core.refusal import Refusal
from wherewithal.policy.series import ALL, series_table

app = typer.Typer()

Id = Annotated[str, typer.Argument(help="a publication, as “list” names it")]
SeriesId = Annotated[str, typer.Argument(help="one of its series")]
Year = Annotated[str, typer.Option(help="one of its years; the newest without it")]
Group = Annotated[str, typer.Option(help="one of its groups, such as 65-over")]
By = Annotated[
    str,
    typer.Option("--per", help="of counts: the population to divide by, as TABLE:SERIES:YEAR:GROUP+GROUP"),
]
Shown = Annotated[Format, typer.Option(help="a table to read, or for machines")]


@app.command()
def variation(
    id: Id,
    series: SeriesId,
    year: Year = "",
    group: Group = ALL,
    by: By = "",
    under: Annotated[
        float | None, typer.Option(help=f"count the councils under this; {UNDER} where shares are percent")
    ] = None,
    over: Annotated[
        float | None, typer.Option(help=f"count the councils over this; {OVER} where shares are percent")
    ] = None,
    lines: Annotated[
        Literal["council", "region", "type"], typer.Option(help="of a CSV: what a line is of")
    ] = "council",
    format: Shown = "table",
) -> None:
    """How much councils differ in one series: range, quartiles, mean and pooled rate, by region and type; and
    every council with its interval and the span of ranks that the intervals allow.
    """
    told = rates(series_table(id), series, year, group, per(by) if by else None)
    ends = _ends(told, under, over)
    found = variation_of(told, **{end: Fraction(str(at)) for end, at in ends.items()})
    spreads = {
        "region": {name: spread(told, one, ends) for name, one in found.by_region.items()},
        "type": {name: spread(told, one, ends) for name, one in found.by_type.items()},
    }
    councils = [*(standing(told, one) for one in found.standings), *unrated(told)]
    everywhere = spread(told, found.everywhere, ends)
    limits = {end: f"{at:g}" for end, at in ends.items()}
    if format == "json":
        _json(head(told) | {"thresholds": limits, "everywhere": everywhere, **spreads, "councils": councils})
    elif format == "csv":
        _lines(councils if lines == "council" else _named(lines, spreads[lines]), "csv")
    else:
        print_head(told)
        for key, value in to_read(everywhere).items():
            limit = f" {limits[key]} {told.unit}".replace(" %", "%") if key in limits else ""
            say(*([f"{key}{limit}: {value}"] if value else []))
        printed = f"{told.england.said} {told.series.unit}".replace(" %", "%")
        say(f"England as printed: {printed if str(told.england) else 'no figure'}", "")
        for kind, there in spreads.items():
            _lines(_named(kind, {name: in_short(one) for name, one in there.items()}))
            say("")
        _lines(councils)
        say("", "A rank is told as the span of ranks that the intervals allow; 1 is the highest share.")


@app.command()
def funnel(
    id: Id, series: SeriesId, year: Year = "", group: Group = ALL, by: By = "", format: Shown = "table"
) -> None:
    """Which councils differ by more than chance: limits of 95% and 99.8% around the pooled rate, before and
    after what councils differ by in general (overdispersion). A table to read has those outside only.
    """
    told = rates(series_table(id), series, year, group, per(by) if by else None)
    found = funnel_of(told)
    councils = [placed(told, one) for one in found.placed]
    middle = {
        "pooled_rate": in_unit(told, found.middle),
        "phi": f"{found.overdispersion.phi:.2f}",
        "tau_squared": f"{found.overdispersion.tau_squared:.6f}",
    }
    if format == "json":
        _json(head(told) | middle | {"councils": councils, "no_share": unrated(told)})
    elif format == "csv":
        marked = [{key: one.get(key, "") for key in councils[0]} for one in unrated(told)]
        _lines([*councils, *marked], "csv")
    else:
        print_head(told)
        say(*(f"{key}: {value}" for key, value in to_read(middle).items()))
        say("phi is 1 where councils differ by chance alone; tau squared is what they differ by beside it.")
        for when in ("before", "after"):
            outside = [one[f"outside_{when}"] for one in councils if one[f"outside_{when}"]]
            counts = ", ".join(f"{outside.count(one)} {one}" for one in sorted(set(outside))) or "none"
            say(f"outside {when} overdispersion: {counts}")
        say("")
        kept = ("council", "numerator", "denominator", "share", "outside_before", "outside_after")
        _lines([{key: one[key] for key in kept} for one in councils if any(one[key] for key in kept[4:])])


@app.command()
def neighbours(
    council: Annotated[str, typer.Argument(help="a council by its code or name")],
    count: Annotated[int, typer.Option(min=1, help="how many")] = PEERS,
    format: Shown = "table",
) -> None:
    """The councils most like one, by a published method, with all that they are compared by."""
    found = neighbours_of(council, count)
    titles = [one.title for one in found.features]

    def line(one: Alike) -> dict[str, str]:
        values = (str(of.printed(value)) for of, value in zip(found.features, one.values, strict=True))
        return {
            "council": one.name,
            "distance": f"{one.distance:.3f}",
            **dict(zip(titles, values, strict=True)),
        }

    inputs = [one.told for one in found.features]
    lines = [line(one) for one in (found.of, *found.nearest)]
    apart = [f"{name} is not compared: a figure is missing." for name in found.apart]
    if format == "json":
        _json(
            {"asked": found.asked, "compared": found.compared, "inputs": inputs,
             "differences": [*DIFFERENT, *apart], "council": lines[0], "neighbours": lines[1:]}
        )  # fmt: skip
    elif format == "csv":
        _lines(lines, "csv")
    else:
        say(f"{found.asked}: the {len(found.nearest)} nearest of {found.compared}.", "")
        if found.asked != found.of.name:
            say(f"{found.asked} is compared as part of its area: {found.of.name}.", "")
        _lines(lines)
        say("", "Compared by", *inputs, "", "Method: NHS England's peer groups.", *DIFFERENT, *apart)


def _ends(of: Rates, under: float | None, over: float | None) -> dict[str, float]:
    """The thresholds that are told: those asked for, and UNDER and OVER where they mean something, which are
    percent. Raises Refusal for what is no number.
    """
    asked = {"under": under, "over": over}
    if not all(at is None or isfinite(at) for at in asked.values()):
        raise Refusal("Give --under and --over as plain numbers, such as 10 and 20.")
    unasked = {"under": UNDER, "over": OVER} if of.unit == "%" else {}
    return unasked | {end: at for end, at in asked.items() if at is not None}


def _named(key: str, of: dict[str, dict[str, str]]) -> list[dict[str, str]]:
    return [{key: name, **line} for name, line in of.items()]


def _lines(lines: Sequence[dict[str, str]], format: Format = "table") -> None:
    if lines:
        shown = [to_read(line) for line in lines] if format == "table" else lines
        print_table(tuple(shown[0]), [tuple(line.values()) for line in shown], format)


def _json(of: dict[str, Any]) -> None:
    print(writer.dumps(of, ensure_ascii=False, indent=1))
