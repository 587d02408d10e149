"""Who could have a budget, in years to come, on a page: the choice stands in the address."""

from fractions import Fraction
from functools import cache, lru_cache
from typing import Any, cast

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from markupsafe import Markup

from wherewithal.analytics.national_picture import printed
from wherewithal.analytics.size_band import in_words
from wherewithal.analytics.target_group import Projected, grains, projections, weights
from wherewithal.core.band import ROUNDED_APART
from wherewithal.core.policy import NoPolicy
from wherewithal.formats.band_chart import SHAPES, svg
from wherewithal.policy.published import publication
from wherewithal.policy.target_groups import TargetGroup, target_group, target_groups
from wherewithal.web.downloads import svg_answer
from wherewithal.web.forms import Form
from wherewithal.web.page import public, render
from wherewithal.web.sheets import sheet_csv, sheets_ods
from wherewithal.web.target_group_told import SIGNS, drawn, parts, pounds, scenario_of, sheets, spans

_PICTURES = {"people": ("people", "People who could have a budget"), "money": ("pounds", "Pounds a year")}
NONE, EVERY = "none", "all"
_SAID = ("R2.2-confident", "R2.2-15000", "R2.2-5000", "R2.3-majority-rap", "R2.3-most-demographic", "R2.3-65")


class ChoiceForm(Form):
    """Which years and scenarios to tell, at which take-up; everything is chosen while nothing is."""

    scenario = forms.ChoiceField(label="Scenario", required=False)
    years = forms.MultipleChoiceField(
        label="Years",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="None ticked is all of them.",
    )
    take_up = forms.DecimalField(
        label="Share of them with a budget, in percent", max_digits=5, decimal_places=2, min_value=1,
        max_value=100, required=False, help_text="Left empty, it is 100.",
    )  # fmt: skip

    def __init__(self, data: Any, group: TargetGroup) -> None:
        super().__init__(data)
        every = [(EVERY, "All of them"), (NONE, "Without prevention")]
        every += [(one.id, one.title) for one in group.scenarios]
        cast(forms.ChoiceField, self.fields["scenario"]).choices = every
        told = [(year, year) for year in group.population if int(year) >= int(group.base_year)]
        cast(forms.MultipleChoiceField, self.fields["years"]).choices = told


@public
def sector_target_groups(request: HttpRequest) -> HttpResponse:
    """Every target group on record, and what councils said of theirs in 2011."""
    said = [(one.what, one.printed, one.id) for one in map(printed, _SAID)]
    context = {"groups": target_groups(), "said": said, "report": publication("adass-2011")}
    return render(request, "sector/target_groups.html", context)


@public
def sector_target_group(request: HttpRequest, id: str) -> HttpResponse:
    """One target group: who is counted, and the years and scenarios that were asked for."""
    group = _group(id)
    form = ChoiceForm(request.GET or None, group)
    (told, take_up), base = _told(id, form), _base(id)
    context = {
        "id": id, "group": group, "form": form, "query": request.GET.urlencode(),
        "take_up": f"{float(take_up):g}",
        "size": in_words(base.people), "base": base,
        "parts": parts(group), "sheets": sheets(group, told, take_up),
        "people": Markup(svg(spans(told, "people"))),  # noqa: S704 - drawn from numbers and years
        "money": Markup(svg(spans(told, "pounds"), "£")),  # noqa: S704 - drawn from numbers and years
        "drawn": {of: drawn(told, of) for of in ("people", "pounds")},
        "weights": [(one.input, pounds(one.pounds)) for one in weights(group, told[-1].year, take_up)[:3]],
        "last": told[-1].year, "scenarios": any(one.scenario for one in told),
        "shapes": list(dict.fromkeys(map(scenario_of, told))), "marks": SHAPES,
        "rounded_apart": ROUNDED_APART, "to": grains([base, *told]),
    }  # fmt: skip
    return render(request, "sector/target_group.html", context)


@public
def sector_target_group_csv(request: HttpRequest, id: str, table: str) -> HttpResponse:
    """One table of that page, of the same choice."""
    group = _group(id)
    told, take_up = _told(id, ChoiceForm(request.GET or None, group))
    return sheet_csv(sheets(group, told, take_up), table, f"target-group-{id}")


@public
def sector_target_group_ods(request: HttpRequest, id: str) -> HttpResponse:
    """All tables of that page, of the same choice, as an accessible spreadsheet."""
    group = _group(id)
    told, take_up = _told(id, ChoiceForm(request.GET or None, group))
    return sheets_ods(
        sheets(group, told, take_up), group.title, [group.source, ROUNDED_APART], f"target-group-{id}"
    )


@public
def sector_target_group_svg(request: HttpRequest, id: str, what: str) -> HttpResponse:
    """One picture of that page, of the same choice: of people or of money."""
    group = _group(id)
    if what not in _PICTURES:
        raise Http404(f"There is no picture “{what}” here.")
    told, take_up = _told(id, ChoiceForm(request.GET or None, group))
    field, of = _PICTURES[what]
    says = f"At {float(take_up):g}% with a budget. {drawn(told, field)}"
    made = svg(spans(told, field), SIGNS.get(field, ""), title=f"{of}: {group.title}", says=says)
    return svg_answer(made.encode(), f"target-group-{id}-{what}.svg")


@cache
def _group(id: str) -> TargetGroup:
    try:
        return target_group(id)
    except NoPolicy as refusal:
        raise Http404(refusal.says) from refusal


@lru_cache(maxsize=32)  # a page and its files are of one choice, and most visitors choose no take-up
def _every(id: str, take_up: Fraction) -> tuple[Projected, ...]:
    return tuple(projections(_group(id), take_up))


def _told(id: str, form: ChoiceForm) -> tuple[list[Projected], Fraction]:
    """What was asked for; everything where nothing was, or what was has a fault."""
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    take_up = Fraction(asked.get("take_up") or 100)
    years, scenario = asked.get("years"), asked.get("scenario") or EVERY
    told = [
        one for one in _every(id, take_up)
        if (not years or one.year in years)
        and scenario in (EVERY, one.scenario.id if one.scenario else NONE)
    ]  # fmt: skip
    return told or [_base(id, take_up)], take_up


def _base(id: str, take_up: Fraction = Fraction(100)) -> Projected:
    return next(one for one in _every(id, take_up) if one.year == _group(id).base_year)


urlpatterns = [
    path("sector/target-group/", sector_target_groups, name="sector_target_groups"),
    path("sector/target-group/<slug:id>/", sector_target_group, name="sector_target_group"),
    path(
        "sector/target-group/<slug:id>/<slug:table>.csv",
        sector_target_group_csv,
        name="sector_target_group_csv",
    ),
    path("sector/target-group/<slug:id>/tables.ods", sector_target_group_ods, name="sector_target_group_ods"),
    path(
        "sector/target-group/<slug:id>/<slug:what>.svg",
        sector_target_group_svg,
        name="sector_target_group_svg",
    ),
]
