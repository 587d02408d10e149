"""The history of a record, and of a survey: every change with who, when and why; and who opened a record."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Max, Model, Q
from django.db.models.functions import TruncDate
from django.http import HttpRequest, HttpResponse
from django.urls import path

from wherewithal.core.roles import Role
from wherewithal.records.history import Deed, Subject, deeds, keys
from wherewithal.records.models import Example, Membership, Person, Submission, User
from wherewithal.records.traces import RETURN, bank_file_days, openings
from wherewithal.web import access, survey_field
from wherewithal.web.compendium import Published
from wherewithal.web.history_verbs import heading
from wherewithal.web.history_words import NAMED, told
from wherewithal.web.my import whose
from wherewithal.web.page import page, render
from wherewithal.web.templating import role as role_words

A_PAGE = 20
WITH: Mapping[type[Model], tuple[str, ...]] = {Example: ("edition",)}  # what a name is told by


@page("person.history")
def person_history(request: HttpRequest, ref: str) -> HttpResponse:
    person = access.person(request, ref)
    return render(request, "people/history.html", {"person": person, **history_of(request, person)})


@page("survey.see")
def survey_history(request: HttpRequest, slug: str) -> HttpResponse:
    """What was done to a wave and to its list. Who answered, and what, is no part of it."""
    wave = survey_field.found(slug)
    return render(request, "survey/history.html", {"wave": wave, **history_of(request, wave)})


def history_of(request: HttpRequest, of: Subject) -> dict[str, Any]:
    """A page of what was done, newest first, in words."""
    found = Paginator(keys(of), A_PAGE).get_page(request.GET.get("page"))
    done = deeds(of, found)
    names = _names(done)
    rows = [
        {"deed": deed, "heading": heading(deed.context.get("verb", "")),
         "looked_at": deed.context.get("looked_at", []),
         "changes": [one for one in (told(change, names) for change in deed.changes) if one.tells]}
        for deed in done
    ]  # fmt: skip
    return {"found": found, "rows": rows}


@page("person.history")
def person_opened(request: HttpRequest, ref: str) -> HttpResponse:
    """Who opened the record, by day."""
    person = access.person(request, ref)
    found = Paginator(opened(person), A_PAGE).get_page(request.GET.get("page"))
    files = bank_file_days(person)
    users = User.objects.in_bulk({row["user"] for row in (*found, *files)})
    held = roles_by_day(users)
    to = sent_to(found)
    rows = [
        {**row, "who": users[row["user"]], "roles": held(row["user"], row["day"]), "sent_to": to(row)}
        for row in found
    ]
    taken = [(row["day"], f"{users[row['user']]} ({held(row['user'], row['day'])})") for row in files]
    context = {"person": person, "found": found, "rows": rows, "taken": taken}
    return render(request, "people/opened.html", context)


@page("my.see")
def my_looked(request: HttpRequest) -> HttpResponse:
    """Who looked at the record of whose budget this is, whom it was sent to: roles and days, never names."""
    mine = whose(request)
    person = mine.person
    others = opened(person).exclude(user=person.user_id) if person.user_id else opened(person)
    found = Paginator(others, A_PAGE).get_page(request.GET.get("page"))
    files = bank_file_days(person)
    held = roles_by_day(User.objects.in_bulk({row["user"] for row in (*found, *files)}))
    to = sent_to(found)
    rows: dict[tuple[str, date, str], bool] = {}
    for row in found:
        key = (held(row["user"], row["day"]), row["day"], to(row))
        rows[key] = rows.get(key, False) or bool(row["emergency"])
    seen = [
        {"roles": roles, "day": day, "sent_to": sent, "emergency": urgent}
        for (roles, day, sent), urgent in rows.items()
    ]
    taken = [*dict.fromkeys((row["day"], held(row["user"], row["day"])) for row in files)]
    context = {"whose": mine, "person": person, "found": found, "rows": seen, "taken": taken}
    return render(request, "my/looked.html", context)


def opened(person: Person) -> Any:
    """A row for each user, day and emergency, and one where it was sent: how many pages, when last; newest
    first.
    """
    return (
        openings(person)
        .values("user", "emergency", "emergency__reason", day=TruncDate("at"), sent=Q(page=RETURN))
        .annotate(pages=Count("pk"), last_at=Max("at"))
        .order_by("-last_at", "user")
    )


def sent_to(found: Iterable[Mapping[str, Any]]) -> Any:
    """A function (row of ``opened``) -> whom that submission was sent to; "" for what is none. One query
    where there is any.
    """
    moments = [row["last_at"] for row in found if row["sent"]]
    sent = Submission.objects.filter(made_at__in=moments) if moments else ()
    known = {(one.made_by_id, one.made_at): one.sent_to for one in sent}
    return lambda row: known.get((row["user"], row["last_at"]), "") if row["sent"] else ""


def roles_by_day(users: Any) -> Any:
    """A function (user id, day) -> the roles held then, in words with their teams; one query."""
    held: dict[int, list[Membership]] = defaultdict(list)
    for membership in Membership.objects.filter(user__in=users).select_related("team").order_by("id"):
        held[membership.user_id].append(membership)

    def in_words(user: int, day: date) -> str:
        words = [
            role_words(Role(one.role)) + (f" ({one.team})" if one.team else "")
            for one in held[user]
            if one.started_on <= day and (one.ended_on is None or one.ended_on >= day)
        ]
        return ", ".join(dict.fromkeys(words)) or "somebody who worked here then"

    return in_words


def _names(done: list[Deed]) -> dict[tuple[type[Model], Any], str]:
    """The people, teams and users that the differences point at; at most one query for each kind."""
    wanted: dict[Any, set[Any]] = defaultdict(set)
    for deed in done:
        for change in deed.changes:
            for one in change.differences:
                if one.field.related_model in NAMED:
                    wanted[one.field.related_model] |= {one.before, one.after} - {None}
    return {
        (kind, pk): _name(row)
        for kind, ids in wanted.items()
        for pk, row in kind.objects.select_related(*WITH.get(kind, ())).in_bulk(ids).items()
    }


def _name(row: Model) -> str:
    """An example is called by its title while that is published."""
    if isinstance(row, Example) and row.state == Example.State.PUBLISHED:
        return f"“{Published(row).title}” ({str(row).lower()})"
    return str(row)


urlpatterns = [
    path("people/<ref>/history/", person_history, name="person_history"),
    path("people/<ref>/history/opened/", person_opened, name="person_opened"),
    path("my/looked/", my_looked, name="my_looked"),
    path("survey/<slug:slug>/history/", survey_history, name="survey_history"),
]
