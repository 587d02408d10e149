"""Today's work: who waits for what, the most pressing first, with the one next step for each person."""

from collections import Counter
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import path

from wherewithal.core.roles import may
from wherewithal.records.models import Person, User
from wherewithal.records.standing import standings
from wherewithal.web import access
from wherewithal.web.clock import today
from wherewithal.web.next_step import GROUPS, is_for, next_step, order_for
from wherewithal.web.page import page, render
from wherewithal.web.submission_faults import to_mend
from wherewithal.web.worklist import Item, worklist

A_PAGE = 25
MINE, TEAM = "mine", "team"


@page("caseload.see")
def caseload(request: HttpRequest) -> HttpResponse:
    """``who`` (mine or team) and ``group`` narrow it, and stay in the address."""
    user, on = access.user_of(request), today()
    tabs = _tabs(user)
    asked = request.GET.get("who", "")
    who = asked if asked in tabs else next(iter(tabs))
    people = access.visible(user).exclude(state=Person.State.ENDED)
    order = order_for(user)
    everything = worklist(people.filter(looked_after_by(user)) if who == MINE else people, on, order)
    counts = Counter(item.group for item in everything)
    group = request.GET.get("group", "")
    work = [item for item in everything if item.group == group] if group in GROUPS else everything
    found = Paginator(work, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "who": who,
        "whose": [(label, f"?{urlencode({'who': key})}", key == who) for key, label in tabs.items()],
        "groups": [
            (GROUPS[key].title, counts[key], f"?{urlencode({'who': who, 'group': key})}", key == group)
            for key in order
            if key in counts
        ],
        "everything": (len(everything), f"?{urlencode({'who': who})}", group not in GROUPS),
        "found": found,
        "sections": sections(user, list(found), on),
        "to_mend": to_mend(user).count() if may(user.roles, "fault.see") else 0,
        "query": urlencode({"who": who, **({"group": group} if group in GROUPS else {})}),
    }
    return render(request, "caseload/caseload.html", context)


def _tabs(user: User) -> dict[str, str]:
    """Whose work there is to see: their own people, where anybody can be, and all whom they may see."""
    teams = access.reading(user)
    tabs = {}
    if not teams or Person.objects.filter(looked_after_by(user)).exists():
        tabs[MINE] = "My people"
    if teams:
        tabs[TEAM] = "The whole council" if None in teams else "My teams"
    return tabs


def looked_after_by(user: User) -> Q:
    return Q(worker=user) | Q(broker=user)


def sections(user: User, items: list[Item], on: date) -> list[tuple[str, bool, list[dict[str, Any]]]]:
    """The people of one page under the heading of their group, whether it is for ``user`` to do, and each
    with their next step as ``user`` meets it.
    """
    people = Person.objects.select_related("worker", "broker", "team").in_bulk(
        [item.person_id for item in items]
    )
    known = standings(people.values(), on)
    found: dict[str, list[dict[str, Any]]] = {}
    for item in items:
        person = people[item.person_id]
        step = next_step(person, on, known[person.pk], order_for(user))
        row = {
            "person": person,
            "step": step.for_user(user) if step else None,
            "days": (on - item.since).days,
        }
        found.setdefault(item.group, []).append(row)
    return [(GROUPS[group].title, is_for(user, group), rows) for group, rows in found.items()]


urlpatterns = [path("caseload/", caseload, name="caseload")]
