"""What was published of each council: its figures over the years, who it came from, which are alike."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.text import capfirst
from markupsafe import Markup

from wherewithal.analytics.neighbours import DIFFERENT, Neighbours
from wherewithal.analytics.trend import Figure, NothingPublished, Stretch, Trend, trend
from wherewithal.core.policy import NoPolicy
from wherewithal.formats.trend_chart import svg
from wherewithal.policy.councils import ENGLAND, CouncilRow, councils, name_of, rows_of, successions
from wherewithal.policy.series import Printed, series_table
from wherewithal.policy.trend import trend as definition
from wherewithal.policy.trend import trends
from wherewithal.web.forms import Form
from wherewithal.web.page import public, render
from wherewithal.web.sector_places import places
from wherewithal.web.take_up_around import alike_to
from wherewithal.web.trend_drawn import Points, points_of, runs_of


@dataclass(frozen=True)
class Line:
    """A row of a trend's table: a year, or the ``gap`` before it in words."""

    figure: Figure | None
    unit: str
    of: str
    england: str
    gap: str = ""


@dataclass(frozen=True)
class Told:
    """One subject on a council's page."""

    trend: Trend
    picture: Markup
    lines: tuple[Line, ...]
    has_england: bool
    marks: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]


class NameForm(Form):
    name = forms.CharField(label="Part of a council’s name", max_length=100, required=False)


@public
def sector_councils(request: HttpRequest) -> HttpResponse:
    """Every council of today by region, those whose name holds what was typed, and those that are no more."""
    form = NameForm(request.GET)
    typed = form.cleaned_data["name"] if form.is_valid() else ""
    every = councils()
    matching = [one for one in every if typed.casefold() in one.name.casefold()]
    today = sorted(matching, key=lambda one: one.name)
    regions = sorted({one.region for one in today})
    gone = {one.old for one in successions()} - {one.code for one in every}
    context = {
        "form": form, "typed": typed, "found": len(today), "all": len(every),
        "regions": [(region, [one for one in today if one.region == region]) for region in regions],
        "gone": sorted(
            (name_of(code), code) for code in gone if typed.casefold() in name_of(code).casefold()
        ),
    }  # fmt: skip
    return render(request, "sector/councils.html", context)


@public
def sector_council(request: HttpRequest, code: str) -> HttpResponse:
    """One council, or one that is no more: its stable address."""
    shapes, alike = shapes_of(code), alike_to(code)
    context = {
        "council": shapes[-1], "history": list(_history(code, shapes)), "told": list(told_of(code)),
        "alike": alike, "places": list(places(code)),
    }  # fmt: skip
    if isinstance(alike, Neighbours):
        context["alike_head"], context["alike_rows"] = alike_table(alike)
        context["alike_by"] = [*(one.told for one in alike.features), *DIFFERENT]
    return render(request, "sector/council.html", context)


def alike_table(alike: Neighbours) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Headings and rows: the council itself, then the nearest first."""
    headings = ("Council", "Distance", *(capfirst(one.title) for one in alike.features))
    return headings, tuple(
        (
            one.name,
            f"{one.distance:.2f}" if one.distance else "",
            *(f"{of.printed(value):,}" for of, value in zip(alike.features, one.values, strict=True)),
        )
        for one in (alike.of, *alike.nearest)
    )


def shapes_of(code: str) -> tuple[CouncilRow, ...]:
    """What the council was and is. Raises Http404."""
    try:
        return rows_of(code)
    except NoPolicy as refusal:
        raise Http404(refusal.says) from refusal


def _history(code: str, shapes: Sequence[CouncilRow]) -> Iterator[str]:
    for one in successions():
        if code in (one.old, one.new):
            whole = "all" if one.what == "whole" else one.what
            yield f"{one.first}: {name_of(one.new)} took over {whole} of {name_of(one.old)}."
    if len({one.type for one in shapes}) > 1:
        was, is_now = shapes[0].type.lower(), shapes[-1].type.lower()
        yield f"It was a {was} before, and kept its code as it became a {is_now}."


def told_of(code: str) -> Iterator[Told]:
    """Each subject of which something was published of the council."""
    for id in trends():
        of = definition(id)
        try:
            found = trend(of, code)
        except NothingPublished:
            continue
        england = _england(id)
        tables = {part.series: series_table(part.table) for part in of.parts}
        marks = {
            mark: words
            for stretch in found.stretches
            for mark, words in tables[stretch.series.id].marks.items()
            if _has(stretch, mark)
        }
        runs = runs_of(found, england)
        sources = tuple(
            f"{whose.publisher}: {whose.publication}. {whose.licence}"
            for stretch in found.stretches
            for whose in [tables[stretch.series.id].publication]
        )
        picture = Markup(svg(runs, found.stretches[0].series.unit))  # noqa: S704 - drawn from numbers and years
        has_england = any(dot.value is not None for run in runs for dot in run.beside)
        yield Told(found, picture, tuple(_lines(found, england)), has_england, tuple(marks.items()), sources)


def _lines(found: Trend, england: Points) -> Iterator[Line]:
    gaps = {gap.after: gap for gap in found.breaks}
    for stretch in found.stretches:
        for one in stretch.figures:
            if gap := gaps.pop(one.year, None):
                yield Line(None, "", "", "", f"No line from {gap.before} to {gap.after}. {gap.reason}")
            beside = england.get((stretch.series.id, one.year), Printed())
            of = " and ".join(map(name_of, one.of)) if one.summed else ""
            yield Line(one, stretch.series.unit, of, beside.said)


def _england(id: str) -> Points:
    """England's printed figures of a trend; none where none were printed."""
    try:
        return points_of(trend(definition(id), ENGLAND))
    except NothingPublished:
        return {}


def _has(stretch: Stretch, mark: str) -> bool:
    parts: list[Any] = [
        part for one in stretch.figures for part in (one.numerator, one.denominator, one.value)
    ]
    return any(part.mark == mark for part in parts)


urlpatterns = [
    path("sector/councils/", sector_councils, name="sector_councils"),
    path("sector/councils/<code>/", sector_council, name="sector_council"),
]
