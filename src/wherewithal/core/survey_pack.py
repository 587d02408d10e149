"""Private packs: after the release each council gets its own answers beside figures of others like it."""

from datetime import date

from wherewithal.core.period import written
from wherewithal.core.survey import Mode

NOT_PUBLIC = "The results are not public yet. Each council gets its pack when they are."
NOT_ANSWERED = (
    "A council that did not answer gets no pack: there are no answers of its own to show. The published "
    "report has the figures for everybody."
)


def why_no_packs(*, mode: str, unit: str, keys_destroyed_on: date | None, public: bool) -> str:
    """Why nobody gets a pack of a wave now, in sentences; '' where packs go out and open."""
    if mode == Mode.ANONYMOUS:
        return "This survey was anonymous: nobody can tell whose an answer is, so no council has a pack."
    if unit != "council":
        return "Packs are for councils, and this survey asked staff or people."
    if keys_destroyed_on is not None:
        return (
            f"The keys were destroyed on {written(keys_destroyed_on)}: nobody can find a council’s answers "
            "among the others any more, so there are no packs."
        )
    return "" if public else NOT_PUBLIC


def may_be_sent(*, state: str, address: str, email: str) -> bool:
    """May the letter with a pack's link go to ``email``? ``state`` of the pack, '' for none yet.

    Once each; one that came back from an ``address`` goes to another, and a replaced link goes out anew.
    """
    if not email or state == "sent":
        return False
    return state != "bounced" or email != address
