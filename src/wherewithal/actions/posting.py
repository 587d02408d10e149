"""Money moves here and nowhere else: transfers are posted once by key, however often they are asked for.

No action of its own: it runs inside the transaction of those that move money.
"""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.db import connection

from wherewithal.core.ledger import Account, AccountKind, KeyReused, Transfer
from wherewithal.core.money import pounds
from wherewithal.core.period import Period
from wherewithal.core.refusal import Refusal
from wherewithal.records.models import Account as AccountRow
from wherewithal.records.models import Transfer as TransferRow

_NAMES = uuid.UUID("8a5c1f4e-2b43-5c39-9a55-6f0d3f1b7c21")  # a transfer's id is made from its key under this
_BY_COPY = 200  # rows from which COPY is worth its temporary table

_COLUMNS = {
    "id": "uuid", "key": "text", "debit_id": "bigint", "credit_id": "bigint", "pence": "bigint", "on": "date",
    "at": "timestamptz", "kind": "text", "about": "text", "first": "date", "last": "date",
    "arrangement_id": "bigint", "run_id": "bigint", "reverses_id": "uuid",
}  # fmt: skip
_NAMED = ", ".join(f'"{column}"' for column in _COLUMNS)
_ARRAYS = ", ".join(f"%s::{kind}[]" for kind in _COLUMNS.values())
_FROM_ARRAYS = f"SELECT * FROM unnest({_ARRAYS}) AS coming ({_NAMED})"  # noqa: S608
_FROM_COPY = "SELECT * FROM transfers_coming"
_TEMPORARY = ", ".join(f'"{column}" {kind}' for column, kind in _COLUMNS.items())


class NoSuchPerson(Refusal):
    """An account of somebody who is not on record."""


@dataclass(frozen=True)
class Posting:
    """A transfer with the rows it belongs to: ids of an arrangement, a run, the transfer that it undoes."""

    transfer: Transfer
    period: Period | None = None
    arrangement: int | None = None
    run: int | None = None
    reverses: uuid.UUID | None = None


def transfer_id(key: str) -> uuid.UUID:
    """The id of the transfer with this key, known before it is posted."""
    return uuid.uuid5(_NAMES, key)


def accounts(wanted: Collection[Account]) -> dict[Account, int]:
    """The row's id of each account; what is missing is opened. Safe however many ask at once.

    Raises NoSuchPerson for an account of nobody on record.
    """
    by_code = {account.code: account for account in sorted(set(wanted))}
    found = _found(by_code)
    if missing := by_code.keys() - found.keys():
        _open([by_code[code] for code in sorted(missing)])
        found = _found(by_code)
    if missing := by_code.keys() - found.keys():
        raise NoSuchPerson(
            f"There is nobody with the reference {by_code[min(missing)].of}: no account is opened."
        )
    return {by_code[code]: pk for code, pk in found.items()}


def post(postings: Sequence[Posting]) -> int:
    """Post what is new; gives how many were. The same key with the same content is already done.

    Raises KeyReused (and posts nothing) for a key that stands for another transfer; NoSuchPerson.
    """
    if not postings:
        return 0
    ids = accounts({side for one in postings for side in (one.transfer.debit, one.transfer.credit)})
    rows = [_row(one, ids) for one in sorted(postings, key=lambda one: one.transfer.key)]
    few = len(rows) < _BY_COPY
    coming = _FROM_ARRAYS if few else _FROM_COPY
    values = [list(column) for column in zip(*rows, strict=True)] if few else []
    with connection.cursor() as cursor:
        if not few:
            _copy(cursor, rows)
        insert = f"INSERT INTO records_transfer ({_NAMED}) {coming} ON CONFLICT DO NOTHING"
        cursor.execute(insert, values)
        new: int = cursor.rowcount
        if new < len(rows):
            _refuse_reused_keys(cursor, coming, values)
    return new


def as_transfer(row: TransferRow) -> Transfer:
    """A row as it was posted; select ``debit__person`` and ``credit__person`` when you read many."""
    debit, credit = (
        Account(cast(AccountKind, side.kind), side.person.ref if side.person else "")
        for side in (row.debit, row.credit)
    )
    return Transfer(row.key, debit, credit, row.pence, row.on, row.at, row.kind, row.about)


def _found(codes: Collection[str]) -> dict[str, int]:
    return dict(AccountRow.objects.filter(code__in=list(codes)).values_list("code", "id"))


def _open(missing: Sequence[Account]) -> None:
    columns: list[Any] = [
        [one.code for one in missing],
        [one.kind for one in missing],
        [one.of for one in missing],
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO records_account (code, kind, person_id)
               SELECT wanted.code, wanted.kind, person.id
               FROM unnest(%s::text[], %s::text[], %s::text[]) AS wanted (code, kind, ref)
               LEFT JOIN records_person AS person ON person.ref = wanted.ref
               WHERE wanted.ref = '' OR person.id IS NOT NULL
               ORDER BY wanted.code ON CONFLICT DO NOTHING""",
            columns,
        )


def _row(one: Posting, ids: dict[Account, int]) -> tuple[Any, ...]:
    transfer, period = one.transfer, one.period
    return (
        transfer_id(transfer.key), transfer.key, ids[transfer.debit], ids[transfer.credit], transfer.pence,
        transfer.on, transfer.at, transfer.kind, transfer.about,
        period and period.first, period and period.last, one.arrangement, one.run, one.reverses,
    )  # fmt: skip


def _copy(cursor: Any, rows: Sequence[tuple[Any, ...]]) -> None:
    cursor.execute(f"CREATE TEMPORARY TABLE IF NOT EXISTS transfers_coming ({_TEMPORARY}) ON COMMIT DROP")
    cursor.execute("TRUNCATE transfers_coming")  # of an earlier posting in this transaction
    with cursor.copy(f"COPY transfers_coming ({_NAMED}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _refuse_reused_keys(cursor: Any, coming: str, values: list[Any]) -> None:
    """What was not inserted must stand there already, the same in all but its clock."""
    cursor.execute(
        f"""WITH coming AS ({coming})
            SELECT standing.pence, standing.about FROM coming JOIN records_transfer AS standing
            ON standing.key = coming.key OR standing.reverses_id = coming.reverses_id
            WHERE ({_of("coming")}) IS DISTINCT FROM ({_of("standing")}) LIMIT 1""",  # noqa: S608
        values,
    )
    if other := cursor.fetchone():
        raise KeyReused(
            f"This was posted before as {pounds(other[0])}, about {other[1] or 'nothing in particular'}. "
            "Nothing was posted now; use a new key for new money."
        )


def _of(table: str) -> str:
    return ", ".join(f'{table}."{column}"' for column in _COLUMNS if column != "at")
