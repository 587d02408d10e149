"""Months of money by chance: whatever happens, in whatever order and twice over, every penny is there.

A seed that fails prints itself with what happened, and replays.
"""

import random
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db.models import Sum
from paying import PERIOD, balance, direct_payment, doing, four_weekly, sent

from wherewithal.actions import arrangement, card, contribution, run
from wherewithal.actions.card_file import dry_run
from wherewithal.actions.verify import verify
from wherewithal.core.refusal import Refusal
from wherewithal.core.settling import overpaid, settle
from wherewithal.records.models import Actual, Agreement, Arrangement, Import, Payment, Run, Transfer
from wherewithal.records.terms import entries_of, mode_on, terms_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
PERIODS, STEPS = 6, 9  # steps a period


class Months:
    """A council's money as days go by; ``told`` is what was done, for whoever looks at a failing seed."""

    def __init__(self, seed: int) -> None:
        self.chance, self.told, self.day = random.Random(seed), [f"seed {seed}"], PERIOD
        self.held = [
            direct_payment(f"Pat Example{number}", 20000, 5300, pays=pays, card=f"EXC-{number}")
            for number, pays in enumerate((0, 1200, 26000))
        ]  # fmt: skip

    def step(self) -> None:
        """One thing happens, perhaps asked for twice; what a rule refuses has not happened."""
        happens: Callable[[], object] = self.chance.choice(
            [self.reprice, self.hospital, self.home, self.end, self.buy, self.file, self.undo, self.pay_in,
             self.late, self.return_one, self.settle, self.owed, self.buy, self.pay_in]
        )  # fmt: skip
        state = self.chance.getstate()
        for _ in range(self.chance.choice((1, 1, 2))):
            after = self.chance.getstate()
            self.chance.setstate(state)
            try:
                happens()
                self.told.append(f"{self.day} {happens.__name__}")
            except Refusal as refusal:
                self.told.append(f"{self.day} {happens.__name__}: {refusal.says}")
            self.chance.setstate(after)

    def pay(self, first) -> None:
        try:
            sent(four_weekly(first))
        except Refusal as refusal:
            self.told.append(f"{first} run: {refusal.says}")

    @property
    def doing(self) -> dict:
        return doing(self.day)

    def some(self, rows):
        found = list(rows.order_by("pk"))
        if not found:
            raise Refusal("There is none.")
        return self.chance.choice(found)

    def reprice(self):
        first = self.day - self.chance.randrange(40) * DAY
        row = self.some(Arrangement.objects)
        agreed = row.line.pence_per_week
        wanted = self.chance.randrange(agreed * 85 // 100, agreed * 115 // 100)
        arrangement.reprice(
            arrangement=row, first=first, reason="Uplift", pence_per_week=wanted, **self.doing
        )

    def hospital(self):
        first = self.day - self.chance.randrange(20) * DAY
        arrangement.suspend(arrangement=self.some(Arrangement.objects), first=first,
                            all_support=self.chance.random() < 0.5, **self.doing)  # fmt: skip

    def home(self):
        arrangement.resume(
            arrangement=self.some(Arrangement.objects), on=self.day, all_support=True, **self.doing
        )

    def end(self):
        if self.chance.random() < 0.6:
            arrangement.end(arrangement=self.some(Arrangement.objects), on=self.day, because="No need",
                            **self.doing)  # fmt: skip
        else:
            died = self.some(Agreement.objects.filter(ended_on=None)).person
            arrangement.end_all(person=died, on=self.day, because="Died", **self.doing)

    def buy(self):
        line = dry_run(self.bought(1), on=self.day).reading.accepted()[0]
        card.receive(
            line=line._replace(identity=f"W{len(self.told)}"), by=card.provider(), at=self.doing["at"]
        )

    def file(self):
        look = dry_run(self.bought(2), on=self.day)
        card.take_in(reading=look.reading, file_name="x.csv", **self.doing)

    def bought(self, times: int) -> bytes:
        """Lines of one card, day and payee that are all alike; sometimes money that comes back."""
        pounds = self.chance.choice(("48.00", "7.35", "-12.00"))
        row = f"EXC-{self.chance.randrange(3)},{self.day.isoformat()},Corner Stores,{pounds}\n"
        return ("card,posted_on,merchant,amount\n" + row * times).encode()

    def undo(self):
        card.undo(batch=self.some(Import.objects), reason="Wrong month", **self.doing)

    def pay_in(self):
        payer = self.chance.choice(self.held).person
        contribution.receive(person=payer, pence=self.chance.randrange(1, 6000), on=self.day,
                             key=f"bank {len(self.told)}", **self.doing)  # fmt: skip

    def late(self):
        contribution.mark_missed(on=self.day, **self.doing)

    def return_one(self):
        run.return_payment(payment=self.some(Payment.objects), reason="Account closed", **self.doing)

    def settle(self):
        run.settle(run=self.some(Run.objects), **self.doing)

    def owed(self):
        sent(run.draft_owed(agreement=self.chance.choice(self.held), **self.doing))


def faults() -> list[str]:
    return [fault for check in verify() for fault in check.faults]


def paid_as_the_terms_say(months: Months) -> None:
    """Each day was paid once, at the rates that stand now: nothing more is owed and nothing comes back."""
    for agreement in months.held:
        person = agreement.person
        arrangement.take_back(person=person, **months.doing)
        try:
            sent(run.draft_owed(agreement=agreement, **months.doing))
        except Refusal as refusal:
            months.told.append(f"last {person.ref}: {refusal.says}")
        terms, entries = terms_of([person.pk])[person.pk], entries_of([person.pk]).get(person.pk, [])
        assert overpaid(terms, entries, mode_on).pence == 0
        if entries:
            upto = max(entry.period.last for entry in entries)
            assert settle(terms, entries, upto, mode_on).pence == 0


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_to_the_money_it_all_adds_up_and_no_day_is_paid_twice(seed):
    months = Months(seed)
    try:
        for number in range(PERIODS):
            months.pay(PERIOD + number * 28 * DAY)
            for _ in range(STEPS):
                months.step()
                months.day += 3 * DAY
            assert faults() == []
        months.day += 40 * DAY
        paid_as_the_terms_say(months)
        assert faults() == []
    except BaseException:
        print("\n".join(months.told))
        raise
    everywhere = balance(None, "council") + sum(
        balance(held.person, kind)
        for held in months.held
        for kind in ("held", "spent", "contribution", "own_share")
    )
    assert everywhere == 0
    spent = Actual.objects.exclude(state="undone").aggregate(all=Sum("pence"))["all"] or 0
    assert spent == sum(balance(held.person, "spent") for held in months.held)
    assert Transfer.objects.count() > 20, "something happened"
