"""A key message is written, stands on evidence, is agreed, acted on or dropped, and moved."""

from collections.abc import Sequence
from datetime import date, datetime

from wherewithal.actions.record import action, day, locked
from wherewithal.core import key_message as rules
from wherewithal.core.key_message import Evidence, NotYet, Step
from wherewithal.core.questions import values_told
from wherewithal.core.refusal import Refusal
from wherewithal.records.asking import asked_in
from wherewithal.records.coding import as_book, book_in_use
from wherewithal.records.models import KeyMessage, User, Wave


class SaysNothing(Refusal):
    """A message, a reason or what was done, without words."""


class NoEvidence(Refusal):
    """A figure that the questions do not have, or a code that the codebook in use does not."""


class NotDoneYet(Refusal):
    """An action that is said to be done on a day to come."""


@action("write key message")
def write(
    *,
    wave: Wave,
    says: str,
    by: User,
    at: datetime,
    owner: str = "",
    action: str = "",
    due_on: date | None = None,
) -> KeyMessage:
    """A draft, with the next number. Raises SaysNothing."""
    wave = locked(wave)
    last = wave.key_messages.last()
    return KeyMessage.objects.create(
        wave=wave, number=last.number + 1 if last else 1, says=_words(says, "says"), owner=owner.strip(),
        action=action.strip(), due_on=due_on, by=by,
    )  # fmt: skip


@action("change key message")
def change(
    *, message: KeyMessage, says: str, owner: str, action: str, due_on: date | None, by: User, at: datetime
) -> None:
    """Raises NotNow unless it is a draft, SaysNothing."""
    row = _ready(message, Step.CHANGE)
    row.says, row.owner, row.action, row.due_on = (
        _words(says, "says"),
        owner.strip(),
        action.strip(),
        due_on,
    )
    row.save(update_fields=["says", "owner", "action", "due_on"])


@action("stand key message on figure")
def stand_on_figure(*, message: KeyMessage, question: str, value: str, by: User, at: datetime) -> None:
    """That many gave the answer ``value`` to a question. Raises NotNow, NoEvidence."""
    row = _ready(message, Step.CHANGE)
    asked = asked_in(row.wave).questions.get(question)
    if asked is None or value not in values_told(asked):
        raise NoEvidence("Choose an answer of a question that is answered by choosing, or told in bands.")
    _keep(row, [*row.figures, f"{question}={value}"], row.themes)


@action("stand key message on theme")
def stand_on_theme(*, message: KeyMessage, code: str, by: User, at: datetime) -> None:
    """Raises NotNow, NoEvidence."""
    row = _ready(message, Step.CHANGE)
    book = book_in_use(row.wave)
    if book is None or code not in as_book(book).code:
        raise NoEvidence("Choose a code of the codebook that is in use.")
    _keep(row, row.figures, [*row.themes, code])


@action("take evidence off key message")
def take_off(*, message: KeyMessage, kind: str, key: str, by: User, at: datetime) -> None:
    """It stands on the figure or theme (``kind``) of that key no more. Raises NotNow."""
    row = _ready(message, Step.CHANGE)
    kept = {
        name: [one for one in keys if (name, one) != (kind, key)]
        for name, keys in (("figure", row.figures), ("theme", row.themes))
    }
    _keep(row, kept["figure"], kept["theme"])


@action("agree key message")
def agree(
    *,
    message: KeyMessage,
    evidence: Sequence[Evidence],
    overstated: Sequence[str],
    by: User,
    at: datetime,
) -> None:
    """What it stands on, counted just now (``extract.key_messages``), is kept. Raises NotNow, NotYet."""
    row = _ready(message, Step.AGREE)
    counted = [(one.kind, one.key) for one in evidence]
    if counted != [*(("figure", key) for key in row.figures), *(("theme", key) for key in row.themes)]:
        raise NotYet("What it stands on was changed meanwhile. Look at it again, then agree it.")
    if row.says != message.says:
        raise NotYet("Its wording was changed meanwhile. Look at it again, then agree it.")
    rules.agree(state=row.state, owner=row.owner, action=row.action, evidence=evidence, overstated=overstated)
    row.state, row.agreed_on, row.stood_on = (
        KeyMessage.State.AGREED,
        day(at),
        [one.kept() for one in evidence],
    )
    row.save(update_fields=["state", "agreed_on", "stood_on"])


@action("act on key message")
def act_on(*, message: KeyMessage, done: str, on: date, by: User, at: datetime) -> None:
    """The action was done. Raises NotNow unless it was agreed, SaysNothing, NotDoneYet."""
    row = _ready(message, Step.ACT_ON)
    if on > day(at):
        raise NotDoneYet("Enter today or a day that is past.", field="on")
    row.state, row.done, row.done_on = KeyMessage.State.ACTED_ON, _words(done, "done"), on
    row.save(update_fields=["state", "done", "done_on"])


@action("drop key message")
def drop(*, message: KeyMessage, reason: str, by: User, at: datetime) -> None:
    """It goes no further, and stays on record with why. Raises NotNow, SaysNothing."""
    row = _ready(message, Step.DROP)
    row.state, row.why_dropped = KeyMessage.State.DROPPED, _words(reason, "reason")
    row.save(update_fields=["state", "why_dropped"])


@action("open key message again")
def reopen(*, message: KeyMessage, by: User, at: datetime) -> None:
    """It is a draft once more. Raises NotNow."""
    row = _ready(message, Step.REOPEN)
    row.state, row.why_dropped, row.agreed_on, row.stood_on = KeyMessage.State.DRAFTED, "", None, []
    row.save(update_fields=["state", "why_dropped", "agreed_on", "stood_on"])


@action("move key message")
def move(*, message: KeyMessage, number: int, by: User, at: datetime) -> None:
    """It gets that number; those between move by one."""
    wave = locked(message.wave)
    rows = {row.pk: row for row in wave.key_messages.all()}
    for place, pk in enumerate(rules.moved(list(rows), message.pk, number), 1):
        if rows[pk].number != place:
            rows[pk].number = place
            rows[pk].save(update_fields=["number"])


def _ready(message: KeyMessage, step: Step) -> KeyMessage:
    """The row, held, from whose state the step may be taken. Raises NotNow."""
    row = locked(message)
    rules.take(step, row.state)
    return row


def _keep(row: KeyMessage, figures: Sequence[str], themes: Sequence[str]) -> None:
    row.figures, row.themes = list(dict.fromkeys(figures)), list(dict.fromkeys(themes))
    row.save(update_fields=["figures", "themes"])


def _words(text: str, field: str) -> str:
    words = " ".join(text.split())
    if not words:
        raise SaysNothing("Say it in a sentence.", field=field)
    return words
