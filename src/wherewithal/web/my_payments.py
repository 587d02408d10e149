"""A payment from the council as the person reads it: when it comes, what it is for, how it adds up."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path

from wherewithal.core.payments import has_come
from wherewithal.core.period import written
from wherewithal.records.models import Payment, Run
from wherewithal.web.clock import today
from wherewithal.web.my import whose
from wherewithal.web.my_money import weekday
from wherewithal.web.page import page, render
from wherewithal.web.payslips import workings_of


@page("my.see")
def my_payment(request: HttpRequest, pk: int) -> HttpResponse:
    """One of their own payments; one that was dropped before it went out is nobody's. Raises Http404."""
    mine = whose(request)
    rows = Payment.objects.filter(person=mine.person).exclude(run__state=Run.State.CANCELLED)
    found = get_object_or_404(rows.select_related("run", "agreement").defer("run__file"), pk=pk)
    context = {
        "whose": mine,
        "person": mine.person,
        "payment": found,
        "says": mine.says(_when(found, today())),
        "off_cycle": mine.says(_off_cycle(found)),
        "shares": list(found.contributions.filter(due_pence__gt=0).order_by("first")),
        **workings_of(found, _to(found), "" if mine.yours else mine.person.name),
    }
    return render(request, "my/payment.html", context)


def _when(payment: Payment, on: date) -> str:
    """How far the payment is, in one or two sentences."""
    run, day = payment.run, weekday(payment.run.pay_on)
    if payment.state == Payment.State.RETURNED:
        return "The bank sent this payment back to us. What we owe {you} goes out with another payment."
    if not payment.pence:
        return f"Nothing went out on {written(run.pay_on)}: {{your}} own share covers all of it."
    if run.sent_at is None:
        return f"We are getting this payment ready. It should come on {day}, and it can still change."
    return f"It came on {day}." if has_come(run.pay_on, on) else f"It comes on {day}."


def _off_cycle(payment: Payment) -> str:
    """Why it does not come with the payments of every four weeks; '' where it does."""
    if payment.run.kind == Run.Kind.FOUR_WEEKLY:
        return ""
    others = Payment.objects.filter(agreement=payment.agreement_id, first__lte=payment.last)
    if others.exclude(pk=payment.pk).exclude(run__state=Run.State.CANCELLED).exists():
        return "It makes up what we still owed {you} for days that have passed."
    return "It is {your} first payment. After it, payments come every four weeks."


def _to(payment: Payment) -> str:
    if payment.agreement.paid_to == "card":
        return "Paid to the prepaid card"
    return f"Paid into the account ending {payment.account_number[-4:]}"


urlpatterns = [path("my/payments/<int:pk>/", my_payment, name="my_payment")]
