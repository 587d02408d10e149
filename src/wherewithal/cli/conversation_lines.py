"""Conversations with councils in the words of their pages, as lines of text and for machines."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import timezone

from wherewithal.core.period import written
from wherewithal.core.policy import Used
from wherewithal.extract.conversation import MADE_UP, NOBODY_SPOKE, Passed, Told
from wherewithal.policy.conversation import within
from wherewithal.policy.guidance import Advice
from wherewithal.policy.guidance import guidance as read_guidance
from wherewithal.records.conversation import Held, closed_ones, conversations, held, open_ones
from wherewithal.records.models import Conversation

TO_READ = ("number", "council", "stage", "what comes next, or came of it", "about", "remark")
HEAD = ("number", "council", "code", "stage", "what", "on", "series", "year", "percent", "overdue", "made_up")


def found(code: str, only_open: bool) -> list[Held]:
    """The open ones by what is due first, then the closed; of one council by its ``code``, of all with ''."""
    soon = within(Used(timezone.localdate()))
    rows = open_ones(soon)
    if not only_open:
        rows += [held(row, soon) for row in closed_ones()]
    return [one for one in rows if code in ("", one.row.code)]


def to_read(of: Held) -> tuple[str, ...]:
    """A line under TO_READ."""
    row, late = of.row, of.is_late(timezone.localdate())
    remarks = [*(["Overdue"] if late else []), *([MADE_UP] if row.made_up else [])]
    about = f"{row.then.title}, {row.year}: {row.then.percent}%"
    what = _coming(of, late) or f"{row.get_outcome_display()}, {_day(row.closed_on)}"
    return str(row.pk), row.council, of.standing.stage, what, about, "; ".join(remarks)


def line(of: Held) -> tuple[str, ...]:
    """The same for machines, under HEAD."""
    row, late = of.row, of.is_late(timezone.localdate())
    what, on = (of.next.what, of.next.on) if of.next else (row.get_outcome_display(), row.closed_on)
    day = on.isoformat() if on else ""
    yes = [str(one).lower() for one in (late, row.made_up)]
    return (
        str(row.pk), row.council, row.code, of.standing.stage, what, day, row.series, row.year,
        row.then.percent, *yes,
    )  # fmt: skip


def _coming(of: Held, late: bool) -> str:
    """What comes next, as its page has it; '' of one that is closed."""
    return f"{of.next.what}, {'due' if late else 'by'} {written(of.next.on)}" if of.next else ""


def _day(of: date | None) -> str:
    return written(of) if of else ""


def one(number: int) -> Told | None:
    """As it stands today; None where there is none of that number."""
    row = conversations().filter(pk=number).first()
    today = timezone.localdate()
    return None if row is None else Told(held(row, within(Used(today))), today)


def advice() -> tuple[Advice, ...]:
    """What a council can do about each key message, in their order."""
    return read_guidance().messages


def sentences(told: Told) -> Iterator[str]:
    """All that its page tells, under the page's headings."""
    row = told.row
    yield f"{row.council}: {told.then.title}, {row.year}. {told.held.standing.stage}."
    if row.made_up:
        yield f"{MADE_UP}. {NOBODY_SPOKE}"
    yield _next(told)
    yield from _figure(told)
    yield from _under("What was said", _said(told), "Nothing is written down yet.")
    yield from _under("What was agreed", _agreed(told), "No action is agreed yet.")
    yield from _under("Ahead and alike", _ahead(told), "No council is chosen yet.")
    yield from _under("Practice passed on", _passed(told), "No example was passed on yet.")
    looks = (f"{written(it.on)}, by {it.by}: {it.came_of} The figure then and on that day: {it.beside}"
             for it in row.looks.all())  # fmt: skip
    yield from _under("Looked at again", looks, "It was not looked at again yet.")


def _under(heading: str, told: Iterator[str], empty: str) -> Iterator[str]:
    yield from ("", heading)
    yield from (f"    {one}" for one in (list(told) or [empty]))


def _next(told: Told) -> str:
    ended = f"{told.row.get_outcome_display()}. {told.row.outcome_says}"
    return _coming(told.held, told.held.is_late(told.on)) or ended


def _figure(told: Told) -> Iterator[str]:
    row = told.row
    yield from ("", "Figure", f"    Then: {told.then.said}")
    yield f"    Threshold: {float(row.threshold):g}%: {told.reach}"
    yield f"    Now: {told.now.says}"
    yield f"    Why it is behind: {_made_up('; '.join(told.reasons), row) or 'Not said'}"
    yield f"    Begun: {written(row.begun_on)} by {row.begun_by}"
    yield f"    To be looked at again: {_day(row.look_on) or 'No day is set'}"
    counts = told.then.counts[:1].upper() + told.then.counts[1:]
    yield f"    {counts}, of {told.then.of}. {told.publisher}."


def _made_up(text: str, row: Conversation) -> str:
    return f"{text} ({MADE_UP[0].lower()}{MADE_UP[1:]})" if text and row.made_up else text


def _said(told: Told) -> Iterator[str]:
    for note in told.row.notes:
        instead = f" In the place of another: {note.why}" if note.corrects_id else ""
        yield f"{written(note.on)}: {note.ours}, with {note.theirs}"
        yield f"    {note.said}"
        yield f"    Written down by {note.by}, {written(timezone.localdate(note.written_at))}.{instead}"


def _agreed(told: Told) -> Iterator[str]:
    for it in told.row.agreed.all():
        late = ", overdue" if it.is_late(told.on) else ""
        ended = f" {written(it.ended_on)}: {it.came_of}" if it.ended_on else ""
        yield f"{it.what} ({it.get_state_display().lower()}{late})"
        yield f"    {it.owner}, by {written(it.due_on)}. Agreed {written(it.agreed_on)}.{ended}"


def _ahead(told: Told) -> Iterator[str]:
    ahead, row = told.ahead, told.row
    if ahead is None:
        return
    yield f"{ahead.name}: {ahead.figure.said}"
    yield (
        f"Its whole interval lies above that of {row.council}, {told.then.interval}. Number {ahead.place} of "
        f"the councils most like it, at a distance of {ahead.distance:.2f}. "
        + _made_up(f"Chosen {_day(row.matched_on)}", row) + "."
    )  # fmt: skip
    for title, mine, theirs in ahead.features:
        of_each = [f"{one:,.1f}" if one < 1000 else f"{one:,.0f}" for one in (theirs, mine)]
        yield f"    {title}: {of_each[0]}, {row.council} {of_each[1]}"


def _passed(told: Told) -> Iterator[str]:
    passed, row = told.passed, told.row
    if passed is None:
        return
    yield passed.title or f"Example {passed.row.pk}, which is not published now"
    yield f"{_made_up(f'Passed on {_day(row.passed_on_on)}', row)}. {_own(passed, row)}"
    for it in passed.take_ups:
        yield f"{it.door.name}: {it.get_result_display().lower()}{f' ({it.figure})' if it.figure else ''}"


def _own(passed: Passed, row: Conversation) -> str:
    if passed.own is None:
        return f"{row.council} has not said yet that it tries this."
    return (
        f"{row.council} took it up on {written(passed.own.since)}: {passed.own.get_result_display().lower()}."
    )


def as_json(told: Told) -> dict[str, Any]:
    """The same for machines: days by ISO, and nothing in place of what is not there yet."""
    row, passed, ahead = told.row, told.passed, told.ahead
    return {
        "number": row.pk, "council": row.council, "code": row.code, "made_up": row.made_up,
        "stage": told.held.standing.stage, "next": told.held.next, "overdue": told.held.is_late(told.on),
        "figure": told.then, "threshold_percent": float(row.threshold), "reach": told.reach.value,
        "now": told.now, "reasons": told.reasons, "begun_on": row.begun_on, "begun_by": str(row.begun_by),
        "look_on": row.look_on,
        "said": [{"on": it.on, "ours": it.ours, "theirs": it.theirs, "said": it.said, "by": str(it.by),
                  "corrects": it.why} for it in row.notes],
        "agreed": [{"what": it.what, "owner": it.owner, "due_on": it.due_on, "agreed_on": it.agreed_on,
                    "state": it.state, "ended_on": it.ended_on, "came_of": it.came_of}
                   for it in row.agreed.all()],
        "ahead": ahead, "matched_on": row.matched_on,
        "passed_on": passed and {"title": passed.title, "on": row.passed_on_on, "take_ups": [
            {"council": it.door.name, "since": it.since, "result": it.get_result_display(),
             "figure": it.figure} for it in passed.take_ups]},
        "looks": [{"on": it.on, "by": str(it.by), "came_of": it.came_of, "beside": it.beside}
                  for it in row.looks.all()],
        "outcome": row.get_outcome_display(), "outcome_says": row.outcome_says, "closed_on": row.closed_on,
    }  # fmt: skip
