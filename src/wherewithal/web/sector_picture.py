"""The national picture on a page: by subject and year as printed, with breaks, and what is not on record."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.text import capfirst
from markupsafe import Markup

from wherewithal.analytics.national_picture import Topic, picture
from wherewithal.analytics.national_printed import DIRECT, DIRECTED, PAYMENTS, Fact, not_on_record
from wherewithal.analytics.national_years import facts
from wherewithal.analytics.trend import trend
from wherewithal.core.report import Bar, Chart
from wherewithal.formats.report.chart import svg as bars
from wherewithal.formats.trend_chart import svg as line
from wherewithal.policy.councils import ENGLAND
from wherewithal.policy.trend import trend as definition
from wherewithal.web.page import public, render
from wherewithal.web.sheets import Sheet, sheet_csv, sheets_ods
from wherewithal.web.templating import lowfirst
from wherewithal.web.trend_drawn import runs_of

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
    pictures: tuple[tuple[str, Markup], ...]
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


def _part(topic: Topic) -> Part:
    sources = tuple(dict.fromkeys(one.source for one in _of(topic)))
    return Part(topic, _sheet(topic), _pictures(topic), not_on_record()[topic], sources)


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


def _pictures(topic: Topic) -> tuple[tuple[str, Markup], ...]:
    if topic == "people":
        return (
            ("People with a direct payment on 31 March. A dotted line: the two sides are not the same count.",
             _line(PAYMENTS)),
            *((f"{definition(id).title}: of those with long-term support. A dotted line: another definition.",
               _line(id)) for id in (DIRECTED, DIRECT)),
        )  # fmt: skip
    if topic == "spread":
        return (("Of all budgets in 2011, as printed in words and so rounded.", _spread()),)
    if topic == "held":
        return (
            (
                "Of people with self-directed support, by year; the two years are of two definitions.",
                _held(),
            ),
        )
    return ()


def _line(id: str) -> Markup:
    found = trend(definition(id), ENGLAND)
    return Markup(line(runs_of(found), found.stretches[0].series.unit))  # noqa: S704 - drawn from numbers and years


def _spread() -> Markup:
    values = {one.what: one.value for one in picture()}
    people = values["People with a personal budget"]
    names = ("Budgets under £1,000 a year", "Budgets between", "Budgets of £10,000 a year or more")
    return _bars((name, float(values[name] / people * 100)) for name in names)


def _held() -> Markup:
    return _bars(
        (f"{one.year}: {lowfirst(one.what)}", float(one.written.rstrip("%")))
        for one in _of("held") if one.written.endswith("%")
    )  # fmt: skip


def _bars(of: Iterable[tuple[str, float]]) -> Markup:
    drawn = tuple(Bar(label, percent) for label, percent in of)
    return Markup(bars(Chart("", "", drawn, "")))  # noqa: S704 - drawn with its words escaped


urlpatterns = [
    path("sector/national-picture/", sector_picture, name="sector_picture"),
    path("sector/national-picture/<slug:table>.csv", sector_picture_csv, name="sector_picture_csv"),
    path("sector/national-picture/tables.ods", sector_picture_ods, name="sector_picture_ods"),
]
