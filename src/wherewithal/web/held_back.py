"""Figures of a survey whose release is held back: whoever sees them on a page leaves a trace."""

from textwrap import shorten

from django.http import HttpRequest

from wherewithal.actions.release import look
from wherewithal.core.release import public
from wherewithal.records.models import EarlyLook, Wave
from wherewithal.web.access import user_of
from wherewithal.web.clock import now
from wherewithal.web.templating import when

_LONGEST = EarlyLook._meta.get_field("what").max_length or 0
SHOWN = 50  # looks that are listed where nobody asks for all


def seen(request: HttpRequest, wave: Wave, what: str) -> None:
    """Keep that somebody looked at ``what`` of a wave, with the newest version that its embargo holds back.

    Nothing is kept where none was built yet, or where anybody may read it.
    """
    versions = list(wave.releases.defer("content", "shown"))
    if versions and not public(versions, now()):
        what = shorten(what, _LONGEST, placeholder=" …")
        look(release=versions[0], what=what, by=user_of(request), at=now())


def looks(wave: Wave, *, every: bool) -> tuple[list[tuple[str, str, str]], int]:
    """Looks at a wave before it opened, the newest first: when, who, what; how many there are."""
    kept = EarlyLook.objects.filter(release__wave=wave)
    rows = kept.select_related("user", "release").defer("release__content", "release__shown").order_by("-pk")
    shown = rows if every else rows[:SHOWN]
    return [(when(one.at), str(one.user), f"{one.release}, {one.what}") for one in shown], kept.count()
