"""The nouns of eligibility: rules as policy gives them, findings as a worker makes them, the result."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Coded:
    """A code of the rule and its words: an outcome, a limb of "unable", an area of well-being, a band."""

    code: str
    text: str
    hint: str = ""


@dataclass(frozen=True)
class OutcomeRule:
    """``least`` outcomes, or one of the circumstances that are ``enough_alone``.

    The texts are parts of sentences to the person: the cause follows "you need support because", an outcome
    stands before its limbs ("Dressing: you cannot do this without help"), well-being is a list. A hint is
    for the worker.
    """

    id: str
    kind: str
    title: str
    source: str
    verified: bool
    cause: Coded
    least: int
    outcomes: tuple[Coded, ...]
    limbs: tuple[Coded, ...]
    enough_alone: tuple[Coded, ...]
    wellbeing: tuple[Coded, ...]
    if_eligible: str
    if_not: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class BandRule:
    """``bands`` from the worst down; the council supports those from its ``threshold`` up."""

    id: str
    kind: str
    title: str
    source: str
    verified: bool
    bands: tuple[Coded, ...]
    threshold: str
    threshold_source: str
    if_eligible: str
    if_not: str
    notes: tuple[str, ...] = ()


Rule = OutcomeRule | BandRule


@dataclass(frozen=True)
class Unmet:
    """An outcome that the person is unable to achieve, and the limb by which; one row for each limb."""

    outcome: str
    limb: str
    note: str = ""


@dataclass(frozen=True)
class OutcomeFindings:
    """What the worker found; None is not found out yet. ``alone`` and ``wellbeing`` are codes of the rule.

    ``looked_at`` says over what time the person was seen where their needs come and go (regs 2(4), 3(4)).
    """

    cause: bool | None = None
    unmet: tuple[Unmet, ...] = ()
    alone: tuple[str, ...] = ()
    impact: bool | None = None
    wellbeing: tuple[str, ...] = ()
    looked_at: str = ""


@dataclass(frozen=True)
class BandFindings:
    """The bands in which a risk was found; None is not found out yet, () is no risk."""

    bands: tuple[str, ...] | None = None


Findings = OutcomeFindings | BandFindings


def findings_from_record(row: Mapping[str, Any]) -> Findings:
    """The findings that ``Eligibility.record`` kept (its ``findings``), so that it can be decided again."""
    if "bands" in row:
        return BandFindings(None if row["bands"] is None else tuple(row["bands"]))
    tuples = {key: tuple(row[key]) for key in ("alone", "wellbeing")}
    return OutcomeFindings(**{**row, **tuples, "unmet": tuple(Unmet(**one) for one in row["unmet"])})


@dataclass(frozen=True)
class Eligibility:
    """``reasons`` are sentences to the person, in order. ``unmet`` are the outcome codes that counted, in
    the order of the rule. ``fingerprint`` is of the rule, with the council's threshold in it.
    """

    eligible: bool
    reasons: tuple[str, ...]
    unmet: tuple[str, ...]
    rule_id: str
    source: str
    verified: bool
    findings: Findings
    fingerprint: str

    def record(self) -> dict[str, Any]:
        """JSON-ready, to be kept with the assessment."""
        return asdict(self)
