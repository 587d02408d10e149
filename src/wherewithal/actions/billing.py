"""What people are asked to pay in: asked once for a period, and put right when that turns out different.

No action of its own: it runs inside the transaction of those that pay and of those that change support.
"""

from collections.abc import Mapping
from datetime import date, datetime

from wherewithal.actions.posting import Posting, post
from wherewithal.core.ledger import Account, Transfer
from wherewithal.core.period import Period
from wherewithal.records.models import Contribution

State = Contribution.State
Asked = Mapping[int, Mapping[Period, int]]  # person -> period -> pence


def put_right(asked: Asked, *, cause: str, on: date, at: datetime) -> int:
    """Bring what was asked for each period to what it should be; gives how many bills changed.

    Periods that were never asked for stay so, and what was let go stays let go. Where the bill was posted,
    the difference is; ``cause`` makes its key, and names one happening (a run, a stay in hospital).
    """
    wrong = _wrong(asked)
    changed, postings = [], []
    rows = Contribution.objects.select_for_update(of=("self",)).select_related("person")
    for row in rows.filter(pk__in=list(wrong)).order_by("id"):
        if row.transfer_id:
            postings.append(_difference(row, wrong[row.pk], cause, on, at))
        row.due_pence = wrong[row.pk]
        row.state = _state(row)
        changed.append(row)
    if changed:
        Contribution.objects.bulk_update(changed, ["due_pence", "state"], batch_size=1000)
        post(postings)
    return len(changed)


def bill(row: Contribution, *, key: str, on: date, at: datetime) -> Posting:
    """The transfer that asks for a contribution: the person owes it from their own money."""
    return _asks(row, row.due_pence, key, on, at)


def _wrong(asked: Asked) -> dict[int, int]:
    """The bills that ask for another amount than they should: by id, with the amount."""
    rows = Contribution.objects.filter(person__in=list(asked)).exclude(state=State.WAIVED)
    found = {}
    for pk, person, first, last, pence in rows.values_list("id", "person_id", "first", "last", "due_pence"):
        wanted = asked[person].get(Period(first, last))
        if wanted is not None and wanted != pence:
            found[pk] = wanted
    return found


def _asks(row: Contribution, pence: int, key: str, on: date, at: datetime) -> Posting:
    asked, own = Account("contribution", row.person.ref), Account("own_share", row.person.ref)
    transfer = Transfer(key, asked, own, pence, on, at, "contribution_due", "contribution")
    return Posting(transfer, Period(row.first, row.last))


def _difference(row: Contribution, wanted: int, cause: str, on: date, at: datetime) -> Posting:
    key = f"contribution:{row.pk}:{row.due_pence}:{wanted}:{cause}"
    if wanted > row.due_pence:
        return _asks(row, wanted - row.due_pence, key, on, at)
    asked, own = Account("contribution", row.person.ref), Account("own_share", row.person.ref)
    less = Transfer(
        key, own, asked, row.due_pence - wanted, on, at, "contribution_waived", "contribution put right"
    )
    return Posting(less, Period(row.first, row.last))


def _state(row: Contribution) -> str:
    if row.paid_pence >= row.due_pence:
        return State.PAID
    return State.MISSED if row.state == State.MISSED else State.DUE
