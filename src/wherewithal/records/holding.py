"""What is held for one person and what moved it: the ledger as that person reads it, in few queries.

Everything is found by the person's own accounts, so that it costs the same however much the council pays to
others. A day counts by ``Transfer.on``: a payment that is on its way to the bank is not held yet.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from django.db.models import Case, Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce

from wherewithal.core.period import Period
from wherewithal.records.models import Account, Actual, Agreement, Person, Price, Transfer
from wherewithal.records.models.plan import Held

DAY = timedelta(days=1)
PAID_IN = ("payment", "contribution_paid")
BOUGHT = ("spending", "refund")


@dataclass(frozen=True)
class Spent:
    """What support cost under one purchase order, less refunds: in a period, and ever."""

    in_period_pence: int = 0
    ever_pence: int = 0


@dataclass(frozen=True)
class Move:
    """One line of a statement. ``pence`` above 0 came in; a run's payment is one line, whatever it is for.

    ``who`` is the payee of a card line, ``part`` what it was for in the plan ('' while nobody knows) and
    ``state`` that of the line; ``mistaken`` is the payee of the line that this one undoes; ``run`` is the id
    of the run that moved it. ``balance_pence`` is held after it.
    """

    on: date
    kind: str
    pence: int
    who: str
    part: str
    outcome: str
    state: str
    line: int | None
    mistaken: str
    run: int | None
    place: tuple[Any, ...]
    balance_pence: int = 0


@dataclass(frozen=True)
class Supported:
    """An arrangement in short. ``pence_per_week`` is today's price, None before its first day."""

    order_number: str
    what: str
    supplier: str
    outcome: str
    held: Held
    state: str
    first: date
    how_often: str
    pence_per_week: int | None


def held_account(person: Person) -> Account | None:
    """The account of their direct payment; None for somebody who never had money moved."""
    return Account.objects.filter(person=person, kind="held").first()


def held_pence(person: Person, on: date) -> int:
    """What is held at the end of ``on``; below 0 when more has left than came. One query."""
    return _held(Account.objects.filter(person=person), on).values_list("holds", flat=True).first() or 0


def held_after_the_end(on: date) -> QuerySet[Any, Any]:
    """The accounts that hold money at the end of ``on`` though no direct payment of the person runs any more,
    the most first: ``holds`` in pence, ``ended_on`` when the last one ended.
    """
    running = Agreement.objects.filter(person=OuterRef("person"), ended_on=None)
    accounts = Account.objects.filter(~Exists(running), person__agreements__ended_on__lte=on)
    found = _held(accounts, on).filter(holds__gt=0).annotate(ended_on=Max("person__agreements__ended_on"))
    most_first: QuerySet[Any, Any] = found.select_related("person").order_by("-holds", "pk")
    return most_first


def _held(accounts: QuerySet[Account], on: date) -> QuerySet[Any, Any]:
    """Those of direct payments, with what each ``holds`` at the end of ``on``, in pence."""
    up_to = Transfer.objects.filter(on__lte=on).order_by()
    came = up_to.filter(debit=OuterRef("pk")).values("debit").values(pence=Sum("pence"))
    went = up_to.filter(credit=OuterRef("pk")).values("credit").values(pence=Sum("pence"))
    held = accounts.filter(kind="held")
    return held.annotate(holds=Coalesce(Subquery(came), 0) - Coalesce(Subquery(went), 0))


def spent(person: Person, period: Period) -> dict[str, Spent]:
    """What was bought, by purchase order number; '' holds what is not matched to the plan. One query."""
    within = Q(spent_on__gte=period.first, spent_on__lte=period.last)
    sums = (
        Actual.objects.filter(person=person)
        .exclude(state=Actual.State.UNDONE)
        .order_by()
        .values_list("arrangement__order_number")
        .annotate(in_period=Coalesce(Sum("pence", filter=within), 0), ever=Sum("pence"))
    )
    return {order or "": Spent(in_period, ever) for order, in_period, ever in sums}


def supported(person: Person, on: date) -> list[Supported]:
    """Everything that is or was arranged, the newest plan first, in the plan's own order. One query."""
    prices = Price.objects.filter(arrangement=OuterRef("pk")).values("pence_per_week")
    now, then = prices.filter(first__lte=on).order_by("-first"), prices.order_by("first")
    rows = person.arrangements.order_by(
        F("plan_id").desc(nulls_last=True), "line__outcome__order", "line__order", "pk"
    ).values_list(
        "order_number", "what", "supplier", "line__outcome__text", "held", "state", "first",
        "line__how_often", Coalesce(Subquery(now[:1]), Subquery(then[:1])),
    )  # fmt: skip
    return [
        Supported(order, what, supplier, outcome or "", Held(held), state, first, often or "", price)
        for order, what, supplier, outcome, held, state, first, often, price in rows
    ]


def last_payments(person: Person, count: int) -> list[Actual]:
    """The newest card lines with their arrangements; those that were undone are left out. One query."""
    lines = person.actuals.exclude(state=Actual.State.UNDONE).select_related("arrangement")
    return list(lines.order_by("-spent_on", "-pk")[:count])


def parts_paid_for(person: Person) -> list[str]:
    """What money was ever spent on, as the plans name it, in order of the alphabet. One query."""
    lines = person.actuals.filter(arrangement__isnull=False).order_by("arrangement__what")
    return list(lines.values_list("arrangement__what", flat=True).distinct())


def months(account: Account, on: date) -> list[date]:
    """The first day of each month in which money moved, the newest first. One query."""
    return list(_touching(account, on).dates("on", "month", order="DESC"))


def moves(account: Account, on: date, wanted: Q | None = None) -> QuerySet[Any, Any]:
    """Rows of the account up to ``on``, newest first, for ``as_moves``; ``wanted`` narrows the transfers."""
    return (
        _touching(account, on)
        .filter(wanted or Q())
        .annotate(single=Case(When(run=None, then=F("pk"))))
        .values(
            "on", "kind", "run", "single",
            who=F("actual__merchant"), part=F("actual__arrangement__what"),
            outcome=F("actual__arrangement__line__outcome__text"), state=F("actual__state"),
            line=F("actual__pk"), mistaken=F("reverses__actual__merchant"),
        )
        .annotate(moved=Sum(_signed(account)), moment=Min("at"), first_key=Min("key"))
        .order_by("-on", "-moment", "-first_key")
    )  # fmt: skip


def totals(account: Account, on: date, wanted: Q | None = None) -> tuple[int, int]:
    """What came in and what went out, in pence, of the transfers that ``wanted`` leaves. One query."""
    sums = (
        _touching(account, on)
        .filter(wanted or Q())
        .aggregate(
            came=Coalesce(Sum("pence", filter=Q(debit=account)), 0),
            went=Coalesce(Sum("pence", filter=Q(credit=account)), 0),
        )
    )
    return sums["came"], sums["went"]


def as_moves(account: Account, rows: Iterable[dict[str, Any]]) -> list[Move]:
    """Rows of ``moves``, in the same order, each with the balance after it. Two queries."""
    found = [_move(row) for row in rows]
    if not found:
        return []
    first, last = min(one.on for one in found), max(one.on for one in found)
    before = _touching(account, first - DAY).aggregate(pence=Sum(_signed(account)))["pence"] or 0
    between = list(moves(account, last, Q(on__gte=first)).reverse())
    balances = accumulate((row["moved"] for row in between), initial=before)
    after = dict(zip(map(_place, between), list(balances)[1:], strict=True))
    return [replace(one, balance_pence=after[one.place]) for one in found]


def _move(row: dict[str, Any]) -> Move:
    return Move(
        on=row["on"],
        kind=row["kind"],
        pence=row["moved"],
        who=row["who"] or "",
        part=row["part"] or "",
        outcome=row["outcome"] or "",
        state=row["state"] or "",
        line=row["line"],
        mistaken=row["mistaken"] or "",
        run=row["run"],
        place=_place(row),
    )


def _place(row: dict[str, Any]) -> tuple[Any, ...]:
    """Where a row stands in its account: no two rows share it."""
    return row["on"], row["moment"], row["first_key"]


def _touching(account: Account, on: date) -> QuerySet[Transfer]:
    return Transfer.objects.filter(Q(debit=account) | Q(credit=account), on__lte=on)


def _signed(account: Account) -> Case:
    return Case(When(debit=account, then=F("pence")), default=-F("pence"))
