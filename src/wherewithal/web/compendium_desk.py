"""The surveyors' desk of the compendium: what was handed in and how it is published, findings, sign-off."""

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

from wherewithal.actions import compendium_desk as actions
from wherewithal.actions.record import day
from wherewithal.actions.survey_mail import door_link
from wherewithal.core.compendium import asked_about, in_the_way
from wherewithal.core.refusal import Refusal
from wherewithal.core.screening import Finding, Piece, answered, pieces
from wherewithal.records.compendium import (
    Handed,
    OnRecord,
    Screens,
    columns,
    examples,
    handed_in,
    on_record,
    take_ups,
)
from wherewithal.records.models import Example, Tool
from wherewithal.web.access import user_of
from wherewithal.web.clock import now
from wherewithal.web.compendium import file_of, file_words
from wherewithal.web.editing import EditForm
from wherewithal.web.history import history_of
from wherewithal.web.page import page, refusals, render
from wherewithal.web.quotation_forms import KeepForm, WithdrawForm, named_in

EXAMPLES, TAKE_UPS = "examples", "take-ups"
COLOURS = {  # in the order in which somebody must do something
    "Asks to be withdrawn": "red", "New": "blue", "Findings open": "orange", "Something to do": "orange",
    "Ready for sign-off": "blue", "Published": "green", "Signed off": "green", "Withdrawn": "grey",
    "Taken back": "grey",
}  # fmt: skip
_ORDER = [*COLOURS]
_ONE_LINE = ("title", "tags", "figure")


class WordForm(EditForm):
    """The words to be published, a box a text."""

    def __init__(self, one: OnRecord, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial=one.texts, **kwargs)
        for name, says in columns(one.row).items():
            long = name not in _ONE_LINE
            self.fields[name] = forms.CharField(
                label=says, required=False, max_length=None if long else 200,
                widget=forms.Textarea if long else forms.TextInput,
            )  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """An example, or a take-up, as its page at the desk shows it."""

    of: OnRecord

    @property
    def kind(self) -> str:
        return EXAMPLES if isinstance(self.of.row, Example) else TAKE_UPS

    @property
    def texts(self) -> list[dict[str, Any]]:
        """Each text: what it is called, as it was handed in and as it will be published, cut at findings."""
        row = self.of.row
        return [
            {"says": says, "original": self._pieces(original, self.of.screens.screen(original)),
             "published": self._pieces(self.of.texts.get(name, ""), self.of.found.get(name, ()))}
            for (name, says), original in zip(columns(row).items(), handed_in(row).values(), strict=True)
        ]  # fmt: skip

    def _pieces(self, text: str, found: tuple[Finding, ...]) -> tuple[Piece, ...]:
        return pieces(text, asked_about(self.of.row.named, found)) if text else ()

    @cached_property
    def open(self) -> set[Finding]:
        return set(self.of.judged.open)

    @property
    def findings(self) -> list[tuple[Finding, str]]:
        """Each thing that is asked about, once, with why it stays."""
        return answered(self.of.judged.asked, self.of.judged.kept)

    @property
    def in_the_way(self) -> tuple[str, ...]:
        return in_the_way(self.of.judged)

    @property
    def file(self) -> str:
        return file_words(self.of.tool) if self.of.tool else ""

    @property
    def title(self) -> str:
        row = self.of.row
        return str(row) if isinstance(row, Example) else f"Take-up of example {row.example_id}"


@page("survey.see")
def compendium_desk(request: HttpRequest) -> HttpResponse:
    """All that was handed in, and what came of it elsewhere; what must be done first."""
    screens = Screens(day(now()))
    found = [Shown(on_record(row, screens)) for row in examples()]
    with_words = [row for row in take_ups() if any(handed_in(row).values())]
    taken = [Shown(on_record(row, screens)) for row in with_words]
    context = {
        "shown": sorted(found, key=_pressing),
        "taken": sorted(taken, key=_pressing),
        "colours": COLOURS,
    }
    return render(request, "compendium/desk.html", context)


@page("survey.see")
def compendium_edition(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    one = _at(kind, number)
    return _one(request, one, WordForm(one))


@page("survey.code")
@require_POST
def compendium_word(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """How it will be published, saved; a refusal is told on its page."""
    one = _at(kind, number)
    form = WordForm(one, request.POST)
    if form.is_valid():
        with refusals(form):
            form.must_stand(one.row, lambda row: on_record(row, one.screens).texts)
            actions.word(of=one.row, texts=form.cleaned_data, by=user_of(request), at=now())
        if form.is_valid():
            messages.success(request, "The words are saved.")
            return redirect(address_of(one.row))
    return _one(request, one, form)


@page("survey.code")
def compendium_keep(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """A finding stays as it is, for a reason; its kind and words stand in the address."""
    one = _at(kind, number)
    finding = named_in(request, one.judged.asked)
    form = KeepForm(request.POST or None)
    if form.is_valid():
        with refusals(form):
            actions.keep(
                of=one.row, kind=finding.kind, words=finding.words, by=user_of(request), at=now(),
                **form.cleaned_data,
            )  # fmt: skip
        if form.is_valid():
            return redirect(address_of(one.row))
    return _ask(request, one, form, f"Keep “{finding.words}”", finding=finding)


@page("survey.code")
@require_POST
def compendium_ask_again(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """What was kept is open again."""
    one = _at(kind, number)
    given = {name: request.POST.get(name, "") for name in ("kind", "words")}
    return _done(request, one, lambda: actions.ask_again(of=one.row, by=user_of(request), at=now(), **given))


@page("survey.code")
@require_POST
def compendium_sign_off(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """By a second person; it is published."""
    one = _at(kind, number)
    return _done(request, one, lambda: actions.sign_off(of=one.row, by=user_of(request), at=now()))


@page("survey.see")
def compendium_tool(request: HttpRequest, number: int) -> HttpResponse:
    """The file, to be looked at."""
    return file_of(_tool(number))


@page("survey.code")
@require_POST
def compendium_look(request: HttpRequest, number: int) -> HttpResponse:
    """Somebody opened the file, and says that it may be published."""
    one, tool = _at(EXAMPLES, number), _tool(number)
    return _done(request, one, lambda: actions.look_at_file(tool=tool, by=user_of(request), at=now()))


@page("survey.code")
def compendium_withdraw(request: HttpRequest, number: int) -> HttpResponse:
    one = _at(EXAMPLES, number)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        with refusals(form):
            actions.withdraw(example=one.row, by=user_of(request), at=now(), **form.cleaned_data)  # type: ignore[arg-type]
        if form.is_valid():
            return redirect(address_of(one.row))
    return _ask(request, one, form, "Withdraw the example")


def _one(request: HttpRequest, one: OnRecord, form: WordForm) -> HttpResponse:
    context = {
        "one": Shown(one), "row": one.row, "form": form, "colours": COLOURS,
        "mine": user_of(request).pk in one.judged.hands, "door": door_link(one.row.door.code, "/"),
        **history_of(request, one.row),
    }  # fmt: skip
    return render(request, "compendium/edition.html", context)


def _ask(request: HttpRequest, one: OnRecord, form: Any, title: str, **more: Any) -> HttpResponse:
    context = {"one": Shown(one), "form": form, "title": title, "back": address_of(one.row), **more}
    return render(request, "compendium/ask.html", context)


def _done(request: HttpRequest, one: OnRecord, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except Refusal as refusal:
        messages.warning(request, " Who could: ".join(filter(None, (refusal.says, refusal.who_could))))
    return redirect(address_of(one.row))


def _at(kind: str, number: int) -> OnRecord:
    """Raises Http404 for one that there is not."""
    rows: dict[str, Callable[[], Any]] = {EXAMPLES: examples, TAKE_UPS: take_ups}
    row: Handed | None = rows[kind]().filter(pk=number).first() if kind in rows else None
    if row is None:
        raise Http404("The compendium has no such example.")
    return on_record(row, Screens(day(now())))


def _tool(number: int) -> Tool:
    tool = Tool.objects.filter(example=number).first()
    if tool is None:
        raise Http404("There is no such file.")
    return tool


def _pressing(one: Shown) -> tuple[int, int]:
    return _ORDER.index(one.of.state), -one.of.row.pk


def address_of(row: Handed) -> str:
    kind = EXAMPLES if isinstance(row, Example) else TAKE_UPS
    return reverse("compendium_edition", args=[kind, row.pk])


_DESK = "compendium/desk/"
_ONE = f"{_DESK}<slug:kind>/<int:number>/"
_EXAMPLE = f"{_DESK}{EXAMPLES}/<int:number>/"
urlpatterns = [
    path(_DESK, compendium_desk, name="compendium_desk"),
    path(f"{_EXAMPLE}file/", compendium_tool, name="compendium_tool"),
    path(f"{_EXAMPLE}look/", compendium_look, name="compendium_look"),
    path(f"{_EXAMPLE}withdraw/", compendium_withdraw, name="compendium_withdraw"),
    path(_ONE, compendium_edition, name="compendium_edition"),
    path(f"{_ONE}word/", compendium_word, name="compendium_word"),
    path(f"{_ONE}keep/", compendium_keep, name="compendium_keep"),
    path(f"{_ONE}ask-again/", compendium_ask_again, name="compendium_ask_again"),
    path(f"{_ONE}sign-off/", compendium_sign_off, name="compendium_sign_off"),
]
