"""The figures, on ``/measures/``: every definition of take-up side by side, the wait, and who is counted."""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.html import format_html

from wherewithal.analytics.arrival import percent
from wherewithal.analytics.bridge import bridged
from wherewithal.analytics.figures import Reason
from wherewithal.analytics.year import NoSuchYear, ReportingYear
from wherewithal.policy.measure import Measure
from wherewithal.policy.measure import measures as all_measures
from wherewithal.policy.measure_days import Days
from wherewithal.policy.measure_kinds import InYear
from wherewithal.web import counted, measure_definition, tallies
from wherewithal.web.behind import counted_as, in_words, siblings
from wherewithal.web.bridge_told import FIRST, LAST
from wherewithal.web.clock import today
from wherewithal.web.measure_published import published_of
from wherewithal.web.measure_shown import Shown
from wherewithal.web.measure_target import own_targets_of
from wherewithal.web.measure_years import ONE_SERIES, over_the_years
from wherewithal.web.page import page, render
from wherewithal.web.templating import council_name

GROUP_WORDS = {"total": "Everyone", "18-64": "Aged 18 to 64", "65+": "Aged 65 or over"}
HEADINGS = {
    "ni130-2008": "The official count of 2008-09, for each 100,000 people",
    "ni130": "The official count of 2009 to 2011, and what its denominator added",
    "ascof-1c-2011": "The official count of 2011 to 2014",
    "ascof-1c-2014": "The official count of 2014 to 2023",
    "ascof-3d": "The official count from 2024",
    "budgets": "Personal budgets: how they are held and what they come to",
    "days": "From asking to the assessment, the plan and the first payment",
    "offers-and-reviews": "Offers and reviews",
    "local": "Our own measures",
}
TAKE_UP = ("ni130-2008", "ni130", "ascof-1c-2011", "ascof-1c-2014", "ascof-3d")
TAKE_UP_LABEL = "People with a personal budget, of those who could have one"
OWN = "Our own measures: what the council set for itself"
BANDS = ((28, "Up to 4 weeks"), (42, "Over 4, up to 6 weeks"), (84, "Over 6, up to 12 weeks"))
LONGER = "Over 12 weeks"


@page("measure.see")
def measures(request: HttpRequest) -> HttpResponse:
    period, periods = chosen_period(request)
    found = counted.counted(period)
    families = [
        (HEADINGS.get(family, family), [one[0] for id in ids if (one := shown_of(id, found))])
        for family, ids in _families().items()
    ]
    context = {
        "period": period,
        "periods": periods,
        "counted_at": found.at,
        "families": [family for family in families if family[1]],
        "offers": tallies.offers(),
        "why_not": tallies.why_not(),
        "risks": tallies.risks(),
    }
    return render(request, "measures/measures.html", context)


@page("measure.see")
def measure(request: HttpRequest, id: str) -> HttpResponse:
    one = chosen_measure(id)
    period, periods = chosen_period(request)
    found = counted.counted(period)
    shown = shown_of(id, found)
    family = siblings(one)
    context = {
        "one": one,
        "label": _label(one),
        "plain": _plain(one, family[0]),
        "period": period,
        "periods": periods,
        "counted_at": found.at,
        "main": shown[0] if shown else None,
        "groups": [(GROUP_WORDS[each.figure.group], each) for each in shown],
        "of_no_age": _of_no_age(shown),
        "others": [others[0] for other in family if (others := shown_of(other.id, found))],
        "definition": measure_definition.lines(one),
        "leaves_out": one.counts.leaves_out if isinstance(one.counts, InYear) else (),
        "counted_rows": [
            (reason.why, in_words(one, reason), _how_many(one, period, reason))
            for reason in _in_bands(one, found.reasons.get(id, []))
        ],
        "own_targets": own_targets_of(one, council_name(), today()),
        "percent": percent,
        "years": over_the_years(one),
        "one_series": ONE_SERIES,
        "published": published_of(one),
        "who": counted_as(one)[1],
        "bridges": _bridges_to(one),
        "others_are": "Our own measures" if one.local else "Every definition of this kind",
    }
    return render(request, "measures/measure.html", context)


def _of_no_age(shown: Sequence[Shown]) -> int:
    """How many of the base no age group holds, since their age is not known."""
    bases = {one.figure.group: one.figure.denominator for one in shown}
    return 2 * bases["total"] - sum(bases.values()) if bases.keys() == GROUP_WORDS.keys() else 0


def _bridges_to(one: Measure) -> str:
    """The definition to which a bridge leads from this one: that of today, or from that the one of 2011."""
    if one not in bridged():
        return ""
    return LAST if one.id != LAST else FIRST


def chosen_measure(id: str) -> Measure:
    """The measure that an address names. Raises Http404."""
    if id not in all_measures():
        raise Http404(f"There is no measure “{id}”.")
    return all_measures()[id]


def chosen_period(request: HttpRequest) -> tuple[ReportingYear, list[ReportingYear]]:
    """The year that ``?year=`` names, else the last whole one on record, else the running one so far; and the
    years to choose from. Before anything was counted, any year up to now may turn out to be on record.

    Raises Http404.
    """
    periods = counted.years(today())
    wanted = request.GET.get("year", "")
    if not wanted:
        return counted.last_whole_year(today()), periods
    found = next((one for one in periods if one.name == wanted), None)
    if found is None:
        found = _year_named(wanted)
        if counted.is_any() or found is None or found.first > today():
            raise Http404(f"Nothing is on record for {wanted}.")
        periods = [*periods, found]
    return found, periods


def _year_named(name: str) -> ReportingYear | None:
    try:
        return ReportingYear(name)
    except NoSuchYear:
        return None


def _families() -> dict[str, list[str]]:
    """The ids of the measures by family, the oldest definition first."""
    found: dict[str, list[str]] = {family: [] for family in HEADINGS}
    for one in all_measures().values():
        found.setdefault(one.family, []).append(one.id)
    return found


def shown_of(id: str, found: counted.LastCount) -> list[Shown]:
    """A measure's figures of a year, everyone first."""
    one, figures = all_measures()[id], found.figures.get(id, [])
    could = found.stands.highest(id) if one.highest else None
    return [Shown(one, figure, found.year, could if figure.group == "total" else None) for figure in figures]


def _in_bands(one: Measure, reasons: list[Reason]) -> list[Reason]:
    """Reasons as they are; for a wait, those counted in bands of weeks instead of a line for each day."""
    if not isinstance(one.counts, Days):
        return reasons
    bands = dict.fromkeys([*(words for _, words in BANDS), LONGER], 0)
    for reason in reasons:
        if reason.in_denominator:
            bands[band(reason.why)] += reason.people
    counted_ones = [Reason(words, many, True, True) for words, many in bands.items() if many]
    return counted_ones + [reason for reason in reasons if not reason.in_denominator]


def _label(one: Measure) -> str:
    """What kind of measure it is."""
    if one.local:
        return OWN
    return TAKE_UP_LABEL if one.family in TAKE_UP else HEADINGS.get(one.family, "")


def _plain(one: Measure, widest: Measure) -> str:
    """What the measure is; a variant is told as the widest of its kind without what it leaves out."""
    without = [out.title for out in one.counts.leaves_out] if isinstance(one.counts, InYear) else []
    *others, last = without or [""]
    named = " and ".join(filter(None, (", ".join(others), last)))
    return f"{widest.plain}, without {named}" if last else one.plain


def _how_many(one: Measure, period: ReportingYear, reason: Reason) -> str:
    """The count, which leads to those that it counts."""
    query = {"year": period.name, "why": reason.why}
    href = f"{reverse('measure_people', args=[one.id])}?{urlencode(query)}"
    hidden = format_html('<span class="govuk-visually-hidden">: {}</span>', reason.why)
    return format_html('<a class="govuk-link" href="{}">{}{}</a>', href, f"{reason.people:,}", hidden)


def band(why: str) -> str:
    """The band of a wait that is written ``38 days``."""
    found = re.match(r"(\d+) days?$", why)
    days = int(found[1]) if found else 0
    return next((words for most, words in BANDS if days <= most), LONGER)


urlpatterns: list[Any] = [
    path("measures/", measures, name="measures"),
    path("measures/<slug:id>/", measure, name="measure"),
]
