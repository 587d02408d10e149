"""What a person answered of what the screens found: changed away, kept for a reason, or still open."""

from collections.abc import Iterable
from dataclasses import dataclass

from wherewithal.core.screening.findings import Finding, Kind

# Findings that tell whose words they are, not only may tell: kept where a name was promised never to stand,
# they break the promise.
NAMES_SOMEBODY = frozenset({Kind.PLACE, Kind.REGION, Kind.ADDRESS})


@dataclass(frozen=True)
class Kept:
    """Words that were found and stay, and why."""

    kind: str
    words: str
    why: str


def still_open(findings: Iterable[Finding], kept: Iterable[Kept]) -> tuple[Finding, ...]:
    """Findings that nobody has answered: neither changed away nor kept."""
    stays = {(one.kind, one.words) for one in kept}
    return tuple(one for one in findings if (one.kind, one.words) not in stays)


def still_kept(findings: Iterable[Finding], kept: Iterable[Kept]) -> tuple[Kept, ...]:
    """Of what was kept, what still stands in the words."""
    stands = {(one.kind.value, one.words) for one in findings}
    return tuple(one for one in kept if (one.kind, one.words) in stands)


def answered(findings: Iterable[Finding], kept: Iterable[Kept]) -> list[tuple[Finding, str]]:
    """Each thing that was found, once, with why it stays; '' where nobody has answered it."""
    why = {(one.kind, one.words): one.why for one in kept}
    once = {(one.kind, one.words): one for one in findings}
    return [(one, why.get(key, "")) for key, one in once.items()]
