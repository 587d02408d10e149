"""Two coders beside each other: how far they agree, where they differ, and what they settle on."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse

from wherewithal.actions import coding as actions
from wherewithal.core.coding import (
    Agreement,
    Codebook,
    Coding,
    Comparison,
    Disagreement,
    Kappa,
    Resolved,
    Source,
    Status,
    compare_answers,
    compare_characters,
    disagreements,
    resolve,
)
from wherewithal.records.coding import as_book, as_coding, book_in_use, key_of, sources
from wherewithal.records.models import Coded, ReadThrough, Reply, Settled, User, Wave
from wherewithal.web.access import user_of
from wherewithal.web.clock import now
from wherewithal.web.forms import Form, OneOf
from wherewithal.web.page import page, refusals, render
from wherewithal.web.survey_field import Standing, found


class SettleForm(Form):
    stands = OneOf([("yes", "It stands"), ("no", "It does not")], label="Does the code stand?")
    why = forms.CharField(label="Why?", max_length=300, required=False)


@dataclass(frozen=True)
class Pair:
    """Two coders on one question, over the answers that both have read to the end."""

    wave: Wave
    question: str
    book: Codebook
    coders: tuple[User, User]

    @cached_property
    def sources(self) -> list[Source]:
        rows = ReadThrough.objects.filter(
            reply__wave=self.wave, question=self.question, coder__in=self.coders
        )
        times = Counter(key_of(reply, self.question) for reply in rows.values_list("reply", flat=True))
        return [one for one in sources(self.wave, self.question) if times[one.key] == len(self.coders)]

    @cached_property
    def sets(self) -> tuple[list[Coding], list[Coding]]:
        """Each coder's codings, but what waits to be looked at again."""
        rows = Coded.objects.filter(
            reply__wave=self.wave, question=self.question, again="", coder__in=self.coders
        )
        found = [as_coding(row) for row in rows]
        first, second = (str(coder.pk) for coder in self.coders)
        return [c for c in found if c.coder == first], [c for c in found if c.coder == second]

    @cached_property
    def by_answer(self) -> Comparison:
        return compare_answers(self.book, self.sources, *self.sets)

    @cached_property
    def by_character(self) -> Comparison:
        return compare_characters(self.book, self.sources, *self.sets)

    @cached_property
    def differ(self) -> tuple[Disagreement, ...]:
        return disagreements(self.book, self.sources, *self.sets)

    @cached_property
    def settled(self) -> dict[tuple[str, str], Settled]:
        """What was settled, by source and code."""
        rows = Settled.objects.filter(reply__wave=self.wave, question=self.question).select_related("by")
        return {(key_of(row.reply_id, row.question), row.code): row for row in rows}

    @cached_property
    def resolved(self) -> Resolved:
        decisions = {key: row.stands for key, row in self.settled.items()}
        return resolve(self.book, self.sources, *self.sets, decisions, by="both")

    @property
    def rows(self) -> list[dict[str, Any]]:
        """A row a code, and one for all: agreement by answer and by character, and what stands."""
        stands = Counter(
            code for _, code in {(one.passage.source, one.code) for one in self.resolved.codings}
        )
        found = [
            {"label": code.label, "answers": self.by_answer.by_code[code.id],
             "kappa": kappa_in_words(self.by_answer.by_code[code.id].kappa),
             "characters": self.by_character.by_code[code.id], "stands": stands[code.id]}
            for _, code in self.book.tree(self.question)
        ]  # fmt: skip
        together: Agreement = self.by_answer.together
        return [
            *found,
            {"label": "All codes", "answers": together, "kappa": kappa_in_words(together.kappa),
             "characters": self.by_character.together, "stands": None},
        ]  # fmt: skip

    @property
    def to_settle(self) -> list[dict[str, Any]]:
        """Every disagreement with each coder's words, and what was settled about it, open ones first."""
        texts = {one.key: one for one in self.sources}
        found = [
            {
                "of": one,
                "reply": texts[one.source].reply,
                "label": self.book.code[one.code].label,
                "sides": [
                    (coder, [texts[one.source].text[c.passage.start : c.passage.end] for c in codings])
                    for coder, codings in zip(self.coders, (one.first, one.second), strict=True)
                ],
                "settled": self.settled.get((one.source, one.code)),
                "open": one in self.resolved.open,
            }
            for one in self.differ
        ]
        return sorted(found, key=lambda one: not one["open"])


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
    pair, others = _pair(wave, question, request)
    context = {"wave": wave, "question": _asked(wave, question), "pair": pair, "others": others}
    return render(request, "coding/compare.html", context)


@page("survey.code")
def coding_settle(request: HttpRequest, slug: str, question: str, reply: str, code: str) -> HttpResponse:
    """What two coders agreed about a code on which they differed."""
    wave = found(slug)
    pair, _ = _pair(wave, question, request)
    here = key_of(reply, question)
    one = next((row for row in pair.to_settle if (row["of"].source, row["of"].code) == (here, code)), None)
    if one is None:
        raise Http404("The two coders do not differ here any more.")
    before: Settled | None = one["settled"]
    initial = {"stands": "yes" if before.stands else "no", "why": before.why} if before else None
    form = SettleForm(request.POST or None, initial=initial)
    if form.is_valid():
        with refusals(form):
            actions.settle(
                reply=Reply.objects.select_related("wave").get(pk=reply, wave=wave), question=question,
                code=code, stands=form.cleaned_data["stands"] == "yes", why=form.cleaned_data["why"],
                by=user_of(request), at=now(),
            )  # fmt: skip
        if form.is_valid():
            messages.success(request, f"“{one['label']}” is settled.")
            return redirect(_address(pair))
    text = next(source.text for source in pair.sources if source.key == here)
    context = {
        "wave": wave, "question": _asked(wave, question), "one": one, "text": text, "form": form,
        "back": _address(pair),
    }  # fmt: skip
    return render(request, "coding/settle.html", context)


def _pair(wave: Wave, question: str, request: HttpRequest) -> tuple[Pair, list[User]]:
    """The two coders that the address names, else the two who have read most; and all who have read any.

    Raises Http404 where there are not two, or the question has no codes.
    """
    row = book_in_use(wave)
    book = as_book(row) if row else None
    if book is None or question not in book.questions:
        raise Http404("The codebook in use has no codes for this question.")
    read = ReadThrough.objects.filter(reply__wave=wave, question=question)
    counts = Counter(read.values_list("coder", flat=True))
    users = User.objects.in_bulk(counts)
    order = [users[pk] for pk, _ in sorted(counts.items(), key=lambda one: (-one[1], one[0]))]
    named = [users[int(pk)] for pk in request.GET.getlist("coder") if pk.isdigit() and int(pk) in users]
    chosen = list(dict.fromkeys([*named, *order]))[:2]
    if len(chosen) < 2:
        raise Http404("Fewer than two coders have read an answer to this question to its end.")
    first, second = sorted(chosen, key=lambda one: one.pk)
    return Pair(wave, question, book, (first, second)), order


def _asked(wave: Wave, question: str) -> Any:
    return Standing(wave, now()).questionnaire.questions[question]


def _address(pair: Pair) -> str:
    names = "&".join(f"coder={coder.pk}" for coder in pair.coders)
    return f"{reverse('coding_compare', args=[pair.wave.slug, pair.question])}?{names}"


urlpatterns = [
    path("survey/<slug:slug>/coding/<slug:question>/compare/", coding_compare, name="coding_compare"),
    path(
        "survey/<slug:slug>/coding/<slug:question>/<uuid:reply>/settle/<slug:code>/",
        coding_settle,
        name="coding_settle",
    ),
]
