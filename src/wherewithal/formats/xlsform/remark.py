"""What is said of a form on its way in: where it stands, what stood there, and what became of it."""

from dataclasses import dataclass

from wherewithal.core.refusal import Refusal


class BadForm(Refusal):
    """A workbook that cannot be read, or a form that cannot become a questionnaire."""


class NotValid(BadForm):
    """pyxform does not find the form valid."""


class NothingAsked(BadForm):
    """The form holds nothing that can be asked."""


class NotCarried(Exception):
    """Something that a questionnaire cannot hold; the message says why."""


@dataclass(frozen=True)
class Remark:
    """``row`` is the row of the sheet as spreadsheets number it, 0 for the whole sheet; ``stood`` is what the
    cell held. ``lost`` is false for what came in otherwise than it was written, and means the same.
    """

    sheet: str
    row: int
    column: str
    stood: str
    says: str
    lost: bool = True

    def __str__(self) -> str:
        where = f"{self.sheet}, row {self.row}" if self.row else self.sheet
        what = f"{self.column} “{_short(self.stood)}”" if self.stood else self.column
        return f"{where}, {what}: {self.says}"


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= 80 else f"{one_line[:77]}..."
