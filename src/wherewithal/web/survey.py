"""The sector's survey: its waves, one wave in the field, its questions as they are asked."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from wherewithal.actions.survey_mail import has_door
from wherewithal.core.comparable import why_not
from wherewithal.core.questions import Questionnaire, said
from wherewithal.core.survey import Accepts
from wherewithal.records.asking import asked_in, left_out
from wherewithal.records.models import Wave
from wherewithal.web.answer_language import chosen
from wherewithal.web.clock import now
from wherewithal.web.page import page, render
from wherewithal.web.paper import Paper
from wherewithal.web.questions import SectionForm
from wherewithal.web.survey_field import Standing, found
from wherewithal.web.survey_key import copies_of
from wherewithal.web.survey_next import is_due, lead


@page("survey.see")
def surveys(request: HttpRequest) -> HttpResponse:
    at = now()
    waves = list(Wave.objects.order_by("-opens_at", "-pk"))
    context = {"waves": [Standing(wave, at) for wave in waves], "copies": copies_of(waves), "is_due": is_due}
    return render(request, "survey/list.html", context)


@page("survey.see")
def survey(request: HttpRequest, slug: str) -> HttpResponse:
    standing = Standing(found(slug), now())
    invitations = [one for one in standing.tellable if one.state == "listed"]
    context = {
        "standing": standing,
        "wave": standing.wave,
        "copies": copies_of([standing.wave]).get(standing.wave.pk),
        "lead": lead(standing.wave, standing.at),
        "keys_due": is_due(standing.wave, standing.at),
        "to_invite": len(invitations),
        "to_remind": len(standing.tellable) - len(invitations),
        "over": standing.wave.state == "open" and standing.accepts != Accepts.IN_TIME,
        "replies": standing.wave.replies.count(),
        "has_door": has_door(standing.wave),
        "late": standing.wave.replies.filter(late=True).count(),
        "drawn": standing.wave.invitations.filter(targeted=True, replaces=None).count(),
        "replaced": standing.wave.invitations.exclude(replaces=None).count(),
    }
    return render(request, "survey/wave.html", context)


@page("survey.see")
def survey_questions(request: HttpRequest, slug: str) -> HttpResponse:
    """Every question as respondents see it; nothing here is kept."""
    standing = Standing(found(slug), now(), chosen(request))
    wave = standing.wave
    paper = Paper(standing.questionnaire, {})
    parts = [
        (section, SectionForm(paper, section, every=True)) for section in standing.questionnaire.sections
    ]
    before = wave.cloned_from
    compares = _compared(standing.questionnaire, asked_in(before)) if before else {}
    context = {
        "standing": standing,
        "wave": wave,
        "parts": parts,
        "compares": compares,
        "before": before,
        "asked_if": _asked_if(standing.questionnaire),
        "left_out": left_out(wave),
    }
    return render(request, "survey/questions.html", context)


def _asked_if(of: Questionnaire) -> dict[str, str]:
    """On what it hangs whether a part or a question is asked, by id; a part's id begins with ``part ``."""
    parts = {f"part {one.id}": one.relevant for one in of.sections}
    each = {one.id: one.relevant for one in of.questions.values()}
    return {id: said(on, of) for id, on in (parts | each).items() if on is not None}


def _compared(asked: Questionnaire, before: Questionnaire) -> dict[str, str]:
    """Of the questions that both have, by id: why one is not comparable, '' where it is."""
    return {id: why_not(asked, before, id) for id in asked.questions if id in before.questions}


urlpatterns = [
    path("survey/", surveys, name="surveys"),
    path("survey/<slug:slug>/", survey, name="survey"),
    path("survey/<slug:slug>/questions/", survey_questions, name="survey_questions"),
]
