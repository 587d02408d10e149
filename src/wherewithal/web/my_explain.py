"""A question about money, answered by the person in a few words."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path

from wherewithal.actions import card
from wherewithal.policy.card import answer_by
from wherewithal.records.models import Question
from wherewithal.web.access import user_of
from wherewithal.web.clock import now
from wherewithal.web.editing import EditForm
from wherewithal.web.my import in_short, whose
from wherewithal.web.page import page, refusals, render

BECAME = {
    "fine": "We read the answer. All is well.",
    "advised": "We read the answer. All is well; we said what to look out for next time.",
    "pay_back": "We read the answer. This money has to be paid back. We talk with {you} about how.",
}


class ExplainForm(EditForm):
    answer = forms.CharField(
        label="Tell us in a few words",
        help_text="A few words are enough. You do not need a receipt, unless we ask you for one.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    asks = {"answer": "Write a few words about it"}


@page("my.answer")
def my_explain(request: HttpRequest, question: int) -> HttpResponse:
    """The question with the line it is about; an answer may be put better until an officer has closed it."""
    mine = whose(request)
    rows = mine.person.questions.select_related("actual__arrangement")
    found = get_object_or_404(rows, pk=question)
    form = ExplainForm(request.POST if request.method == "POST" else None, initial=_said(found))
    if form.is_valid():
        with refusals(form):
            form.must_stand(found, _said)
            card.explain(question=found, answer=form.cleaned_data["answer"], by=user_of(request), at=now())
        if form.is_valid():
            messages.success(request, "Thank you. We have your answer and will read it.")
            return redirect("my")
    context = {
        "whose": mine,
        "person": mine.person,
        "question": found,
        "title": in_short(found) if found.actual else mine.says("A question about {your} money"),
        "open": found.state != Question.State.CLOSED,
        "by": answer_by(found.raised_on) if found.state == Question.State.OPEN else None,
        "became": mine.says(BECAME.get(found.outcome, "We read the answer and closed the question.")),
        "form": form,
    }
    return render(request, "my/explain.html", context)


def _said(question: Question) -> dict[str, str]:
    return {"answer": question.answer}


urlpatterns = [path("my/money-question/<int:question>/", my_explain, name="my_explain")]
