"""An anonymous survey is answered at one sitting: the answers so far travel with the page, kept nowhere.

Every page is the answer to a form: ``carried`` holds what was answered before, ``part`` which part was on it.
"""

import json
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from wherewithal.actions import survey_answer, survey_seal
from wherewithal.core.questions import AnswersAtFault, Section, carried
from wherewithal.core.survey import Accepts
from wherewithal.records.models import Invitation
from wherewithal.web.answer_language import chosen
from wherewithal.web.clock import now
from wherewithal.web.forms import Form
from wherewithal.web.page import refusals, render
from wherewithal.web.paper import Paper
from wherewithal.web.questions import SectionForm, missing
from wherewithal.web.survey_field import Standing


def sitting(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """The page that comes next."""
    standing = Standing(invitation.wave, now(), chosen(request))
    context: dict[str, Any] = {"wave": invitation.wave, "standing": standing, "invitation": invitation}
    if request.method != "POST" or invitation.answered or standing.accepts != Accepts.IN_TIME:
        return render(request, "answer/sealed_start.html", context)
    paper = Paper(standing.questionnaire, _carried(request, standing))
    if "hand_in" in request.POST:
        return _hand_in(request, paper, context)
    if "show" in request.POST:
        return _part(request, paper, paper.section(request.POST["show"]), context)
    return _next(request, paper, context)


def _next(request: HttpRequest, paper: Paper, context: dict[str, Any]) -> HttpResponse:
    """Hear the part that was on the page, and show the one that follows; after the last, all of them."""
    on_the_page = request.POST.get("part", "")
    if not on_the_page:
        return _part(request, paper, paper.questionnaire.sections[0], context)
    part = paper.section(on_the_page)
    form = SectionForm(paper, part, request.POST)
    form.is_valid()
    paper.keep(carried(paper.questionnaire, {**paper.answers, **form.heard}))
    if form.errors:
        return _part(request, paper, part, context, form)
    following = part.id if form.grown(part) else paper.after(part)
    if following and "all" not in request.POST:
        return _part(request, paper, paper.section(following), context)
    return _check(request, paper, context)


def _part(
    request: HttpRequest,
    paper: Paper,
    part: Section,
    context: dict[str, Any],
    form: SectionForm | None = None,
) -> HttpResponse:
    ids = [*paper.progress]
    number = (ids.index(part.id) + 1 if part.id in ids else 1), len(ids)
    context |= {"form": form or SectionForm(paper, part), "part": part, "number": number}
    return render(request, "answer/sealed_part.html", context | {"carrying": _carrying(paper, part.id)})


def _check(
    request: HttpRequest, paper: Paper, context: dict[str, Any], form: Form | None = None, wrong: Any = ()
) -> HttpResponse:
    said = [(part, paper.said(part)) for part in paper.questionnaire.sections if part.id in paper.progress]
    context |= {"said": said, "form": form or Form(), "wrong": wrong, "carrying": _carrying(paper, "")}
    return render(request, "answer/sealed_check.html", context)


def _hand_in(request: HttpRequest, paper: Paper, context: dict[str, Any]) -> HttpResponse:
    invitation: Invitation = context["invitation"]
    form, wrong = Form(request.POST), []
    with refusals(form):
        try:
            survey_seal.seal(
                invitation=invitation, answers=paper.answers, by=survey_answer.respondent(), at=now()
            )
        except AnswersAtFault as refusal:
            wrong = missing(paper, refusal, lambda part: "")
    if form.errors or wrong:
        return _check(request, paper, context, form, wrong)
    return redirect(request.path)


def _carried(request: HttpRequest, standing: Standing) -> dict[str, Any]:
    """What the page brought along; whatever is no answer to a question that is asked is dropped."""
    try:
        told = json.loads(request.POST.get("carried") or "{}")
    except ValueError:
        return {}
    answers = told if isinstance(told, dict) else {}
    return carried(standing.questionnaire, {id: one for id, one in answers.items() if _is_answer(one)})


def _is_answer(told: Any) -> bool:
    """Of a kind that some question takes; the rule judges the rest."""
    return isinstance(told, str | int | float) or (
        isinstance(told, list) and all(isinstance(one, str) for one in told)
    )


class CarryingForm(Form):
    carried = forms.CharField(widget=forms.HiddenInput)
    part = forms.CharField(widget=forms.HiddenInput)


def _carrying(paper: Paper, part: str) -> CarryingForm:
    told = json.dumps(paper.answers, ensure_ascii=False)
    return CarryingForm(initial={"carried": told, "part": part})
