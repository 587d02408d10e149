"""Whom a sentence speaks of: who answered is not everybody who was asked, and a cohort is not the nation."""

import re
from collections.abc import Sequence

from wherewithal.analytics.cohort import Profile
from wherewithal.analytics.said_of import Stood, of_others, widened
from wherewithal.core.refusal import Refusal

_NATIONAL = re.compile(
    r"\b(?:nationally|nationwide|countrywide|(?:across|throughout|in) (?:England|the country|the nation)|"
    r"the country as a whole|the national picture|the whole sector)\b",
    re.IGNORECASE,
)


class SaysMore(Refusal):
    """A sentence that speaks of more councils (or people) than the figure it stands on, or of others."""


def check_reach(words: str, figures: Sequence[Stood], profile: Profile) -> None:
    """May a printed sentence say its ``figures`` of whom it says them? Raises SaysMore, NotForTheNation."""
    check_nation(words, profile)
    if found := (*of_others(words, figures), *widened(words, figures, profile.listed)):
        raise SaysMore(" ".join(found))


def check_nation(words: str, profile: Profile) -> None:
    """Raises NotForTheNation where words speak of the nation and the cohort is not like it."""
    if _NATIONAL.search(words):
        profile.speak_for_all()
