"""Settings: staff with their roles and limits, and the policy in force with its sources."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.text import capfirst

from wherewithal.actions import invitation
from wherewithal.actions import staff as actions
from wherewithal.core.roles import THEMSELVES, Role
from wherewithal.records.models import Membership, Team, User
from wherewithal.web.access import user_of
from wherewithal.web.clock import now, today
from wherewithal.web.editing import EditForm
from wherewithal.web.field_kinds import A_WEEK_AT_MOST, PenceField
from wherewithal.web.forms import Form
from wherewithal.web.page import page, refusals, render
from wherewithal.web.policy_words import Policy, files, read
from wherewithal.web.templating import role as role_words

A_PAGE = 50


@page("policy.see")
def settings(request: HttpRequest) -> HttpResponse:
    """The policy files by kind; the way to staff for whoever may see them."""
    return render(request, "settings/settings.html", {"kinds": files()})


@page("policy.see")
def policy_file(request: HttpRequest, folder: str, name: str) -> HttpResponse:
    found: Policy | None = read(f"{folder}/{name}", today())
    if found is None:
        raise Http404("There is no policy of that name.")
    return render(request, "settings/policy.html", {"policy": found})


@page("staff.see")
def staff(request: HttpRequest) -> HttpResponse:
    """Everybody who works here or did, with the roles of today."""
    q = request.GET.get("q", "").strip()
    held = Membership.objects.exclude(role__in=THEMSELVES)
    users = User.objects.filter(pk__in=held.values("user")).order_by("-is_active", "display_name")
    if q:
        users = users.filter(display_name__icontains=q) | users.filter(email__icontains=q)
    open_now = held.filter(ended_on=None).select_related("team").order_by("id")
    users = users.prefetch_related(Prefetch("memberships", open_now, to_attr="held"))
    found = Paginator(users, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "settings/staff.html", {"found": found, "q": q})


class RoleForm(Form):
    role = forms.ChoiceField(label="Role")
    team = forms.ChoiceField(label="Team", required=False)
    own_limit_pence_per_week = PenceField(
        label="Sign-off limit of their own, a week", required=False, most=A_WEEK_AT_MOST,
        help_text="Within it they may agree even a plan that they wrote. Leave it empty for none.",
    )  # fmt: skip

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.teams = {str(team.pk): team for team in Team.objects.order_by("name")}
        roles = [(role.value, capfirst(role_words(role))) for role in Role if role not in THEMSELVES]
        self.fields["role"].choices = [("", "Choose a role"), *roles]  # type: ignore[attr-defined]
        teams = [("", "Across the council"), *((pk, team.name) for pk, team in self.teams.items())]
        self.fields["team"].choices = teams  # type: ignore[attr-defined]

    def held(self) -> dict[str, Any]:
        return {
            "role": Role(self.cleaned_data["role"]),
            "team": self.teams.get(self.cleaned_data["team"]),
            "own_limit_pence_per_week": self.cleaned_data["own_limit_pence_per_week"] or 0,
        }


class InviteForm(RoleForm):
    display_name = forms.CharField(label="Name", max_length=100)
    email = forms.EmailField(
        label="Email address", help_text="We send a link by which they choose a password"
    )

    field_order = ("display_name", "email", "role", "team", "own_limit_pence_per_week")


@page("staff.change")
def staff_invite(request: HttpRequest) -> HttpResponse:
    form = InviteForm(request.POST or None)
    user = None
    if form.is_valid():
        with refusals(form):
            user = actions.invite(
                email=form.cleaned_data["email"], display_name=form.cleaned_data["display_name"],
                by=user_of(request), at=now(), **form.held(),
            )  # fmt: skip
    if user:
        invitation.send(user, request.build_absolute_uri("/"))
        messages.success(request, f"A link went to {user.email}.")
        return redirect("staff_member", user.pk)
    return render(request, "settings/invite.html", {"form": form})


@page("staff.see")
def staff_member(request: HttpRequest, pk: int) -> HttpResponse:
    """One member of staff: roles held now and before."""
    user = _member(pk)
    rows = user.memberships.select_related("team").order_by("ended_on", "id")
    roles = [row for row in rows if row.ended_on is None], [row for row in rows if row.ended_on]
    context = {"user_shown": user, "held": roles[0], "before": roles[1], "themselves": user == request.user}
    return render(request, "settings/member.html", context)


@page("staff.change")
def role_give(request: HttpRequest, pk: int) -> HttpResponse:
    user = _member(pk)
    form = RoleForm(request.POST or None)
    if form.is_valid():
        with refusals(form):
            actions.give_role(user=user, by=user_of(request), at=now(), **form.held())
        if form.is_valid():
            messages.success(request, f"{user} has one more role.")
            return redirect("staff_member", pk)
    return render(request, "settings/role.html", {"user_shown": user, "form": form, "title": "Give a role"})


class LimitForm(EditForm):
    own_limit_pence_per_week = PenceField(label="Sign-off limit of their own, a week", most=A_WEEK_AT_MOST)
    reason = forms.CharField(label="Why?", max_length=200)


@page("staff.change")
def limit_change(request: HttpRequest, pk: int, held: int) -> HttpResponse:
    user, membership = _held(pk, held)
    form = LimitForm(request.POST or None, initial=_limit(membership))
    if form.is_valid():
        with refusals(form):
            form.must_stand(membership, _limit)
            actions.change_limit(membership=membership, by=user_of(request), at=now(), **form.cleaned_data)
        if form.is_valid():
            messages.success(request, "The limit is changed.")
            return redirect("staff_member", pk)
    context = {"user_shown": user, "form": form, "title": "Change the limit", "membership": membership}
    return render(request, "settings/role.html", context)


class EndForm(Form):
    reason = forms.CharField(label="Why?", max_length=200)


@page("staff.change")
def role_end(request: HttpRequest, pk: int, held: int) -> HttpResponse:
    user, membership = _held(pk, held)
    form = EndForm(request.POST or None)
    if form.is_valid():
        with refusals(form):
            actions.end_role(membership=membership, by=user_of(request), at=now(), **form.cleaned_data)
        if form.is_valid():
            messages.success(request, "The role has ended.")
            return redirect("staff_member", pk)
    context = {"user_shown": user, "form": form, "title": "End the role", "membership": membership}
    return render(request, "settings/role.html", context)


def _limit(held: Membership) -> dict[str, int]:
    return {"own_limit_pence_per_week": held.own_limit_pence_per_week}


def _member(pk: int) -> User:
    staff = Membership.objects.filter(role__in=set(Role) - THEMSELVES)
    return get_object_or_404(User.objects.filter(pk__in=staff.values("user")), pk=pk)


def _held(pk: int, held: int) -> tuple[User, Membership]:
    user = _member(pk)
    return user, get_object_or_404(user.memberships.filter(ended_on=None).select_related("team"), pk=held)


urlpatterns = [
    path("settings/", settings, name="settings"),
    path("settings/policy/<folder>/<name>/", policy_file, name="policy_file"),
    path("settings/staff/", staff, name="staff"),
    path("settings/staff/invite/", staff_invite, name="staff_invite"),
    path("settings/staff/<int:pk>/", staff_member, name="staff_member"),
    path("settings/staff/<int:pk>/give/", role_give, name="role_give"),
    path("settings/staff/<int:pk>/<int:held>/limit/", limit_change, name="limit_change"),
    path("settings/staff/<int:pk>/<int:held>/end/", role_end, name="role_end"),
]
