"""Once is once: sixteen at a time with one key, and processes killed in the middle of a payment run."""

import os
import random
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, connections, transaction
from making import at, person, user
from paying import PERIOD, balance, direct_payment, doing, finance, four_weekly, other_officer

from wherewithal.actions import card, plan, run
from wherewithal.actions import person as people
from wherewithal.actions.card_file import dry_run
from wherewithal.actions.posting import Posting, post
from wherewithal.actions.verify import verify
from wherewithal.core.ledger import COUNCIL, Account, Transfer
from wherewithal.core.refusal import Refusal
from wherewithal.formats import pain001
from wherewithal.formats.card_csv import CardLine
from wherewithal.records.models import Account as AccountRow
from wherewithal.records.models import Actual, Import, Person, Run
from wherewithal.records.models import Transfer as TransferRow

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 16


def at_once(work: Callable[[int], object]) -> list[object]:
    """What each of sixteen threads got from ``work``, all of them starting together; refusals included."""
    start = Barrier(MANY)

    def one(number: int) -> object:
        try:
            start.wait()
            return work(number)
        except Refusal as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(MANY) as threads:
        return list(threads.map(one, range(MANY)))


def test_sixteen_postings_with_one_key_make_one_transfer_and_its_accounts_once(transactional_db):
    pat = person()
    money = Transfer("k1", Account("held", pat.ref), COUNCIL, 100, PERIOD, at(), "payment")
    assert sorted(at_once(lambda number: post([Posting(money)]))) == [0] * (MANY - 1) + [1]
    assert (TransferRow.objects.count(), AccountRow.objects.count()) == (1, 2)


def test_sixteen_deliveries_of_one_card_line_spend_it_once(transactional_db):
    pat = direct_payment(card="EXC-1").person
    by = card.provider()
    line = CardLine("W1", "EXC-1", PERIOD, "Corner Stores", "5411", 4800, "", 0)
    found = at_once(lambda number: card.receive(line=line, by=by, at=doing(PERIOD)["at"]))
    assert (Actual.objects.count(), balance(pat, "spent")) == (1, 4800)
    assert {getattr(one, "pk", None) for one in found} == {Actual.objects.get().pk}


def test_one_of_sixteen_officers_drafts_the_run_and_one_sends_it(transactional_db):
    direct_payment()
    drafted = at_once(lambda number: run.draft_period(first=PERIOD, **doing(PERIOD)))
    assert [type(one) for one in drafted].count(Run) == 1
    made = run.check(run=Run.objects.get(), **doing(PERIOD))
    made = run.approve(run=made, by=other_officer(), at=doing(PERIOD)["at"])
    outcomes = at_once(lambda number: run.send(run=made, **doing(PERIOD)))
    assert [type(one) for one in outcomes].count(Run) == 1
    assert {type(one) for one in outcomes} == {Run, run.NotThatState}
    assert TransferRow.objects.filter(kind="payment").count() == 1
    assert all(check.holds for check in verify())


def test_a_plan_begun_while_its_persons_record_ends_does_not_outlive_it(transactional_db):
    pat, by = person("Pat Example", funding="self_funder"), user("Wren Worker")

    def end() -> None:
        try:
            people.end(person=pat, on=at().date(), because=Person.EndReason.MOVED, by=by, at=at())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as another:
        with transaction.atomic():
            made = plan.start(person=pat, written_by="worker", by=by, at=at())
            ending = another.submit(end)
            until_somebody_waits()
        ending.result()
    made.refresh_from_db()
    assert (made.state, made.ended_on) == ("ended", at().date())


def until_somebody_waits() -> None:
    """Until another session stands behind a lock that this one holds."""
    with connection.cursor() as cursor:
        for _ in range(6000):
            cursor.execute(
                # The locks are read as they are; who is active is remembered for a whole transaction.
                "SELECT pid FROM pg_locks WHERE NOT granted"
                " AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
            )
            if cursor.fetchone():
                return
            time.sleep(0.01)
    raise AssertionError("nobody waited for the lock within a minute")


def killed(work: Callable[[], object], after: int) -> bool:
    """Do ``work`` in a process of its own that is killed before its statement number ``after``.

    True when it was killed, False when it had finished by then.
    """
    connections.close_all()
    child = os.fork()
    if child == 0:
        left = after

        def count(execute, *rest):
            nonlocal left
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return execute(*rest)

        try:
            with connection.execute_wrapper(count):
                work()
        except Refusal:
            os._exit(2)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the work failed by itself"
    return os.WIFSIGNALED(status)


def through(work: Callable[[], object], chance: random.Random) -> int:
    """Ask for ``work`` again and again, killed at a random statement, until it is done; gives the kills."""
    kills = 0
    while killed(work, chance.randrange(4 + 10 * kills)):
        kills += 1
        assert all(check.holds for check in verify()), "a killed step left something half done"
    return kills


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_payment_run_killed_at_random_points_loses_nothing_and_pays_nothing_twice(transactional_db, seed):
    for number in range(8):
        direct_payment(f"Pat Example{number}", 20000, 5000, pays=1200)
    chance, other = random.Random(seed), other_officer()
    finance()
    kills = through(four_weekly, chance)
    one = Run.objects.get()
    kills += through(lambda: run.check(run=one, **doing(PERIOD)), chance)
    kills += through(lambda: run.approve(run=one, by=other, at=doing(PERIOD)["at"]), chance)
    kills += through(lambda: run.send(run=one, **doing(PERIOD)), chance)
    kills += through(lambda: run.settle(run=one, **doing(PERIOD)), chance)
    one.refresh_from_db()
    assert (one.state, Run.objects.count()) == ("settled", 1)
    assert kills >= 5, "the test killed something"
    assert one.total_pence == 8 * (100000 - 4800) == pain001.read(one.file.encode()).total_pence
    assert balance(None, "council") == -one.total_pence
    assert all(check.holds for check in verify())


def test_a_card_file_killed_at_random_points_is_taken_in_once(transactional_db):
    pat = direct_payment(card="EXC-1").person
    rows = "\n".join(f"L{number},EXC-1,2026-04-20,Corner Stores,1.00" for number in range(300))
    reading = dry_run(f"line_id,card,posted_on,merchant,amount\n{rows}\n".encode(), on=PERIOD).reading
    on = doing(PERIOD + timedelta(days=1))
    through(lambda: card.take_in(reading=reading, file_name="x.csv", **on), random.Random(4))
    assert (Import.objects.count(), Actual.objects.count(), balance(pat, "spent")) == (1, 300, 30000)
    through(lambda: card.undo(batch=Import.objects.get(), reason="Wrong month", **on), random.Random(5))
    assert balance(pat, "spent") == 0
    assert all(check.holds for check in verify())
