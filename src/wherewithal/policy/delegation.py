"""Reads one council's scheme of delegation, its three tests and its sign-off checks on a day."""

from datetime import date

from wherewithal.core.plan import PlanTest
from wherewithal.core.policy import Dated, Used
from wherewithal.core.price_change import Leeway
from wherewithal.core.sign_off import Check, Delegation
from wherewithal.policy import parameters

FILE = "local/delegation"


def delegation(used: Used, file: str = FILE) -> Delegation:
    """The scheme in force; raises NoPolicy for a day without one."""
    rows = parameters(file)
    return Delegation(
        limits=dict(used.value(rows, "limits")),
        sample_every=used.value(rows, "own_limit_sample"),
        light_below_pence_per_week=used.value(rows, "light_route_below"),
        panel_band=used.value(rows, "panel_hears_from"),
    )


def light_route(on: date) -> Dated:
    """Below what a plan takes the light route, and whose policy that is. Raises NoPolicy."""
    return parameters(FILE)["light_route_below"].at(on)


def price_leeway(used: Used, file: str = FILE) -> Leeway:
    """How far a price may move before it needs a decision; raises NoPolicy for a day without a rule."""
    return Leeway(**used.value(parameters(file), "price_leeway"))


def tests(used: Used, file: str = FILE) -> tuple[PlanTest, ...]:
    """The three tests of a plan, each put so that a no stops it."""
    return tuple(PlanTest(row["id"], row["asks"]) for row in used.value(parameters(file), "three_tests"))


def checks(used: Used, file: str = FILE) -> tuple[Check, ...]:
    """What whoever decides answers before a plan is agreed."""
    rows = used.value(parameters(file), "sign_off_checks")
    return tuple(Check(row["id"], row["asks"], row["light"]) for row in rows)
