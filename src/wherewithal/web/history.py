"""The history of a record: every change with who, when and why; and who opened it."""

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Max, Model
from django.db.models.functions import TruncDate
from django.http import HttpRequest, HttpResponse
from django.urls import path

from wherewithal.core.money import pounds
from wherewithal.core.period import written
from wherewithal.core.roles import Role
from wherewithal.records.history import Change, Deed, Difference, deeds, keys
from wherewithal.records.models import Membership, Opening, Person, Team, User
from wherewithal.web import access
from wherewithal.web.my import whose
from wherewithal.web.page import page, render
from wherewithal.web.templating import role as role_words
from wherewithal.web.templating import when

A_PAGE = 20
LONGEST = 300  # letters of one value
NAMED = (User, Team, Person)
CALLED = {"caring": "unpaid care", "household": "member of the household", "actual": "card line",
          "representation": "representative", "nhs number": "NHS number", "pence": "amount"}  # fmt: skip


@page("person.history")
def person_history(request: HttpRequest, ref: str) -> HttpResponse:
    person = access.person(request, ref)
    found = Paginator(keys(person), A_PAGE).get_page(request.GET.get("page"))
    done = deeds(person, found)
    names = _names(done)
    rows = [
        {"deed": deed, "looked_at": deed.context.get("looked_at", []),
         "changes": [_told(change, names) for change in deed.changes]}
        for deed in done
    ]  # fmt: skip
    return render(request, "people/history.html", {"person": person, "found": found, "rows": rows})


@page("person.history")
def person_opened(request: HttpRequest, ref: str) -> HttpResponse:
    """Who opened the record, by day."""
    person = access.person(request, ref)
    found = Paginator(opened(person), A_PAGE).get_page(request.GET.get("page"))
    users = User.objects.in_bulk({row["user"] for row in found})
    held = roles_by_day(users)
    rows = [{**row, "who": users[row["user"]], "roles": held(row["user"], row["day"])} for row in found]
    return render(request, "people/opened.html", {"person": person, "found": found, "rows": rows})


@page("my.see")
def my_looked(request: HttpRequest) -> HttpResponse:
    """Who looked at the record of whose budget this is: roles and days, never names."""
    mine = whose(request)
    person = mine.person
    openings = opened(person).exclude(user=person.user_id) if person.user_id else opened(person)
    found = Paginator(openings, A_PAGE).get_page(request.GET.get("page"))
    held = roles_by_day(User.objects.in_bulk({row["user"] for row in found}))
    rows: dict[tuple[str, date], bool] = {}
    for row in found:
        key = (held(row["user"], row["day"]), row["day"])
        rows[key] = rows.get(key, False) or bool(row["emergency"])
    seen = [{"roles": roles, "day": day, "emergency": urgent} for (roles, day), urgent in rows.items()]
    context = {"whose": mine, "person": person, "found": found, "rows": seen}
    return render(request, "my/looked.html", context)


def opened(person: Person) -> Any:
    """A row for each user, day and emergency: how many pages, when last; newest first."""
    return (
        Opening.objects.filter(person=person)
        .values("user", "emergency", "emergency__reason", day=TruncDate("at"))
        .annotate(pages=Count("pk"), last_at=Max("at"))
        .order_by("-last_at", "user")
    )


def roles_by_day(users: Any) -> Any:
    """A function (user id, day) -> the roles held then, in words with their teams; one query."""
    held: dict[int, list[Membership]] = defaultdict(list)
    for membership in Membership.objects.filter(user__in=users).select_related("team").order_by("id"):
        held[membership.user_id].append(membership)

    def told(user: int, day: date) -> str:
        words = [
            role_words(Role(one.role)) + (f" ({one.team})" if one.team else "")
            for one in held[user]
            if one.started_on <= day and (one.ended_on is None or one.ended_on >= day)
        ]
        return ", ".join(dict.fromkeys(words)) or "somebody who worked here then"

    return told


def _told(change: Change, names: dict[tuple[type[Model], Any], str]) -> dict[str, Any]:
    """A change in words: ``what`` ("plan line added"), ``rows`` of (label, before, after)."""
    noun = str(change.noun._meta.verbose_name)
    rows = [
        (_label(one), _value(one, one.before, names), _value(one, one.after, names))
        for one in change.differences
        if _tells(one)
    ]
    return {
        "what": f"{CALLED.get(noun, noun)} {change.done}",
        "added": change.done == "added",
        "rows": [row for row in rows if row[1] != row[2]],
    }


def _tells(one: Difference) -> bool:
    """Ids of other rows tell nobody anything; names of people and teams do."""
    return one.field.related_model is None or one.field.related_model in NAMED


def _label(one: Difference) -> str:
    name = str(one.field.verbose_name)
    name = name.replace(" pence per week", " a week").replace(" pence", "")
    return CALLED.get(name, name).replace("pence per week", "a week")


def _value(one: Difference, value: Any, names: dict[tuple[type[Model], Any], str]) -> str:
    if value is None or value == "" or value == [] or value == {}:
        return ""
    if one.field.related_model in NAMED:
        return names.get((one.field.related_model, value), "")
    if one.field.choices:
        return str(dict(one.field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) and "pence" in one.field.name:
        return pounds(value)
    if isinstance(value, datetime):
        return when(value)
    if isinstance(value, date):
        return written(value)
    return _short(_entries(one, value))


def _entries(one: Difference, value: Any) -> str:
    """Of a mapping, the entries that are not the same on the other side; a list's, all."""
    if isinstance(value, dict):
        other = one.before if value is one.after else one.after
        same = other if isinstance(other, dict) else {}
        parts = [f"{key.replace('_', ' ')}: {part}" for key, part in value.items() if same.get(key) != part]
        return "; ".join(parts)
    if isinstance(value, list):
        return f"{len(value)} lines" if value and isinstance(value[0], dict) else ", ".join(map(str, value))
    return str(value)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _names(done: list[Deed]) -> dict[tuple[type[Model], Any], str]:
    """The people, teams and users that the differences point at; at most one query for each kind."""
    wanted: dict[Any, set[Any]] = defaultdict(set)
    for deed in done:
        for change in deed.changes:
            for one in change.differences:
                if one.field.related_model in NAMED:
                    wanted[one.field.related_model] |= {one.before, one.after} - {None}
    return {
        (kind, pk): str(row) for kind, ids in wanted.items() for pk, row in kind.objects.in_bulk(ids).items()
    }


urlpatterns = [
    path("people/<ref>/history/", person_history, name="person_history"),
    path("people/<ref>/history/opened/", person_opened, name="person_opened"),
    path("my/looked/", my_looked, name="my_looked"),
]
