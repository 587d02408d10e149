"""What is owed and what comes back: differences of earlier payments, support that ends, missed bills."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, F, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from wherewithal.actions import arrangement as arrangements
from wherewithal.actions import run as runs
from wherewithal.core.money import pounds
from wherewithal.core.payments import Difference
from wherewithal.core.refusal import Refusal
from wherewithal.core.settling import overpaid, statement
from wherewithal.records.models import Agreement, Contribution, Payment, Person, Run, Transfer
from wherewithal.records.terms import WENT_OUT, entries_of, mode_on, terms_of
from wherewithal.web import access
from wherewithal.web.access import user_of
from wherewithal.web.clock import now
from wherewithal.web.field_kinds import DateField
from wherewithal.web.forms import Form
from wherewithal.web.page import page, refusals, render

MOST = 50  # people of the worklist who are worked out at once


class EndAllForm(Form):
    on = DateField(label="Last day that is paid for", help_text="The day somebody died or moved is paid for")
    because = forms.CharField(label="Why does all support end?", max_length=200)


@dataclass(frozen=True)
class Ahead:
    """Somebody whose direct payment ended with ``pence`` paid for days after it."""

    person: Person
    ended_on: date
    pence: int


@page("arrangement.change")
def support_end_all(request: HttpRequest, ref: str) -> HttpResponse:
    """Somebody died, moved or needs no more support: all of it ends, and the rest comes back."""
    person = access.person(request, ref)
    form = EndAllForm(request.POST or None)
    if form.is_valid():
        with refusals(form):
            back = arrangements.end_all(person=person, by=user_of(request), at=now(), **form.cleaned_data)
            messages.success(request, f"All support ends. {pounds(back)} that was paid ahead comes back.")
            return redirect("person_money", ref)
    return render(request, "money/end_all.html", {"person": person, "form": form})


@page("arrangement.change")
@require_POST
def money_take_back(request: HttpRequest, ref: str) -> HttpResponse:
    """What was paid for days that are no longer due comes back."""
    person = access.person(request, ref)
    back = arrangements.take_back(person=person, by=user_of(request), at=now())
    messages.success(request, f"{pounds(back)} comes back." if back else "Nothing was paid too much.")
    return redirect("person_money", ref)


@page("run.draft")
@require_POST
def run_owed(request: HttpRequest, ref: str) -> HttpResponse:
    """A run of its own for what somebody is owed, so that it does not wait for the next one."""
    person = access.person(request, ref)
    agreement = Agreement.objects.filter(person=person).order_by("ended_on", "-pk").first()
    try:
        if agreement is None:
            raise runs.NothingToPay("This person has no direct payment.")
        made = runs.draft_owed(agreement=agreement, by=user_of(request), at=now())
    except Refusal as refusal:
        messages.error(request, refusal.says)
        return redirect("person_money", ref)
    messages.success(request, f"{made.number} is drafted: {pounds(made.total_pence)}.")
    return redirect("run", made.number)


@page("money.see")
def contributions_missed(request: HttpRequest) -> HttpResponse:
    """Who has not paid in what they were asked for, the longest first."""
    rows = Contribution.objects.filter(state="missed", person__in=access.visible(user_of(request)))
    rows = rows.annotate(unpaid_pence=F("due_pence") - F("paid_pence")).select_related("person")
    shown = Paginator(rows.order_by("due_on", "pk"), 40).get_page(request.GET.get("page"))
    return render(request, "money/missed.html", {"page": shown})


def owed(person: Person) -> Difference:
    """What was paid to the person so far beside what is due now; runs that are under way count as paid."""
    entries = entries_of([person.pk]).get(person.pk, ())
    return statement(terms_of([person.pk])[person.pk], entries, mode_on)


def drafted_for(person: Person) -> list[str]:
    """The runs that will pay the person and have not gone out, by their numbers."""
    unsent = (Run.State.DRAFT, Run.State.CHECKED, Run.State.APPROVED)
    rows = person.payments.filter(run__state__in=unsent).order_by("run__pay_on")
    return list(dict.fromkeys(rows.values_list("run__number", flat=True)))


def paid_ahead() -> list[Ahead]:
    """Whose direct payment ended with money paid for days after it that has not come back."""
    back = Transfer.objects.filter(
        kind="reclaim", credit__person=OuterRef("person"), first=OuterRef("first"), last=OuterRef("last")
    )
    after = Payment.objects.filter(
        run__state__in=WENT_OUT, last__gt=F("agreement__ended_on"), pence__gt=0
    ).exclude(state="returned")
    after = after.exclude(Exists(back)).select_related("person", "agreement").order_by("person_id", "-last")
    found = {one.person_id: one for one in after[:MOST]}
    terms, entries = terms_of(list(found)), entries_of(list(found), only_sent=True)
    sums = {pk: overpaid(terms[pk], entries[pk], mode_on).pence for pk in found}
    return [
        Ahead(one.person, one.agreement.ended_on, sums[pk])
        for pk, one in found.items()
        if sums[pk] and one.agreement.ended_on
    ]


def sent_back() -> list[tuple[Person, int]]:
    """To whom the bank sent a payment back that no run has in it again, with what is owed in pence; of the
    newest that came back, since older ones were paid again long ago.
    """
    came_back = Payment.objects.filter(state=Payment.State.RETURNED).select_related("person").order_by("-pk")
    found = {one.person_id: one.person for one in came_back[:MOST]}
    terms, entries = terms_of(list(found)), entries_of(list(found))
    sums = {pk: statement(terms[pk], entries.get(pk, ()), mode_on).pence for pk in found}
    return [(found[pk], pence) for pk, pence in sums.items() if pence > 0]


urlpatterns = [
    path("money/contributions/", contributions_missed, name="contributions_missed"),
    path("people/<str:ref>/money/end/", support_end_all, name="support_end_all"),
    path("people/<str:ref>/money/take-back/", money_take_back, name="money_take_back"),
    path("people/<str:ref>/money/pay-now/", run_owed, name="run_owed"),
]
