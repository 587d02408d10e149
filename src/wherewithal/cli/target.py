"""``wherewithal target``: what was to be reached, whether it was, when it is, and by how many people."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Literal

import typer

from wherewithal.analytics.arrival import arrivals, needed, percent
from wherewithal.analytics.control import TooFewValues
from wherewithal.analytics.pace import acceleration
from wherewithal.analytics.progress import published
from wherewithal.analytics.targets import Checked, remarks, said_elsewhere
from wherewithal.analytics.targets import check as check_target
from wherewithal.analytics.watched import Watched, watched
from wherewithal.cli.files import keep, print_json
from wherewithal.cli.tables import say
from wherewithal.cli.target_group import group
from wherewithal.core.period import written
from wherewithal.core.refusal import Refusal
from wherewithal.core.target import AnotherDefinition, Progress, Target
from wherewithal.formats.control_chart import Point, svg
from wherewithal.formats.progress import read
from wherewithal.policy.series import series_table
from wherewithal.policy.targets import own_targets, targets
from wherewithal.policy.targets import target as on_record

app = typer.Typer(no_args_is_help=True, help="Take-up held against a target of the same definition.")

app.command()(group)

Format = Literal["table", "json"]
Figures = Annotated[Path | None, typer.Option(help="a council's own file of figures (TOML)")]
Published = Annotated[str, typer.Option(help="or published ones, as publication:series")]
Council = Annotated[str, typer.Option(help="whose, of the published ones: a code or a name")]
Own = Annotated[Path | None, typer.Option(help="a file of a council's own targets (TOML)")]
Shown = Annotated[Format, typer.Option(help="words to read, or json for machines")]


@app.command("list")
def listed(own: Own = None, format: Shown = "table") -> None:
    """Every target: what it is of, its day as printed and as it is held, who set it."""
    found = _all(own)
    if format == "json":
        print_json(found)
        return
    for one in found:
        say(one.id, f"    {one.title}", f"    {one.says}")
        say(f"    {percent(one.percent)} of “{one.definition}”, by {written(one.due)}.")
        say(f"    Printed: {one.printed_day}. {one.reading}".rstrip())
        for point in one.milestones:
            goal = f"{percent(point.percent)}: " if point.percent is not None else ""
            say(f"    On the way, by {written(point.due)}: {goal}{point.says}")
        say(f"    Set by {one.set_by}. Source: {one.source}.")


@app.command()
def check(
    figures: Figures = None,
    series: Published = "",
    council: Council = "",
    target: Annotated[str, typer.Option(help="one target; default all of the same definition")] = "",
    own: Own = None,
    format: Shown = "table",
) -> None:
    """Met, late or missed; on target as computed beside as said; exit 1 if one was late or missed."""
    progress = _progress(figures, series, council)
    found = [check_target(progress, one) for one in _chosen(target, own, progress)]
    growth, limits = acceleration(progress), list(remarks(progress))
    limits += said_elsewhere(progress, (one.target for one in found))
    if format == "json":
        print_json({"progress": progress, "acceleration": growth, "remarks": limits, "targets": found})
    else:
        say(f"{progress.council}: {progress.definition}. {progress.source}.")
        say(*([growth.says] if growth else []), *limits)
        for one in found:
            say("", *_told(one))
    if any(one.steps[-1].held and one.steps[-1].held.verdict in ("late", "missed") for one in found):
        raise typer.Exit(1)


@app.command()
def arrive(
    figures: Figures = None,
    series: Published = "",
    council: Council = "",
    target: Annotated[str, typer.Option(help="one target; default all of the same definition")] = "",
    own: Own = None,
    pace: Annotated[str, typer.Option(help="a pace of your own, in points a month, such as 1.5")] = "",
    format: Shown = "table",
) -> None:
    """When a target is reached, at the pace of the last half-year, of the whole time, or a given one."""
    progress = _progress(figures, series, council)
    given = _pace(pace) if pace else None
    found = [
        (one, needed(progress, one), list(arrivals(progress, one, given)))
        for one in _chosen(target, own, progress)
    ]
    if format == "json":
        print_json([{"target": one.id, "needed": rate, "arrivals": comes} for one, rate, comes in found])
        return
    for one, rate, comes in found:
        say(f"{one.title} ({one.id})", f"  {rate.says}", *(f"  {each.says}" for each in comes))


@app.command()
def watch(
    figures: Figures = None,
    series: Published = "",
    council: Council = "",
    picture: Annotated[Path | None, typer.Option(help="where to draw the control chart (SVG)")] = None,
    format: Shown = "table",
) -> None:
    """Which figures are more than the usual up and down (a control chart), and whether years have a trend."""
    found = watched(_progress(figures, series, council))
    if picture:
        keep(picture, _drawn(found))
    if format == "json":
        out = [{"on": one.on, "percent": one.percent, "signals": why} for one, why in found.standing_out]
        limits = None if isinstance(found.control, str) else found.control.limits
        told = {"control": found.control, "limits": limits, "standing_out": out, "trend": found.trend}
        print_json(told | {"says": found.says})
        return
    say(f"{found.progress.council}: {found.progress.definition}. {found.progress.source}.", *found.says)


def _drawn(found: Watched) -> str:
    """The control chart as SVG. Raises TooFewValues."""
    if isinstance(found.control, str):
        raise TooFewValues(found.control)
    points = [
        Point(one.on, float(one.percent.central), why)
        for one, why in zip(found.progress.observations, found.why, strict=True)
    ]
    low, high = map(float, found.control.limits)
    title = f"{found.progress.council}: {found.progress.definition}"
    return svg(
        points, float(found.control.mean), (low, high), found.progress.gaps, title=title, says=found.drawn
    )


def _told(found: Checked) -> Iterator[str]:
    yield f"{found.target.title} ({found.target.id})"
    for step in found.steps:
        if step.held is None:
            yield f"  {written(step.due)}: not told by these figures. {step.says}"
        else:
            goal = percent(step.percent) if step.percent is not None else ""
            yield f"  {written(step.due)}, {goal}: {step.held.verdict}; {step.held.why}."
    yield f"  On target, as computed: {found.on_target.computed} ({found.on_target.why.rstrip('.')})."
    for word in found.on_target.own_words:
        said = "on target" if word.on_target else "not on target"
        yield f"  As it said itself on {written(word.on)}: {said} ({word.source})."


def _all(own: Path | None) -> list[Target]:
    return [*targets().values(), *(own_targets(own) if own else ())]


def _chosen(id: str, own: Path | None, progress: Progress) -> list[Target]:
    """The target asked for, or all of the figures' definition. Raises Refusal where there is none."""
    if id:
        mine = [one for one in (own_targets(own) if own else ()) if one.id == id]
        return mine or [on_record(id)]
    found = [one for one in _all(own) if one.definition == progress.definition]
    if not found:
        known = "; ".join(dict.fromkeys(f"“{one.definition}”" for one in _all(own)))
        raise AnotherDefinition(
            f"No target is of “{progress.definition}”. They are of {known}. A figure is held against a "
            "target of its own definition only: write one of that definition into a file and give it with "
            "--own our-targets.toml."
        )
    return found


def _progress(figures: Path | None, series: str, council: str) -> Progress:
    if figures and not series:
        return read(figures)
    publication, _, name = series.partition(":")
    if figures or not (publication and name and council):
        raise Refusal(
            "Give a council's own file (--figures FILE), or published figures and a target of your own of "
            "their definition (--series ascof-3d-2024-25:3d-1a --council Somerset --own our-targets.toml)."
        )
    return published(series_table(publication), name, council)


def _pace(text: str) -> Fraction:
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise Refusal(f"“{text}” is no pace. Write points a month, such as 1.5.") from None
