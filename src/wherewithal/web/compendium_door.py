"""A council's own pages of the compendium, at its link and without signing in: hand in, change, take back.

The link is no survey's and leads to no answer. Whoever has it speaks for the council, as with a survey's.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import never_cache

from wherewithal.actions import compendium as actions
from wherewithal.actions.record import day
from wherewithal.core.compendium import EVIDENCES, Evidence, HandedIn, tags_of
from wherewithal.core.policy import Used
from wherewithal.core.survey_link import hashed
from wherewithal.policy.compendium import largest_file_bytes, most_tags, themes
from wherewithal.records.compendium import columns, examples, handed_in, take_ups
from wherewithal.records.models import Door, Example, Tool
from wherewithal.web.clock import now
from wherewithal.web.compendium import Published, file_of, file_words
from wherewithal.web.editing import EditForm
from wherewithal.web.field_kinds import OneOf, SomeOf, YesNo
from wherewithal.web.forms import Form
from wherewithal.web.page import public, refusals, render

COLOURS = {"handed_in": "blue", "published": "green", "taken_back": "grey", "withdrawn": "grey"}
STANDS = {
    "handed_in": "Surveyors read it, and write how it will be published. Until then you can change it.",
    "published": "Other councils read it.",
    "taken_back": "You took it back. Nobody works on it.",
}


class Threshold:
    """Who stands at a door, and its addresses."""

    def __init__(self, token: str, door: Door) -> None:
        self.token, self.door = token, door

    def href(self, name: str, *args: Any) -> str:
        return reverse(name, args=[self.token, *args])

    def example(self, number: int) -> Example:
        """One of this council's own. Raises Http404."""
        row = examples().filter(door=self.door, pk=number).first()
        if row is None:
            raise Http404("Your council handed in no such example.")
        return row


def at_door(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open to whoever has the council's link; anybody else is told that the link is not right."""

    @wraps(view)
    def opened(request: HttpRequest, token: str, **rest: Any) -> HttpResponse:
        door = Door.objects.filter(token_hash=hashed(token)).first()
        if door is None:
            return render(request, "compendium/unknown.html", status=404)
        answer = view(request, Threshold(token, door), **rest)
        answer["X-Robots-Tag"] = "noindex, nofollow"
        patch_cache_control(answer, private=True)
        return answer

    return public(never_cache(opened))


class HandInForm(EditForm):
    title = forms.CharField(label="Title", max_length=120, help_text="What somebody would look for")
    themes = SomeOf(label="What is it about?")
    tags = forms.CharField(label="Tags of your own", max_length=200, required=False)
    done = forms.CharField(label="What did you do?", widget=forms.Textarea, max_length=4000)
    for_whom = forms.CharField(
        label="For whom?", widget=forms.Textarea, max_length=1000,
        help_text="Who it reached, or is meant for. No names of people",
    )  # fmt: skip
    came_of = forms.CharField(
        label="What came of it?", widget=forms.Textarea, max_length=4000, required=False,
        help_text="Also what did not work",
    )  # fmt: skip
    evidence = OneOf(
        [(one.value, EVIDENCES[one][0]) for one in Evidence], label="What stands behind that?",
        hints={one.value: EVIDENCES[one][1] for one in Evidence},
    )  # fmt: skip
    known = forms.CharField(
        label="How is it known?", widget=forms.Textarea, max_length=2000, required=False,
        help_text="Who counted or looked, of how many, when",
    )  # fmt: skip
    file = forms.FileField(label="A tool that you made", required=False)
    named = OneOf(
        [("yes", "Yes, name us"), ("no", "No, tell it without our name")], label="May your council be named?",
        hints={"no": "We take out what may tell who you are, and a second person checks it"},
    )  # fmt: skip
    contact = forms.CharField(
        label="Whom can we ask about it?", max_length=100, required=False, help_text="A name, or what they do"
    )
    contact_email = forms.EmailField(label="Their e-mail address", required=False)
    may_be_asked = YesNo(
        label="May other councils ask them?",
        help_text="Shown only where your council may be named; else we pass questions on",
    )

    def __init__(self, *args: Any, tool: Tool | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        used = Used(day(now()))
        self.fields["themes"].choices = [(one, one) for one in themes(used)]  # type: ignore[attr-defined]
        self.fields["tags"].help_text = f"Up to {most_tags(used)}, with commas between them"
        most = largest_file_bytes(used) // 1_000_000
        kinds = f"PDF, Word (docx), OpenDocument (odt, ods, odp) or plain text, up to {most} MB"
        self.fields["file"].help_text = f"{kinds}. The names of its authors are taken out"
        if tool:
            self.fields["file"].label = f"Another file in the place of yours ({file_words(tool)})"
            self.fields["no_file"] = forms.BooleanField(label="Take the file out", required=False)

    @property
    def given(self) -> HandedIn:
        told = {name: value for name, value in self.cleaned_data.items() if name not in ("file", "no_file")}
        return HandedIn(
            **told | {
                "themes": tuple(told["themes"]), "tags": tags_of(told["tags"]),
                "named": told["named"] == "yes", "evidence": Evidence(told["evidence"]),
            }
        )  # fmt: skip

    @property
    def content(self) -> bytes:
        """The file's, where one was chosen; one that is far too large is not read whole."""
        file = self.cleaned_data.get("file")
        return file.read(largest_file_bytes(Used(day(now()))) + 1) if file else b""


def written(row: Example) -> dict[str, Any]:
    """What the form of an example shows."""
    shown = {name: getattr(row, name) for name in HandInForm.base_fields if name != "file"}
    return shown | {"tags": ", ".join(row.tags), "named": "yes" if row.named else "no"}


@at_door
def door(request: HttpRequest, at: Threshold) -> HttpResponse:
    """What this council handed in and what became of it; what it took up of others."""
    mine = [{"row": row, "colour": COLOURS[row.state]} for row in examples().filter(door=at.door)]
    theirs = [{"row": row, "of": Published(row.example)} for row in take_ups().filter(door=at.door)]
    return render(request, "compendium/door.html", {"at": at, "mine": mine, "theirs": theirs})


@at_door
def door_new(request: HttpRequest, at: Threshold) -> HttpResponse:
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = HandInForm(*posted)
    if form.is_valid():
        with refusals(form):
            row = actions.hand_in(
                door=at.door, given=form.given, file=form.content, by=actions.contributor(), at=now()
            )
        if form.is_valid():
            return redirect("door_example", at.token, row.pk)
    return render(request, "compendium/hand_in.html", {"at": at, "form": form, "row": None})


@at_door
def door_example(request: HttpRequest, at: Threshold, number: int) -> HttpResponse:
    """One of its own: where it stands, as it was handed in, and as it is published."""
    row = at.example(number)
    texts = handed_in(row)
    is_out = row.state == Example.State.PUBLISHED
    tool: Tool | None = getattr(row, "tool", None)
    context = {
        "at": at, "row": row, "colour": COLOURS[row.state], "stands": STANDS.get(row.state, ""),
        "texts": [(says, texts[name]) for name, says in columns(row).items() if texts[name]],
        "file": file_words(tool) if tool else "", "published": Published(row) if is_out else None,
    }  # fmt: skip
    return render(request, "compendium/mine.html", context)


@at_door
def door_change(request: HttpRequest, at: Threshold, number: int) -> HttpResponse:
    row = at.example(number)
    if row.state != Example.State.HANDED_IN:
        return redirect("door_example", at.token, number)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = HandInForm(*posted, initial=written(row), tool=getattr(row, "tool", None))
    if form.is_valid():
        with refusals(form):
            form.must_stand(row, written)
            actions.change(
                example=row, given=form.given, file=form.content, by=actions.contributor(), at=now(),
                no_file=bool(form.cleaned_data.get("no_file")),
            )  # fmt: skip
        if form.is_valid():
            return redirect("door_example", at.token, number)
    return render(request, "compendium/hand_in.html", {"at": at, "form": form, "row": row})


@at_door
def door_file(request: HttpRequest, at: Threshold, number: int) -> HttpResponse:
    """Its own file, as it will be handed out."""
    tool: Tool | None = getattr(at.example(number), "tool", None)
    if tool is None:
        raise Http404("There is no such file.")
    return file_of(tool)


@at_door
def door_take_back(request: HttpRequest, at: Threshold, number: int) -> HttpResponse:
    """Asked once more, then gone: before it is published."""
    row = at.example(number)
    form = Form(request.POST) if request.method == "POST" else Form()
    if form.is_valid():
        with refusals(form):
            actions.take_back(example=row, by=actions.contributor(), at=now())
    if form.is_valid() or (row.state != Example.State.HANDED_IN and not form.is_bound):
        return redirect("door_example", at.token, number)
    return render(request, "compendium/take_back.html", {"at": at, "row": row, "form": form})


class WithdrawalForm(Form):
    why = forms.CharField(label="Why?", max_length=300, required=False)


@at_door
def door_withdraw(request: HttpRequest, at: Threshold, number: int) -> HttpResponse:
    """After it was published: ask to have it withdrawn, or (``stay``) let it stay after all."""
    row = at.example(number)
    form = WithdrawalForm(request.POST if request.method == "POST" else None)
    doing: dict[str, Any] = {"example": row, "by": actions.contributor(), "at": now()}
    if form.is_valid():
        with refusals(form):
            if "stay" in request.POST:
                actions.let_stay(**doing)
            else:
                actions.ask_withdrawal(why=form.cleaned_data["why"], **doing)
    if form.is_valid() or (row.state != Example.State.PUBLISHED and not form.is_bound):
        return redirect("door_example", at.token, number)
    return render(request, "compendium/ask_withdrawal.html", {"at": at, "row": row, "form": form})


_DOOR = "compendium/door/<token>/"
urlpatterns = [
    path(_DOOR, door, name="door"),
    path(f"{_DOOR}new/", door_new, name="door_new"),
    path(f"{_DOOR}<int:number>/", door_example, name="door_example"),
    path(f"{_DOOR}<int:number>/change/", door_change, name="door_change"),
    path(f"{_DOOR}<int:number>/file/", door_file, name="door_file"),
    path(f"{_DOOR}<int:number>/take-back/", door_take_back, name="door_take_back"),
    path(f"{_DOOR}<int:number>/withdraw/", door_withdraw, name="door_withdraw"),
]
