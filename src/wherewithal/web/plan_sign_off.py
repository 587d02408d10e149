"""A plan handed in, taken back, heard by the panel."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from wherewithal.actions import plan_sign_off as actions
from wherewithal.policy import delegation
from wherewithal.web import access, plan_meant
from wherewithal.web.access import user_of
from wherewithal.web.address import address, open_to
from wherewithal.web.clock import now, today
from wherewithal.web.forms import Form
from wherewithal.web.page import page, refusals, render
from wherewithal.web.plan import to_plan, told
from wherewithal.web.plan_needs import eligible_needs
from wherewithal.web.plan_sheet import WHO_DECIDES, Sheet


class PanelForm(Form):
    called_by = forms.CharField(label="Who calls the panel?", max_length=100)
    reason = forms.CharField(label="What should the panel hear?", widget=forms.Textarea)


@page("plan.submit")
def plan_submit(request: HttpRequest, ref: str) -> HttpResponse:
    """What blocks, where it would go; the button is there when nothing blocks."""
    person = access.person(request, ref)
    plan = plan_meant.needed(request, person)
    form = Form(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        with refusals(form):
            if plan.allocation_id:
                decision = actions.submit(plan=plan, by=user_of(request), at=now())
                messages.success(request, "The plan is handed in.")
                href = address("decision", decision.pk)
                return redirect(href) if open_to(request.user, href) else to_plan(plan)
            actions.keep(plan=plan, by=user_of(request), at=now())
            messages.success(request, "The plan is kept. Nobody has to sign it off.")
            return to_plan(plan)
    sheet = Sheet(plan, today())
    route = sheet.route_for(user_of(request)) if sheet.has_budget and sheet.is_open else None
    context = {
        "person": person,
        "sheet": sheet,
        "form": form,
        "route": route,
        "light": delegation.light_route(today()),
        "who": WHO_DECIDES[route.kind] if route else "",
        "needs": eligible_needs(plan),
    }
    return render(request, "plan/submit.html", context)


@page("plan.submit")
@require_POST
def plan_take_back(request: HttpRequest, ref: str) -> HttpResponse:
    person = access.person(request, ref)
    plan = plan_meant.needed(request, person)
    with told(request, "The plan is a draft again."):
        actions.take_back(plan=plan, by=user_of(request), at=now())
    return to_plan(plan)


@page("plan.write")
def plan_call_panel(request: HttpRequest, ref: str) -> HttpResponse:
    person = access.person(request, ref)
    plan = plan_meant.needed(request, person)
    form = PanelForm(request.POST or None, initial={"called_by": str(user_of(request))})
    if form.is_valid():
        with refusals(form):
            actions.call_panel(plan=plan, by=user_of(request), at=now(), **form.cleaned_data)
        if form.is_valid():
            messages.success(request, "The risk enablement panel hears this plan.")
            return to_plan(plan)
    return render(request, "plan/call_panel.html", {"person": person, "plan": plan, "form": form})


urlpatterns = [
    path("people/<ref>/plan/submit/", plan_submit, name="plan_submit"),
    path("people/<ref>/plan/take-back/", plan_take_back, name="plan_take_back"),
    path("people/<ref>/plan/call-panel/", plan_call_panel, name="plan_call_panel"),
]
