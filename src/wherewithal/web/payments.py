"""One payment of a run: how it was worked out, which purchase orders carry it, where it went."""

from django import forms
from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path

from wherewithal.actions import run as actions
from wherewithal.core.bank import BankAccount
from wherewithal.records.models import Commitment, Payment
from wherewithal.web import access
from wherewithal.web.access import user_of
from wherewithal.web.clock import now, today
from wherewithal.web.forms import Form
from wherewithal.web.page import page, refusals, render
from wherewithal.web.payslips import days_paid, how_far, workings_of


class ReturnForm(Form):
    reason = forms.CharField(label="Why did the bank send it back?", max_length=140)


@page("account.see")
def payment(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The payslip, the shares by purchase order, and the periods that it settles."""
    found = _found(request, number, pk)
    orders = Commitment.objects.filter(
        key__startswith=f"run:{number}:", arrangement__person=found.person
    ).select_related("arrangement")
    settles = found.lines.select_related("arrangement").order_by(
        "-first", F("arrangement").asc(nulls_last=True)
    )
    context = {
        "payment": found,
        "person": found.person,
        **workings_of(found, "Goes to the bank", found.person.name),
        "far": how_far(found, today()),
        "days": days_paid(found),
        "orders": orders.order_by("arrangement__order_number"),
        "settles": settles,
        "ending": BankAccount(found.payee_name, found.sort_code, found.account_number).ending,
    }
    return render(request, "runs/payment.html", context)


@page("run.send")
def payment_return(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The bank sent one payment back."""
    found = _found(request, number, pk)
    form = ReturnForm(request.POST or None)
    if form.is_valid():
        with refusals(form):
            reason = form.cleaned_data["reason"]
            actions.return_payment(payment=found, reason=reason, by=user_of(request), at=now())
            messages.success(
                request, f"{found.end_to_end} came back. What is owed goes out with the next run."
            )
            return redirect("run", number)
    return render(request, "runs/return.html", {"payment": found, "form": form})


def _found(request: HttpRequest, number: str, pk: int) -> Payment:
    """The payment, if its person may be seen; leaves a trace. Raises Http404, NotYours."""
    found = get_object_or_404(Payment.objects.select_related("run", "person"), pk=pk, run__number=number)
    access.person(request, found.person.ref)
    return found


urlpatterns = [
    path("money/runs/<str:number>/payments/<int:pk>/", payment, name="payment"),
    path("money/runs/<str:number>/payments/<int:pk>/return/", payment_return, name="payment_return"),
]
