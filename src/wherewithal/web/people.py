"""People for staff: found, on record, changed, looked after by a team, ended; the summary page."""

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse

from wherewithal.actions import person as actions
from wherewithal.records.models import Person
from wherewithal.records.search import search, understood
from wherewithal.records.waiting import open_plans, questions
from wherewithal.web import access
from wherewithal.web.access import user_of
from wherewithal.web.address import open_to
from wherewithal.web.clock import now, today
from wherewithal.web.field_kinds import DateField, OneOf
from wherewithal.web.forms import Form
from wherewithal.web.next_step import order_for
from wherewithal.web.page import page, refusals, render
from wherewithal.web.person_forms import AssignForm, ChangeForm, RegisterForm, on_record
from wherewithal.web.summary import summary

A_PAGE = 25
MOST = 200  # whom a search finds at most; whoever looks for one person types more


@page("person.find")
def people(request: HttpRequest) -> HttpResponse:
    """Search (``q``) among the people whom this user may see."""
    user = access.user_of(request)
    text = request.GET.get("q", "").strip()
    asked = understood(text)
    context = {
        "q": text,
        "found": Paginator(search(access.visible(user), text, MOST), A_PAGE).get_page(
            request.GET.get("page")
        ),
        "elsewhere": access.elsewhere(user, asked.ref, asked.nhs_number),
        "most": MOST,
    }
    return render(request, "people/find.html", context)


@page("person.register")
def person_new(request: HttpRequest) -> HttpResponse:
    """Somebody new; whoever looks like them is shown first, and leads back to the form as it was typed.

    ``carer_of`` (a ref): whom they care for.
    """
    user = access.user_of(request)
    form = RegisterForm(user, request.POST or None)
    carer_of = request.GET.get("carer_of", "")
    made, alike = None, None
    if "change" not in request.POST and form.is_valid():
        with refusals(form):
            try:
                made = actions.register(by=user, at=now(), **form.details())
            except actions.LooksLikeSomebody as refused:
                alike = refused.alike
    if alike:
        return _is_it_one_of_these(request, alike, carer_of)
    if made:
        messages.success(request, f"{made.name} is on record as {made.ref}.")
        if carer_of:
            return redirect(f"{reverse('carer_add', args=[carer_of])}?carer={made.ref}")
        return redirect("request_new", made.ref)
    return render(request, "people/new.html", {"form": form, "carer_of": carer_of})


def _is_it_one_of_these(request: HttpRequest, alike: Any, carer_of: str) -> HttpResponse:
    """The likely duplicates, and what was typed kept in hidden fields for "somebody new"."""
    open_to_me = access.may_open(access.user_of(request), [one.person.pk for one in alike], now())
    seen = {*request.POST.get("not_these", "").split(), *(one.person.ref for one in alike)}
    kept = [(name, value) for name, value in request.POST.items()
            if name not in ("csrfmiddlewaretoken", "not_these")]  # fmt: skip
    context = {"alike": alike, "open_to_me": open_to_me, "kept": kept, "seen": " ".join(sorted(seen)),
               "carer_of": carer_of}  # fmt: skip
    return render(request, "people/alike.html", context)


@page("person.see")
def person(request: HttpRequest, ref: str) -> HttpResponse:
    """Where things stand: the journey, the next step, outcomes, budget, risks, people."""
    found = access.person(request, ref)
    shown = summary(found, today(), order_for(user_of(request)))
    shown["next"] = shown["next"] and shown["next"].for_user(access.user_of(request))
    shown["steps"] = [one if not one.href or open_to(request.user, one.href) else replace(one, href="")
                      for one in shown["steps"]]  # fmt: skip
    return render(request, "people/person.html", {"person": found, **shown})


@page("person.change")
def person_change(request: HttpRequest, ref: str) -> HttpResponse:
    found = access.person(request, ref)
    form = ChangeForm(request.POST or None, initial=on_record(found))
    if form.is_valid():
        details = {name: value for name, value in form.details().items() if name in form.base_fields}
        with refusals(form):
            form.must_stand(found, on_record)
            actions.change(
                person=found,
                reason=form.cleaned_data["reason"],
                by=access.user_of(request),
                at=now(),
                **details,
            )
        if form.is_valid():
            messages.success(request, "The record is changed.")
            return redirect("person", ref)
    return render(request, "people/change.html", {"person": found, "form": form})


@page("person.change")
def person_assign(request: HttpRequest, ref: str) -> HttpResponse:
    found = access.person(request, ref)
    form = AssignForm(found, request.POST or None)
    if form.is_valid():
        with refusals(form):
            form.must_stand(found, form.looked_after)
            actions.assign(person=found, by=access.user_of(request), at=now(), **form.details())
        if form.is_valid():
            messages.success(request, f"{found.name} is looked after as you chose.")
            still_mine = access.visible(access.user_of(request)).filter(pk=found.pk).exists()
            return redirect("person", ref) if still_mine else redirect("people")
    return render(request, "people/assign.html", {"person": found, "form": form})


class EndForm(Form):
    because = OneOf(Person.EndReason.choices, label="Why does it end?")
    on = DateField(label="On which day?", example="6 4 2026")
    reason = forms.CharField(label="Anything to add?", max_length=200, required=False)


@page("person.end")
def person_end(request: HttpRequest, ref: str) -> HttpResponse:
    """The record ends; shown are what is withdrawn with it and what still runs, to be ended on Money next."""
    found = access.person(request, ref)
    form = EndForm(request.POST or None)
    running = found.arrangements.exclude(state="ended").order_by("first")
    if form.is_valid():
        with refusals(form):
            actions.end(person=found, by=access.user_of(request), at=now(), **form.cleaned_data)
        if form.is_valid():
            left = " End what still runs next, so that no more is paid." if running else ""
            messages.success(request, f"The record has ended.{left}")
            return redirect("person", ref)
    context = {
        "person": found,
        "form": form,
        "running": running,
        "open_plans": open_plans(found),
        "waits": questions(found),
    }
    return render(request, "people/end.html", context)


class WhyForm(Form):
    reason = forms.CharField(label="Why?", max_length=200)


@page("person.end")
def person_reopen(request: HttpRequest, ref: str) -> HttpResponse:
    found = access.person(request, ref)
    form = WhyForm(request.POST or None)
    if form.is_valid():
        with refusals(form):
            actions.reopen(person=found, by=access.user_of(request), at=now(), **form.cleaned_data)
        if form.is_valid():
            messages.success(request, "The record is open again.")
            return redirect("person", ref)
    context = {"person": found, "form": form, "title": "Open the record again", "button": "Open it again"}
    return render(request, "people/ask.html", context)


urlpatterns = [
    path("people/", people, name="people"),
    path("people/new/", person_new, name="person_new"),
    path("people/<ref>/", person, name="person"),
    path("people/<ref>/change/", person_change, name="person_change"),
    path("people/<ref>/team/", person_assign, name="person_assign"),
    path("people/<ref>/end/", person_end, name="person_end"),
    path("people/<ref>/reopen/", person_reopen, name="person_reopen"),
]
