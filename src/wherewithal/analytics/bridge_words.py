"""A bridge in words: its title, its sentences, the bars of its waterfall; ``[c]`` for what is not told."""

from collections.abc import Iterator

from wherewithal.analytics.bridge import Bridge, Change, Take
from wherewithal.core.waterfall import Bars, Moved, Total

NOT_TOLD = "[c]"
MINUS = "\N{MINUS SIGN}"


def takes(of: Bridge) -> list[Take]:
    """Every definition on the way, the first and the last among them."""
    return [of.steps[0].before, *(step.after for step in of.steps)]


def title(of: Bridge) -> str:
    """``From NI130 (revised) to ASCOF 3D(1a): self-directed support, 2025-26``."""
    first, *_, last = takes(of)
    return f"From {first.measure.title} to {last.measure.title}, {of.period.label}"


def says(of: Bridge) -> str:
    """All of it in sentences, for who does not see the picture."""
    first, *others = takes(of)
    told = [sentence(first)]
    for step, take in zip(of.steps, others, strict=True):
        told += [f"{signed(one.denominator)} in the base: {why(one)}." for one in step.changes]
        told.append(sentence(take))
    return " ".join(told)


def bars(of: Bridge) -> Bars:
    """A bar for the base of each definition, and for who leaves it or comes; of a base not told, none. Empty
    where there is no count to start from or none to end at.
    """
    first, *others = takes(of)
    if first.denominator is None or others[-1].denominator is None:
        return []
    found: Bars = [*_total(first)]
    for step, take in zip(of.steps, others, strict=True):
        moved = [one for one in step.changes if one.to_denominator]
        names = [one.after if one.to_denominator < 0 else one.before for one in moved]
        for one, name in zip(moved, names, strict=True):
            found.append(Moved(name if names.count(name) == 1 else why(one), one.denominator))
        found += _total(take)
    return found


def value(one: Take) -> str:
    """``61.4%``."""
    return NOT_TOLD if one.value is None else f"{one.value}%"


def short(one: Take) -> str:
    """``4,812 of 7,838``."""
    return f"{number(one.numerator)} of {number(one.denominator)}"


def why(one: Change) -> str:
    """By what the definition before says, and what the one after it says."""
    return f"{one.before} → {one.after}"


def number(count: int | None) -> str:
    """``4,812``."""
    return NOT_TOLD if count is None else f"{count:,}"


def signed(count: int | None) -> str:
    """``+12`` of who comes, with a minus of who leaves, ``0``."""
    return NOT_TOLD if count is None else f"{count:+,}".replace("-", MINUS) if count else "0"


def sentence(one: Take) -> str:
    """``ASCOF 3D(1a): self-directed support: 61.4%, 4,812 of 7,838.``"""
    return f"{one.measure.title}: {value(one)}, {short(one)}{at_most(one)}."


def at_most(one: Take) -> str:
    """``; at most 65.0%`` where the definition allows no more; '' where it allows all."""
    return "" if one.highest is None else f"; at most {one.highest}%"


def _total(one: Take) -> Iterator[Total]:
    if one.denominator is not None:
        yield Total(f"{one.measure.title}: {value(one)}", one.denominator, one.numerator or 0)
