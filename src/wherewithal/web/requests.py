"""Requests: taken down, and decided."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse

from wherewithal.actions import request as actions
from wherewithal.records.models import Arrangement, Request
from wherewithal.web import access
from wherewithal.web.address import address
from wherewithal.web.clock import now, today
from wherewithal.web.field_kinds import A_WEEK_AT_MOST, DateField, OneOf, PenceField
from wherewithal.web.forms import Form
from wherewithal.web.page import page, refusals, render

Outcome = Request.Outcome


class ReceiveForm(Form):
    asks = {"about": "Write down what they ask for"}

    about = forms.CharField(
        label="What do they ask for?", help_text="In their words", widget=forms.Textarea(), max_length=2000
    )
    from_whom = OneOf(Request.FromWhom.choices, label="Who asks?")
    route = OneOf(Request.Route.choices, label="By what route did it come?")
    received_on = DateField(label="When did it come?", help_text="The clock to the first payment starts here")


class DateForm(Form):
    received_on = DateField(
        label="When did it come?",
        help_text="From here the days to the first payment are counted, which the council reports. Who "
        "changed it, when and why stays on record.",
    )
    reason = forms.CharField(label="Why does the date change?", max_length=140)


class DecideForm(Form):
    outcome = OneOf(
        Outcome.choices,
        label="What happens next?",
        hints={
            Outcome.SHORT_TERM: "To get back what they could do before: reablement and the like",
            Outcome.ASSESSMENT: "Anybody who may need care and support has a right to one (Care Act 2014 s9)",
        },
    )
    words = forms.CharField(
        label="What was the person told?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )
    service = OneOf(
        [(one.value, one.label) for one in actions.SHORT_TERM], label="Which support?", required=False
    )
    what = forms.CharField(label="What will it do?", max_length=120, required=False)
    first = DateField(label="From", required=False)
    last = DateField(label="Until", required=False)
    pence_per_week = PenceField(
        label="What it costs the council a week",
        most=A_WEEK_AT_MOST,
        help_text="The person is not asked to pay for it",
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or self.cleaned_data
        if kept.get("outcome") == Outcome.SHORT_TERM and "first" in kept and not kept["first"]:
            self.add_error("first", "Enter the day it starts")
        return kept

    def details(self) -> dict[str, Any]:
        kept = self.cleaned_data
        support = None
        if kept["outcome"] == Outcome.SHORT_TERM and kept["service"]:
            support = actions.ShortTerm(
                Arrangement.Service(kept["service"]), kept["what"], kept["first"], kept["last"],
                kept["pence_per_week"] or 0,
            )  # fmt: skip
        return {"outcome": Outcome(kept["outcome"]), "words": kept["words"], "short_term": support}


@page("request.decide")
def request_new(request: HttpRequest, ref: str) -> HttpResponse:
    found = access.person(request, ref)
    form = ReceiveForm(request.POST or None, initial={"received_on": today()})
    if form.is_valid():
        made = None
        with refusals(form):
            made = actions.receive(person=found, by=access.user_of(request), at=now(), **form.cleaned_data)
        if made:
            messages.success(request, "The request is on record.")
            return redirect("request_decide", ref, made.pk)
    return render(request, "requests/new.html", {"person": found, "form": form})


@page("request.decide")
def request_decide(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    found = access.person(request, ref)
    asked = get_object_or_404(found.requests.select_related("taken_by", "decided_by"), pk=pk)
    form = DecideForm(request.POST or None, initial={"first": today()})
    if form.is_valid():
        with refusals(form):
            actions.decide(request=asked, by=access.user_of(request), at=now(), **form.details())
        if form.is_valid():
            messages.success(request, "The request is decided.")
            start = address("assessment_start", ref)
            goes_on = form.cleaned_data["outcome"] == Outcome.ASSESSMENT and start
            return redirect(start if goes_on else reverse("person", args=[ref]))
    return render(request, "requests/decide.html", {"person": found, "form": form, "asked": asked})


@page("request.decide")
def request_date(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    found = access.person(request, ref)
    asked = get_object_or_404(found.requests.select_related("person"), pk=pk)
    form = DateForm(request.POST or None, initial={"received_on": asked.received_on})
    if form.is_valid():
        with refusals(form):
            actions.correct_date(request=asked, by=access.user_of(request), at=now(), **form.cleaned_data)
        if form.is_valid():
            messages.success(request, "The date is corrected.")
            return redirect("request_decide", ref, pk)
    return render(request, "requests/date.html", {"person": found, "form": form, "asked": asked})


urlpatterns = [
    path("people/<ref>/requests/new/", request_new, name="request_new"),
    path("people/<ref>/requests/<int:pk>/", request_decide, name="request_decide"),
    path("people/<ref>/requests/<int:pk>/date/", request_date, name="request_date"),
]
