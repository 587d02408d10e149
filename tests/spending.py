"""Made-up purchases with a card, through the action that takes them in."""

from datetime import date
from itertools import count

from making import at, user
from paying import PERIOD, direct_payment, four_weekly, moment, sent, support

from wherewithal.actions import card
from wherewithal.formats.card_csv import CardLine
from wherewithal.records.models import Actual, Agreement, PlanOutcome

CARD = "CARD-1"
_numbers = count(1)


def bought(merchant: str, pence: int, on: date, *, number: str = CARD) -> Actual:
    """A card line as the provider reports it at noon; below 0: money back."""
    identity = f"{number}-{next(_numbers)}"
    line = CardLine(identity, number, on, merchant, "", pence, "", 0)
    return card.receive(line=line, by=user("Card provider"), at=moment(on, 12))


def swimmer(name: str = "Pat Example", *, pays: int = 0, paid: bool = True, **more) -> Agreement:
    """£160.00 a week for Sam Sample and £48.00 for the pool from 20 April 2026; four weeks are paid."""
    held = direct_payment(name, 16000, pays=pays, card=CARD, supplier="Sam Sample", **more)
    support(held.plan, 4800, first=PERIOD, what="Swimming", supplier="Storybook Pool")
    PlanOutcome.objects.filter(lines__what="Support 1").update(text="I get out of the house")
    PlanOutcome.objects.filter(lines__what="Swimming").update(text="I see my friends")
    if paid:
        sent(four_weekly())
    return held


__all__ = ["CARD", "PERIOD", "at", "bought", "swimmer"]
