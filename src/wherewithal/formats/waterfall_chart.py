"""From one count to another, as a waterfall: a bar for each count, and between two what leaves or comes.

Drawn as narrow as a telephone, downwards: a row a bar. What leaves is hatched and what comes is plain, so
that the two differ by more than colour; the table beside it says the same.
"""

from collections.abc import Iterator, Sequence
from textwrap import wrap

from wherewithal.core.waterfall import Moved, Total
from wherewithal.formats.chart_frame import (
    BLUE,
    INK,
    LINE,
    PALE,
    RED,
    WIDTH,
    framed,
    in_words,
    line,
    round_up,
    text,
)

_LEFT, _RIGHT, _BAR, _LETTERS, _LINE, _GAP, _AXIS = 4, 60, 16, 44, 16, 12, 24
_HATCH = (
    '<defs><pattern id="leaves" width="6" height="6" patternUnits="userSpaceOnUse" '
    f'patternTransform="rotate(45)"><rect width="6" height="6" fill="#ffffff"/>'
    f'<rect width="3" height="6" fill="{RED}"/></pattern></defs>'
)


def svg(rows: Sequence[Total | Moved], *, title: str = "", says: str = "") -> str:
    """The picture, in the order of ``rows``; a Total after moves starts anew from its own count."""
    most = round_up(max((one.whole for one in rows if isinstance(one, Total)), default=1))
    out: list[str] = [_HATCH]
    down, at = 4.0, 0
    for one in rows:
        for words in wrap(one.name, _LETTERS):
            out.append(text(_LEFT, down + 12, words, bold=isinstance(one, Total)))
            down += _LINE
        if isinstance(one, Total):
            out += _total(one, down + 2, most)
            at = one.whole
        else:
            out += _moved(one, at, down + 2, most)
            at += one.by or 0
        down += _BAR + _GAP
    out += _axis(down, most)
    return framed("".join(out), down + _AXIS, title, says)


def _total(one: Total, down: float, most: float) -> Iterator[str]:
    yield _rect(0, one.whole, down, most, f'fill="#ffffff" stroke="{INK}" stroke-width="1.5"')
    yield _rect(0, one.part, down, most, f'fill="{BLUE}"')
    yield text(_across(one.whole, most) + 5, down + 13, f"{one.whole:,}")


def _moved(one: Moved, at: int, down: float, most: float) -> Iterator[str]:
    if one.by is None:
        yield text(_across(at, most) + 5, down + 13, "[c]")
        return
    look = f'fill="url(#leaves)" stroke="{RED}"' if one.by < 0 else f'fill="{LINE}"'
    yield line(f"M{_across(at, most):.1f} {down - 3:.1f}V{down:.1f}", PALE)
    yield _rect(min(at, at + one.by), max(at, at + one.by), down, most, look)
    yield text(
        _across(max(at, at + one.by), most) + 5, down + 13, f"{one.by:+,}".replace("-", "\N{MINUS SIGN}")
    )


def _rect(low: float, high: float, down: float, most: float, look: str) -> str:
    left, right = _across(low, most), _across(high, most)
    return f'<rect x="{left:.1f}" y="{down:g}" width="{max(right - left, 1):.1f}" height="{_BAR}" {look}/>'


def _axis(down: float, most: float) -> Iterator[str]:
    yield line(f"M{_LEFT} {down:g}H{_across(most, most):g}", LINE)
    for part, anchor in ((0.0, "start"), (0.5, "middle"), (1.0, "middle")):
        at = _across(part * most, most)
        yield line(f"M{at:g} {down:g}v4", LINE)
        yield text(at, down + 18, in_words(part * most, ""), anchor)


def _across(value: float, most: float) -> float:
    return _LEFT + value / most * (WIDTH - _LEFT - _RIGHT)
