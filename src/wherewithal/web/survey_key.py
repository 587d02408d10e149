"""Is the key of an anonymous wave destroyed? Its two holders are asked after the close; it is noted."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse

from wherewithal.actions import survey_key as actions
from wherewithal.core.period import written
from wherewithal.core.survey_key import outstanding
from wherewithal.records.models import DestroyedKey, Wave
from wherewithal.web.access import user_of
from wherewithal.web.clock import now
from wherewithal.web.field_kinds import DateField, OneOf
from wherewithal.web.forms import Form
from wherewithal.web.page import page, refusals, render
from wherewithal.web.survey_field import found


@dataclass(frozen=True)
class Copies:
    """The copies of a closed anonymous wave's key: what was said of each, and by whom nothing was yet."""

    wave: Wave
    said: tuple[DestroyedKey, ...]

    @property
    def outstanding(self) -> tuple[str, ...]:
        return outstanding(self.wave.key_holders, [one.holder for one in self.said])

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """A line a holder, in their order: who, what they say, and the way to take it back."""
        by_holder = {one.holder: one for one in self.said}
        return [self._row(name, by_holder.get(name)) for name in self.wave.key_holders]

    def _row(self, name: str, said: DestroyedKey | None) -> tuple[str, ...]:
        if said is None:
            return name, "Has not said so yet"
        says = f"Destroyed on {written(said.destroyed_on)}. Noted by {said.by}"
        return name, says, reverse("survey_key_take_back", args=[self.wave.slug, said.pk]), "Take back"


def copies_of(waves: Iterable[Wave]) -> dict[int, Copies]:
    """Of those waves that are closed and had a key, by the wave; one query."""
    asked = {
        one.pk: one for one in waves
        if one.key_holders and one.state in (Wave.State.CLOSED, Wave.State.RELEASED)
    }  # fmt: skip
    said: dict[int, list[DestroyedKey]] = {pk: [] for pk in asked}
    for one in (
        DestroyedKey.objects.filter(wave__in=asked).select_related("by").order_by("pk") if asked else ()
    ):
        said[one.wave_id].append(one)
    return {pk: Copies(wave, tuple(said[pk])) for pk, wave in asked.items()}


class DestroyedForm(Form):
    holder = OneOf(label="Who says that their copy is destroyed?")
    destroyed_on = DateField(label="On which day was it destroyed?")

    def __init__(self, holders: Iterable[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holder"].choices = [(one, one) for one in holders]  # type: ignore[attr-defined]


@page("survey.run")
def survey_key_copies(request: HttpRequest, slug: str) -> HttpResponse:
    """What the holders said; and what one of those says who are outstanding."""
    wave = found(slug)
    copies = copies_of([wave]).get(wave.pk)
    form = DestroyedForm(copies.outstanding if copies else (), request.POST or None)
    if form.is_valid():
        with refusals(form):
            actions.note_destroyed(wave=wave, by=user_of(request), at=now(), **form.cleaned_data)
        if form.is_valid():
            messages.success(request, f"It is noted that {form.cleaned_data['holder']} destroyed their copy.")
            return redirect("survey_key_copies", slug)
    return render(request, "survey/key_copies.html", {"wave": wave, "copies": copies, "form": form})


class TakeBackForm(Form):
    reason = forms.CharField(label="Why is it taken back?", max_length=200)


@page("survey.run")
def survey_key_take_back(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What was noted by mistake is open again; the history keeps that it was noted."""
    said = DestroyedKey.objects.select_related("wave").filter(pk=number, wave__slug=slug).first()
    if said is None:
        raise Http404("Nothing of the kind is noted. Perhaps it was taken back meanwhile.")
    form = TakeBackForm(request.POST or None)
    if form.is_valid():
        with refusals(form):
            actions.take_back(said=said, by=user_of(request), at=now(), **form.cleaned_data)
        if form.is_valid():
            messages.success(request, f"{said.holder} is asked again.")
            return redirect("survey_key_copies", slug)
    return render(request, "survey/key_take_back.html", {"wave": said.wave, "said": said, "form": form})


_COPIES = "survey/<slug:slug>/key-copies/"
urlpatterns = [
    path(_COPIES, survey_key_copies, name="survey_key_copies"),
    path(f"{_COPIES}<int:number>/take-back/", survey_key_take_back, name="survey_key_take_back"),
]
