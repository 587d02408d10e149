"""``wherewithal published below`` and ``ahead``: councils that are behind, and whom they can learn from."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Annotated

import typer

from wherewithal.analytics.ahead import ahead_and_alike
from wherewithal.analytics.below import Placed, published
from wherewithal.analytics.below import below as councils_below
from wherewithal.cli.compared import Id, SeriesId, Shown, Year
from wherewithal.cli.tables import Format, print_table, say
from wherewithal.core.conversation import Figure
from wherewithal.core.refusal import Refusal
from wherewithal.policy.councils import code_of

app = typer.Typer()

_FIGURE = ("percent", "numerator", "denominator", "from", "to")
_TO_READ = ("share, %", "people", "95% interval, %")


@app.command()
def below(
    id: Id,
    series: SeriesId,
    threshold: Annotated[str, typer.Option(help="in percent")] = "10",
    year: Year = "",
    format: Shown = "table",
) -> None:
    """Councils whose published share lies below a threshold, or may: each with its counts and its interval,
    the lowest first. One that has a mark instead of a share stands last, by its mark.
    """
    found = councils_below(published(id, series, year), _percent(threshold))
    rows = [_row(one) for one in (*found.under, *found.near)]
    rows += [(one.name, "no figure", one.mark, *["[z]"] * 4) for one in found.unrated]
    _lines(("council", "beside"), rows, format)
    if format == "table":
        say("", "The interval is 95% (Wilson). Only what lies below as a whole is below.")
        say("A low share is a reason to ask, and no judgement.")


@app.command()
def ahead(
    id: Id,
    series: SeriesId,
    council: Annotated[str, typer.Option(help="the council that is behind, by its code or name")],
    year: Year = "",
    format: Shown = "table",
) -> None:
    """Of the councils most like one, those whose whole interval lies above its own: the nearest first."""
    matches = ahead_and_alike(published(id, series, year), code_of(council))
    rows = [(one.name, str(one.place), f"{one.distance:.3f}", *_figure(one.figure)) for one in matches.found]
    _lines(("council", "place", "distance"), rows, format)
    if format == "table" and matches.says:
        say("", matches.says)


def _lines(head: tuple[str, ...], rows: Sequence[tuple[str, ...]], format: Format) -> None:
    """``rows`` end with _FIGURE; to read, what belongs together of it stands together."""
    if format != "table":
        print_table((*head, *_FIGURE), rows, format)
        return
    shown = []
    for *first, percent, count, of, low, high in rows:
        counted = count.isdecimal()
        people, within = f"{int(count):,} of {int(of):,}" if counted else "", f"{low} to {high}"
        share = f"{percent}.0" if percent.isdecimal() else percent
        shown.append((*first, share, people, within if counted else ""))
    print_table((*head, *_TO_READ), shown, format)


def _row(one: Placed) -> tuple[str, ...]:
    return one.of.name, one.reach.value, *_figure(one.figure)


def _figure(of: Figure) -> tuple[str, ...]:
    ends = (f"{100 * end:.1f}" for end in (of.low, of.high))
    return of.percent, str(of.numerator), str(of.denominator), *ends


def _percent(text: str) -> Fraction:
    try:
        return Fraction(text.strip().rstrip("%"))
    except (ValueError, ZeroDivisionError) as fault:
        raise Refusal("Give --threshold as a percentage, such as 10 or 12.5.") from fault
