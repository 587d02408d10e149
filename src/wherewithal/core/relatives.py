"""Whom a direct payment must not pay: a spouse or partner anywhere, listed relatives of the same household.

Unless the council finds it necessary, for the care itself or for help to manage the payment.
Source: Care and Support (Direct Payments) Regulations 2014 (SI 2014/2871) reg 3. The list is policy.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from wherewithal.core.problem import Problem
from wherewithal.core.refusal import Refusal

NecessaryFor = Literal["", "care", "managing"]

_FOR = {"care": "to meet the care needs", "managing": "to help manage the payment"}


class NoSuchRelation(Refusal):
    """A relation that the policy does not list."""


@dataclass(frozen=True)
class Relation:
    """One listed relation; ``household_only`` when it counts only for people who live together."""

    id: str
    title: str
    household_only: bool
    source: str
    verified: bool = True


@dataclass(frozen=True)
class Payee:
    """Who is paid, as far as the rule asks: ``relation`` to the adult is '' for somebody who is not listed.

    ``necessary_for`` and ``reason`` record that the council found the exception necessary, and why.
    """

    relation: str
    same_household: bool
    necessary_for: NecessaryFor = ""
    reason: str = ""


def may_be_paid(payee: Payee, relations: Collection[Relation], *, where: str) -> list[Problem]:
    """No problem for somebody who may be paid; a blocking one for who may not; for an exception, one to see.

    ``where`` goes into the problem, like ``line:3``. Raises NoSuchRelation.
    """
    if not payee.relation:
        return []
    relation = next((relation for relation in relations if relation.id == payee.relation), None)
    if relation is None:
        raise NoSuchRelation(f"“{payee.relation}” is not a relation that the policy lists.", field="relation")
    if relation.household_only and not payee.same_household:
        return []
    if payee.necessary_for and payee.reason.strip():
        found = f"found necessary {_FOR[payee.necessary_for]}: {payee.reason.strip()}"
        says = f"By exception this pays a relative ({relation.title}), {found}"
        return [Problem(where, says, relation.source, False, relation.verified)]
    living = ", in the same household" if relation.household_only else ""
    says = (
        f"A direct payment cannot pay this relative ({relation.title}{living}). If it is necessary, for the "
        "care or for managing the payment, say which and why."
    )
    return [Problem(where, says, relation.source, True, relation.verified)]
