"""What was counted of the years on record is kept, in place of what was counted before."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from wherewithal.actions.record import action
from wherewithal.analytics.figures import Case, Figure, How, Reason
from wherewithal.analytics.stands import Stands
from wherewithal.analytics.year import ReportingYear
from wherewithal.core.policy import fingerprint
from wherewithal.records.models import CountedCase, CountedYear, User


def shape(*kinds: Any) -> str:
    """How values of some dataclasses are written down: another when a field of theirs is."""
    return fingerprint([[kind.__name__, one.name, str(one.type)] for kind in kinds for one in fields(kind)])


SHAPE = shape(
    Figure, Reason, Case, How, Stands
)  # of what is kept now; what was kept in another cannot be read


@dataclass(frozen=True)
class Count:
    """One year as it was counted: by measure its figures, everyone first, and why people are in it or not;
    everybody who is behind them, so that each figure leads to exactly those whom it counted; and how many
    stand alike, from which a bridge leads to every other definition.
    """

    figures: Mapping[str, Sequence[Figure]]
    reasons: Mapping[str, Sequence[Reason]]
    cases: Sequence[Case]
    stands: Stands


@action("keep figures")
def keep(*, counted: Mapping[ReportingYear, Count], counted_from: str, by: User, at: datetime) -> None:
    """What was counted of each year; a year that is not named is let go."""
    CountedYear.objects.exclude(year__in=[year.name for year in counted]).delete()
    for year, count in counted.items():
        row, _ = CountedYear.objects.update_or_create(
            year=year.name,
            defaults={
                "until": year.until,
                "counted_at": at,
                "counted_from": counted_from,
                "shape": SHAPE,
                "figures": {id: [one.kept() for one in rows] for id, rows in count.figures.items()},
                "reasons": {id: [asdict(one) for one in rows] for id, rows in count.reasons.items()},
                "stands": count.stands.kept(),
            },
        )
        row.cases.all().delete()
        CountedCase.objects.bulk_create(
            [CountedCase(year=row, **asdict(case)) for case in count.cases], batch_size=2000
        )
