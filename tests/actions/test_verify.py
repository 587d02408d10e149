"""What verify looks at, and that it finds what is wrong: each fault made by the owner, behind the guards."""

from datetime import date, timedelta

import pytest
from assessing import proposed
from django.db import connection, transaction
from making import person
from paying import PERIOD, direct_payment, doing, finance, four_weekly, other_officer, sent
from reviewing import seen
from typer.testing import CliRunner

from wherewithal import cli
from wherewithal.actions import card, contribution, review_held, run
from wherewithal.actions.card_file import dry_run
from wherewithal.actions.verify import verify
from wherewithal.core.review_held import Said
from wherewithal.records.audit import histories
from wherewithal.records.grants import ROLE
from wherewithal.records.models import Account, Agreement, Review, Run

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NEXT = PERIOD + 28 * DAY
FILE = b"line_id,card,posted_on,merchant,amount\nL1,EXC-1,2026-04-21,Corner Stores,48.00\n"


@pytest.fixture
def books():
    """A month of money: two runs, a payment sent back, a contribution, a card file and one undone."""
    agreement = direct_payment("Pat Example", 20000, 5000, pays=1200, card="EXC-1")
    direct_payment("Sam Sample", pays=500)
    first = run.settle(run=sent(four_weekly()), **doing(PERIOD))
    sent(four_weekly(NEXT))
    proposed(person("Kim Example"))
    run.return_payment(payment=first.payments.last(), reason="Closed", **doing(NEXT))
    contribution.receive(person=agreement.person, pence=5000, on=NEXT, **doing(NEXT))
    for on in (NEXT, NEXT + DAY):
        batch = card.take_in(reading=dry_run(FILE, on=on).reading, file_name="x.csv", **doing(on))
        if on == NEXT:
            card.undo(batch=batch, reason="Wrong", **doing(on))
    given_back(agreement, 100, NEXT)
    cancelled = four_weekly(NEXT + 28 * DAY)
    run.cancel(run=cancelled, reason="Too early", **doing(NEXT))
    four_weekly(NEXT + 28 * DAY)
    return agreement


def given_back(agreement: Agreement, pence: int, on: date) -> None:
    """Money that a review took back."""
    held = Review.objects.create(
        person=agreement.person, plan=agreement.plan, kind="plan", state="held", opens_on=on, due_on=on,
        held_on=on, by=finance(), source="Section 27",
    )  # fmt: skip
    said = Said(seen(held), summary="All is well.", next_step="carry_on", surplus_back_pence=pence)
    made = review_held.write_down(review=held, said=said, **doing(on))
    review_held.finish(review=made, **doing(on))


def faults() -> list[str]:
    return [fault for check in verify() for fault in check.faults]


def as_owner(statement: str) -> None:
    """What only the owner of the database can do, its triggers switched off."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE; SET LOCAL session_replication_role = replica")
        cursor.execute(statement)
        cursor.execute(f"SET LOCAL session_replication_role = origin; SET ROLE {ROLE}")


def test_books_that_hold_are_said_to_hold(books):
    checks = list(verify())
    assert [fault for check in checks for fault in check.faults] == []
    looked_at = {check.name: check.looked_at for check in checks}
    assert looked_at["Runs equal their files and transfers"] == "2 runs"
    assert looked_at["What is undone is undone whole"] == "2 reversals"
    assert looked_at["Card lines are what was posted"] == "2 lines"
    assert looked_at["Contributions equal their bills"] == "2 people who pay in"


# What only the owner can do to the tables, and what verify then says, by check.
WRONG = {
    "Accounts add up": {
        "UPDATE records_transfer SET kind = 'surplus_back' WHERE kind = 'spending'": "kind “surplus_back” go",
        "UPDATE records_transfer SET credit_id = {sam_held} WHERE kind = 'spending'": "one person to another",
        "DELETE FROM records_account WHERE kind = 'spent'": "All balances together are",
    },
    "What is held has its record": {
        "UPDATE records_transfer SET pence = pence + 1 WHERE kind = 'payment'": "by the record",
        'INSERT INTO records_transfer (id, key, debit_id, credit_id, pence, "on", at, kind, about) SELECT '
        "gen_random_uuid(), 'x', debit_id, credit_id, 5, \"on\", at, kind, '' FROM records_transfer "
        "WHERE kind = 'payment' LIMIT 1": "was paid by the record",
        "UPDATE records_payment SET state = 'settled' WHERE state = 'returned'": "was paid by the record",
        "UPDATE records_actual SET pence = pence + 1 WHERE state <> 'undone'": "was spent by the record",
        "UPDATE records_review SET surplus_back_pence = 0": "£0.00 was given back by the record, £1.00 by",
    },
    "What is undone is undone whole": {
        "UPDATE records_transfer SET pence = 1 WHERE kind = 'returned'": "Transfer returned:",
    },
    "Commitments have their transfers": {
        "UPDATE records_commitment SET pence = pence + 1 WHERE state = 'posted'": "is posted",
        "UPDATE records_commitment SET state = 'voided', transfer_id = NULL "
        "WHERE state = 'posted'": "is voided",
        "UPDATE records_run SET state = 'cancelled' WHERE state = 'draft'": "is pending",
    },
    "Contributions equal their bills": {
        "UPDATE records_transfer SET pence = 1 WHERE kind = 'contribution_paid'": "the bills leave",
        "UPDATE records_contribution SET due_pence = due_pence + 1 WHERE state = 'due'": "the bills leave",
    },
    "Card lines are what was posted": {
        "UPDATE records_transfer SET pence = 1 WHERE kind = 'spending'": "Line L1",
        'UPDATE records_transfer SET "on" = "on" + 1 WHERE kind = \'spending\'': "Line L1",
        "UPDATE records_actual SET person_id = {sam}": "Line L1",
        "DELETE FROM records_transfer WHERE kind = 'reversal'": "Line L1",
        "UPDATE records_actual SET state = 'undone'": "Line L1",
    },
    "Runs equal their files and transfers": {
        "UPDATE records_transfer SET pence = pence + 1 WHERE kind = 'payment'": "ledger £",
        "DELETE FROM records_transfer WHERE kind = 'payment'": "ledger nothing",
        "UPDATE records_run SET file = replace(file, '.00</Inst', '.01</Inst')": "not the one that was sent",
        "UPDATE records_run SET file = 'lost' WHERE state = 'sent'": "not XML that can be read",
        "UPDATE records_run SET pay_on = pay_on + 1": "the file’s number, day, total or count",
        "UPDATE records_payment SET pence = pence + 1, gross_pence = gross_pence + 1": "run £",
    },
    "Payments are the sum of their lines": {
        "UPDATE records_run SET total_pence = total_pence + 1": "is not the sum of its payments",
        "UPDATE records_paymentline SET pence = 1": "is not the sum of its lines",
        "DELETE FROM records_paymentline": "is not the sum of its lines",
    },
    "Budgets come to the same penny again": {
        "UPDATE records_allocation SET pence_per_week = pence_per_week + 1": "does not come to £139.21 again",
        "UPDATE records_allocation SET fingerprint = 'x'": "does not come to £139.20 again",
        "UPDATE records_allocation SET inputs = jsonb_set(inputs, '{{points}}', '99')": "does not come to",
        "UPDATE records_allocation SET policy = '[]'": "does not come to",
    },
    "The audit has no gap": {
        "UPDATE records_price SET pence_per_week = 1": "Price ",
        "DELETE FROM records_priceevent": "Price ",
        "DELETE FROM records_runevent WHERE pgh_label = 'insert'": "Run ",
        "DELETE FROM records_contribution WHERE state = 'paid'": "Contribution ",
    },
}


def test_every_check_has_faults_that_it_is_known_to_find():
    assert [check.name for check in verify()] == list(WRONG)


def test_what_was_changed_behind_the_guards_is_found_by_its_check(books):
    sam = Account.objects.get(kind="held", person__given_name="Sam")
    for name, statements in WRONG.items():
        for statement, found in statements.items():
            point = transaction.savepoint()
            as_owner(statement.format(sam_held=sam.pk, sam=sam.person_id))
            said = {check.name: check.faults for check in verify()}[name]
            assert any(found in fault for fault in said), (statement, said)
            transaction.savepoint_rollback(point)
    assert faults() == [], "all of it was taken back"


def test_every_noun_with_a_history_is_looked_at(books):
    names = {model.__name__ for model in histories()}
    assert {"PersonEvent", "RunEvent", "ActualEvent", "QuestionEvent", "SuspensionEvent"} <= names
    assert len(names) > 25


def test_the_command_says_what_it_looked_at_and_exits_by_what_it_found(books):
    well = CliRunner().invoke(cli.app, ["verify"])
    assert (well.exit_code, "yes  Accounts add up" in well.output) == (0, True)
    as_owner("UPDATE records_price SET pence_per_week = 1")
    ill = CliRunner().invoke(cli.app, ["verify"])
    assert (ill.exit_code, "NO   The audit has no gap" in ill.output) == (1, True)
    as_json = CliRunner().invoke(cli.app, ["verify", "--format", "json"])
    assert as_json.exit_code == 1 and '"name": "The audit has no gap"' in as_json.output


def test_a_run_that_waits_is_no_fault(books):
    waiting = Run.objects.get(state="draft")
    run.approve(run=run.check(run=waiting, **doing(NEXT)), by=other_officer(), at=doing(NEXT)["at"])
    assert faults() == []
