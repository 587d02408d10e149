"""Decisions: what waits, longest first; one question with all that is needed to answer it; the answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.views.decorators.http import require_POST

from wherewithal.actions import decision as actions
from wherewithal.core.money import a_week, pounds
from wherewithal.core.policy import Used
from wherewithal.core.refusal import Refusal
from wherewithal.policy import delegation
from wherewithal.records.models import Decision, User
from wherewithal.web import access, budgets, plan_meant, plan_sheet
from wherewithal.web.access import user_of
from wherewithal.web.clock import now, today
from wherewithal.web.decision_form import DecisionForm, checks, differs
from wherewithal.web.next_step import ASKED_OF
from wherewithal.web.page import page, refusals, render
from wherewithal.web.plan import told
from wherewithal.web.plan_needs import eligible_needs
from wherewithal.web.plan_sheet import Sheet

SHOWN = {"waiting": "Waiting", "mine": "For me to decide", "asked": "Asked by me", "decided": "Decided"}
COLOURS = {
    "agreed": "green", "upheld": "green", "changed": "blue", "sent_back": "orange", "refused": "red",
    "concerns": "orange",
}  # fmt: skip
LIMITS = {Decision.Level.OWN: "the worker’s own limit", Decision.Level.PANEL: "the panel’s limit"}


@dataclass(frozen=True)
class Row:
    """A question in the list: what it costs and the limit in words, what is to weigh, how long it waits."""

    of: Decision
    cost: str
    to_weigh: str
    days: int
    outcome: tuple[str, str]


@page("decision.see")
def decisions(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    show = request.GET.get("show", "waiting")
    show = show if show in SHOWN else "waiting"
    rows = _listed(user, show)
    shown = Paginator(rows, 50).get_page(request.GET.get("page"))
    context = {
        "show": show,
        "choices": [(f"?show={key}", label, key == show) for key, label in SHOWN.items()],
        "rows": [_row(decision, today()) for decision in shown],
        "page": shown,
    }
    return render(request, "decisions/list.html", context)


@page("decision.see")
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    return _decision_page(request, _found(request, pk), None)


@page("decision.decide")
@require_POST
def decision_decide(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    form = _form(found, user_of(request), _refused(found, user_of(request)), request.POST)
    if form is not None and form.is_valid():
        with refusals(form):
            actions.decide(decision=found, by=user_of(request), at=now(), **form.said)
            messages.success(request, "The decision is on record.")
            return redirect("decision", pk)
    return _decision_page(request, found, form)


@page("decision.decide")
@require_POST
def decision_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    with told(request, "The question is withdrawn."):
        actions.withdraw(decision=found, by=user_of(request), at=now())
    return redirect("decision", pk)


def _found(request: HttpRequest, pk: int) -> Decision:
    """The question, whose person this user may see; leaves a trace."""
    rows = Decision.objects.select_related("person", "allocation__person", "author", "asked_by", "decided_by")
    found = get_object_or_404(rows, pk=pk)
    access.person(request, found.person.ref)
    return found


def _listed(user: User, show: str) -> QuerySet[Decision]:
    rows = Decision.objects.filter(person__in=access.visible(user)).select_related(
        "person", "plan", "allocation", "author", "asked_by", "decided_by"
    )
    if show == "decided":
        return rows.exclude(state=Decision.State.ASKED).order_by("-decided_on", "-id")
    waiting = rows.filter(state=Decision.State.ASKED).order_by("asked_on", "id")
    if show == "asked":
        return waiting.filter(asked_by=user)
    return waiting.filter(_mine(user)) if show == "mine" else waiting


def _mine(user: User) -> Q:
    """What this user's roles are asked about, without what they wrote; their own within their own limit."""
    levels = [level for level, role in ASKED_OF.items() if role in user.roles]
    own = Q(level=Decision.Level.OWN, asked_by=user)
    return (Q(level__in=levels) & ~Q(author=user)) | own


def _row(of: Decision, on: date) -> Row:
    content = of.content
    pence, limit = content.get("pence_per_week"), content.get("limit_pence_per_week")
    cost = a_week(pence) if pence is not None else ""
    cost += f", {_whose(of)} is {pounds(limit)}" if limit else ""
    to_weigh = [f"panel called by {of.plan.panel_called_by}"] if of.plan and of.plan.panel_called_by else []
    if of.kind == Decision.Kind.LOOK_AGAIN:
        to_weigh.append("the indicative budget")
    if of.kind == Decision.Kind.SECOND_LOOK:
        to_weigh.append(f"agreed by {of.author} alone")
    if gap := differs(of):
        to_weigh.append(gap)
    until = of.decided_on or on
    outcome = of.get_outcome_display() or of.get_state_display()
    return Row(
        of, cost, "; ".join(to_weigh), (until - of.asked_on).days, (outcome, COLOURS.get(of.outcome, "grey"))
    )


def _whose(of: Decision) -> str:
    """Whose limit the cost is held against; after a worker agreed alone it stays theirs."""
    alone = of.kind == Decision.Kind.SECOND_LOOK
    return LIMITS.get(Decision.Level.OWN if alone else Decision.Level(of.level), "a manager’s limit")


def _form(
    of: Decision, user: User, refused: Refusal | None, data: Mapping[str, Any] | None = None
) -> DecisionForm | None:
    """The answers that are open to this user, who may not agree where ``refused``; None where none is."""
    if refused and (of.kind != Decision.Kind.SIGN_OFF or _refused(of, user, agrees=False)):
        return None
    initial = {"final_pence_per_week": of.content.get("pence_per_week")}
    return DecisionForm(data, initial=initial, decision=of, may_agree=refused is None)


def _decision_page(request: HttpRequest, of: Decision, form: DecisionForm | None) -> HttpResponse:
    plan = plan_meant.plans().get(pk=of.plan_id) if of.plan_id else None
    user = user_of(request)
    waits = of.state == Decision.State.ASKED
    refused = _refused(of, user) if waits else None
    context = {
        "person": of.person,
        "decision": of,
        "sheet": Sheet(plan, today()) if plan else None,
        "needs": eligible_needs(plan) if plan else [],
        "slip": budgets.budget_slip(of.allocation) if of.allocation else None,
        "waits": waits,
        "form": form or (_form(of, user, refused) if waits else None),
        "refused": refused,
        "row": _row(of, today()),
        "checks": [(check, of.content.get("checked", {}).get(check.id)) for check in checks(of)],
        "conditions": plan_sheet.conditions_shown(of),
        "light": delegation.light_route(of.asked_on) if of.level == Decision.Level.LIGHT else None,
    }
    return render(request, "decisions/decision.html", context)


def _refused(of: Decision, user: User, agrees: bool = True) -> Refusal | None:
    """Why this user may not answer, with who could; None when they may."""
    try:
        actions.may_answer(of, user, Used(today()), agrees=agrees)
    except Refusal as refusal:
        return refusal
    return None


urlpatterns = [
    path("decisions/", decisions, name="decisions"),
    path("decisions/<int:pk>/", decision, name="decision"),
    path("decisions/<int:pk>/decide/", decision_decide, name="decision_decide"),
    path("decisions/<int:pk>/withdraw/", decision_withdraw, name="decision_withdraw"),
]
