"""Key messages of a wave: the list in order, one with what it stands on, and what is done with it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from wherewithal.actions import key_message as actions
from wherewithal.core import key_message as rules
from wherewithal.core.key_message import Change, Evidence, State, Step
from wherewithal.core.problem import Problem
from wherewithal.core.refusal import Refusal
from wherewithal.core.stage_two import KINDS
from wherewithal.records.models import KeyMessage, StageTwoQuestion, Wave
from wherewithal.web.access import user_of
from wherewithal.web.clock import now, today
from wherewithal.web.editing import EditForm
from wherewithal.web.field_kinds import DateField
from wherewithal.web.forms import Form
from wherewithal.web.held_back import seen
from wherewithal.web.page import page, refusals, render
from wherewithal.web.survey_field import found

if TYPE_CHECKING:
    from wherewithal.extract.key_messages import Heard

COLOURS = {"drafted": "blue", "agreed": "green", "acted_on": "purple", "dropped": "grey"}
PASSAGES = 5  # shown of each theme


class MessageForm(EditForm):
    says = forms.CharField(
        label="What is the message?", max_length=300, widget=forms.Textarea,
        help_text="One sentence. A word such as “most” or a number needs a figure of which it holds",
    )  # fmt: skip
    action = forms.CharField(label="Which action does it ask for?", max_length=300, required=False)
    owner = forms.CharField(
        label="Who owns the action?", max_length=100, required=False, help_text="A role or a group"
    )
    due_on = DateField(label="By when?", required=False)


class DoneForm(Form):
    done = forms.CharField(label="What was done?", max_length=300, widget=forms.Textarea)
    on = DateField(label="When?")


class DropForm(Form):
    reason = forms.CharField(label="Why is it dropped?", max_length=300, widget=forms.Textarea)


def heard_of(wave: Wave) -> "Heard":
    """The wave's replies as they count now."""
    # What counts brings in Arrow and NumPy, a second's work, which the start of the web need not wait for.
    from wherewithal.extract.key_messages import Heard

    return Heard(wave)


@dataclass(frozen=True)
class Theme:
    """A theme with some of the passages that stand under it, and how many of its codings are not settled."""

    evidence: Evidence
    question: str
    passages: list[tuple[Any, str]]
    more: int
    open: int


@dataclass(frozen=True)
class Standing:
    """A message as it stands now, counted from the wave's replies."""

    row: KeyMessage
    heard: "Heard"

    @cached_property
    def evidence(self) -> list[Evidence]:
        return self.heard.evidence(self.row)

    @cached_property
    def overstated(self) -> tuple[str, ...]:
        return self.heard.overstated(self.row)

    @property
    def figures(self) -> list[Evidence]:
        return [one for one in self.evidence if one.kind == "figure"]

    @property
    def themes(self) -> list[Theme]:
        return [self._theme(one) for one in self.evidence if one.kind == "theme"]

    def _theme(self, one: Evidence) -> Theme:
        code = self.heard.book.code.get(one.key) if self.heard.book else None
        themes = self.heard.themes(code.question) if code else None
        if code is None or themes is None:
            return Theme(one, "", [], 0, 0)
        passages = themes.passages(code.id)
        unsettled = sum(differs.code == code.id for differs in themes.stand.open)
        return Theme(one, code.question, passages[:PASSAGES], len(passages) - PASSAGES, unsettled)

    @property
    def colour(self) -> str:
        return COLOURS[self.row.state]

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What stands in the way of agreeing a draft."""
        if self.row.state != State.DRAFTED:
            return ()
        return rules.problems(
            owner=self.row.owner, action=self.row.action, evidence=self.evidence, overstated=self.overstated
        )

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What is counted otherwise than when the message was agreed."""
        return rules.changes(map(Evidence.from_kept, self.row.stood_on), self.evidence)

    @property
    def no_longer_says(self) -> tuple[str, ...]:
        """What the wording of an agreed message says that the figures of now do not."""
        return self.overstated if self.changes else ()

    def may(self, step: str) -> bool:
        return State(self.row.state) in rules.TAKES[Step(step)]


@page("survey.see")
def key_messages(request: HttpRequest, slug: str) -> HttpResponse:
    wave = found(slug)
    seen(request, wave, "the key messages")
    heard = heard_of(wave)
    rows = list(wave.key_messages.all())
    heard.prepare(rows)
    context = {
        "wave": wave,
        "messages_of": [Standing(row, heard) for row in rows],
        "questions": StageTwoQuestion.objects.filter(message__wave=wave).count(),
    }
    return render(request, "messages/list.html", context)


@page("survey.see")
def key_message(request: HttpRequest, slug: str, message: int) -> HttpResponse:
    return _shown(request, of(slug, message), Form())


@page("survey.code")
def key_message_new(request: HttpRequest, slug: str) -> HttpResponse:
    wave = found(slug)
    form = MessageForm(request.POST or None)
    if form.is_valid():
        with refusals(form):
            made = actions.write(wave=wave, by=user_of(request), at=now(), **form.cleaned_data)
        if form.is_valid():
            return redirect("key_message", slug, made.pk)
    return render(request, "messages/write.html", {"wave": wave, "form": form, "title": "Write a message"})


@page("survey.code")
def key_message_change(request: HttpRequest, slug: str, message: int) -> HttpResponse:
    row = of(slug, message)
    form = MessageForm(request.POST or None, initial=_written(row))
    if form.is_valid():
        with refusals(form):
            form.must_stand(row, _written)
            actions.change(message=row, by=user_of(request), at=now(), **form.cleaned_data)
        if form.is_valid():
            return redirect("key_message", slug, row.pk)
    context = {"wave": row.wave, "form": form, "title": f"Change message {row.number}", "message": row}
    return render(request, "messages/write.html", context)


@page("survey.code")
@require_POST
def key_message_agree(request: HttpRequest, slug: str, message: int) -> HttpResponse:
    """Counted at this moment; what stands in the way is told on the message's page."""
    row = of(slug, message)
    heard, form = heard_of(row.wave), Form(request.POST)
    with refusals(form):
        actions.agree(
            message=row, evidence=heard.evidence(row), overstated=heard.overstated(row),
            by=user_of(request), at=now(),
        )  # fmt: skip
    if not form.is_valid():
        return _shown(request, row, form)
    messages.success(request, f"Message {row.number} is agreed, with what it stands on.")
    return redirect("key_message", slug, row.pk)


@page("survey.code")
def key_message_done(request: HttpRequest, slug: str, message: int) -> HttpResponse:
    row = of(slug, message)
    form = DoneForm(request.POST or None, initial={"on": today()})
    return _step(
        request, row, form, "Acted on",
        lambda: actions.act_on(message=row, by=user_of(request), at=now(), **form.cleaned_data),
    )  # fmt: skip


@page("survey.code")
def key_message_drop(request: HttpRequest, slug: str, message: int) -> HttpResponse:
    row = of(slug, message)
    form = DropForm(request.POST or None)
    return _step(
        request, row, form, "Drop",
        lambda: actions.drop(message=row, by=user_of(request), at=now(), **form.cleaned_data),
    )  # fmt: skip


@page("survey.code")
@require_POST
def key_message_reopen(request: HttpRequest, slug: str, message: int) -> HttpResponse:
    row = of(slug, message)
    try:
        actions.reopen(message=row, by=user_of(request), at=now())
    except Refusal as refusal:
        messages.warning(request, refusal.says)
    return redirect("key_message", slug, row.pk)


class PlaceForm(Form):
    number = forms.IntegerField(label="Number", min_value=1)


@page("survey.code")
@require_POST
def key_message_move(request: HttpRequest, slug: str, message: int) -> HttpResponse:
    """To another number in the list; those between move by one."""
    row, form = of(slug, message), PlaceForm(request.POST)
    if form.is_valid():
        actions.move(message=row, number=form.cleaned_data["number"], by=user_of(request), at=now())
    else:
        messages.warning(request, "Enter the number that the message gets, such as 1.")
    return redirect("key_messages", slug)


def of(slug: str, message: int) -> KeyMessage:
    """A message of the wave at an address. Raises Http404."""
    row = KeyMessage.objects.select_related("wave").filter(pk=message, wave__slug=slug).first()
    if row is None:
        raise Http404("This survey has no such message.")
    return row


def _shown(request: HttpRequest, row: KeyMessage, form: Form) -> HttpResponse:
    wave: Wave = row.wave
    seen(request, wave, f"key message {row.number}")
    context = {
        "wave": wave, "form": form, "message": Standing(row, heard_of(wave)), "row": row,
        "questions": row.questions.all(), "kinds": KINDS,
    }  # fmt: skip
    return render(request, "messages/message.html", context)


def _step(
    request: HttpRequest, row: KeyMessage, form: Form, title: str, act: Callable[[], None]
) -> HttpResponse:
    """One step with a form of its own."""
    if form.is_valid():
        with refusals(form):
            act()
        if form.is_valid():
            return redirect("key_message", row.wave.slug, row.pk)
    return render(request, "messages/step.html", {"wave": row.wave, "row": row, "form": form, "title": title})


def _written(row: KeyMessage) -> dict[str, str | date | None]:
    return {"says": row.says, "action": row.action, "owner": row.owner, "due_on": row.due_on}


_ONE = "survey/<slug:slug>/messages/<int:message>/"
urlpatterns = [
    path("survey/<slug:slug>/messages/", key_messages, name="key_messages"),
    path("survey/<slug:slug>/messages/new/", key_message_new, name="key_message_new"),
    path(_ONE, key_message, name="key_message"),
    path(f"{_ONE}change/", key_message_change, name="key_message_change"),
    path(f"{_ONE}agree/", key_message_agree, name="key_message_agree"),
    path(f"{_ONE}acted-on/", key_message_done, name="key_message_done"),
    path(f"{_ONE}drop/", key_message_drop, name="key_message_drop"),
    path(f"{_ONE}reopen/", key_message_reopen, name="key_message_reopen"),
    path(f"{_ONE}move/", key_message_move, name="key_message_move"),
]
