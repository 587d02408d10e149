"""The questions of a draft wave are chosen one by one, from all that were ever asked."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from wherewithal.actions import survey_design as actions
from wherewithal.core.question_bank import (
    Asked,
    Entry,
    OthersNeeded,
    Shelf,
    choose,
    key_of,
    needed,
    shelves,
    shelves_without,
)
from wherewithal.core.survey import is_left_out
from wherewithal.policy.questionnaire import surveys
from wherewithal.records.asking import asked_in
from wherewithal.records.models import Wave
from wherewithal.web.access import user_of
from wherewithal.web.clock import now, today
from wherewithal.web.field_kinds import SomeOf
from wherewithal.web.forms import Form
from wherewithal.web.page import page, refusals, render
from wherewithal.web.survey_field import found


class BankForm(Form):
    """Tick boxes, a field a shelf: ``shelf_1`` and so on."""

    def __init__(self, bank: tuple[Shelf, ...], now_asked: frozenset[str], *args: Any) -> None:
        super().__init__(*args)
        self.shelves = bank
        for number, shelf in enumerate(bank, 1):
            self.fields[f"shelf_{number}"] = SomeOf(
                [(one.key, one.question.text) for one in shelf.entries],
                label=shelf.title, required=False, help_text=f"From “{shelf.of}”",
                hints={one.key: _hint(one) for one in shelf.entries},
                initial=[one.key for one in shelf.entries if one.key in now_asked],
            )  # fmt: skip

    @property
    def chosen(self) -> set[str]:
        return {key for name in self.fields for key in self.cleaned_data[name]}


@page("survey.run")
def survey_bank(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose; what routing looks at and is not chosen is told, and ``others`` takes it along. ``?none``
    begins without what the draft asks now.
    """
    wave = found(slug)
    bank = shelves_without(shelves(_asked(wave)), lambda one: is_left_out(one, wave.mode))
    asked = asked_in(wave)
    ticked = () if "none" in request.GET else asked.questions
    form = BankForm(bank, frozenset(key_of(asked, id) for id in ticked), request.POST or None)
    others: tuple[tuple[Entry, Entry], ...] = ()
    if form.is_valid():
        chosen = form.chosen
        more = needed(bank, chosen)
        if "others" in request.POST:
            chosen |= {other.key for _, other in more}
        with refusals(form):
            try:
                made = choose(bank, chosen, id=slug, on=today())
            except OthersNeeded:
                others = more
                raise
            actions.change_questions(wave=wave, questionnaire=made, by=user_of(request), at=now())
        if form.is_valid():
            took = f", {len(more)} of them because others follow them" if "others" in request.POST else ""
            messages.success(request, f"The draft asks {len(made.questions)} questions{took}.")
            return redirect("survey_questions", slug)
    context = {
        "wave": wave, "form": form, "others": others, "count": sum(len(one.entries) for one in bank),
        "ticked": len(ticked),
    }  # fmt: skip
    return render(request, "survey/bank.html", context)


def _asked(of: Wave) -> list[Asked]:
    """What policy holds, every wave that was asked, the oldest first, and what the draft asks now."""
    waves = Wave.objects.exclude(state=Wave.State.DRAFT).exclude(pk=of.pk).order_by("opens_at", "pk")
    defined = [Asked("", one) for one in surveys()]
    return [*defined, *(Asked(one.title, asked_in(one)) for one in waves), Asked("", asked_in(of))]


def _hint(one: Entry) -> str:
    return f"Asked in {'; '.join(one.where)}" if one.where else "Not asked yet"


urlpatterns = [path("survey/<slug:slug>/bank/", survey_bank, name="survey_bank")]
