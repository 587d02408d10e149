"""The funnel against another's arithmetic: scipy's normal curve and numpy's percentiles, by double angles."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from wherewithal.analytics.funnel import (
    LEVELS,
    funnel,
    limits,
    overdispersion,
    pooled,
    wider_limits,
    winsorised,
)
from wherewithal.analytics.rates import per, rates
from wherewithal.policy.series import series_table

TABLES = [
    ("ascof-3d-2024-25", "3d-1a"), ("ascof-3d-2024-25", "3d-2a"), ("ascof-1c-2020-21", "1c-1a"),
    ("ascof-1c-2020-21", "1c-2a"), ("ascof-1c-2020-21", "1c-2b"),
]  # fmt: skip


class Independent:
    """The same formulas once more, on whole columns; 2 arcsin sqrt p is arccos(1 - 2p)."""

    def __init__(self, counts):
        count, size = np.array(counts, dtype=float).T
        self.size, self.middle = size, count.sum() / size.sum()
        y, self.angle = np.arccos(1 - 2 * count / size) / 2, np.arccos(1 - 2 * self.middle) / 2
        variance = 1 / (4 * size)
        z = (y - self.angle) / np.sqrt(variance)
        z = np.clip(z, *np.percentile(z, [10, 90]))
        weight, k = 1 / variance, len(size)
        self.phi = np.mean(z**2)
        self.tau_squared = max(
            0, (k * self.phi - (k - 1)) / (weight.sum() - (weight**2).sum() / weight.sum())
        )

    def before(self, tail):
        away = norm.ppf(tail) * np.sqrt(self.middle * (1 - self.middle) / self.size)
        return np.clip([self.middle - away, self.middle + away], 0, 1)

    def after(self, tail):
        away = norm.ppf(tail) * np.sqrt(1 / (4 * self.size) + self.tau_squared)
        angles = np.clip([self.angle - away, self.angle + away], 0, np.pi / 2)
        (low, high), (lowest, highest) = (1 - np.cos(2 * angles)) / 2, self.before(tail)
        return np.array([np.minimum(low, lowest), np.maximum(high, highest)])


@pytest.mark.parametrize(("id", "series"), TABLES)
def test_the_limits_of_what_was_published_are_those_of_another_reckoning(id, series):
    found = funnel(rates(series_table(id), series))
    other = Independent([(one.of.numerator, one.of.denominator) for one in found.placed])
    assert found.middle == pytest.approx(other.middle)
    assert found.overdispersion.phi == pytest.approx(other.phi)
    assert found.overdispersion.tau_squared == pytest.approx(other.tau_squared)
    for level, tail in (("95%", 0.975), ("99.8%", 0.999)):
        for when, expected in (("before", other.before(tail)), ("after", other.after(tail))):
            ours = np.array([getattr(one, when)[level] for one in found.placed]).T
            assert ours == pytest.approx(expected, abs=1e-12)


def test_the_levels_are_those_of_the_normal_curve():
    assert list(LEVELS.values()) == pytest.approx([norm.ppf(0.975), norm.ppf(0.999)])


def test_councils_that_differ_by_chance_alone_are_not_overdispersed():
    chance = np.random.default_rng(4)
    sizes = chance.integers(300, 5000, 150)
    counts = [(int(count), int(size)) for count, size in zip(chance.binomial(sizes, 0.3), sizes, strict=True)]
    found = overdispersion(counts)
    assert 0.5 < found.phi < 1
    assert found.tau_squared == 0


def test_what_councils_differ_by_beside_chance_is_found_again():
    """Winsorising a tenth at each end leaves a normal curve this much of its variance."""
    cut = norm.ppf(0.9)
    left = 0.8 - 2 * cut * norm.pdf(cut) + 0.2 * cut**2
    chance, size, between = np.random.default_rng(4), 2000, 0.08
    shares = np.sin(np.pi / 6 + chance.normal(0, between, 5000)) ** 2
    found = overdispersion([(int(count), size) for count in chance.binomial(size, shares)])
    assert found.phi == pytest.approx(left * (1 + 4 * size * between**2), rel=0.04)
    assert found.tau_squared == pytest.approx((found.phi - 1) / (4 * size), rel=0.01)


def test_limits_lie_within_0_and_1_around_the_middle_and_what_is_not_within_them_is_outside():
    for id, series in TABLES:
        found = funnel(rates(series_table(id), series))
        for one in found.placed:
            for ends in (one.before, one.after):
                (low, high), (lower, higher) = ends["95%"], ends["99.8%"]
                assert 0 <= lower <= low <= found.middle <= high <= higher <= 1
                share = float(one.of.share)
                assert bool(one.outside(ends)) == (not low <= share <= high)


@given(
    st.lists(
        st.integers(1, 20000).flatmap(lambda size: st.tuples(st.integers(0, size), st.just(size))),
        min_size=1, max_size=40,
    )
)  # fmt: skip
def test_overdispersion_narrows_no_limit_of_any_table(counts):
    middle, tau_squared = pooled(counts), overdispersion(counts).tau_squared
    for _, size in counts:
        for z in LEVELS.values():
            (low, high), (lower, higher) = limits(middle, size, z), wider_limits(middle, size, z, tau_squared)
            assert 0 <= lower <= low <= high <= higher <= 1


def test_a_small_council_with_nobody_is_no_further_out_once_overdispersion_is_taken_in():
    """0 of 1,887 where 2.5 in a thousand is the rule: the arcsine scale alone puts it below 99.8%."""
    by = per("population:population:2020:18-64+65-74+75-84+85-over")
    found = funnel(rates(series_table("direct-payments-31-march"), "direct-payments-2012", by=by))
    (scilly,) = (one for one in found.placed if one.of.name == "Isles of Scilly")
    assert (scilly.of.numerator, scilly.of.denominator) == (0, 1887)
    assert scilly.outside(scilly.before) == "below 95%"
    assert scilly.outside(scilly.after) in ("", "below 95%")


def test_which_councils_lie_outside_before_and_after_overdispersion():
    found = funnel(rates(series_table("ascof-3d-2024-25"), "3d-2a"))
    outside = {one.of.name: (one.outside(one.before), one.outside(one.after)) for one in found.placed}
    assert outside["Gloucestershire"] == ("below 99.8%", "below 99.8%")
    assert outside["Isle of Wight"] == ("above 99.8%", "above 99.8%")
    assert outside["Darlington"] == ("above 95%", "")
    assert sum(1 for _, after in outside.values() if after.endswith("99.8%")) == 4


def test_winsorised_are_a_tenth_at_each_end_and_one_alone_is_left():
    assert winsorised([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) == [1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9]
    assert winsorised([7.0]) == [7.0]
    assert overdispersion([(3, 10)]).tau_squared == 0
