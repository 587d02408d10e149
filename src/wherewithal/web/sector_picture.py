"""The national picture on a page: by subject and year as printed, with breaks, and what is not on record."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.text import capfirst
from markupsafe import Markup

from wherewithal.analytics.national_picture import Topic
from wherewithal.analytics.national_printed import Fact, not_on_record
from wherewithal.analytics.national_years import facts
from wherewithal.web.downloads import svg_answer
from wherewithal.web.page import public, render
from wherewithal.web.sector_picture_drawn import Drawn, chart, charts
from wherewithal.web.sheets import Sheet, sheet_csv, sheets_ods

_TITLES: dict[Topic, str] = {
    "people": "People",
    "money": "Money",
    "share": "Share of direct spending",
    "growth": "Growth",
    "spread": "How large budgets are",
    "held": "How budgets are held",
    "councils": "How far councils are apart",
}
_HEAD = ("Year", "What", "Figure", "How it is known")
_PLAIN = (
    "Subject", "Year", "What", "Figure", "Worked out", "What does not follow, or why there is none", "Source",
)  # fmt: skip


@dataclass(frozen=True)
class Part:
    """One subject: its table, a picture where one tells something, and what is not on record."""

    id: Topic
    sheet: Sheet
    pictures: tuple[tuple[Drawn, Markup], ...]
    not_on_record: str
    sources: tuple[str, ...]


@public
def sector_picture(request: HttpRequest) -> HttpResponse:
    """All subjects, in the order of the report of 2011."""
    return render(request, "sector/picture.html", {"parts": [_part(topic) for topic in _TITLES]})


@public
def sector_picture_csv(request: HttpRequest, table: str) -> HttpResponse:
    """One subject's table."""
    return sheet_csv([_sheet(topic) for topic in _TITLES], table, "national-picture")


@public
def sector_picture_ods(request: HttpRequest) -> HttpResponse:
    """All subjects as an accessible spreadsheet."""
    cover = ["Each figure as printed, or worked out from printed ones; [x] where none may be told.", *(
        f"{_TITLES[topic]}. Not on record: {words}" for topic, words in not_on_record().items()
    )]  # fmt: skip
    return sheets_ods(map(_sheet, _TITLES), "The national picture", cover, "national-picture")


@public
def sector_picture_svg(request: HttpRequest, what: str) -> HttpResponse:
    """One chart as a file that says what it shows."""
    return svg_answer(chart(what).draw(True).encode(), f"national-picture-{what}.svg")


def _part(topic: Topic) -> Part:
    sources = tuple(dict.fromkeys(one.source for one in _of(topic)))
    drawn = tuple((one, Markup(one.draw(False))) for one in charts() if one.topic == topic)  # noqa: S704 - drawn with its words escaped
    return Part(topic, _sheet(topic), drawn, not_on_record()[topic], sources)


def _of(topic: Topic) -> list[Fact]:
    return [one for one in facts() if one.topic == topic]


def _sheet(topic: Topic) -> Sheet:
    rows = [
        (
            one.year,
            one.what,
            one.written or "not told",
            " ".join(filter(None, [_sentence(one.worked_out), one.caveat])),
        )
        for one in _of(topic)
    ]
    plain = [
        (_TITLES[topic], one.year, one.what, one.written or "[x]", one.worked_out, one.caveat, one.source)
        for one in _of(topic)
    ]
    return Sheet(topic, _TITLES[topic], _HEAD, rows, (2,), _PLAIN, plain)


def _sentence(worked_out: str) -> str:
    if not worked_out:
        return ""
    return f"{capfirst(worked_out)}."


urlpatterns = [
    path("sector/national-picture/", sector_picture, name="sector_picture"),
    path("sector/national-picture/<slug:table>.csv", sector_picture_csv, name="sector_picture_csv"),
    path("sector/national-picture/tables.ods", sector_picture_ods, name="sector_picture_ods"),
    path("sector/national-picture/<slug:what>.svg", sector_picture_svg, name="sector_picture_svg"),
]
