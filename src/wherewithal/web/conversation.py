"""One conversation with a council that is behind: what was said, agreed and passed on, what comes next."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from wherewithal.core.policy import Used
from wherewithal.extract.conversation import Told
from wherewithal.policy.conversation import within
from wherewithal.records.conversation import conversations, held
from wherewithal.records.models import Conversation
from wherewithal.web.clock import today
from wherewithal.web.history import history_of
from wherewithal.web.page import page, render

COLOURS = {
    "Begun": "grey", "Spoken": "blue", "Action agreed": "purple", "Looked at again": "teal",
    "Closed": "green",
}  # fmt: skip


class Shown(Told):
    """A conversation as its page shows it."""

    @property
    def colour(self) -> str:
        return COLOURS[self.held.standing.stage]


def conversation_at(number: int) -> Conversation:
    """Raises Http404."""
    row = conversations().filter(pk=number).first()
    if row is None:
        raise Http404("There is no such conversation.")
    return row


@page("conversation.see")
def conversation(request: HttpRequest, number: int) -> HttpResponse:
    one = Shown(held(conversation_at(number), within(Used(today()))), today())
    context = {"one": one, "row": one.row, **history_of(request, one.row)}
    return render(request, "conversations/one.html", context)


urlpatterns = [path("sector/conversations/<int:number>/", conversation, name="conversation")]
