"""Reads the rules of direct payments in force on a day: ``national/direct-payments.toml``."""

from datetime import date

from wherewithal.core.direct_payment import Condition, Conditions, Exclusion, HeldBy, NotTheseRules
from wherewithal.core.offer import WhyNot
from wherewithal.core.period import written
from wherewithal.core.policy import Used
from wherewithal.core.relatives import Relation
from wherewithal.policy import parameters, table

FILE = "national/direct-payments"


def conditions(used: Used, held_by: HeldBy) -> Conditions:
    """The conditions to answer for a direct payment that ``held_by`` would hold, of a person or a carer.

    Raises NotTheseRules for a day before 1 April 2015, whose rules are not encoded.
    """
    _check_rules(used.on)
    name = "conditions_without_capacity" if held_by == "authorised" else "conditions_with_capacity"
    rows = used.value(parameters(FILE), name)
    return Conditions(
        held_by, tuple(_condition(row) for row in rows if held_by in row.get("held_by", [held_by]))
    )


def exclusions(used: Used) -> tuple[Exclusion, ...]:
    """The orders under which needs must not be met by direct payments. Raises NotTheseRules."""
    _check_rules(used.on)
    rows = used.value(parameters(FILE), "excluded_people")
    verified = used.read["excluded_people"].verified
    return tuple(Exclusion(row["id"], row["says"], "SI 2014/2871 Schedule 1", verified) for row in rows)


def relations(used: Used) -> tuple[Relation, ...]:
    """Whom a direct payment must not pay. Raises NotTheseRules."""
    _check_rules(used.on)
    return tuple(
        Relation(
            id=row["id"],
            title=row["title"],
            household_only=row["household_only"],
            source="SI 2014/2871 reg 3",
            verified=row.get("verified", True),
        )
        for row in used.value(parameters(FILE), "excluded_relations")
    )


def reasons_declined(used: Used) -> tuple[WhyNot, ...]:
    """The coded reasons from which a declined offer chooses."""
    rows = used.value(parameters(FILE), "reasons_declined")
    return tuple(WhyNot(row["id"], row["title"], row.get("needs_words", False)) for row in rows)


def _check_rules(on: date) -> None:
    before = table(FILE)["before"]
    if on <= before["until"]:
        raise NotTheseRules(
            f"On {written(on)} these rules did not hold. {before['says']}", source=before["source"]
        )


def _condition(row: dict[str, object]) -> Condition:
    return Condition(
        id=str(row["id"]),
        label=str(row["label"]),
        asks=str(row["asks"]),
        failed=str(row["failed"]),
        source=str(row["source"]),
        ask_instead=str(row.get("ask_instead", "")),
        later=str(row.get("later", "")),
        verified=bool(row.get("verified", True)),
    )
