"""What verify looks at, and that it finds what is wrong: each fault made by the owner, behind the guards."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from paying import PERIOD, direct_payment, doing, four_weekly, other_officer, sent
from typer.testing import CliRunner

from wherewithal import cli
from wherewithal.actions import card, contribution, run
from wherewithal.actions.card_file import dry_run
from wherewithal.actions.verify import verify
from wherewithal.records.audit import histories
from wherewithal.records.grants import ROLE
from wherewithal.records.models import Run

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
    run.return_payment(payment=first.payments.last(), reason="Closed", **doing(NEXT))
    contribution.receive(person=agreement.person, pence=5000, on=NEXT, **doing(NEXT))
    for on in (NEXT, NEXT + DAY):
        batch = card.take_in(reading=dry_run(FILE, on=on).reading, file_name="x.csv", **doing(on))
        if on == NEXT:
            card.undo(batch=batch, reason="Wrong", **doing(on))
    cancelled = four_weekly(NEXT + 28 * DAY)
    run.cancel(run=cancelled, reason="Too early", **doing(NEXT))
    four_weekly(NEXT + 28 * DAY)
    return agreement


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


WRONG = {
    "UPDATE records_transfer SET pence = pence + 1 WHERE kind = 'payment'": "ledger £",
    "UPDATE records_transfer SET kind = 'surplus_back' WHERE kind = 'spending'": "of the kind “surplus_back”",
    "UPDATE records_transfer SET pence = 1 WHERE kind = 'returned'": "Transfer returned:",
    "UPDATE records_transfer SET pence = 1 WHERE kind = 'spending'": "Line L1",
    "UPDATE records_transfer SET pence = 1 WHERE kind = 'contribution_paid'": "the bills leave",
    "DELETE FROM records_transfer WHERE kind = 'reversal'": "Line L1",
    "UPDATE records_commitment SET pence = pence + 1 WHERE state = 'posted'": "is posted",
    "UPDATE records_run SET state = 'cancelled' WHERE state = 'draft'": "is pending",
    "UPDATE records_run SET total_pence = total_pence + 1": "is not the sum of its payments",
    "UPDATE records_run SET file = replace(file, '.00</Inst', '.01</Inst')": "not the one that was sent",
    "UPDATE records_run SET file = 'lost' WHERE state = 'sent'": "not XML that can be read",
    "UPDATE records_paymentline SET pence = 1": "is not the sum of its lines",
    "UPDATE records_price SET pence_per_week = 1": "Price ",
    "DELETE FROM records_priceevent": "Price ",
    "DELETE FROM records_contribution WHERE state = 'paid'": "Contribution ",
}


def test_what_was_changed_behind_the_guards_is_found(books):
    for statement, found in WRONG.items():
        point = transaction.savepoint()
        as_owner(statement)
        assert any(found in fault for fault in faults()), statement
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
