"""What is done in a conversation with a council that is behind, each step with a form of its own."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from wherewithal.actions import conversation as actions
from wherewithal.actions import conversation_agreed as agreed
from wherewithal.core.conversation import OUTCOMES
from wherewithal.core.policy import Used
from wherewithal.policy.conversation import look_again_after, reasons
from wherewithal.records.models import AgreedAction, Conversation, Talk
from wherewithal.web.access import user_of
from wherewithal.web.clock import now, today
from wherewithal.web.conversation import conversation_at
from wherewithal.web.editing import EditForm
from wherewithal.web.field_kinds import DateField, OneOf, SomeOf, YesNo
from wherewithal.web.forms import Form
from wherewithal.web.page import page, refusals, render

ROLE = "A role, such as head of adult social care: nobody’s name"


class NoteForm(Form):
    on = DateField(label="On which day?")
    ours = forms.CharField(label="Who spoke?", max_length=100, help_text=ROLE)
    theirs = forms.CharField(label="With whom at the council?", max_length=100, help_text=ROLE)
    said = forms.CharField(label="What was said?", max_length=4000, widget=forms.Textarea)


class CorrectForm(NoteForm):
    reason = forms.CharField(label="Why is it corrected?", max_length=300)


class WhyForm(EditForm):
    asks = {"reasons_given": "Choose why it is behind, one reason at least"}
    reasons_given = SomeOf(label="Why is it behind?")
    other = forms.CharField(label="The other reason, in words", max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = reasons(Used(today()))
        self.fields["reasons_given"] = SomeOf(
            [(one.id, one.title) for one in known], label="Why is it behind?",
            hints={one.id: one.says for one in known},
        )  # fmt: skip


class AgreeForm(Form):
    what = forms.CharField(label="What was agreed?", max_length=300, widget=forms.Textarea)
    owner = forms.CharField(label="Who does it?", max_length=100, help_text=ROLE)
    due_on = DateField(label="By when?")
    look_on = DateField(label="When is the council looked at again?")


class EndForm(Form):
    done = YesNo(label="Was it done?", help_text="No: it is dropped, and something else may be agreed")
    came_of = forms.CharField(label="What came of it?", max_length=300, widget=forms.Textarea)
    on = DateField(label="On which day?")


class LookForm(Form):
    came_of = forms.CharField(label="What came of it by today?", max_length=2000, widget=forms.Textarea)
    look_on = DateField(
        label="When is it looked at again?", required=False, help_text="Leave it empty to close it next"
    )


class CloseForm(Form):
    outcome = OneOf([(one.value, says) for one, says in OUTCOMES.items()], label="How does it end?")
    says = forms.CharField(label="What came of it all?", max_length=2000, widget=forms.Textarea)


@page("conversation.hold")
def conversation_note(request: HttpRequest, number: int) -> HttpResponse:
    row = conversation_at(number)
    form = NoteForm(request.POST or None, initial={"on": today()})
    return _step(request, row, form, "What was said", lambda doing: actions.note(conversation=row, **doing))


@page("conversation.hold")
def conversation_correct(request: HttpRequest, number: int, talk: int) -> HttpResponse:
    """A note in the place of one that stands."""
    row = conversation_at(number)
    one: Talk = _one(row.notes, talk)
    initial = {"on": one.on, "ours": one.ours, "theirs": one.theirs, "said": one.said}
    form = CorrectForm(request.POST or None, initial=initial)
    return _step(request, row, form, "Correct a note", lambda doing: actions.correct(talk=one, **doing))


@page("conversation.hold")
def conversation_why(request: HttpRequest, number: int) -> HttpResponse:
    row = conversation_at(number)
    form = WhyForm(request.POST or None, initial=_why(row))

    def act(doing: dict[str, Any]) -> None:
        form.must_stand(row, _why)
        actions.say_why(conversation=row, **{**doing, **form.cleaned_data})

    return _step(request, row, form, "Why it is behind", act)


@page("conversation.hold")
def conversation_agree(request: HttpRequest, number: int) -> HttpResponse:
    row = conversation_at(number)
    look_on = row.look_on or today() + look_again_after(Used(today()))
    form = AgreeForm(request.POST or None, initial={"look_on": look_on})
    return _step(request, row, form, "Agree an action", lambda doing: agreed.agree(conversation=row, **doing))


@page("conversation.hold")
def conversation_end(request: HttpRequest, number: int, action: int) -> HttpResponse:
    row = conversation_at(number)
    one: AgreedAction = _one(row.agreed.all(), action)
    form = EndForm(request.POST or None, initial={"on": today()})
    more = {"says": f"{one.what} Who: {one.owner}."}
    return _step(
        request, row, form, "What came of an action", lambda doing: agreed.end(agreed=one, **doing), **more
    )


@page("conversation.hold")
def conversation_look(request: HttpRequest, number: int) -> HttpResponse:
    row = conversation_at(number)
    form = LookForm(request.POST or None)
    return _step(request, row, form, "Look at it again", lambda doing: agreed.look(conversation=row, **doing))


@page("conversation.hold")
def conversation_close(request: HttpRequest, number: int) -> HttpResponse:
    row = conversation_at(number)
    form = CloseForm(request.POST or None)
    return _step(request, row, form, "Close it", lambda doing: agreed.close(conversation=row, **doing))


def _why(row: Conversation) -> dict[str, Any]:
    return {"reasons_given": row.reasons, "other": row.other_reason}


def _one(rows: Any, number: int) -> Any:
    """The row of that id. Raises Http404."""
    found = next((one for one in rows if one.pk == number), None)
    if found is None:
        raise Http404("There is no such note or action in this conversation.")
    return found


def _step(
    request: HttpRequest,
    row: Conversation,
    form: Form,
    title: str,
    act: Callable[[dict[str, Any]], object],
    **more: Any,
) -> HttpResponse:
    """Shows the form, or does what it says; a refusal is told on it."""
    if form.is_valid():
        with refusals(form):
            act({**form.cleaned_data, "by": user_of(request), "at": now()})
        if form.is_valid():
            return redirect("conversation", row.pk)
    context = {"row": row, "form": form, "title": title, **more}
    return render(request, "conversations/step.html", context)


_ONE = "sector/conversations/<int:number>/"
urlpatterns = [
    path(f"{_ONE}note/", conversation_note, name="conversation_note"),
    path(f"{_ONE}note/<int:talk>/correct/", conversation_correct, name="conversation_correct"),
    path(f"{_ONE}why/", conversation_why, name="conversation_why"),
    path(f"{_ONE}agree/", conversation_agree, name="conversation_agree"),
    path(f"{_ONE}action/<int:action>/", conversation_end, name="conversation_end"),
    path(f"{_ONE}look/", conversation_look, name="conversation_look"),
    path(f"{_ONE}close/", conversation_close, name="conversation_close"),
]
