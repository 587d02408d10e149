"""A direct payment: its agreement signed under conditions that were met, payments stopped.

Care Act 2014 s31 to s33; SI 2014/2871. Support held as a direct payment runs only under a signed agreement.
"""

from datetime import date, datetime
from typing import cast

from django.db.models import QuerySet

from wherewithal.actions.answered import check_holder, decided
from wherewithal.actions.record import action, day, locked
from wherewithal.core import direct_payment as core
from wherewithal.core import plan_life
from wherewithal.core.bank import bank_account
from wherewithal.core.period import written
from wherewithal.core.policy import Used
from wherewithal.core.refusal import Refusal
from wherewithal.policy import direct_payment as policy
from wherewithal.records.models import (
    Agreement,
    Arrangement,
    Decision,
    Person,
    Plan,
    Representation,
    Review,
    User,
)  # fmt: skip
from wherewithal.records.models.plan import Held
from wherewithal.records.reviewing import next_review


class NotAllowed(Refusal):
    """An agreement without conditions that were met."""


class NoAgreedPlan(Refusal):
    """An agreement before the plan is agreed, or for a plan that holds nothing as a direct payment."""


class AlreadyRunning(Refusal):
    """A second agreement while one runs."""


class CardMissing(Refusal):
    """Money that goes to a card without the card's number, or to one that another agreement uses."""


class WrongDay(Refusal):
    """Signed before the plan was agreed, stopped before it was signed, or a day still to come."""


class NotRunning(Refusal):
    """Payments stopped that had ended."""


@action("sign direct payment agreement")
def sign(
    *,
    decision: Decision,
    paid_to: str,
    payee_name: str,
    sort_code: str,
    account_number: str,
    signed_on: date,
    by: User,
    at: datetime,
    card: str = "",
) -> Agreement:
    """The agreement under conditions that were met: support held as a direct payment runs from now on.

    ``sort_code`` and ``account_number`` as people write them. Raises NotAllowed, NoAgreedPlan,
    AlreadyRunning, CardMissing, WrongDay, NobodyToHold, NotBankDetails, PersonEnded.
    """
    person, on = locked(decision.person), day(at)
    _refuse_unsignable(person)
    plan = _plan_to_sign(decision, person)
    _check_signed_on(signed_on, plan, on)
    account = bank_account(payee_name, sort_code, account_number)
    _check_card(paid_to, card.strip())
    agreement = Agreement.objects.create(
        person=person,
        plan=plan,
        decision=decision,
        holder=decision.content["held_by"],
        representation=_representation(decision, person, signed_on),
        paid_to=paid_to,
        payee_name=account.name,
        sort_code=account.sort_code,
        account_number=account.number,
        card=card.strip(),
        signed_on=signed_on,
        signed_by=by,
    )
    for arrangement in _direct(person).filter(state=Arrangement.State.PLANNED):
        _begin(arrangement, signed_on, on)
    _schedule_review(agreement)
    return agreement


@action("stop direct payment")
def stop(
    *, agreement: Agreement, on: date, condition: str, reason: str, by: User, at: datetime
) -> tuple[Agreement, tuple[str, ...]]:
    """A condition fails, so payments stop; ``on`` is the last day paid for. The needs must still be met.

    Gives the agreement and, in sentences, why payments must stop (Care Act 2014 s33). Raises NotRunning,
    WrongDay, ReasonMissing, NoSuchCondition.
    """
    agreement = locked(agreement)
    if agreement.ended_on is not None:
        raise NotRunning(f"This direct payment ended on {written(agreement.ended_on)}.")
    if not agreement.signed_on <= on <= day(at):
        says = f"The last day is between {written(agreement.signed_on)}, when it was signed, and today."
        raise WrongDay(says, field="on")
    used = Used(day(at))
    conditions = policy.conditions(used, cast(core.HeldBy, agreement.holder))
    why = core.must_stop(conditions, {condition: (False, reason)})
    agreement.ended_on, agreement.end_reason = on, reason.strip()[:200]
    agreement.save()
    for arrangement in _direct(agreement.person).exclude(state=Arrangement.State.ENDED):
        _end(arrangement, on, reason.strip())
    for review in agreement.person.reviews.filter(kind=Review.Kind.DIRECT_PAYMENT, state=Review.State.DUE):
        review.state = Review.State.CANCELLED
        review.save()
    decided(
        agreement.plan,
        used,
        by,
        {"held_by": agreement.holder, "answers": {condition: [False, reason.strip()]}, "refusals": list(why)},
        asks=f"May {agreement.person.name}’s direct payment go on?",
        outcome=Decision.Outcome.REFUSED,
        reasons=" ".join(why),
    )
    return agreement, why


def _refuse_unsignable(person: Person) -> None:
    plan_life.may_draw(person.name, person.state == Person.State.ENDED, "There is nothing to sign.")
    if Agreement.objects.filter(person=person, ended_on=None).exists():
        raise AlreadyRunning("A direct payment runs already. Stop that one first, if this is to replace it.")


def _check_signed_on(signed_on: date, plan: Plan, on: date) -> None:
    if plan.agreed_on is None or not plan.agreed_on <= signed_on <= on:
        first = written(plan.agreed_on or on)
        raise WrongDay(f"The day is between {first}, when the plan was agreed, and today.", field="signed_on")


def _plan_to_sign(decision: Decision, person: Person) -> Plan:
    met = decision.kind == Decision.Kind.DIRECT_PAYMENT and decision.outcome == Decision.Outcome.AGREED
    if not met or decision.plan is None:
        raise NotAllowed("The conditions of a direct payment were not met, so there is nothing to sign.")
    plan = Plan.objects.filter(person=person, kind=decision.plan.kind, state=Plan.State.AGREED).first()
    if plan is None:
        raise NoAgreedPlan("The plan is not agreed yet. The agreement is signed after the plan.")
    if not _direct(person).exclude(state=Arrangement.State.ENDED).exists():
        raise NoAgreedPlan("Nothing in the agreed plan is held as a direct payment.")
    return plan


def _check_card(paid_to: str, card: str) -> None:
    if paid_to != Agreement.PaidTo.CARD:
        return
    if not card:
        raise CardMissing("Write the number that the card provider gave the card.", field="card")
    if Agreement.objects.filter(card=card, ended_on=None).exists():
        raise CardMissing("This card belongs to another direct payment. Check the number.", field="card")


def _representation(decision: Decision, person: Person, on: date) -> Representation | None:
    chosen = Representation.objects.filter(pk=decision.content.get("representation")).first()
    check_holder(person, decision.content["held_by"], chosen, on)
    return chosen


def _direct(person: Person) -> QuerySet[Arrangement]:
    return Arrangement.objects.filter(person=person, held=Held.DIRECT_PAYMENT)


def _begin(arrangement: Arrangement, signed_on: date, on: date) -> None:
    """It runs from its own first day, or from the signature where that is later; its price moves with it."""
    if arrangement.last is not None and arrangement.last < signed_on:
        _end(arrangement, arrangement.last, "Over before the agreement was signed")
        return
    if arrangement.first < signed_on:
        for price in arrangement.prices.filter(first=arrangement.first):
            price.first = signed_on
            price.save()
        arrangement.first = signed_on
    if arrangement.first <= on:
        arrangement.state = Arrangement.State.ACTIVE
    arrangement.save()


def _end(arrangement: Arrangement, on: date, because: str) -> None:
    if arrangement.first > on:
        for price in arrangement.prices.all():
            price.pence_per_week = 0
            price.save()
    arrangement.last = max(arrangement.first, min(arrangement.last or on, on))
    arrangement.state, arrangement.ended_because = Arrangement.State.ENDED, because[:200]
    arrangement.save()


def _schedule_review(agreement: Agreement) -> None:
    due = next_review(agreement.person, agreement.plan, Review.Kind.DIRECT_PAYMENT)
    assert due is not None, "a direct payment that runs is reviewed"
    due.save()
