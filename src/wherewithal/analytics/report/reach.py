"""Whom a sentence speaks of: who answered is not everybody who was asked, and a cohort is not the nation."""

import re
from collections.abc import Collection

from wherewithal.analytics.cohort import Profile
from wherewithal.core.refusal import Refusal

_NATIONAL = re.compile(
    r"\b(?:nationally|nationwide|countrywide|(?:across|throughout|in) (?:England|the country|the nation)|"
    r"the country as a whole|the national picture|the whole sector)\b",
    re.IGNORECASE,
)
_SAYS_ITS_BASE = {"share", "base", "cohort"}
_A_SHARE = {"word", "Word", "percent"}


class SaysMore(Refusal):
    """A sentence that speaks of more councils (or people) than the figure it stands on."""


def check_reach(words: str, verbs: Collection[str], units: str, profile: Profile) -> None:
    """May a sentence say what it says of whom it says it? Raises SaysMore, NotForTheNation.

    ``words`` is the sentence without its figures, ``verbs`` what it fills in (``sentences.py``), ``units``
    what those who were asked are called. Where the cohort is not like the field, nothing is said of
    the nation. Where some did not answer, a share of those who did is not told of "councils" outright.
    """
    check_nation(words, profile)
    everybody = profile.answered == profile.invited
    if everybody or not _A_SHARE & set(verbs) or _SAYS_ITS_BASE & set(verbs):
        return
    if found := re.search(rf"\b{units}\b(?!\s+(?:that|who|which)\b)", words, re.IGNORECASE):
        raise SaysMore(
            f"“{found[0]}” reads as all {profile.invited}, and {profile.answered} answered. Say whose share "
            f"it is: “{units} that took part”, or with {{share …}} or {{base …}}."
        )


def check_nation(words: str, profile: Profile) -> None:
    """Raises NotForTheNation where words speak of the nation and the cohort is not like it."""
    if _NATIONAL.search(words):
        profile.speak_for_all()
