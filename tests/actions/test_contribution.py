"""What people pay in: the oldest bill first, once, and missed after its days of grace."""

from datetime import timedelta

import paying
import pytest
from paying import PERIOD, balance, direct_payment, doing, four_weekly, sent

from wherewithal.actions import contribution
from wherewithal.records import terms
from wherewithal.records.models import Contribution, Transfer

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NEXT = PERIOD + 28 * DAY


@pytest.fixture
def asked():
    """Somebody who was asked for £48.00 twice."""
    agreement = direct_payment(pays=1200)
    sent(four_weekly())
    sent(four_weekly(NEXT))
    return agreement.person


def bills() -> list[tuple[int, str]]:
    return list(Contribution.objects.order_by("first").values_list("paid_pence", "state"))


def test_money_settles_the_oldest_bill_first(asked):
    left = contribution.receive(person=asked, pence=6000, on=NEXT, **doing(NEXT))
    assert (left, bills()) == (3600, [(4800, "paid"), (1200, "due")])
    assert balance(asked, "contribution") == 3600
    assert balance(asked, "held") == 2 * 75200 + 6000, "paid net, it goes into the budget"


def test_gross_it_goes_to_the_council(asked, monkeypatch):
    monkeypatch.setattr(contribution, "mode_on", lambda day: "gross")
    before = balance(None, "council")
    contribution.receive(person=asked, pence=4800, on=NEXT, **doing(NEXT))
    assert balance(None, "council") - before == 4800


def test_one_receipt_counts_once(asked):
    for _ in range(2):
        assert contribution.receive(person=asked, pence=4800, on=NEXT, key="form 1", **doing(NEXT)) == 4800
    assert Transfer.objects.filter(kind="contribution_paid").count() == 1


@pytest.mark.parametrize(("pence", "on", "says"), [
    (9601, NEXT, "£96.00 to pay in"), (0, NEXT, "above £0.00"), (100, NEXT + 30 * DAY, "day ahead"),
])  # fmt: skip
def test_money_that_cannot_be_is_refused(asked, pence, on, says):
    with pytest.raises(contribution.NotAReceipt, match=says):
        contribution.receive(person=asked, pence=pence, on=on, **doing(NEXT + DAY))
    assert bills() == [(0, "due"), (0, "due")]


def test_a_bill_counts_as_missed_after_its_days_of_grace(asked):
    grace_ends = PERIOD + 21 * DAY
    assert contribution.mark_missed(on=grace_ends, **doing(grace_ends)) == 0
    assert contribution.mark_missed(on=grace_ends + DAY, **doing(grace_ends + DAY)) == 1
    assert contribution.mark_missed(on=grace_ends + DAY, **doing(grace_ends + DAY)) == 0
    assert bills() == [(0, "missed"), (0, "due")]
    contribution.receive(person=asked, pence=4800, on=NEXT, **doing(NEXT))
    assert bills()[0] == (4800, "paid")


def test_a_bill_paid_in_part_is_missed_too(asked):
    contribution.receive(person=asked, pence=100, on=PERIOD, **doing(NEXT))
    assert contribution.mark_missed(on=NEXT, **doing(NEXT)) == 1


def test_what_is_not_asked_for_yet_is_not_missed():
    direct_payment(pays=1200)
    four_weekly()
    assert contribution.mark_missed(on=NEXT + 90 * DAY, **doing(NEXT + 90 * DAY)) == 0


def test_a_bill_may_be_let_go_with_a_reason(asked):
    first = Contribution.objects.earliest("first")
    contribution.receive(person=asked, pence=800, on=NEXT, **doing(NEXT))
    with pytest.raises(contribution.NoReason):
        contribution.waive(contribution=first, reason="", **doing(NEXT))
    contribution.waive(contribution=first, reason="Hardship", **doing(NEXT))
    assert bills()[0] == (800, "waived")
    assert balance(asked, "contribution") == 4800 == -balance(asked, "own_share") - 800
    with pytest.raises(contribution.NotOpen, match="Waived"):
        contribution.waive(contribution=first, reason="Hardship", **doing(NEXT))


def test_a_later_assessment_counts_from_its_own_day(asked):
    paying.contribution(asked, 2000, NEXT)
    paying.contribution(asked, 500, PERIOD + DAY)
    found = terms.contributions([asked.pk])[asked.pk, "adult"]
    assert [(price.first, price.pence_per_week) for price in found] == [(PERIOD, 1200), (PERIOD + DAY, 500)]
