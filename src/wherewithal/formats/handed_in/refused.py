"""Why a file is not taken, in words that say what to do."""

from wherewithal.core.refusal import Refusal


class CannotTake(Refusal):
    """A file that cannot be taken."""

    def __init__(self, says: str) -> None:
        super().__init__(says, field="file")
