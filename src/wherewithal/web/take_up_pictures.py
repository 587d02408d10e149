"""The pictures of a take-up page, each with its words: in the page, and as a file of its own."""

from functools import lru_cache

from wherewithal.analytics.compared import Compared, in_unit
from wherewithal.analytics.rates import Rated
from wherewithal.core.target import Target
from wherewithal.formats import funnel_chart, ordered_chart, trend_chart
from wherewithal.formats.trend_chart import Aim
from wherewithal.policy.series import Printed
from wherewithal.web.take_up_around import aims, peers, trends_of
from wherewithal.web.take_up_choice import Choice
from wherewithal.web.trend_drawn import points_of, runs_of

PICTURES = ("trend", "order", "funnel")


def pictures_of(choice: Choice) -> list[str]:
    """Which of PICTURES a choice has."""
    has = {"trend": trends_of(choice), "order": choice.compared, "funnel": choice.compared}
    return [name for name in PICTURES if has[name]]


@lru_cache(maxsize=512)
def picture(choice: Choice, name: str, alone: bool = False) -> str:
    """One of PICTURES as SVG; ``alone`` with its title and its words within, as a file."""
    title = f"{choice.part.of.title}, {choice.year}" if alone else ""
    says = words(choice, name) if alone else ""
    found = choice.compared
    if name == "trend" or found is None:
        return _trend(choice, title, says)
    return (_order if name == "order" else _funnel)(choice, found, title, says)


def words(choice: Choice, name: str) -> str:
    """What is to be seen on a picture, for who does not see it."""
    found = choice.compared
    if name == "trend" or found is None:
        return _trend_words(choice)
    return _order_words(choice, found) if name == "order" else _funnel_words(choice, found)


def place_words(choice: Choice, found: Compared) -> str:
    """Where the chosen council stands: never a place without its span, and a mark in words."""
    name, unit = choice.council_name, found.rates.unit
    if placed := found.standing(choice.council):
        of, many = found.rates, len(found.variation.standings)
        low, high = (in_unit(of, end) for end in placed.interval)
        span = (
            f"place {placed.first} to {placed.last}"
            if placed.first != placed.last
            else f"place {placed.first}"
        )
        share = said(in_unit(of, placed.of.share), unit)
        return f"{name}: {share} (interval {low} to {high}), {span} of {many}."
    if marked := found.unrated(choice.council):
        means = choice.table.marks.get(marked.mark, "")
        return f"{name} has no share: “{marked.mark}”{f', {means}' if means else ''}."
    return f"{name} was no council in {choice.year}."


def said(number: str, unit: str) -> str:
    """``24.5%``, ``3.21 per 1,000``."""
    return f"{number} {unit}".replace(" %", "%")


def printed_said(value: Printed, unit: str) -> str:
    """A printed figure with its unit; a mark alone."""
    return value.mark if value.number is None else said(value.said, unit)


def _trend_words(choice: Choice) -> str:
    parts = []
    for found in trends_of(choice):
        figures = [
            f"{one.year} {printed_said(one.value, stretch.series.unit)}"
            for stretch in found.stretches
            for one in stretch.figures
        ]
        parts.append(f"{found.where}: {'; '.join(figures)}.")
    if any(found.breaks for found in trends_of(choice)):
        parts.append("A dotted line stands where what was counted changed: nothing joins its two sides.")
    parts += [f"A red line: {one.title}." for one in aims(choice)]
    return " ".join(parts)


def _order_words(choice: Choice, found: Compared) -> str:
    of, every = found.rates, found.variation.everywhere
    low, middle, high, pooled = (
        said(in_unit(of, share), of.unit)
        for share in (every.minimum, every.median, every.maximum, every.pooled)
    )
    text = (
        f"{every.councils} councils, the highest first, from {high} to {low}, each with its 95% interval; "
        f"half of them are at {middle} or more. The broken line is all of them together, {pooled}."
    )
    return _with_chosen(choice, found, text)


def _funnel_words(choice: Choice, found: Compared) -> str:
    outside = {
        when: sum(bool(one.outside(getattr(one, when))) for one in found.funnel.placed)
        for when in ("before", "after")
    }
    text = (
        f"{len(found.funnel.placed)} councils by how many people are counted: {outside['after']} lie outside "
        f"the lines, which take in what councils differ by in general; {outside['before']} outside the "
        "dotted ones, which are for chance alone; of each two the inner are at 95%, the outer at 99.8%. "
        "Large points are outside the lines."
    )
    if choice.narrowed:
        of = [one for one in found.funnel.placed if choice.has(one.of)]
        beyond = sum(bool(one.outside(one.after)) for one in of)
        text += f" Of {choice.narrowed}, {beyond} of {len(of)} lie outside the lines."
    return _with_chosen(choice, found, text)


def apart_words(found: Compared) -> str:
    """How much more councils differ than by chance: phi is a ratio of variances, its root of distances."""
    phi = found.funnel.overdispersion.phi
    return (
        f"Typically councils lie {phi**0.5:.1f} times as far from all of them together as chance alone would "
        f"put them. Squared, as a ratio of variances, that is phi: {phi:.1f}. The further above 1 it is, the "
        "less the dotted lines mean."
    )


def _with_chosen(choice: Choice, found: Compared, text: str) -> str:
    if choice.narrowed:
        text += f" Others than {choice.narrowed} are pale."
    if choice.council:
        text += f" Red: {place_words(choice, found)}"
        text += " Rings: its statistical neighbours." if peers(choice) else ""
    return text


def _trend(choice: Choice, title: str, says: str) -> str:
    """The chosen council filled and England hollow; without one, England filled."""
    found = trends_of(choice)
    main = found[-1]
    beside = points_of(found[0]) if len(found) > 1 and choice.is_share else None
    runs = runs_of(main, beside)
    return trend_chart.svg(
        runs, choice.part.of.unit, [_aim(one) for one in aims(choice)], title=title, says=says
    )


def _aim(of: Target) -> Aim:
    began = of.due.year - ((of.due.month, of.due.day) < (4, 1))
    return Aim(f"{began}-{(began + 1) % 100:02d}", float(of.percent), of.title)


def _order(choice: Choice, found: Compared, title: str, says: str) -> str:
    scale, alike = found.rates.scale, peers(choice)
    bars = [
        ordered_chart.Bar(
            one.of.name,
            float(one.of.share * scale),
            one.interval[0] * scale,
            one.interval[1] * scale,
            **_look(choice, one.of, alike),
        )
        for one in found.variation.standings
    ]
    middle = float(found.variation.everywhere.pooled * scale)
    return ordered_chart.svg(bars, middle, found.rates.unit, title=title, says=says)


def _funnel(choice: Choice, found: Compared, title: str, says: str) -> str:
    scale, alike = found.rates.scale, peers(choice)

    def limits(of: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
        return {level: (low * scale, high * scale) for level, (low, high) in of.items()}

    points = [
        funnel_chart.Point(
            one.of.name, one.of.denominator, float(one.of.share * scale), limits(one.before),
            limits(one.after), bool(one.outside(one.after)), **_look(choice, one.of, alike),
        )
        for one in found.funnel.placed
    ]  # fmt: skip
    return funnel_chart.svg(
        points,
        found.funnel.middle * scale,
        found.rates.unit,
        "people in the base",
        title=title,
        says=says,
    )


def _look(choice: Choice, one: Rated, alike: frozenset[str]) -> dict[str, bool]:
    """How a council is drawn; ``alike`` are the codes of the marked one's neighbours, got once a picture."""
    return {
        "shown": choice.has(one),
        "peer": not alike.isdisjoint(one.codes),
        "marked": bool(choice.council) and choice.council in one.codes,
    }
