"""Do the books hold together? Each check reads what it looks at and names the rows that are wrong.

Nothing here changes anything, and nothing is repaired: what is wrong is for people to look at.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from wherewithal.core.ledger import CHART
from wherewithal.core.money import pounds
from wherewithal.core.recompute import recompute
from wherewithal.core.refusal import Refusal
from wherewithal.records.models import Allocation

MOST = 20  # faults that a check names


@dataclass(frozen=True)
class Check:
    """What was checked, how much of it (``looked_at``, in words), and every fault found, in words."""

    name: str
    looked_at: str
    faults: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return not self.faults


def accounts() -> Check:
    """All balances together are 0, and every transfer joins two accounts that its kind may join."""
    rows = query(
        """SELECT transfer.kind, debit.kind, credit.kind, count(*), sum(transfer.pence),
                  count(*) FILTER (WHERE debit.person_id <> credit.person_id)
           FROM records_transfer AS transfer
           JOIN records_account AS debit ON debit.id = transfer.debit_id
           JOIN records_account AS credit ON credit.id = transfer.credit_id
           GROUP BY transfer.kind, debit.kind, credit.kind ORDER BY 1, 2, 3"""
    )
    faults = []
    for kind, debit, credit, count, _, between in rows:
        if (debit, credit) not in CHART.get(kind, ()):
            faults.append(f"{count:,} transfers of the kind “{kind}” go from “{credit}” to “{debit}”")
        if between:
            faults.append(f"{between:,} transfers of the kind “{kind}” go from one person to another")
    total = sum(pence for *_, pence in _balances())
    if total:
        faults.append(f"All balances together are {pounds(total)}, not £0.00")
    transfers = sum(row[3] for row in rows)
    return Check("Accounts add up", f"{len(_balances()):,} accounts, {transfers:,} transfers", tuple(faults))


def held() -> Check:
    """What each account holds is what the payments, the card lines and the reviews behind it say."""
    rows = query(
        """WITH moved AS (
               SELECT account.person_id, CASE coalesce(undone.kind, transfer.kind)
                          WHEN 'payment' THEN 'paid' WHEN 'spending' THEN 'spent' WHEN 'refund' THEN 'spent'
                          WHEN 'surplus_back' THEN 'given back' END AS what,
                      sum(CASE account.id WHEN transfer.debit_id THEN transfer.pence
                          ELSE -transfer.pence END) AS pence
               FROM records_account AS account
               JOIN records_transfer AS transfer ON account.id IN (transfer.debit_id, transfer.credit_id)
               LEFT JOIN records_transfer AS undone ON undone.id = transfer.reverses_id
               WHERE account.kind = 'held' GROUP BY 1, 2
           ), told AS (
               SELECT payment.person_id, 'paid' AS what, sum(payment.pence) AS pence
               FROM records_payment AS payment JOIN records_run AS run ON run.id = payment.run_id
               WHERE run.state IN ('sent', 'settled') AND payment.state IN ('sent', 'settled') GROUP BY 1
               UNION ALL SELECT person_id, 'spent', -sum(pence) FROM records_actual
               WHERE state <> 'undone' GROUP BY 1
               UNION ALL SELECT person_id, 'given back', -sum(surplus_back_pence) FROM records_review
               WHERE surplus_back_pence > 0 GROUP BY 1)
           SELECT person.ref, what, coalesce(told.pence, 0), coalesce(moved.pence, 0)
           FROM moved FULL JOIN told USING (person_id, what)
           JOIN records_person AS person ON person.id = person_id
           WHERE what IS NOT NULL ORDER BY 1, 2"""
    )
    faults = [
        f"{ref}: {pounds(abs(int(told)))} was {what} by the record, {pounds(abs(int(moved)))} by the account"
        for ref, what, told, moved in rows
        if told != moved
    ]
    people = len({ref for ref, *_ in rows})
    return Check("What is held has its record", f"{people:,} people, {len(rows):,} sums", tuple(faults))


def reversals() -> Check:
    """What undoes a transfer is the same amount between the same accounts, the other way."""
    count = one("SELECT count(*) FROM records_transfer WHERE reverses_id IS NOT NULL")
    rows = query(
        """SELECT undoing.key FROM records_transfer AS undoing
           JOIN records_transfer AS undone ON undone.id = undoing.reverses_id
           WHERE (undoing.pence, undoing.debit_id, undoing.credit_id)
              <> (undone.pence, undone.credit_id, undone.debit_id) ORDER BY 1"""
    )
    return Check("What is undone is undone whole", f"{count:,} reversals", named("Transfer {0}", rows))


def commitments() -> Check:
    """A posted commitment is its transfer; one that is pending belongs to a run that has not gone out."""
    count = one("SELECT count(*) FROM records_commitment")
    rows = query(
        """SELECT planned.key, planned.state FROM records_commitment AS planned
           LEFT JOIN records_transfer AS posted ON posted.id = planned.transfer_id
           WHERE (planned.state = 'posted') <> (posted.id IS NOT NULL)
              OR (planned.key, planned.debit_id, planned.credit_id, planned.arrangement_id, planned.pence)
                 <> (posted.key, posted.debit_id, posted.credit_id, posted.arrangement_id, posted.pence)
              OR planned.state <> 'posted' AND EXISTS (
                 SELECT FROM records_transfer WHERE key = planned.key)
              OR planned.state = 'pending' AND NOT EXISTS (
                 SELECT FROM records_run AS run WHERE run.number = split_part(planned.key, ':', 2)
                 AND run.state IN ('draft', 'checked', 'approved'))
           ORDER BY 1"""
    )
    return Check("Commitments have their transfers", f"{count:,} commitments", named("{0} is {1}", rows))


def budgets() -> Check:
    """Each indicative budget, worked out again from what was kept with it, comes to the same penny."""
    faults, count = [], 0
    kept = Allocation.objects.order_by("id").select_related("person")
    for allocation in kept.iterator(chunk_size=500):
        count += 1
        if not comes_to_the_same(allocation):
            faults.append(
                f"{allocation.person.ref}: the budget of {allocation.proposed_on} does not come to "
                f"{pounds(allocation.pence_per_week)} again"
            )
    return Check("Budgets come to the same penny again", f"{count:,} budgets", tuple(faults))


def comes_to_the_same(allocation: Allocation) -> bool:
    """Reads no policy file: only the answers, the circumstances and the scheme that the row kept."""
    try:
        again = recompute(allocation.inputs, allocation.policy)
    except (Refusal, KeyError, TypeError, ValueError):
        return False
    kept = (allocation.pence_per_week, allocation.pence_per_year, allocation.fingerprint)
    return (again.pence_per_week, again.pence_per_year, again.fingerprint) == kept


def contributions() -> Check:
    """What each person still owes by their bills is what their contribution account says."""
    rows = query(
        """WITH billed AS (
               SELECT person_id, sum(due_pence - paid_pence) AS pence FROM records_contribution
               WHERE transfer_id IS NOT NULL AND state <> 'waived' GROUP BY person_id
           ), owed AS (
               SELECT account.person_id, sum(moved.pence) AS pence FROM records_account AS account
               JOIN (SELECT debit_id AS account, pence FROM records_transfer
                     UNION ALL SELECT credit_id, -pence FROM records_transfer) AS moved
               ON moved.account = account.id WHERE account.kind = 'contribution' GROUP BY account.person_id)
           SELECT person.ref, coalesce(billed.pence, 0), coalesce(owed.pence, 0)
           FROM billed FULL JOIN owed USING (person_id)
           JOIN records_person AS person ON person.id = person_id ORDER BY 1"""
    )
    faults = [
        f"{ref}: the bills leave {pounds(int(billed))}, the account {pounds(int(owed))}"
        for ref, billed, owed in rows
        if billed != owed
    ]
    return Check("Contributions equal their bills", f"{len(rows):,} people who pay in", tuple(faults))


def card_lines() -> Check:
    """Each card line is its transfer: amount, day, person and direction; an undone one is reversed."""
    count = one("SELECT count(*) FROM records_actual")
    rows = query(
        """SELECT line.line_id FROM records_actual AS line
           JOIN records_transfer AS moved ON moved.id = line.transfer_id
           JOIN records_account AS debit ON debit.id = moved.debit_id
           LEFT JOIN records_transfer AS back ON back.reverses_id = moved.id
           WHERE moved.pence <> abs(line.pence) OR moved."on" <> line.spent_on
              OR debit.person_id IS DISTINCT FROM line.person_id
              OR debit.kind <> CASE WHEN line.pence > 0 THEN 'spent' ELSE 'held' END
              OR (line.state = 'undone') <> (back.id IS NOT NULL) ORDER BY 1"""
    )
    return Check("Card lines are what was posted", f"{count:,} lines", named("Line {0}", rows))


def query(sql: str) -> list[tuple[Any, ...]]:
    """All rows of a question to the database."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def one(sql: str) -> int:
    """The single number that a question answers."""
    return int(query(sql)[0][0])


def named(words: str, rows: Iterable[Sequence[object]]) -> tuple[str, ...]:
    """One fault a row, its columns put into the words; the first few, and how many more there are."""
    faults = [words.format(*row) for row in rows]
    more = len(faults) - MOST
    return (*faults[:MOST], f"and {more:,} more") if more > 0 else tuple(faults)


def _balances() -> list[tuple[int, str, int]]:
    """Every account by id and code with what it holds, in pence."""
    rows = query(
        """SELECT account.id, account.code, coalesce(sum(moved.pence), 0) FROM records_account AS account
           LEFT JOIN (SELECT debit_id AS account, pence FROM records_transfer
                      UNION ALL SELECT credit_id, -pence FROM records_transfer) AS moved
           ON moved.account = account.id GROUP BY account.id ORDER BY account.code"""
    )
    return [(pk, code, int(pence)) for pk, code, pence in rows]
