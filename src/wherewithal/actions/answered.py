"""A question about a direct payment, asked and answered at once, and who may hold the money.

No action of its own: what answering the conditions, signing and stopping share.
"""

from datetime import date
from typing import Any

from wherewithal.core.policy import Used
from wherewithal.core.refusal import Refusal
from wherewithal.records.models import Decision, Person, Plan, Representation, User


class NobodyToHold(Refusal):
    """No representative of the right kind, for somebody who cannot or does not hold the money themselves."""


def check_holder(person: Person, held_by: str, representation: Representation | None, on: date) -> None:
    """Raises NobodyToHold for a representative who is missing, of the wrong kind or not one any more."""
    if held_by == "person":
        return
    needed = Representation.Kind(held_by)
    if (
        representation is None
        or representation.person_id != person.pk
        or representation.kind != needed
        or (representation.until is not None and representation.until < on)
    ):
        who = str(needed.label).lower()
        raise NobodyToHold(
            f"Choose the {who}. Name them on {person.name}’s page first.", field="representation"
        )


def decided(plan: Plan, used: Used, by: User, content: dict[str, Any], **columns: str) -> Decision:
    """A question that is asked and answered at once, with the policy that it was answered under."""
    return Decision.objects.create(
        kind=Decision.Kind.DIRECT_PAYMENT,
        level=Decision.Level.OFFICER,
        person=plan.person,
        plan=plan,
        author=by,
        asked_by=by,
        asked_on=used.on,
        content={**content, "policy": used.record(), "fingerprint": used.fingerprint()},
        state=Decision.State.DECIDED,
        decided_by=by,
        decided_on=used.on,
        **columns,
    )
