"""A record outside one's teams, opened in an emergency: asked why, for a few hours, listed for managers."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from wherewithal.actions import access as actions
from wherewithal.core.policy import Used
from wherewithal.policy.access import emergency_lasts
from wherewithal.records.models import EmergencyAccess, Membership
from wherewithal.web import access
from wherewithal.web.clock import now, today
from wherewithal.web.forms import Form
from wherewithal.web.page import page, refusals, render
from wherewithal.web.templating import when

A_PAGE = 25


class EmergencyForm(Form):
    reason = forms.CharField(
        label="Why do you need this record now?",
        help_text="Managers read it, and the person can see that their record was opened",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
    )


@page("person.emergency")
def person_emergency(request: HttpRequest, ref: str) -> HttpResponse:
    """The record itself is not shown before the reason is given."""
    user, form = access.user_of(request), EmergencyForm(request.POST or None)
    someone = access.whoever(ref)
    if access.visible(user).filter(pk=someone.pk).exists():
        return redirect("person", ref)
    if form.is_valid():
        opened = None
        with refusals(form):
            opened = actions.emergency(person=someone, by=user, at=now(), **form.cleaned_data)
        if opened:
            messages.warning(request, f"This record is open to you until {when(opened.until_at)}.")
            return redirect("person", ref)
    hours = int(emergency_lasts(Used(today())).total_seconds() // 3600)
    return render(request, "people/emergency.html", {"form": form, "ref": ref, "hours": hours})


@page("emergency.see")
def emergencies(request: HttpRequest) -> HttpResponse:
    """Every emergency opening of the people, or by the staff, of this user's teams, newest first."""
    user = access.user_of(request)
    teams = Membership.objects.filter(user=user, ended_on=None, team__isnull=False).values("team")
    staff = Membership.objects.filter(team__in=teams, ended_on=None).values("user")
    rows = (
        EmergencyAccess.objects.filter(Q(person__in=access.visible(user)) | Q(user__in=staff))
        .select_related("user", "person", "person__team")
        .annotate(pages=Count("openings"))
        .order_by("-from_at", "-id")
    )
    found = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "people/emergencies.html", {"found": found, "now": now()})


urlpatterns = [
    path("people/<ref>/emergency/", person_emergency, name="person_emergency"),
    path("emergencies/", emergencies, name="emergencies"),
]
