"""What the charts of published figures share: their width, their colours, and the frame around a drawing.

Drawn as narrow as a telephone. In a page a chart is hidden from who listens, since its words and its table
stand beside it; a file of its own carries its title and its words within.
"""

from collections.abc import Iterable
from html import escape
from math import ceil

WIDTH = 320
INK, LINE, PALE, BLUE, RED = "#0b0c0c", "#505a5f", "#b1b4b6", "#1d70b8", "#942514"
FACES = "Arial, sans-serif"


def framed(body: str, tall: float, title: str = "", says: str = "") -> str:
    """The drawing as SVG. With a ``title`` it stands alone, and ``says`` what is to be seen on it."""
    spoken = (
        f'role="img" aria-labelledby="title says"><title id="title">{escape(title)}</title>'
        f'<desc id="says">{escape(says)}</desc><rect width="{WIDTH}" height="{tall:g}" fill="#ffffff"/>'
        if title
        else 'aria-hidden="true" focusable="false">'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{tall:g}" '
        f'viewBox="0 0 {WIDTH} {tall:g}" font-family="{FACES}" font-size="13" fill="{INK}" '
        f"{spoken}{body}</svg>"
    )


def line(path: str, colour: str = PALE, wide: float = 1, dashes: str = "") -> str:
    """A line along ``path``."""
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{wide:g}"{dashed}/>'


def text(x: float, y: float, words: str, anchor: str = "start", bold: bool = False) -> str:
    """Words at a place, with a white edge so that they are read over lines."""
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}"{weight} stroke="#ffffff" stroke-width="3" '
        f'paint-order="stroke">{escape(words)}</text>'
    )


def circle(x: float, y: float, wide: float, colour: str, hollow: bool = False) -> str:
    """A point; a hollow one is white within."""
    look = f'fill="#ffffff" stroke="{colour}" stroke-width="2"' if hollow else f'fill="{colour}"'
    return f'<circle cx="{x:g}" cy="{y:g}" r="{wide:g}" {look}/>'


def dots(places: Iterable[tuple[float, float]], wide: float, colour: str) -> str:
    """Many points in one path, so that a page of 150 councils stays light."""
    path = "".join(f"M{x:.1f} {y:.1f}h0" for x, y in places)
    return (
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{wide:g}" stroke-linecap="round"/>'
        if path
        else ""
    )


def top_of(values: Iterable[float], unit: str) -> float:
    """Where an axis ends: what holds all values; of percent the next ten, at most 100."""
    most = max(values, default=0)
    return min(100.0, max(10.0, ceil(most / 10) * 10.0)) if unit == "%" else round_up(most)


def round_up(value: float) -> float:
    """The next of 1, 2, 5, 10, 20, 50 and so on that holds it."""
    step = 1.0
    while step < value:
        for times in (2, 2.5, 2):
            if step >= value:
                break
            step *= times
    return step


def in_words(value: float, unit: str) -> str:
    """A number on an axis: ``50%``, ``5,000``."""
    return f"{value:,.10g}{'%' if unit == '%' else ''}"
