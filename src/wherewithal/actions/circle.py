"""The people around a person: unpaid carers (people in their own right), representatives, the household."""

from datetime import date, datetime
from typing import TypeVar

from wherewithal.actions.record import action, day, locked
from wherewithal.core.period import written
from wherewithal.core.policy import Used
from wherewithal.core.refusal import Refusal
from wherewithal.policy import direct_payment as direct_payment_policy
from wherewithal.records.models import Caring, Household, Person, Representation, User

Tie = TypeVar("Tie", Caring, Representation, Household)


class NoName(Refusal):
    """Somebody without a name."""


class NotTheirCarer(Refusal):
    """A caring link that cannot be: to oneself, or there already."""


class MoneyHeldAlready(Refusal):
    """One person holds the money at a time."""


class NotARelation(Refusal):
    """A relation that the policy does not list."""


class TieEnded(Refusal):
    """What is over cannot end again."""


@action("link carer")
def link_carer(
    *,
    person: Person,
    carer: Person,
    relationship: str,
    by: User,
    at: datetime,
    hours_a_week: int | None = None,
    lives_together: bool = False,
    since: date | None = None,
    reason: str = "",
) -> Caring:
    """``carer``, a person on record in their own right, gives unpaid care. Raises NotTheirCarer."""
    if person.pk == carer.pk:
        raise NotTheirCarer("Nobody is their own carer. Choose the person who cares for them.", field="carer")
    if Caring.objects.filter(carer=carer, cared_for=person, until=None).exists():
        raise NotTheirCarer(f"{carer.name} is on record as their carer already.", field="carer")
    return Caring.objects.create(
        carer=carer,
        cared_for=person,
        relationship=relationship.strip(),
        hours_a_week=hours_a_week,
        lives_together=lives_together,
        since=since or day(at),
    )


@action("end caring")
def end_caring(*, caring: Caring, reason: str, by: User, at: datetime) -> Caring:
    """The carer gives no more care from today. Raises TieEnded."""
    return _until_today(caring, "This caring link", at)


@action("name representative")
def name_representative(
    *,
    person: Person,
    kind: Representation.Kind,
    name: str,
    by: User,
    at: datetime,
    relationship: str = "",
    holds_money: bool = True,
    since: date | None = None,
    reason: str = "",
) -> Representation:
    """Who acts for the person: nominated by them, or authorised where they lack capacity.

    Raises NoName, and MoneyHeldAlready when somebody else holds the money. Source: Care Act 2014 s31, s32.
    """
    if not name.strip():
        raise NoName("Enter the representative’s name.", field="name")
    if holds_money:
        holder = Representation.objects.filter(person=locked(person), until=None, holds_money=True).first()
        if holder:
            raise MoneyHeldAlready(
                f"{holder.name} holds the money for {person.name}. End that first.", field="holds_money"
            )
    return Representation.objects.create(
        person=person,
        kind=kind,
        name=name.strip(),
        relationship=relationship.strip(),
        holds_money=holds_money,
        since=since or day(at),
    )


@action("end representation")
def end_representation(
    *, representation: Representation, reason: str, by: User, at: datetime
) -> Representation:
    """They act for the person until today. Raises TieEnded."""
    return _until_today(representation, f"{representation.name}’s part", at)


@action("add household")
def add_household(
    *,
    person: Person,
    name: str,
    relation: str,
    by: User,
    at: datetime,
    same_household: bool = True,
    since: date | None = None,
    reason: str = "",
) -> Household:
    """Somebody who lives with the person or is their partner, whom a direct payment may not pay as it likes.

    ``relation`` is a code of the policy on relatives, or '' for somebody who is not listed there. Raises
    NoName, NotARelation. Source: SI 2014/2871 reg 3.
    """
    if not name.strip():
        raise NoName("Enter their name.", field="name")
    listed = {one.id for one in direct_payment_policy.relations(Used(day(at)))}
    if relation and relation not in listed:
        raise NotARelation(f"“{relation}” is not a relation that the policy lists.", field="relation")
    return Household.objects.create(
        person=person,
        name=name.strip(),
        relation=relation,
        same_household=same_household,
        since=since or day(at),
    )


@action("end household")
def end_household(*, member: Household, reason: str, by: User, at: datetime) -> Household:
    """They live with the person until today. Raises TieEnded."""
    return _until_today(member, f"{member.name}’s place in the household", at)


def _until_today(tie: Tie, what: str, at: datetime) -> Tie:
    tie = locked(tie)
    if tie.until is not None:
        raise TieEnded(f"{what} ended on {written(tie.until)} already.")
    tie.until = day(at)
    tie.save(update_fields=["until"])
    return tie
