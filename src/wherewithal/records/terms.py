"""From rows to the core's values: what people's direct payments are worked out from, and what was paid.

Nothing here decides anything. Each function reads for many people with a fixed number of queries.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from fractions import Fraction
from functools import lru_cache

from django.db.models import Sum

from wherewithal.core.arrangement import ArrangementLine, Ending, Price, Suspension
from wherewithal.core.money import half_up
from wherewithal.core.payments import Mode, OneOff, Terms
from wherewithal.core.period import Period
from wherewithal.core.policy import Used
from wherewithal.core.price_change import Agreed
from wherewithal.core.settling import OFF, Entry
from wherewithal.policy.payment import mode
from wherewithal.records.models import (
    Agreement,
    Arrangement,
    FinancialAssessment,
    Payment,
    PaymentLine,
    Run,
    Transfer,
)  # fmt: skip
from wherewithal.records.models.plan import Held, HowOften

WENT_OUT = (Run.State.SENT, Run.State.SETTLED)


def terms_of(people: Collection[int]) -> dict[int, Terms]:
    """The terms of each person's direct payment; a person without one has no lines."""
    agreed = _agreed(people)
    lines: dict[int, list[ArrangementLine]] = defaultdict(list)
    once: dict[int, list[OneOff]] = defaultdict(list)
    for row in arrangements(people):
        item = bought_once(row)
        if item is not None:
            once[row.person_id].append(item)
        elif line := as_line(row, agreed[row.person_id]):
            lines[row.person_id].append(line)
    asked = contributions(people)
    return {
        person: Terms(
            tuple(lines[person]),
            tuple(asked[person, "adult"]),
            one_offs=tuple(once[person]),
            carer_contribution=tuple(asked[person, "carer"]),
        )
        for person in people
    }


def arrangements(people: Collection[int]) -> Iterable[Arrangement]:
    """Everything that is or was held as their direct payment, with prices and suspensions, in order."""
    direct = Arrangement.objects.filter(person__in=people, held=Held.DIRECT_PAYMENT)
    return direct.select_related("line", "plan").prefetch_related("prices", "suspensions").order_by("id")


def as_line(row: Arrangement, under: Collection[Period] = (Period(date.min),)) -> ArrangementLine | None:
    """One arrangement on the days that the agreements in ``under`` hold; None where they never meet.

    ``row`` has its prices and suspensions; one that is over says so in its workings.
    """
    runs = Period(row.first)
    active = tuple(days for agreement in under if (days := runs.shared_with(agreement)) is not None)
    if not active:
        return None
    return ArrangementLine(
        row.order_number,
        row.what,
        tuple(Price(price.first, price.pence_per_week) for price in row.prices.all()),
        active,
        tuple(Suspension(Period(one.first, one.last), one.why) for one in row.suspensions.all()),
        Ending(row.last, "plan_changed") if row.last else None,
        as_carer=row.plan is not None and row.plan.kind == "carer",
    )


def bought_once(row: Arrangement) -> OneOff | None:
    """What a plan's line buys once, due on its first day; None for support that is paid by the week.

    A line that was replaced before it began costs nothing and is left out.
    """
    line = row.line
    if line is None or line.how_often != HowOften.ONE_OFF:
        return None
    if not any(price.pence_per_week for price in row.prices.all()):
        return None
    return OneOff(row.order_number, row.what, row.first, half_up(Fraction(line.units) * line.pence_per_unit))


def agreed_price(row: Arrangement) -> Agreed | None:
    """What the sign-off of its plan agreed for it; None for support that began without a plan."""
    if row.line is None or row.plan is None:
        return None
    assert row.plan.agreed_on is not None, "support of a plan begins when the plan is agreed"
    return Agreed(row.line.pence_per_week, row.plan.agreed_on)


def contributions(people: Collection[int]) -> dict[tuple[int, str], list[Price]]:
    """What each person pays a week, dated, as an adult and as a carer. A later assessment counts from its
    first day, whatever stood.
    """
    found: dict[tuple[int, str], list[Price]] = defaultdict(list)
    rows = FinancialAssessment.objects.filter(person__in=people).order_by("id")
    for person, kind, first, pence in rows.values_list("person_id", "kind", "first", "pence_per_week"):
        before = [price for price in found[person, kind] if price.first < first]
        found[person, kind] = [*before, Price(first, pence)]
    return found


def entries_of(
    people: Collection[int], *, besides: Run | None = None, only_sent: bool = False
) -> dict[int, list[Entry]]:
    """What was paid, or is about to be, and what came back, for each person.

    Runs that were cancelled and the run ``besides`` are left out; with ``only_sent`` also runs that have not
    gone out. A payment that the bank sent back stands with 0.
    """
    lines = PaymentLine.objects.filter(payment__person__in=people)
    lines = lines.exclude(payment__run__state=Run.State.CANCELLED).exclude(payment__run=besides)
    if only_sent:
        lines = lines.filter(payment__run__state__in=WENT_OUT)
    grouped = lines.values_list(
        "payment__person_id", "first", "last", "arrangement__order_number", "payment__state"
    ).annotate(Sum("pence"))
    found: dict[int, list[Entry]] = defaultdict(list)
    for person, first, last, order, state, pence in grouped:
        kept = 0 if state == Payment.State.RETURNED else pence
        found[person].append(Entry(Period(first, last), order or OFF, kept))
    back = Transfer.objects.filter(kind="reclaim", credit__person__in=people, first__isnull=False)
    for person, start, end, order, pence in back.values_list(
        "credit__person_id", "first", "last", "arrangement__order_number", "pence"
    ):
        assert start is not None and order is not None, "what came back names its period and arrangement"
        found[person].append(Entry(Period(start, end), order, -pence))
    return found


@lru_cache(maxsize=1024)
def mode_on(day: date) -> Mode:
    """Net or gross, by the policy of a period's first day. Raises NoPolicy."""
    return mode(Used(day))


def _agreed(people: Collection[int]) -> dict[int, list[Period]]:
    """The days on which each person's agreements ran; two may share a day."""
    found: dict[int, list[Period]] = defaultdict(list)
    for agreement in Agreement.objects.filter(person__in=people).order_by("signed_on"):
        found[agreement.person_id].append(Period(agreement.signed_on, agreement.ended_on))
    return found
