"""The codebook of a wave: begun, changed as a draft, put in use. What was coded by goes on where it can."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.text import slugify

from wherewithal.actions.record import action, locked
from wherewithal.core.coding import Code, became, carry, mistakes, read_anew
from wherewithal.core.coding import Codebook as Book
from wherewithal.core.coding.versions import GOES_ON
from wherewithal.core.questions import WRITING
from wherewithal.core.refusal import Refusal
from wherewithal.policy.codebook import books
from wherewithal.records.asking import asked_in
from wherewithal.records.coding import as_book, as_coding, as_kept, book_in_use, draft_of
from wherewithal.records.models import Codebook, Coded, ReadThrough, Settled, User, Wave

LONGEST_ID = 60


class NotADraft(Refusal):
    """A change to a codebook that is in use or was replaced, or a second draft."""


class NotACode(Refusal):
    """A code without a label or a definition, of no question in words, or called as another is."""


@action("begin codebook")
def begin(*, wave: Wave, by: User, at: datetime) -> Codebook:
    """A draft of the next version: a copy of the one in use; the first, of the book that policy has for these
    questions, as far as the wave asks them, or empty. Raises NotADraft while there is a draft.
    """
    wave = locked(wave)
    if draft_of(wave) is not None:
        raise NotADraft("A draft of this codebook is open already. Go on with it, or put it in use.")
    before = wave.codebooks.last()
    if before is not None:
        codes = as_kept(replace(code, was=()) for code in as_book(before).codes)
        return Codebook.objects.create(
            wave=wave,
            version=before.version + 1,
            title=before.title,
            source=before.source,
            codes=codes,
            by=by,
        )
    known = next((book for book in books() if book.questionnaire == wave.questionnaire), None)
    asked = asked_in(wave).questions
    return Codebook.objects.create(
        wave=wave,
        version=1,
        title=known.title if known else f"Codebook for {wave.title}",
        source=known.source if known else "",
        codes=as_kept(code for code in known.codes if code.question in asked) if known else [],
        by=by,
    )


@action("put codebook in use")
def put_in_use(*, book: Codebook, by: User, at: datetime) -> int:
    """The draft replaces what was in use. Codings go on where their code means what it meant; the others wait
    until their coder looked again. Gives how many wait. Raises NotADraft, NotACode.
    """
    wave = locked(book.wave)
    book = _draft(book)
    for mistake in mistakes(as_book(book)):
        raise NotACode(mistake)
    if not book.codes:
        raise NotACode("A codebook without codes cannot be used. Add one first.")
    before = book_in_use(wave)
    if before is not None:
        before.state = Codebook.State.REPLACED
        before.save(update_fields=["state"])
        _carry(before, book)
    book.state, book.used_from = Codebook.State.IN_USE, at
    book.save(update_fields=["state", "used_from"])
    return Coded.objects.filter(reply__wave=wave).exclude(again="").count()


@action("throw codebook draft away")
def throw_away(*, book: Codebook, by: User, at: datetime) -> None:
    """The draft goes; what is in use stays. Raises NotADraft."""
    locked(book.wave)
    _draft(book).delete()


@action("save code")
def save_code(
    *,
    book: Codebook,
    question: str,
    label: str,
    definition: str,
    by: User,
    at: datetime,
    id: str = "",
    use: str = "",
    not_for: str = "",
    examples: Sequence[str] = (),
    within: str = "",
    alone: bool = False,
    was: Sequence[str] = (),
) -> Code:
    """Add a code to a draft, or change the one called ``id``. Raises NotADraft, NotACode."""
    locked(book.wave)
    book = _draft(book)
    codes = list(as_book(book).codes)
    code = Code(
        id=id or _new_id(label, {one.id for one in codes}),
        label=label.strip(),
        definition=definition.strip(),
        question=question,
        examples=tuple(filter(None, (one.strip() for one in examples))),
        use=use.strip(),
        not_for=not_for.strip(),
        within=within,
        alone=alone,
        was=tuple(was),
    )
    at_place = next((place for place, one in enumerate(codes) if one.id == id), None)
    if at_place is None:
        codes.append(code)
    else:
        codes[at_place] = code
    _keep(book, codes, question)
    return code


@action("remove code")
def remove_code(*, book: Codebook, id: str, by: User, at: datetime) -> None:
    """Take a code out of a draft; those under it move up. Raises NotADraft."""
    locked(book.wave)
    book = _draft(book)
    codes = as_book(book).codes
    gone = next((code for code in codes if code.id == id), None)
    if gone is not None:
        rest = [
            replace(one, within=gone.within) if one.within == id else one for one in codes if one.id != id
        ]
        book.codes = as_kept(rest)
        book.save(update_fields=["codes"])


def _draft(book: Codebook) -> Codebook:
    book = Codebook.objects.select_related("wave").get(pk=book.pk)
    if book.state != Codebook.State.DRAFT:
        raise NotADraft("This version is not a draft, so it cannot be changed. Begin a new version.")
    return book


def _keep(book: Codebook, codes: Sequence[Code], question: str) -> None:
    asked = asked_in(book.wave).questions.get(question)
    if asked is None or asked.kind not in WRITING:
        raise NotACode("Choose a question that is answered in words.", field="question")
    book.codes = as_kept(codes)
    for mistake in mistakes(as_book(book)):
        raise NotACode(mistake, field="label")
    book.save(update_fields=["codes"])


def _new_id(label: str, taken: set[str]) -> str:
    """A code's id, from its label, its own in the book."""
    start = slugify(label).replace("-", "_")[: LONGEST_ID - 4] or "code"
    ids = (start if number == 1 else f"{start}_{number}" for number in range(1, 1000))
    return next(id for id in ids if id not in taken)


def _carry(before: Codebook, after: Codebook) -> None:
    """What stands by ``before``, under ``after``: codings go on, renamed or put together, or wait to be
    looked at again. Answers to a question whose codes say something new are read again; what was settled
    about a code that is no longer what it was is open again.
    """
    old, new = as_book(before), as_book(after)
    goes_on = {
        code.id: fate.codes[0] for code in old.codes if (fate := became(code.id, old, new)).fate in GOES_ON
    }
    _carry_codings(before, old, new)
    wave = before.wave_id
    ReadThrough.objects.filter(reply__wave=wave, question__in=read_anew(old, new)).delete()
    _carry_settled(list(Settled.objects.filter(reply__wave=wave, code__in=list(old.code))), goes_on)


def _carry_settled(rows: list[Settled], goes_on: Mapping[str, str]) -> None:
    """Under the code's new name; of codes that are one now, where the same was settled about them all."""
    by_answer: dict[tuple[Any, str, str], list[Settled]] = {}
    for row in rows:
        if row.code in goes_on:
            by_answer.setdefault((row.reply_id, row.question, goes_on[row.code]), []).append(row)
        else:
            row.delete()
    for (_, _, code), those in by_answer.items():
        kept, *others = those
        for other in others:
            other.delete()
        if any(other.stands != kept.stands for other in others):
            kept.delete()
        elif kept.code != code:
            kept.code = code
            kept.save(update_fields=["code"])


def _carry_codings(of: Codebook, old: Book, new: Book) -> None:
    there = Coded.objects.filter(reply__wave=of.wave_id, code__in=list(old.code), again="")
    rows = {as_coding(row): row for row in there}
    carried = carry(rows, old, new)
    places = {coding.passage.source: (row.reply_id, row.question) for coding, row in rows.items()}
    wait = {one.coding: one.became.fate.value for one in carried.again}
    goes_on = set(carried.codings)
    for coding, row in rows.items():
        if coding in wait:
            row.again = wait[coding]
            row.save(update_fields=["again"])
        elif coding not in goes_on:
            row.delete()
    for coding in carried.codings:
        if coding not in rows:
            reply, question = places[coding.passage.source]
            Coded.objects.update_or_create(
                reply_id=reply, question=question, start=coding.passage.start, end=coding.passage.end,
                code=coding.code, coder_id=int(coding.coder),
                defaults={"memo": coding.memo, "again": ""},
            )  # fmt: skip
