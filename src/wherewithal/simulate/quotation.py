"""Words that made-up analysts picked for the report: signed off, with findings open, not agreed to."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import islice

from wherewithal.actions import quotation
from wherewithal.actions.record import day
from wherewithal.core.coding import Source
from wherewithal.core.quotation import Consent
from wherewithal.records.coding import as_book, book_in_use, sources
from wherewithal.records.models import Quotation, Reply, User, Wave
from wherewithal.records.quotation import Desk, on_record

A_WHILE = timedelta(hours=1)


def begin(wave: Wave, coders: Sequence[User], at: datetime) -> None:
    """Of the answers that have codes: one signed off as it stands, one refused, one in which the screens find
    something, as far as there are such answers.
    """
    desk = Desk(wave, day(at))
    book = book_in_use(wave)
    questions = as_book(book).questions if book else {}
    answers = [source for question in questions for source in sources(wave, question)]
    first, second = coders
    for number, source in enumerate(islice((one for one in answers if not desk.screen(one.text)), 2)):
        row = _pick(source, first, at - 2 * A_WHILE)
        if number == 0:
            told = on_record(row, desk).quoted.may_tell[-1]
            quotation.word(quotation=row, printed=row.printed, telling=told, by=first, at=at - A_WHILE)
            quotation.sign_off(quotation=row, by=second, at=at)
        else:
            quotation.note_consent(
                quotation=row, consent=Consent.REFUSED, asked_on=day(at) - timedelta(days=2),
                answered_on=day(at), answered_by="Head of service", by=first, at=at,
            )  # fmt: skip
    for source in islice((one for one in answers if desk.screen(one.text)), 1):
        _pick(source, second, at)


def _pick(source: Source, by: User, at: datetime) -> Quotation:
    reply = Reply.objects.select_related("wave").get(pk=source.reply)
    return quotation.pick(reply=reply, question=source.question, start=0, end=len(source.text), by=by, at=at)
