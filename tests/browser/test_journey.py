"""From the first question to the balance, by each of those who take part, in a real browser."""

import re
from datetime import date, datetime

import pytest
from browser import budget, needs, paying
from browser.needs import Newcomer
from making import LONDON

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

TILLY = Newcomer("Tilly", "Tutorial", date(1951, 9, 3))
MARLOW = Newcomer("Marlow", "Makebelieve", date(1949, 2, 11))


@pytest.fixture
def later(house):
    """Puts the clock on, and back when the test is over."""
    yield house.put_clock_on
    house.put_clock_on(0)


@pytest.mark.parametrize(
    ("scripts", "who"), [(True, TILLY), (False, MARLOW)], ids=["with scripts", "without scripts"]
)
def test_answers_become_a_budget_and_a_balance_that_is_right_to_the_penny(
    visitor, house, later, tmp_path, scripts, who
):
    today = datetime.now(LONDON).date()
    worker, person, council = (visitor(scripts=scripts) for _ in range(3))
    ref = assessed(worker, person, house, who)
    planned(worker, council, who, today)
    paid = paid_out(council, who, ref, today)
    later((paid.pays_on - today).days)
    council.enter("Dee Direct")
    paying.take_in(council, who, paid.pays_on, tmp_path)
    needs.sign_in(person, who)
    paying.sees_the_balance(person, paid, paid.pays_on)


def assessed(worker, person, house, who: Newcomer) -> str:
    """Both sides have answered and the worker has agreed that they qualify; the reference."""
    worker.enter("Wren Worker")
    needs.register(worker, who)
    needs.request(worker, who)
    needs.start(worker)
    needs.let_in(worker, who)
    needs.choose_password(person, house.letter_to(who.email))
    needs.sign_in(person, who)
    needs.own_view(person, who)
    worker.tab("Assessment")
    needs.worker_view(worker)
    needs.explain(worker)
    needs.agree(worker)
    return re.search(r"EX\d+", worker.page.url)[0]


def planned(worker, council, who: Newcomer, first: date) -> None:
    """Offered, allocated, assessed financially, planned and handed in."""
    budget.offer(worker)
    budget.propose(worker)
    budget.assess_means(worker)
    budget.plan(worker, first)
    council.enter("Dee Direct")
    budget.conditions(council, who)
    budget.submit(worker)


def paid_out(council, who: Newcomer, ref: str, signed_on: date) -> paying.Sent:
    """Agreed by a manager, set up by an officer, drafted by one finance officer and sent by another."""
    council.enter("Max Manager")
    paying.sign_off(council, who)
    council.enter("Dee Direct")
    paying.sign(council, who, signed_on)
    council.enter("Fin Finance")
    number = paying.draft(council, ref)
    council.enter("Lee Ledger")
    paying.send(council, number)
    return paying.sent(council)
