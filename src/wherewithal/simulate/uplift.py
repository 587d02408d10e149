"""Each April wages and agency prices go up; some of it is settled late, and back-dated."""

from datetime import date
from fractions import Fraction

from wherewithal.actions import arrangement
from wherewithal.core.money import half_up
from wherewithal.core.roles import Role
from wherewithal.records.models import Arrangement
from wherewithal.simulate.calendar import Life
from wherewithal.simulate.clock import moment, on_working_day
from wherewithal.simulate.town import Town

KINDS = ("personal_assistant", "home_care", "supported_living")  # paid by the hour
PER_THOUSAND = 41
SETTLED_LATE_DAYS = 16
YEARLY = "Yearly uplift of hourly rates"


def each_april(town: Town) -> Life:
    """From 6 April: what runs then, half of it on the day, the other half two weeks later and back-dated."""
    officer = town.cast.any(Role.DIRECT_PAYMENT_OFFICER, town.rng("uplift"))
    for year in range(town.years.first.year, town.last_day.year + 1):
        first = date(year, 4, 6)
        if first <= town.years.first:
            continue
        for late in (False, True):
            at = yield moment(on_working_day(first.replace(day=first.day + late * SETTLED_LATE_DAYS)), 9, 30)
            numbers = town.numbers
            for running in _running(first):
                if (numbers[running.person_id] % 2 == 0) is late:
                    price = running.prices.last()
                    assert price is not None, "every arrangement has a price"
                    pence = half_up(Fraction(price.pence_per_week * (1000 + PER_THOUSAND), 1000))
                    arrangement.reprice(arrangement=running, first=first, pence_per_week=pence, reason=YEARLY,
                                        by=officer, at=at)  # fmt: skip


def _running(on: date) -> list[Arrangement]:
    """What is paid by the hour and runs on the day, with a price of its own to raise."""
    active = Arrangement.objects.filter(
        state=Arrangement.State.ACTIVE, kind__in=KINDS, first__lt=on, last=None
    )
    return list(active.exclude(prices__first__gte=on).prefetch_related("prices").order_by("id"))
