"""Take-up as it was published, on ``/sector/take-up/``: each series, councils compared by it."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from markupsafe import Markup

from wherewithal.analytics.compared import england, in_unit, is_share, shares, subject
from wherewithal.analytics.neighbours import Neighbours
from wherewithal.formats.spreadsheet import to_csv
from wherewithal.policy.series import Point
from wherewithal.policy.trend import Part, trend, trends
from wherewithal.web.downloads import csv_answer, ods_made, svg_answer
from wherewithal.web.page import public, render
from wherewithal.web.take_up_around import aims, alike, alike_lines, neighbours_table, trends_of
from wherewithal.web.take_up_choice import Choice, ChoiceForm, chosen, council_options, newest
from wherewithal.web.take_up_pictures import apart_words, picture, pictures_of, place_words, said, words
from wherewithal.web.take_up_tables import TABLES, counts, spread_lines, spreads, tables_of, whose

NO_TREND = "Of one year alone"


@dataclass(frozen=True)
class Latest:
    """A series with England's figure of its newest year; None where none was printed."""

    part: Part
    year: str
    figure: Point | None


@public
def take_up(request: HttpRequest) -> HttpResponse:
    """Every published series of take-up by its subject: the shares, and apart from them the counts."""
    subjects = [(trend(id).title, trend(id).says, _latest(trend(id).parts)) for id in trends()]
    alone = _latest(tuple(part for part in shares() if not subject(part)))
    told = [one for one in subjects if all(is_share(latest.part) for latest in one[2])]
    context = {
        "shares": [*told, (NO_TREND, "No other year of these is on record here.", alone)],
        "counts": [one for one in subjects if one not in told],
    }
    return render(request, "sector/take_up.html", context)


@public
def take_up_series(request: HttpRequest, table: str, series: str) -> HttpResponse:
    """One series: the figure, its trend, how councils differ, and where one of them stands."""
    choice = chosen(request, table, series)
    found, around = choice.compared, alike(choice)
    figure = england(choice.part, choice.year, choice.group)
    context: dict[str, Any] = {
        "choice": choice, "series": choice.part.of, "form": ChoiceForm(choice), "found": found,
        "council_options": council_options(choice),
        "figure": figure, "said": said, "subject": subject(choice.part) and trend(subject(choice.part)),
        "whose": whose(choice), "query": f"?{choice.query}" if choice.query else "",
        "aims": aims(choice), "trends": trends_of(choice), "alike": around,
        "pictures": {name: Markup(picture(choice, name)) for name in pictures_of(choice)},  # noqa: S704 drawn from numbers, names escaped
        "words": {name: words(choice, name) for name in pictures_of(choice)},
    }  # fmt: skip
    if found is not None:
        context |= _compared(choice)
    else:
        context |= {"counts": counts(choice)}
    if isinstance(around, Neighbours):
        context |= {"neighbours": neighbours_table(choice), "alike_lines": alike_lines(choice, around)}
    return render(request, "sector/take_up_series.html", context)


def _compared(choice: Choice) -> dict[str, Any]:
    found = choice.compared
    assert found is not None
    of = found.rates

    def in_words(share: Any) -> str:
        return in_unit(of, share)

    return {
        "in_unit": in_words, "everywhere": found.variation.everywhere, "spread": spread_lines(choice),
        "areas": [one for one in spreads(choice) if one[0] in ("Region", "Type")],
        "standings": [one for one in found.variation.standings if choice.has(one.of)],
        "unrated": [one for one in of.unrated if choice.has(one)],
        "place": place_words(choice, found) if choice.council else "",
        "apart": apart_words(found), "outside": sorted(
            (one for one in found.funnel.placed if one.outside(one.after) and choice.has(one.of)),
            key=lambda one: -one.of.share,
        ),
    }  # fmt: skip


@public
def take_up_csv(request: HttpRequest, table: str, series: str, what: str) -> HttpResponse:
    """One of the page's tables, with the same choice."""
    choice = chosen(request, table, series)
    if what not in tables_of(choice):
        raise Http404(f"This choice has no table “{what}”.")
    made = TABLES[what](choice)
    return csv_answer(to_csv(made.headings, made.rows), f"{_name(choice)}-{what}.csv")


@public
def take_up_ods(request: HttpRequest, table: str, series: str) -> HttpResponse:
    """All tables of the page in one accessible workbook."""
    choice = chosen(request, table, series)
    return ods_made(_workbook(choice), f"{_name(choice)}.ods")


@lru_cache(maxsize=64)
def _workbook(choice: Choice) -> bytes:
    """Kept, since anybody may ask for it and it takes a second to make."""
    from wherewithal.formats.ods import workbook  # the web starts without it

    tables = [TABLES[name](choice) for name in tables_of(choice)]
    group = choice.table.groups[choice.group]
    cover = [
        f"{choice.year}, {group}. {choice.narrowed or 'All councils'}.",
        whose(choice),
        choice.part.of.definition,
    ]
    return workbook(choice.part.of.title, cover, tables)


@public
def take_up_svg(request: HttpRequest, table: str, series: str, what: str) -> HttpResponse:
    """One of the page's pictures as a file of its own."""
    choice = chosen(request, table, series)
    if what not in pictures_of(choice):
        raise Http404(f"This choice has no picture “{what}”.")
    return svg_answer(picture(choice, what, alone=True).encode(), f"{_name(choice)}-{what}.svg")


def _latest(parts: tuple[Part, ...]) -> list[Latest]:
    """The newest first."""
    found = [Latest(part, newest(part), england(part, newest(part))) for part in parts]
    return sorted(found, key=lambda one: (one.year, one.part.series), reverse=True)


def _name(choice: Choice) -> str:
    return f"{choice.part.series}-{choice.year}"


_OF = "sector/take-up/<slug:table>/<slug:series>"
urlpatterns = [
    path("sector/take-up/", take_up, name="take_up"),
    path(f"{_OF}/", take_up_series, name="take_up_series"),
    path(f"{_OF}/<slug:what>.csv", take_up_csv, name="take_up_csv"),
    path(f"{_OF}/<slug:what>.svg", take_up_svg, name="take_up_svg"),
    path(f"{_OF}/figures.ods", take_up_ods, name="take_up_ods"),
]
