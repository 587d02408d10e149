"""A support plan written with the person: lines, risks, tests, direct payment conditions, sign-off."""

from collections.abc import Generator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from wherewithal.actions import conditions as answering
from wherewithal.actions import decision as decisions
from wherewithal.actions import person as people
from wherewithal.actions import plan as plans
from wherewithal.actions import plan_line, plan_outcome, plan_sign_off
from wherewithal.actions import risk as risks
from wherewithal.core.direct_payment import NOT_PROHIBITED, HeldBy
from wherewithal.core.policy import Used
from wherewithal.core.roles import Role
from wherewithal.policy import delegation
from wherewithal.policy.direct_payment import conditions
from wherewithal.records.models import Decision, Plan, PlanOutcome, Representation, User
from wherewithal.simulate import support
from wherewithal.simulate.assessing import Assessed
from wherewithal.simulate.clock import after
from wherewithal.simulate.demo import BROKERED, WAITING
from wherewithal.simulate.persona import Holds
from wherewithal.simulate.town import One
from wherewithal.simulate.words import said

CANNOT_MANAGE = "There is nobody who could help with the money, and the person says it would be too much."
WHY_MORE = (
    "The prices of this area are higher than the scheme allows for.",
    "The assistant is needed for the way there and back as well.",
)
WHY_LESS = (
    "Family does more than the answers showed, and wants to.",
    "What the person chose costs less and does as much.",
)
WHY_NEARLY = "Support is bought by the quarter of an hour, so it does not come to the same penny."
NEARLY = 500  # pence a week
SOON = (30, 42)  # days from writing a plan to its support: time to decide, and to sign for the money
SENT_BACK = "Say what happens when the assistant is ill, and who is rung first."
WHEN_IT_BREAKS_DOWN = (
    "I ring the agency on the card by the telephone; my neighbour has a key.",
    "My sister comes for a night. After that the duty team sends somebody.",
    "Two assistants take turns, so that one can step in.",
)
TESTS = {
    "lawful": "Everything in it is ordinary support.",
    "disrepute": "It can be explained to anybody who asks.",
    "will_work": "It was tried for two weeks, and it works.",
}
LAST_DAYS = timedelta(days=14)
ANSWERS = "It follows from what the person told us."


@dataclass(frozen=True)
class Planned:
    """A plan that was agreed, and the decision under which its direct payment can be signed (or None)."""

    plan: Plan
    conditions: Decision | None


Stage = Generator[datetime, datetime, Planned]


def write(one: One, found: Assessed, at: datetime) -> Stage:
    """A plan for the budget of an assessment, from its first words until it is agreed."""
    rng = one.is_.rng("plan")
    holds = _holds(one, found)
    author, written_by = _author(one, at)
    plan = plans.start(
        person=one.person,
        kind=one.is_.kind,
        allocation=found.allocation,
        written_by=written_by,
        by=author,
        at=at,
    )
    at = yield after(at, rng, 1, 9)
    one.opened(author, "person_plan", at)
    _describe(one, plan, author, written_by, at)
    _lines(one, plan, holds, found, author, at)
    at = yield after(at, rng, 1, 9)
    _risks(one, plan, author, at)
    if holds == "own_money":
        return Planned(plan_sign_off.keep(plan=plan, by=author, at=at), None)
    allowed = _conditions(one, plan, at) if holds in ("direct_payment", "mixed") else None
    if allowed is not None and allowed.outcome == Decision.Outcome.REFUSED:
        at = yield after(at, rng, 1, 6)
        _hold_otherwise(plan, author, at)
        allowed = None
    agreed = yield from sign_off(one, plan, author, at)
    return Planned(agreed, allowed)


def sign_off(one: One, plan: Plan, author: User, at: datetime) -> Generator[datetime, datetime, Plan]:
    """The three tests, handed in, decided by whoever may; sent back once where that befalls somebody."""
    rng = one.is_.rng(f"sign off {plan.version}")
    tests = {test.id: (True, TESTS.get(test.id, ANSWERS)) for test in delegation.tests(Used(at.date()))}
    plans.answer_tests(plan=plan, answers=tests, by=author, at=at)
    if one.is_.twist == "panel" and plan.version == 1 and rng.random() < 0.5:
        plan_sign_off.call_panel(
            plan=plan,
            called_by=one.is_.name,
            reason="I want to go out alone, and to be heard.",
            by=author,
            at=at,
        )
    asked = plan_sign_off.submit(plan=plan, by=author, at=at)
    if one.is_.number in WAITING or (one.town.until - at < LAST_DAYS and rng.random() < 0.5):
        at = yield one.town.after_all  # it still waits when the two years end
    at = yield after(at, rng, 1, 9)
    if one.is_.twist == "sent_back" and plan.version == 1:
        _decide(one, asked, at, outcome="sent_back", reason=SENT_BACK)
        at = yield after(at, rng, 3, 10)
        _describe(one, plan, author, plan.written_by, at, whole=True)
        asked = plan_sign_off.submit(plan=plan, by=author, at=at)
        at = yield after(at, rng, 1, 6)
    _decide(one, asked, at, outcome="agreed", reason="The plan meets the needs and the person chose it.")
    return plan


def _holds(one: One, found: Assessed) -> Holds:
    """How the money is held: as drawn, unless the direct payment was not taken after all."""
    if one.is_.holds in ("direct_payment", "mixed") and not found.accepted:
        return "council_managed"
    return one.is_.holds


def _author(one: One, at: datetime) -> tuple[User, str]:
    """Who writes it into the record, and in whose words it is."""
    rng = one.is_.rng("author")
    drawn = rng.random()
    if drawn < 0.25 or one.is_.number == BROKERED:
        shown = one.town.cast.all(Role.BROKER)[0]
        broker = shown if one.is_.number == BROKERED else one.staff(Role.BROKER, "plan")
        one.person = people.assign(
            person=one.person, team=one.person.team, worker=one.worker, broker=broker, by=one.worker, at=at
        )
        return broker, "broker"
    return one.worker, "person" if drawn < 0.4 else "family" if drawn < 0.55 else "worker"


def _describe(
    one: One, plan: Plan, author: User, written_by: str, at: datetime, *, whole: bool = False
) -> None:
    """What matters, three wishes and, mostly (``whole``: always), what happens when support breaks down."""
    rng = one.is_.rng(f"describe {plan.version}")
    says_all = rng.random() < 0.85 or whole
    plans.describe(
        plan=plan,
        summary=said("good_life", rng),
        wishes=[said(f"wish_{number}", rng) for number in (1, 2, 3)],
        contingency=rng.choice(WHEN_IT_BREAKS_DOWN) if says_all else "",
        contingency_pence_per_week=0,
        written_by=written_by,
        by=author,
        at=at,
    )


def _lines(one: One, plan: Plan, holds: Holds, found: Assessed, author: User, at: datetime) -> None:
    rng = one.is_.rng("lines")
    wanted = plan.indicative_pence_per_week or one.is_.wanted_pence_per_year // 52
    first = at.date() + timedelta(days=rng.randint(*SOON))
    bought = support.drafts(rng, holds, wanted, found.unmet, carer=one.is_.carer)
    for goal in support.goals(rng, found.unmet, bought):
        outcome = plan_outcome.add_outcome(plan=plan, text=goal.words, serves=goal.serves, by=author, at=at)
        for draft in goal.bought:
            _add(plan, draft, outcome, first, author, at)


def _add(plan: Plan, draft: support.Draft, outcome: PlanOutcome, first: date, by: User, at: datetime) -> None:
    plan_line.add_line(
        plan=plan,
        outcome=outcome,
        what=draft.support.what,
        kind=draft.support.kind,
        supplier=draft.supplier,
        units=draft.units,
        unit=draft.support.unit,
        pence_per_unit=draft.pence_per_unit,
        how_often=draft.support.how_often,
        first=first,
        held=draft.held,
        by=by,
        at=at,
    )


def _risks(one: One, plan: Plan, author: User, at: datetime) -> None:
    rng = one.is_.rng("risks")
    found = rng.sample(support.RISKS, k=0 if one.is_.carer else rng.choice((1, 1, 2)))
    if one.is_.twist == "panel":
        found.append(support.PANEL_RISK)
    for kind, what, likelihood, impact, mitigation, likelihood_after, impact_after in found:
        risks.add_risk(
            plan=plan, kind=kind, what=what, likelihood=likelihood, impact=impact, mitigation=mitigation,
            likelihood_after=likelihood_after, impact_after=impact_after, owner=one.worker.display_name,
            by=author, at=at,
        )  # fmt: skip


def _conditions(one: One, plan: Plan, at: datetime) -> Decision:
    """Each condition answered; a few cannot be met, and then the council manages the money."""
    officer = one.staff(Role.DIRECT_PAYMENT_OFFICER, "conditions")
    who = one.representation
    held_by: HeldBy = "person" if who is None else _as_holder(who)
    asked = conditions(Used(at.date()), held_by).asked
    answers = {condition.id: (True, ANSWERS) for condition in asked if condition.id != NOT_PROHIBITED}
    if one.is_.twist == "refused":
        answers["manages"] = (False, CANNOT_MANAGE)
    return answering.decide(
        plan=plan, held_by=held_by, answers=answers, representation=who, by=officer, at=at
    )


def _as_holder(who: Representation) -> HeldBy:
    return "authorised" if who.kind == Representation.Kind.AUTHORISED else "nominated"


def _hold_otherwise(plan: Plan, author: User, at: datetime) -> None:
    for line in plan.lines.filter(held="direct_payment"):
        plan_line.change_line(line=line, held="council_managed", by=author, at=at)


def _decide(one: One, asked: Decision, at: datetime, *, outcome: str, reason: str) -> None:
    rng = one.is_.rng(f"decide {asked.asked_on}")
    plan = asked.plan
    assert plan is not None, "a sign-off is about a plan"
    decider = _decider(one, asked)
    one.opened(decider, "person_plan", at)
    above = asked.content["pence_per_week"] - plan.indicative_pence_per_week
    decisions.decide(
        decision=asked,
        outcome=outcome,
        reason=reason,
        checked={check.id: True for check in delegation.checks(Used(at.date()))},
        why_different=_why_different(above, rng) if above else "",
        conditions="The account is looked at with the person after six weeks." if rng.random() < 0.1 else "",
        dissent="The nurse would have liked a night sitter." if asked.level == "panel" else "",
        by=decider,
        at=at,
    )


def _why_different(above: int, rng: Random) -> str:
    """Why a plan costs ``above`` pence a week more (below 0: less) than the indicative budget."""
    if abs(above) < NEARLY:
        return WHY_NEARLY
    return rng.choice(WHY_MORE if above > 0 else WHY_LESS)


def _decider(one: One, asked: Decision) -> User:
    if asked.level == Decision.Level.OWN:
        return asked.author
    return one.staff(Role.PANEL if asked.level == Decision.Level.PANEL else Role.MANAGER, "sign off")
