"""A conversation with a council that is behind, as pages and the terminal tell it: the record beside what is
published now.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from wherewithal.analytics.ahead import Ahead
from wherewithal.analytics.later import later
from wherewithal.core.conversation import OTHER, Beside, Figure, Reach, beside, reach
from wherewithal.core.policy import Used
from wherewithal.policy.conversation import reasons
from wherewithal.policy.series import series_table
from wherewithal.records.conversation import Held
from wherewithal.records.models import Conversation, Example, TakeUp

MADE_UP = "Made up for the demo"
"""Said in short beside whatever is told of a conversation that is."""
NOBODY_SPOKE = (
    "The figure is published; nobody spoke with this council, and nothing here was said or agreed by it."
)


@dataclass(frozen=True)
class Passed:
    """The example that was passed on, and the take-ups that are on record of it, by the council's own link.

    ``own`` is the take-up of the council itself, by its ``code``.
    """

    row: Example
    code: str

    @property
    def title(self) -> str:
        """By the words that were signed off; '' while the example is not published."""
        if self.row.state != Example.State.PUBLISHED:
            return ""
        return str(self.row.edition.texts["title"])

    @cached_property
    def take_ups(self) -> list[TakeUp]:
        return list(self.row.take_ups.select_related("door"))

    @property
    def own(self) -> TakeUp | None:
        return next((one for one in self.take_ups if one.door.code == self.code), None)


@dataclass(frozen=True)
class Told:
    """One conversation as it stands ``on`` a day."""

    held: Held
    on: date

    @property
    def row(self) -> Conversation:
        return self.held.row

    @property
    def then(self) -> Figure:
        return self.row.then

    @property
    def reach(self) -> Reach:
        """Where the figure of then lies beside the threshold."""
        share = Fraction(self.then.numerator, self.then.denominator)
        return reach(share, (self.then.low, self.then.high), Fraction(self.row.threshold) / 100)

    @property
    def reasons(self) -> list[str]:
        """Why it is behind, in words; of a reason that the policy lost its id."""
        titles = {one.id: one.title for one in reasons(Used(self.on))}
        own = [titles.get(one, one) for one in self.row.reasons if one != OTHER]
        return own + [self.row.other_reason] * bool(self.row.other_reason)

    @cached_property
    def now(self) -> Beside:
        """The figure of today beside the one of then."""
        return beside(self.then, later(self.then, self.row.code))

    @property
    def corrected(self) -> list[tuple[object, object]]:
        """Notes that another took the place of, each with that one."""
        talks = list(self.row.talks.all())
        by = {one.corrects_id: one for one in talks if one.corrects_id}
        return [(one, by[one.pk]) for one in talks if one.pk in by]

    @property
    def ahead(self) -> Ahead | None:
        return Ahead.from_kept(self.row.match) if self.row.match else None

    @property
    def passed(self) -> Passed | None:
        return Passed(self.row.example, self.row.code) if self.row.example else None

    @property
    def publisher(self) -> str:
        whose = series_table(self.then.table).publication
        return f"{whose.publisher}: {whose.publication}. {whose.licence}"
