"""A direct payment is offered to every eligible person, at assessment and at each review, on record.

The step after cannot be taken without an offer on record. A no carries why not; a "later" carries a date.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from wherewithal.core.period import written
from wherewithal.core.refusal import Refusal

Reply = Literal["", "accepted", "declined", "later"]


class OfferMissing(Refusal):
    """A step beyond assessment or review without an offer on record."""


class NotAnOffer(Refusal):
    """An offer that does not say by whom or in which format it was made."""


class LaterNeedsADate(Refusal):
    """“Later” without a day after the offer on which to ask again."""


class DeclinedNeedsWhy(Refusal):
    """A declined offer without its reason, or with one that the policy does not know."""


@dataclass(frozen=True)
class Moment:
    """When an offer is due: the agreement of an assessment, or a review; ``ref`` tells one from another."""

    kind: Literal["assessment", "review"]
    ref: str
    on: date


@dataclass(frozen=True)
class WhyNot:
    """A coded reason for declining; ``needs_words`` where the code alone says too little."""

    id: str
    title: str
    needs_words: bool = False


@dataclass(frozen=True)
class Offer:
    """One offer: at which moment, when, by whom, in which format, and what came back ('' until it does)."""

    moment: Moment
    made_on: date
    by: str
    format: str
    reply: Reply = ""
    again_on: date | None = None
    why_not: tuple[str, ...] = ()
    words: str = ""


def due(eligible: bool, offers: Iterable[Offer], moment: Moment) -> bool:
    """Is an offer still owed at ``moment``? An eligible person is owed one at each, and nobody else."""
    return eligible and not any(offer.moment == moment for offer in offers)


def go_on(eligible: bool, offers: Iterable[Offer], moment: Moment) -> None:
    """Let the next step begin, or raise OfferMissing."""
    if due(eligible, offers, moment):
        raise OfferMissing(
            f"No direct payment was offered at the {moment.kind} of {written(moment.on)}. "
            "Make the offer and record it, then go on."
        )


def check(offer: Offer, reasons: Collection[WhyNot]) -> None:
    """Refuse an offer that is not whole; the reasons that may be coded are policy.

    Raises NotAnOffer, LaterNeedsADate or DeclinedNeedsWhy, each naming its field.
    """
    if not offer.by.strip() or not offer.format.strip():
        missing = "by" if not offer.by.strip() else "format"
        raise NotAnOffer("Say who made the offer and in which format.", field=missing)
    if offer.reply == "later":
        _check_later(offer)
    if offer.reply == "declined":
        _check_why_not(offer, reasons)


def ask_again_on(offers: Collection[Offer]) -> date | None:
    """The day to ask again when the newest offer was answered “later”; None otherwise."""
    if not offers:
        return None
    newest = max(offers, key=lambda offer: offer.made_on)
    return newest.again_on if newest.reply == "later" else None


def _check_later(offer: Offer) -> None:
    if offer.again_on is None or offer.again_on <= offer.made_on:
        raise LaterNeedsADate(
            f"Give the day to ask again. It must be after {written(offer.made_on)}.", field="again_on"
        )


def _check_why_not(offer: Offer, reasons: Collection[WhyNot]) -> None:
    known = {reason.id: reason for reason in reasons}
    if not offer.why_not:
        raise DeclinedNeedsWhy("Say why the offer was declined: choose one of the reasons.", field="why_not")
    for id in offer.why_not:
        if id not in known:
            raise DeclinedNeedsWhy(f"“{id}” is not among the reasons to choose from.", field="why_not")
        if known[id].needs_words and not offer.words.strip():
            raise DeclinedNeedsWhy(
                f"You chose “{known[id].title}”. Say more in the person's own words.", field="words"
            )
