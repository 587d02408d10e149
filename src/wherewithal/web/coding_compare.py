"""Two coders beside each other: how far they agree, where they differ, and what they settle on."""

import uuid
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse

from wherewithal.actions import coding as actions
from wherewithal.core.coding import Agreement, Kappa, Status
from wherewithal.records.coders import Held, TwoCoders, pair
from wherewithal.records.coding import as_book, book_in_use, key_of
from wherewithal.records.models import Reply, Settled, User, Wave
from wherewithal.web.access import user_of
from wherewithal.web.clock import now
from wherewithal.web.editing import EditForm
from wherewithal.web.field_kinds import OneOf
from wherewithal.web.page import page, refusals, render
from wherewithal.web.survey_field import Standing, found


class SettleForm(EditForm):
    stands = OneOf([("yes", "It stands"), ("no", "It does not")], label="Does the code stand?")
    why = forms.CharField(label="Why?", max_length=300, required=False)


@dataclass(frozen=True)
class Beside:
    """Two coders as the page shows them."""

    of: TwoCoders

    @property
    def rows(self) -> list[dict[str, Any]]:
        """A row a code, and one for all: agreement by answer and by character, and what stands."""
        of = self.of
        bear = {(one.passage.source, one.code) for one in of.resolved.codings}
        stands = Counter(code for _, code in bear)
        codes = [(code.label, code.id) for _, code in of.book.tree(of.question)]
        return [
            *(
                _row(label, of.by_answer.by_code[id], of.by_character.by_code[id], stands[id])
                for label, id in codes
            ),
            _row("All codes", of.by_answer.together, of.by_character.together, None),
        ]

    @property
    def to_settle(self) -> list[dict[str, Any]]:
        """Every disagreement with each coder's words, and what was settled about it, open ones first."""
        of = self.of
        sources = {one.key: one for one in of.sources}
        found = [
            {
                "of": one,
                "reply": sources[one.source].reply,
                "label": of.book.code[one.code].label,
                "sides": [
                    (coder, [sources[one.source].text[c.passage.start : c.passage.end] for c in codings])
                    for coder, codings in zip(of.coders, (one.first, one.second), strict=True)
                ],
                "settled": of.settled.get((one.source, one.code)),
                "open": one in of.resolved.open,
            }
            for one in of.differ
        ]
        return sorted(found, key=lambda one: not one["open"])


def _row(label: str, answers: Agreement, characters: Agreement, stands: int | None) -> dict[str, Any]:
    return {
        "label": label, "answers": answers, "kappa": kappa_in_words(answers.kappa), "characters": characters,
        "stands": stands,
    }  # fmt: skip


def kappa_in_words(kappa: Kappa) -> str:
    """The figure with its interval, or why there is none."""
    if kappa.value is None:
        return f"None: {kappa.status.value}"
    if kappa.low is not None and kappa.high is not None:
        return f"{kappa.value:.2f} ({kappa.low:.2f} to {kappa.high:.2f})"
    return f"{kappa.value:.2f}" + ("" if kappa.status == Status.OK else f": {kappa.status.value}")


@page("survey.see")
def coding_compare(request: HttpRequest, slug: str, question: str) -> HttpResponse:
    wave = found(slug)
    two, others = _two(wave, question, request)
    context = {
        "wave": wave, "question": _asked(wave, question), "two": two, "beside": Beside(two),
        "others": others,
    }  # fmt: skip
    return render(request, "coding/compare.html", context)


@page("survey.code")
def coding_settle(
    request: HttpRequest, slug: str, question: str, reply: uuid.UUID, code: str
) -> HttpResponse:
    """What two coders agreed about a code on which they differed."""
    wave = found(slug)
    two, _ = _two(wave, question, request)
    here = key_of(reply, question)
    rows = Beside(two).to_settle
    one = next((row for row in rows if (row["of"].source, row["of"].code) == (here, code)), None)
    if one is None:
        raise Http404("The two coders do not differ here any more.")
    before: Settled | None = one["settled"]
    form = SettleForm(request.POST or None, initial=_written(before) if before else None)
    if form.is_valid():
        with refusals(form):
            if before:
                form.must_stand(before, _written, under=wave)
            actions.settle(
                reply=Reply.objects.select_related("wave").get(pk=reply, wave=wave), question=question,
                code=code, stands=form.cleaned_data["stands"] == "yes", why=form.cleaned_data["why"],
                by=user_of(request), at=now(),
            )  # fmt: skip
        if form.is_valid():
            messages.success(request, f"“{one['label']}” is settled.")
            return redirect(_address(two))
    text = next(source.text for source in two.sources if source.key == here)
    context = {
        "wave": wave, "question": _asked(wave, question), "one": one, "text": text, "form": form,
        "back": _address(two),
    }  # fmt: skip
    return render(request, "coding/settle.html", context)


def _written(settled: Settled) -> dict[str, Any]:
    return {"stands": "yes" if settled.stands else "no", "why": settled.why}


def _two(wave: Wave, question: str, request: HttpRequest) -> tuple[TwoCoders, list[User]]:
    """The two coders that the address names, else the two who have read most; and all who have read any.

    Raises Http404 where there are not two, or the question has no codes.
    """
    row = book_in_use(wave)
    book = as_book(row) if row else None
    if book is None or question not in book.questions:
        raise Http404("The codebook in use has no codes for this question.")
    held = Held(wave)
    order = held.readers.get(question, [])
    wanted = request.GET.getlist("coder")
    named = [user for pk in wanted for user in order if str(user.pk) == pk]
    two = pair(held, question, book, [*named, *order])
    if two is None:
        raise Http404("Fewer than two coders have read an answer to this question to its end.")
    return two, order


def _asked(wave: Wave, question: str) -> Any:
    return Standing(wave, now()).questionnaire.questions[question]


def _address(two: TwoCoders) -> str:
    names = "&".join(f"coder={coder.pk}" for coder in two.coders)
    return f"{reverse('coding_compare', args=[two.wave.slug, two.question])}?{names}"


urlpatterns = [
    path("survey/<slug:slug>/coding/<slug:question>/compare/", coding_compare, name="coding_compare"),
    path(
        "survey/<slug:slug>/coding/<slug:question>/<uuid:reply>/settle/<slug:code>/",
        coding_settle,
        name="coding_settle",
    ),
]
