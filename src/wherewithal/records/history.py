"""Every change of one person's record, of a wave of a survey, of a quotation, of an example of the compendium
or of a conversation with a council, from the event tables: what each action did, before and after.

The rows of one action share a context. An event belongs to a person by its own column, or by the plan or the
arrangement that it is part of; to a wave or a quotation by its own column. A payment run belongs to all whom
it pays: who checked and approved it is part of how each of them was paid, what it comes to in all is not.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, reduce
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import DateTimeField, F, Model, Q, QuerySet, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce

from wherewithal.records.models import Conversation, Example, Person, Quotation, Run, TakeUp, Wave

DONE = {"insert": "added", "update": "changed", "delete": "removed"}
BY: dict[type[Model], tuple[str, ...]] = {
    Person: ("person", "plan__person", "arrangement__person"),
    Wave: ("wave", "invitation__wave"),
    Quotation: ("quotation",),
    Example: ("example",),
    TakeUp: ("take_up",),
    Conversation: ("conversation",),
}
# What has a history of its own: a wave's tells nothing of what was answered.
APART: dict[type[Model], tuple[type[Model], ...]] = {Wave: (Quotation,)}
Subject = Person | Wave | Quotation | Example | TakeUp | Conversation
# What belongs to many people: the way from its event to them, and the columns that are about them together.
OF_MANY: dict[type[Model], str] = {Run: "pgh_obj__payments__person"}
TOGETHER: dict[type[Model], tuple[str, ...]] = {
    Run: ("total_pence", "payments_count", "file_name", "file_sha256"),
}


@dataclass(frozen=True)
class Difference:
    """One column (a model's field), before and after; both as they were stored (a foreign key as its id)."""

    field: Any
    before: Any
    after: Any


@dataclass(frozen=True)
class Change:
    """One row that an action added, changed or removed. An added row's ``before`` is None throughout, as is a
    removed row's ``after``. ``row`` holds its columns as they were then (an event, not a row of ``noun``).
    """

    noun: type[Model]
    done: str
    differences: tuple[Difference, ...]
    row: Any


@dataclass
class Deed:
    """What one action did: its verb, who, when, why, whatever else it kept, and the rows."""

    at: datetime
    context: dict[str, Any]
    changes: list[Change] = field(default_factory=list)


Key = tuple[UUID | None, datetime, datetime]


def keys(of: Subject) -> Any:
    """One (context id, moment told, moment written) for each action that touched this person, wave or
    quotation, newest first; to be paged. Within one transaction the moment written is the same.
    """
    told = Cast(KeyTextTransform("at", "pgh_context"), DateTimeField())
    rows = [
        events.annotate(when=Coalesce(told, F("pgh_created_at"))).values_list(
            "pgh_context_id", "when", "pgh_created_at"
        )
        for events in _events(of).values()
    ]
    return rows[0].union(*rows[1:]).order_by("-when", "-pgh_created_at", "pgh_context_id")


def deeds(of: Subject, page: Iterable[Key]) -> list[Deed]:
    """What was done under ``page``'s keys, in their order; one query more than nouns were touched."""
    wanted = list(page)
    ids = {key for key, _, _ in wanted if key}
    bare = {written for key, _, written in wanted if key is None}
    inside = Q(pgh_context_id__in=ids) | Q(pgh_context_id=None, pgh_created_at__in=bare)
    found: dict[Any, Deed] = {key or written: Deed(when, {}) for key, when, written in wanted}
    for noun, rows in _touched(of, inside).items():
        for event, change in _changes(noun, rows):
            deed = found.get(event.pgh_context_id or event.pgh_created_at)
            if deed:
                deed.context = deed.context | (event.pgh_context or {})
                deed.changes.append(change)
    return list(found.values())


def why(row: Model, verb: str) -> str:
    """The reason that was given when ``verb`` was last done to ``row``; '' for none."""
    events = _nouns()[type(row)].objects.filter(pgh_obj_id=row.pk, pgh_context__verb=verb)
    said = events.order_by("pgh_id").values_list("pgh_context__why", flat=True).last()
    return str(said or "")


def _touched(of: Subject, inside: Q) -> dict[type[Model], set[int]]:
    """The rows that were touched: ids by noun."""
    by_table = {noun._meta.label: noun for noun in _nouns()}
    rows = [
        events.filter(inside).annotate(noun=Value(noun._meta.label)).values_list("noun", "pgh_obj_id")
        for noun, events in _events(of).items()
    ]
    found: dict[type[Model], set[int]] = defaultdict(set)
    for label, pk in rows[0].union(*rows[1:]):
        found[by_table[label]].add(pk)
    return found


def _changes(noun: type[Model], ids: set[int]) -> Iterable[tuple[Any, Change]]:
    """Every event of these rows, oldest first, as a change from the event before it."""
    before: dict[int, Any] = {}
    for event in _nouns()[noun].objects.filter(pgh_obj_id__in=ids).order_by("pgh_id"):
        past, done = before.get(event.pgh_obj_id), DONE[event.pgh_label]
        before[event.pgh_obj_id] = event
        was, became = (event, None) if done == "removed" else (past, event)  # a removal keeps the last values
        yield event, Change(noun, done, tuple(_differences(noun, was, became)), event)


def _differences(noun: type[Model], was: Any, became: Any) -> Iterable[Difference]:
    """The columns in which two events of a row differ; None is no row."""
    for column in _columns(noun):
        old, new = getattr(was, column.attname, None), getattr(became, column.attname, None)
        if old != new:
            yield Difference(column, old, new)


@cache
def _nouns() -> dict[type[Model], Any]:
    """Each tracked noun with its event table."""
    return {
        model.pgh_tracked_model: model
        for model in apps.get_app_config("records").get_models()
        if hasattr(model, "pgh_tracked_model")
    }


@cache
def _columns(noun: type[Model]) -> tuple[Any, ...]:
    kept = {column.name for column in _nouns()[noun]._meta.fields}
    kept -= {*TOGETHER.get(noun, ())}
    return tuple(one for one in noun._meta.fields if one.name in kept and not one.primary_key)


def _events(of: Subject) -> dict[type[Model], QuerySet[Any]]:
    """The events of each noun that can belong to it, unordered."""
    found = {}
    for noun, events in _nouns().items():
        ways = _ways(noun, type(of))
        if ways:
            mine = reduce(Q.__or__, (Q(**{way: of.pk}) for way in ways))
            found[noun] = events.objects.filter(mine).order_by()
    return found


@cache
def _ways(noun: type[Model], of: type[Model]) -> tuple[str, ...]:
    """The columns by which an event of ``noun`` belongs to a person, a wave or a quotation (``of``)."""
    if noun is of:
        return ("pgh_obj",)
    if noun in APART.get(of, ()):
        return ()
    if of is Person and noun in OF_MANY:
        return (OF_MANY[noun],)
    names = {column.name for column in noun._meta.fields}
    if of is Person and {"cared_for", "carer"} <= names:
        return ("carer", "cared_for")
    return next(((way,) for way in BY[of] if way.split("__")[0] in names), ())
