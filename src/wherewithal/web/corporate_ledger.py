"""The ledger as the corporate one takes it in: purchase order numbers and accounts, and nobody's name."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.urls import path

from wherewithal.core.period import Period, months_after
from wherewithal.core.refusal import Refusal
from wherewithal.formats.spreadsheet import to_csv
from wherewithal.records.models import Transfer
from wherewithal.web.clock import today
from wherewithal.web.downloads import csv_answer, plain
from wherewithal.web.page import page

HEAD = ("Day", "Posted", "Kind", "To", "From", "Amount", "Order", "Run", "Transfer")


class NotAMonth(Refusal):
    """A month that cannot be read."""


@page("money.see")
def ledger_csv(request: HttpRequest) -> HttpResponse:
    """Every transfer of a month (``?month=2026-04``, else the latest with any), in order."""
    try:
        month = _month(request.GET.get("month", ""))
    except NotAMonth as refusal:
        return HttpResponse(refusal.says, status=400, content_type="text/plain; charset=utf-8")
    return csv_answer(to_csv(HEAD, _rows(month)), f"ledger-{month.first:%Y-%m}.csv")


def _month(written: str) -> Period:
    if not written:
        latest = Transfer.objects.filter(on__lte=today()).aggregate(on=Max("on"))["on"] or today()
        written = f"{latest:%Y-%m}"
    try:
        first = date.fromisoformat(f"{written}-01")
    except ValueError:
        raise NotAMonth("Write the month like 2026-04.") from None
    return Period(first, date.fromordinal(months_after(first, 1).toordinal() - 1))


def _rows(month: Period) -> Iterator[tuple[str, ...]]:
    """An account is named by its kind; a card line is an amount and a day, and not whom it went to."""
    moved = Transfer.objects.filter(on__gte=month.first, on__lte=month.last).order_by("on", "at", "key")
    columns = ("on", "at", "kind", "debit__kind", "credit__kind", "pence", "arrangement__order_number",
               "run__number", "pk")  # fmt: skip
    for on, at, kind, to, came, pence, order, run, pk in moved.values_list(*columns).iterator():
        yield (on.isoformat(), at.isoformat(), kind, to, came, plain(pence), order or "", run or "", str(pk))


urlpatterns = [path("money/ledger.csv", ledger_csv, name="ledger_csv")]
