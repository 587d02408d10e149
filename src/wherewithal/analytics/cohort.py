"""Who answered, beside who could: response rates, breakdowns that add up, a cohort like the field or not."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from wherewithal.analytics.interval import chi_square_tail
from wherewithal.core.refusal import Refusal

# A mix that chance alone would give in fewer than 1 of 20 samples is not called representative.
BY_CHANCE = 0.05


class DoesNotAddUp(Refusal):
    """A breakdown whose groups are not the field's, or in which somebody is nowhere or twice."""


class NotForTheNation(Refusal):
    """A claim about all councils from a cohort that is not like them."""


@dataclass(frozen=True)
class Group:
    """One group of the field: how many it has (``listed``), were invited and answered."""

    name: str
    invited: int
    answered: int
    listed: int

    @property
    def reached(self) -> Fraction:
        """The share of the whole group that answered, in percent: who was not invited is in it."""
        return Fraction(100 * self.answered, self.listed)


@dataclass(frozen=True)
class Breakdown:
    """One dimension, its groups in the field's order, and how likely such a mix is by chance alone."""

    dimension: str
    groups: tuple[Group, ...]
    by_chance: float

    @property
    def is_like_the_field(self) -> bool:
        return self.by_chance >= BY_CHANCE

    @property
    def verdict(self) -> str:
        """In words, naming the group furthest over and the one furthest under its share."""
        often = _often(self.by_chance)
        if self.is_like_the_field:
            return f"By {self.dimension} the cohort is like the field: chance gives such a mix {often}."
        over = max(self.groups, key=lambda group: group.reached)
        under = min(self.groups, key=lambda group: group.reached)
        return (
            f"By {self.dimension} the cohort is not like the field: {over.name} answered most "
            f"({over.answered} of {over.listed}), {under.name} least ({under.answered} of {under.listed}); "
            f"chance gives such a mix {often}."
        )


@dataclass(frozen=True)
class Profile:
    """The cohort beside the field, by each dimension. Rates are of the ``invited``; whether it is like the
    field is held against all that are ``listed``.
    """

    invited: int
    answered: int
    breakdowns: tuple[Breakdown, ...]
    listed: int

    @property
    def response_rate(self) -> Fraction:
        """In percent, exact; 0 where nobody was invited."""
        return Fraction(100 * self.answered, self.invited or 1)

    @property
    def is_representative(self) -> bool:
        return all(breakdown.is_like_the_field for breakdown in self.breakdowns)

    def speak_for_all(self) -> None:
        """Raises NotForTheNation, with the reason, unless all answered or the cohort is like the field in
        every dimension, of which there is one at least.
        """
        if not self.breakdowns and self.answered < self.listed:
            raise NotForTheNation(
                "Nothing tells whether the cohort is like the field. "
                f"So the figures are of the {self.answered} that answered, and of nobody else."
            )
        if not self.is_representative:
            unlike = " ".join(one.verdict for one in self.breakdowns if not one.is_like_the_field)
            raise NotForTheNation(
                f"{unlike} So the figures are of the {self.answered} that answered, and of nobody else."
            )


def profile(
    field: Sequence[Mapping[str, str]],
    answered: Sequence[bool],
    dimensions: Sequence[str],
    invited: Sequence[bool] | None = None,
) -> Profile:
    """``field``: each one listed, with its group by dimension; in the same order ``answered``, who did, and
    ``invited``, who was sent an invitation (None: all).

    Each breakdown is tested against the whole: everybody is in exactly one group. Raises DoesNotAddUp.
    """
    sent = [True] * len(field) if invited is None else invited
    if not len(field) == len(answered) == len(sent):
        raise DoesNotAddUp(f"{len(field)} are listed; {len(answered)} are known to have answered or not.")
    total = sum(answered)
    found = []
    for dimension in dimensions:
        if nowhere := [number for number, one in enumerate(field, 1) if not one.get(dimension)]:
            raise DoesNotAddUp(f"Number {nowhere[0]} of the register has no {dimension}.", field=dimension)
        listed = Counter(one[dimension] for one in field)
        asked = Counter(one[dimension] for one, was in zip(field, sent, strict=True) if was)
        replied = Counter(one[dimension] for one, did in zip(field, answered, strict=True) if did)
        groups = tuple(Group(name, asked[name], replied[name], listed[name]) for name in sorted(listed))
        check_sum(dimension, {group.name: group.answered for group in groups}, total)
        found.append(Breakdown(dimension, groups, _by_chance(groups, len(field), total)))
    return Profile(sum(sent), total, tuple(found), len(field))


def check_sum(dimension: str, parts: Mapping[str, int], total: int) -> None:
    """Exclusive groups add up to the whole. Raises DoesNotAddUp, naming the difference."""
    together = sum(parts.values())
    if together != total:
        raise DoesNotAddUp(
            f"By {dimension} {' + '.join(map(str, parts.values()))} = {together}, and {total} answered: "
            f"{abs(together - total)} too {'many' if together > total else 'few'}.",
            field=dimension,
        )


def _by_chance(groups: Sequence[Group], listed: int, answered: int) -> float:
    """Pearson's test of the mix against equal chances, corrected for a field that is itself finite."""
    if answered in (0, listed):
        return 1.0
    wanted = [Fraction(answered * group.listed, listed) for group in groups]
    off = sum((group.answered - want) ** 2 / want for group, want in zip(groups, wanted, strict=True))
    return chi_square_tail(float(off * Fraction(listed - 1, listed - answered)), len(groups) - 1)


def _often(by_chance: float) -> str:
    return f"{by_chance:.0%} of the time" if by_chance >= 0.005 else "less than 1% of the time"
