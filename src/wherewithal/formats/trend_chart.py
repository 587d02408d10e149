"""A trend as a picture: points, lines only where years are of one definition, and a gap where they are not.

Drawn as narrow as a telephone. What it says stands in the table beside it; marks have no point, and no line
goes over them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

WIDTH, HEIGHT = 320, 190
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 12, 14, 28
INK, LINE, BLUE, FACES = "#0b0c0c", "#505a5f", "#1d70b8", "Arial, sans-serif"


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


def svg(runs: Sequence[Run], unit: str) -> str:
    """The picture of ``runs`` in the order of time. It needs its table beside it, for who cannot see it."""
    dots = [dot for run in runs for dot in (*run.dots, *run.beside)]
    years = sorted({dot.year for dot in dots})
    most = 100.0 if unit == "%" else _round_up(max((dot.value or 0 for dot in dots), default=0))
    out = [*_axes(years, most, unit)]
    for run in runs:
        for dots_of, hollow in ((run.beside, True), (run.dots, False)):
            out += _run(dots_of, years, most, hollow)
    for before, after in pairwise(run for run in runs if run.dots):
        out.append(_gap(_across(before.dots[-1].year, years), _across(after.dots[0].year, years)))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" font-family="{FACES}" font-size="13" fill="{INK}" '
        f'aria-hidden="true" focusable="false">{"".join(out)}</svg>'
    )


def _axes(years: Sequence[str], most: float, unit: str) -> list[str]:
    out = []
    for part in (0.0, 0.5, 1.0):
        down = _down(part * most, most)
        out.append(f'<path d="M{_LEFT} {down:g}H{WIDTH - _RIGHT}" stroke="#b1b4b6"/>')
        words = f"{part * most:,.0f}{'%' if unit == '%' else ''}"
        out.append(f'<text x="{_LEFT - 6}" y="{down + 4:g}" text-anchor="end">{words}</text>')
    for year in years:
        at = _across(year, years)
        out.append(f'<text x="{at:g}" y="{HEIGHT - 8}" text-anchor="middle">{escape(year)}</text>')
    return out


def _run(dots: Sequence[Dot], years: Sequence[str], most: float, hollow: bool) -> list[str]:
    out = []
    for one, other in pairwise(dots):
        if one.value is not None and other.value is not None:
            ends = [f"{_across(dot.year, years):g} {_down(dot.value or 0, most):g}" for dot in (one, other)]
            out.append(
                f'<path d="M{ends[0]}L{ends[1]}" stroke="{LINE if hollow else BLUE}" stroke-width="2"/>'
            )
    look = f'fill="#ffffff" stroke="{LINE}" stroke-width="2"' if hollow else f'fill="{BLUE}"'
    for dot in dots:
        if dot.value is not None:
            at = f'cx="{_across(dot.year, years):g}" cy="{_down(dot.value, most):g}"'
            out.append(f'<circle {at} r="{4 if hollow else 5}" {look}/>')
    return out


def _gap(before: float, after: float) -> str:
    at = (before + after) / 2
    down = f"M{at:g} {_TOP}V{HEIGHT - _BOTTOM}"
    return f'<path d="{down}" stroke="{LINE}" stroke-width="2" stroke-dasharray="3 4"/>'


def _across(year: str, years: Sequence[str]) -> float:
    """By the year, so that years which are missing leave room."""
    first, last = int(years[0][:4]), int(years[-1][:4])
    inner = WIDTH - _LEFT - _RIGHT - 56  # room for half a year's name at each end
    part = (int(year[:4]) - first) / (last - first) if last > first else 0.5
    return _LEFT + 28 + part * inner


def _down(value: float, most: float) -> float:
    return HEIGHT - _BOTTOM - (value / most if most else 0.0) * (HEIGHT - _TOP - _BOTTOM)


def _round_up(value: float) -> float:
    """The next of 1, 2, 5, 10, 20, 50 and so on that holds it."""
    step = 1.0
    while step < value:
        for times in (2, 2.5, 2):
            if step >= value:
                break
            step *= times
    return step
