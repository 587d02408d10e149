"""Reference: who agrees a plan, by which route, and what the decision must carry."""

from datetime import date

from spec.tables import Page, Table
from wherewithal.core import price_change, risk, sign_off
from wherewithal.core.policy import Used
from wherewithal.core.refusal import Refusal
from wherewithal.policy import delegation, mitigation

ON = date(2026, 4, 6)
SCHEME = delegation.delegation(Used(ON))
BANDS = mitigation.bands(Used(ON))
CHECKS = delegation.checks(Used(ON))
LEEWAY = delegation.price_leeway(Used(ON))


def decides(role, own_limit, wrote_it, pence):
    return answered(role, own_limit, wrote_it, pence) or "may agree it"


def turns_down(role, own_limit, wrote_it, pence, route):
    return answered(role, own_limit, wrote_it, pence, agrees=False, route=route) or "may turn it down"


def answered(role, own_limit, wrote_it, pence, **more):
    try:
        sign_off.may_decide(
            SCHEME,
            roles=[role],
            own_limit_pence_per_week=own_limit,
            author="worker-1",
            decider="worker-1" if wrote_it else "worker-2",
            pence_per_week=pence,
            **more,
        )
    except Refusal as refusal:
        return refusal.says
    return ""


def routed(pence, own_limit, worst_after, called_by):
    risks = []
    if worst_after:
        risks = [risk.Risk("1", "Falls", "customer", risk.Score(5, 5), after=risk.Score(*worst_after))]
    return sign_off.route(
        SCHEME,
        BANDS,
        pence_per_week=pence,
        risks=risks,
        called_by=called_by,
        own_limit_pence_per_week=own_limit,
    ).kind


def asked(route):
    return ", ".join(check.id for check in sign_off.checks_for(route, CHECKS))


def agreed(answer, route, final, why_different, reason):
    decision = sign_off.Decision(
        answer=answer,
        route=route,
        final_pence_per_week=final,
        reason=reason,
        why_different=why_different,
        checked={check.id: True for check in CHECKS},
    )
    try:
        sign_off.check(decision, CHECKS, plan_pence_per_week=20800, indicative_pence_per_week=21450)
    except Refusal as refusal:
        return refusal.says
    return "recorded"


def new_price(agreed_on, first, pence):
    try:
        price_change.check(price_change.Agreed(20000, agreed_on), first, pence, LEEWAY)
    except Refusal as refusal:
        return refusal.says
    return "may be set"


PAGE = Page(
    slug="sign-off",
    title="Sign-off",
    says=(
        "Money goes up a dated scheme of delegation. The limits here are those of Exampleshire, a made-up "
        "council: £1,500.00 a week for a manager, £5,000.00 for the risk panel. A role that is not named "
        "has no authority. Equal to the limit is within it."
    ),
    tables=(
        Table(
            title="Who may agree a plan",
            says=(
                "A worker's own limit is nothing unless the council gave that worker one. Within it they may "
                "agree a plan that they wrote; above it the author never decides. A refusal says who could."
            ),
            given=("role", "own limit, pence", "wrote it", "plan, pence a week"),
            then=("answer",),
            rows=(
                (
                    "practitioner", 0, False, 10000,
                    "You have no limit in the scheme of delegation. This plan can be agreed by a manager.",
                ),
                (
                    "practitioner", 0, True, 0,
                    "You wrote this plan, so you cannot agree it. It can be agreed by somebody else: a "
                    "manager.",
                ),
                ("practitioner", 20000, True, 20000, "may agree it"),
                (
                    "practitioner", 20000, True, 20001,
                    "You wrote this plan, and it costs £200.01 a week, above your own limit of £200.00, so "
                    "you cannot agree it. It can be agreed by somebody else: a manager.",
                ),
                ("practitioner", 20000, False, 20000, "may agree it"),
                (
                    "practitioner", 20000, False, 21450,
                    "This plan costs £214.50 a week; your limit is £200.00. Send it to a manager.",
                ),
                ("manager", 0, False, 150000, "may agree it"),
                (
                    "manager", 0, False, 150001,
                    "This plan costs £1,500.01 a week; your limit is £1,500.00. Send it to the risk panel.",
                ),
                ("manager", 200000, False, 180000, "may agree it"),
                (
                    "manager", 0, True, 10000,
                    "You wrote this plan, so you cannot agree it. It can be agreed by somebody else: a "
                    "manager.",
                ),
                ("panel", 0, False, 500000, "may agree it"),
                (
                    "panel", 0, False, 500001,
                    "This plan costs £5,000.01 a week; your limit is £5,000.00. No role has a limit so "
                    "high: only somebody to whom the council gives a limit of £5,000.01 a week or more "
                    "could agree it.",
                ),
            ),
            run=decides,
        ),
        Table(
            title="Who may send a plan back, or refuse it",
            says=(
                "No money goes out, so no limit is asked of whoever's role has one. The author takes the "
                "plan back instead."
            ),
            given=("role", "own limit, pence", "wrote it", "plan, pence a week", "route"),
            then=("answer",),
            rows=(
                ("manager", 0, False, 150000, "manager", "may turn it down"),
                ("manager", 0, False, 150001, "panel", "This plan is for the risk panel to hear."),
                ("panel", 0, False, 500001, "panel", "may turn it down"),
                ("practitioner", 20000, False, 20000, "manager", "may turn it down"),
                (
                    "practitioner", 20000, False, 21450, "manager",
                    "This plan costs £214.50 a week; your limit is £200.00. Send it to a manager.",
                ),
                (
                    "finance", 0, False, 10000, "manager",
                    "You have no limit in the scheme of delegation. This plan can be agreed by a manager.",
                ),
                (
                    "manager", 0, True, 10000, "manager",
                    "You wrote this plan, so you cannot agree it. It can be agreed by somebody else: a "
                    "manager.",
                ),
            ),
            run=turns_down,
        ),
        Table(
            title="Which route a plan takes",
            says=(
                "To the risk panel when a risk is very high after its mitigation, or when any party calls "
                "it, the person too. Else within the worker's own limit; else, below £200.00 a week, by a "
                "manager's light check, which is our reading of one council's practice and not verified; "
                "else to a manager, and above a manager's limit to the panel."
            ),
            given=("plan, pence a week", "own limit, pence", "worst risk after", "panel called by"),
            then=("route",),
            rows=(
                (19999, 0, None, "", "light"),
                (20000, 0, None, "", "manager"),
                (20000, 20000, None, "", "own"),
                (20001, 20000, None, "", "manager"),
                (150000, 0, None, "", "manager"),
                (150001, 0, None, "", "panel"),
                (500001, 0, None, "", "panel"),
                (10000, 20000, (3, 5), "", "own"),
                (10000, 20000, (4, 4), "", "panel"),
                (10000, 20000, None, "the person", "panel"),
            ),
            run=routed,
        ),
        Table(
            title="What is asked on each route",
            says="The light route asks less.",
            given=("route",),
            then=("checks",),
            rows=(
                ("own", "own_words, needs_met"),
                ("light", "own_words, needs_met"),
                ("manager", "own_words, needs_met, risks, carer, choice, contingency"),
                ("panel", "own_words, needs_met, risks, carer, choice, contingency"),
            ),
            run=asked,
        ),
        Table(
            title="Which of a worker's own agreements are looked at afterwards",
            says="Every fifth in Exampleshire, counted for each worker.",
            given=("agreed before", "one in"),
            then=("looked at",),
            rows=((0, 5, False), (3, 5, False), (4, 5, True), (5, 5, False), (9, 5, True), (0, 1, True)),
            run=sign_off.sampled,
        ),
        Table(
            title="What a decision must carry",
            says=(
                "The plan costs £208.00 a week; the indicative budget was £214.50. A final budget that "
                "differs says why (R (KM) v Cambridgeshire County Council [2012] UKSC 23). The panel "
                "agrees the plan as it stands or sends it back. A plan that is sent back says what should "
                "change."
            ),
            given=("answer", "route", "final, pence a week", "why different", "reason"),
            then=("the record",),
            rows=(
                ("agreed", "manager", 20800, "Two shared trips cost less.", "It fits.", "recorded"),
                (
                    "agreed", "manager", 20800, "", "It fits.",
                    "The final budget is £6.50 a week less than the indicative budget. Say why.",
                ),
                (
                    "agreed", "manager", 21450, "", "It fits.",
                    "The final budget is £6.50 a week more than the plan costs. Say why.",
                ),
                (
                    "agreed", "panel", 20000, "It is enough.", "It fits.",
                    "The panel hears risk; it does not change the money. Agree £208.00 a week or send the "
                    "plan back.",
                ),
                ("agreed", "panel", 20800, "Two shared trips cost less.", "It fits.", "recorded"),
                (
                    "agreed", "manager", 20800, "Two shared trips cost less.", "",
                    "Say why the plan is agreed.",
                ),
                ("sent_back", "panel", 20800, "", "", "Say what should change before the plan comes back."),
                ("sent_back", "panel", 20800, "", "Name a second worker.", "recorded"),
            ),
            run=agreed,
        ),
        Table(
            title="Which prices may change without a new sign-off",
            says=(
                "A price of £200.00 a week was signed off. In Exampleshire it may move, up or down, by a "
                "tenth of that for each year begun since, or by £5.00 where that is more. Any other price is "
                "another budget: a new version of the plan, with its sign-off (Care Act 2014, section 27)."
            ),
            given=("agreed on", "new price from", "pence a week"),
            then=("answer",),
            rows=(
                (date(2026, 4, 6), date(2026, 5, 4), 22000, "may be set"),
                (date(2026, 4, 6), date(2026, 5, 4), 18000, "may be set"),
                (
                    date(2026, 4, 6), date(2026, 5, 4), 22001,
                    "£200.00 a week was agreed on 6 April 2026. A price from 4 May 2026 can be between "
                    "£180.00 and £220.00; for any other, start a new version of the plan, so that it is "
                    "signed off.",
                ),
                (
                    date(2026, 4, 6), date(2026, 3, 2), 17999,
                    "£200.00 a week was agreed on 6 April 2026. A price from 2 March 2026 can be between "
                    "£180.00 and £220.00; for any other, start a new version of the plan, so that it is "
                    "signed off.",
                ),
                (date(2026, 4, 6), date(2027, 4, 5), 24000,
                    "£200.00 a week was agreed on 6 April 2026. A price from 5 April 2027 can be between "
                    "£180.00 and £220.00; for any other, start a new version of the plan, so that it is "
                    "signed off.",
                ),
                (date(2026, 4, 6), date(2027, 4, 6), 24000, "may be set"),
            ),
            run=new_price,
        ),
    ),
)  # fmt: skip
