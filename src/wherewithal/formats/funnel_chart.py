"""A funnel: each council by how many it counts and its share, with limits that widen where few are counted.

Both pairs of limits are drawn twice: by chance alone dotted, with what councils differ by in general as
lines. Across it goes by the square root of the count, so that small councils are not heaped on each other.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

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
    round_up,
    text,
    top_of,
)

HEIGHT = 270
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 14, 12, 44
At = Callable[[float, float], tuple[float, float]]
Limits = Mapping[str, tuple[float, float]]


@dataclass(frozen=True)
class Point:
    """A council: ``size`` people are counted, ``value`` and limits are in the chart's unit; by level, before
    and after overdispersion. ``outside`` the widest of the limits after it; the rest as in an ordered chart.
    """

    name: str
    size: int
    value: float
    before: Limits
    after: Limits
    outside: bool
    shown: bool = True
    peer: bool = False
    marked: bool = False


def svg(
    points: Sequence[Point], middle: float, unit: str, of: str, *, title: str = "", says: str = ""
) -> str:
    """``points`` from the smallest size to the largest, around ``middle``; ``of`` names what is counted."""
    most = top_of((point.value for point in points), unit)
    widest = round_up(max((point.size for point in points), default=0))

    def at(point_size: float, value: float) -> tuple[float, float]:
        across = _LEFT + sqrt(point_size / widest) * (WIDTH - _LEFT - _RIGHT)
        return across, HEIGHT - _BOTTOM - min(value / most, 1) * (HEIGHT - _TOP - _BOTTOM)

    out = _axes(most, widest, unit, of, at)
    for level in ("95%", "99.8%"):
        for end in (0, 1):
            for limits, look in (("before", (LINE, 1, "1 3")), ("after", (LINE, 1.4, ""))):
                path = "L".join(
                    "{:.1f} {:.1f}".format(*at(point.size, getattr(point, limits)[level][end]))
                    for point in points
                )
                out.append(line(f"M{path}", *look))
    (left, down), (right, _) = at(0, middle), at(widest, middle)
    out.append(line(f"M{left:g} {down:g}H{right:g}", INK, 1.5, "5 3"))
    out += _drawn(points, at)
    return framed("".join(out), HEIGHT, title, says)


def _axes(most: float, widest: float, unit: str, of: str, at: At) -> list[str]:
    out = []
    for part in (0.0, 0.5, 1.0):
        _, down = at(0, part * most)
        out.append(line(f"M{_LEFT} {down:g}H{WIDTH - _RIGHT}", PALE))
        out.append(text(_LEFT - 6, down + 4, in_words(part * most, unit), "end"))
    for part in (0.0, 0.1, 0.5, 1.0) if widest < 100_000 else (0.0, 0.1, 1.0):
        across, _ = at(part * widest, 0)
        out.append(
            text(across, HEIGHT - _BOTTOM + 17, f"{part * widest:,.10g}", "end" if part == 1 else "middle")
        )
    out.append(text(_LEFT, HEIGHT - 8, of))
    return out


def _drawn(points: Sequence[Point], at: At) -> list[str]:
    """Within the limits small, outside larger; peers with a ring, the marked one with its name."""
    out = []
    for shown, outside, wide, colour in (
        (False, False, 4, PALE), (False, True, 7, PALE), (True, False, 4, BLUE), (True, True, 8, BLUE),
    ):  # fmt: skip
        of = [one for one in points if (one.shown, one.outside) == (shown, outside) and not one.marked]
        out.append(dots((at(one.size, one.value) for one in of), wide, colour))
    for one in points:
        if one.peer and not one.marked:
            x, y = at(one.size, one.value)
            out.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6" fill="none" stroke="{INK}" stroke-width="1.5"/>'
            )
    for one in points:
        if one.marked:
            x, y = at(one.size, one.value)
            anchor, beside = ("end", -10) if x > WIDTH / 2 else ("start", 10)
            out += [circle(x, y, 6, RED), text(x + beside, y + 4, one.name, anchor, bold=True)]
    return out
