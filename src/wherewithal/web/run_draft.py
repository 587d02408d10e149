"""What can be drafted: first payments that wait, each with what it would pay, and the four-weekly runs."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path

from wherewithal.actions import run as actions
from wherewithal.actions.drafting import owed_to
from wherewithal.actions.run_days import first_of, from_today
from wherewithal.core.payments import next_payment
from wherewithal.core.period import Period
from wherewithal.core.policy import Used
from wherewithal.core.refusal import Refusal
from wherewithal.policy.holiday import bank_holidays
from wherewithal.policy.payment import payment_rules
from wherewithal.records.models import Agreement, Run
from wherewithal.web.access import user_of
from wherewithal.web.clock import now, today
from wherewithal.web.forms import Form
from wherewithal.web.page import page, refusals, render
from wherewithal.web.templating import plural

MOST = 50  # first payments that are worked out at once
COVERED = "What the person pays covers their support until the next four-weekly run."
PAUSED = "No support runs until the next four-weekly run."


@dataclass(frozen=True)
class First:
    """A first payment that waits: what a run drafted now would pay, for which days and when; or, in words
    (``why_not``), why it would pay nothing.
    """

    agreement: Agreement
    pence: int = 0
    period: Period | None = None
    pay_on: date | None = None
    why_not: str = ""


@page("run.draft")
def run_draft(request: HttpRequest) -> HttpResponse:
    """What can be drafted: first payments that wait, and the next four-weekly period."""
    form = Form(request.POST or None)
    if form.is_valid() and request.method == "POST":
        with refusals(form):
            made = _draft(request)
            messages.success(request, f"{made.number} is drafted: {plural(made.payments_count, 'payment')}.")
            return redirect("run", made.number)
    waiting, on = first_payments(), today()
    periods = _periods(on)
    context = {
        "form": form,
        "waiting": [_first(one, on) for one in waiting[:MOST]],
        "more": max(0, len(waiting) - MOST),
        "periods": periods,
        "offered": _offered(periods, on),
        "running": Agreement.objects.filter(ended_on=None).count(),
    }
    return render(request, "runs/draft.html", context)


def _draft(request: HttpRequest) -> Run:
    by, at = user_of(request), now()
    if "agreement" in request.POST:
        wanted = request.POST["agreement"]
        found = get_object_or_404(Agreement, pk=wanted if wanted.isdecimal() else None, ended_on=None)
        return actions.draft_first(agreement=found, by=by, at=at)
    try:
        first = date.fromisoformat(request.POST.get("first", ""))
    except ValueError:
        raise Refusal("Choose what to draft.") from None
    return actions.draft_period(first=first, by=by, at=at)


def first_payments() -> list[Agreement]:
    """Signed direct payments that no run has taken in yet, longest waiting first."""
    return list(
        Agreement.objects.filter(ended_on=None)
        .exclude(payments__run__state__in=[one for one in Run.State if one != Run.State.CANCELLED])
        .select_related("person")
        .order_by("signed_on", "pk")
    )


def _first(agreement: Agreement, on: date) -> First:
    try:
        found = first_of(agreement, on)
    except actions.NothingToPay as refusal:
        return First(agreement, why_not=refusal.says)
    owed = owed_to([agreement], found.period)[agreement.pk]
    if owed.pence <= 0:
        return First(agreement, why_not=COVERED if owed.gross_pence > 0 else PAUSED)
    return First(agreement, owed.pence, found.period, from_today(found.pay_by, on))


def _periods(on: date) -> list[tuple[Period, Run | None]]:
    """The period under way and the next two, each with the run that pays it already."""
    holidays = bank_holidays(on.year - 1, on.year + 1)
    rules = payment_rules(Used(on))
    upcoming, _ = next_payment(rules.first_period_on, on, holidays)
    firsts = [date.fromordinal(upcoming.first.toordinal() + days) for days in (-28, 0, 28)]
    running = Run.objects.filter(kind=Run.Kind.FOUR_WEEKLY, first__in=firsts).exclude(
        state=Run.State.CANCELLED
    )
    paid = {one.first: one for one in running}
    return [(Period(first, date.fromordinal(first.toordinal() + 27)), paid.get(first)) for first in firsts]


def _offered(periods: list[tuple[Period, Run | None]], on: date) -> list[Period]:
    """Those to draft now: none before the one that precedes it has its run, or has begun without one."""
    before = [(None, None), *periods]
    return [
        period
        for (earlier, its_run), (period, run) in zip(before, periods, strict=False)
        if run is None and (earlier is None or its_run or earlier.first <= on)
    ]


urlpatterns = [path("money/runs/draft/", run_draft, name="run_draft")]
