"""One conversation with a council that is behind: what was said, agreed and passed on, what comes next."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from wherewithal.analytics.ahead import Ahead
from wherewithal.analytics.later import later
from wherewithal.core.conversation import OTHER, Beside, Figure, Reach, beside, reach
from wherewithal.core.policy import Used
from wherewithal.policy.conversation import reasons, within
from wherewithal.policy.series import series_table
from wherewithal.records.conversation import Held, conversations, held
from wherewithal.records.models import Conversation, Example, TakeUp
from wherewithal.web.clock import today
from wherewithal.web.compendium import Published
from wherewithal.web.history import history_of
from wherewithal.web.page import page, render

COLOURS = {
    "Begun": "grey", "Spoken": "blue", "Action agreed": "purple", "Looked at again": "teal",
    "Closed": "green",
}  # fmt: skip


@dataclass(frozen=True)
class Passed:
    """The example that was passed on, and the take-ups that are on record of it, by the council's own link.

    ``own`` is the take-up of the council itself; ``title`` is told while the example is published.
    """

    row: Example
    code: str

    @property
    def published(self) -> Published | None:
        return Published(self.row) if self.row.state == Example.State.PUBLISHED else None

    @cached_property
    def take_ups(self) -> list[TakeUp]:
        return list(self.row.take_ups.select_related("door"))

    @property
    def own(self) -> TakeUp | None:
        return next((one for one in self.take_ups if one.door.code == self.code), None)


@dataclass(frozen=True)
class Shown:
    """A conversation as its page shows it."""

    held: Held

    @property
    def row(self) -> Conversation:
        return self.held.row

    @property
    def colour(self) -> str:
        return COLOURS[self.held.standing.stage]

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
        titles = {one.id: one.title for one in reasons(Used(today()))}
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


def conversation_at(number: int) -> Conversation:
    """Raises Http404."""
    row = conversations().filter(pk=number).first()
    if row is None:
        raise Http404("There is no such conversation.")
    return row


@page("conversation.see")
def conversation(request: HttpRequest, number: int) -> HttpResponse:
    one = Shown(held(conversation_at(number), within(Used(today()))))
    context = {"one": one, "row": one.row, **history_of(request, one.row)}
    return render(request, "conversations/one.html", context)


urlpatterns = [path("sector/conversations/<int:number>/", conversation, name="conversation")]
