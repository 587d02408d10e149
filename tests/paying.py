"""Made-up people with a running direct payment, as rows, and payment runs through the actions."""

from datetime import date, datetime, timedelta

from making import LONDON, at, person, user

from wherewithal.actions import run
from wherewithal.core.roles import Role
from wherewithal.records.models import (
    Account,
    Agreement,
    Arrangement,
    Decision,
    FinancialAssessment,
    Household,
    Person,
    Plan,
    PlanLine,
    PlanOutcome,
    Price,
    Run,
    Transfer,
    User,
)

PERIOD = date(2026, 4, 20)  # a four-weekly period starts here: 6 April 2015 and 144 times four weeks


def finance() -> User:
    return user("Finn Finance", Role.FINANCE)


def other_officer() -> User:
    return user("Olga Officer", Role.FINANCE)


def moment(day: date, hour: int = 10) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=LONDON)


def direct_payment(
    name: str = "Pat Example", *weekly: int, pays: int = 0, signed_on: date = PERIOD, card: str = "", **more
) -> Agreement:
    """Somebody whose support costs ``weekly`` pence a week each, all held as a direct payment."""
    who = more.pop("person", None) or person(name)
    worker = user("Wren Worker")
    cost = sum(weekly or (20000,))
    plan = Plan.objects.create(
        person=who, state="agreed", written_by="person", author=worker, started_on=signed_on,
        agreed_on=signed_on, indicative_pence_per_week=cost, final_pence_per_week=cost,
    )  # fmt: skip
    decision = Decision.objects.create(
        kind="direct_payment", level="officer", person=who, plan=plan, author=worker, asked_by=worker,
        asked_on=signed_on, asks="Every condition?", state="decided", outcome="agreed", decided_by=worker,
        decided_on=signed_on, reasons="Every condition is met.",
    )  # fmt: skip
    for place, pence in enumerate(weekly or (20000,), 1):
        support(plan, pence, what=f"Support {place}", first=signed_on, **more)
    if pays:
        contribution(who, pays, signed_on)
    return Agreement.objects.create(
        person=who, plan=plan, decision=decision, holder="person", paid_to="card" if card else "bank",
        payee_name=who.name, sort_code="000000", account_number="12345678", card=card, signed_on=signed_on,
        signed_by=worker,
    )  # fmt: skip


def support(plan: Plan, pence: int, *, first: date, what: str = "Support", **more) -> Arrangement:
    """One line of a plan as it runs; ``how_often`` "one-off" is bought once, at ``pence``."""
    often = more.pop("how_often", "weekly")
    supplier = more.pop("supplier", "")
    units, unit_price = more.pop("units", 1), more.pop("pence_per_unit", pence)
    outcome = PlanOutcome.objects.create(plan=plan, text=f"{what} lets me live my life")
    line = PlanLine.objects.create(
        plan=plan, outcome=outcome, what=what, kind="personal_assistant", supplier=supplier, units=units,
        unit="week", pence_per_unit=unit_price, how_often=often, pence_per_week=pence, first=first,
        held="direct_payment",
    )  # fmt: skip
    number = Arrangement.objects.count() + 1
    made = Arrangement.objects.create(
        person=plan.person, plan=plan, line=line, order_number=f"PO-{number:07d}", what=what, kind=line.kind,
        supplier=supplier, held="direct_payment", term="long", state="active", first=first, **more,
    )  # fmt: skip
    Price.objects.create(arrangement=made, first=first, pence_per_week=pence)
    return made


def contribution(who: Person, pence_per_week: int, first: date) -> FinancialAssessment:
    FinancialAssessment.objects.filter(person=who, state="current").update(state="superseded")
    return FinancialAssessment.objects.create(
        person=who, first=first, assessed_on=first, by=user("Wren Worker"), means={}, workings=[], policy=[],
        budget_pence_per_week=20000, pence_per_week=pence_per_week, fingerprint="0" * 64,
    )  # fmt: skip


def lives_with(who: Person, name: str, relation: str = "brother") -> Household:
    return Household.objects.create(person=who, name=name, relation=relation, since=PERIOD)


def sent(made: Run, on: date | None = None) -> Run:
    """A drafted run, checked, approved by another officer and sent."""
    when = moment(on) if on else made.drafted_at
    made = run.check(run=made, by=finance(), at=when)
    made = run.approve(run=made, by=other_officer(), at=when)
    return run.send(run=made, by=finance(), at=when)


def four_weekly(first: date = PERIOD, on: date | None = None) -> Run:
    """The run of the period from ``first``, drafted four days ahead."""
    return run.draft_period(first=first, by=finance(), at=moment(on or first - timedelta(days=4)))


def balance(of: Person | None, kind: str, on: date = date.max) -> int:
    """Pence on an account, 0 where there is none."""
    account = Account.objects.filter(person=of, kind=kind).first()
    if account is None:
        return 0
    rows = Transfer.objects.filter(on__lte=on)
    came = sum(row.pence for row in rows.filter(debit=account))
    return came - sum(row.pence for row in rows.filter(credit=account))


def doing(day: date, hour: int = 10) -> dict:
    return {"by": finance(), "at": moment(day, hour)}


__all__ = ["PERIOD", "at", "balance", "contribution", "direct_payment", "doing", "finance", "four_weekly",
           "lives_with", "moment", "other_officer", "sent", "support"]  # fmt: skip
