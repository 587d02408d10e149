"""A survey's replies added up: by question, group and answer, with every weight, once for all tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import pyarrow as pa

from wherewithal.analytics.base import ALL
from wherewithal.analytics.engine import engine, run
from wherewithal.analytics.replies import Replies


@dataclass(frozen=True)
class Sums:
    """How many replies, their weights together, and the squares of their weights (each 1 without weights)."""

    replies: int = 0
    weight: float = 0.0
    squares: float = 0.0


NOBODY = Sums()


@dataclass(frozen=True)
class Counted:
    """``heard`` by question, group and status, ``chosen`` by value; ``senses`` by question, value, sense."""

    heard: Mapping[tuple[str, str, str], Sums]
    chosen: Mapping[tuple[str, str, str], Sums]
    senses: Mapping[tuple[str, str, str], int]


def tally(replies: Replies, by: str, weights: Sequence[float] | None) -> Counted:
    """Everything that the tables need, in three questions; ``by`` a dimension of the groups, or empty."""
    heard = _with(replies.heard, replies, by, weights)
    chosen = _with(replies.chosen, replies, by, weights)
    told = heard.filter((heard.status == "answered") & (heard.sense != ""))
    both = chosen.join(told, ["question", "reply"]).select("question", "value", sense=told.sense)
    with engine() as connection:  # opening one costs more than a question
        statuses = _sums(heard, ("question", "status"), bool(by), connection)
        values = _sums(chosen, ("question", "value"), bool(by), connection)
        rows = run(both.group_by("question", "value", "sense").aggregate(count=both.count()), connection)
    senses = {(row["question"], row["value"], row["sense"]): row["count"] for row in rows.to_pylist()}
    return Counted(statuses, values, senses)


def _with(table: pa.Table, replies: Replies, by: str, weights: Sequence[float] | None) -> Any:
    """The table with each row's group and weight, as expressions of plain words."""
    at = table["reply"].combine_chunks()
    if by:
        groups = pa.array(replies.groups[by]).dictionary_encode()
        table = table.append_column("group", groups.take(at))
    if weights is not None:
        table = table.append_column("weight", pa.array(weights, pa.float64()).take(at))
    return ibis.memtable(table)


def _sums(
    rows: Any, keys: tuple[str, str], grouped: bool, connection: Any
) -> dict[tuple[str, str, str], Sums]:
    """By the keys, for every group and for all together."""
    weighted = "weight" in rows.columns
    sums = {"replies": rows.count()}
    if weighted:
        sums |= {"weight": rows.weight.sum(), "squares": (rows.weight * rows.weight).sum()}
    by = (*keys, "group") if grouped else keys
    found: dict[tuple[str, str, str], Sums] = {}
    for row in run(rows.group_by(*by).aggregate(**sums), connection).to_pylist():
        one = Sums(row["replies"], row.get("weight", row["replies"]), row.get("squares", row["replies"]))
        whole = (row[keys[0]], ALL, row[keys[1]])
        found[whole] = added(found.get(whole, NOBODY), one)
        if grouped:
            found[row[keys[0]], row["group"], row[keys[1]]] = one
    return found


def added(first: Sums, second: Sums) -> Sums:
    """Both together."""
    return Sums(first.replies + second.replies, first.weight + second.weight, first.squares + second.squares)
