"""The coding of a wave's answers in words: where it stands, and what a coder does at the desk."""

import uuid
from collections import Counter
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from wherewithal.actions import coding as actions
from wherewithal.core.coding import Codebook, passage_of
from wherewithal.core.refusal import Refusal
from wherewithal.records.coding import as_book, as_source, book_in_use, draft_of, source_of
from wherewithal.records.models import Coded, ReadThrough, Reply, User, Wave
from wherewithal.web.access import user_of
from wherewithal.web.clock import now
from wherewithal.web.coding_desk import Desk
from wherewithal.web.forms import Form
from wherewithal.web.page import page, refusals, render
from wherewithal.web.survey_field import Standing, found


class CodeForm(Form):
    """A passage and its code. ``start`` and ``end`` come from marking, ``passage`` from copying."""

    passage = forms.CharField(required=False, widget=forms.Textarea)
    start = forms.IntegerField(required=False, widget=forms.HiddenInput)
    end = forms.IntegerField(required=False, widget=forms.HiddenInput)
    memo = forms.CharField(required=False, max_length=2000)
    code = forms.CharField()


class NoteForm(Form):
    memo = forms.CharField(label="What you think about it", required=False, widget=forms.Textarea)


@page("survey.see")
def survey_coding(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the coding of a wave stands: the codebook, and each question with who has read how much."""
    wave = found(slug)
    book = book_in_use(wave)
    context = {
        "wave": wave,
        "book": book,
        "draft": draft_of(wave),
        "questions": _questions(wave, as_book(book)) if book else [],
    }
    return render(request, "coding/overview.html", context)


@page("survey.see")
def coding_desk(request: HttpRequest, slug: str, question: str) -> HttpResponse:
    """One answer, what stands on it, and the codes."""
    desk = Desk(found(slug), question, user_of(request), request.GET.get("reply", ""))
    return _desk(request, desk, CodeForm(None))


@page("survey.code")
@require_POST
def coding_code(request: HttpRequest, slug: str, question: str, reply: uuid.UUID) -> HttpResponse:
    """Put a code on a passage; a refusal is told at the desk, where what was marked still stands."""
    desk = Desk(found(slug), question, user_of(request), str(reply))
    form = CodeForm(request.POST)
    assert desk.source is not None, "the reply is one of the desk's"
    if form.is_valid():
        given = form.cleaned_data
        with refusals(form):
            start, end = given["start"], given["end"]
            if start is None or end is None:
                on = passage_of(desk.source, given["passage"])
                start, end = on.start, on.end
            actions.code(
                reply=_reply(desk, reply), question=question, start=start, end=end, code=given["code"],
                memo=given["memo"], by=user_of(request), at=now(),
            )  # fmt: skip
        if form.is_valid():
            return redirect(_address(desk))
    return _desk(request, desk, form)


@page("survey.code")
@require_POST
def coding_read(request: HttpRequest, slug: str, question: str, reply: uuid.UUID) -> HttpResponse:
    """Read to its end, and on to the next that is not; or open again."""
    desk = Desk(found(slug), question, user_of(request), str(reply))
    given: dict[str, Any] = {"reply": _reply(desk, reply), "question": question, "by": user_of(request)}
    if request.POST.get("again"):
        actions.read_again(**given, at=now())
        return redirect(_address(desk))
    try:
        actions.read(**given, at=now())
    except Refusal as refusal:
        messages.warning(request, refusal.says)
        return redirect(_address(desk))
    if not desk.next_unread:
        messages.success(request, f"You have read all {len(desk.sources)} answers to this question.")
    return redirect(_address(desk, desk.next_unread or str(reply)))


@page("survey.code")
@require_POST
def coding_take_off(request: HttpRequest, slug: str, coded: int) -> HttpResponse:
    """A coding goes, or, with ``stays``, is kept under the reworded code."""
    row = _coded(slug, coded, request)
    act = actions.still_fits if request.POST.get("stays") else actions.take_off
    try:
        act(coded=row, by=user_of(request), at=now())
    except Refusal as refusal:
        messages.warning(request, refusal.says)
    return redirect(_desk_of(row))


@page("survey.code")
def coding_note(request: HttpRequest, slug: str, coded: int) -> HttpResponse:
    row = _coded(slug, coded, request)
    form = NoteForm(request.POST or None, initial={"memo": row.memo})
    if form.is_valid():
        with refusals(form):
            actions.note(coded=row, by=user_of(request), at=now(), **form.cleaned_data)
        if form.is_valid():
            return redirect(_desk_of(row))
    source = source_of(row.reply, row.question)
    words = source.text[row.start : row.end] if source else ""
    context = {"wave": row.reply.wave, "form": form, "words": words, "back": _desk_of(row)}
    return render(request, "coding/note.html", context)


def _desk(request: HttpRequest, desk: Desk, form: CodeForm) -> HttpResponse:
    context = {"wave": desk.wave, "desk": desk, "form": form}
    return render(request, "coding/desk.html", context)


def _address(desk: Desk, reply: str = "") -> str:
    at = reply or (desk.source.reply if desk.source else "")
    return f"{reverse('coding_desk', args=[desk.wave.slug, desk.question.id])}?reply={at}#answer"


def _desk_of(row: Coded) -> str:
    slug = row.reply.wave.slug
    return f"{reverse('coding_desk', args=[slug, row.question])}?reply={row.reply_id}#answer"


def _reply(desk: Desk, reply: uuid.UUID) -> Reply:
    return get_object_or_404(Reply.objects.select_related("wave"), pk=reply, wave=desk.wave)


def _coded(slug: str, coded: int, request: HttpRequest) -> Coded:
    """One of the coder's own codings in the wave; others' are not found."""
    rows = Coded.objects.select_related("reply__wave").filter(reply__wave__slug=slug, coder=user_of(request))
    row = rows.filter(pk=coded).first()
    if row is None:
        raise Http404("There is no such coding of yours. Perhaps it was taken off meanwhile.")
    return row


def _questions(wave: Wave, book: Codebook) -> list[dict[str, Any]]:
    """Each question that is coded: what it asks, its codes, its answers, who has read how many."""
    asked = Standing(wave, now()).questionnaire.questions
    given = wave.replies.filter(late=False).values_list("id", "answers")
    answers = Counter(
        id for reply, of in given for id in book.questions if as_source(reply, id, of.get(id)) is not None
    )
    read: dict[str, Counter[User]] = {}
    for row in ReadThrough.objects.filter(reply__wave=wave).select_related("coder"):
        read.setdefault(row.question, Counter())[row.coder] += 1
    waiting = Coded.objects.filter(reply__wave=wave).exclude(again="")
    again = Counter(waiting.values_list("question", flat=True))
    return [
        {"of": asked[id], "codes": len(codes), "answers": answers[id], "again": again[id],
         "read": sorted((str(who), count) for who, count in read.get(id, {}).items()),
         "two": len(read.get(id, {})) > 1}
        for id, codes in book.questions.items()
    ]  # fmt: skip


urlpatterns = [
    path("survey/<slug:slug>/coding/", survey_coding, name="survey_coding"),
    path("survey/<slug:slug>/coding/<slug:question>/", coding_desk, name="coding_desk"),
    path("survey/<slug:slug>/coding/<slug:question>/<uuid:reply>/code/", coding_code, name="coding_code"),
    path("survey/<slug:slug>/coding/<slug:question>/<uuid:reply>/read/", coding_read, name="coding_read"),
    path("survey/<slug:slug>/coded/<int:coded>/off/", coding_take_off, name="coding_take_off"),
    path("survey/<slug:slug>/coded/<int:coded>/note/", coding_note, name="coding_note"),
]
