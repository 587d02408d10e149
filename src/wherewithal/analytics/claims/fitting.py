"""Whether each share can be of its base: percentages, fractions in words, one share with two percentages."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from wherewithal.analytics.claims.bases import Bases
from wherewithal.analytics.claims.fault import Fault, exact, percent
from wherewithal.analytics.claims.fault import span as say_span
from wherewithal.analytics.claims.shares import Share
from wherewithal.analytics.rounding import rounded


def percentages(shares: Sequence[Share], bases: Bases) -> Iterator[Fault]:
    """A count and its percentage fit the base that is stated, or else one of the bases at hand."""
    for share in shares:
        if share.percent is None:
            continue
        if share.count is None:
            yield from _impossible(share)
        elif share.base is not None:
            if not share.fits(share.base.value):
                yield Fault("percentage", share.sentence.place, share.sentence.text, _misfit(share, bases))
        elif bases.all and not any(share.fits(base.value) for base in bases.near(share.section)):
            yield Fault("percentage", share.sentence.place, share.sentence.text, _misfit(share, bases))


def _impossible(share: Share) -> Iterator[Fault]:
    """A percentage alone, of a base known, that no whole number gives."""
    if share.base is None or share.percent is None:
        return
    base, wanted = share.base.value, share.percent
    below = int(wanted.value * base / 100)
    if all(rounded(Fraction(100 * n, base), wanted.decimals) != wanted.value for n in (below, below + 1)):
        yield Fault(
            "percentage", share.sentence.place, share.sentence.text,
            f"No whole number of {share.base} is {wanted.text}: "
            + ", ".join(f"{n} is {percent(n, base, wanted.decimals)}" for n in (below, below + 1)) + ".",
        )  # fmt: skip


def _misfit(share: Share, bases: Bases) -> str:
    assert share.count is not None and share.percent is not None
    says = []
    if share.base is not None:
        base, decimals = share.base.value, share.percent.decimals
        says.append(
            f"{share.count} of {share.base} is {percent(share.count, base, decimals)}, "
            f"not {share.percent.text}."
        )
        near = round(share.percent.value * base / 100)
        if rounded(Fraction(100 * near, base), decimals) == share.percent.value:
            says.append(f"{share.percent.text} of {base} would be {near}.")
    fits = [base for base in bases.near(share.section) if share.fits(base.value)]
    span = share.fitting()
    if fits:
        says.append(f"It fits {' and '.join(map(str, fits))}.")
    elif span:
        says.append(f"It fits no base that the report states; it would need {say_span(span)}.")
    else:
        says.append(f"No whole number has {share.count} as {share.percent.text} of it.")
    return " ".join(says)


def fractions(
    shares: Sequence[Share], bases: Bases, section_gaps: Mapping[str, Sequence[int]]
) -> Iterator[Fault]:
    """A fraction in words beside its count: "a third (16)" is near a third of something that is stated."""
    for share in shares:
        if share.words is None or share.count is None:
            continue
        near = [share.base] if share.base else bases.near(share.section)
        if not near or any(share.fits(base.value) for base in near):
            continue
        said = f"“{share.words.text}” ({share.count})"
        tried = ", ".join(
            f"{exact(share.count, base.value, 1)} of {base}" for base in near if base.value >= share.count
        )
        why = [f"{said} is {tried}." if tried else f"{said} is more than any base at hand."]
        if span := share.fitting():
            why.append(f"It fits only a base that is not stated: {say_span(span)}.")
            why += _by_subtraction(share, span, bases, section_gaps.get(share.section.number, []))
        yield Fault("fraction", share.sentence.place, share.sentence.text, " ".join(why))


def _by_subtraction(share: Share, span: tuple[int, int], bases: Bases, gaps: Sequence[int]) -> list[str]:
    return [
        f"{base.value - gap} would be {base} less the {gap} who did not answer there."
        for base in bases.near(share.section)
        for gap in gaps
        if base.kind in ("given", "cohort") and span[0] <= base.value - gap <= span[1]
    ]


def two_values(shares: Sequence[Share], bases: Bases) -> Iterator[Fault]:
    """The same count of the same base has one percentage everywhere."""
    same: dict[tuple[int, int], list[Share]] = defaultdict(list)
    for share in shares:
        if share.count is not None and share.percent is not None and share.base is not None:
            same[share.count, share.base.value].append(share)
    for (count, base), told in same.items():
        by_value = {share.percent.value: share for share in told if share.percent}
        if len(by_value) > 1:
            first = next(iter(by_value.values()))
            decimals = max(share.percent.decimals for share in told if share.percent)
            places = "; ".join(
                f"{s.percent.text} at {s.sentence.place}" for s in by_value.values() if s.percent
            )
            yield Fault(
                "two values", first.sentence.place, first.sentence.text,
                f"{count} of {base} is printed with {len(by_value)} percentages: {places}. "
                f"It is {percent(count, base, decimals)}.",
            )  # fmt: skip
