"""A coder calls passages of an answer by codes, says when it is read to its end; two who differ settle it.

Every action holds the wave first, as does whoever puts a codebook in use: nobody codes by a book that is just
being replaced, and a key that is pressed twice is one coding.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime

from wherewithal.actions.record import action, locked
from wherewithal.core.coding import (
    CannotCode,
    Codebook,
    Coding,
    Source,
    as_text,
    check_alone,
    code_passage,
    passage,
)
from wherewithal.core.refusal import Refusal
from wherewithal.records.coding import as_book, as_coding, book_in_use, place_of, source_of, sources
from wherewithal.records.models import Coded, ReadThrough, Reply, Settled, User, Wave

LOOK_AGAIN = "The codebook changed: look again at what is marked in your answers first."


class NothingToCode(Refusal):
    """An answer that is not in words, came late, or a wave without a codebook in use."""


class NotYours(Refusal):
    """Another coder's work."""


class NotBothRead(Refusal):
    """A disagreement that is none yet: fewer than two coders have read the answer to its end."""


@action("code passage")
def code(
    *, reply: Reply, question: str, start: int, end: int, code: str, by: User, at: datetime, memo: str = ""
) -> Coded:
    """``text[start:end]``, in code points, without the white space at its ends. Raises NothingToCode,
    CannotCode.
    """
    source, book = _source(reply, question), _book(reply.wave)
    own = Coded.objects.filter(reply=reply, question=question, coder=by)
    among = [as_coding(row) for row in own]
    coding = code_passage(
        source, passage(source, start, end), code, coder=str(by.pk), book=book, among=among, memo=_words(memo)
    )
    row = _row(reply, coding, by)
    row.save()
    return row


@action("take code off")
def take_off(*, coded: Coded, by: User, at: datetime) -> None:
    """Raises NotYours."""
    _own(coded, by).delete()


@action("note on code")
def note(*, coded: Coded, memo: str, by: User, at: datetime) -> None:
    """What the coder thought about it. Raises NotYours."""
    row = _own(coded, by)
    row.memo = _words(memo)
    row.save(update_fields=["memo"])


@action("look at code again")
def still_fits(*, coded: Coded, by: User, at: datetime) -> None:
    """The code was reworded and fits all the same. Raises NotYours; CannotCode where it cannot stand there
    any more: it is gone, is for another question, or excludes another one of the coder's.
    """
    row = _own(coded, by)
    book, source = _book(row.reply.wave), _source(row.reply, row.question)
    own = Coded.objects.filter(reply=row.reply, question=row.question, coder=by, again="")
    among = [as_coding(other) for other in own]
    one = as_coding(row)
    code_passage(source, one.passage, one.code, coder=one.coder, book=book, among=among)
    row.again = ""
    row.save(update_fields=["again"])


@action("bring codings in")
def bring_in(
    *, wave: Wave, codings: Sequence[Coding], by: User, at: datetime, read: Collection[str] = ()
) -> int:
    """Codings that were made elsewhere become the coder's own, all or none; those there already stay as they
    are. ``read``: the questions to which the coder has read every answer to its end there. Gives how many
    codings are new. Raises CannotCode naming the answer, NothingToCode.
    """
    book = _book(wave)
    replies = {str(reply.pk): reply for reply in Reply.objects.filter(wave=wave)}
    own = Coded.objects.filter(reply__wave=wave, coder=by)
    among: dict[str, list[Coding]] = {}
    for one in map(as_coding, own):
        among.setdefault(one.passage.source, []).append(one)
    there = {(one.passage, one.code) for those in among.values() for one in those}
    rows = []
    for one in codings:
        if (one.passage, one.code) in there:
            continue
        of, question = place_of(one.passage.source)
        beside = among.setdefault(one.passage.source, [])
        try:
            source = _source(replies[of], question)
            new = code_passage(
                source, one.passage, one.code, coder=str(by.pk), book=book, among=beside, memo=one.memo
            )
        except Refusal as refusal:
            raise CannotCode(f"Reply {of[:8]}: {refusal.says} Nothing was brought in.") from refusal
        beside.append(new)
        rows.append(_row(replies[of], new, by))
    Coded.objects.bulk_create(rows)
    if Coded.objects.filter(reply__wave=wave, question__in=read, coder=by).exclude(again="").exists():
        raise CannotCode(f"{LOOK_AGAIN} Nothing was brought in.")
    ReadThrough.objects.bulk_create(
        (
            ReadThrough(reply=replies[one.reply], question=question, coder=by)
            for question in read
            for one in sources(wave, question)
        ),
        ignore_conflicts=True,
    )
    return len(rows)


@action("read answer through")
def read(*, reply: Reply, question: str, by: User, at: datetime) -> None:
    """All that is to be coded in it is coded. Raises NothingToCode; CannotCode while something waits to be
    looked at again.
    """
    _book(reply.wave)
    _source(reply, question)
    if Coded.objects.filter(reply=reply, question=question, coder=by).exclude(again="").exists():
        raise CannotCode(LOOK_AGAIN)
    ReadThrough.objects.get_or_create(reply=reply, question=question, coder=by)


@action("open answer again")
def read_again(*, reply: Reply, question: str, by: User, at: datetime) -> None:
    """It is not read to its end after all."""
    locked(reply.wave)
    ReadThrough.objects.filter(reply=reply, question=question, coder=by).delete()


@action("settle code")
def settle(
    *, reply: Reply, question: str, code: str, stands: bool, by: User, at: datetime, why: str = ""
) -> Settled:
    """What two coders who differ on a code agreed; decided again, the later counts.

    Raises NotBothRead; CannotCode for no code of the book, or one that would stand beside what excludes it.
    """
    book = _book(reply.wave)
    if code not in book.code:
        raise CannotCode("This is no code of the codebook in use.")
    if ReadThrough.objects.filter(reply=reply, question=question).count() < 2:
        raise NotBothRead("Two coders read the answer to its end first.")
    if stands:
        check_alone(book, code, _standing(reply, question) - {code})
    found, _ = Settled.objects.update_or_create(
        reply=reply, question=question, code=code, defaults={"stands": stands, "why": why.strip(), "by": by}
    )
    return found


def _standing(reply: Reply, question: str) -> set[str]:
    """The codes that stand in an answer: what two coders have, and what was settled to stand."""
    rows = Coded.objects.filter(reply=reply, question=question, again="")
    coders = Counter(code for code, _ in set(rows.values_list("code", "coder")))
    settled = Settled.objects.filter(reply=reply, question=question, stands=True)
    return {code for code, times in coders.items() if times > 1} | set(settled.values_list("code", flat=True))


def _row(reply: Reply, coding: Coding, by: User) -> Coded:
    return Coded(
        reply=reply, question=place_of(coding.passage.source)[1], start=coding.passage.start,
        end=coding.passage.end, code=coding.code, coder=by, memo=coding.memo,
    )  # fmt: skip


def _words(memo: str) -> str:
    return as_text(memo).strip()


def _own(coded: Coded, by: User) -> Coded:
    row = Coded.objects.select_related("reply__wave").get(pk=coded.pk)
    locked(row.reply.wave)
    if row.coder_id != by.pk:
        raise NotYours("Another coder put this there. Each coder changes their own.")
    return row


def _source(reply: Reply, question: str) -> Source:
    source = source_of(reply, question)
    if source is None:
        raise NothingToCode("There are no words here to code.")
    return source


def _book(wave: Wave) -> Codebook:
    """The book in use, with its wave held."""
    row = book_in_use(locked(wave))
    if row is None:
        raise NothingToCode("No codebook is in use yet. Begin one, and put it in use.")
    return as_book(row)
