"""Reference: councils compared: how far they lie apart, ranks with intervals, the funnel, who is alike."""

from fractions import Fraction

from spec.tables import Page, Table
from wherewithal.analytics.funnel import LEVELS, limits, overdispersion, wider_limits
from wherewithal.analytics.interval import wilson
from wherewithal.analytics.neighbours import Feature, distances
from wherewithal.analytics.rates import Rated
from wherewithal.analytics.variation import spread, standings


def rated(counts):
    return [Rated(f"Council {at}", (str(at),), "North", "County", *one) for at, one in enumerate(counts, 1)]


def percent(share):
    return f"{float(100 * share):.1f}%"


def middle(*counts):
    found = spread(rated(counts), Fraction(10, 100), Fraction(20, 100))
    return percent(found.median), percent(found.mean), percent(found.pooled), found.under, found.over


def quartiles(*counts):
    found = spread(rated(counts), Fraction(0), Fraction(1))
    return tuple(map(percent, (found.minimum, found.lower_quartile, found.median, found.upper_quartile)))


def ranks(*counts):
    by_name = {one.of.name: f"{one.first} to {one.last}" for one in standings(rated(counts))}
    return tuple(by_name[name] for name in sorted(by_name))


def between(low, high):
    return f"{low:.4f} to {high:.4f}"


def narrow(share, size, level):
    return between(*limits(share, size, LEVELS[level]))


def wide(share, size, level, tau_squared):
    return between(*wider_limits(share, size, LEVELS[level], tau_squared))


def dispersed(*counts):
    found = overdispersion(counts)
    return f"{found.phi:.4f}", f"{found.tau_squared:.6f}"


def apart(of, other, third):
    features = (
        Feature("one", "", "", "", (), "as it is", 1), Feature("two", "", "", "", (), "square root", 0.5)
    )  # fmt: skip
    found = distances({"of": of, "other": other, "third": third}, "of", features)
    return f"{found['other']:.4f}", f"{found['third']:.4f}"


PAGE = Page(
    slug="comparison",
    title="Councils compared",
    says=(
        "Of one published series, year and group. A share is a count of a count, such as 30 of 200; a "
        "council with a mark in place of its figure has none."
    ),
    tables=(
        Table(
            title="Two means, kept apart",
            says="The mean of rates counts every council once, the pooled rate every person once. Who is "
            "level with a threshold is neither under nor over it (here 10% and 20%).",
            given=("first", "second", "third"),
            then=("median", "mean of rates", "pooled rate", "under 10%", "over 20%"),
            rows=(
                ((1, 100), (2, 10), (5, 10), "20.0%", "23.7%", "6.7%", 1, 1),
                ((10, 100), (20, 100), (30, 100), "20.0%", "20.0%", "20.0%", 0, 1),
                ((0, 50), (0, 50), (0, 50), "0.0%", "0.0%", "0.0%", 3, 0),
            ),
            run=middle,
        ),
        Table(
            title="Quartiles",
            says="On the line between two councils (Hyndman and Fan, 1996, definition 7).",
            given=("first", "second", "third", "fourth"),
            then=("lowest", "lower quartile", "median", "upper quartile"),
            rows=(((40, 100), (10, 100), (30, 100), (20, 100), "10.0%", "17.5%", "25.0%", "32.5%"),),
            run=quartiles,
        ),
        Table(
            title="The interval of a share",
            says="95%, Wilson. These are the worked examples of Newcombe, Two-sided confidence intervals for "
            "the single proportion, Statistics in Medicine 17, 1998, table I (method 3).",
            given=("count", "of"),
            then=("interval",),
            rows=(
                (81, 263, "0.2553 to 0.3662"),
                (15, 148, "0.0624 to 0.1605"),
                (0, 20, "0.0000 to 0.1611"),
                (1, 29, "0.0061 to 0.1718"),
            ),
            run=lambda count, size: between(*wilson(count, size)),
        ),
        Table(
            title="Ranks",
            says="Never alone: the span that the intervals allow, 1 for the highest share. Small councils "
            "could stand almost anywhere.",
            given=("first", "second", "third"),
            then=("first", "second", "third"),
            rows=(
                ((500, 1000), (300, 1000), (100, 1000), "1 to 1", "2 to 2", "3 to 3"),
                ((5, 10), (3, 10), (1, 10), "1 to 3", "1 to 3", "1 to 3"),
                ((500, 1000), (5, 10), (100, 1000), "1 to 2", "1 to 2", "3 to 3"),
            ),
            run=ranks,
        ),
        Table(
            title="Funnel: control limits",
            says="p0 +/- z sqrt(p0 (1 - p0) / n), from 0 to 1; z is that of 0.975 for 95% and of 0.999 for "
            "99.8% (Spiegelhalter, Statistics in Medicine 24, 2005).",
            given=("p0", "n", "level"),
            then=("limits",),
            rows=(
                (0.5, 100, "95%", "0.4020 to 0.5980"),
                (0.5, 100, "99.8%", "0.3455 to 0.6545"),
                (0.02, 10, "95%", "0.0000 to 0.1068"),
                (0.98, 10, "99.8%", "0.8432 to 1.0000"),
            ),
            run=narrow,
        ),
        Table(
            title="Funnel: limits with overdispersion",
            says="sin^2(arcsin sqrt p0 +/- z sqrt(1 / 4n + tau^2)), the angle from 0 to a right one; or the "
            "limit by chance alone where that lies further out. Near 0 and 1 the two are made on different "
            "scales, and what councils differ by in general can make no limit narrower: in the last row the "
            "angles alone would give 0.0008 for the lower end.",
            given=("p0", "n", "level", "tau^2"),
            then=("limits",),
            rows=(
                (0.5, 100, "95%", 0.0, "0.4020 to 0.5980"),
                (0.5, 100, "95%", 0.0075, "0.3090 to 0.6910"),
                (0.02, 10, "95%", 0.0, "0.0000 to 0.1906"),
                (0.98, 10, "99.8%", 0.01, "0.5652 to 1.0000"),
                (0.0025, 1887, "95%", 0.0, "0.0002 to 0.0053"),
            ),
            run=wide,
        ),
        Table(
            title="Funnel: how much councils differ",
            says="y = arcsin sqrt p, s = 1 / (2 sqrt n), z = (y - arcsin sqrt p0) / s with 10% at each end "
            "brought in to the percentile there; phi is the mean of z^2, w = 1 / s^2, tau^2 = (k phi - "
            "(k - 1)) / (sum w - sum w^2 / sum w), or 0 where that is less. The second row by hand: the "
            "outer angles are pi / 12 away, so z is 5.236, winsorised 4.1888; phi = 2/3 of its square.",
            given=("first", "second", "third"),
            then=("phi", "tau^2"),
            rows=(
                ((50, 100), (50, 100), (50, 100), "0.0000", "0.000000"),
                ((25, 100), (50, 100), (75, 100), "11.6973", "0.041365"),
            ),
            run=dispersed,
        ),
        Table(
            title="Who is alike",
            says="Two features of three councils: the first as it is, of weight 1, the second by its square "
            "root, of weight 0.5; each is spread from 0 to its weight, and distances are Euclidean.",
            given=("of", "another", "a third"),
            then=("to another", "to the third"),
            rows=(
                ((0.0, 0.0), (1.0, 1.0), (2.0, 4.0), "0.5590", "1.1180"),
                ((5.0, 9.0), (5.0, 9.0), (5.0, 9.0), "0.0000", "0.0000"),
            ),
            run=apart,
        ),
    ),
)
