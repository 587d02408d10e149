"""What changed from one submission to another, and why: by what the audit says of the record meanwhile."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from wherewithal.core.refusal import Refusal
from wherewithal.core.roles import Role
from wherewithal.extract.fingerprints import differing
from wherewithal.extract.submission_sources import NOUNS, Source, itself, sources
from wherewithal.records.causes import Cause, causes, day_of, roles_then
from wherewithal.records.models import Submission, SubmittedRow

Done = Literal["new", "gone", "changed"]
# It came or went because the twelve months moved on; an action is on record; the record does not say.
Kind = Literal["time", "action", "unknown"]


class NotComparable(Refusal):
    """Two submissions of which what comparing needs is no longer kept, or was kept under another key."""


@dataclass(frozen=True)
class Why:
    """``verb`` as the audit has it and ``roles`` of who did it then (none: it happened by itself), where it
    is an action; ``first`` and ``last`` are the days on which it was done.
    """

    kind: Kind
    verb: str = ""
    roles: tuple[Role, ...] = ()
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Change:
    """So many ``rows`` of a type of event came, went, or differ in a field ('' for whole rows), and why."""

    what: str
    done: Done
    field: str
    why: Why
    rows: int


@dataclass(frozen=True)
class _Differs:
    """One event, whose row came, went or differs in a field."""

    what: str
    done: Done
    field: str
    about: int
    by_time: bool


def changes(new: Submission, old: Submission) -> list[Change]:
    """From ``old`` to ``new``, whole rows first, most rows first. The one is known as it was when it was
    made, so the answer stays the same. Raises NotComparable.
    """
    found = list(_differing(new, old))
    why = _causes(found, new, old)
    told = roles_then((cause.by, day_of(cause)) for cause in why.values() if cause.by is not None)
    grouped: dict[tuple[str, Done, str, Kind, str, tuple[Role, ...]], list[date]] = defaultdict(list)
    for one in found:
        cause = why.get(one)
        kind: Kind = "action" if cause else "time" if one.by_time else "unknown"
        roles = told[cause.by, day_of(cause)] if cause and cause.by is not None else ()
        key = one.what, one.done, one.field, kind, cause.verb if cause else "", roles
        grouped[key].append(day_of(cause) if cause else date.max)
    return sorted(
        (
            Change(what, done, field, _why(kind, verb, roles, days), len(days))
            for (what, done, field, kind, verb, roles), days in grouped.items()
        ),
        key=lambda one: (one.field != "", one.done != "new", -one.rows, one.what, one.field, one.why.verb),
    )


def before(of: Submission) -> Submission | None:
    """The submission that was made last before this one."""
    earlier = Submission.objects.filter(made_at__lte=of.made_at).exclude(pk=of.pk)
    return earlier.exclude(made_at=of.made_at, pk__gt=of.pk).first()


def _why(kind: Kind, verb: str, roles: tuple[Role, ...], days: Sequence[date]) -> Why:
    return Why(kind, verb, roles, min(days), max(days)) if kind == "action" else Why(kind)


def _differing(new: Submission, old: Submission) -> Iterator[_Differs]:
    if new.key_check != old.key_check or new.fields != old.fields:
        raise NotComparable(
            "The two cannot be compared: how what was sent is remembered has changed in between. The next "
            "submission can be compared with this one again."
        )
    rows, were = _rows(new), _rows(old)
    if not (rows or not new.rows_count) or not (were or not old.rows_count):
        raise NotComparable("What comparing needs is no longer kept of so old a submission.")
    for key in rows.keys() | were.keys():
        yield from _of_event(key, rows.get(key), were.get(key), new, old)


def _of_event(
    key: tuple[str, int], row: SubmittedRow | None, was: SubmittedRow | None, new: Submission, old: Submission
) -> Iterator[_Differs]:
    """An event comes with time when it began (or, where only what is over counts, ended) after the other's
    last day; it goes when it was over before the first.
    """
    what, about = key
    if row and was:
        for field in differing(new.fields, bytes(was.prints), bytes(row.prints)):
            came = field == "Event_End_Date" and row.last is not None and row.last > old.last
            yield _Differs(what, "changed", field, about, came)
    elif row:
        counts_from = row.first if what == "Service" else row.last or row.first
        yield _Differs(what, "new", "", about, counts_from > old.last or _over_before(row, old.first))
    elif was:
        yield _Differs(what, "gone", "", about, _over_before(was, new.first) or was.first > new.last)


def _over_before(row: SubmittedRow, day: date) -> bool:
    return row.last is not None and row.last < day


def _rows(of: Submission) -> dict[tuple[str, int], SubmittedRow]:
    return {(row.what, row.about): row for row in of.rows.all()}


def _causes(found: Iterable[_Differs], new: Submission, old: Submission) -> dict[_Differs, Cause]:
    """The newest action behind each difference; of a whole row that came or went with time there is none.

    An action counts between the two submissions; where what was recorded comes true on a day, before that
    too.
    """
    why: dict[_Differs, Cause] = {}
    for (what, field), those in _by_field(found).items():
        people = dict(NOUNS[what]._default_manager.filter(pk__in={one.about for one in those})
                      .values_list("pk", "person_id"))  # fmt: skip
        for source in sources(what, field) if field else (itself(what),):
            by = {one: people.get(one.about) if source.of_person else one.about for one in those}
            for one, cause in _by_source(source, by, new).items():
                newer = one not in why or why[one].at < cause.at
                if newer and (source.comes_true or cause.at > old.made_at):
                    why[one] = cause
    return why


def _by_field(found: Iterable[_Differs]) -> dict[tuple[str, str], list[_Differs]]:
    wanted: dict[tuple[str, str], list[_Differs]] = defaultdict(list)
    for one in found:
        if one.field or not one.by_time:
            wanted[one.what, one.field].append(one)
    return wanted


def _by_source(source: Source, by: dict[_Differs, int | None], new: Submission) -> dict[_Differs, Cause]:
    ids = {id for id in by.values() if id is not None}
    known = causes(source.noun, source.columns, source.link, ids, new.made_at)
    return {one: known[id] for one, id in by.items() if id in known}
