"""Double entry per person: a transfer takes money from one account (credit) and gives it to another (debit).

An account's balance is its debits less its credits, in whole pence: what it holds. All balances together
are always 0, since every transfer stands once on each side. Nothing is changed or removed afterwards: a
mistake is corrected by another transfer.

Five kinds of account. ``council`` is one purse for all; the others are one a person:

    council        the council's care money (its balance is below 0 by what has gone out and not come back)
    held           money that is held for the person: their direct payment, or an individual service fund
    spent          what support has cost: payees and providers
    contribution   asked of the person and not yet paid in
    own_share      the person's own money, as asked for (its balance is below 0 by what they were asked)

    what happens                               kind                  debit          credit
    the council pays into a person's budget    payment               held           council
    the bank sends that payment back           returned              council        held
    card or bank spending                      spending              spent          held
    a payee refunds it                         refund                held           spent
    a provider is paid for a managed line      provider_payment      spent          council
    a provider pays back                       provider_refund       council        spent
    a contribution falls due (net and gross)   contribution_due      contribution   own_share
    the council lets it go                     contribution_waived   own_share      contribution
    paid into the budget (payment net)         contribution_paid     held           contribution
    paid to the council (payment gross)        contribution_paid     council        contribution
    own money given back                       contribution_back     own_share      held or council
    surplus returned at a review               surplus_back          council        held
    rest of a period paid in advance, ended    reclaim               council        held
    any of these undone                        reversal              the same two accounts, the other way

A commitment is a transfer that is pending: it counts in no balance until it is posted, and never if voided
(``records/models/account.py``).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from wherewithal.core.money import pounds
from wherewithal.core.refusal import Refusal

AccountKind = Literal["council", "held", "spent", "contribution", "own_share"]

# kind of transfer -> the (debit, credit) kinds of account it may join: the table above, for the machine
CHART: dict[str, frozenset[tuple[AccountKind, AccountKind]]] = {
    "payment": frozenset({("held", "council")}),
    "returned": frozenset({("council", "held")}),
    "spending": frozenset({("spent", "held")}),
    "refund": frozenset({("held", "spent")}),
    "provider_payment": frozenset({("spent", "council")}),
    "provider_refund": frozenset({("council", "spent")}),
    "contribution_due": frozenset({("contribution", "own_share")}),
    "contribution_waived": frozenset({("own_share", "contribution")}),
    "contribution_paid": frozenset({("held", "contribution"), ("council", "contribution")}),
    "contribution_back": frozenset({("own_share", "held"), ("own_share", "council")}),
    "surplus_back": frozenset({("council", "held")}),
    "reclaim": frozenset({("council", "held")}),
}
_MOVES = frozenset(move for moves in CHART.values() for move in moves)
CHART["reversal"] = frozenset((credit, debit) for debit, credit in _MOVES)


class NotATransfer(Refusal):
    """A transfer that is not from one account to another, above nothing, as the chart of accounts says."""


class KeyReused(Refusal):
    """One idempotency key, two different transfers."""


@dataclass(frozen=True, order=True)
class Account:
    """``of`` is the person's reference, never a name; '' for the council."""

    kind: AccountKind
    of: str = ""

    @property
    def code(self) -> str:
        """``council`` or ``held:P-1``: one word for one account."""
        return f"{self.kind}:{self.of}" if self.of else self.kind

    def __post_init__(self) -> None:
        if (self.kind == "council") != (self.of == ""):
            raise NotATransfer("The council's account belongs to nobody; every other account to one person.")


COUNCIL = Account("council")


@dataclass(frozen=True)
class Transfer:
    """``pence`` from ``credit`` to ``debit``. ``about`` is a purchase order number or another reference.

    ``on`` is the day for which it counts (a card line's own day), ``at`` when it was written down.
    Raises NotATransfer for a self transfer, an amount of 0 or less, a time without its zone, accounts of two
    people, or two accounts that the chart does not join for this ``kind``.
    """

    key: str
    debit: Account
    credit: Account
    pence: int
    on: date
    at: datetime
    kind: str
    about: str = ""

    def __post_init__(self) -> None:
        if self.debit == self.credit:
            raise NotATransfer("Money cannot move from an account to itself. Choose two accounts.")
        if type(self.pence) is not int or self.pence <= 0:
            raise NotATransfer("A transfer moves a whole number of pence above 0. To undo one, reverse it.")
        if not self.key:
            raise NotATransfer(
                "A transfer needs a key, so that it is made once however often it is asked for."
            )
        if self.at.tzinfo is None:
            raise NotATransfer("A transfer's time needs its time zone.")
        if len({account.of for account in (self.debit, self.credit)} - {""}) > 1:
            raise NotATransfer("Money does not move from one person's budget to another's.")
        if (self.debit.kind, self.credit.kind) not in CHART.get(self.kind, ()):
            raise NotATransfer(
                f"“{self.kind}” does not move money from “{self.credit.kind}” to “{self.debit.kind}”."
            )


@dataclass(frozen=True)
class Row:
    """One line of a statement: ``pence`` above 0 came in, below 0 went out; ``balance_pence`` after it."""

    on: date
    key: str
    kind: str
    about: str
    other: Account
    pence: int
    balance_pence: int


def balance(account: Account, transfers: Iterable[Transfer]) -> int:
    """What the account holds, in pence; below 0 when more has left than came."""
    return sum(signed(account, transfer) for transfer in transfers)


def signed(account: Account, transfer: Transfer) -> int:
    """Pence as this account sees the transfer: above 0 in, below 0 out, 0 when it is not concerned."""
    if transfer.debit == account:
        return transfer.pence
    return -transfer.pence if transfer.credit == account else 0


def balances(transfers: Iterable[Transfer]) -> dict[Account, int]:
    """Every account that moved, with its balance; their sum is always 0."""
    found: dict[Account, int] = {}
    for transfer in transfers:
        found[transfer.debit] = found.get(transfer.debit, 0) + transfer.pence
        found[transfer.credit] = found.get(transfer.credit, 0) - transfer.pence
    return found


def statement(account: Account, transfers: Iterable[Transfer], *, opening_pence: int = 0) -> tuple[Row, ...]:
    """The account's transfers in order of day, time and key, each with the balance after it.

    ``opening_pence`` is the balance brought forward when ``transfers`` are only a part of its life.
    """
    rows: list[Row] = []
    running = opening_pence
    for transfer in sorted(transfers, key=lambda one: (one.on, one.at, one.key)):
        pence = signed(account, transfer)
        if pence:
            running += pence
            other = transfer.credit if transfer.debit == account else transfer.debit
            rows.append(Row(transfer.on, transfer.key, transfer.kind, transfer.about, other, pence, running))
    return tuple(rows)


def reverse(transfer: Transfer, key: str, at: datetime, *, on: date) -> Transfer:
    """The transfer that undoes another from ``on``: same amount the other way, about the key of the first.

    Raises NotATransfer when it is itself a reversal: then the payment is made anew, under a new key.
    """
    if transfer.kind == "reversal":
        raise NotATransfer("This already undoes another transfer. Make the first one again instead.")
    return Transfer(key, transfer.credit, transfer.debit, transfer.pence, on, at, "reversal", transfer.key)


def sent_back(payment: Transfer, key: str, at: datetime, *, on: date) -> Transfer:
    """What a payment that the bank sent back moves, told on ``on``. A payment counts from its pay day, which
    may still be to come: its return counts no sooner, or the account would be below 0 in between.
    """
    on = max(on, payment.on)
    return Transfer(key, payment.credit, payment.debit, payment.pence, on, at, "returned", payment.about)


def new_only(asked: Iterable[Transfer], posted: Mapping[str, Transfer]) -> list[Transfer]:
    """Those of ``asked`` that are not in ``posted`` (by key) yet: asking twice has one effect.

    Only the time may differ between two askings. Raises KeyReused when anything else does.
    """
    known = dict(posted)
    new: list[Transfer] = []
    for transfer in asked:
        before = known.get(transfer.key)
        if before is None:
            known[transfer.key] = transfer
            new.append(transfer)
        elif replace(before, at=transfer.at) != transfer:
            raise KeyReused(
                f"This key was used for another transfer of {pounds(before.pence)}. "
                "Nothing was posted; use a new key for new money."
            )
    return new


def reconcile_lines(sides: Mapping[str, Mapping[str, int]]) -> tuple[str, ...]:
    """Every payment (by its key) that the sides do not all hold at the same pence, in words.

    ``sides`` is a name for each column ("run", "ledger", "file") and its pence by key.
    """
    keys: Sequence[str] = sorted({key for column in sides.values() for key in column})
    faults = []
    for key in keys:
        seen = {name: column.get(key) for name, column in sides.items()}
        if len(set(seen.values())) > 1:
            columns = ", ".join(
                f"{name} {'nothing' if pence is None else pounds(pence)}" for name, pence in seen.items()
            )
            faults.append(f"{key}: {columns}")
    return tuple(faults)
