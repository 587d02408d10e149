"""Has the audit a gap? Every row of a noun with a history must be as its newest event left it."""

import pghistory.models
from django.apps import apps
from django.db import models

from wherewithal.records.books import Check, named, one, query


def audit() -> Check:
    """Rows whose history does not begin with their making or end as they are, rows that went without one."""
    faults: list[str] = []
    rows, tables = 0, 0
    for event in histories():
        kept = event.pgh_tracked_model  # type: ignore[attr-defined]
        faults += gaps(event, kept)
        rows += one(f'SELECT count(*) FROM "{kept._meta.db_table}"')  # noqa: S608
        tables += 1
    return Check("The audit has no gap", f"{rows:,} rows of {tables} nouns", tuple(faults))


def histories() -> list[type[models.Model]]:
    """The event models of the record, in the order of their tables."""
    found = [
        model
        for model in apps.get_app_config("records").get_models()
        if issubclass(model, pghistory.models.Event) and getattr(model, "pgh_tracked_model", None)
    ]
    return sorted(found, key=lambda model: model._meta.db_table)


def gaps(event: type[models.Model], kept: type[models.Model]) -> tuple[str, ...]:
    """The rows of one noun whose history does not begin with an insert or does not end as they are, by id."""
    columns = [field.column for field in event._meta.concrete_fields if not field.name.startswith("pgh_")]
    as_it_is = ", ".join(f'standing."{column}"' for column in columns)
    as_it_was = ", ".join(f'newest."{column}"' for column in columns)
    rows = query(
        f"""WITH newest AS (
                SELECT DISTINCT ON (pgh_obj_id) * FROM "{event._meta.db_table}"
                ORDER BY pgh_obj_id, pgh_id DESC
            ), oldest AS (
                SELECT DISTINCT ON (pgh_obj_id) pgh_obj_id, pgh_label FROM "{event._meta.db_table}"
                ORDER BY pgh_obj_id, pgh_id)
            SELECT coalesce(standing.id, newest.pgh_obj_id)
            FROM "{kept._meta.db_table}" AS standing FULL JOIN newest ON newest.pgh_obj_id = standing.id
            LEFT JOIN oldest ON oldest.pgh_obj_id = newest.pgh_obj_id
            WHERE newest.pgh_id IS NULL OR oldest.pgh_label <> 'insert'
               OR (newest.pgh_label = 'delete') <> (standing.id IS NULL)
               OR standing.id IS NOT NULL AND ({as_it_is}) IS DISTINCT FROM ({as_it_was})
            ORDER BY 1"""  # noqa: S608
    )
    return named(f"{kept.__name__} {{0}}", rows)
