"""One spec, two engines: the database holds of every story what the core's ledger says of it."""

from dataclasses import replace
from datetime import date

import pytest
from making import person
from spec.spec_ledger import PAGE, story, transfer

from wherewithal.actions.posting import Posting, post
from wherewithal.core import ledger
from wherewithal.core.ledger import COUNCIL, Account, KeyReused, Transfer
from wherewithal.records import holding
from wherewithal.records.models import Account as AccountRow
from wherewithal.records.models import Person

pytestmark = pytest.mark.django_db
LAST = date(2026, 12, 31)
STORIES = sorted({row[0] for one in PAGE.tables if one.given == ("what happened",) for row in one.rows})


@pytest.fixture
def pat():
    return person()


def of(pat: Person, made: Transfer) -> Transfer:
    """The transfer of the spec between accounts of somebody on record."""
    debit, credit = (
        side if side == COUNCIL else Account(side.kind, pat.ref) for side in (made.debit, made.credit)
    )
    return replace(made, debit=debit, credit=credit)


@pytest.mark.parametrize("text", STORIES)
def test_every_account_holds_what_the_spec_says(pat, text):
    transfers = [of(pat, one) for one in story(text)]
    post([Posting(one) for one in transfers])
    for account, pence in ledger.balances(transfers).items():
        came, went = holding.totals(AccountRow.objects.get(code=account.code), LAST)
        assert came - went == pence, account.code
    assert holding.held_pence(pat, LAST) == ledger.balance(Account("held", pat.ref), transfers)


@pytest.mark.parametrize("text", STORIES)
def test_a_statement_reads_line_by_line_as_the_spec_says(pat, text):
    transfers = [of(pat, one) for one in story(text)]
    post([Posting(one) for one in transfers])
    for row in AccountRow.objects.exclude(kind="council"):
        told = holding.as_moves(row, holding.moves(row, LAST))
        expected = ledger.statement(Account(row.kind, pat.ref), transfers)
        assert [(one.on, one.kind, one.pence, one.balance_pence) for one in reversed(told)] == [
            (one.on, one.kind, one.pence, one.balance_pence) for one in expected
        ]


@pytest.mark.parametrize("second", ["£10.00", "£12.00"])
def test_what_is_asked_twice_is_new_or_refused_in_the_database_as_in_the_spec(pat, second):
    first, again = (of(pat, transfer("payment", "held", "council", pounds)) for pounds in ("£10.00", second))
    post([Posting(first)])
    try:
        new = len(ledger.new_only([again], {first.key: first}))
    except KeyReused:
        with pytest.raises(KeyReused):
            post([Posting(again)])
    else:
        assert post([Posting(again)]) == new
