"""Councils in order, the highest first, each with its interval: who may be level with whom is to be seen.

A row for each council, too narrow for its name; names stand where they tell most, and all in the table.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from wherewithal.formats.chart_frame import (
    BLUE,
    INK,
    LINE,
    PALE,
    RED,
    WIDTH,
    circle,
    dots,
    framed,
    in_words,
    line,
    text,
    top_of,
)

_LEFT, _RIGHT, _TOP, _BOTTOM, _ROW = 8, 22, 22, 26, 3.4
Across = Callable[[float], float]
_APART = 5  # rows that two names need between them


@dataclass(frozen=True)
class Bar:
    """A council's value with its interval, all in the chart's unit. ``shown`` is False for one that was not
    chosen and is drawn pale; a ``peer`` is a statistical neighbour of the ``marked`` one.
    """

    name: str
    value: float
    low: float
    high: float
    shown: bool = True
    peer: bool = False
    marked: bool = False


def svg(
    bars: Sequence[Bar], middle: float, unit: str, *, title: str = "", says: str = "", names: bool = True
) -> str:
    """``bars`` in their order, the highest first, and a line at ``middle``. ``title`` and ``says`` are for a
    file of its own. Without ``names`` only the marked council's name is written.
    """
    most, foot = top_of((bar.high for bar in bars), unit), _TOP + len(bars) * _ROW

    def across(value: float) -> float:
        return _LEFT + value / most * (WIDTH - _LEFT - _RIGHT)

    out = []
    for part in (0.0, 0.25, 0.5, 0.75, 1.0):
        at = across(part * most)
        out.append(line(f"M{at:g} {_TOP}V{foot:g}", PALE if part else LINE))
        if part in (0.0, 0.5, 1.0):
            out.append(text(at, foot + 17, in_words(part * most, unit), "start" if not part else "middle"))
    out += _rows(bars, across)
    at = across(middle)
    out.append(line(f"M{at:g} {_TOP - 4}V{foot:g}", INK, 1.5, "5 3"))
    out.append(text(at, 13, f"all together {in_words(round(middle, 1), unit)}", _anchor(at)))
    out += _named(bars, across, names)
    return framed("".join(out), foot + _BOTTOM, title, says)


def _down(row: int) -> float:
    return _TOP + (row + 0.5) * _ROW


def _anchor(at: float) -> str:
    return "start" if at < WIDTH / 3 else "end" if at > WIDTH * 2 / 3 else "middle"


def _rows(bars: Sequence[Bar], across: Across) -> list[str]:
    """Intervals as lines and values as points: pale, usual, hollow for peers, large for the marked one."""
    out = []
    for shown, colour, point in ((False, PALE, PALE), (True, "#8fb3d5", BLUE)):
        of = [(row, bar) for row, bar in enumerate(bars) if bar.shown == shown and not bar.marked]
        path = "".join(f"M{across(bar.low):.1f} {_down(row):.1f}H{across(bar.high):.1f}" for row, bar in of)
        if path:
            out.append(line(path, colour, 1.6))
        out.append(dots(((across(bar.value), _down(row)) for row, bar in of), 3, point))
    for row, bar in enumerate(bars):
        if bar.peer and not bar.marked:
            out.append(circle(across(bar.value), _down(row), 4, INK, hollow=True))
    for row, bar in enumerate(bars):
        if bar.marked:
            out.append(line(f"M{across(bar.low):.1f} {_down(row):.1f}H{across(bar.high):.1f}", RED, 3))
            out.append(circle(across(bar.value), _down(row), 5, RED))
    return out


def _named(bars: Sequence[Bar], across: Across, names: bool) -> list[str]:
    """The marked council's name first, then those at the ends where there is room."""
    wanted = [row for row, bar in enumerate(bars) if bar.marked]
    wanted += [row for row in _ends(bars) if row not in wanted] if names else []
    out, taken = [], list[int]()
    for row in wanted:
        if any(abs(row - other) < _APART for other in taken):
            continue
        taken.append(row)
        bar = bars[row]
        to_the_left = across(bar.low) > WIDTH - across(bar.high)
        at = across(bar.low) - 8 if to_the_left else across(bar.high) + 8
        down = min(max(_down(row) + 4, _TOP + 10), _TOP + len(bars) * _ROW)
        out.append(text(at, down, bar.name, "end" if to_the_left else "start", bar.marked))
    return out


def _ends(bars: Sequence[Bar]) -> list[int]:
    """The first and the last row, each where nobody is level with it: of several none is the highest."""
    alone = [
        row for row, beside in ((0, 1), (-1, -2)) if len(bars) > 1 and bars[row].value != bars[beside].value
    ]
    return [row % len(bars) for row in alone]
