"""Progress towards a target as a picture: what was seen with its bounds, what is to be reached by when, and
the pace that arrives in time. Drawn as narrow as a telephone; the tables beside it say the same.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from wherewithal.formats.chart_frame import BLUE, LINE, PALE, RED, WIDTH, framed

HEIGHT = 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 16, 20, 30
_TOPS = (10, 20, 40, 60, 100)
_APART = 62  # units that two days under the picture need between them


@dataclass(frozen=True)
class Seen:
    """Percent on a day, and the bounds within which it is known."""

    on: date
    low: float
    percent: float
    high: float


@dataclass(frozen=True)
class Goal:
    """What is to be reached by a day, in percent."""

    due: date
    percent: float


@dataclass(frozen=True)
class _Room:
    """How days and percentages become places."""

    first: date
    last: date
    top: float

    def across(self, on: date) -> float:
        whole = (self.last - self.first).days
        part = (on - self.first).days / whole if whole else 0.5
        return _LEFT + 10 + part * (WIDTH - _LEFT - _RIGHT - 20)

    def down(self, percent: float) -> float:
        return HEIGHT - _BOTTOM - percent / self.top * (HEIGHT - _TOP - _BOTTOM)


def svg(
    seen: Sequence[Seen],
    goals: Sequence[Goal],
    gaps: Collection[date] = (),
    *,
    title: str = "",
    says: str = "",
) -> str:
    """The picture of ``seen`` and ``goals``, each in the order of days; the last goal is the target. No line
    goes over a day of ``gaps``. ``title`` and ``says`` are for a file of its own.
    """
    days = [*(one.on for one in seen), *(one.due for one in goals)]
    most = max([*(one.high for one in seen), *(one.percent for one in goals)])
    room = _Room(min(days), max(days), next(top for top in _TOPS if top >= most))
    out = [*_axes(room, days), *_needed(room, seen, goals), *_figures(room, seen, gaps)]
    for goal in goals:
        out += _goal(room, goal)
    return framed("".join(out), HEIGHT, title, says)


def _axes(room: _Room, days: Sequence[date]) -> Iterator[str]:
    for part in (0.0, 0.5, 1.0):
        down = room.down(part * room.top)
        yield f'<path d="M{_LEFT} {down:g}H{WIDTH - _RIGHT}" stroke="{PALE}"/>'
        yield f'<text x="{_LEFT - 6}" y="{down + 4:g}" text-anchor="end">{part * room.top:g}%</text>'
    for on in _with_room(room, sorted(set(days))):
        at = room.across(on)
        yield f'<path d="M{at:g} {HEIGHT - _BOTTOM}v5" stroke="{LINE}"/>'
        near = min(max(at, _LEFT - 10), WIDTH - 32)
        yield f'<text x="{near:g}" y="{HEIGHT - 8}" text-anchor="middle">{on:%b %Y}</text>'


def _with_room(room: _Room, days: Sequence[date]) -> list[date]:
    """Days whose names do not run into each other: the first, the last, and of the others what fits."""
    kept = [days[0]]
    for on in days[1:-1]:
        if room.across(on) - room.across(kept[-1]) >= _APART:
            kept.append(on)
    if len(days) > 1:
        while len(kept) > 1 and room.across(days[-1]) - room.across(kept[-1]) < _APART:
            kept.pop()
        kept.append(days[-1])
    return kept


def _figures(room: _Room, seen: Sequence[Seen], gaps: Collection[date]) -> Iterator[str]:
    for one, other in pairwise(seen):
        if any(one.on < gap < other.on for gap in gaps):
            continue
        ends = [f"{room.across(at.on):g} {room.down(at.percent):g}" for at in (one, other)]
        yield f'<path d="M{ends[0]}L{ends[1]}" stroke="{BLUE}" stroke-width="2"/>'
    for one in seen:
        at = room.across(one.on)
        if one.low < one.high:
            low, high = room.down(one.low), room.down(one.high)
            bar = f"M{at:g} {low:g}V{high:g}M{at - 4:g} {low:g}h8M{at - 4:g} {high:g}h8"
            yield f'<path d="{bar}" stroke="{BLUE}" stroke-width="1.5" fill="none"/>'
        yield f'<circle cx="{at:g}" cy="{room.down(one.percent):g}" r="5" fill="{BLUE}"/>'


def _needed(room: _Room, seen: Sequence[Seen], goals: Sequence[Goal]) -> Iterator[str]:
    """Dashed, from where it was last seen to the target, unless its day is over or it is there."""
    if seen and goals and seen[-1].on < goals[-1].due and seen[-1].percent < goals[-1].percent:
        ends = [(seen[-1].on, seen[-1].percent), (goals[-1].due, goals[-1].percent)]
        start, end = (f"{room.across(on):g} {room.down(percent):g}" for on, percent in ends)
        yield f'<path d="M{start}L{end}" stroke="{LINE}" stroke-width="2" stroke-dasharray="5 4"/>'


def _goal(room: _Room, goal: Goal) -> Iterator[str]:
    """A diamond, with its percentage above it."""
    at, down = room.across(goal.due), room.down(goal.percent)
    shape = f"M{at:g} {down - 7:g}l7 7l-7 7l-7 -7z"
    yield f'<path d="{shape}" fill="#ffffff" stroke="{RED}" stroke-width="2.5"/>'
    near = min(max(at, _LEFT + 14), WIDTH - 20)
    place = f'x="{near:g}" y="{down - 10:g}" text-anchor="middle"'
    yield f'<text {place} font-weight="bold">{goal.percent:g}%</text>'
