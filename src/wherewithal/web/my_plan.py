"""The plan as the person reads it, and their call for the risk panel."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from wherewithal.actions import plan_sign_off
from wherewithal.records.models import Plan
from wherewithal.web import plan_meant
from wherewithal.web.access import user_of
from wherewithal.web.clock import now, today
from wherewithal.web.forms import Form
from wherewithal.web.my import whose
from wherewithal.web.page import page, refusals, render
from wherewithal.web.plan_sheet import Sheet


class MyPanelForm(Form):
    reason = forms.CharField(label="What should they hear?", widget=forms.Textarea)


@page("my.see")
def my_plan(request: HttpRequest) -> HttpResponse:
    mine = whose(request)
    person = mine.person
    plan = plan_meant.find(request, person)
    others = [one for one in person.plans.exclude(state=Plan.State.SUPERSEDED).order_by("-id") if one != plan]
    context = {
        "whose": mine,
        "person": person,
        "sheet": Sheet(plan, today()) if plan else None,
        "others": others,
        "agreement": person.agreements.filter(ended_on=None).exists(),
    }
    return render(request, "my/plan.html", context)


@page("my.answer")
def my_call_panel(request: HttpRequest) -> HttpResponse:
    mine, user = whose(request), user_of(request)
    plan = plan_meant.needed(request, mine.person)
    form = MyPanelForm(request.POST or None)
    if form.is_valid():
        called_by = mine.person.name if mine.yours else f"{user} for {mine.person.name}"
        with refusals(form):
            plan_sign_off.call_panel(
                plan=plan, called_by=called_by[:100], reason=form.cleaned_data["reason"], by=user, at=now()
            )
            messages.success(request, mine.says("The panel will hear {your} plan. We tell you when."))
            return redirect("my_plan")
    return render(request, "my/call_panel.html", {"whose": mine, "form": form})


urlpatterns = [
    path("my/plan/", my_plan, name="my_plan"),
    path("my/plan/call-panel/", my_call_panel, name="my_call_panel"),
]
