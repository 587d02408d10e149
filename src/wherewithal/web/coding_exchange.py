"""A wave's coding goes to other programs and comes back: REFI-QDA projects, which most of them read."""

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from wherewithal.actions import coding as actions
from wherewithal.core.coding import Codebook, Coding, Source
from wherewithal.core.refusal import Refusal
from wherewithal.core.survey import DIMENSIONS, Mode
from wherewithal.formats import refi_qda
from wherewithal.records.coding import as_book, as_coding, book_in_use, place_of, sources
from wherewithal.records.models import Coded, Wave
from wherewithal.web.access import user_of
from wherewithal.web.clock import now
from wherewithal.web.forms import Form, refuse
from wherewithal.web.page import page, refusals, render
from wherewithal.web.survey_field import Standing, found

TYPE = "application/zip"


MOST_BYTES = 20_000_000


class BringForm(Form):
    file = forms.FileField(label="Project (.qdpx)", help_text="One that began here")
    coder = forms.CharField(
        label="Whose codings, if the file has several coders’?", required=False, max_length=100,
        help_text="They come in as your own",
    )  # fmt: skip

    read = forms.BooleanField(
        label="Every answer to the questions that they are on was read to its end", required=False
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(f"The file has {file.size:,} bytes; at most {MOST_BYTES:,} are read")
        return file


@page("survey.see")
def coding_project(request: HttpRequest, slug: str) -> HttpResponse:
    """All answers that are coded, the codebook and everybody's codings, as one file. Coders are numbers in
    it, replies the random numbers that they are here; their region and type only where a wave names councils.
    """
    wave = found(slug)
    book = _book(wave)
    asked = Standing(wave, now()).questionnaire.questions
    titles = {id: asked[id].short or asked[id].text for id in book.questions}
    made = refi_qda.as_project(
        book, _sources(wave, book), _codings(wave, book), questions=titles, groups=_groups(wave)
    )
    name = f'attachment; filename="{slug}.qdpx"'
    try:
        file = refi_qda.write(made)
    except refi_qda.CannotWrite as refusal:
        messages.warning(request, refusal.says)
        return redirect("survey_coding", slug)
    return HttpResponse(file, content_type=TYPE, headers={"Content-Disposition": name})


@page("survey.code")
def coding_bring(request: HttpRequest, slug: str) -> HttpResponse:
    """Codings that were made in another program come in as those of whoever brings them; all or none."""
    wave = found(slug)
    book = _book(wave)
    form = BringForm(request.POST or None, request.FILES or None)
    left_out: tuple[str, ...] = ()
    if form.is_valid():
        try:
            project = refi_qda.read(form.cleaned_data["file"].read())
            back = refi_qda.take_back(project.project, book, _sources(wave, book))
        except refi_qda.NotRefiQda as refusal:
            refuse(form, Refusal(refusal.says, field="file"))
        else:
            left_out = (*map(str, project.passed_over), *back.left_out)
            theirs = _of_one_coder(back.codings, form, wave, user_of(request).pk)
        if form.is_valid():
            with refusals(form):
                on = {place_of(one.passage.source)[1] for one in theirs} if form.cleaned_data["read"] else ()
                new = actions.bring_in(wave=wave, codings=theirs, read=on, by=user_of(request), at=now())
                _say(request, new, len(theirs), left_out)
                return redirect("survey_coding", slug)
    context = {"wave": wave, "form": form, "left_out": left_out}
    return render(request, "coding/bring.html", context)


def _say(request: HttpRequest, new: int, of: int, left_out: tuple[str, ...]) -> None:
    messages.success(request, f"{new} of {of} codings are new and now yours; the others you had already.")
    for line in left_out[:10]:
        messages.warning(request, f"Not taken in: {line}")
    if len(left_out) > 10:
        messages.warning(request, f"And {len(left_out) - 10} more were not taken in.")


def _of_one_coder(codings: tuple[Coding, ...], form: BringForm, wave: Wave, own: int) -> list[Coding]:
    """Those of the coder who is named, else one's own, else of the only one; else the form says who there is.

    Another coder of this wave stays another: two sets that were brought together tell of no agreement.
    """
    coders = sorted({one.coder for one in codings})
    here = Coded.objects.filter(reply__wave=wave).exclude(coder=own)
    others = {_called(pk) for pk in here.values_list("coder", flat=True).distinct()}
    free = [one for one in coders if one not in others]
    wanted = form.cleaned_data["coder"].strip() or (_called(own) if _called(own) in free else "")
    if wanted in others:
        form.add_error("coder", "These are another coder’s of this survey: each brings in their own")
    elif wanted in free or (len(free) == 1 and not wanted):
        return [one for one in codings if one.coder == (wanted or free[0])]
    elif not free:
        form.add_error("file", "This file has no codings of yours of the answers here")
    else:
        form.add_error("coder", f"Name one of: {', '.join(free)}")
    return []


def _called(pk: int) -> str:
    """A coder in a file: a number, so that no name leaves with it."""
    return f"coder-{pk}"


def _book(wave: Wave) -> Codebook:
    row = book_in_use(wave)
    if row is None:
        raise Http404("No codebook is in use yet, so there is nothing to exchange.")
    return as_book(row)


def _sources(wave: Wave, book: Codebook) -> list[Source]:
    return [one for question in book.questions for one in sources(wave, question)]


def _groups(wave: Wave) -> dict[str, dict[str, str]]:
    """Each reply's region and type, where all may know whose it is."""
    if wave.mode != Mode.ATTRIBUTED:
        return {}
    rows = wave.replies.values_list("pk", *DIMENSIONS)
    return {str(pk): dict(zip(DIMENSIONS, told, strict=True)) for pk, *told in rows}


def _codings(wave: Wave, book: Codebook) -> list[Coding]:
    """What stands by the book."""
    rows = Coded.objects.filter(reply__wave=wave, again="", code__in=list(book.code))
    return [replace(as_coding(row), coder=_called(row.coder_id)) for row in rows]


urlpatterns = [
    path("survey/<slug:slug>/coding.qdpx", coding_project, name="coding_project"),
    path("survey/<slug:slug>/coded/bring/", coding_bring, name="coding_bring"),
]
