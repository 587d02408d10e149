"""Reads one council's risk policy on a day: the bands, the kinds and the library of mitigations."""

from wherewithal.core.policy import Used
from wherewithal.core.risk import Band, Mitigation
from wherewithal.policy import parameters

FILE = "local/mitigations"


def library(used: Used, file: str = FILE) -> tuple[Mitigation, ...]:
    """The mitigations from which a risk chooses."""
    rows = used.value(parameters(file), "mitigations")
    return tuple(Mitigation(row["id"], row["says"], tuple(row["kinds"])) for row in rows)


def bands(used: Used, file: str = FILE) -> tuple[Band, ...]:
    """The bands of risk, lowest first."""
    rows = used.value(parameters(file), "risk_bands")
    return tuple(Band(row["id"], row["title"], row["from_score"]) for row in rows)


def kind_titles(used: Used, file: str = FILE) -> dict[str, str]:
    """The kinds of risk by id, as a page says them."""
    return {row["id"]: row["title"] for row in used.value(parameters(file), "risk_kinds")}
