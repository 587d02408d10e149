"""Our own records held against the check that every return meets, before they are sent: a worklist.

They are written as they would be sent, from the first day of the newest twelve months that can be sent up to
now, and read by the reader of everybody's files. What is wrong with a person is one fault, in however many
rows of theirs it stands.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from wherewithal.actions.submission_fault import Checked, Found, keep
from wherewithal.core.period import Period
from wherewithal.core.policy import fingerprint
from wherewithal.core.submission import last_quarter_end, year_to
from wherewithal.extract.counting import PACKAGE, changes, code
from wherewithal.extract.events import Event
from wherewithal.extract.submission import Written, write
from wherewithal.extract.submission_sources import sources
from wherewithal.formats import cld
from wherewithal.policy import table
from wherewithal.policy.client_level_data import Effect
from wherewithal.policy.extract import mapping
from wherewithal.records.models import SubmissionCheck, User

FIRST_ROW = 2  # of a file, under its header
GRAVEST = ("refused", "error", "warning")
HELD_AGAINST = ("national/client-level-data", "national/client-level-data-effects")


def check(*, on: date, by: User, at: datetime) -> bool:
    """Check anew what had happened by the end of ``on``; gives whether anything was to be checked.

    Nothing is done while neither a record that is sent, nor how it is checked, nor the day has changed since,
    nor before the council is on record.
    """
    stamp = changes()
    if not stamp:
        return False
    held_against = [fingerprint(table(name)) for name in HELD_AGAINST]
    checked_from = fingerprint([stamp, on, mapping(), code(PACKAGE), held_against])
    if SubmissionCheck.objects.filter(checked_from=checked_from).exists():
        return False
    written = write(Period(year_to(last_quarter_end(on), on).first, on))
    checked = Checked(written.period, checked_from, len(written.rows), len(written.people))
    keep(found=faults(written), checked=checked, by=by, at=at)
    return True


def faults(written: Written) -> list[Found]:
    """Everything that the check finds, in no order; a fault of a person once."""
    told = _Told()
    for _ in cld.batches(written.file, found=told):
        pass
    grouped: dict[tuple[str, int, str], list[_OfRow]] = defaultdict(list)
    for one in told.of_rows:
        event, row = written.behind[one.row - FIRST_ROW], written.rows[one.row - FIRST_ROW]
        what, about = _whose(event, one.field)
        grouped[what, about, one.field].append(one.among(event, row))
    return [_found(*key, those) for key, those in grouped.items()]


@dataclass(frozen=True)
class _OfRow:
    """One fault of one row; of which event it is, once that is known."""

    row: int
    field: str
    level: str
    blank: bool
    expected: str
    effects: Sequence[Effect]
    event: Event | None = None

    def among(self, event: Event, row: Mapping[str, Any]) -> "_OfRow":
        effects = [one for one in self.effects if _meets(one, row)]
        return replace(self, effects=effects, event=event)


class _Told(cld.Findings):
    """Keeps every row that a fault is told of, not the first few alone."""

    def __init__(self) -> None:
        super().__init__()
        self.of_rows: list[_OfRow] = []

    def tell(
        self, level: Any, of_field: str, value: str, expected: str, rows: Any, *,
        effects: Sequence[tuple[Effect, int]] = (), **more: Any,
    ) -> None:  # fmt: skip
        super().tell(level, of_field, value, expected, rows, effects=effects, **more)
        if of_field:
            touched = [effect for effect, _ in effects]
            self.of_rows += [_OfRow(int(row), of_field, level, not value, expected, touched) for row in rows]


def _whose(event: Event, field: str) -> tuple[str, int]:
    """Whether the fault is one of the person or of the event."""
    kind = event.row["Event_Type"]
    of_person = any(source.of_person for source in sources(kind, field))
    return ("Person", event.of) if of_person else (kind, event.about)


def _found(what: str, about: int, field: str, those: Sequence[_OfRow]) -> Found:
    gravest = min(those, key=lambda one: GRAVEST.index(one.level))
    event = gravest.event
    assert event
    effects = {effect.id: effect for one in those for effect in one.effects}.values()
    return Found(
        event.of, what, about, None if what == "Person" else event.row["Event_Start_Date"], len(those), field,
        gravest.level, gravest.blank, gravest.expected, [one.says for one in effects], [*_measures(effects)],
    )  # fmt: skip


def _measures(effects: Iterable[Effect]) -> Iterator[str]:
    """The ids of the measures that any of them changes, each once."""
    yield from dict.fromkeys(id for one in effects for id in one.measures)


def _meets(effect: Effect, row: Mapping[str, Any]) -> bool:
    """Whether the effect is one on such a row."""
    only = all(row.get(name) in words for name, words in effect.only.items())
    return only and not any(row.get(name) in words for name, words in effect.but.items())
