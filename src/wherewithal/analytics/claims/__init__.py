"""The claim checker: which count, percentage, fraction or total in a report cannot be right, and why."""

from collections.abc import Iterable
from dataclasses import dataclass

from wherewithal.analytics.claims import adding, comparing, fitting, twice
from wherewithal.analytics.claims.bases import Base, Bases, find
from wherewithal.analytics.claims.fault import Fault
from wherewithal.analytics.claims.passages import Section, sections
from wherewithal.analytics.claims.shares import Share, shares
from wherewithal.core.document import Block


@dataclass(frozen=True)
class Reading:
    """A report as the checker understands it: its bases, every share that it claims, and what is wrong."""

    sections: list[Section]
    bases: Bases
    shares: list[Share]
    faults: list[Fault]


def check(blocks: Iterable[Block], given: Iterable[Base] = ()) -> Reading:
    """Check a report against itself, and against bases ``given`` from outside, the cohort first."""
    found = sections(blocks)
    nothing = Bases((), None, None)
    largest = max(
        (s.count or 0 for section in found for s in shares(section, nothing) if s.percent), default=0
    )
    bases = find(found, given, at_least=largest)
    told = [share for section in found for share in shares(section, bases)]
    faults = [
        *fitting.percentages(told, bases),
        *fitting.fractions(told, bases, adding.gaps(found)),
        *adding.sums(found),
        *adding.remaining(found, told, bases),
        *adding.answered(found, bases),
        *fitting.two_values(told, bases),
        *twice.said_twice(found),
    ]
    return Reading(found, bases, told, list(dict.fromkeys(faults)))


def compare(first: Reading, second: Reading) -> list[Fault]:
    """What changed from the first document to the second: bases widened or lost, limits, numbers."""
    faults = [
        fault for share in second.shares for fault in comparing.share(share, first.shares, first.bases)
    ] + list(comparing.other_numbers(first.sections, second.sections))
    return list(dict.fromkeys(faults))
