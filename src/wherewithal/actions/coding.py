"""A coder calls passages of an answer by codes, says when it is read to its end; two who differ settle it."""

from collections.abc import Sequence
from datetime import datetime

from wherewithal.actions.record import action
from wherewithal.core.coding import CannotCode, Coding, Source, code_passage, passage
from wherewithal.core.refusal import Refusal
from wherewithal.records.coding import as_book, as_coding, book_in_use, source_of
from wherewithal.records.models import Codebook, Coded, ReadThrough, Reply, Settled, User, Wave


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
    return _put(reply, question, (start, end), code, memo, by)


@action("take code off")
def take_off(*, coded: Coded, by: User, at: datetime) -> None:
    """Raises NotYours."""
    _own(coded, by).delete()


@action("note on code")
def note(*, coded: Coded, memo: str, by: User, at: datetime) -> None:
    """What the coder thought about it. Raises NotYours."""
    row = _own(coded, by)
    row.memo = memo.strip()
    row.save(update_fields=["memo"])


@action("look at code again")
def still_fits(*, coded: Coded, by: User, at: datetime) -> None:
    """The code was reworded and fits all the same. Raises NotYours; CannotCode where it is none any more."""
    row = _own(coded, by)
    if row.code not in as_book(_book(row.reply)).code:
        raise CannotCode("This code is no longer in the codebook. Code the passage anew, then take this off.")
    row.again = ""
    row.save(update_fields=["again"])


@action("bring codings in")
def bring_in(*, wave: Wave, codings: Sequence[Coding], by: User, at: datetime) -> int:
    """Codings that were made elsewhere become the coder's own, all or none; those there already stay as they
    are. Gives how many are new. Raises CannotCode, NothingToCode.
    """
    new = 0
    rows = Reply.objects.filter(wave=wave).select_related("wave")
    replies = {str(reply.pk): reply for reply in rows}
    own = Coded.objects.filter(reply__wave=wave, coder=by)
    there = {(row.reply_id, row.question, row.start, row.end, row.code) for row in own}
    for one in codings:
        of, question = one.passage.source.split("/", 1)
        reply, at_place = replies[of], (one.passage.start, one.passage.end)
        if (reply.pk, question, *at_place, one.code) not in there:
            _put(reply, question, at_place, one.code, one.memo, by)
            new += 1
    return new


@action("read answer through")
def read(*, reply: Reply, question: str, by: User, at: datetime) -> None:
    """All that is to be coded in it is coded. Raises NothingToCode; CannotCode while something waits to be
    looked at again.
    """
    _source(reply, question)
    _book(reply)
    if Coded.objects.filter(reply=reply, question=question, coder=by).exclude(again="").exists():
        raise CannotCode("The codebook changed: look again at what is marked in this answer first.")
    ReadThrough.objects.get_or_create(reply=reply, question=question, coder=by)


@action("open answer again")
def read_again(*, reply: Reply, question: str, by: User, at: datetime) -> None:
    """It is not read to its end after all."""
    ReadThrough.objects.filter(reply=reply, question=question, coder=by).delete()


@action("settle code")
def settle(
    *, reply: Reply, question: str, code: str, stands: bool, by: User, at: datetime, why: str = ""
) -> Settled:
    """What two coders who differ on a code agreed; decided again, the later counts.

    Raises CannotCode for no code of the book, NotBothRead.
    """
    if code not in as_book(_book(reply)).code:
        raise CannotCode("This is no code of the codebook in use.", field="code")
    if ReadThrough.objects.filter(reply=reply, question=question).count() < 2:
        raise NotBothRead("Two coders read the answer to its end first.")
    found, _ = Settled.objects.update_or_create(
        reply=reply, question=question, code=code, defaults={"stands": stands, "why": why.strip(), "by": by}
    )
    return found


def _put(reply: Reply, question: str, place: tuple[int, int], code: str, memo: str, by: User) -> Coded:
    source, book = _source(reply, question), _book(reply)
    on = passage(source, *place)
    own = Coded.objects.select_for_update().filter(reply=reply, question=question, coder=by)
    among = [as_coding(row) for row in own]
    code_passage(source, on, code, coder=str(by.pk), book=as_book(book), among=among, memo=memo)
    return Coded.objects.create(
        reply=reply, question=question, start=on.start, end=on.end, code=code, coder=by, memo=memo.strip()
    )


def _own(coded: Coded, by: User) -> Coded:
    row = Coded.objects.select_for_update().select_related("reply__wave").get(pk=coded.pk)
    if row.coder_id != by.pk:
        raise NotYours("Another coder put this there. Each coder changes their own.")
    return row


def _source(reply: Reply, question: str) -> Source:
    source = source_of(reply, question)
    if source is None:
        raise NothingToCode("There are no words here to code.")
    return source


def _book(reply: Reply) -> Codebook:
    book = book_in_use(reply.wave)
    if book is None:
        raise NothingToCode("No codebook is in use yet. Begin one, and put it in use.")
    return book
