"""Shares with their intervals, one under the other, and the line that they are held against."""

from collections.abc import Sequence
from dataclasses import dataclass

from wherewithal.formats.chart_frame import (
    BLUE,
    INK,
    LINE,
    PALE,
    WIDTH,
    circle,
    framed,
    in_words,
    line,
    text,
)

ROW = 40
_SIDE, _TOP, _FOOT = 12, 8, 44


@dataclass(frozen=True)
class Spread:
    """A name with its share and its interval, all in percent; ``hollow`` is drawn so."""

    name: str
    percent: float
    low: float
    high: float
    hollow: bool = False


def svg(rows: Sequence[Spread], threshold: float, *, title: str = "", says: str = "") -> str:
    """``rows`` in their order, with a dashed line at ``threshold`` percent. ``title`` and ``says`` are for a
    file of its own; on a page its table stands beside it.
    """
    most = _most(max([threshold, *(one.high for one in rows)]))
    bottom = _TOP + ROW * len(rows)
    out = [line(f"M{_SIDE} {bottom}H{WIDTH - _SIDE}", PALE)]
    for part, anchor in ((0.0, "start"), (1.0, "end")):
        out.append(text(_across(part * most, most), bottom + 18, in_words(part * most, "%"), anchor))
    at = _across(threshold, most)
    anchor = "start" if at < WIDTH / 4 else "end" if at > WIDTH * 3 / 4 else "middle"
    out.append(line(f"M{at:g} {_TOP}V{bottom}", INK, 2, "5 4"))
    out.append(text(at, bottom + 36, f"threshold {threshold:g}%", anchor))
    for number, one in enumerate(rows):
        out += _row(one, _TOP + ROW * number, most)
    return framed("".join(out), bottom + _FOOT, title, says)


def _row(one: Spread, top: float, most: float) -> list[str]:
    """The name above, the interval and the share under it."""
    low, high, at = (_across(value, most) for value in (one.low, one.high, one.percent))
    return [
        text(_SIDE, top + 15, one.name),
        line(f"M{low:g} {top + 28:g}H{high:g}", LINE, 3),
        circle(at, top + 28, 5, BLUE, hollow=one.hollow),
    ]


def _most(value: float) -> float:
    """The end of the axis: the next ten percent, or all."""
    return min(100.0, 10.0 * (int(value // 10) + 1))


def _across(percent: float, most: float) -> float:
    return _SIDE + (WIDTH - 2 * _SIDE) * percent / most
