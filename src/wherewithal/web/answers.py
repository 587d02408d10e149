"""What answers three of the seven key messages of 2011 today, in a sentence each, on Home.

Home is open to everyone and asked often, so the count behind the first answer is up to ten minutes old, and a
figure of very few people is not told there.
"""

from decimal import Decimal

from django.core.cache import cache
from django.urls import reverse

from wherewithal.core.refusal import Refusal
from wherewithal.web import counted, tallies
from wherewithal.web.clock import today
from wherewithal.web.home import ANSWERS, KEPT_SECONDS, Answer

WIDEST, NARROWEST = "ni130-revised", "ni130-without-short-term"
FEW = 10  # people: a percentage of fewer is not told to everyone


def take_up() -> Answer | None:
    """The official count beside the same without what its denominator added; of the last whole year."""
    shares = cache.get_or_set("home:take-up", _shares, KEPT_SECONDS)
    if not shares:
        return None
    wide, narrow = shares
    text = f"{wide}% by the official count of 2011, {narrow}% without short-term support"
    return Answer(text, reverse("measures"))


def offers() -> Answer | None:
    """How many direct payments were offered, and how many had an answer."""
    found = tallies.offers()
    if not found.made:
        return None
    made = "1 offer" if found.made == 1 else f"{found.made:,} offers"
    return Answer(f"{made} of a direct payment, {found.answered:,} answered", f"{reverse('measures')}#offers")


def risks() -> Answer | None:
    """How many risks say what is done about them, and how many were scored again."""
    found = tallies.risks()
    if not found.all:
        return None
    text = f"{found.mitigated:,} of {found.all:,} risks say what is done, {found.rescored:,} scored again"
    return Answer(text, f"{reverse('measures')}#risks")


def _shares() -> tuple[Decimal, Decimal] | tuple[()]:
    """Both percentages, or nothing where there are too few people or nothing to count yet."""
    on = today()
    try:
        figures = counted.figures(counted.last_whole_year(on), on)
    except Refusal:  # no council on record yet
        return ()
    shown = [figures[id][0] for id in (WIDEST, NARROWEST) if figures[id]]
    values = [one.value for one in shown if one.value is not None and one.denominator >= FEW]
    return (values[0], values[1]) if len(values) == 2 else ()


ANSWERS.update({1: take_up, 3: offers, 4: risks})
