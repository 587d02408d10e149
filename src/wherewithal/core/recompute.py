"""An allocation worked out again from what was kept with it: same answers, same policy, same penny.

Nothing is read from the policy files of today. The scheme is built again from the rows that the allocation
kept, so a file that was edited against the rules, or lost, changes no decision that was made with it.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from wherewithal.core.allocation import Allocation, allocate
from wherewithal.core.circumstances import Circumstances
from wherewithal.core.policy import Dated, Parameter
from wherewithal.core.questions import ScoreLine
from wherewithal.core.refusal import Refusal
from wherewithal.core.scheme import UNPAID_CARE, Adjustment, Scheme, Step

_HEAD = ("scheme", "free_points", "pence_per_point", "table")


class NotKept(Refusal):
    """Rows that do not hold a whole scheme."""


def recompute(inputs: Mapping[str, Any], policy: Sequence[Mapping[str, Any]]) -> Allocation:
    """The allocation of the kept ``inputs`` (points, lines, circumstances, on) under the kept ``policy``.

    Its pence, workings and fingerprint are those of the first time. Raises NotKept, or what ``allocate``
    raises.
    """
    return allocate(
        kept_scheme(policy),
        points=inputs["points"],
        score_lines=[ScoreLine(**line) for line in inputs["lines"]],
        circumstances=Circumstances(**inputs["circumstances"]),
        on=date.fromisoformat(inputs["on"]),
    )


def kept_scheme(policy: Sequence[Mapping[str, Any]]) -> Scheme:
    """The scheme that ``Allocation.policy`` holds, with the one price that was in force.

    Its title is its id, since no title is kept. Raises NotKept where the rows hold no scheme.
    """
    rows = {row["name"].rpartition(".")[2]: row for row in policy}
    if "scheme" not in rows:
        raise NotKept("What was kept with this allocation does not say which scheme it was made with.")
    head = rows["scheme"]
    id = head["name"].rpartition(".")[0]
    return Scheme(
        id=id,
        title=id,
        version=head["value"]["version"],
        about=head["value"]["about"],
        first=date.fromisoformat(head["from"]),
        last=None,
        source=head["source"],
        made_up=False,
        way=head["value"]["way"],
        verified=head["verified"],
        free_points=rows["free_points"]["value"] if "free_points" in rows else 0,
        price=_price(rows["pence_per_point"]) if "pence_per_point" in rows else None,
        table=tuple(Step(*step) for step in rows["table"]["value"]) if "table" in rows else (),
        adjustments=tuple(_adjustment(name, row) for name, row in rows.items() if name not in _HEAD),
    )


def _price(row: Mapping[str, Any]) -> Parameter:
    dated = Dated(row["value"], date.fromisoformat(row["from"]), row["source"], row["verified"])
    return Parameter(row["name"], "Price of a point", "pence_per_week", (dated,))


def _adjustment(kind: str, row: Mapping[str, Any]) -> Adjustment:
    """A database gives the levels back in an order of its own; a scheme wants its own."""
    kept = row["value"]["change"]
    levels = UNPAID_CARE if kind == "unpaid_care" else tuple(kept)
    change = tuple((level, kept[level]) for level in levels)
    return Adjustment(kind, row["value"]["says"], row["value"]["unit"], change)  # type: ignore[arg-type]
