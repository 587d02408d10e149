"""How far figures go up and down anyway, beside the words that tell it: a control chart and its table."""

from dataclasses import dataclass

from markupsafe import Markup

from wherewithal.analytics.control import Control
from wherewithal.analytics.rounding import rounded
from wherewithal.analytics.targets import remarks
from wherewithal.analytics.watched import IN_WORDS, Watched, watched
from wherewithal.core.period import written
from wherewithal.core.target import Progress
from wherewithal.formats.control_chart import Point, svg
from wherewithal.web.sheets import Sheet

FEW = 5
_STANDS_OUT = "More than the usual up and down"
_SHAPES = {
    "limit": "A filled diamond: outside a limit.",
    "third": "A square: one of two, of three in a row, in the outer third on the same side of the mean.",
    "run": "A triangle: one of seven in a row that rise, that fall, or that lie on one side of the mean.",
}


@dataclass(frozen=True)
class Charted:
    """Figures watched, of which there are enough for a control chart."""

    found: Watched
    control: Control

    @property
    def says(self) -> str:
        """What the picture shows, for who cannot see it."""
        return self.found.drawn

    @property
    def key(self) -> str:
        """What each shape on it means; those that are not on it are left out."""
        shown = [words for why, words in _SHAPES.items() if why in self.found.why]
        lines = "The line across is the mean, the broken ones are the limits within 0% and 100%."
        gap = ["No line goes over a day whose figure is not known."] if self.found.progress.gaps else []
        return " ".join([lines, "A disc: no more than the usual.", *shown, *gap])

    @property
    def picture(self) -> Markup:
        """For a page."""
        return Markup(self.svg())  # noqa: S704 - drawn from numbers and days

    def svg(self, title: str = "") -> str:
        """The picture; with a ``title`` as a file of its own, with its words within."""
        points = [
            Point(one.on, float(one.percent.central), why)
            for one, why in zip(self.found.progress.observations, self.found.why, strict=True)
        ]
        low, high = map(float, self.control.limits)
        gaps = self.found.progress.gaps
        mean = float(self.control.mean)
        return svg(points, mean, (low, high), gaps, title=title, says=self.says if title else "")

    @property
    def sheet(self) -> Sheet:
        """Its table. Limits are told as they were worked out, also where no share can reach them."""
        shown, plain = [], []
        low, high = (str(rounded(one, 2)) for one in self.control.limits)
        mean = str(rounded(self.control.mean, 2))
        for one, signals in zip(self.found.progress.observations, self.control.signals, strict=True):
            percent = str(rounded(one.percent.central, 1))
            why = "; ".join(IN_WORDS[signal] for signal in signals) or "no"
            shown.append((written(one.on), f"{percent}%", why))
            plain.append((one.on.isoformat(), percent, mean, low, high, why))
        head = ("Day", "Share, %", "Mean, %", "Lower limit, %", "Upper limit, %", _STANDS_OUT)
        return Sheet(
            "control", "The usual up and down", ("Day", "Share", _STANDS_OUT), shown, (1,), head, plain
        )


def charted(progress: Progress) -> Charted | None:
    """None where there are too few figures; the words say so."""
    found = watched(progress)
    return None if isinstance(found.control, str) else Charted(found, found.control)


def watched_words(progress: Progress) -> list[str]:
    """Which figures are more than the usual up and down, and whether years have a trend; or why not. Of more
    than FEW the picture's words tell how many there are, and its table tells each.
    """
    found = watched(progress)
    elsewhere = set(remarks(progress))  # they stand in the table, a digit finer
    if len(found.of_each) > FEW:
        elsewhere |= {*found.of_each}
    return [one for one in found.says if one not in elsewhere]
