"""Payment runs: what goes out together, step by step, each step by somebody who may."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_POST

from wherewithal.actions import run as actions
from wherewithal.core.payments import has_come
from wherewithal.core.period import written
from wherewithal.core.roles import may
from wherewithal.formats.spreadsheet import to_csv
from wherewithal.records.models import Payment, Run
from wherewithal.records.traces import taken, takers
from wherewithal.web.access import may_open, user_of
from wherewithal.web.clock import now, today
from wherewithal.web.downloads import csv_answer, plain
from wherewithal.web.forms import Form
from wherewithal.web.page import page, refusals, render
from wherewithal.web.payslips import days_paid

NOT_OUT = (Run.State.DRAFT, Run.State.CHECKED, Run.State.APPROVED)
COLOURS = {"draft": "blue", "checked": "teal", "approved": "purple", "sent": "yellow", "settled": "green"}


@dataclass(frozen=True)
class Step:
    """One step of a run's life: done by whom and when, or what it takes."""

    name: str
    says: str  # the button
    waits: str  # what a run waits for before it: "RUN-000123 ...", with the run as {0}
    does: str  # what happens, beside the button
    permission: str
    from_state: str
    action: Callable[..., Run]


STEPS = (
    Step(
        "check",
        "Check",
        "is to be checked",
        "Every payment is worked out again and added up.",
        "run.check",
        "draft",
        actions.check,
    ),
    Step(
        "approve",
        "Approve",
        "is to be approved by another finance officer than {0.drafted_by}",
        "Another officer than the one who drafted it lets it go out.",
        "run.approve",
        "checked",
        actions.approve,
    ),
    Step(
        "send",
        "Write the bank file",
        "waits for its bank file to be written",
        "You get the file for the bank, and each person’s account shows the money from its pay day on.",
        "run.send",
        "approved",
        actions.send,
    ),
    Step(
        "settle",
        "The bank has paid it",
        "waits for somebody to say that the bank has paid it",
        "Every payment counts as paid, except those that the bank sent back.",
        "run.send",
        "sent",
        actions.settle,
    ),
)
TO_DOWNLOAD = "waits for its bank file to be downloaded"


class ReasonForm(Form):
    reason = forms.CharField(label="Why?", max_length=140)


@page("money.see")
def runs(request: HttpRequest) -> HttpResponse:
    shown = Paginator(Run.objects.defer("file").select_related("drafted_by").order_by("-pk"), 40)
    return render(
        request, "runs/list.html", {"page": shown.get_page(request.GET.get("page")), "colours": COLOURS}
    )


@page("money.see")
def run(request: HttpRequest, number: str) -> HttpResponse:
    return _run_page(request, _found(number))


@page("run.check")
@require_POST
def run_step(request: HttpRequest, number: str, step: str) -> HttpResponse:
    """Take a run one step on; a refusal is shown above the step."""
    found = _found(number)
    taken = next((one for one in STEPS if one.name == step), None)
    if taken is None:
        raise Http404
    if not may(user_of(request).roles, taken.permission):
        raise PermissionDenied(f"Your role may not do this step ({taken.says.lower()}).")
    form = Form(request.POST)
    if form.is_valid():
        with refusals(form):
            done = taken.action(run=found, by=user_of(request), at=now())
            messages.success(request, f"{done.number} is now: {done.get_state_display().lower()}.")
            return redirect("run", number)
    return _run_page(request, found, form)


@page("run.draft")
def run_cancel(request: HttpRequest, number: str) -> HttpResponse:
    """Drop a run that has not gone out, or draft it anew as things stand now."""
    found = _found(number)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with refusals(form):
            anew = "anew" in request.POST
            act = actions.draft_again if anew else actions.cancel
            done = act(run=found, reason=form.cleaned_data["reason"], by=user_of(request), at=now())
            says = (
                f"{number} is cancelled; {done.number} takes its place."
                if anew
                else f"{number} is cancelled."
            )
            messages.success(request, says)
            return redirect("run", done.number)
    return render(request, "runs/cancel.html", {"run": found, "form": form, "back": ("Back to the run", "")})


@page("run.send")
@require_GET
def run_file(request: HttpRequest, number: str) -> HttpResponse:
    """The bank file as it was sent: names and accounts of everybody in the run, for those who send it.

    Leaves a trace on each one's record.
    """
    found = _found(number)
    try:
        file = actions.take_file(run=found, by=user_of(request), at=now())
    except actions.NotThatState as no:
        raise Http404(str(no)) from no
    answer = HttpResponse(file.encode(), content_type="application/xml")
    answer["Content-Disposition"] = f'attachment; filename="{found.file_name}"'
    answer["Cache-Control"] = "no-store, private"  # a copy that is kept on the way would leave no trace
    return answer


@page("money.see")
def run_csv(request: HttpRequest, number: str) -> HttpResponse:
    """The run's payments as a spreadsheet: references, never names."""
    found = _found(number)
    read = (
        "person__ref",
        "end_to_end",
        "first",
        "last",
        "gross_pence",
        "contribution_pence",
        "pence",
        "state",
    )
    rows = [
        [one.end_to_end, one.person.ref, one.first.isoformat(), one.last.isoformat(),
         plain(one.gross_pence), plain(one.contribution_pence), plain(one.pence),
         one.get_state_display()]
        for one in found.payments.select_related("person").only(*read).order_by("end_to_end")
    ]  # fmt: skip
    head = ["Payment", "Person", "From", "To", "Support (£)", "Contribution (£)", "Payment (£)", "State"]
    return csv_answer(to_csv(head, rows), f"{found.number}.csv")


def _found(number: str) -> Run:
    people = ("drafted_by", "checked_by", "approved_by", "sent_by", "settled_by")
    return get_object_or_404(Run.objects.defer("file").select_related(*people), number=number)


def _run_page(request: HttpRequest, found: Run, form: Form | None = None) -> HttpResponse:
    payments = found.payments.select_related("person").order_by("end_to_end")
    shown = Paginator(payments, 50).get_page(request.GET.get("page"))
    total = found.payments.aggregate(
        total=Sum("pence"),
        posted=Count("pk", filter=Q(state__in=["sent", "settled"])),
        returned=Sum("pence", filter=Q(state="returned")),
    )
    took = takers(found) if found.file_name else []
    context: dict[str, Any] = {
        "run": found,
        "form": form,
        "page": shown,
        "open_to_me": may_open(user_of(request), [one.person_id for one in shown], now()),
        "colours": COLOURS,
        "summed": total,
        "step": _next(found),
        "waits_for": _waits_for(found, bool(took)),
        "steps": _life(found),
        "days": days_paid(found),
        "before_money": _before_money(found),
        "taken": took,
        "earlier": _earlier(found),
        "too_soon": found.state == "sent" and not has_come(found.pay_on, today()),
        "open": found.state in NOT_OUT,
    }
    return render(request, "runs/run.html", context)


def waiting(open_runs: Iterable[Run]) -> list[tuple[Run, str]]:
    """Those of the runs that wait for somebody today, each with what for, after its number. One query."""
    runs = list(open_runs)
    at_bank = taken(one for one in runs if one.state == Run.State.SENT)
    told = [(one, _waits_for(one, one.pk in at_bank)) for one in runs]
    return [(one, words) for one, words in told if words]


def _waits_for(run: Run, taken: bool) -> str:
    """'' where nobody can do anything: the bank file was ``taken``, and its day is still to come."""
    if run.state == Run.State.SENT and not taken:
        return TO_DOWNLOAD
    if run.state == Run.State.SENT and not has_come(run.pay_on, today()):
        return ""
    step = _next(run)
    return step.waits.format(run) if step else ""


def _next(found: Run) -> Step | None:
    return next((one for one in STEPS if one.from_state == found.state), None)


def _earlier(found: Run) -> Run | None:
    """A run that should be paid before this one, and has not gone out either."""
    if found.state not in NOT_OUT:
        return None
    before = Run.objects.filter(state__in=NOT_OUT, pay_on__lt=found.pay_on).defer("file")
    return before.order_by("pay_on", "pk").first()


def _before_money(found: Run) -> str:
    """That support starts before the pay day of a first payment; '' where it does not, and for other runs."""
    if found.kind != Run.Kind.OFF_CYCLE or found.first >= found.pay_on:
        return ""
    paid = Payment.objects.filter(person__in=found.payments.values("person"), run__lt=found.pk)
    if paid.exclude(run__state=Run.State.CANCELLED).exists():
        return ""
    return (
        f"Support starts on {written(found.first)}, before the money comes: tell them that what they use "
        "until then is paid for when it does."
    )


def _life(found: Run) -> list[dict[str, str]]:
    """The run's journey: each step with who and when, as far as it came."""
    done = [
        ("Drafted", found.drafted_at, found.drafted_by),
        ("Checked", found.checked_at, found.checked_by),
        ("Approved", found.approved_at, found.approved_by),
        ("Sent", found.sent_at, found.sent_by),
        ("Paid", found.settled_at, found.settled_by),
    ]
    last = max((place for place, (_, at, _) in enumerate(done) if at), default=0)
    return [
        {
            "name": name,
            "state": "done" if at and place < last else "now" if place == last else "next",
            "detail": f"{written(localdate(at))}{f', {who}' if who else ''}" if at else "",
        }
        for place, (name, at, who) in enumerate(done)
    ]


urlpatterns = [
    path("money/runs/", runs, name="runs"),
    path("money/runs/<str:number>/", run, name="run"),
    path("money/runs/<str:number>/step/<slug:step>/", run_step, name="run_step"),
    path("money/runs/<str:number>/cancel/", run_cancel, name="run_cancel"),
    path("money/runs/<str:number>/file/", run_file, name="run_file"),
    path("money/runs/<str:number>/payments.csv", run_csv, name="run_csv"),
]
