"""How one reply answers one question, where the answer alone does not tell: an analyst says so on a page."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse

from wherewithal.actions.judging import judge
from wherewithal.core.questions import shown
from wherewithal.core.survey import JUDGEMENTS, Judgement, Status
from wherewithal.records.models import Reply
from wherewithal.web.access import user_of
from wherewithal.web.clock import now
from wherewithal.web.editing import EditForm
from wherewithal.web.field_kinds import OneOf
from wherewithal.web.page import page, refusals, render
from wherewithal.web.survey_field import Standing, found

NOTHING = "nothing"


class JudgeForm(EditForm):
    """Of what was left blank only that they would not say; of an answer all else."""

    says = OneOf(label="How does this answer the question?")
    why = forms.CharField(label="Why?", max_length=300, required=False)

    def __init__(self, *args: Any, blank: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain = "They left it blank" if blank else "As it stands: there is nothing to add"
        fits = [one for one in JUDGEMENTS if (one == Judgement.REFUSED) == blank]
        self.fields["says"].choices = [  # type: ignore[attr-defined]
            (NOTHING, plain),
            *((one.value, JUDGEMENTS[one]) for one in fits),
        ]


@page("survey.code")
def reply_judge(request: HttpRequest, slug: str, reply: uuid.UUID, question: str) -> HttpResponse:
    wave = found(slug)
    one = Reply.objects.select_related("wave").filter(wave=wave, pk=reply).first()
    asked = Standing(wave, now()).questionnaire.questions.get(question)
    status = one.statuses.get(question) if one else None
    if one is None or asked is None or status not in (Status.ANSWERED, Status.BLANK):
        raise Http404("This reply was not asked such a question.")
    form = JudgeForm(request.POST or None, blank=status == Status.BLANK, initial=_written(one, question))
    if form.is_valid():
        says = form.cleaned_data["says"]
        with refusals(form):
            form.must_stand(one, lambda reply: _written(reply, question), under=wave)
            judge(
                reply=one, question=question, says=None if says == NOTHING else Judgement(says),
                why=form.cleaned_data["why"], by=user_of(request), at=now(),
            )  # fmt: skip
        if form.is_valid():
            messages.success(request, f"Noted how “{asked.label}” is answered.")
            return redirect("survey_reply", slug, reply)
    words = shown(asked, one.answers[question]) if status == Status.ANSWERED else ""
    back = reverse("survey_reply", args=[slug, reply])
    context = {"wave": wave, "asked": asked, "words": words, "form": form, "back": back}
    return render(request, "survey/judge.html", context)


def _written(reply: Reply, question: str) -> dict[str, Any]:
    there = reply.judged.filter(question=question).first()
    return {"says": there.says if there else NOTHING, "why": there.why if there else ""}


urlpatterns = [
    path(
        "survey/<slug:slug>/replies/<uuid:reply>/<slug:question>/",
        reply_judge,
        name="reply_judge",
    ),
]
