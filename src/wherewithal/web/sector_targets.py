"""Targets on pages: each in its own wording, and figures held against one. The address holds it all."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.text import slugify
from markupsafe import Markup

from wherewithal.analytics.arrival import percent
from wherewithal.analytics.said_in_2011 import said_in_2011
from wherewithal.core.period import written
from wherewithal.core.refusal import Refusal
from wherewithal.core.target import Target
from wherewithal.formats.target_chart import svg
from wherewithal.policy.published import publication
from wherewithal.policy.targets import targets
from wherewithal.web.downloads import svg_answer
from wherewithal.web.forms import refuse
from wherewithal.web.page import public, render
from wherewithal.web.sheets import Sheet, sheet_csv, sheets_ods
from wherewithal.web.target_form import HoldForm, of_definition, shares
from wherewithal.web.target_held import Against, against, gaps_of, goals_of, seen_of, sheets
from wherewithal.web.target_own_form import OwnForm

OWN = "own"
_MADE_UP = """31 March 2010: 360 of 6,000
30 April 2010: 372 of 6,000
31 May 2010: 366 of 6,000
30 June 2010: 402 of 6,000
31 July 2010: 396 of 6,000
31 August 2010: 438 of 6,000
30 September 2010: 540 of 6,000
31 October 2010: 552 of 6,000
30 November 2010: 588 of 6,000
31 December 2010: 594 of 6,000
31 January 2011: 660 of 6,000
28 February 2011: 726 of 6,000
31 March 2011: 900 of 6,000"""
"""Made-up figures of Exampleshire, which show what the page makes of some: enough for a control chart."""
_LIST = ("Target", "In our words", "Share, %", "By", "Day as printed", "Definition", "Set by", "Source")


@dataclass(frozen=True)
class Opened:
    """A target's page: ``held`` is None while nothing was asked, or what was asked has a fault."""

    target: Target | None
    form: HoldForm
    held: Against | None


@public
def sector_targets(request: HttpRequest) -> HttpResponse:
    """Every target on record, those of one count side by side."""
    found = [(one, len(of_definition(one.definition))) for one in targets().values()]
    context = {
        "targets": found, "any_published": any(series for _, series in found),
        "definitions": len({one.definition for one, _ in found}), "percent": percent,
    }  # fmt: skip
    return render(request, "sector/targets.html", context)


@public
def sector_targets_csv(request: HttpRequest) -> HttpResponse:
    """The list, with each target's wording and source."""
    return sheet_csv([_list()], "list", "targets")


@public
def sector_targets_ods(request: HttpRequest) -> HttpResponse:
    """The same as an accessible spreadsheet."""
    return sheets_ods([_list()], "Targets", ["Each in its own wording, with its source."], "targets")


def _list() -> Sheet:
    rows = [
        (one.title, one.says, percent(one.percent).rstrip("%"), one.due.isoformat(), one.printed_day,
         one.definition, one.set_by, one.source)
        for one in targets().values()
    ]  # fmt: skip
    return Sheet("list", "Targets", _LIST, rows)


@public
def sector_target(request: HttpRequest, id: str) -> HttpResponse:
    """One target, or a council's own, with what is held against it."""
    opened = _opened(request, id)
    goals = goals_of(opened.target)
    context = {
        "id": id, "target": opened.target, "form": opened.form, "held": opened.held, "percent": percent,
        "said_in_2011": said_in_2011(opened.target) if opened.target else (),
        "report": publication("adass-2011"),
        "query": request.GET.urlencode(), "example": made_up_figures(id),
        "picture": Markup(svg(seen_of(opened.held), goals, gaps_of(opened.held))) if goals else "",  # noqa: S704 - drawn from numbers and days
        "sheets": sheets(opened.target, opened.held) if opened.target else [],
        "charted": opened.held.charted if opened.held else None,
        **_on_record(opened.target),
    }  # fmt: skip
    return render(request, "sector/target.html", context)


@public
def sector_target_csv(request: HttpRequest, id: str, table: str) -> HttpResponse:
    """One table of that page, of the same choice."""
    target, held = _asked(request, id)
    return sheet_csv(_tables(target, held), table, _name(id, held))


@public
def sector_target_ods(request: HttpRequest, id: str) -> HttpResponse:
    """All tables of that page, of the same choice, as an accessible spreadsheet."""
    target, held = _asked(request, id)
    cover = [held.given.progress.council, held.given.progress.source] if held else []
    return sheets_ods(
        _tables(target, held), target.title, [*cover, target.measure, target.source], _name(id, held)
    )


@public
def sector_target_svg(request: HttpRequest, id: str) -> HttpResponse:
    """That page's picture, of the same choice."""
    target, held = _asked(request, id)
    says = held.drawn if held else f"{percent(target.percent)} is to be reached by {written(target.due)}."
    made = svg(seen_of(held), goals_of(target), gaps_of(held), title=target.title, says=says)
    return svg_answer(made.encode(), f"{_name(id, held)}.svg")


@public
def sector_target_control_svg(request: HttpRequest, id: str) -> HttpResponse:
    """That page's control chart, of the same choice. Raises Http404 where the figures are too few for one."""
    target, held = _asked(request, id)
    if held is None or held.charted is None:
        raise Http404("There are no figures, or too few, for a control chart.")
    title = f"{held.given.progress.council}: {target.measure}"
    return svg_answer(held.charted.svg(title).encode(), f"{_name(id, held)}-control.svg")


def _tables(target: Target, held: Against | None) -> list[Sheet]:
    """All tables of the page."""
    return [*sheets(target, held), *([held.charted.sheet] if held and held.charted else [])]


def _asked(request: HttpRequest, id: str) -> tuple[Target, Against | None]:
    """Raises Http404 where there is no target to tell of."""
    opened = _opened(request, id)
    if opened.target is None:
        raise Http404("Nothing was asked that has a table.")
    return opened.target, opened.held


def _name(id: str, held: Against | None) -> str:
    """What the page's files are called."""
    return f"{slugify(held.given.progress.council)}-{id}" if held else id


def _opened(request: HttpRequest, id: str) -> Opened:
    """Raises Http404 for a target that is not on record."""
    kept = None if id == OWN else targets().get(id)
    if id != OWN and kept is None:
        raise Http404(f"There is no target “{id}”.")
    asked = request.GET or None
    form = OwnForm(asked) if kept is None else HoldForm(asked, target=kept, initial={"counts": ""})
    if asked is None or not form.is_valid():
        return Opened(kept, form, None)
    try:
        held = against(form.its_target(), form.given())
    except Refusal as refusal:
        refuse(form, refusal)
        return Opened(kept, form, None)
    return Opened(held.checked.target, form, held)


def _on_record(target: Target | None) -> dict[str, Any]:
    """Which published shares may be held against it, and what those that may not count instead."""
    if target is None or target.id == OWN:
        return {"fitting": [], "others": []}
    fitting = of_definition(target.definition)
    return {"fitting": list(fitting.values()), "others": list(_others(fitting))}


def _others(fitting: dict[str, Any]) -> Iterator[str]:
    for id, one in shares().items():
        if id not in fitting:
            yield f"{one.title}: {one.counts}, of {one.of}"


def made_up_figures(id: str) -> str:
    """The address that shows what the page makes of made-up figures."""
    asked: dict[str, str] = {
        "council": "Exampleshire (made up)",
        "figures": _MADE_UP,
        "pace": "1.5",
        "said": "yes",
    }
    if id == OWN:
        own = "people with a personal budget, of those with support that goes on"
        asked |= {"percent": "40", "due_day": "31", "due_month": "3", "due_year": "2012", "of": own,
                  "goals": f"{written(targets()['30-percent-ongoing'].due)}: 20%"}  # fmt: skip
    else:
        asked["counts"] = slugify(targets()[id].definition)
    return f"{reverse('sector_target', args=[id])}?{urlencode(asked)}"


urlpatterns = [
    path("sector/targets/", sector_targets, name="sector_targets"),
    path("sector/targets.csv", sector_targets_csv, name="sector_targets_csv"),
    path("sector/targets.ods", sector_targets_ods, name="sector_targets_ods"),
    path("sector/targets/<slug:id>/", sector_target, name="sector_target"),
    path("sector/targets/<slug:id>/<slug:table>.csv", sector_target_csv, name="sector_target_csv"),
    path("sector/targets/<slug:id>/tables.ods", sector_target_ods, name="sector_target_ods"),
    path("sector/targets/<slug:id>/picture.svg", sector_target_svg, name="sector_target_svg"),
    path("sector/targets/<slug:id>/control.svg", sector_target_control_svg, name="sector_target_control_svg"),
]
