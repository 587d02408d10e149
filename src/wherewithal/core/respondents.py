"""Are the respondents of two waves the same? Who answered both is found only where that can be known."""

from dataclasses import dataclass

from wherewithal.core.survey import Mode


@dataclass(frozen=True)
class Round:
    """One wave: its title, its promise, of what it asks (``council``, ...), and whether its keys are gone."""

    title: str
    mode: str
    unit: str
    keys_gone: bool = False


def why_not_matched(first: Round, second: Round) -> str:
    """Why nobody can say who answered both, as sentences; '' where councils are found by their code."""
    if first.unit != second.unit:
        return "The two waves ask others: one councils, staff or people, and the other not."
    if first.unit != "council":
        return "Only councils have a code that stays from wave to wave, so nobody knows who answered both."
    for one in (first, second):
        if one.mode == Mode.ANONYMOUS:
            return f"“{one.title}” was anonymous, so nobody knows who answered both."
        if one.keys_gone:
            return f"The keys of “{one.title}” are destroyed, so nobody knows any more who answered both."
    return ""
