"""The codebook of a wave on its pages: versions to read, a draft to change, what putting it in use does."""

from collections import Counter
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from wherewithal.actions import codebook as actions
from wherewithal.core.coding import Code, became, read_anew
from wherewithal.core.questions import WRITING
from wherewithal.core.refusal import Refusal
from wherewithal.records.coding import as_book, book_in_use, draft_of
from wherewithal.records.models import Codebook, Coded, ReadThrough, Wave
from wherewithal.web.access import user_of
from wherewithal.web.clock import now
from wherewithal.web.editing import EditForm
from wherewithal.web.field_kinds import SomeOf
from wherewithal.web.forms import Form
from wherewithal.web.page import page, refusals, render
from wherewithal.web.survey_field import Standing, found

FATES = {
    "kept": "means what it meant: its codings go on",
    "renamed": "has another name: its codings go on under it",
    "reworded": "is reworded: its codings are looked at again",
    "split": "is split: its codings are looked at again",
    "removed": "is gone: its codings are looked at again",
}


class CodeForm(EditForm):
    question = forms.ChoiceField(label="Which question is it for?")
    label = forms.CharField(label="Name", max_length=60)
    definition = forms.CharField(label="What it means", widget=forms.Textarea, max_length=500)
    use = forms.CharField(label="When to use it", required=False, max_length=500)
    not_for = forms.CharField(label="When not", required=False, max_length=500)
    examples = forms.CharField(
        label="Examples",
        required=False,
        widget=forms.Textarea,
        help_text="A line each; made up, or anonymous",
    )
    within = forms.ChoiceField(label="Under which code?", required=False)
    alone = forms.BooleanField(
        label="It stands alone: an answer that has it has no other code", required=False
    )
    was = SomeOf(
        label="Which codes of the version in use was it?", required=False,
        help_text="Where it is one of those renamed, split or put together: their codings are carried along",
    )  # fmt: skip

    def __init__(self, draft: Codebook, of: Code | None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        asked = Standing(draft.wave, now()).questionnaire.questions.values()
        written = [(one.id, one.short or one.text) for one in asked if one.kind in WRITING]
        asks = of.question if of else self.initial.get("question", "")
        before = book_in_use(draft.wave)
        others, was = (
            [(one.id, one.label) for one in book.codes if asks in ("", one.question)] if book else []
            for book in (as_book(draft), as_book(before) if before else None)
        )
        others = [(id, label) for id, label in others if of is None or id != of.id]
        for name, choices in (
            ("question", [("", "Choose"), *written]), ("within", [("", "None"), *others]), ("was", was),
        ):  # fmt: skip
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        if not was:
            del self.fields["was"]


@page("survey.see")
def codebook(request: HttpRequest, slug: str) -> HttpResponse:
    """The version that the address names, else the one in use, else the newest; all of them listed."""
    wave = found(slug)
    versions = list(wave.codebooks.select_related("by"))
    wanted = request.GET.get("version")
    shown = next((one for one in versions if str(one.version) == wanted), None) if wanted else None
    if wanted and shown is None:
        raise Http404("There is no such version of the codebook.")
    current = shown or next(
        (one for one in versions if one.state == "in_use"), versions[-1] if versions else None
    )
    book = as_book(current) if current else None
    asked = Standing(wave, now()).questionnaire.questions
    used = Counter(Coded.objects.filter(reply__wave=wave).values_list("code", flat=True))
    context = {
        "wave": wave,
        "versions": versions,
        "current": current,
        "used": used,
        "changes": _changes(wave, current) if current and current.state == "draft" else [],
        "reads_anew": _reads_anew(wave, current) if current and current.state == "draft" else 0,
        "questions": [(asked[id], list(book.tree(id))) for id in book.questions] if book else [],
    }
    return render(request, "coding/codebook.html", context)


@page("survey.code")
@require_POST
def codebook_begin(request: HttpRequest, slug: str) -> HttpResponse:
    wave = found(slug)
    return _done(request, wave, lambda: actions.begin(wave=wave, by=user_of(request), at=now()))


@page("survey.code")
@require_POST
def codebook_use(request: HttpRequest, slug: str) -> HttpResponse:
    wave = found(slug)
    draft = _draft(wave)
    try:
        waits = actions.put_in_use(book=draft, by=user_of(request), at=now())
    except Refusal as refusal:
        messages.warning(request, refusal.says)
        return redirect(_address(draft))
    more = (
        f" {'1 coding is' if waits == 1 else f'{waits} codings are'} to be looked at again." if waits else ""
    )
    messages.success(request, f"Version {draft.version} of the codebook is in use.{more}")
    return redirect("survey_coding", slug)


@page("survey.code")
def codebook_throw_away(request: HttpRequest, slug: str) -> HttpResponse:
    wave = found(slug)
    draft = _draft(wave)
    form = Form(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        with refusals(form):
            actions.throw_away(book=draft, by=user_of(request), at=now())
            messages.success(request, "The draft is gone. What is in use stays as it is.")
            return redirect("survey_coding", slug)
    context = {"wave": wave, "draft": draft, "form": form, "stay": _address(draft)}
    return render(request, "coding/throw_away.html", context)


@page("survey.code")
def codebook_code(request: HttpRequest, slug: str, code: str = "") -> HttpResponse:
    """A code of the draft, changed; or a new one."""
    draft = _draft(found(slug))
    of = as_book(draft).code.get(code)
    if code and of is None:
        raise Http404("The draft has no such code.")
    initial = _written(of) if of else {"question": request.GET.get("question", "")}
    form = CodeForm(draft, of, data=request.POST or None, initial=initial)
    if form.is_valid():
        given = form.cleaned_data | {"examples": form.cleaned_data["examples"].splitlines()}
        with refusals(form):
            if code:
                form.must_stand(draft, lambda held: _written(as_book(held).code.get(code)))
            saved = actions.save_code(book=draft, id=code, by=user_of(request), at=now(), **given)
            messages.success(request, f"“{saved.label}” is in the draft.")
            return redirect(_address(draft))
    context = {"wave": draft.wave, "draft": draft, "code": of, "form": form, "back": _address(draft)}
    return render(request, "coding/code.html", context)


@page("survey.code")
@require_POST
def codebook_remove(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    draft = _draft(found(slug))
    try:
        actions.remove_code(book=draft, id=code, by=user_of(request), at=now())
        messages.success(request, "The code is out of the draft.")
    except Refusal as refusal:
        messages.warning(request, refusal.says)
    return redirect(_address(draft))


def _written(code: Code | None) -> dict[str, Any]:
    """A code as its form has it; nothing of one that is gone."""
    if code is None:
        return {}
    return {**vars(code), "examples": "\n".join(code.examples), "was": list(code.was)}


def _changes(wave: Wave, draft: Codebook) -> list[tuple[str, str, int]]:
    """What putting the draft in use does to each code of the version in use that changes: its name, its fate,
    how many codings it has.
    """
    row = book_in_use(wave)
    if row is None:
        return []
    before, after = as_book(row), as_book(draft)
    used = Counter(Coded.objects.filter(reply__wave=wave).values_list("code", flat=True))
    fates = [(code, became(code.id, before, after).fate.value) for code in before.codes]
    return [(code.label, FATES[fate], used[code.id]) for code, fate in fates if fate != "kept"]


def _reads_anew(wave: Wave, draft: Codebook) -> int:
    """How many times an answer was read to its end, and will have to be again."""
    row = book_in_use(wave)
    if row is None:
        return 0
    questions = read_anew(as_book(row), as_book(draft))
    return ReadThrough.objects.filter(reply__wave=wave, question__in=questions).count()


def _done(request: HttpRequest, wave: Wave, act: Any) -> HttpResponse:
    try:
        draft = act()
    except Refusal as refusal:
        messages.warning(request, refusal.says)
        return redirect("survey_coding", wave.slug)
    return redirect(_address(draft))


def _draft(wave: Wave) -> Codebook:
    draft = draft_of(wave)
    if draft is None:
        raise Http404("There is no draft of this codebook. Perhaps it was put in use meanwhile.")
    return draft


def _address(book: Codebook) -> str:
    return f"{reverse('codebook', args=[book.wave.slug])}?version={book.version}"


urlpatterns = [
    path("survey/<slug:slug>/codebook/", codebook, name="codebook"),
    path("survey/<slug:slug>/codebook/begin/", codebook_begin, name="codebook_begin"),
    path("survey/<slug:slug>/codebook/use/", codebook_use, name="codebook_use"),
    path("survey/<slug:slug>/codebook/throw-away/", codebook_throw_away, name="codebook_throw_away"),
    path("survey/<slug:slug>/codebook/codes/add/", codebook_code, name="codebook_add"),
    path("survey/<slug:slug>/codebook/codes/<slug:code>/", codebook_code, name="codebook_code"),
    path("survey/<slug:slug>/codebook/codes/<slug:code>/remove/", codebook_remove, name="codebook_remove"),
]
