"""The charts of the national picture: on its page, and each as a file of its own that says what it shows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import Http404

from wherewithal.analytics.national_picture import Topic, picture
from wherewithal.analytics.national_printed import DIRECT, DIRECTED, PAYMENTS
from wherewithal.analytics.national_years import facts
from wherewithal.analytics.trend import trend
from wherewithal.core.report import Bar, Chart
from wherewithal.formats.report.chart import svg as bars
from wherewithal.formats.trend_chart import svg as line
from wherewithal.policy.councils import ENGLAND
from wherewithal.policy.trend import trend as definition
from wherewithal.web.templating import lowfirst
from wherewithal.web.trend_drawn import runs_of

_SPREAD = ("Budgets under £1,000 a year", "Budgets between", "Budgets of £10,000 a year or more")


@dataclass(frozen=True)
class Drawn:
    """A chart: ``id`` as in its file's address, ``notes`` what stands under it; ``draw`` makes it, as a file
    with its title and its words in it.
    """

    id: str
    topic: Topic
    title: str
    notes: str
    draw: Callable[[bool], str]


def charts() -> tuple[Drawn, ...]:
    """All of them, in the order of their subjects."""
    dotted = "A dotted line: the two sides are not the same count."
    return (
        _trend(PAYMENTS, "People with a direct payment on 31 March", dotted),
        *(_trend(id, f"{definition(id).title}: of those with long-term support", dotted)
          for id in (DIRECTED, DIRECT)),
        _shares("spread", "How large budgets were in 2011", "As printed in words, and so rounded.", _spread),
        _shares("held", "How self-directed support is held",
                "Of people who have it, by year; the two years are of two definitions.", _held),
    )  # fmt: skip


def chart(id: str) -> Drawn:
    """Raises Http404."""
    for one in charts():
        if one.id == id:
            return one
    raise Http404(f"There is no picture “{id}” here.")


def _trend(id: str, title: str, notes: str) -> Drawn:
    def draw(alone: bool) -> str:
        found = trend(definition(id), ENGLAND)
        told = (f"{one.year} {one.value}" for stretch in found.stretches for one in stretch.figures)
        says = f"England: {'; '.join(told)}. {notes}"
        unit = found.stretches[0].series.unit
        return line(runs_of(found), unit, title=title if alone else "", says=says if alone else "")

    return Drawn(id, "people", title, notes, draw)


def _shares(topic: Topic, title: str, notes: str, of: Callable[[], Iterable[tuple[str, float]]]) -> Drawn:
    def draw(alone: bool) -> str:
        drawn = tuple(Bar(label, percent) for label, percent in of())
        told = "; ".join(f"{one.label} {one.percent:.0f}%" for one in drawn)
        return bars(Chart(title, f"{told}. {notes}", drawn, ""), alone)

    return Drawn(topic, topic, title, notes, draw)


def _spread() -> Iterable[tuple[str, float]]:
    values = {one.what: one.value for one in picture()}
    people = values["People with a personal budget"]
    return ((name, float(values[name] / people * 100)) for name in _SPREAD)


def _held() -> Iterable[tuple[str, float]]:
    return (
        (f"{one.year}: {lowfirst(one.what)}", float(one.written.rstrip("%")))
        for one in facts() if one.topic == "held" and one.written.endswith("%")
    )  # fmt: skip
