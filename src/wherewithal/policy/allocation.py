"""Exampleshire's allocation schemes, read from ``schemes/*.toml`` once and checked as they are read.

id, title, version, about (adult or carer), from, until, in_force, made_up, verified, source
way = "price_per_point" | "bands" | "percentile"
free_points, [[prices]] from, pence_per_point, source    # price_per_point
table = [[points from, pence a week], ...]               # bands and percentile
[percentile] contingency_percent, cases                  # what the ladder was made from
[[adjustments]] kind, says, percent or pence_per_week    # in the order in which they act
"""

from datetime import date
from functools import cache
from itertools import combinations
from typing import Any

from wherewithal.core.period import written
from wherewithal.core.policy import Dated, Parameter
from wherewithal.core.scheme import About, Adjustment, Scheme, SchemeBroken, SchemeNotInForce, Step
from wherewithal.policy import names, table

_NEEDED = {"id", "title", "version", "about", "from", "in_force", "made_up", "way", "source"}
_ALLOWED = _NEEDED | {"until", "verified", "free_points", "prices", "table", "percentile", "adjustments"}


@cache
def schemes() -> tuple[Scheme, ...]:
    """Every scheme on file, by first day, then id; two in force on one day are refused."""
    found = sorted((read(table(name)) for name in names("schemes")), key=lambda one: (one.first, one.id))
    for one, other in combinations([scheme for scheme in found if scheme.in_force], 2):
        if one.about == other.about and one.period.shared_with(other.period):
            raise SchemeBroken(
                f"The schemes “{one.title}” and “{other.title}” are in force on the same days."
            )
    return tuple(found)


def scheme(id_: str) -> Scheme:
    """The scheme of that id; raises SchemeNotInForce when there is none."""
    for found in schemes():
        if found.id == id_:
            return found
    raise SchemeNotInForce(f"There is no allocation scheme called “{id_}”.")


def scheme_in_force(on: date, about: About = "adult") -> Scheme:
    """The scheme that budgets of adults, or of carers, are worked out with on a day.

    Raises SchemeNotInForce naming the day when there is none.
    """
    for found in schemes():
        if found.in_force and found.about == about and on in found.period:
            return found
    raise SchemeNotInForce(
        f"No allocation scheme for {about}s is on record for {written(on)}. Whoever keeps the policy adds it."
    )


def read(body: dict[str, Any]) -> Scheme:
    """A scheme from a file's content; raises SchemeBroken naming the key, the adjustment or the row."""
    name = body.get("id", "without an id")
    if missing := _NEEDED - body.keys():
        raise SchemeBroken(f"The scheme “{name}” lacks: {', '.join(sorted(missing))}.")
    if unknown := body.keys() - _ALLOWED:
        raise SchemeBroken(f"The scheme “{name}” has keys that mean nothing: {', '.join(sorted(unknown))}.")
    if body["way"] not in ("price_per_point", "bands", "percentile") or body["about"] not in (
        "adult",
        "carer",
    ):
        raise SchemeBroken(f"The scheme “{name}” has a way ({body['way']}) or about that is not known.")
    return Scheme(
        id=body["id"],
        title=body["title"],
        version=body["version"],
        about=body["about"],
        first=body["from"],
        last=body.get("until"),
        source=body["source"],
        made_up=body["made_up"],
        way=body["way"],
        in_force=body["in_force"],
        verified=body.get("verified", True),
        free_points=body.get("free_points", 0),
        price=_price(body) if "prices" in body else None,
        table=tuple(Step(points_from, pence) for points_from, pence in body.get("table", ())),
        adjustments=tuple(_adjustment(row) for row in body.get("adjustments", ())),
    )


def _price(body: dict[str, Any]) -> Parameter:
    values = tuple(Dated(row["pence_per_point"], row["from"], row["source"]) for row in body["prices"])
    title = f"Price of a point in {body['title']}"
    return Parameter(f"{body['id']}.pence_per_point", title, "pence_per_week", values)


def _adjustment(row: dict[str, Any]) -> Adjustment:
    kinds = ("unpaid_care", "lives_with_someone", "sparse_place", "contingency")
    units = [unit for unit in ("percent", "pence_per_week") if unit in row]
    if row.get("kind") not in kinds or len(units) != 1 or "says" not in row:
        raise SchemeBroken(
            f"The adjustment “{row.get('kind')}” needs a kind ({', '.join(kinds)}), the words that are shown "
            "(says), and either percent or pence_per_week."
        )
    amount = row[units[0]]
    change = tuple(amount.items()) if isinstance(amount, dict) else (("yes", amount),)
    return Adjustment(row["kind"], row["says"], units[0], change)
