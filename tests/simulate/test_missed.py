"""Contributions that a made-up person misses: after some the council acts, so that they never pile up."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from paying import PERIOD, direct_payment, finance, four_weekly, moment, sent

from wherewithal.actions import contribution
from wherewithal.records.models import Contribution
from wherewithal.simulate.paying import act_on_missed

pytestmark = pytest.mark.django_db
WEEKS = timedelta(days=28)


def test_three_missed_are_paid_or_let_go_and_two_wait():
    people = [direct_payment(f"Sam Sample{number}", 10000, pays=1000).person for number in range(8)]
    late = direct_payment("Pat Example", 10000, pays=1000, signed_on=PERIOD + WEEKS).person
    for number in range(3):
        sent(four_weekly(PERIOD + number * WEEKS))
    at = moment(PERIOD + 4 * WEEKS)
    contribution.mark_missed(on=at.date(), by=finance(), at=at)
    town = SimpleNamespace(
        seed=1, cast=SimpleNamespace(all=lambda role: [finance()]),
        numbers={who.pk: number for number, who in enumerate([*people, late])},
    )  # fmt: skip
    act_on_missed(town, at)
    ends = [set(who.contributions.values_list("state", flat=True)) for who in people]
    assert all(one in ({"paid"}, {"waived"}) for one in ends)
    assert ends.count({"paid"}) > ends.count({"waived"})
    assert list(late.contributions.values_list("state", flat=True)) == ["missed", "missed"]
    assert Contribution.objects.filter(state="missed").count() == 2
