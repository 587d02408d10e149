"""An indicative budget looked at again: by somebody with authority who did not propose it."""

from collections.abc import Collection
from typing import Literal

from wherewithal.core.refusal import Refusal
from wherewithal.core.sign_off import Delegation, NoAuthority

Answer = Literal["upheld", "changed"]


class ProposedIt(Refusal):
    """Whoever proposed the budget cannot be the one who looks at it again."""


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
