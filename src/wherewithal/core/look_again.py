"""Looked at by somebody else: a budget looked at again, and a plan that its worker agreed alone.

Both are answered by somebody with authority under the scheme who did not do it themselves.
"""

from collections.abc import Collection

from wherewithal.core.refusal import Refusal
from wherewithal.core.sign_off import Delegation, NoAuthority, who_could


class ProposedIt(Refusal):
    """Whoever proposed the budget cannot be the one who looks at it again."""


class AgreedIt(Refusal):
    """Whoever agreed the plan alone cannot be the one who looks at it afterwards."""


def may_look_afterwards(
    delegation: Delegation, *, roles: Collection[str], agreed_by: str, decider: str, pence_per_week: int
) -> None:
    """Let ``decider`` look at a plan that a worker agreed within their own limit, or raise AgreedIt or
    NoAuthority: by a role's limit they could have agreed it themselves. References are of staff.
    """
    could = who_could(delegation, pence_per_week)
    if agreed_by == decider:
        says = f"You agreed this plan yourself, so somebody else looks at it: {could}."
        raise AgreedIt(says, who_could=could)
    if max([delegation.limits.get(role, 0) for role in roles], default=0) < max(1, pence_per_week):
        raise NoAuthority(
            f"Your limit does not reach this plan. It is looked at by {could}.", who_could=could
        )


def may_look_again(delegation: Delegation, *, roles: Collection[str], author: str, decider: str) -> None:
    """Let ``decider`` answer, or raise ProposedIt or NoAuthority. References are of staff."""
    could = "a manager who did not propose it"
    if author == decider:
        raise ProposedIt(
            f"You proposed this budget, so somebody else looks at it again: {could}.", who_could=could
        )
    if not any(delegation.limits.get(role, 0) for role in roles):
        raise NoAuthority(
            f"You have no limit in the scheme of delegation. This is answered by {could}.", who_could=could
        )
