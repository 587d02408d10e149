"""What a council that is behind is led to: one that is ahead and alike, and practice of the compendium."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from wherewithal.actions import conversation_agreed as actions
from wherewithal.analytics.ahead import Matches, ahead_and_alike
from wherewithal.analytics.below import published
from wherewithal.core.refusal import Refusal
from wherewithal.records.compendium_search import published as examples
from wherewithal.records.compendium_search import search
from wherewithal.records.models import Conversation, Example
from wherewithal.web.access import user_of
from wherewithal.web.clock import now
from wherewithal.web.compendium import Published
from wherewithal.web.conversation import conversation_at
from wherewithal.web.forms import Form
from wherewithal.web.page import page, refusals, render

SHOWN = 20


class MatchForm(Form):
    code = forms.CharField(max_length=20)


class ExampleForm(Form):
    example = forms.IntegerField()


@page("conversation.hold")
def conversation_match(request: HttpRequest, number: int) -> HttpResponse:
    """Councils that are ahead and alike, each with why; one of them is chosen."""
    row = conversation_at(number)
    form = MatchForm(request.POST or None)
    if form.is_valid():
        with refusals(form):
            actions.match(conversation=row, by=user_of(request), at=now(), **form.cleaned_data)
        if form.is_valid():
            return redirect("conversation", row.pk)
    matches = _matches(row)
    head = ["Council", "Figure", "Distance"]
    if isinstance(matches, Matches) and matches.found:
        head += [title for title, _, _ in matches.found[0].features]
    context = {"row": row, "form": form, "matches": matches, "head": head}
    return render(request, "conversations/match.html", context)


@page("conversation.hold")
def conversation_pass_on(request: HttpRequest, number: int) -> HttpResponse:
    """A published example, found by ``?q=``, is passed on."""
    row = conversation_at(number)
    form = ExampleForm(request.POST or None)
    if form.is_valid():
        found = Example.objects.filter(pk=form.cleaned_data["example"]).first()
        with refusals(form):
            actions.pass_on(conversation=row, example=found, by=user_of(request), at=now())
        if form.is_valid():
            return redirect("conversation", row.pk)
    q = request.GET.get("q", "")
    shown = [Published(one) for one in search(examples("", ""), q)[:SHOWN]]
    others = [one for one in shown if one.row.door.code != row.code]
    context = {"row": row, "form": form, "q": q, "shown": others}
    return render(request, "conversations/pass_on.html", context)


def _matches(row: Conversation) -> Matches | str:
    """Or in words why there can be none."""
    try:
        return ahead_and_alike(published(row.then.table, row.then.series, row.year), row.code)
    except Refusal as refusal:
        return refusal.says


_ONE = "sector/conversations/<int:number>/"
urlpatterns = [
    path(f"{_ONE}match/", conversation_match, name="conversation_match"),
    path(f"{_ONE}pass-on/", conversation_pass_on, name="conversation_pass_on"),
]
