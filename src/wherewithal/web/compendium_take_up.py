"""A council finds, by its own link, what others handed in, says that it tries it, and what came of it."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from wherewithal.actions import compendium_take_up as actions
from wherewithal.actions.compendium import contributor
from wherewithal.core.compendium import RESULTS, Result
from wherewithal.records.compendium_search import published, search
from wherewithal.records.models import TakeUp
from wherewithal.web.clock import now
from wherewithal.web.compendium import Published, SearchForm
from wherewithal.web.compendium_door import Threshold, at_door
from wherewithal.web.editing import EditForm
from wherewithal.web.field_kinds import OneOf
from wherewithal.web.page import refusals, render


class ResultForm(EditForm):
    result = OneOf([(one.value, RESULTS[one]) for one in Result], label="How does it go?")
    says = forms.CharField(
        label="What came of it, in a few words?", widget=forms.Textarea, max_length=2000, required=False
    )
    figure = forms.CharField(
        label="A figure, if you have one", max_length=200, required=False,
        help_text="With what it is of, such as 12 of 40 people",
    )  # fmt: skip
    named = OneOf(
        [("yes", "Yes, name us"), ("no", "No, only count us")], label="May your council be named with this?"
    )

    @property
    def given(self) -> dict[str, Any]:
        return self.cleaned_data | {"named": self.cleaned_data["named"] == "yes"}


def told(row: TakeUp) -> dict[str, Any]:
    """What the form shows of a take-up."""
    return {name: getattr(row, name) for name in ("result", "says", "figure")} | {
        "named": "yes" if row.named else "no"
    }


@at_door
def door_try(request: HttpRequest, at: Threshold) -> HttpResponse:
    """Others' examples, by the words that are asked."""
    form = SearchForm(request.GET)
    q = form.cleaned_data.get("q", "") if form.is_valid() else ""
    taken = set(at.door.take_ups.values_list("example_id", flat=True))
    rows = search(published().exclude(door=at.door), q)
    shown = [{"of": Published(row), "is_taken": row.pk in taken} for row in rows]
    return render(request, "compendium/try.html", {"at": at, "shown": shown, "q": q})


@at_door
def door_take_up(request: HttpRequest, at: Threshold, number: int) -> HttpResponse:
    """One of them: say that it is tried, and later what came of it; or (``stop``) that it is not any more."""
    example = published().filter(pk=number).exclude(door=at.door).first()
    if example is None:
        raise Http404("There is no such example of another council.")
    row = TakeUp.objects.filter(example=example, door=at.door).first()
    initial = told(row) if row else {"result": Result.TRYING.value}
    form = ResultForm(request.POST or None, initial=initial)
    doing: dict[str, Any] = {"by": contributor(), "at": now()}
    if row and "stop" in request.POST:
        actions.stop(take_up=row, **doing)
        return redirect("door", at.token)
    if form.is_valid():
        with refusals(form):
            if row:
                form.must_stand(row, told)
                actions.say(take_up=row, **form.given, **doing)
            else:
                actions.take_up(example=example, door=at.door, **form.given, **doing)
        if form.is_valid():
            return redirect("door", at.token)
    context = {"at": at, "one": Published(example), "row": row, "form": form}
    return render(request, "compendium/take_up.html", context)


urlpatterns = [
    path("compendium/door/<token>/try/", door_try, name="door_try"),
    path("compendium/door/<token>/try/<int:number>/", door_take_up, name="door_take_up"),
]
