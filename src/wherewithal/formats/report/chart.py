"""A report's charts as pictures: SVG for PDF and web, PNG for Word. The table after each says the same.

They are drawn as narrow as a telephone (320 units), so that their letters can be read on one and on paper.
No colour alone tells anything: bars have their labels, and the parts of a scale differ in print without
colour too: what is positive is filled, what is negative is striped, what is neither is white.
"""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape

from wherewithal.core.report import Bar, Chart

WIDTH = 320
# Letters are drawn only in a face that is there: the library that draws for Word brings the last one with it.
FACES = "Arial, Liberation Sans, DejaVu Sans, sans-serif"
INK, LINE, TRACK, BLUE = "#0b0c0c", "#505a5f", "#f3f2f1", "#1d70b8"
# From the pole inwards. Each has a contrast of 3 or more with white.
_POSITIVE = ("#003078", "#1d70b8", "#5694ca")
_RAMP = ((0xE8, 0xF1, 0xF8), (0x00, 0x30, 0x78))
_STRIPES = (4.5, 2.5, 1.2)  # how thick of 6
_STRIPE = "#942514"
_SIZE, _ROW = 14, 18
_LETTERS = 42  # of the usual width that go in a line across
_SCALE_TALL, _BAR_TALL = 44, 16
_FULL = 268  # how long a bar of 100% is, with room for its number
_NO_ANSWER = "No answer that counts"


@cache
def svg(chart: Chart, alone: bool = False) -> str:
    """The picture. Where it stands it needs ``says`` beside it, for who cannot see it; ``alone``, as a file,
    it carries its title and ``says`` within.
    """
    tall, body = _scale(chart.bars) if chart.steps else _bars(chart.bars)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{tall:g}" '
        f'viewBox="0 0 {WIDTH} {tall:g}" font-family="{FACES}" font-size="{_SIZE}" fill="{INK}" '
        f"{_spoken(chart, tall) if alone else _UNSPOKEN}{''.join(body)}</svg>"
    )


_UNSPOKEN = 'aria-hidden="true" focusable="false">'


def _spoken(chart: Chart, tall: float) -> str:
    return (
        f'role="img" aria-labelledby="title says"><title id="title">{escape(chart.title)}</title>'
        f'<desc id="says">{escape(chart.says)}</desc><rect width="{WIDTH}" height="{tall:g}" fill="#ffffff"/>'
    )


@cache
def png(chart: Chart) -> bytes:
    """The same drawing at four times the size, for print."""
    import vl_convert  # the web draws without it

    return bytes(vl_convert.svg_to_png(svg(chart), scale=4))


def _bars(bars: Sequence[Bar]) -> tuple[float, list[str]]:
    """Each label over its bar, and the percentage at its end."""
    out: list[str] = []
    down = 0.0
    for bar in bars:
        for line in _lines(bar.label, _LETTERS):
            down += _ROW
            out.append(_text(0, down - 4, line))
        if bar.percent is None:
            out.append(_text(0, down + 13, "Not shown", LINE))
        else:
            long = bar.percent / 100 * _FULL
            out.append(_box(0, down, _FULL, _BAR_TALL, TRACK))
            out.append(_box(0, down, long, _BAR_TALL, BLUE))
            out.append(_text(_FULL + 6, down + 13, f"{bar.percent:g}%"))
        down += _BAR_TALL + 8
    return down, out


def _scale(bars: Sequence[Bar]) -> tuple[float, list[str]]:
    """One bar in parts, and under it what each part is, in the order of the scale."""
    looks = _looks(bars)
    rest = 100 - sum(bar.percent or 0 for bar in bars)
    whole = max(100.0, 100 - rest)
    out: list[str] = []
    at = 0.0
    for bar, look in zip(bars, looks, strict=True):
        wide = (bar.percent or 0) / whole * WIDTH
        if wide:
            out += look.drawn(at + 1, 1, max(wide - 2, 1), _SCALE_TALL - 2)
            if wide >= 42:
                out += _plate(at + wide / 2, _SCALE_TALL / 2, f"{bar.percent:g}%")
        at += wide
    silent = rest > len(bars) / 2  # more than what rounding leaves
    if silent:
        out += _NOBODY.drawn(at + 1, 1, WIDTH - at - 2, _SCALE_TALL - 2)
    down = _SCALE_TALL + 10.0
    key = [(look, f"{bar.percent:g}%", bar.label) for bar, look in zip(bars, looks, strict=True)]
    for look, percent, label in [*key, *([(_NOBODY, "", _NO_ANSWER)] if silent else [])]:
        out += look.drawn(1, down + 1, 16, 16)
        out.append(_text(64, down + 14, percent, anchor="end"))
        for line in _lines(label, _LETTERS - 10):
            out.append(_text(74, down + 14, line))
            down += _ROW
        down += 6
    return down, out


@dataclass(frozen=True)
class _Look:
    """How a part is filled: with a colour, or ``stripes`` so thick of 6 on white; ``edge`` dashed or not."""

    fill: str = "#ffffff"
    stripes: float = 0
    edge: str = LINE
    dashed: bool = False

    def drawn(self, x: float, y: float, wide: float, tall: float) -> Iterator[str]:
        yield _box(x, y, wide, tall, self.fill)
        down = y
        while self.stripes and down < y + tall:
            yield _box(x, down, wide, min(self.stripes, y + tall - down), _STRIPE)
            down += 6
        dash = ' stroke-dasharray="3 3"' if self.dashed else ""
        yield (
            f'<rect x="{x:g}" y="{y:g}" width="{wide:g}" height="{tall:g}" fill="none" '
            f'stroke="{self.edge}"{dash}/>'
        )


_NOBODY = _Look(dashed=True)


def _looks(bars: Sequence[Bar]) -> list[_Look]:
    """Of each step: by its pole, the stronger the nearer to the end; without poles from light to dark."""
    if not any(bar.pole for bar in bars):
        return [_Look(_between(place / max(1, len(bars) - 1)), edge=INK) for place in range(len(bars))]
    ends = {pole: [n for n, bar in enumerate(bars) if bar.pole == pole] for pole in ("positive", "negative")}
    found = []
    for place, bar in enumerate(bars):
        inwards = 0
        if bar.pole:
            same = ends[bar.pole]
            inwards = min(same.index(place) if same[0] == 0 else same[-1] - place, 2)
        found.append(
            _Look(_POSITIVE[inwards], edge=_POSITIVE[inwards]) if bar.pole == "positive"
            else _Look(stripes=_STRIPES[inwards], edge=_STRIPE) if bar.pole == "negative"
            else _Look()
        )  # fmt: skip
    return found


def _between(part: float) -> str:
    light, dark = _RAMP
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in zip(light, dark, strict=True))


def _plate(x: float, y: float, words: str) -> Iterable[str]:
    """A number in the middle of a part, on white, so that it is read on any filling."""
    wide = 8 * len(words) + 10
    return _box(x - wide / 2, y - 9, wide, 18, "#ffffff"), _text(x, y + 5, words, anchor="middle")


def _lines(words: str, most: int) -> list[str]:
    return textwrap.wrap(words, most) or [""]


def _box(x: float, y: float, wide: float, tall: float, fill: str) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{wide:g}" height="{tall:g}" fill="{fill}"/>'


def _text(x: float, y: float, words: str, fill: str = INK, *, anchor: str = "start") -> str:
    return f'<text x="{x:g}" y="{y:g}" fill="{fill}" text-anchor="{anchor}">{escape(words)}</text>'
