"""The person's own questions on ``/my/``: one part a page, saved as they go, handed in when they are done."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from wherewithal.actions import assessment as actions
from wherewithal.core.questions import AnswersAtFault
from wherewithal.records.models import Assessment, Person, Response
from wherewithal.web import access
from wherewithal.web.clock import now
from wherewithal.web.forms import Form
from wherewithal.web.my import Whose, whose
from wherewithal.web.page import page, refusals, render
from wherewithal.web.paper import ResponsePaper, parts
from wherewithal.web.questions import SectionForm, missing, save, tell


@page("my.see")
def my_questions(request: HttpRequest) -> HttpResponse:
    mine = whose(request)
    return _list(request, mine, _paper(request, mine.person))


@page("my.answer")
def my_questions_section(request: HttpRequest, section: str) -> HttpResponse:
    mine = whose(request)
    paper = _needed(request, mine.person)
    part = paper.section(section)
    if not paper.is_open:
        return redirect(_href(paper, "my_questions"))
    form = SectionForm(paper, part, request.POST if request.method == "POST" else None)
    if request.method == "POST" and save(request, form, paper):
        following = form.following(part, request)
        if not following:
            messages.success(request, mine.says("{Your} answers are saved."))
            return redirect(_href(paper, "my_questions"))
        return redirect(_href(paper, "my_questions_section", following))
    context = {
        "form": form,
        "part": part,
        "whose": mine,
        "number": _number(paper, section),
        "list_href": _href(paper, "my_questions"),
    }
    return render(request, "my/questions_part.html", context)


@page("my.answer")
@require_POST
def my_questions_hand_in(request: HttpRequest) -> HttpResponse:
    mine = whose(request)
    paper, form = _needed(request, mine.person), Form({})
    with refusals(form):
        try:
            actions.hand_in(response=paper.response, by=access.user_of(request), at=now())
        except AnswersAtFault as refusal:
            wrong = missing(paper, refusal, lambda part: _href(paper, "my_questions_section", part))
            return _list(request, mine, paper, wrong)
    tell(request, form, mine.says("You have sent us {your} answers. Thank you."))
    return redirect(_href(paper, "my_questions"))


def _list(
    request: HttpRequest, mine: Whose, paper: ResponsePaper | None, wrong: list[dict[str, str]] | None = None
) -> HttpResponse:
    context: dict[str, Any] = {"paper": paper, "wrong": wrong or [], "whose": mine}
    if paper:
        context |= {
            "parts": parts(paper, partial(_href, paper, "my_questions_section")),
            "said": [(part.title, paper.said(part)) for part in paper.questionnaire.sections],
            "hand_in_href": _href(paper, "my_questions_hand_in"),
        }
    return render(request, "my/questions.html", context)


def _paper(request: HttpRequest, person: Person) -> ResponsePaper | None:
    """The person's own answers to an open assessment: the one that ``?of=`` names, else the newest."""
    found = Response.objects.filter(
        assessment__person=person, assessment__state=Assessment.State.STARTED, view=Response.View.OWN
    )
    wanted = request.GET.get("of", "")
    if wanted:
        found = found.filter(assessment_id=int(wanted) if wanted.isdecimal() else 0)
    newest = found.select_related("assessment").order_by("state", "-assessment_id").first()
    return ResponsePaper(newest) if newest else None


def _needed(request: HttpRequest, person: Person) -> ResponsePaper:
    paper = _paper(request, person)
    if paper is None:
        raise Http404("There is nothing to fill in for you just now.")
    return paper


def _href(paper: ResponsePaper, name: str, *args: str) -> str:
    return f"{reverse(name, args=args)}?of={paper.response.assessment_id}"


def _number(paper: ResponsePaper, section: str) -> tuple[int, int]:
    """Which part of how many this is."""
    ids = [*paper.progress]
    return (ids.index(section) + 1 if section in ids else 1), len(ids)


urlpatterns = [
    path("my/questions/", my_questions, name="my_questions"),
    path("my/questions/hand-in/", my_questions_hand_in, name="my_questions_hand_in"),
    path("my/questions/<section>/", my_questions_section, name="my_questions_section"),
]
