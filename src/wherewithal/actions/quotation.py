"""Words of a reply are picked for a report, reworded, screened, agreed to, signed off by a second person."""

from datetime import date, datetime

from wherewithal.actions.record import action, day, locked
from wherewithal.core.coding import Source, as_text, passage
from wherewithal.core.quotation import CannotQuote, Consent, check_consent, check_kept, check_sign_off
from wherewithal.core.refusal import Refusal
from wherewithal.records.coding import source_of
from wherewithal.records.models import Quotation, QuotedPassage, Reply, User
from wherewithal.records.quotation import Desk, OnRecord, on_record


class NothingToQuote(Refusal):
    """An answer that is not in words, or came late."""


@action("pick quotation")
def pick(*, reply: Reply, question: str, start: int, end: int, by: User, at: datetime) -> Quotation:
    """``text[start:end]`` of an answer, in code points, as it stands. Raises NothingToQuote, CannotCode."""
    source = _source(reply, question)
    on = passage(source, start, end)
    words = source.text[on.start : on.end]
    row = Quotation.objects.create(wave=reply.wave, printed=words, by=by, changed_by=by)
    QuotedPassage.objects.create(quotation=row, reply=reply, question=question, start=on.start, end=on.end)
    return row


@action("add passage to quotation")
def add_passage(
    *, quotation: Quotation, reply: Reply, question: str, start: int, end: int, by: User, at: datetime
) -> Quotation:
    """It becomes a vignette; the words are added to those to be printed. Raises NothingToQuote, CannotCode,
    CannotQuote.
    """
    row = _opened(quotation, by)
    if reply.wave_id != row.wave_id:
        raise CannotQuote("A quotation is of one survey.")
    source = _source(reply, question)
    on = passage(source, start, end)
    place = {"reply": reply, "question": question, "start": on.start, "end": on.end}
    if row.passages.filter(**place).exists():
        raise CannotQuote("These words are in it already.")
    row.printed = f"{row.printed}\n\n{source.text[on.start : on.end]}"
    row.consent, row.asked_on, row.answered_on, row.answered_by = Consent.NOT_ASKED.value, None, None, ""
    row.save()
    QuotedPassage.objects.create(quotation=row, **place)
    return row


@action("take passage out of quotation")
def take_out(*, passage: QuotedPassage, by: User, at: datetime) -> Quotation:
    """The words to be printed stay as they are: whoever takes it out rewords them. Raises CannotQuote."""
    row = _opened(passage.quotation, by)
    if row.passages.count() == 1:
        raise CannotQuote("A quotation has one passage at least. Withdraw it instead.")
    if row.passages.count() == 2:
        row.title = ""  # what is left is a quotation
    row.save()
    passage.delete()
    return row


@action("word quotation")
def word(
    *, quotation: Quotation, printed: str, telling: str, title: str = "", by: User, at: datetime
) -> Quotation:
    """How it will be printed, what is told of whose it is, and of a vignette its title, without which it is
    not signed off. Raises CannotQuote.
    """
    row = _opened(quotation, by)
    words, heading = as_text(printed).strip(), " ".join(title.split())
    if heading and row.passages.count() == 1:
        raise CannotQuote("Only a vignette has a title: one of several passages.", field="title")
    if not words:
        raise CannotQuote("Write the words to be printed, or withdraw the quotation.", field="printed")
    if telling not in _judged(row, at).quoted.may_tell:
        raise CannotQuote(
            "Too few like whoever is quoted answered to say so much of where it is from.", field="telling"
        )
    row.title, row.printed, row.telling = heading, words, telling
    found = {(one.kind.value, one.words) for one in _judged(row, at).quoted.findings}
    row.kept = [one for one in row.kept if (one["kind"], one["words"]) in found]
    row.save()
    return row


@action("keep words of quotation")
def keep(*, quotation: Quotation, kind: str, words: str, why: str, by: User, at: datetime) -> Quotation:
    """A finding of the screens stays as it is, for a reason. Raises CannotQuote."""
    row = _opened(quotation, by)
    check_kept(_judged(row, at).quoted, kind, words, why)
    row.kept = [*_others(row, kind, words), {"kind": kind, "words": words, "why": why.strip()}]
    row.save()
    return row


@action("ask about words of quotation again")
def ask_again(*, quotation: Quotation, kind: str, words: str, by: User, at: datetime) -> Quotation:
    """What was kept is open again. Raises CannotQuote."""
    row = _opened(quotation, by)
    row.kept = _others(row, kind, words)
    row.save()
    return row


@action("note consent to quotation")
def note_consent(
    *, quotation: Quotation, consent: str, asked_on: date | None, answered_on: date | None, answered_by: str,
    by: User, at: datetime,
) -> Quotation:  # fmt: skip
    """Whether whoever is quoted agrees: everybody, where it is a vignette. Raises CannotQuote."""
    row = locked(quotation)
    gone = row.wave.keys_destroyed_on is not None
    check_consent(row.wave.mode, keys_gone=gone, was=row.consent, becomes=consent)
    has_answer = consent in (Consent.GIVEN, Consent.REFUSED)
    if consent == Consent.ASKED and asked_on is None:
        raise CannotQuote("Say when they were asked.", field="asked_on")
    if has_answer and answered_on is None:
        raise CannotQuote("Say when they answered.", field="answered_on")
    if has_answer and not gone and not answered_by.strip():
        raise CannotQuote("Say who answered, by what they do.", field="answered_by")
    for field, day_of in (("asked_on", asked_on), ("answered_on", answered_on)):
        if day_of and day_of > day(at):
            raise CannotQuote("This day is still to come.", field=field)
    if asked_on and answered_on and answered_on < asked_on:
        raise CannotQuote("They cannot have answered before they were asked.", field="answered_on")
    row.consent = consent
    row.asked_on = None if consent == Consent.NOT_ASKED else asked_on
    row.answered_on = answered_on if has_answer else None
    row.answered_by = answered_by.strip() if has_answer and not gone else ""
    _sign_anew(row)
    row.save()
    return row


@action("sign off quotation")
def sign_off(*, quotation: Quotation, by: User, at: datetime) -> Quotation:
    """By a second person. Raises NotASecondPerson, NotYetSignedOff, CannotQuote."""
    row = locked(quotation)
    if row.state != Quotation.State.OPEN:
        raise CannotQuote(f"It is {row.get_state_display().lower()} already.")
    check_sign_off(_judged(row, at).quoted, by.pk)
    row.state, row.signed_by, row.signed_at = Quotation.State.SIGNED_OFF, by, at
    row.save()
    return row


@action("withdraw quotation")
def withdraw(*, quotation: Quotation, reason: str, by: User, at: datetime) -> Quotation:
    """It will not be printed. What it was stays on record. Raises CannotQuote."""
    row = _opened(quotation)
    if not reason.strip():
        raise CannotQuote("Say why it is withdrawn.", field="reason")
    row.state, row.withdrawn_why = Quotation.State.WITHDRAWN, reason.strip()
    row.save()
    return row


def _opened(quotation: Quotation, by: User | None = None) -> Quotation:
    """Held to be changed; if it was signed off it needs that again. ``by``: who changes what is printed."""
    row = locked(quotation)
    _sign_anew(row)
    if by is not None:
        row.changed_by = by
    return row


def _sign_anew(row: Quotation) -> None:
    if row.state == Quotation.State.WITHDRAWN:
        raise CannotQuote("It was withdrawn. Pick the words again.")
    row.state, row.signed_by, row.signed_at = Quotation.State.OPEN, None, None


def _judged(row: Quotation, at: datetime) -> OnRecord:
    return on_record(row, Desk(row.wave, day(at)))


def _others(row: Quotation, kind: str, words: str) -> list[dict[str, str]]:
    return [one for one in row.kept if (one["kind"], one["words"]) != (kind, words)]


def _source(reply: Reply, question: str) -> Source:
    source = source_of(reply, question)
    if source is None:
        raise NothingToQuote("There are no words here to quote.")
    return source
