"""Which twelve months a submission of Client Level Data covers.

Source: Department of Health and Social Care, ASC-CLD-LA-Dashboard, methodology "Selecting submissions",
GitHub, commit 9bee728, June 2026, Open Government Licence v3.0: each quarter a council must send the twelve
months to that quarter's end.
"""

from datetime import date, timedelta

from wherewithal.core.period import Period, months_after, written
from wherewithal.core.refusal import Refusal

MONTHS, A_QUARTER = 12, 3


class NoSuchQuarter(Refusal):
    """A day that is no quarter's last, or a quarter that is not over."""


def last_quarter_end(on: date) -> date:
    """The last day of the newest quarter that is over on ``on``: at the end of March, June, September or
    December.
    """
    return date(on.year, on.month - (on.month - 1) % A_QUARTER, 1) - timedelta(days=1)


def quarter_ends(on: date, many: int) -> list[date]:
    """The last days of the ``many`` newest quarters that are over on ``on``, the newest first."""
    begins = last_quarter_end(on) + timedelta(days=1)
    return [months_after(begins, -A_QUARTER * back) - timedelta(days=1) for back in range(many)]


def year_to(end: date, on: date) -> Period:
    """The twelve months to a quarter's end, both days included. Raises NoSuchQuarter."""
    if last_quarter_end(end + timedelta(days=1)) != end:
        raise NoSuchQuarter(
            f"{written(end)} is not the end of a quarter. The last one that is over ended on "
            f"{written(last_quarter_end(on))}.",
            field="to",
        )
    if end >= on:
        raise NoSuchQuarter(f"The quarter to {written(end)} is not over yet.", field="to")
    return Period(months_after(end + timedelta(days=1), -MONTHS), end)
