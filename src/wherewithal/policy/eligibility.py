"""Which rule of eligibility is in force: ``national/eligibility.toml``, with the council's own threshold
(``local/eligibility.toml``) where the rule leaves one to the council.
"""

from datetime import date
from functools import cache

from wherewithal.core.eligibility import BandRule, Coded, OutcomeRule, Rule
from wherewithal.core.period import Period, written
from wherewithal.core.policy import NoPolicy
from wherewithal.policy import parameters, table
from wherewithal.policy.rows import Misspelt, Row

FILE = "national/eligibility"
_EVERY_RULE = "id kind form title from until source verified notes if_eligible if_not"


def rules(kind: str, on: date) -> Rule:
    """The rule for an "adult" or a "carer" on a day.

    Raises NoPolicy where none is on record for the day, the council had no threshold then, or the file
    is misspelt.
    """
    try:
        for row in _rows():
            if row.text("kind") == kind and on in _held(row):
                return _band_rule(row, on) if row.text("form") == "bands" else _outcome_rule(row)
    except Misspelt as misspelt:
        raise NoPolicy(f"{misspelt}.") from misspelt
    raise NoPolicy(
        f"No rule of eligibility for “{kind}” is on record for {written(on)}. "
        "Check the date, or ask whoever keeps the policy to add the rule, with its source."
    )


@cache
def _rows() -> tuple[Row, ...]:
    """The rules in the order of the file; two of a kind on one day are refused."""
    found = tuple(Row(f"{FILE}.toml", table(FILE)).rows("rules", "rule"))
    for later, earlier in ((one, other) for at, one in enumerate(found) for other in found[:at]):
        both = _held(later).shared_with(_held(earlier))
        if both and later.text("kind") == earlier.text("kind"):
            raise NoPolicy(f"{later.where}: another rule is in force on {written(both.first)}.")
    return found


def _held(row: Row) -> Period:
    return Period(row.get("from", date), row.day("until", None))


def _band_rule(row: Row, on: date) -> BandRule:
    row.only(f"{_EVERY_RULE} bands")
    threshold = parameters("local/eligibility")["facs_threshold"].at(on)
    bands = _coded(row, "bands")
    if threshold.value not in [band.code for band in bands]:
        raise NoPolicy(f"The council's threshold “{threshold.value}” is no band of “{row.text('title')}”.")
    return BandRule(
        id=row.text("id"),
        kind=row.text("kind"),
        title=row.text("title"),
        source=row.text("source"),
        verified=row.flag("verified") and threshold.verified,
        bands=bands,
        threshold=threshold.value,
        threshold_source=threshold.source,
        if_eligible=row.text("if_eligible"),
        if_not=row.text("if_not"),
        notes=row.texts("notes", ()),
    )


def _outcome_rule(row: Row) -> OutcomeRule:
    row.only(f"{_EVERY_RULE} cause least outcomes limbs enough_alone wellbeing")
    cause = Row(f"{row.where}, cause", row.get("cause", dict))
    return OutcomeRule(
        id=row.text("id"),
        kind=row.text("kind"),
        title=row.text("title"),
        source=row.text("source"),
        verified=row.flag("verified"),
        cause=Coded(cause.text("code"), cause.text("text"), cause.text("hint")),
        least=row.get("least", int),
        outcomes=_coded(row, "outcomes"),
        limbs=_coded(row, "limbs"),
        enough_alone=_coded(row, "enough_alone"),
        wellbeing=_coded(row, "wellbeing"),
        if_eligible=row.text("if_eligible"),
        if_not=row.text("if_not"),
        notes=row.texts("notes", ()),
    )


def _coded(row: Row, key: str) -> tuple[Coded, ...]:
    found = tuple(
        Coded(one.text("code"), one.text("text"), one.text("hint", "")) for one in row.rows(key, key, ())
    )
    if len({one.code for one in found}) < len(found):
        raise Misspelt(f"{row.where}: two of “{key}” have the same code")
    return found
