"""The Jinja environment of every page: our templates first, then GOV.UK's components as macros."""

from collections.abc import Iterable, MutableMapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.paginator import Page
from django.db import DatabaseError
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader

from wherewithal.core import money, period
from wherewithal.core.policy import Used
from wherewithal.core.roles import Role
from wherewithal.core.workings import Line
from wherewithal.policy.contact import Contact, contact
from wherewithal.records.models import Council
from wherewithal.web.drawing import drawn, faults
from wherewithal.web.stacking import stacked

# A role's name as a page says it, where it is not the word itself.
ROLE_WORDS = {
    Role.PERSON: "person with a budget",
    Role.CARER: "carer",
    Role.PRACTITIONER: "social care worker",
    Role.PANEL: "risk enablement panel",
    Role.DIRECT_PAYMENT_OFFICER: "direct payment officer",
    Role.FINANCE: "finance officer",
    Role.ANALYST: "performance analyst",
    Role.SURVEYOR: "survey officer",
}

_council: list[str] = []


class Plain(Environment):
    """All that every template knows, in one dictionary. Jinja's own chains two and goes through them name by
    name for each template that another takes in: a quarter of the time of a short page. What is added to
    ``globals`` later does not reach a template that is loaded.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **(d or {})}


def environment(**options: Any) -> Environment:
    """What Django's Jinja2 backend calls, with ``loader`` set to the folders of its ``DIRS``.

    Undefined names print as nothing: the GOV.UK macros rely on it.
    """
    components = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    loader = ChoiceLoader([options.pop("loader"), components])
    options.pop("autoescape", None)
    made = Plain(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, **options)
    made.globals.update(
        url=url, static=static, drawn=drawn, faults=faults, demo=settings.DEMO,
        council_name=council_name, reach_us=reach_us,
    )  # fmt: skip
    made.filters.update(
        pounds=money.pounds, written=written, when=when, amount=amount, line_value=line_value,
        role=role, plural=plural, links=links, capfirst=capfirst, lowfirst=lowfirst,
        summary_rows=summary_rows, pages=pages, stacked=stacked,
    )  # fmt: skip
    return made


def council_name() -> str:
    """Whose deployment this is, asked once a process; nothing before there is one, or without records."""
    if not _council:
        try:
            _council.extend(Council.objects.values_list("name", flat=True)[:1])
        except DatabaseError:  # the page that says what went wrong is drawn all the same
            return ""
    return _council[0] if _council else ""


def reach_us() -> Contact:
    """How people reach the council today."""
    return contact(Used(timezone.localdate()))


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a named page; raises NoReverseMatch for a name that does not exist."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def lowfirst(words: str) -> str:
    """With a small letter at the beginning, for the middle of a sentence."""
    return words[:1].lower() + words[1:]


def links(of: Iterable[tuple[Any, ...] | dict[str, Any]]) -> list[dict[str, Any]]:
    """(label, address) or (label, address, current) as GOV.UK's macros take them; what they take stays."""
    return [
        link if isinstance(link, dict) else {"text": link[0], "href": link[1], "active": any(link[2:])}
        for link in of
    ]


def summary_rows(of: Iterable[tuple[Any, ...]]) -> list[dict[str, Any]]:
    """(key, value), and as many of address and action as there are, as a GOV.UK summary list's rows."""
    rows = []
    for key, value, *action in of:
        row: dict[str, Any] = {"key": {"text": key}, "value": {"text": value}}
        if action:
            row["actions"] = {
                "items": [
                    {"href": href, "text": text, "visuallyHiddenText": str(key).lower()}
                    for href, text in zip(action[::2], action[1::2], strict=True)
                ]
            }
        rows.append(row)
    return rows


def pages(page: Page[Any], query: str = "") -> dict[str, Any]:
    """A page of a list as GOV.UK's pagination takes it; ``query`` is kept in every address."""

    def href(number: int) -> str:
        return f"?{query}{'&' if query else ''}page={number}"

    shown = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    items = [
        {"number": number, "href": href(number), "current": number == page.number}
        if isinstance(number, int)
        else {"ellipsis": True}
        for number in shown
    ]
    params: dict[str, Any] = {"items": items}
    if page.has_previous():
        params["previous"] = {"href": href(page.previous_page_number())}
    if page.has_next():
        params["next"] = {"href": href(page.next_page_number())}
    return params


def written(day: date | None) -> str:
    """A date as ``6 April 2026``; nothing for no date."""
    if isinstance(day, datetime):
        day = timezone.localtime(day).date()
    return period.written(day) if day else ""


def when(at: datetime | None) -> str:
    """A moment as people in England tell it: ``6 April 2026, 2:05pm``; nothing for none."""
    if at is None:
        return ""
    here = timezone.localtime(at)
    hour, half = here.hour % 12 or 12, "am" if here.hour < 12 else "pm"
    return f"{period.written(here.date())}, {hour}:{here.minute:02d}{half}"


def amount(value: int | None, unit: str) -> str:
    """A whole number in its unit (see ``core.workings.Unit``): ``£214.50 a week``, ``12 points``."""
    if value is None:
        return ""
    if unit in ("pence", "pence_per_week", "pence_per_year"):
        return money.pounds(value) + {"pence_per_week": " a week", "pence_per_year": " a year"}.get(unit, "")
    if unit == "percent":
        return f"{value}%"
    if unit == "points":
        return plural(value, "point")
    return f"{value:,}"


def line_value(line: Line) -> str:
    """The value of a line of workings, in its unit; nothing when the line only explains."""
    return amount(line.value, line.unit)


def role(of: str) -> str:
    """A role as a page says it: ``direct_payment_officer`` -> ``direct payment officer``."""
    return ROLE_WORDS.get(Role(of), str(of).replace("_", " "))


def plural(count: int, one: str, many: str = "") -> str:
    """A count with its noun: ``1 point``, ``1,200 points``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
