"""The council's teams, for its administrator: people are with a team, and staff work in one."""

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path

from wherewithal.actions import council as actions
from wherewithal.records.models import Person, Team
from wherewithal.web.access import user_of
from wherewithal.web.clock import now
from wherewithal.web.editing import EditForm
from wherewithal.web.page import page, refusals, render


class TeamForm(EditForm):
    name = forms.CharField(label="What is the team called?", max_length=100)


@page("staff.see")
def teams(request: HttpRequest) -> HttpResponse:
    """Each team with how many staff work in it and how many people are with it."""
    staff = Count("memberships__user", Q(memberships__ended_on=None), distinct=True)
    people = Count("people", ~Q(people__state=Person.State.ENDED), distinct=True)
    rows = Team.objects.annotate(staff=staff, with_it=people).order_by("name")
    return render(request, "settings/teams.html", {"teams": list(rows)})


@page("staff.change")
def team_add(request: HttpRequest) -> HttpResponse:
    form = TeamForm(request.POST or None)
    if form.is_valid():
        with refusals(form):
            actions.add_team(by=user_of(request), at=now(), **form.cleaned_data)
        if form.is_valid():
            messages.success(request, f"The team {form.cleaned_data['name']} is added.")
            return redirect("teams")
    return render(request, "settings/team.html", {"form": form, "title": "Add a team"})


@page("staff.change")
def team_rename(request: HttpRequest, pk: int) -> HttpResponse:
    team = get_object_or_404(Team, pk=pk)
    form = TeamForm(request.POST or None, initial=_called(team))
    if form.is_valid():
        with refusals(form):
            form.must_stand(team, _called)
            actions.rename_team(team=team, by=user_of(request), at=now(), **form.cleaned_data)
        if form.is_valid():
            messages.success(request, f"The team is called {form.cleaned_data['name']} now.")
            return redirect("teams")
    return render(request, "settings/team.html", {"form": form, "title": f"Rename {team}"})


def _called(team: Team) -> dict[str, str]:
    return {"name": team.name}


urlpatterns = [
    path("settings/teams/", teams, name="teams"),
    path("settings/teams/add/", team_add, name="team_add"),
    path("settings/teams/<int:pk>/", team_rename, name="team_rename"),
]
