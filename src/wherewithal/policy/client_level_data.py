"""What a fault in Client Level Data does to the measures."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from wherewithal.policy import table
from wherewithal.policy.measure import measure
from wherewithal.policy.rows import Misspelt, Row


@dataclass(frozen=True)
class Effect:
    """One effect of a ``fault`` of a ``field``, on rows that hold one of the words of each field of ``only``
    and none of ``but``; ``of`` names such rows, ``measures`` are ids.

    ``fault`` is "blank" (nothing stands there, or what stands there cannot be used), "order" (the end of
    something before its start), "open" (no end by the person's death) or "unknown" (nobody can tell
    whose row it is).
    """

    id: str
    field: str
    fault: str
    of: str
    only: Mapping[str, tuple[str, ...]]
    but: Mapping[str, tuple[str, ...]]
    measures: tuple[str, ...]
    says: str

    def __hash__(self) -> int:
        return hash(self.id)


@cache
def effects() -> tuple[Effect, ...]:
    """Every effect, in the order of the file. Raises Misspelt where the file is at fault."""
    name = "national/client-level-data-effects"
    return tuple(_effect(row) for row in Row(f"{name}.toml", table(name)).rows("effects", "effect"))


@cache
def told_of() -> tuple[str, ...]:
    """The ids of the measures of which the effects are told."""
    return tuple(table("national/client-level-data-effects")["measures"])


def _effect(row: Row) -> Effect:
    row.only("id field fault of only but measures says")
    return Effect(
        row.text("id"), row.text("field"), row.text("fault"), row.text("of", ""), _words(row, "only"),
        _words(row, "but"), _measures(row), row.text("says"),
    )  # fmt: skip


def _measures(row: Row) -> tuple[str, ...]:
    """Ids, each by itself or all those of one family of measures."""
    named = row.texts("measures")
    found = tuple(id for id in told_of() if id in named or measure(id).family in named)
    if strange := set(named) - {name for id in found for name in (id, measure(id).family)}:
        raise Misspelt(f"{row.where}: no measure of the file’s list is called “{min(strange)}”")
    return found


def _words(row: Row, key: str) -> dict[str, tuple[str, ...]]:
    body = Row(f"{row.where}, {key}", row.get(key, dict, {}))
    return {field: body.texts(field) for field in body.body}
