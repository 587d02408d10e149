"""One person's money for staff: the account as a statement, the support that it pays, what they pay in."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F, OuterRef, Prefetch, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse

from wherewithal.actions import arrangement as arrangements
from wherewithal.actions import contribution as contributions
from wherewithal.core.money import pounds
from wherewithal.core.payslip import told_of
from wherewithal.core.period import written
from wherewithal.core.policy import Used
from wherewithal.core.price_change import allowed
from wherewithal.formats.spreadsheet import to_csv
from wherewithal.policy.delegation import price_leeway
from wherewithal.records import holding
from wherewithal.records.models import Actual, Agreement, Arrangement, Commitment, Person, Price
from wherewithal.records.terms import agreed_price, bought_once
from wherewithal.web import access
from wherewithal.web.access import user_of
from wherewithal.web.clock import now, today
from wherewithal.web.downloads import csv_answer, plain
from wherewithal.web.field_kinds import A_WEEK_AT_MOST, DateField, PenceField, YesNo
from wherewithal.web.forms import Form
from wherewithal.web.money_owed import drafted_for, owed
from wherewithal.web.my_spending import told
from wherewithal.web.page import page, refusals, render
from wherewithal.web.payslips import by_run, how_far, workings_of

TAGS = {
    Actual.State.ASKED: ("asked about", "yellow"),
    Actual.State.EXPLAINED: ("explained", "blue"),
    Actual.State.RECLAIMED: ("to be paid back", "red"),
    Actual.State.UNDONE: ("undone", "grey"),
}


class SuspendForm(Form):
    first = DateField(label="From", help_text="The first day away, such as the day they went into hospital")
    last = DateField(label="To, if you know", required=False)
    why = forms.CharField(label="Why?", max_length=200, initial="in hospital")
    hospital = YesNo(label="Is it a stay in hospital?", help_text="Then its first days are still paid")
    all_support = YesNo(label="Suspend everything that they hold the same way?")


class ResumeForm(Form):
    on = DateField(label="It runs again from")
    all_support = YesNo(label="Take up everything that is suspended?")


class EndForm(Form):
    on = DateField(label="Last day that is paid for")
    because = forms.CharField(label="Why does it end?", max_length=200)


class RepriceForm(Form):
    first = DateField(
        label="The new price counts from", help_text="It can be in the past: the difference is paid"
    )
    pence_per_week = PenceField(label="New price a week", least=1, most=A_WEEK_AT_MOST)
    reason = forms.CharField(label="Why?", max_length=200)


class ReceiveForm(Form):
    pence = PenceField(label="How much did they pay in?", least=1)
    on = DateField(label="On which day?")
    key = forms.CharField(
        max_length=40, required=False, widget=forms.HiddenInput
    )  # sent twice, it counts once


class WaiveForm(Form):
    reason = forms.CharField(label="Why does the council ask no more for it?", max_length=200)


Change = tuple[str, type[Form], Callable[..., Any]]
CHANGES: dict[str, Change] = {
    "suspend": ("Suspend", SuspendForm, arrangements.suspend),
    "resume": ("Take up again", ResumeForm, arrangements.resume),
    "end": ("End", EndForm, arrangements.end),
    "reprice": ("Change the price of", RepriceForm, arrangements.reprice),
}


@page("account.see")
def person_money(request: HttpRequest, ref: str) -> HttpResponse:
    person = access.person(request, ref)
    context = {
        "person": person,
        "agreement": (agreement := person.agreements.order_by("-signed_on").first()),
        "first_paid": _first_paid(agreement) if agreement else "",
        "held_pence": holding.held_pence(person, today()),
        "arrangements": (found := _arrangements(person)),
        "running_support": any(one.state != Arrangement.State.ENDED for one in found),
        "contributions": person.contributions.order_by("-first")[:13],
        "changes_open": changes_open,
        "owed": (differs := owed(person)),
        "owed_lines": told_of(person.name, differs.lines),
        "drafted": drafted_for(person) if differs.pence < 0 else [],
        "running": person.agreements.filter(ended_on=None).exists(),
        "questions": person.questions.exclude(state="closed").order_by("raised_on"),
    }
    context |= _statement(request, person) | _newest_payment(person)
    return render(request, "money/person.html", context)


@page("account.see")
def person_money_csv(request: HttpRequest, ref: str) -> HttpResponse:
    """The whole statement as a spreadsheet."""
    person = access.person(request, ref)
    account = holding.held_account(person)
    moves = holding.as_moves(account, holding.moves(account, today())) if account else []
    rows = [
        [one.on.isoformat(), told(one), one.part, plain(one.pence), plain(one.balance_pence)] for one in moves
    ]
    made = to_csv(["Date", "What", "Part of the plan", "In (£; out: below 0)", "Balance (£)"], rows)
    return csv_answer(made, f"{person.ref}-{today().isoformat()}.csv")


@page("arrangement.change")
def arrangement_change(request: HttpRequest, ref: str, order_number: str, change: str) -> HttpResponse:
    """Suspend, take up again, end or reprice one part of somebody's support."""
    person = access.person(request, ref)
    found = get_object_or_404(person.arrangements, order_number=order_number)
    if change not in CHANGES:
        raise Http404
    title, form_class, action = CHANGES[change]
    form = form_class(request.POST or None)
    if form.is_valid():
        with refusals(form):
            given = {name: value for name, value in form.cleaned_data.items() if value is not None}
            came = action(arrangement=found, by=user_of(request), at=now(), **given)
            messages.success(request, _what_came(change, came))
            return redirect("person_money", ref)
    context = {"person": person, "arrangement": found, "form": form, "title": title, "change": change}
    if change == "reprice" and bought_once(found) is None:
        context["agreed"] = agreed = agreed_price(found)
        context["leeway"] = leeway = price_leeway(Used(today()))
        context["allowed"] = agreed and allowed(agreed, today(), leeway)
    return render(request, "money/change.html", context)


@page("line.close")
def contribution_receive(request: HttpRequest, ref: str) -> HttpResponse:
    """Money that the person paid in: the oldest bill is settled first."""
    person = access.person(request, ref)
    form = ReceiveForm(request.POST or None, initial={"on": today(), "key": uuid4().hex})
    if form.is_valid():
        with refusals(form):
            left = contributions.receive(person=person, by=user_of(request), at=now(), **form.cleaned_data)
            messages.success(
                request, f"{pounds(form.cleaned_data['pence'])} is on record. Unpaid: {pounds(left)}."
            )
            return redirect("person_money", ref)
    return render(request, "money/receive.html", {"person": person, "form": form})


@page("line.close")
def contribution_waive(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    person = access.person(request, ref)
    bill = get_object_or_404(person.contributions, pk=pk)
    form = WaiveForm(request.POST or None)
    if form.is_valid():
        with refusals(form):
            contributions.waive(
                contribution=bill, reason=form.cleaned_data["reason"], by=user_of(request), at=now()
            )
            messages.success(request, "The council asks no more for it.")
            return redirect("person_money", ref)
    return render(request, "money/waive.html", {"person": person, "bill": bill, "form": form})


def _newest_payment(person: Person) -> dict[str, Any]:
    """How the last payment that went out was worked out; nothing where none did."""
    sent = person.payments.filter(run__sent_at__isnull=False).select_related("run").defer("run__file")
    newest = sent.order_by("-run__pay_on", "-pk").first()
    if newest is None:
        return {}
    far = how_far(newest, today())
    return {"newest": newest, "newest_far": far, **workings_of(newest, "Goes to the bank", person.name)}


def _first_paid(agreement: Agreement) -> str:
    """When its first money reached the person, or will."""
    paid_on = agreement.first_paid_on
    if paid_on is None:
        return "Not yet"
    return written(paid_on) if paid_on <= today() else f"On its way, will be paid on {written(paid_on)}"


def _statement(request: HttpRequest, person: Person) -> dict[str, Any]:
    account = holding.held_account(person)
    if account is None:
        return {"account": None, "rows": []}
    shown = Paginator(holding.moves(account, today()), 30).get_page(request.GET.get("page"))
    payslips = {run: reverse("payment", args=payment) for run, payment in by_run(person).items()}
    rows = [
        {
            "on": one.on,
            "says": told(one),
            "href": payslips.get(one.run, "") if one.run else "",
            "note": one.part,
            "money_in": one.pence if one.pence > 0 else None,
            "money_out": -one.pence if one.pence < 0 else None,
            "balance": one.balance_pence,
            "tag": TAGS.get(one.state),  # type: ignore[call-overload]
        }
        for one in holding.as_moves(account, shown)
    ]
    return {"account": account, "rows": rows, "page": shown}


def _arrangements(person: Person) -> list[Arrangement]:
    """Each with today's price, or the one it starts at, the prices that are still to come (``coming``), and
    what is committed, the running ones first; two queries.
    """
    prices = Price.objects.filter(arrangement=OuterRef("pk"))
    in_force = prices.filter(first__lte=today()).order_by("-first").values("pence_per_week")
    starts_at = prices.order_by("first").values("pence_per_week")
    pending = Commitment.objects.filter(arrangement=OuterRef("pk"), state="pending").values("arrangement")
    coming = Price.objects.filter(first__gt=today()).exclude(first=F("arrangement__first")).order_by("first")
    rows = person.arrangements.select_related("line").prefetch_related(Prefetch("prices", coming, "coming"))
    rows = rows.annotate(
        price_pence=Coalesce(Subquery(in_force[:1]), Subquery(starts_at[:1])),
        committed_pence=Coalesce(Subquery(pending.annotate(all=Sum("pence")).values("all")), 0),
    )
    order = {"active": 0, "suspended": 1, "planned": 2, "ended": 3}
    return sorted(rows, key=lambda one: (order[one.state], -one.first.toordinal(), one.pk))


def _what_came(change: str, came: Any) -> str:
    pence = getattr(came, "pence", came)
    if change in ("suspend", "end"):
        return f"{pounds(pence)} that was paid ahead comes back." if pence else "Nothing was paid ahead."
    if not pence:
        return "Done. No difference is owed for the days before."
    owed = "goes out" if pence > 0 else "is taken off"
    return f"{pounds(abs(pence))} {owed} with the next run."


def changes_open(arrangement: Arrangement) -> list[tuple[str, str]]:
    """What can be done with an arrangement as it stands: (change, title)."""
    if arrangement.state == Arrangement.State.ENDED:
        return []
    suspended = arrangement.state == Arrangement.State.SUSPENDED
    wanted = ("resume", "end") if suspended else ("suspend", "reprice", "end")
    return [(one, CHANGES[one][0].removesuffix(" of")) for one in wanted]


urlpatterns = [
    path("people/<str:ref>/money/", person_money, name="person_money"),
    path("people/<str:ref>/money.csv", person_money_csv, name="person_money_csv"),
    path("people/<str:ref>/money/contribution/", contribution_receive, name="contribution_receive"),
    path("people/<str:ref>/money/contribution/<int:pk>/", contribution_waive, name="contribution_waive"),
    path(
        "people/<str:ref>/money/<str:order_number>/<slug:change>/",
        arrangement_change,
        name="arrangement_change",
    ),
]
