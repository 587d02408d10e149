"""What stands beside the points: unpaid care, living with someone, a sparse place."""

from dataclasses import dataclass
from typing import Literal

from wherewithal.core.refusal import Refusal
from wherewithal.core.scheme import UNPAID_CARE, Adjustment


class UnknownCare(Refusal):
    """An amount of unpaid care that no scheme knows."""


@dataclass(frozen=True)
class Circumstances:
    """What stands beside the points. Unpaid care counts only where the carer is willing to go on."""

    unpaid_care: Literal["none", "some", "a_lot", "most"] = "none"
    willing: bool = False
    lives_with_someone: bool = False
    sparse_place: bool = False

    def __post_init__(self) -> None:
        if self.unpaid_care not in UNPAID_CARE:
            raise UnknownCare(
                f"“{self.unpaid_care}” is not an amount of unpaid care. Use {', '.join(UNPAID_CARE)}."
            )

    def level(self, adjustment: Adjustment) -> str:
        """The level that an adjustment is read at: an amount of care, "yes" or "no"."""
        if adjustment.kind == "unpaid_care":
            return self.unpaid_care if self.willing else "none"
        applies = {"lives_with_someone": self.lives_with_someone, "sparse_place": self.sparse_place}
        return "yes" if applies.get(adjustment.kind, True) else "no"
