"""How card lines are written down: posted, matched where they can be, or reversed.

No action of its own: it runs inside the transaction of ``actions/card.py``.
"""

from collections.abc import Sequence
from datetime import date, datetime

from wherewithal.actions.posting import Posting, as_transfer, post, transfer_id
from wherewithal.actions.record import day
from wherewithal.core.ledger import Account, Transfer, reverse
from wherewithal.core.matching import MatchRules, match
from wherewithal.core.policy import Used
from wherewithal.formats.card_csv import CardLine
from wherewithal.policy.card import match_rules
from wherewithal.records.models import Actual, Arrangement, Import
from wherewithal.records.models import Transfer as TransferRow
from wherewithal.records.spending import Cards, Owner, candidates

State = Actual.State
_BATCH = 5000  # rows a statement


def record(lines: Sequence[CardLine], batch: Import | None, at: datetime) -> list[Actual]:
    """Post the lines and write them down, each matched where it can be."""
    cards = Cards({line.card for line in lines})
    owners = {line.identity: owner for line in lines if (owner := cards.owner(line.card, line.posted_on))}
    keys = {line.identity: f"line:{batch.pk if batch else 'received'}:{line.identity}" for line in lines}
    post([_spent(line, owners[line.identity], keys[line.identity], at) for line in lines])
    rows = [_actual(line, owners[line.identity], batch, keys[line.identity]) for line in lines]
    people = {owner.person for owner in owners.values()}
    _match(rows, people, match_rules(Used(day(at))))
    return Actual.objects.bulk_create(rows, batch_size=_BATCH)


def _spent(line: CardLine, owner: Owner, key: str, at: datetime) -> Posting:
    held, spent = Account("held", owner.ref), Account("spent", owner.ref)
    out = line.pence > 0
    debit, credit, kind = (spent, held, "spending") if out else (held, spent, "refund")
    return Posting(Transfer(key, debit, credit, abs(line.pence), line.posted_on, at, kind, "card line"))


def undone(row: TransferRow, at: datetime) -> Posting:
    """The transfer that undoes what was posted for a line."""
    return Posting(reverse(as_transfer(row), f"undo:{row.pk}", at, on=day(at)), reverses=row.pk)


def _actual(line: CardLine, owner: Owner, batch: Import | None, key: str) -> Actual:
    return Actual(
        person_id=owner.person,
        batch=batch,
        source="csv" if batch else "webhook",
        line_id=line.identity,
        card=line.card,
        spent_on=line.posted_on,
        merchant=line.merchant,
        merchant_code=line.merchant_code,
        pence=line.pence,
        reference=line.reference,
        transfer_id=transfer_id(key),
    )


def _match(rows: Sequence[Actual], people: set[int], rules: MatchRules) -> None:
    known = candidates(people)
    orders = {one.reference for found in known.values() for one in found}
    ids = dict(Arrangement.objects.filter(order_number__in=orders).values_list("order_number", "id"))
    found: dict[tuple[int, str, int, date], tuple[int | None, str]] = {}
    for row in rows:
        alike = (row.person_id, row.merchant, row.pence, row.spent_on)
        if alike not in found:
            best = match(row.merchant, row.pence, row.spent_on, known.get(row.person_id, ()), rules)
            found[alike] = (ids[best.reference], best.because) if best else (None, "")
        row.arrangement_id, row.matched_because = found[alike]
        row.state = State.MATCHED if row.arrangement_id else State.IMPORTED
