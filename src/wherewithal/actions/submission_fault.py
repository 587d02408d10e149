"""What the check of our own records found is kept: what is new, still stands, or was mended meanwhile."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from wherewithal.actions.record import action, day
from wherewithal.core.period import Period, months_after
from wherewithal.core.policy import Used
from wherewithal.policy.submission import compared_for_months
from wherewithal.records.models import SubmissionCheck, SubmissionFault, User

TOLD = ("person_id", "event_on", "rows_count", "level", "blank", "expected", "effects", "measures")


@dataclass(frozen=True)
class Found:
    """A fault: of whom, of what (by type and id; "Person" for the person), in which field of the return.

    ``effects`` are sentences, ``measures`` the ids of those that it changes.
    """

    person_id: int
    what: str
    about: int
    event_on: date | None
    rows_count: int
    field: str
    level: str
    blank: bool
    expected: str
    effects: Sequence[str]
    measures: Sequence[str]

    @property
    def key(self) -> tuple[str, int, str]:
        """What makes it the same fault at the next check."""
        return self.what, self.about, self.field


@dataclass(frozen=True)
class Checked:
    """What was checked: the days, a fingerprint of what it was and how, how many rows of how many people."""

    period: Period
    checked_from: str
    rows_count: int
    people_count: int


@action("check own records")
def keep(*, found: Iterable[Found], checked: Checked, by: User, at: datetime) -> None:
    """The worklist as it stands now. A fault that is found again keeps the day on which it was found first;
    one that is not found any more is mended, and let go with what submissions are compared by.
    """
    on, last = day(at), checked.period.last
    assert last, "a closed period is checked"
    still = {(one.what, one.about, one.field): one for one in SubmissionFault.objects.filter(mended_on=None)}
    new, changed = [], []
    for one in found:
        told = asdict(one) | {"effects": [*one.effects], "measures": [*one.measures]}
        row = still.pop(one.key, None)
        if row is None:
            new.append(SubmissionFault(**told, found_on=on))
        elif any(getattr(row, name) != told[name] for name in TOLD):
            for name in TOLD:
                setattr(row, name, told[name])
            changed.append(row)
    SubmissionFault.objects.bulk_create(new)
    SubmissionFault.objects.bulk_update(changed, TOLD, batch_size=1000)
    SubmissionFault.objects.filter(pk__in=[row.pk for row in still.values()]).update(mended_on=on)
    SubmissionFault.objects.filter(mended_on__lt=months_after(on, -compared_for_months(Used(on)))).delete()
    SubmissionCheck.objects.update_or_create(
        only=True,
        defaults={
            "first": checked.period.first, "last": last, "checked_at": at,
            "checked_from": checked.checked_from, "rows_count": checked.rows_count,
            "people_count": checked.people_count,
        },
    )  # fmt: skip
