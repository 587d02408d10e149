"""A control chart as a picture: figures in order, their mean, how far they go up and down anyway, and what is
more than that by shapes of its own. Drawn as narrow as a telephone; its words and its table say the same.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import ceil, floor

from wherewithal.formats.chart_frame import BLUE, INK, LINE, RED, WIDTH, circle, framed, line, text

HEIGHT = 240
SHAPES = {"limit": "diamond", "third": "square", "run": "triangle"}
"""What a figure is drawn as that stands out, by why; a figure that does not is a disc."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 16, 16, 30
_APART = 64  # units that two days under the picture need between them
_STEPS = (1, 2, 5, 10, 20, 25)


@dataclass(frozen=True)
class Point:
    """A figure in percent; ``why`` it stands out is a key of SHAPES, '' where it does not."""

    on: date
    percent: float
    why: str = ""


@dataclass(frozen=True)
class _Room:
    """How places in the order and percentages become places; the axis need not begin at 0."""

    many: int
    low: int
    high: int

    def across(self, at: int) -> float:
        part = at / (self.many - 1) if self.many > 1 else 0.5
        return _LEFT + 12 + part * (WIDTH - _LEFT - _RIGHT - 24)

    def down(self, percent: float) -> float:
        part = (percent - self.low) / (self.high - self.low)
        return HEIGHT - _BOTTOM - part * (HEIGHT - _TOP - _BOTTOM)


def svg(
    points: Sequence[Point],
    mean: float,
    limits: tuple[float, float],
    gaps: Collection[date] = (),
    *,
    title: str = "",
    says: str = "",
) -> str:
    """The picture of two ``points`` or more, in order and evenly apart. A limit that no share reaches, at 0%
    or at 100%, is not drawn; no line goes over a day of ``gaps``. ``title`` and ``says`` are for a file.
    """
    reached = [one for one in limits if 0 < one < 100]
    room = _room([*(one.percent for one in points), mean, *reached], len(points))
    out = [*_axes(room, points), *_limits(room, mean, reached)]
    for at, (one, other) in enumerate(pairwise(points)):
        if not any(one.on < gap < other.on for gap in gaps):
            ends = (
                f"{room.across(at + off):g} {room.down(it.percent):g}" for off, it in enumerate((one, other))
            )
            out.append(line("M" + "L".join(ends), LINE, 1.5))
    out += [_mark(room.across(at), room.down(one.percent), one.why) for at, one in enumerate(points)]
    return framed("".join(out), HEIGHT, title, says)


def _room(values: Sequence[float], many: int) -> _Room:
    """Whole percentages around all values, in at most five steps."""
    low, high = min(values), max(values)
    step = next(one for one in _STEPS if (high - low) / one <= 4)
    first, last = floor(low / step) * step, ceil(high / step) * step
    return _Room(many, first, last if last > first else first + step)


def _axes(room: _Room, points: Sequence[Point]) -> Iterator[str]:
    step = next(one for one in _STEPS if (room.high - room.low) / one <= 5)
    for percent in range(room.low, room.high + 1, step):
        down = room.down(percent)
        yield line(f"M{_LEFT} {down:g}H{WIDTH - _RIGHT}")
        yield f'<text x="{_LEFT - 6}" y="{down + 4:g}" text-anchor="end">{percent}%</text>'
    for at in _named(room):
        across = room.across(at)
        yield line(f"M{across:g} {HEIGHT - _BOTTOM}v5", LINE)
        near = min(max(across, _LEFT - 10), WIDTH - 32)
        yield f'<text x="{near:g}" y="{HEIGHT - 8}" text-anchor="middle">{points[at].on:%b %Y}</text>'


def _named(room: _Room) -> list[int]:
    """Which places have room for their day: the first, the last, and of the others what fits between."""
    last = room.many - 1
    kept = [0]
    for at in range(1, last):
        enough = room.across(at) - room.across(kept[-1]) >= _APART
        if enough and room.across(last) - room.across(at) >= _APART:
            kept.append(at)
    return [*kept, last] if last > 0 else kept


def _limits(room: _Room, mean: float, reached: Sequence[float]) -> Iterator[str]:
    """The mean whole and the limits dashed, each with its number at its right end."""
    for percent, dashes in ((mean, ""), *((one, "6 4") for one in reached if one != mean)):
        down = room.down(percent)
        yield line(f"M{_LEFT} {down:g}H{WIDTH - _RIGHT}", INK, 1.5, dashes)
        yield text(
            WIDTH - _RIGHT, down - 4, f"{'' if dashes else 'mean '}{percent:.1f}%", "end", bold=not dashes
        )


def _mark(x: float, y: float, why: str) -> str:
    match SHAPES.get(why):
        case "diamond":
            path = f"M{x:g} {y - 7:g}l7 7l-7 7l-7 -7z"
        case "square":
            path = f"M{x - 5:g} {y - 5:g}h10v10h-10z"
        case "triangle":
            path = f"M{x:g} {y - 7:g}l6.5 11h-13z"
        case _:
            return circle(x, y, 4, BLUE)
    fill = RED if why == "limit" else "#ffffff"
    return f'<path d="{path}" fill="{fill}" stroke="{RED}" stroke-width="2"/>'
