"""What answers three of the seven key messages of 2011 today, in a sentence each, on Home.

Home is open to everyone, so nobody waits there for a count, and what is told there is what the council lets
everyone see (``policy/local/figures.toml``): nothing of very few people.
"""

from django.urls import reverse

from wherewithal.web import counted, tallies
from wherewithal.web.clock import today
from wherewithal.web.home import ANSWERS, TOO_FEW, Answer, least_people

WIDEST, NARROWEST = "ni130-revised", "ni130-without-short-term"


def take_up() -> Answer | None:
    """The official count beside the same without what its denominator added; of the last whole year."""
    found = counted.counted(counted.last_whole_year(today()))
    if found.at is None:
        return Answer("Not counted yet")
    figures = [found.figures[id][0] for id in (WIDEST, NARROWEST) if found.figures.get(id)]
    shown = [one for one in figures if one.value is not None]
    if len(shown) < 2:
        return None
    if min(one.denominator for one in shown) < least_people():
        return TOO_FEW
    text = f"{shown[0].value}% by the official count of 2011, {shown[1].value}% without short-term support"
    return Answer(text, reverse("measures"), found.at)


def offers() -> Answer | None:
    """How many direct payments were offered, and how many had an answer."""
    found = tallies.offers()
    if not found.made:
        return None
    if found.people < least_people():
        return TOO_FEW
    made = "1 offer" if found.made == 1 else f"{found.made:,} offers"
    return Answer(f"{made} of a direct payment, {found.answered:,} answered", f"{reverse('measures')}#offers")


def risks() -> Answer | None:
    """How many risks say what is done about them, and how many were scored again."""
    found = tallies.risks()
    if not found.all:
        return None
    if found.people < least_people():
        return TOO_FEW
    text = f"{found.mitigated:,} of {found.all:,} risks say what is done, {found.rescored:,} scored again"
    return Answer(text, f"{reverse('measures')}#risks")


ANSWERS.update({1: take_up, 3: offers, 4: risks})
