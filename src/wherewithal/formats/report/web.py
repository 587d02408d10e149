"""A report as one web page that stands alone: no script, no other file, every chart with its alternative."""

from pathlib import Path

import jinja2
from markupsafe import Markup

from wherewithal.core.period import written
from wherewithal.core.release import hash_line
from wherewithal.core.report import Report
from wherewithal.formats.report.chart import svg

HERE = Path(__file__).parent

_ENVIRONMENT = jinja2.Environment(loader=jinja2.FileSystemLoader(HERE), autoescape=True, trim_blocks=True)


def page(report: Report) -> bytes:
    """The whole report as one HTML file in UTF-8."""
    template = _ENVIRONMENT.get_template("report.html")
    text = template.render(
        report=report,
        published=written(report.published_on),
        hash_line=hash_line(report),
        style=Markup((HERE / "report.css").read_text()),  # noqa: S704 - our own words, no input
        drawn=lambda chart: Markup(svg(chart)),  # noqa: S704 - drawn from escaped labels
    )
    return text.encode()
