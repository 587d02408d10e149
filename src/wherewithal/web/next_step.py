"""The one next step for a person: what, who, by when. What is to be done at all says ``records/work.py``."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from wherewithal.core.period import working_days_after
from wherewithal.core.policy import Used
from wherewithal.core.roles import Role, may
from wherewithal.policy.holiday import bank_holidays
from wherewithal.policy.payment import payment_rules
from wherewithal.records.models import Decision, Offer, Person, Review, User
from wherewithal.records.models.assessment import Assessment, Kind
from wherewithal.records.standing import Standing, standings
from wherewithal.records.work import Work
from wherewithal.web.address import address, open_to


class Group(NamedTuple):
    """What people wait for: as a heading says it, and the permission of whoever does it."""

    title: str
    done_by: str


GROUPS = {
    "overdue": Group("Reviews overdue", "review.write"),
    "requests": Group("Requests to decide", "request.decide"),
    "sent_back": Group("Plans sent back", "plan.write"),
    "set_up": Group("Direct payments to set up", "direct_payment.decide"),
    "assess": Group("Assessments", "assessment.write"),
    "plan": Group("Budgets and plans to write", "plan.write"),
    "stop": Group("Support to end", "arrangement.change"),
    "waiting": Group("Waiting for a decision", "decision.decide"),
    "pay": Group("First payments to make", "run.draft"),
    "due": Group("Reviews coming up", "review.write"),
    "ask_again": Group("Direct payments to ask about again", "offer.make"),
    "look": Group("Plans to look at afterwards", "decision.decide"),
}
# What is to be done, by the names of ``records/work.py``: its group, and of one group what comes first.
GROUP_OF = {
    "overdue": "overdue",
    "request": "requests",
    "sent_back": "sent_back",
    "set_up": "set_up",
    "assessing": "assess",
    "assess": "assess",
    "planning": "plan",
    "plan_anew": "plan",
    "plan": "plan",
    "stop": "stop",
    "decide": "waiting",
    "pay": "pay",
    "due": "due",
    "ask_again": "ask_again",
    "look": "look",
}
WHO = {
    Decision.Level.MANAGER: "a manager",
    Decision.Level.LIGHT: "a manager",
    Decision.Level.PANEL: "the risk enablement panel",
    Decision.Level.OFFICER: "a direct payment officer",
}
# The role that answers a question of each level; an officer's is answered by whoever may decide at all.
ASKED_OF = {
    Decision.Level.MANAGER: Role.MANAGER,
    Decision.Level.LIGHT: Role.MANAGER,
    Decision.Level.PANEL: Role.PANEL,
}


@dataclass(frozen=True)
class NextStep:
    """``text`` as a button says it, ``href`` '' where this deployment has no page for it; ``group`` is a key
    of GROUPS ('' when nothing presses); ``asks`` the question that the step is to answer.
    """

    text: str
    href: str
    who: str
    by: date | None = None
    group: str = ""
    asks: Decision | None = None

    def for_user(self, user: User) -> "NextStep":
        """The step as ``user`` meets it: a question for others waits for them, and what their roles do not
        open has no address.
        """
        if self.asks and not asked_of(self.asks, user):
            return replace(self, text=f"Waits for {self.who}: {_about(self.asks)}", href="")
        return self if self.href and open_to(user, self.href) else replace(self, href="")


def is_for(user: User, group: str) -> bool:
    """Is what this group waits for open to the user's roles to do?"""
    return may(user.roles, GROUPS[group].done_by)


def order_for(user: User) -> list[str]:
    """The groups as ``user`` meets them, the most pressing first: what is for others comes after all that is
    for them.
    """
    return sorted(GROUPS, key=lambda group: not is_for(user, group))


def asked_of(decision: Decision, user: User) -> bool:
    """Is the question for this user's roles to answer? What they wrote themselves is not."""
    role = ASKED_OF.get(Decision.Level(decision.level))
    return role is None or (role in user.roles and decision.author_id != user.pk)


def _about(decision: Decision) -> str:
    return str(decision.get_kind_display()).lower()


def next_step(
    person: Person, on: date, standing: Standing | None = None, order: Sequence[str] = tuple(GROUPS)
) -> NextStep | None:
    """The one thing to do next, who does it and by when: of the first group in ``order`` that they are in.
    None when the record has ended.
    """
    at = standing or standings([person], on)[person.pk]
    if person.state == Person.State.ENDED:
        return None
    if not at.work:
        return _rest(at)
    whats = [*GROUP_OF]
    first = min(
        at.work,
        key=lambda one: (order.index(GROUP_OF[one.what]), whats.index(one.what), one.since, one.row),
    )
    return replace(STEPS[first.what](at, first), group=GROUP_OF[first.what])


def _review(at: Standing, work: Work) -> NextStep:
    review = next(one for one in at.reviews if one.pk == work.row)
    text = "Go on with the review" if review.state == Review.State.HELD else "Hold the review"
    return NextStep(text, address("review_hold", review.pk), worker(at.person), review.due_on)


def _request(at: Standing, work: Work) -> NextStep:
    return NextStep(
        "Decide the request", address("request_decide", at.person.ref, work.row), worker(at.person)
    )


def _sent_back(at: Standing, work: Work) -> NextStep:
    href = address("person_plan", at.person.ref)
    return NextStep("Change the plan that was sent back", href, _writer(at.person))


def _set_up(at: Standing, work: Work) -> NextStep:
    answered = at.conditions if at.conditions and at.conditions.plan_id == work.row else None
    who = WHO[Decision.Level.OFFICER]
    ref = at.person.ref
    if answered is None:
        return NextStep("Check the conditions of the direct payment", address("dp_conditions", ref), who)
    if answered.outcome == Decision.Outcome.REFUSED:
        text = "Plan anew: the direct payment was refused"
        return NextStep(text, address("plan_start", ref), worker(at.person))
    return NextStep("Sign the direct payment agreement", address("dp_sign", ref), who)


def _assessing(at: Standing, work: Work) -> NextStep:
    href = address("person_assessment", at.person.ref)
    return NextStep("Go on with the assessment", href, worker(at.person))


def _assess(at: Standing, work: Work) -> NextStep:
    return NextStep("Start the assessment", address("assessment_start", at.person.ref), worker(at.person))


def _planning(at: Standing, work: Work) -> NextStep:
    return NextStep("Go on with the plan", address("person_plan", at.person.ref), _writer(at.person))


def _plan_anew(at: Standing, work: Work) -> NextStep:
    href = address("plan_start", at.person.ref)
    return NextStep("Write the plan anew after the review", href, _writer(at.person))


def _plan(at: Standing, work: Work) -> NextStep:
    """What is still missing before the plan that answers the assessment can be started."""
    ref, who, assessment = at.person.ref, worker(at.person), at.assessment
    assert assessment is not None, "an assessment is what asks for this step"
    if at.offer is None or not _belongs(at.offer, assessment):
        return NextStep("Offer a direct payment", address("offer_make", ref), who)
    if at.allocation is None or at.allocation.assessment_id != assessment.pk:
        return NextStep("Work out the indicative budget", address("allocation_propose", ref), who)
    pays = assessment.kind == Kind.ADULT and at.person.funding != Person.Funding.SELF_FUNDER
    if pays and (at.finance is None or at.finance.kind != Kind.ADULT):
        href = address("finance_assess", ref)
        return NextStep("Assess what the person pays", href, "a finance officer or the worker")
    return NextStep("Start the plan", address("plan_start", ref), _writer(at.person))


def _stop(at: Standing, work: Work) -> NextStep:
    href = address("person_money", at.person.ref)
    return NextStep("End the support, as the review found", href, worker(at.person))


def _decide(at: Standing, work: Work) -> NextStep:
    waiting = _asked(at, work)
    who = WHO.get(Decision.Level(waiting.level), worker(at.person))
    return NextStep(f"Decide: {_about(waiting)}", address("decision", waiting.pk), who, asks=waiting)


def _pay(at: Standing, work: Work) -> NextStep:
    signed = work.since
    days = payment_rules(Used(signed)).first_payment_working_days
    by = working_days_after(signed, days, bank_holidays(signed.year, signed.year + 1))
    return NextStep(
        "Make the first payment", address("money"), "a direct payment officer or a finance officer", by
    )


def _ask_again(at: Standing, work: Work) -> NextStep:
    """They wanted time to think, and the day has come."""
    href = address("offer_make", at.person.ref)
    return NextStep("Ask again about a direct payment", href, worker(at.person), work.since)


def _look(at: Standing, work: Work) -> NextStep:
    look = _asked(at, work)
    text = "Look at the plan that its worker agreed"
    return NextStep(text, address("decision", look.pk), WHO[Decision.Level.MANAGER], asks=look)


def _asked(at: Standing, work: Work) -> Decision:
    return next(one for one in at.asked if one.pk == work.row)


def _later(at: Standing) -> date | None:
    wanted = at.offer and at.offer.answer == Offer.Answer.LATER
    return at.offer.ask_again_on if at.offer and wanted else None


def _rest(at: Standing) -> NextStep:
    ref, who = at.person.ref, worker(at.person)
    if later := _later(at):
        return NextStep("Ask again about a direct payment", address("offer_make", ref), who, later)
    if at.review:
        return NextStep("Hold the next review", address("person_reviews", ref), who, at.review.due_on)
    if not at.requests:
        return NextStep("Write down what they ask for", address("request_new", ref), who)
    return NextStep("Nothing to do now", "", "")


def _belongs(offer: Offer, assessment: Assessment) -> bool:
    return offer.assessment_id == assessment.pk or offer.made_on >= (
        assessment.agreed_on or assessment.started_on
    )


def worker(person: Person) -> str:
    if person.worker:
        return str(person.worker)
    return f"a worker of {person.team}" if person.team else "a worker"


def _writer(person: Person) -> str:
    return f"{person.broker}, broker" if person.broker else worker(person)


STEPS: dict[str, Callable[[Standing, Work], NextStep]] = {
    "overdue": _review,
    "request": _request,
    "sent_back": _sent_back,
    "set_up": _set_up,
    "assessing": _assessing,
    "assess": _assess,
    "planning": _planning,
    "plan_anew": _plan_anew,
    "plan": _plan,
    "stop": _stop,
    "decide": _decide,
    "pay": _pay,
    "due": _review,
    "ask_again": _ask_again,
    "look": _look,
}
