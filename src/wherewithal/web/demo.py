"""The demo's way in: "Enter as" one of its made-up people. Without the demo it does not exist."""

from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.views.decorators.http import require_http_methods

from wherewithal.core.roles import THEMSELVES, Role
from wherewithal.records.models import Membership, User
from wherewithal.web.page import home_of, public, render

BACKEND = "django.contrib.auth.backends.ModelBackend"
SEES = {
    Role.PERSON: "What is left and until when, the plan, the payments, and who looked at the record.",
    Role.CARER: "A budget of their own, as somebody who cares for another person.",
    Role.REPRESENTATIVE: "The budget of the person for whom they hold the money.",
    Role.PRACTITIONER: "Today’s work and the people of the team: assess, offer, allocate, plan, review.",
    Role.BROKER: "The people referred to them, and plans written together.",
    Role.MANAGER: "The team’s work and the plans that wait for a decision.",
    Role.PANEL: "Plans that the risk enablement panel is asked about.",
    Role.DIRECT_PAYMENT_OFFICER: "Direct payments: conditions, payment runs, spending that asks for a look.",
    Role.FINANCE: "Payment runs to approve and send, accounts, statements.",
    Role.COMMISSIONER: "The figures, as the people who buy and shape services need them.",
    Role.ANALYST: "Take-up under every definition, and the extract that it is counted from.",
    Role.SURVEYOR: "The policy in force; surveys come later.",
    Role.ADMINISTRATOR: "Staff, teams, roles and limits; nobody’s care record.",
    Role.AUDITOR: "Everything, with who did what and why; changes nothing.",
    Role.PROVIDER: "Nothing yet: providers come later.",
    Role.ADVOCATE: "Nothing yet: advocates come later.",
}


@public
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Choose a made-up person (GET) or become them (POST ``user``, an id), without a password."""
    if not settings.DEMO:
        raise Http404
    if request.method == "POST":
        wanted = request.POST.get("user", "")
        chosen = get_object_or_404(User, pk=wanted if wanted.isdecimal() else None, demo=True, is_active=True)
        login(request, chosen, backend=BACKEND)
        request.session["second_factor"] = "demo"
        return redirect(home_of(chosen))
    people = _people()
    groups = [
        (
            "With a budget, or helping somebody who has one",
            [one for one in people if one["roles"] & THEMSELVES],
        ),
        ("At the council", [one for one in people if not one["roles"] & THEMSELVES]),
    ]
    return render(request, "home/enter.html", {"groups": groups, "anyone": bool(people)})


def _people() -> list[dict[str, Any]]:
    """The demo's users in the order they were made: ``user``, ``roles`` and what they will see."""
    held = Membership.objects.filter(user__demo=True, user__is_active=True, ended_on=None)
    roles_of: dict[User, set[Role]] = {}
    for membership in held.select_related("user").order_by("user_id", "id"):
        roles_of.setdefault(membership.user, set()).add(Role(membership.role))
    return [
        {"user": user, "roles": roles, "sees": [SEES[role] for role in Role if role in roles]}
        for user, roles in roles_of.items()
    ]


urlpatterns = [path("enter/", enter, name="enter")]
