"""Does the council have to support this person? Decided from findings, by the rules of the day, with reasons.

Two kinds of rule. Outcomes (Care Act 2014 s13, SI 2015/313): needs of a certain cause, a number of outcomes
that the person is unable to achieve, a significant impact on well-being. Bands (Fair Access to Care
Services, until 31 March 2015): the worst risk found, against the council's threshold. The worker finds, the
rule decides, and each result says why in sentences that the person can be told.
"""

from wherewithal.core.eligibility.deciding import (
    FindingMissing,
    Suggestion,
    UnknownFinding,
    decide,
    suggested,
)
from wherewithal.core.eligibility.rule import (
    BandFindings,
    BandRule,
    Coded,
    Eligibility,
    Findings,
    OutcomeFindings,
    OutcomeRule,
    Rule,
    Unmet,
    findings_from_record,
)

__all__ = [
    "BandFindings",
    "BandRule",
    "Coded",
    "Eligibility",
    "FindingMissing",
    "Findings",
    "OutcomeFindings",
    "OutcomeRule",
    "Rule",
    "Suggestion",
    "UnknownFinding",
    "Unmet",
    "decide",
    "findings_from_record",
    "suggested",
]
