"""Take-up watched over time: which figures are more than the usual up and down, and have years a trend.

Both stand on central values; where figures have bounds, ``remarks`` say so. Percent, and points between them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from wherewithal.analytics.control import Control, Signal, TooFewValues, TrendTest, control, trend_test
from wherewithal.analytics.pace import months_between
from wherewithal.analytics.rounding import rounded
from wherewithal.analytics.targets import remarks
from wherewithal.core.money import half_up
from wherewithal.core.period import written
from wherewithal.core.refusal import Refusal
from wherewithal.core.target import Observation, Progress

A_YEAR = 12  # months
RARE = 5  # of a hundred: a trend is said to be there where chance makes one no more often
IN_WORDS: dict[Signal, str] = {
    "outside a limit": "outside a limit",
    "seven rising": "one of seven in a row that rise",
    "seven falling": "one of seven in a row that fall",
    "seven on one side": "one of seven in a row on one side of the mean",
    "two of three far out": "one of two, of three in a row, in the outer third on the same side of the mean",
}
"""Each signal as a sentence tells it of one figure."""

Why = Literal["limit", "third", "run", ""]
_WHY: dict[Signal, Why] = {
    "outside a limit": "limit", "two of three far out": "third", "seven rising": "run",
    "seven falling": "run", "seven on one side": "run",
}  # fmt: skip
"""The kind of each signal, the weightiest first."""


class NoYears(Refusal):
    """Figures that are not one a year, without a break."""


@dataclass(frozen=True)
class Watched:
    """``control`` or ``trend`` is in words why there is none, where there is none."""

    progress: Progress
    control: Control | str
    trend: TrendTest | str

    @property
    def standing_out(self) -> list[tuple[Observation, tuple[Signal, ...]]]:
        """What is more than the usual up and down, and why."""
        if isinstance(self.control, str):
            return []
        told = zip(self.progress.observations, self.control.signals, strict=True)
        return [(one, signals) for one, signals in told if signals]

    @property
    def why(self) -> list[Why]:
        """For each figure in its order the weightiest kind of its signals, '' where it has none."""
        signals = () if isinstance(self.control, str) else self.control.signals
        return [next((kind for signal, kind in _WHY.items() if signal in found), "") for found in signals]

    @property
    def of_each(self) -> list[str]:
        """Of each figure that stands out a sentence."""
        return [
            f"{written(one.on)}, {rounded(one.percent.central, 1)}%: "
            f"{', '.join(IN_WORDS[signal] for signal in signals)}."
            for one, signals in self.standing_out
        ]

    @property
    def drawn(self) -> str:
        """What a control chart shows, for who cannot see it; '' where there is none."""
        if isinstance(self.control, str):
            return ""
        ends = (
            f"{rounded(one.percent.central, 1)}% on {written(one.on)}"
            for one in (self.progress.first, self.progress.last)
        )
        return (
            f"{len(self.progress.observations)} figures, from {' to '.join(ends)}. Mean "
            f"{rounded(self.control.mean, 1)}%; the usual up and down {_usual(*self.control.limits)}. "
            f"{len(self.standing_out) or 'None'} of them {'is' if len(self.standing_out) == 1 else 'are'} "
            "more than that."
        )

    @property
    def says(self) -> list[str]:
        """All of it in sentences."""
        return [*_of_control(self), _of_trend(self.trend), *_remarks(self)]


def watched(progress: Progress) -> Watched:
    """A council's take-up by one definition."""
    values = [one.percent.central for one in progress.observations]
    try:
        limits: Control | str = control(values)
    except TooFewValues as refusal:
        limits = refusal.says
    try:
        _check_years(progress)
        tested: TrendTest | str = trend_test(values)
    except (TooFewValues, NoYears) as refusal:
        tested = refusal.says
    return Watched(progress, limits, tested)


def _check_years(progress: Progress) -> None:
    if progress.not_seen:
        raise NoYears(f"A trend is tested of years without a break, and not seen is {progress.not_seen[0]}.")
    if set(_months_apart(progress)) - {A_YEAR}:
        raise NoYears("A trend is tested of yearly figures, and these are not a year apart each.")


def _months_apart(progress: Progress) -> list[int]:
    """From each figure to the next, to the nearest month."""
    return [half_up(months_between(one.on, two.on)) for one, two in pairwise(progress.observations)]


def _of_control(found: Watched) -> Iterator[str]:
    if isinstance(found.control, str):
        yield found.control
        return
    yield (
        f"Mean {rounded(found.control.mean, 1)}%; from one figure to the next it moves by "
        f"{rounded(found.control.moving_range, 1)} points. The usual up and down "
        f"{_usual(*found.control.limits)}."
    )
    yield from found.of_each
    if not found.standing_out:
        yield "Nothing is more than that: no figure asks for a cause of its own."


def _usual(low: Fraction, high: Fraction) -> str:
    """Limits as far as a share can go: 0 to 100."""
    least, most = f"{rounded(low, 1)}%", f"{rounded(high, 1)}%"
    if low <= 0 and high >= 100:
        return "may lie anywhere from 0% to 100%"
    if low <= 0:
        return f"lies up to {most}"
    return f"lies from {least} up" if high >= 100 else f"lies from {least} to {most}"


def _of_trend(found: TrendTest | str) -> str:
    if isinstance(found, str):
        return found
    percent = rounded(100 * found.chance, 1)
    told = "It rises" if found.score > 0 else "It falls"
    which = "A trend cannot be told from chance" if 100 * found.chance > RARE else told
    return (
        f"{which}: over {found.values} years, chance alone goes as far as this, one way or the other, "
        f"{percent} times in 100 (Mann and Kendall's test)."
    )


def _remarks(found: Watched) -> Iterator[str]:
    yield from remarks(found.progress)
    if not isinstance(found.control, str) and len(set(_months_apart(found.progress))) > 1:
        yield "The figures are not evenly apart in time; a control chart takes them as if they were."
