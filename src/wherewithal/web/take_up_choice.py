"""What an address of a take-up page chooses: ``?year=&group=&council=&region=&type=&per=``, checked.

The address holds the whole choice, so that it can be sent to a colleague.
"""

from dataclasses import asdict, dataclass, replace
from functools import cache, cached_property
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from wherewithal.analytics.compared import Compared, compared, is_share, subject
from wherewithal.analytics.populations import YEARS, people_of, population
from wherewithal.analytics.rates import NoRate
from wherewithal.core.policy import NoPolicy
from wherewithal.policy.councils import councils, name_of
from wherewithal.policy.series import ALL, SeriesTable, series_table, series_tables
from wherewithal.policy.trend import Part
from wherewithal.web.forms import Form

ASKED = ("year", "group", "council", "region", "type", "per")


@dataclass(frozen=True)
class Choice:
    """``per`` is the year of a population or '', ``council`` a code or ''; a ``region`` and a ``type`` say
    which of the councils are looked at, '' for all.
    """

    part: Part
    year: str
    group: str = ALL
    council: str = ""
    region: str = ""
    type: str = ""
    per: str = ""

    @property
    def table(self) -> SeriesTable:
        return series_table(self.part.table)

    @property
    def is_share(self) -> bool:
        return is_share(self.part)

    @property
    def compared(self) -> Compared | None:
        """None for counts that are divided by nobody."""
        by = population(self.part.table, self.group, self.per)
        if not (self.is_share or by):
            return None
        return compared(self.part.table, self.part.series, self.year, self.group, by)

    @property
    def has_population(self) -> bool:
        """Is there anybody whom the counts of this group may be divided by?"""
        return not self.is_share and bool(people_of(self.part.table, self.group))

    @property
    def council_name(self) -> str:
        return name_of(self.council) if self.council else ""

    @property
    def narrowed(self) -> str:
        """The region and the type in words; '' for all councils."""
        return ", ".join(filter(None, (self.region, self.type)))

    @property
    def query(self) -> str:
        """As it stands in an address: only what differs from what is shown unasked."""
        unasked = asdict(Choice(self.part, newest(self.part)))
        given = {name: value for name, value in asdict(self).items() if name in ASKED}
        return urlencode({name: value for name, value in given.items() if value != unasked[name]})

    def has(self, one: Any) -> bool:
        """Is a council, or an area of several, one of those that are looked at?"""
        return self.region in ("", one.region) and self.type in ("", one.type)

    @cached_property
    def offers(self) -> dict[str, list[tuple[str, str]]]:
        """What may be chosen, by what is asked: the value and its words."""
        points = self.table.of(self.part.series)
        groups = dict.fromkeys(one.group for one in points if one.year == self.year)
        here = councils(self.year)
        return {
            "year": [(year, year) for year in sorted(self.part.years, reverse=True)],
            "group": [(group, self.table.groups[group]) for group in groups],
            "region": [("", "All"), *((name, name) for name in sorted({one.region for one in here}))],
            "type": [("", "All"), *((name, name) for name in sorted({one.type for one in here}))],
            "per": self._populations,
        }

    @property
    def _populations(self) -> list[tuple[str, str]]:
        """The years of the population that this group belongs to; none where none is on record."""
        if not self.has_population:
            return []
        who = "Adults" if self.group == ALL else f"People {self.table.groups[self.group]}"
        return [("", "Not divided"), *((year, f"{who} in {year}, per 1,000") for year in YEARS)]


@cache
def _council_options(year: str) -> tuple[tuple[str, str], ...]:
    """Of each council by its code the option as it stands in a page: 150 of them are drawn once."""
    here = sorted(councils(year), key=lambda one: one.name)
    return (
        ("", '<option value="">None</option>'),
        *((one.code, format_html('<option value="{}">{}</option>', one.code, one.name)) for one in here),
    )


def council_options(choice: Choice) -> SafeString:
    """The options of “Council to mark”, with the choice selected."""
    marked = (
        option.replace("<option", "<option selected", 1) if code == choice.council else option
        for code, option in _council_options(choice.year)
    )
    return mark_safe("".join(marked))  # noqa: S308 each was escaped as it was made


class ChoiceForm(Form):
    """What there is to choose but for the council; of one thing alone nothing is asked."""

    def __init__(self, choice: Choice) -> None:
        super().__init__(initial={name: getattr(choice, name) for name in ASKED})
        labels = {
            "year": "Year", "group": "Who is counted", "region": "Region",
            "type": "Type of council", "per": "Divided by",
        }  # fmt: skip
        for name in labels:
            if len(choice.offers[name]) > 1:
                self.fields[name] = forms.ChoiceField(label=labels[name], choices=choice.offers[name])


def chosen(request: HttpRequest, table: str, series: str) -> Choice:
    """The choice of an address. Raises Http404, in words, for what is not there."""
    part = part_named(table, series)
    asked = {name: request.GET.get(name, "") for name in ASKED}
    year = asked.pop("year") or newest(part)
    if year not in part.years:
        raise Http404(f"There is no year “{year}” here. There are: {', '.join(part.years)}.")
    choice = Choice(part, year, **asked | {"group": asked["group"] or ALL})
    if not (choice.is_share or choice.has_population) and choice.per in YEARS:
        # Another group was chosen before; the page says why.
        choice, asked["per"] = replace(choice, per=""), ""
    for name in ("group", "region", "type", "per"):
        known = [one for one, _ in choice.offers[name]]
        if asked[name] and asked[name] not in known:
            there = ", ".join(filter(None, known)) or "none"
            raise Http404(f"There is no {name} “{asked[name]}” here. There are: {there}.")
    try:
        _ = choice.council_name, choice.compared
    except (NoPolicy, NoRate) as refusal:
        raise Http404(refusal.says) from refusal
    return choice


def part_named(table: str, series: str) -> Part:
    """A share, or a count that a trend follows. Raises Http404."""
    part = Part(table, series)
    if (
        table in series_tables()
        and series in series_table(table).series
        and (is_share(part) or subject(part))
    ):
        return part
    raise Http404(f"There is no take-up series “{table}/{series}”.")


def newest(part: Part) -> str:
    """The last year of a series."""
    return part.years[-1]
