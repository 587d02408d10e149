"""Made-up people on the way from a budget to support that runs, through the real actions."""

from datetime import date
from decimal import Decimal

from assessing import proposed, worker
from making import at, person, user

from wherewithal.actions import (
    conditions,
    decision,
    direct_payment,
    plan,
    plan_line,
    plan_outcome,
    plan_sign_off,
)
from wherewithal.core.roles import Role
from wherewithal.records.models import Agreement, Decision, Person, Plan, PlanLine, User

YES = (True, "Yes, as it is written.")
TESTS = {"lawful": YES, "disrepute": YES, "will_work": YES}
CHECKED = dict.fromkeys(("own_words", "needs_met", "risks", "carer", "choice", "contingency"), True)
CONDITIONS = dict.fromkeys(("asked", "capacity", "manages", "appropriate"), (True, ""))
AUTHORISED_ASKED = (
    "lacks_capacity", "authorised_asks", "authorised", "supported", "best_interests", "manages",
    "appropriate",
)  # fmt: skip
AUTHORISED = dict.fromkeys(AUTHORISED_ASKED, (True, ""))
ASSISTANT = {
    "what": "Swimming with Sam Sample", "kind": "personal_assistant", "supplier": "Sam Sample",
    "units": Decimal(8), "unit": "hour", "pence_per_unit": 1500, "how_often": "weekly",
    "first": date(2026, 4, 6), "held": "direct_payment",
}  # fmt: skip
GROUP = {
    "what": "Lunch group", "kind": "day_activity", "supplier": "Corner Kitchen", "units": Decimal(1),
    "unit": "session", "pence_per_unit": 1920, "how_often": "weekly", "first": date(2026, 4, 6),
    "held": "council_managed",
}  # fmt: skip


def manager() -> User:
    return user("Mo Manager", Role.MANAGER)


def panel() -> User:
    return user("Parker Panel", Role.PANEL)


def doing(by: User | None = None, moment=None):
    """Who and when, as every action takes them."""
    return {"by": by or worker(), "at": moment or at()}


def drafted(who: Person | None = None, moment=None, lines=(ASSISTANT, GROUP), by=None, budget=True) -> Plan:
    """A plan with one outcome and its lines: £120.00 and £19.20 a week, which is the indicative budget."""
    by = by or worker()
    if budget:
        who = proposed(who, moment).person
    made = plan.start(person=who or person(), written_by="worker", **doing(by, moment))
    plan.describe(
        plan=made,
        summary="I want to be in the water again.",
        wishes=["Swim every week"],
        contingency="Sam’s sister comes.",
        contingency_pence_per_week=0,
        written_by="person",
        **doing(by, moment),
    )
    outcome = plan_outcome.add_outcome(plan=made, text="I swim every week.", **doing(by, moment))
    for line in lines:
        add_line(made, outcome=outcome, by=by, moment=moment, **line)
    made.refresh_from_db()
    return made


def add_line(of: Plan, by=None, moment=None, **fields) -> PlanLine:
    fields = {**GROUP, "outcome": of.outcomes.first(), **fields}
    return plan_line.add_line(plan=of, **fields, **doing(by, moment))


def conditions_met(of: Plan, by=None, moment=None, **more) -> Decision:
    more = {"held_by": "person", "answers": CONDITIONS, **more}
    return conditions.decide(plan=of, **more, **doing(by, moment))


def ready(who: Person | None = None, moment=None, lines=(ASSISTANT, GROUP), by=None) -> Plan:
    """A plan that nothing stands in the way of."""
    by = by or worker()
    return completed(drafted(who, moment, lines, by), by, moment)


def completed(of: Plan, by=None, moment=None) -> Plan:
    """A draft with what it still lacks: the conditions of its direct payment and the three tests."""
    conditions_met(of, by, moment)
    return plan.answer_tests(plan=of, answers=TESTS, **doing(by, moment))


def submitted(who: Person | None = None, moment=None, lines=(ASSISTANT, GROUP), by=None) -> Decision:
    by = by or worker()
    return handed_in(ready(who, moment, lines, by), by, moment)


def handed_in(of: Plan, by=None, moment=None) -> Decision:
    return plan_sign_off.submit(plan=of, **doing(by, moment))


def decide(of: Decision, by=None, moment=None, **more) -> Decision:
    more = {
        "outcome": "agreed",
        "reason": "It says what she wants and who does it.",
        "checked": CHECKED,
        **more,
    }
    return decision.decide(decision=of, **more, **doing(by or manager(), moment))


def agreed(who: Person | None = None, moment=None, lines=(ASSISTANT, GROUP), **more) -> Plan:
    """A plan in force, agreed on the day it was written."""
    return decide(submitted(who, moment, lines), moment=moment, **more).plan


def signed(of: Plan, moment=None, **more) -> Agreement:
    """The direct payment of an agreed plan, to a bank account."""
    when = moment or at()
    more = {
        "paid_to": "bank", "payee_name": "P Example", "sort_code": "20-00-00", "account_number": "55779911",
        "signed_on": when.date(), **more,
    }  # fmt: skip
    conditions = of.decisions.filter(kind="direct_payment").latest("id")
    return direct_payment.sign(decision=conditions, **more, **doing(None, moment))
