"""A trend as a picture: points, lines only where years are of one definition, and a gap where they are not.

Drawn as narrow as a telephone. What it says stands in the table beside it; marks have no point, and no line
goes over them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from wherewithal.formats.chart_frame import (
    BLUE,
    LINE,
    PALE,
    RED,
    WIDTH,
    circle,
    framed,
    in_words,
    line,
    round_up,
    text,
)

HEIGHT = 190
_LEFT, _RIGHT, _TOP, _BOTTOM = 58, 12, 14, 28


@dataclass(frozen=True)
class Dot:
    """A year's number; None where a mark stands in its place."""

    year: str
    value: float | None


@dataclass(frozen=True)
class Run:
    """Dots in one line. ``beside`` are England's of the same years, drawn hollow."""

    dots: tuple[Dot, ...]
    beside: tuple[Dot, ...] = ()


@dataclass(frozen=True)
class Aim:
    """What was to be reached in a year: a target of the same count."""

    year: str
    value: float
    title: str


def svg(runs: Sequence[Run], unit: str, aims: Sequence[Aim] = (), *, title: str = "", says: str = "") -> str:
    """The picture of ``runs`` in the order of time, with what was aimed at. It needs its table beside it, for
    who cannot see it; ``title`` and ``says`` are for a file of its own.
    """
    dots = [dot for run in runs for dot in (*run.dots, *run.beside)]
    years = sorted({dot.year for dot in dots} | {aim.year for aim in aims})
    most = 100.0 if unit == "%" else round_up(max((dot.value or 0 for dot in dots), default=0))
    out = [*_axes(years, most, unit)]
    for aim in aims:
        at, down = _across(aim.year, years), _down(aim.value, most)
        out.append(line(f"M{at - 14:g} {down:g}H{at + 14:g}", RED, 3))
        out.append(text(at, down - 5, f"{in_words(aim.value, unit)} target", "middle"))
    for run in runs:
        for dots_of, hollow in ((run.beside, True), (run.dots, False)):
            out += _run(dots_of, years, most, hollow)
    for before, after in pairwise(run for run in runs if run.dots):
        out.append(_gap(_across(before.dots[-1].year, years), _across(after.dots[0].year, years)))
    return framed("".join(out), HEIGHT, title, says)


def _axes(years: Sequence[str], most: float, unit: str) -> list[str]:
    out = []
    for part in (0.0, 0.5, 1.0):
        down = _down(part * most, most)
        out.append(line(f"M{_LEFT} {down:g}H{WIDTH - _RIGHT}", PALE))
        words = in_words(part * most, unit)
        out.append(f'<text x="{_LEFT - 6}" y="{down + 4:g}" text-anchor="end">{words}</text>')
    for year in years:
        at = _across(year, years)
        out.append(f'<text x="{at:g}" y="{HEIGHT - 8}" text-anchor="middle">{escape(year)}</text>')
    return out


def _run(dots: Sequence[Dot], years: Sequence[str], most: float, hollow: bool) -> list[str]:
    out, colour = [], LINE if hollow else BLUE
    for one, other in pairwise(dots):
        if one.value is not None and other.value is not None:
            ends = [f"{_across(dot.year, years):g} {_down(dot.value or 0, most):g}" for dot in (one, other)]
            out.append(line(f"M{ends[0]}L{ends[1]}", colour, 2))
    for dot in dots:
        if dot.value is not None:
            at = _across(dot.year, years), _down(dot.value, most)
            out.append(circle(*at, 4 if hollow else 5, colour, hollow))
    return out


def _gap(before: float, after: float) -> str:
    at = (before + after) / 2
    down = f"M{at:g} {_TOP}V{HEIGHT - _BOTTOM}"
    return line(down, LINE, 2, "3 4")


def _across(year: str, years: Sequence[str]) -> float:
    """By the year, so that years which are missing leave room."""
    first, last = int(years[0][:4]), int(years[-1][:4])
    inner = WIDTH - _LEFT - _RIGHT - 56  # room for half a year's name at each end
    part = (int(year[:4]) - first) / (last - first) if last > first else 0.5
    return _LEFT + 28 + part * inner


def _down(value: float, most: float) -> float:
    return HEIGHT - _BOTTOM - (value / most if most else 0.0) * (HEIGHT - _TOP - _BOTTOM)
