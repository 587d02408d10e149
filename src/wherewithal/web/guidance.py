"""What a council can do about each of the seven key messages of 2011, and what shows whether it works."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import path

from wherewithal.policy.guidance import Advice, guidance
from wherewithal.records.compendium_search import published
from wherewithal.records.key_message import PrintedMessage, printed_messages
from wherewithal.web.address import address, open_to
from wherewithal.web.clock import now
from wherewithal.web.compendium import Published
from wherewithal.web.home import MESSAGES, Answer, Message, answers
from wherewithal.web.page import public, render


@dataclass(frozen=True)
class Place:
    """A page that tells whether it works; no ``href`` where it is not open to whoever reads this."""

    says: str
    href: str


@dataclass(frozen=True)
class Answered:
    """One key message with all that answers it; what is told of surveys and councils is public."""

    message: Message
    advice: Advice
    figure: Answer | None
    places: list[Place]
    said: list[PrintedMessage]
    examples: list[Published]


@public
def sector_guidance(request: HttpRequest) -> HttpResponse:
    given, at = guidance(), now()
    said, figures = printed_messages(at), answers()
    examples = [Published(row) for row in published()]
    answered = [
        Answered(
            message, advice, figures[message.number], _places(request, advice),
            [one for one in said if one.questions & {*advice.questions}],
            [one for one in examples if {*one.row.themes} & {*advice.themes}],
        )
        for message, advice in zip(MESSAGES, given.messages, strict=True)
    ]  # fmt: skip
    return render(request, "sector/guidance.html", {"guidance": given, "answered": answered})


def _places(request: HttpRequest, advice: Advice) -> list[Place]:
    found = [(one.says, address(one.page, *filter(None, [one.of]))) for one in advice.shows]
    return [Place(says, href if open_to(request.user, href) else "") for says, href in found]


urlpatterns = [path("sector/guidance/", sector_guidance, name="guidance")]
