"""Numbers known within bounds, year by year, as a picture: a bar from low to high, marked in the middle.

Several rows may stand in one year, such as scenarios; they differ by their shape and their place, not by
colour alone. Drawn as narrow as a telephone; the table beside it says the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from wherewithal.formats.chart_frame import BLUE, INK, LINE, PALE, WIDTH, framed, round_up

_LEFT, _RIGHT, _ROW, _GAP, _AXIS = 40, 16, 22, 10, 26


SHAPES = ("Disc", "Ring", "Square", "Diamond", "Triangle")
"""What stands at the central value, by a span's ``shape``."""


@dataclass(frozen=True)
class Span:
    """One number within its bounds; ``shape`` 0, 1, 2 ... is which row of a year it is."""

    low: float
    central: float
    high: float
    shape: int = 0


@dataclass(frozen=True)
class YearOf:
    """What is known of one year."""

    year: str
    spans: tuple[Span, ...]


def svg(years: Sequence[YearOf], sign: str = "", *, title: str = "", says: str = "") -> str:
    """The picture, a row a span, from 0 on; ``sign`` stands before the numbers of the axis. ``title`` and
    ``says`` are for a file of its own.
    """
    top = round_up(max(span.high for one in years for span in one.spans))
    out: list[str] = []
    down = 4.0
    for one in years:
        out.append(f'<text x="0" y="{down + 12:g}" font-weight="bold">{escape(one.year)}</text>')
        for span in one.spans:
            out += _row(span, down, top)
            down += _ROW
        down += _GAP
    return framed("".join([*_axis(down, top, sign), *out]), down + _AXIS, title, says)


def _row(span: Span, down: float, top: float) -> Iterator[str]:
    """Bounds as a bar with ends, and a mark at the central value."""
    middle = down + _ROW / 2 - 4
    low, at, high = (_across(one, top) for one in (span.low, span.central, span.high))
    bar = f"M{low:g} {middle:g}H{high:g}M{low:g} {middle - 5:g}v10M{high:g} {middle - 5:g}v10"
    yield f'<path d="{bar}" stroke="{LINE}" stroke-width="2" fill="none"/>'
    yield _mark(span.shape, at, middle)


def _mark(shape: int, x: float, y: float) -> str:
    """As ``SHAPES`` calls it; what is beyond them begins anew."""
    shape %= len(SHAPES)
    edge = f'fill="#ffffff" stroke="{INK if shape > 1 else BLUE}" stroke-width="2.5"'
    if shape == 0:
        return f'<circle cx="{x:g}" cy="{y:g}" r="6" fill="{BLUE}"/>'
    if shape == 1:
        return f'<circle cx="{x:g}" cy="{y:g}" r="5.5" {edge}/>'
    path = {
        2: f"M{x - 5:g} {y - 5:g}h10v10h-10z",
        3: f"M{x:g} {y - 7:g}l7 7l-7 7l-7 -7z",
        4: f"M{x:g} {y - 6:g}l7 11h-14z",
    }[shape]
    return f'<path d="{path}" {edge}/>'


def _axis(down: float, top: float, sign: str) -> Iterator[str]:
    for part, anchor in ((0.0, "start"), (0.5, "middle"), (1.0, "end")):
        at = _across(part * top, top)
        yield f'<path d="M{at:g} 4V{down:g}" stroke="{PALE}"/>'
        near = at + {"start": -4, "middle": 0, "end": 14}[anchor]
        yield f'<text x="{near:g}" y="{down + 18:g}" text-anchor="{anchor}">{sign}{_short(part * top)}</text>'


def _short(number: float) -> str:
    """``20 million`` for what has many noughts."""
    return f"{number / 1e6:g} million" if number >= 1e6 else f"{number:,.0f}"


def _across(value: float, top: float) -> float:
    return _LEFT + 4 + value / top * (WIDTH - _LEFT - _RIGHT - 8)
