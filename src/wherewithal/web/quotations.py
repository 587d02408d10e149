"""Quotations for a survey's report: picked at the coding desk, reworded, screened, signed off by a second."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from wherewithal.actions import quotation as actions
from wherewithal.actions.record import day
from wherewithal.core.quotation import in_the_way
from wherewithal.core.refusal import Refusal
from wherewithal.core.screening import Finding, Piece, answered, pieces
from wherewithal.core.survey import Mode
from wherewithal.records.models import Quotation, QuotedPassage
from wherewithal.records.quotation import Desk, OnRecord, on_record, quotations, words_of
from wherewithal.web.access import user_of
from wherewithal.web.clock import now
from wherewithal.web.editing import EditForm
from wherewithal.web.field_kinds import OneOf
from wherewithal.web.held_back import seen
from wherewithal.web.history import history_of
from wherewithal.web.page import page, refusals, render
from wherewithal.web.survey_field import Standing, found

COLOURS = {
    "Signed off": "green", "Ready for sign-off": "blue", "Findings open": "orange",
    "Something to do": "orange", "Consent refused": "red", "Withdrawn": "grey",
}  # fmt: skip


class WordForm(EditForm):
    title = forms.CharField(
        label="Title", max_length=100, required=False,
        help_text="The vignette’s heading in the report, screened as its words are. Sign-off waits for one.",
    )  # fmt: skip
    printed = forms.CharField(label="Words to be printed", widget=forms.Textarea)
    telling = OneOf(label="What the report says of whose words they are")

    def __init__(self, one: OnRecord, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial=written(one.row), **kwargs)
        if one.is_vignette:
            self.fields["printed"].help_text = "A blank line begins a new paragraph"
        else:
            del self.fields["title"]
        may = one.quoted.may_tell
        self.fields["telling"].choices = [(value.value, one.told(value)) for value in may]  # type: ignore[attr-defined]


def written(row: Quotation) -> dict[str, Any]:
    """What the form of its words shows."""
    return {"title": row.title, "printed": row.printed, "telling": row.telling}


@dataclass(frozen=True)
class Shown:
    """A quotation as its page shows it."""

    of: OnRecord

    @cached_property
    def original(self) -> list[dict[str, Any]]:
        """Each passage as it stood, with where it is from and what the screens find in it."""
        asked = Standing(self.of.row.wave, now()).questionnaire.questions
        return [
            {"of": one, "question": asked[one.question], "reply": str(one.reply_id)[:8],
             "pieces": pieces(words_of(one), self.of.desk.screen(words_of(one)))}
            for one in self.of.passages
        ]  # fmt: skip

    @property
    def title(self) -> tuple[Piece, ...]:
        return self._pieces(self.of.row.title)

    @property
    def printed(self) -> tuple[Piece, ...]:
        return self._pieces(self.of.row.printed)

    def _pieces(self, words: str) -> tuple[Piece, ...]:
        return pieces(words, self.of.desk.screen(words))

    @property
    def line(self) -> str:
        return self.of.line

    @cached_property
    def open(self) -> set[Finding]:
        return set(self.of.quoted.open)

    @property
    def findings(self) -> list[tuple[Finding, str]]:
        """Each thing found in the words to be printed, once, with why it stays."""
        return answered(self.of.quoted.findings, self.of.quoted.kept)

    @property
    def in_the_way(self) -> tuple[str, ...]:
        return in_the_way(self.of.quoted)

    @property
    def can_be_asked(self) -> bool:
        return bool(self.of.row.wave.mode != Mode.ANONYMOUS)


@page("survey.see")
def survey_quotations(request: HttpRequest, slug: str) -> HttpResponse:
    wave = found(slug)
    seen(request, wave, "the quotations")
    listed = quotations(wave, day(now()))
    return render(request, "quotations/list.html", {"wave": wave, "listed": listed, "colours": COLOURS})


@page("survey.see")
def quotation(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    one = quotation_at(slug, number)
    return _one(request, one, WordForm(one))


@page("survey.code")
@require_POST
def quotation_word(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """How it will be printed, saved; a refusal is told on its page."""
    one = quotation_at(slug, number)
    form = WordForm(one, request.POST)
    if form.is_valid():
        with refusals(form):
            form.must_stand(one.row, written)
            actions.word(quotation=one.row, by=user_of(request), at=now(), **form.cleaned_data)
        if form.is_valid():
            messages.success(request, "The words are saved.")
            return redirect(address_of(one.row))
    return _one(request, one, form)


@page("survey.code")
@require_POST
def quotation_ask_again(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What was kept is open again."""
    one = quotation_at(slug, number)
    given = {name: request.POST.get(name, "") for name in ("kind", "words")}
    return _done(
        request, one, lambda: actions.ask_again(quotation=one.row, by=user_of(request), at=now(), **given)
    )


@page("survey.code")
@require_POST
def quotation_take_out(request: HttpRequest, slug: str, number: int, passage: int) -> HttpResponse:
    one = quotation_at(slug, number)
    part: QuotedPassage | None = next((each for each in one.passages if each.pk == passage), None)
    if part is None:
        raise Http404("This passage is no part of the quotation any more.")
    taken = part
    return _done(request, one, lambda: actions.take_out(passage=taken, by=user_of(request), at=now()))


@page("survey.code")
@require_POST
def quotation_sign_off(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """By a second person: neither who picked it nor who changed it last."""
    one = quotation_at(slug, number)
    return _done(request, one, lambda: actions.sign_off(quotation=one.row, by=user_of(request), at=now()))


def _one(request: HttpRequest, one: OnRecord, form: WordForm) -> HttpResponse:
    seen(request, one.row.wave, f"quotation {one.row.pk}")
    context = {
        "wave": one.row.wave, "one": Shown(one), "row": one.row, "form": form, "colours": COLOURS,
        "mine": user_of(request).pk in one.quoted.hands, **history_of(request, one.row),
    }  # fmt: skip
    return render(request, "quotations/quotation.html", context)


def _done(request: HttpRequest, one: OnRecord, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except Refusal as refusal:
        messages.warning(request, " Who could: ".join(filter(None, (refusal.says, refusal.who_could))))
    return redirect(address_of(one.row))


def quotation_at(slug: str, number: int) -> OnRecord:
    """Raises Http404 for one that the wave does not have."""
    rows = Quotation.objects.select_related("wave", "by", "changed_by", "signed_by")
    row = rows.filter(wave=found(slug), pk=number).first()
    if row is None:
        raise Http404("This survey has no such quotation.")
    return on_record(row, Desk(row.wave, day(now())))


def address_of(row: Quotation) -> str:
    return reverse("quotation", args=[row.wave.slug, row.pk])


_ONE = "survey/<slug:slug>/quotations/<int:number>/"
urlpatterns = [
    path("survey/<slug:slug>/quotations/", survey_quotations, name="survey_quotations"),
    path(_ONE, quotation, name="quotation"),
    path(f"{_ONE}word/", quotation_word, name="quotation_word"),
    path(f"{_ONE}ask-again/", quotation_ask_again, name="quotation_ask_again"),
    path(f"{_ONE}passages/<int:passage>/out/", quotation_take_out, name="quotation_take_out"),
    path(f"{_ONE}sign-off/", quotation_sign_off, name="quotation_sign_off"),
]
