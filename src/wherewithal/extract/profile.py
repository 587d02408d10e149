"""Who took part in a wave beside whom it asked, and weights that bring the one to the other.

What leaves here is counts and weights: no name, and no reply's region or type beside its answers.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from wherewithal.analytics.cohort import Profile, profile
from wherewithal.analytics.replies import Reply
from wherewithal.analytics.share import Weighting
from wherewithal.analytics.tally import Group
from wherewithal.analytics.weights import CannotWeight, rake
from wherewithal.core.survey import DIMENSIONS, Mode
from wherewithal.records.models import Invitation, Wave


def told(wave: Wave) -> tuple[str, ...]:
    """By what its replies can be broken down: nothing where the wave is anonymous, or has no replies yet."""
    in_time = wave.replies.filter(late=False)
    is_told = wave.mode != Mode.ANONYMOUS and in_time.exists()
    is_told = is_told and not any(in_time.filter(**{name: ""}).exists() for name in DIMENSIONS)
    return DIMENSIONS if is_told else ()


def why_only_whole(wave: Wave) -> str:
    """Why nothing is said of who took part by region and type, in words; '' where it is."""
    if wave.mode == Mode.ANONYMOUS:
        return "The survey is anonymous: a reply does not tell of which region or type it is."
    if wave.unit != wave.Unit.COUNCIL:
        return "Only councils are counted by region and type: of people, that would tell of few."
    if not wave.replies.filter(late=False).exists():
        return "No reply has come in time yet."
    if not told(wave):
        return "Some replies have no region or no type, so no breakdown of them would add up."
    if any(wave.invitations.filter(**{name: ""}).exists() for name in DIMENSIONS):
        return "Some of those who were asked have no region or no type, so no breakdown of them would add up."
    return ""


def profile_of(wave: Wave) -> Profile:
    """Who took part in time beside who was invited and who is listed; by region and type where that is told.

    Who is only listed while others had a letter counts in no rate (``core.survey.rate``), and in what the
    cohort is held against. Where no letter went at all, everybody was asked some other way, and all count.
    """
    listed = list(wave.invitations.order_by("code").values_list(*DIMENSIONS, "answered", "state"))
    field = [dict(zip(DIMENSIONS, one[:2], strict=True)) for one in listed]
    letters = any(state != Invitation.State.LISTED for *_, state in listed)
    invited = [not letters or answered or state != Invitation.State.LISTED for *_, answered, state in listed]
    if why_only_whole(wave):
        in_time = sum(answered for *_, answered, _ in listed) - wave.replies.filter(late=True).count()
        return profile(field, [number < in_time for number in range(len(listed))], (), invited)
    left = Counter(wave.replies.filter(late=False).values_list(*DIMENSIONS))
    took_part = []
    for *stratum, _, _ in listed:
        took_part.append(left[tuple(stratum)] > 0)
        left[tuple(stratum)] -= 1
    return profile(field, took_part, DIMENSIONS, invited)


def weighting_of(wave: Wave, replies: Sequence[Reply], few: Collection[Group]) -> Weighting:
    """Weights for ``replies``, in their order, that bring them to the field by region and by type.

    The ``few`` are groups of which too few took part to be told of: of one dimension they are weighted as
    one, so that no weighted share says more of any of them. Raises CannotWeight, in words.
    """
    if why := why_only_whole(wave):
        raise CannotWeight(why)
    joined = {name: sorted(group for of, group in few if of == name) for name in DIMENSIONS}

    def strata(groups: Mapping[str, str]) -> dict[str, str]:
        return {
            name: _together(joined[name]) if groups[name] in joined[name] else groups[name]
            for name in DIMENSIONS
        }

    listed = [strata(dict(zip(DIMENSIONS, one, strict=True)))
              for one in wave.invitations.values_list(*DIMENSIONS)]  # fmt: skip
    field = {name: Counter(one[name] for one in listed) for name in DIMENSIONS}
    by = {name: groups for name, groups in field.items() if len(groups) > 1}
    if not by:
        raise CannotWeight("Too few answered of every region and every type to weight by either.")
    weights = rake([strata(one.groups or {}) for one in replies], by).weights
    how = " and ".join(_by(name, joined[name]) for name in by)
    apart = frozenset((name, group) for name, groups in by.items() for group in groups)
    return Weighting(weights, f"by {how}, to the {len(listed):,} that were listed", apart)


def _by(dimension: str, joined: Sequence[str]) -> str:
    """``region``, or ``region (East and London as one)``."""
    return f"{dimension} ({_together(joined)} as one)" if len(joined) > 1 else dimension


def _together(groups: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(groups[:-1]), *groups[-1:])))
