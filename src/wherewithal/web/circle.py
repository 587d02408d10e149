"""The people around a person: carers, representatives, the household, and who signs in for them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.text import capfirst

from wherewithal.actions import access as access_actions
from wherewithal.actions import circle as actions
from wherewithal.actions import invitation
from wherewithal.core.policy import Used
from wherewithal.core.roles import Role
from wherewithal.policy.direct_payment import relations
from wherewithal.records.models import Person, Representation
from wherewithal.records.search import search
from wherewithal.web import access
from wherewithal.web.clock import now, today
from wherewithal.web.field_kinds import OneOf, YesNo
from wherewithal.web.forms import Form
from wherewithal.web.page import page, refusals, render

CHANGE = "person.change"


class CarerForm(Form):
    relationship = forms.CharField(
        label="What are they to the person?", max_length=40, help_text="For example, daughter or neighbour"
    )
    hours_a_week = forms.IntegerField(
        label="Hours of care a week", min_value=1, max_value=168, required=False
    )
    lives_together = YesNo(label="Do they live together?")


@page(CHANGE)
def carer_add(request: HttpRequest, ref: str) -> HttpResponse:
    """Somebody on record becomes the carer: searched for (``q``), chosen (``carer``, a ref), described."""
    found = access.person(request, ref)
    chosen = request.GET.get("carer", "")
    if not chosen:
        q = request.GET.get("q", "").strip()
        others = access.visible(access.user_of(request)).exclude(pk=found.pk)
        context = {"person": found, "q": q, "found": search(others, q, 10)}
        return render(request, "people/carer_find.html", context)
    carer = access.person(request, chosen)
    form = CarerForm(request.POST or None)
    if form.is_valid():
        with refusals(form):
            actions.link_carer(
                person=found, carer=carer, by=access.user_of(request), at=now(), **form.cleaned_data
            )
        if form.is_valid():
            messages.success(request, f"{carer.name} is on record as the carer of {found.name}.")
            return redirect("person", ref)
    return render(request, "people/carer.html", {"person": found, "form": form, "carer": carer})


class RepresentativeForm(Form):
    name = forms.CharField(label="Name", max_length=100)
    relationship = forms.CharField(label="What are they to the person?", max_length=60, required=False)
    kind = OneOf(
        Representation.Kind.choices,
        label="How did they come to act?",
        hints={
            "nominated": "The person can decide, and asked them to hold the direct payment",
            "authorised": "The person lacks capacity to decide, and the council authorised them",
        },
    )
    holds_money = YesNo(label="Do they hold the direct payment for the person?")


@page(CHANGE)
def representative_add(request: HttpRequest, ref: str) -> HttpResponse:
    found = access.person(request, ref)
    form = RepresentativeForm(request.POST or None)
    if form.is_valid():
        with refusals(form):
            actions.name_representative(
                person=found, by=access.user_of(request), at=now(), **form.cleaned_data
            )
        if form.is_valid():
            messages.success(request, f"{form.cleaned_data['name']} acts for {found.name}.")
            return redirect("person", ref)
    context = {"person": found, "form": form, "title": "Name a representative", "button": "Save"}
    return render(request, "people/ask.html", context)


class HouseholdForm(Form):
    name = forms.CharField(label="Name", max_length=100)
    relation = OneOf(label="What are they to the person?", required=False)
    same_household = YesNo(label="Do they live together?")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        listed = [(one.id, capfirst(one.title)) for one in relations(Used(today()))]
        self.fields["relation"].choices = [*listed, ("none", "None of these")]  # type: ignore[attr-defined]

    def details(self) -> dict[str, Any]:
        relation = self.cleaned_data["relation"]
        return self.cleaned_data | {"relation": "" if relation == "none" else relation}


@page(CHANGE)
def household_add(request: HttpRequest, ref: str) -> HttpResponse:
    found = access.person(request, ref)
    form = HouseholdForm(request.POST or None)
    if form.is_valid():
        with refusals(form):
            actions.add_household(person=found, by=access.user_of(request), at=now(), **form.details())
        if form.is_valid():
            messages.success(request, f"{form.cleaned_data['name']} is on record.")
            return redirect("person", ref)
    context = {
        "person": found,
        "form": form,
        "title": "Add somebody who lives with them or is their partner",
        "why": "A direct payment may not pay a partner, or a close relative who lives with the person, "
        "unless the council finds it necessary.",
        "button": "Save",
    }
    return render(request, "people/ask.html", context)


class WhyForm(Form):
    reason = forms.CharField(label="Why?", max_length=200)


@page(CHANGE)
def tie_end(request: HttpRequest, ref: str, tie: str, pk: int) -> HttpResponse:
    """A carer (``carers``), representative (``representatives``) or member of the household: until today."""
    found = access.person(request, ref)
    row = get_object_or_404(_ties(found, tie), pk=pk)
    name = row.carer.name if tie == "carers" else row.name
    end: Any = {
        "carers": lambda **kept: actions.end_caring(caring=row, **kept),
        "representatives": lambda **kept: actions.end_representation(representation=row, **kept),
        "household": lambda **kept: actions.end_household(member=row, **kept),
    }[tie]
    form = WhyForm(request.POST or None)
    if form.is_valid():
        with refusals(form):
            end(by=access.user_of(request), at=now(), **form.cleaned_data)
        if form.is_valid():
            messages.success(request, f"{name}: until today.")
            return redirect("person", ref)
    holds = tie == "representatives" and row.agreements.filter(ended_on=None).exists()
    why = "They hold the direct payment: check its conditions again next." if holds else ""
    context = {"person": found, "form": form, "title": f"{name}: end from today", "button": "End", "why": why}
    return render(request, "people/ask.html", context)


def _ties(found: Person, tie: str) -> Any:
    ties = {
        "carers": found.carers.select_related("carer"),
        "representatives": found.representations.all(),
        "household": found.household.all(),
    }
    return ties.get(tie, found.carers.none())


class LoginForm(Form):
    email = forms.EmailField(
        label="Their email address", help_text="We send a link by which they choose a password"
    )


@page(CHANGE)
def login_give(request: HttpRequest, ref: str, pk: int | None = None) -> HttpResponse:
    """Let the person see their own budget, or (``pk``) let whoever represents them act for them."""
    found = access.person(request, ref)
    acts = get_object_or_404(found.representations.filter(until=None), pk=pk) if pk else None
    form = LoginForm(request.POST or None)
    user = None
    if form.is_valid():
        with refusals(form):
            user = access_actions.act_for(
                person=found, email=form.cleaned_data["email"], representation=acts, role=_role(found),
                by=access.user_of(request), at=now(),
            )  # fmt: skip
    if user:
        invitation.send(user, request.build_absolute_uri("/"))
        messages.success(request, f"A link went to {user.email}.")
        return redirect("person", ref)
    who = acts.name if acts else found.name
    context = {
        "person": found,
        "form": form,
        "title": f"Let {who} see this budget",
        "button": "Send the link",
    }
    return render(request, "people/ask.html", context)


def _role(found: Person) -> Role:
    """A carer in their own right, unless they have drawn on support for themselves."""
    own = found.assessments.filter(kind="adult").exists()
    return Role.CARER if not own and found.caring_for.filter(until=None).exists() else Role.PERSON


urlpatterns = [
    path("people/<ref>/carers/add/", carer_add, name="carer_add"),
    path("people/<ref>/representatives/add/", representative_add, name="representative_add"),
    path("people/<ref>/household/add/", household_add, name="household_add"),
    path("people/<ref>/login/", login_give, name="login_give"),
    path("people/<ref>/representatives/<int:pk>/login/", login_give, name="representative_login"),
    path("people/<ref>/around/<tie>/<int:pk>/end/", tie_end, name="tie_end"),
]
