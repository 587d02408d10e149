"""A report's bars as a picture: SVG for PDF and web, PNG for Word. The table beside it says the same."""

from functools import cache

import altair
import vl_convert

from wherewithal.core.report import Chart

# GOV.UK's blue on white has a contrast of 5.2; bars are told apart by their labels, never by colour.
BLUE = "#1d70b8"
WIDTH_PIXELS = 420
# Letters are drawn only in a face that is there: the drawing library brings the last ones with it.
FACES = "Arial, Liberation Sans, DejaVu Sans, sans-serif"


@cache
def svg(chart: Chart) -> str:
    """The bars, each with its label and percentage."""
    return str(vl_convert.vegalite_to_svg(_spec(chart)))


@cache
def png(chart: Chart) -> bytes:
    """The same drawing at twice the size, for print."""
    return bytes(vl_convert.svg_to_png(svg(chart), scale=2))


def _spec(chart: Chart) -> str:
    rows = [{"answer": label, "percent": value, "says": f"{value:g}%"} for label, value in chart.bars]
    order = [label for label, _ in chart.bars]
    base = altair.Chart({"values": rows}).encode(
        y=altair.Y("answer:N", sort=order, title=None, axis=altair.Axis(labelLimit=260, ticks=False)),
        x=altair.X("percent:Q", title="percent", scale=altair.Scale(domain=[0, 100])),
    )
    bars = base.mark_bar(color=BLUE)
    labels = base.mark_text(align="left", dx=4).encode(text="says:N")
    picture = (bars + labels).properties(width=WIDTH_PIXELS, height=altair.Step(22))
    return str(picture.configure(font=FACES).configure_view(stroke=None).to_json())
