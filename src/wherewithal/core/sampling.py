"""A stratified sample that anybody can draw again, by a kept seed, and who would replace whom."""

import hashlib
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass

from wherewithal.core.refusal import Refusal

Stratum = Hashable


class NoSample(Refusal):
    """A sample of nobody, or of more than there are."""


@dataclass(frozen=True)
class Sample:
    """``drawn`` codes in their order; ``waiting``: of each stratum, who replaces one of it, in order."""

    drawn: tuple[str, ...]
    waiting: Mapping[Stratum, tuple[str, ...]]


def draw(strata: Mapping[str, Stratum], size: int, seed: int) -> Sample:
    """``size`` of the codes in ``strata`` (code -> its stratum), each stratum by its share.

    Shares are rounded by largest remainder; equal remainders go to the stratum that comes first by its name.
    Within a stratum the order is that of SHA-256 over the seed and the code, the same on every machine.
    Raises NoSample.
    """
    if not 0 < size <= len(strata):
        raise NoSample(f"Draw a sample of 1 to {len(strata)}. You asked for {size}.", field="size")
    members: dict[Stratum, list[str]] = {}
    for code in sorted(strata, key=lambda code: _chance(seed, code)):
        members.setdefault(strata[code], []).append(code)
    sizes = _shares({stratum: len(codes) for stratum, codes in members.items()}, size)
    drawn = [code for stratum in sorted(members, key=str) for code in members[stratum][: sizes[stratum]]]
    waiting = {stratum: tuple(codes[sizes[stratum] :]) for stratum, codes in members.items()}
    return Sample(tuple(drawn), waiting)


def replacement(strata: Mapping[str, Stratum], of: str, taken: Collection[str], seed: int) -> str | None:
    """Who takes the place of ``of``: the next of its stratum by the same seed; None where all are taken."""
    alike = (code for code, stratum in strata.items() if stratum == strata[of] and code not in taken)
    return min(alike, key=lambda code: _chance(seed, code), default=None)


def _shares(members: Mapping[Stratum, int], size: int) -> dict[Stratum, int]:
    """How many of each stratum: whole parts first, what is left by largest remainder."""
    total = sum(members.values())
    whole = {stratum: size * count // total for stratum, count in members.items()}
    by_remainder: Iterable[Stratum] = sorted(
        members, key=lambda stratum: (-(size * members[stratum] % total), str(stratum))
    )
    for stratum in list(by_remainder)[: size - sum(whole.values())]:
        whole[stratum] += 1
    return whole


def _chance(seed: int, code: str) -> str:
    return hashlib.sha256(f"{seed}:{code}".encode()).hexdigest()
