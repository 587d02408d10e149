"""Money spent: card lines taken in, matched to the plan, asked about by exception, explained and closed.

A line is money that is gone: it is posted when it comes, whatever it was for. A file comes in whole or not at
all, and is undone whole, by reversals.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from wherewithal.actions.card_file import layout, look, on_record, same
from wherewithal.actions.card_lines import record, undone
from wherewithal.actions.posting import post
from wherewithal.actions.record import action, day, locked, stand_in
from wherewithal.core.asking import Asked, ask_again
from wherewithal.core.exceptions import Flag, FlagRules, flags
from wherewithal.core.money import pounds
from wherewithal.core.period import written
from wherewithal.core.policy import Used
from wherewithal.core.refusal import Refusal
from wherewithal.formats.card_csv import CardLine, Reading
from wherewithal.policy.card import flag_rules
from wherewithal.records.models import Actual, Agreement, Arrangement, Import, Question, User
from wherewithal.records.spending import BY_HAND, Cards, holdings, households, since, spends

State = Actual.State
NOT_YET_ASKED = (State.IMPORTED, State.MATCHED)
OUTCOMES = {"fine": "Fine", "advised": "Advised", "pay_back": "To be paid back"}


class TakenInAlready(Refusal):
    """The same file a second time."""


class NothingNew(Refusal):
    """A file of which every line is on record."""


class UnknownCard(Refusal):
    """A line of a card that belongs to no direct payment."""


class LineChanged(Refusal):
    """A line that came before with another amount, day, card or payee."""


class NotTheirs(Refusal):
    """A line matched to somebody else's support."""


class NotTakenIn(Refusal):
    """A file or a line undone that was undone already."""


class NoReason(Refusal):
    """A file undone, or a question closed, without the words that it needs."""


class NotOpen(Refusal):
    """A question answered or closed that is closed."""


@action("take in card lines")
def take_in(*, reading: Reading, file_name: str, by: User, at: datetime) -> Import:
    """Every line of a file without a fault; lines that came before stay as they are and are not counted.

    Raises FileHasFaults (nothing is taken in), TakenInAlready, NothingNew.
    """
    before = Import.objects.filter(sha256=reading.file_sha256, state=Import.State.TAKEN_IN).first()
    if before is not None:
        raise TakenInAlready(f"This file was taken in on {written(day(before.at))} as “{before.file_name}”.")
    found = look(reading, layout(day(at)), hold=True)
    found.reading.accepted()
    if not found.new:
        raise NothingNew(f"All {found.known} lines of this file are on record already.")
    batch = Import.objects.create(
        file_name=file_name[-120:],
        sha256=reading.file_sha256,
        lines_count=len(found.new),
        total_pence=found.total_pence,
        by=by,
        at=at,
    )
    record(found.new, batch, at)
    return batch


@action("receive card line")
def receive(*, line: CardLine, by: User, at: datetime) -> Actual:
    """One line as it happens. The same line again gives the first one. Raises UnknownCard, LineChanged."""
    if Cards([line.card], hold=True).owner(line.card, line.posted_on) is None:
        raise UnknownCard(f"No direct payment here has the card {line.card}.", field="card")
    before = on_record([line]).get(line.identity)
    if before is None:
        return record([line], None, at)[0]
    if not same(before, line):
        raise LineChanged(
            f"Line {line.identity} came before as {pounds(before.pence)} to {before.merchant} on "
            f"{written(before.spent_on)}. A correction is a line of its own.",
            field="line_id",
        )
    return before


@action("undo card file")
def undo(*, batch: Import, reason: str, by: User, at: datetime) -> Import:
    """Every line of the file is reversed, and what was asked about them is closed.

    Raises NotTakenIn, NoReason.
    """
    batch = locked(batch)
    if batch.state != Import.State.TAKEN_IN:
        raise NotTakenIn("This file was undone already.")
    if not reason.strip():
        raise NoReason("Say why the file is undone.", field="reason")
    lines = batch.actuals.exclude(state=State.UNDONE).select_related(
        "transfer__debit__person", "transfer__credit__person"
    )
    post([undone(line.transfer, at) for line in lines.order_by("id")])
    asked = Question.objects.filter(actual__batch=batch).exclude(state=Question.State.CLOSED)
    asked.update(
        state=Question.State.CLOSED,
        outcome="fine",
        note="The file was undone.",
        closed_by=by,
        closed_on=day(at),
    )
    batch.actuals.update(state=State.UNDONE)
    batch.state, batch.undone_by, batch.undone_at = Import.State.UNDONE, by, at
    batch.undone_because = reason.strip()[:200]
    batch.save(update_fields=["state", "undone_by", "undone_at", "undone_because"])
    return batch


@action("match card line")
def match(*, actual: Actual, arrangement: Arrangement | None, by: User, at: datetime) -> Actual:
    """An officer says what a line was for; None opens it again. Later lines of that payee follow.

    Raises NotTheirs, NotTakenIn.
    """
    line = locked(actual)
    if line.state == State.UNDONE:
        raise NotTakenIn("This line was undone: it is for nothing any more.")
    if arrangement is not None and arrangement.person_id != line.person_id:
        raise NotTheirs("This support is somebody else’s. Choose a part of the person’s own plan.")
    line.arrangement = arrangement
    line.matched_because = BY_HAND if arrangement else ""
    if line.state in NOT_YET_ASKED:
        line.state = State.MATCHED if arrangement else State.IMPORTED
    line.save(update_fields=["arrangement", "matched_because", "state"])
    return line


@action("ask about money")
def raise_questions(*, on: date, by: User, at: datetime) -> int:
    """Ask about what the council's rules flag, in every running direct payment on a card; gives how many are
    new. Of money in somebody's own bank no line comes here, so that nothing can be read from its silence.

    Once a line, and about a whole account as often as ``core/asking.py`` says: run it as often as you like.
    """
    people = list(
        Agreement.objects.select_for_update()
        .filter(ended_on=None, paid_to=Agreement.PaidTo.CARD)
        .order_by("id")
        .values_list("person_id", flat=True)
    )
    rules = flag_rules(Used(on))
    lines = spends(people, since(on, (rules.weeks_without_spending, rules.weeks_held), 2 * rules.cash_days))
    standing, living_with = holdings(people, on), households(people, on)
    asked = _asked(people)
    new = [
        _question(person, flag, on)
        for person in people
        for flag in flags(lines.get(person, ()), living_with.get(person, ()), standing[person], rules, on=on)
        if _is_new(flag, asked.get(person, ()), rules, on)
    ]
    Question.objects.bulk_create(new)
    concerned = [question.actual_id for question in new if question.actual_id]
    Actual.objects.filter(pk__in=concerned, state__in=NOT_YET_ASKED).update(state=State.ASKED)
    return len(new)


@action("explain spending")
def explain(*, question: Question, answer: str, by: User, at: datetime) -> Question:
    """The person says in a few words what it was; they may say it better until it is closed.

    Raises NotOpen, NoReason.
    """
    question = _open(question)
    if not answer.strip():
        raise NoReason("Write a few words about it.", field="answer")
    question.answer, question.answered_at, question.answered_by = answer.strip(), at, by
    question.state = Question.State.ANSWERED
    question.save(update_fields=["answer", "answered_at", "answered_by", "state"])
    Actual.objects.filter(questions=question, state=State.ASKED).update(state=State.EXPLAINED)
    return question


@action("close question about money")
def close(*, question: Question, outcome: str, by: User, at: datetime, note: str = "") -> Question:
    """An officer decides: fine, advised what the money is for, or to be paid back (with a note why).

    Raises NotOpen, NoReason.
    """
    question = _open(question)
    if outcome not in OUTCOMES:
        raise NoReason("Choose what came of it.", field="outcome")
    if outcome != "fine" and not note.strip():
        raise NoReason("Write down what was said to the person.", field="note")
    question.state, question.outcome, question.note = Question.State.CLOSED, outcome, note.strip()
    question.closed_by, question.closed_on = by, day(at)
    question.save(update_fields=["state", "outcome", "note", "closed_by", "closed_on"])
    _settle_line(question)
    return question


def _open(question: Question) -> Question:
    row = locked(question)
    if row.state == Question.State.CLOSED:
        on = f" on {written(row.closed_on)}" if row.closed_on else ""
        raise NotOpen(f"This question was closed{on}.")
    return row


def _settle_line(question: Question) -> None:
    """A line is closed when nothing about it is open any more; to be paid back if any answer says so."""
    line = question.actual
    if line is None or line.state == State.UNDONE:
        return
    others = line.questions.all()
    if others.exclude(state=Question.State.CLOSED).exists():
        return
    line.state = State.RECLAIMED if others.filter(outcome="pay_back").exists() else State.CLOSED
    line.save(update_fields=["state"])


def _asked(people: Sequence[int]) -> dict[int, list[tuple[str, Asked]]]:
    """What each person was asked before: the line's id or '', and the question."""
    found: dict[int, list[tuple[str, Asked]]] = {}
    rows = Question.objects.filter(person__in=people).order_by("id")
    for person, line, code, raised_on, closed_on in rows.values_list(
        "person_id", "actual_id", "code", "raised_on", "closed_on"
    ):
        about = str(line) if line else ""
        found.setdefault(person, []).append((about, Asked(code, raised_on, closed_on)))
    return found


def _is_new(flag: Flag, before: Iterable[tuple[str, Asked]], rules: FlagRules, on: date) -> bool:
    if flag.about.isdecimal():
        return (flag.about, flag.code) not in {(about, asked.code) for about, asked in before}
    return ask_again(flag, [asked for about, asked in before if not about], rules, on=on)


def _question(person: int, flag: Flag, on: date) -> Question:
    return Question(
        person_id=person,
        actual_id=int(flag.about) if flag.about.isdecimal() else None,
        code=flag.code,
        asks=flag.for_person,
        for_officer=flag.for_officer,
        raised_on=on,
    )


def provider() -> User:
    """The card provider as somebody who does things."""
    return stand_in("card-provider", "Card provider")
