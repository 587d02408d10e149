"""Which action last changed something, who did it and in which role: the why of many rows at once."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db.models import DateTimeField, F, Model
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from wherewithal.core.roles import Role
from wherewithal.records.models import Membership


@dataclass(frozen=True)
class Cause:
    """An action: its verb ('' where it was none), who did it by the id of their login, and when."""

    verb: str
    by: int | None
    at: datetime


def causes(
    noun: type[Model], columns: Collection[str], link: str, ids: Collection[int], until: datetime
) -> dict[int, Cause]:
    """The newest change by ``until`` of any of ``columns`` (of anything where there are none) in the rows of
    ``noun`` whose ``link`` is one of ``ids``; by that id. One query.

    ``link`` is a column of the noun's history: "pgh_obj_id" for the row itself, or one that points at whom or
    what it is about. A row that was added or removed changed in all columns.
    """
    events = apps.get_model("records", f"{noun.__name__}Event").objects
    when = Coalesce(Cast(KeyTextTransform("at", "pgh_context"), DateTimeField()), F("pgh_created_at"))
    rows = (
        events.filter(**{f"{link}__in": ids})
        .order_by("pgh_id")
        .values("pgh_obj_id", "pgh_label", "pgh_context", link, *columns, when=when)
    )
    return {
        row[link]: _cause(row)
        for row in sorted(_changing(rows, columns), key=lambda one: one["when"])
        if row["when"] <= until
    }


def roles_then(whens: Iterable[tuple[int, date]]) -> dict[tuple[int, date], tuple[Role, ...]]:
    """The roles that each of these (login by id, day) held then, in the order of all roles. One query."""
    asked = set(whens)
    found: dict[tuple[int, date], set[Role]] = {one: set() for one in asked}
    held = Membership.objects.filter(user__in={user for user, _ in asked})
    for user, role, started, ended in held.values_list("user_id", "role", "started_on", "ended_on"):
        for one in asked:
            if one[0] == user and started <= one[1] and (ended is None or ended >= one[1]):
                found[one].add(Role(role))
    return {one: tuple(role for role in Role if role in roles) for one, roles in found.items()}


def day_of(cause: Cause) -> date:
    """The calendar day of an action, in London."""
    return timezone.localdate(cause.at)


def _changing(rows: Iterable[dict[str, Any]], columns: Collection[str]) -> Iterable[dict[str, Any]]:
    """Those of a history that differ from the one before, in order; in any column where none is named."""
    before: dict[int, dict[str, Any]] = {}
    for row in rows:
        past = before.get(row["pgh_obj_id"])
        before[row["pgh_obj_id"]] = row
        whole = not columns or row["pgh_label"] == "delete"
        if past is None or whole or any(row[name] != past[name] for name in columns):
            yield row


def _cause(row: dict[str, Any]) -> Cause:
    context = row["pgh_context"] or {}
    return Cause(context.get("verb", ""), context.get("by"), row["when"])
