"""Transfers are posted once by key, few or many, and accounts are opened where they are missing."""

from datetime import date

import pytest
from making import at, person

from wherewithal.actions.posting import NoSuchPerson, Posting, accounts, post, transfer_id
from wherewithal.core.ledger import COUNCIL, Account, KeyReused, Transfer, reverse
from wherewithal.records.models import Account as AccountRow
from wherewithal.records.models import Transfer as TransferRow

pytestmark = pytest.mark.django_db


def paid(key: str, ref: str, pence: int = 100) -> Posting:
    return Posting(
        Transfer(key, Account("held", ref), COUNCIL, pence, date(2026, 4, 6), at(), "payment", "PO-1")
    )


def test_a_transfer_is_posted_once_and_its_id_is_known_before():
    pat = person()
    assert post([paid("k1", pat.ref)]) == 1
    assert post([paid("k1", pat.ref)]) == 0
    row = TransferRow.objects.get()
    assert (row.pk, row.debit.code, row.credit.code) == (transfer_id("k1"), f"held:{pat.ref}", "council")


@pytest.mark.parametrize("many", [3, 500])
def test_few_or_many_what_is_new_is_posted(many):
    pat = person()
    postings = [paid(f"k{number}", pat.ref, number + 1) for number in range(many)]
    assert post(postings[:2]) == 2
    assert post(postings) == many - 2
    assert post(postings) == 0
    assert sum(TransferRow.objects.values_list("pence", flat=True)) == many * (many + 1) // 2


@pytest.mark.parametrize("many", [3, 500])
def test_a_key_that_stands_for_another_transfer_is_refused(many):
    pat = person()
    post([paid("k1", pat.ref, 4800)])
    with pytest.raises(KeyReused, match=r"£48.00, about PO-1"):
        post([paid(f"k{number}", pat.ref) for number in range(many)])


def test_a_transfer_is_undone_once():
    pat = person()
    post([paid("k1", pat.ref)])
    back = reverse(paid("k1", pat.ref).transfer, "undo 1", at(), on=date(2026, 4, 7))
    assert post([Posting(back, reverses=transfer_id("k1"))]) == 1
    other = reverse(paid("k1", pat.ref).transfer, "undo 2", at(), on=date(2026, 4, 8))
    with pytest.raises(KeyReused):
        post([Posting(other, reverses=transfer_id("k1"))])


def test_an_account_is_opened_once_for_somebody_on_record():
    pat = person()
    wanted = [COUNCIL, Account("held", pat.ref), Account("held", pat.ref)]
    assert accounts(wanted) == accounts(wanted)
    assert set(AccountRow.objects.values_list("code", "person")) == {
        ("council", None), (f"held:{pat.ref}", pat.pk),
    }  # fmt: skip
    with pytest.raises(NoSuchPerson, match="EX0"):
        accounts([Account("held", "EX0")])
    assert post([]) == 0
