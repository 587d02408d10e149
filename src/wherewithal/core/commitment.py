"""A commitment: a transfer that will probably happen. It is posted once, or voided, and never both."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from wherewithal.core.ledger import Account, Transfer, signed
from wherewithal.core.money import pounds
from wherewithal.core.refusal import Refusal

State = Literal["pending", "posted", "voided"]


class NotPending(Refusal):
    """A commitment that was already posted or voided, or a posting above what was committed."""


@dataclass(frozen=True)
class Commitment:
    """A transfer that will probably happen: it counts in ``committed``, and in no balance."""

    transfer: Transfer
    state: State = "pending"
    settled_at: datetime | None = None


def post(
    commitment: Commitment, at: datetime, *, on: date, pence: int | None = None
) -> tuple[Commitment, Transfer]:
    """It happened on ``on``: the commitment as posted, and the transfer under the same key.

    ``pence`` may be less than was committed (the rest is let go), never more. Raises NotPending.
    """
    _still_pending(commitment)
    planned = commitment.transfer
    asked = planned.pence if pence is None else pence
    if asked > planned.pence:
        raise NotPending(
            f"{pounds(asked)} is more than the {pounds(planned.pence)} that was committed. "
            "Commit the difference first."
        )
    posted = replace(commitment, state="posted", settled_at=at)
    return posted, replace(planned, on=on, at=at, pence=asked)


def void(commitment: Commitment, at: datetime) -> Commitment:
    """It will not happen. Raises NotPending when it already has, or was already voided."""
    _still_pending(commitment)
    return replace(commitment, state="voided", settled_at=at)


def committed(account: Account, commitments: Iterable[Commitment]) -> int:
    """What pending commitments will bring the account (above 0) or take from it (below 0), in pence."""
    return sum(signed(account, one.transfer) for one in commitments if one.state == "pending")


def _still_pending(commitment: Commitment) -> None:
    if commitment.state != "pending":
        raise NotPending(f"This commitment was already {commitment.state}. It can be settled once.")
