"""What was counted of the years on record is kept, in place of what was counted before."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from wherewithal.actions.record import action
from wherewithal.analytics.figures import Figure
from wherewithal.analytics.people import Reason
from wherewithal.analytics.year import ReportingYear
from wherewithal.core.policy import fingerprint
from wherewithal.records.models import CountedYear, User

Counted = tuple[Mapping[str, list[Figure]], Mapping[str, list[Reason]]]


def shape(*kinds: Any) -> str:
    """How values of some dataclasses are written down: another when a field of theirs is."""
    return fingerprint([[kind.__name__, one.name, str(one.type)] for kind in kinds for one in fields(kind)])


SHAPE = shape(Figure, Reason)  # of what is kept now; what was kept in another cannot be read


@action("keep figures")
def keep(*, counted: Mapping[ReportingYear, Counted], counted_from: str, by: User, at: datetime) -> None:
    """The figures and the reasons of each year, by measure; a year that is not named is let go."""
    CountedYear.objects.exclude(year__in=[year.name for year in counted]).delete()
    for year, (figures, reasons) in counted.items():
        CountedYear.objects.update_or_create(
            year=year.name,
            defaults={
                "until": year.until,
                "counted_at": at,
                "counted_from": counted_from,
                "shape": SHAPE,
                "figures": {id: [one.kept() for one in rows] for id, rows in figures.items()},
                "reasons": {id: [asdict(one) for one in rows] for id, rows in reasons.items()},
            },
        )
