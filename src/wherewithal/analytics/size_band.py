"""How large a target group is: in which of the three bands that the survey of 2011 printed."""

from wherewithal.core.band import Band

FEW = 5_000
MANY = 15_000
"""People. Source: ADASS, Report on the personalisation survey, September 2011, section 2.2 (R2.2-5000,
R2.2-15000): some London boroughs are below the one, large counties typically above the other.
"""
SMALL, MIDDLE, LARGE = "fewer than 5,000", "5,000 to 15,000", "more than 15,000"
_BESIDE = {
    SMALL: "as some London boroughs had in 2011",
    MIDDLE: "between the two sizes that were printed in 2011",
    LARGE: "as large counties typically had in 2011",
}


def size_bands(people: Band) -> tuple[str, ...]:
    """Every band that the bounds of a size reach into, from the smallest."""
    lies = {
        SMALL: people.low < FEW,
        MIDDLE: people.low <= MANY and people.high >= FEW,
        LARGE: people.high > MANY,
    }
    return tuple(name for name, reached in lies.items() if reached)


def in_words(people: Band) -> str:
    """``fewer than 5,000 people, as some London boroughs had in 2011``; all bands that are possible."""
    found = size_bands(people)
    if len(found) == 1:
        return f"{found[0]} people, {_BESIDE[found[0]]}"
    return f"{' or '.join(found)} people: its bounds reach into {len(found)} bands"
