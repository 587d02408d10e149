"""A wave's report as it would be printed with the figures of now; which figures its sentences can name."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from markupsafe import Markup

from wherewithal.core.report import Chart
from wherewithal.policy.report import text
from wherewithal.records.models import Wave
from wherewithal.web.clock import now
from wherewithal.web.downloads import page_answer, toml_answer
from wherewithal.web.held_back import seen
from wherewithal.web.page import page, render
from wherewithal.web.survey_field import found
from wherewithal.web.templating import council_name

if TYPE_CHECKING:
    from wherewithal.extract.release import Telling

MADE_UP = "Made up for a demonstration: nobody answered this."


def telling_of(wave: Wave) -> "Telling":
    """The wave's report as it counts now."""
    # What counts brings in Arrow and NumPy, a second's work, which the start of the web need not wait for.
    from wherewithal.extract.release import Telling

    return Telling(wave, now(), publisher=council_name(), notice=MADE_UP if settings.DEMO else "")


@dataclass(frozen=True)
class Part:
    """A section as the page shows it: what it prints, or what cannot stand in it."""

    number: int
    title: str
    blocks: list[Any]
    faults: list[Any]


def parts_of(telling: "Telling") -> list[Part]:
    """Each section filled; one with a fault shows what is at fault and none of its figures."""
    from wherewithal.analytics.report.assemble import blocks

    found = []
    for number, section in enumerate(telling.definition.sections, 1):
        faults = [one for one in telling.faults if one.section == number]
        shown = [] if faults else list(blocks(section, telling.counted, telling.said))
        found.append(Part(number, section.title, shown, faults))
    return found


def drawn(chart: Chart) -> Markup:
    """The same picture as in every file of a release."""
    from wherewithal.formats.report.chart import svg

    return Markup(svg(chart))  # noqa: S704 - drawn from escaped labels


@page("survey.see")
def survey_report(request: HttpRequest, slug: str) -> HttpResponse:
    """The report as it reads now, with what is at fault where it stands."""
    wave = found(slug)
    seen(request, wave, "the report as it is written")
    telling = telling_of(wave)
    from wherewithal.analytics.report.sentences import fill

    head = [one for one in telling.faults if one.section == 0]
    filled = None
    if not head:
        of = telling.definition
        filled = (fill(of.headline, telling.counted), [fill(one, telling.counted) for one in of.summary])
    context = {
        "wave": wave, "definition": telling.definition, "head": head, "filled": filled,
        "parts": parts_of(telling), "is_kept": hasattr(wave, "report"), "drawn": drawn,
    }  # fmt: skip
    return render(request, "release/report.html", context)


@page("survey.see")
def survey_report_figures(request: HttpRequest, slug: str) -> HttpResponse:
    """Every figure that a sentence can name, with how it is written and how it is printed."""
    wave = found(slug)
    seen(request, wave, "the figures of the report")
    telling = telling_of(wave)
    context = {"wave": wave, "tables": figures(telling, telling.counted.tables), "whole": whole(telling)}
    return render(request, "release/figures.html", context)


@page("survey.see")
def survey_report_preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole as one web page, as the release will have it, charts and all."""
    wave = found(slug)
    seen(request, wave, "its preview")
    telling = telling_of(wave)
    made = telling.report()
    if made is None:
        messages.warning(request, "Something in the report cannot stand yet: it is marked below.")
        return redirect("survey_report", slug)
    from wherewithal.formats.report.web import page as as_page

    as_it_would_be = as_page(replace(made, version=f"{made.version}, not released"))
    return page_answer(as_it_would_be, f"{slug}-preview.html")


@page("survey.see")
def survey_report_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The report's sentences and what stands where, to be kept or used for another wave."""
    return toml_answer(text(telling_of(found(slug)).definition).encode(), f"{slug}-report.toml")


@dataclass(frozen=True)
class Figures:
    """A table's figures as sentences name them: its question's id, and rows of answer, share and its name."""

    question: str
    title: str
    rows: list[tuple[str, str, str]]


def figures(telling: "Telling", tables: Mapping[str, Any]) -> list[Figures]:
    """Each table with how its shares are printed; nothing of what is suppressed."""
    from wherewithal.analytics.report.sentences import BadSentence, fill

    found = []
    for id, table in tables.items():
        rows = []
        for row in table.rows:
            name = f"{{share {id}={row.value}}}"
            try:
                rows.append((row.label, fill(name, telling.counted), name))
            except BadSentence:
                rows.append((row.label, "not shown", ""))
        found.append(Figures(id, table.title, rows))
    return found


def whole(telling: "Telling") -> list[tuple[str, str]]:
    """What is known of the whole wave, by the name that a sentence has for it."""
    from wherewithal.analytics.report.sentences import fill

    names = ("invited", "cohort", "rate", *telling.counted.facts)
    return [(f"{{{name}}}", fill(f"{{{name}}}", telling.counted)) for name in names]


_REPORT = "survey/<slug:slug>/report/"
urlpatterns = [
    path(_REPORT, survey_report, name="survey_report"),
    path(f"{_REPORT}figures/", survey_report_figures, name="survey_report_figures"),
    path(f"{_REPORT}preview/", survey_report_preview, name="survey_report_preview"),
    path(f"{_REPORT}file/", survey_report_file, name="survey_report_file"),
]
