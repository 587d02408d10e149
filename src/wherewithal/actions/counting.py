"""What was counted of the years on record is kept, in place of what was counted before."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from wherewithal.actions.record import action
from wherewithal.analytics.figures import Figure
from wherewithal.analytics.people import Reason
from wherewithal.analytics.year import ReportingYear
from wherewithal.records.models import CountedYear, User

Counted = tuple[Mapping[str, list[Figure]], Mapping[str, list[Reason]]]


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
                "figures": {id: [one.kept() for one in rows] for id, rows in figures.items()},
                "reasons": {id: [asdict(one) for one in rows] for id, rows in reasons.items()},
            },
        )
