"""Reference: control charts and the test for a trend."""

from fractions import Fraction

from spec.tables import Page, Table
from wherewithal.analytics.control import TooFewValues, control, trend_test


def numbers(text):
    return [Fraction(one) for one in text.split()]


def limits(text):
    try:
        found = control(numbers(text))
    except TooFewValues as refusal:
        return "", "", refusal.says
    low, high = found.limits
    return (
        f"{float(found.mean):.2f}",
        f"{float(found.moving_range):.4f}",
        f"{float(low):.2f} to {float(high):.2f}",
    )


def signals(text):
    return tuple(
        f"{place}: {', '.join(found)}"
        for place, found in enumerate(control(numbers(text)).signals, 1)
        if found
    )


def tested(text):
    try:
        found = trend_test(numbers(text))
    except TooFewValues as refusal:
        return "", refusal.says
    return found.score, f"{float(found.chance):.4f}"


PAGE = Page(
    slug="control",
    title="Control charts and trends",
    says=(
        "What `wherewithal target watch` tells: which figures are more than the usual up and down, and "
        "whether years have a trend. Figures are in the order of their time."
    ),
    tables=(
        Table(
            title="Limits",
            says="Mean +/- 2.66 times the mean moving range (Shewhart's chart for single values). The first "
            "row is the worked example of the NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2 "
            "(flow rate of ten batches; there by 3 / 1.128, which is the same to two places). That it "
            "takes 8 figures is ours: of fewer a run of 7 is nearly all.",
            given=("figures",),
            then=("mean", "mean moving range", "limits"),
            rows=(
                ("49.6 47.6 49.9 51.3 47.8 51.2 52.6 52.4 53.6 52.1", "50.81", "1.8778", "45.82 to 55.80"),
                ("5 5 5 5 5 5 5 5", "5.00", "0.0000", "5.00 to 5.00"),
                ("1 2 3 4 5 6 7", "", "", "A control chart needs 8 figures; here are 7."),
            ),
            run=limits,
        ),
        Table(
            title="More than the usual up and down",
            says="A figure outside a limit; seven in a row that rise or that fall; seven in a row on one "
            "side of the mean (on it is on neither); two of three in a row in the outer third, on the "
            "same side.",
            given=("figures",),
            then=("signals, by place",),
            rows=(
                ("10 11 10 11 10 11 10 11", ()),
                (
                    "10 11 10 11 10 18 10 11 10 11 10 11",
                    ("6: outside a limit",),
                ),
                (
                    "10 14 9 10 11 12 13 14 15 16 9 14 10 15 9 14",
                    tuple(f"{place}: seven rising" for place in range(3, 11)),
                ),
                (
                    "14 10 15 14 13 12 11 10 9 8 15 10 14 9 15 10",
                    tuple(f"{place}: seven falling" for place in range(3, 11)),
                ),
                (
                    "5 9 5 9 5 9 5 15 11 15 11 15 11 15",
                    tuple(f"{place}: seven on one side" for place in range(1, 15)),
                ),
                (
                    "10 12 10 12 16 16 12 10 12 10 12 10",
                    ("5: two of three far out", "6: two of three far out"),
                ),
            ),
            run=signals,
        ),
        Table(
            title="A trend",
            says="Mann and Kendall's test, exact, to both sides: S is the pairs that rise less the pairs "
            "that fall, then how often chance alone goes as far, one way or the other. By hand: of the 120 "
            "orders of five figures one rises all the way and one falls.",
            given=("yearly figures",),
            then=("S", "by chance"),
            rows=(
                ("1 2 3 4 5", 10, "0.0167"),
                ("5 4 3 2 1", -10, "0.0167"),
                ("1 3 2 4 5", 8, "0.0833"),
                ("3 1 4 2 3", 1, "1.0000"),
                ("2 2 2 2 2", 0, "1.0000"),
                ("1 2 3 4", "", "A trend is tested of 5 years or more; here are 4."),
            ),
            run=tested,
        ),
    ),
)
