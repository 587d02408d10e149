"""The front of the house: Home, what a budget is, the sector's door, and pages for what went wrong."""

import tomllib
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import path

from wherewithal.core.policy import Used
from wherewithal.core.roles import Role
from wherewithal.policy.figures import few_people
from wherewithal.records.models import User
from wherewithal.records.release import released
from wherewithal.simulate.whom import whom
from wherewithal.web import typed
from wherewithal.web.address import open_to
from wherewithal.web.clock import now, today
from wherewithal.web.downloads import pdf_answer
from wherewithal.web.header import way_back
from wherewithal.web.letters import pdf
from wherewithal.web.page import public, render
from wherewithal.web.reports_retold import told_again
from wherewithal.web.templating import reach_us

EXPLAINED = Path(__file__).resolve().parent / "templates" / "home" / "budgets_explained.toml"


class Message(NamedTuple):
    """One of the seven key messages of 2011, in our words, and what would answer it."""

    number: int
    said: str
    answered_by: str


class Answer(NamedTuple):
    """What answers a message today: a figure in a sentence, and the page where it can be followed, if there
    is one; ``counted_at`` where it is not counted as the page is opened.
    """

    text: str
    href: str | None = None
    counted_at: datetime | None = None


# After: Association of Directors of Adult Social Services, Report on Personalisation Survey, September 2011.
MESSAGES = (
    Message(
        1,
        "The official count divided by people who could never have a personal budget.",
        "The same people counted under every definition, side by side.",
    ),
    Message(
        2,
        "Hardly any council could show what advice and brokerage are worth.",
        "Hours, plans, costs and outcomes of brokerage, beside people who went without it.",
    ),
    Message(
        3,
        "Everyone should hear that they may have a personal budget.",
        "Each offer on record: when, by whom, the answer, and why not.",
    ),
    Message(
        4,
        "Risks were taken, but what was done to lower them was seldom written down.",
        "No risk without what will be done about it, and a second look afterwards.",
    ),
    Message(
        5,
        "Accounts often stopped short of the person whose money it was.",
        "An account for each person that adds up, to the penny, with the council’s own books.",
    ),
    Message(
        6,
        "Councils mixed up studying the market with shaping it, and marked their own supply.",
        "The council’s view of what is on offer beside the view of the people who use it.",
    ),
    Message(
        7,
        "People who pay for their own care were left out.",
        "The same directory, planning and brokerage for them too.",
    ),
)

# What answers each message, by its number: each stage that can answer one puts its function here. A function
# gives None while it has nothing true to say, and then the page says "not yet".
ANSWERS: dict[int, Callable[[], Answer | None]] = {}


TOO_FEW = Answer("Too few people yet to tell everyone")


def least_people() -> int:
    """Of fewer people than this nothing is told to everyone."""
    return few_people(Used(today()))


def answers() -> dict[int, Answer | None]:
    """The live answer to each of the seven messages, or None."""
    return {message.number: ANSWERS.get(message.number, _nothing)() for message in MESSAGES}


def _nothing() -> None:
    return None


@public
def home(request: HttpRequest) -> HttpResponse:
    found = answers()
    messages_of_2011 = [
        (
            message,
            answer,
            answer is not None and answer.href is not None and open_to(request.user, answer.href),
        )
        for message in MESSAGES
        for answer in [found[message.number]]
    ]
    return render(request, "home/home.html", {"messages_of_2011": messages_of_2011, "least": least_people()})


@public
def budgets_explained(request: HttpRequest) -> HttpResponse:
    return render(request, "home/budgets_explained.html", {"page": explained()})


@public
def budgets_explained_pdf(request: HttpRequest) -> HttpResponse:
    return pdf_answer(explained_pdf(large_print=True), "personal-budgets-explained.pdf")


@public
def sector(request: HttpRequest) -> HttpResponse:
    asks = next((one.user for one in whom() if Role.SURVEYOR in one.roles), None) if settings.DEMO else None
    again = next((one.wave for one in released(now()) if told_again(one.wave)), None)
    return render(request, "home/sector.html", {"survey_officer": asks, "told_again": again})


@cache
def explained() -> dict[str, Any]:
    """The page on budgets, for HTML and PDF: title, opening, sections (heading, says, points), source."""
    page = tomllib.loads(EXPLAINED.read_text())
    sections = [{"says": [], "points": [], **section} for section in page["section"]]
    return {**{key: page[key] for key in ("title", "opening", "source")}, "sections": sections}


def explained_pdf(*, large_print: bool) -> bytes:
    """The same page to hold in one's hands, with how to reach the council under it."""
    council = reach_us()
    contact = f"Ring {council.telephone} ({council.hours}), or write to {council.email}."
    return pdf("explained", {**explained(), "contact": contact}, large_print=large_print)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/400.html", status=400)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A 403; the reason is shown when the code that refused wrote one for people to read."""
    says = str(exception) if exception and exception.args else ""
    return render(request, "errors/403.html", {"says": says}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A 404; for a form whose object was taken away meanwhile with what was typed, so that it is not lost."""
    kept = typed.by_hand(request)
    context = {"typed": kept, "back_to": way_back(request)} if kept else {}
    return render(request, "errors/404.html", context, status=404)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was sent without its token: the page stood open for too long, or came from elsewhere.

    Where its page was this user's own, opened before they signed in anew, what they typed is put back.
    """
    writer = typed.writer_of(request)
    if writer is not None and not isinstance(request.user, User):
        return typed.sign_in_first(request)
    if writer is not None and writer == request.user.pk:
        context = {"at": request.get_full_path(), "posted": typed.posted(request)}
        return render(request, "errors/put_back.html", context, status=403)
    return render(request, "errors/expired.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """A 500. It is drawn without the request, so that nothing which failed once is asked again."""
    page = render_to_string("errors/500.html", {"happened_at": now()})
    return HttpResponse(page, status=500)


urlpatterns = [
    path("", home, name="home"),
    path("budgets-explained/", budgets_explained, name="budgets_explained"),
    path("budgets-explained.pdf", budgets_explained_pdf, name="budgets_explained_pdf"),
    path("sector/", sector, name="sector"),
]
