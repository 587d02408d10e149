"""From findings to a decision and its reasons, step by step; from answers to what looks unmet."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from wherewithal.core.eligibility.rule import (
    BandFindings,
    BandRule,
    Coded,
    Eligibility,
    Findings,
    OutcomeFindings,
    OutcomeRule,
    Rule,
)
from wherewithal.core.policy import fingerprint
from wherewithal.core.questions import Answers, Questionnaire, asked, points_of, shown
from wherewithal.core.refusal import Refusal


class FindingMissing(Refusal):
    """Something must still be found out before the rule can decide; ``field`` names it."""


class UnknownFinding(Refusal):
    """A finding that the rule does not know: an outcome, a limb, a band, or the wrong kind of findings."""


@dataclass(frozen=True)
class Suggestion:
    """An answer that makes an outcome look unmet. The worker decides."""

    outcome: str
    question: str
    text: str
    answer_text: str
    points: int


def decide(rule: Rule, findings: Findings) -> Eligibility:
    """The decision with its reasons.

    Raises FindingMissing where the rule needs a finding that is missing, UnknownFinding for one that it
    does not know. Sources: SI 2015/313 regs 2 and 3; FACS guidance as each rule names it.
    """
    if isinstance(rule, OutcomeRule) and isinstance(findings, OutcomeFindings):
        return _by_outcomes(rule, findings)
    if isinstance(rule, BandRule) and isinstance(findings, BandFindings):
        return _by_band(rule, findings)
    raise UnknownFinding(
        f"“{rule.title}” does not decide from findings of this kind. Choose the rule of the day."
    )


def suggested(questionnaire: Questionnaire, answers: Answers) -> tuple[Suggestion, ...]:
    """The outcomes that look unmet: each question's answer worth the points that its definition names."""
    found = []
    for question in asked(questionnaire, answers):
        answer = answers.get(question.id)
        points = points_of(question, answer)
        if question.outcome_from_points is not None and points >= question.outcome_from_points:
            text = shown(question, answer)
            found.append(Suggestion(question.outcome, question.id, question.label, text, points))
    return tuple(found)


def _by_outcomes(rule: OutcomeRule, findings: OutcomeFindings) -> Eligibility:
    _refuse_unknown(rule, findings)
    if findings.cause is None:
        raise FindingMissing(f"Say whether this is so: {rule.cause.hint}", field="cause", source=rule.source)
    unmet = tuple(one.code for one in rule.outcomes if any(row.outcome == one.code for row in findings.unmet))
    enough = len(unmet) >= rule.least or bool(findings.alone)
    if findings.cause and enough and findings.impact is None:
        raise FindingMissing(
            "Say whether this has a big effect on the person's well-being, or is likely to.",
            field="impact",
            source=rule.source,
        )
    eligible = bool(findings.cause and enough and findings.impact)
    reasons = [
        _about_cause(rule, findings),
        *_about_outcomes(rule, findings, unmet),
        *_about_impact(rule, findings, enough),
        rule.if_eligible if eligible else rule.if_not,
    ]
    return Eligibility(
        eligible, tuple(reasons), unmet, rule.id, rule.source, rule.verified, findings,
        fingerprint(asdict(rule)),
    )  # fmt: skip


def _about_cause(rule: OutcomeRule, findings: OutcomeFindings) -> str:
    if findings.cause:
        return f"You need support because {rule.cause.text}."
    return f"We did not find that you need support because {rule.cause.text}. The law asks for that."


def _about_outcomes(rule: OutcomeRule, findings: OutcomeFindings, unmet: tuple[str, ...]) -> Iterable[str]:
    alone = [one.text for one in rule.enough_alone if one.code in findings.alone]
    yield from (f"{text} The law counts this by itself." for text in alone)
    if unmet or not alone:
        yield (
            f"Of the {len(rule.outcomes)} things in the law's list, we found {len(unmet) or 'none'} that you "
            f"are unable to do. The law asks for {rule.least} or more."
        )
    limbs = {limb.code: limb.text for limb in rule.limbs}
    for outcome in rule.outcomes:
        found = [limbs[row.limb] for row in findings.unmet if row.outcome == outcome.code]
        if found:
            yield f"{outcome.text}: {'; '.join(dict.fromkeys(found))}."
    if findings.looked_at:
        yield f"Your needs come and go, so we looked at this time: {findings.looked_at.rstrip('.')}."


def _about_impact(rule: OutcomeRule, findings: OutcomeFindings, enough: bool) -> Iterable[str]:
    if findings.impact is None or not enough:
        return
    if not findings.impact:
        yield "We did not find that this has a big effect on your well-being. The law asks for that."
        return
    areas = [one.text for one in rule.wellbeing if one.code in findings.wellbeing]
    which = f": {'; '.join(areas)}" if areas else ""
    yield f"This has, or is likely to have, a big effect on your well-being{which}."


def _refuse_unknown(rule: OutcomeRule, findings: OutcomeFindings) -> None:
    for row in findings.unmet:
        _known(rule, rule.outcomes, row.outcome, "outcome")
        _known(rule, rule.limbs, row.limb, "way of being unable")
    for code in findings.alone:
        _known(rule, rule.enough_alone, code, "circumstance")
    for code in findings.wellbeing:
        _known(rule, rule.wellbeing, code, "area of well-being")


def _by_band(rule: BandRule, findings: BandFindings) -> Eligibility:
    if findings.bands is None:
        raise FindingMissing(
            "Say which risks to the person's independence were found, or none.",
            field="bands",
            source=rule.source,
        )
    for code in findings.bands:
        _known(rule, rule.bands, code, "band")
    codes = [band.code for band in rule.bands]
    supported = codes[: codes.index(rule.threshold) + 1]
    worst = next((band for band in rule.bands if band.code in findings.bands), None)
    eligible = worst is not None and worst.code in supported
    found = (
        f"Without support, the risk to your independence is {worst.code}: {worst.text}."
        if worst
        else "We did not find that you are at risk of losing your independence."
    )
    reasons = (
        found,
        f"This council supports people whose risk is {' or '.join(supported)}.",
        rule.if_eligible if eligible else rule.if_not,
    )
    return Eligibility(
        eligible, reasons, (), rule.id, rule.source, rule.verified, findings, fingerprint(asdict(rule))
    )


def _known(rule: Rule, coded: Iterable[Coded], code: str, what: str) -> None:
    if all(one.code != code for one in coded):
        raise UnknownFinding(f"“{rule.title}” has no {what} “{code}”.", field=code, source=rule.source)
