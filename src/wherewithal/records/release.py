"""What of a wave's releases may be read, and by whom, as it stands on record."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from wherewithal.core import release as rules
from wherewithal.records.models import Release, User, Wave


def public_releases(wave: Wave, at: datetime) -> list[Release]:
    """The versions that anybody may read at a moment, newest first; without their content."""
    return rules.public(wave.releases.defer("content"), at)


def is_public(wave: Wave, at: datetime) -> bool:
    """May anybody read the wave's report at a moment?"""
    return bool(public_releases(wave, at))


def released(at: datetime) -> list[Release]:
    """Of every wave the newest version that anybody may read, the newest first."""
    by_wave: dict[int, list[Release]] = defaultdict(list)
    for one in Release.objects.defer("content"):
        by_wave[one.wave_id].append(one)
    newest = [found[0].pk for rows in by_wave.values() if (found := rules.public(rows, at))]
    told = Release.objects.filter(pk__in=newest).select_related("wave")
    return sorted(told, key=rules.opens_at, reverse=True)


def may_read_early(wave: Wave, user: User) -> bool:
    """Is this user one of those who may open the wave's releases before the embargo ends?"""
    return wave.early_readers.filter(user=user).exists()


def looked_at(wave: Wave, but: Iterable[int] = ()) -> dict[tuple[str, int, int], list[str]]:
    """Figures (question:value, count, base) that somebody saw, with their names; ``but`` those users."""
    found: dict[tuple[str, int, int], list[str]] = defaultdict(list)
    for one in wave.second_looks.exclude(by__in=but).select_related("by").order_by("at"):
        found[one.figure, one.count, one.base].append(str(one.by))
    return dict(found)
