"""Questions for stage two: drafted from key messages, read together, begun as a questionnaire."""

from itertools import groupby
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from wherewithal.actions import stage_two as actions
from wherewithal.core.refusal import Refusal
from wherewithal.core.stage_two import KINDS, Drafted, questionnaire
from wherewithal.policy.questionnaire_text import text
from wherewithal.records.models import KeyMessage, StageTwoQuestion, Wave
from wherewithal.web.access import user_of
from wherewithal.web.clock import now, today
from wherewithal.web.downloads import toml_answer
from wherewithal.web.field_kinds import OneOf
from wherewithal.web.forms import Form
from wherewithal.web.held_back import seen
from wherewithal.web.key_messages import of
from wherewithal.web.page import page, refusals, render
from wherewithal.web.survey_field import found


class QuestionForm(Form):
    text = forms.CharField(label="What is asked?", max_length=300, widget=forms.Textarea)
    kind = OneOf(KINDS.items(), label="How is it answered?")
    choices = forms.CharField(
        label="Answers to choose from", widget=forms.Textarea, required=False,
        help_text="A line each, where one or several of them are chosen",
    )  # fmt: skip


@page("survey.code")
def stage_two_ask(request: HttpRequest, slug: str, message: int) -> HttpResponse:
    """Draft a question from a key message."""
    row = of(slug, message)
    form = QuestionForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        with refusals(form):
            actions.draft(
                message=row, text=given["text"], kind=given["kind"], choices=given["choices"].splitlines(),
                by=user_of(request), at=now(),
            )  # fmt: skip
        if form.is_valid():
            return redirect(f"{reverse('key_message', args=[slug, row.pk])}#stage-two")
    return render(request, "messages/ask.html", {"wave": row.wave, "row": row, "form": form})


@page("survey.code")
@require_POST
def stage_two_off(request: HttpRequest, slug: str, question: int) -> HttpResponse:
    rows = StageTwoQuestion.objects.select_related("message").filter(message__wave__slug=slug)
    row = rows.filter(pk=question).first()
    if row is None:
        raise Http404("There is no such question. Perhaps it was taken off meanwhile.")
    actions.take_off(question=row, by=user_of(request), at=now())
    return redirect(f"{reverse('key_message', args=[slug, row.message_id])}#stage-two")


@page("survey.see")
def stage_two(request: HttpRequest, slug: str) -> HttpResponse:
    """Every question that is drafted, by the message that it comes from."""
    wave = found(slug)
    seen(request, wave, "the questions for stage two")
    context = {"wave": wave, "drafted": _drafted(wave), "kinds": KINDS}
    return render(request, "messages/stage_two.html", context)


@page("survey.see")
def stage_two_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The questions as the file of a questionnaire, for a new wave."""
    wave = found(slug)
    seen(request, wave, "the questions for stage two, as a file")
    drafted = [
        (row.number, row.says, [Drafted(one.text, one.kind, tuple(one.choices)) for one in rows])
        for row, rows in _drafted(wave)
    ]
    try:
        begun = questionnaire(
            drafted, of=wave.title, source=f"Drafted from the key messages of “{wave.title}”", first=today()
        )
    except Refusal as refusal:
        messages.warning(request, refusal.says)
        return redirect("stage_two", slug)
    return toml_answer(text(begun).encode(), f"{slug}-stage-two.toml")


def _drafted(wave: Wave) -> list[tuple[KeyMessage, list[Any]]]:
    """The messages that have questions, in order; a dropped one asks nothing."""
    rows = StageTwoQuestion.objects.filter(message__wave=wave).select_related("message")
    asking = rows.exclude(message__state=KeyMessage.State.DROPPED)
    return [(row, list(of_it)) for row, of_it in groupby(asking, key=lambda one: one.message)]


urlpatterns = [
    path("survey/<slug:slug>/messages/<int:message>/ask/", stage_two_ask, name="stage_two_ask"),
    path("survey/<slug:slug>/stage-two/", stage_two, name="stage_two"),
    path("survey/<slug:slug>/stage-two/questionnaire/", stage_two_file, name="stage_two_file"),
    path("survey/<slug:slug>/stage-two/<int:question>/off/", stage_two_off, name="stage_two_off"),
]
