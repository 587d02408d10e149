"""Reads what budgets may not buy on a day: what holds everywhere in England, and one council's own."""

from typing import Any

from wherewithal.core.policy import Used
from wherewithal.core.restriction import Kind, Restriction
from wherewithal.policy import parameters

NATIONAL = "national/direct-payments"


def restrictions(used: Used, council: str = "local/restrictions") -> tuple[Restriction, ...]:
    """The council's own restrictions, then those of the law that the council's do not already cover.

    ``council`` names the file: ``local/restrictions-none`` for a council without any. The law's start on
    1 April 2015; a day before it has the council's only.
    """
    own = _read(used, parameters(council), "restrictions")
    law = parameters(NATIONAL)
    if used.on < law["national_restrictions"].values[0].first:
        return own
    national = _read(used, law, "national_restrictions")
    return own + tuple(rule for rule in national if not any(one.covers(rule) for one in own))


def kinds(used: Used) -> tuple[Kind, ...]:
    """The kinds of purchase that a plan's line can name."""
    return tuple(Kind(row["id"], row["title"]) for row in used.value(parameters(NATIONAL), "purchase_kinds"))


def _read(used: Used, file: dict[str, Any], name: str) -> tuple[Restriction, ...]:
    return tuple(
        Restriction(
            id=row["id"],
            kinds=tuple(row["kinds"]),
            says=row["says"],
            absolute=row["absolute"],
            source=row["source"],
            held=tuple(row.get("held", ())),
            terms=tuple(row.get("terms", ())),
            verified=row.get("verified", True),
        )
        for row in used.value(file, name)
    )
