"""The ledger keeps every pound, whatever happens in whatever order."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.core import ledger
from wherewithal.core.ledger import CHART, COUNCIL, Account, KeyReused, NotATransfer, Transfer

ON = date(2026, 4, 20)
AT = datetime(2026, 4, 20, 9, 0, tzinfo=UTC)
HELD = Account("held", "P-1")


def transfer(
    key: str = "k1", kind: str = "payment", pence: int = 1000, on: date = ON, of: str = "P-1"
) -> Transfer:
    debit, credit = sorted(CHART[kind])[0]
    accounts = [Account(side, "" if side == "council" else of) for side in (debit, credit)]
    return Transfer(key, *accounts, pence, on, AT, kind, "PO-1")


transfers = st.lists(
    st.builds(
        transfer,
        key=st.uuids().map(str),
        kind=st.sampled_from(sorted(CHART)),
        pence=st.integers(1, 10**9),
        on=st.dates(date(2024, 1, 1), date(2027, 1, 1)),
        of=st.sampled_from(["P-1", "P-2"]),
    ),
    max_size=30,
)


@given(transfers)
def test_all_balances_together_are_nothing(made):
    found = ledger.balances(made)
    assert sum(found.values()) == 0
    assert all(found[account] == ledger.balance(account, made) for account in found)


@given(transfers, st.randoms(use_true_random=False))
def test_a_statement_ends_on_the_balance_in_whatever_order_lines_came(made, chance):
    shuffled = list(made)
    chance.shuffle(shuffled)
    rows = ledger.statement(HELD, shuffled, opening_pence=500)
    assert rows == ledger.statement(HELD, made, opening_pence=500)
    assert (rows[-1].balance_pence if rows else 500) == ledger.balance(HELD, made) + 500
    assert [row.on for row in rows] == sorted(row.on for row in rows)


@given(transfers)
def test_reversing_everything_leaves_nothing(made):
    originals = [one for one in made if one.kind != "reversal"]
    backs = [ledger.reverse(one, f"back {one.key}", AT, on=ON) for one in originals]
    assert set(ledger.balances(originals + backs).values()) <= {0}


def test_a_reversal_is_not_reversed_again():
    back = ledger.reverse(transfer(), "k2", AT, on=ON)
    with pytest.raises(NotATransfer, match="Make the first one again"):
        ledger.reverse(back, "k3", AT, on=ON)


@given(transfers)
def test_asking_for_the_same_transfers_twice_has_one_effect(made):
    once = ledger.new_only(made, {})
    posted = {one.key: one for one in once}
    later = [Transfer(**{**vars(one), "at": AT + timedelta(hours=1)}) for one in made]
    assert ledger.new_only(made + made, {}) == once
    assert ledger.new_only(later, posted) == []


def test_one_key_with_other_money_is_refused():
    with pytest.raises(KeyReused, match=r"another transfer of £10\.00"):
        ledger.new_only([transfer(pence=1001)], {"k1": transfer()})


@pytest.mark.parametrize(
    "change, words",
    [
        ({"credit": HELD}, "from an account to itself"),
        ({"pence": 0}, "above 0"),
        ({"pence": -5}, "above 0"),
        ({"pence": 5.0}, "whole number of pence"),
        ({"pence": True}, "whole number of pence"),
        ({"key": ""}, "needs a key"),
        ({"at": datetime(2026, 4, 20, 9, 0)}, "time zone"),  # noqa: DTZ001
        ({"kind": "gift"}, "does not move money"),
        ({"kind": "spending"}, "does not move money"),
    ],
)
def test_what_is_no_transfer_is_refused(change, words):
    with pytest.raises(NotATransfer, match=words):
        Transfer(**{**vars(transfer()), **change})


def test_money_does_not_move_between_two_people():
    with pytest.raises(NotATransfer, match="one person's budget to another's"):
        Transfer("k", Account("spent", "P-2"), HELD, 10, ON, AT, "spending")


def test_only_the_councils_account_belongs_to_nobody():
    for kind, of in (("council", "P-1"), ("held", "")):
        with pytest.raises(NotATransfer):
            Account(kind, of)
    assert (COUNCIL.code, HELD.code) == ("council", "held:P-1")


def test_the_chart_in_the_docstring_is_the_chart_in_force():
    written = set()
    for row in (ledger.__doc__ or "").splitlines():
        cells = re.split(r"\s{2,}", row.strip())
        if len(cells) == 4 and cells[1] in CHART:
            written |= {
                (cells[1], debit, credit) for debit in [cells[2]] for credit in cells[3].split(" or ")
            }
    kept = {(kind, *move) for kind, moves in CHART.items() if kind != "reversal" for move in moves}
    assert written == kept
    assert CHART["reversal"] == {(credit, debit) for _, debit, credit in kept}
