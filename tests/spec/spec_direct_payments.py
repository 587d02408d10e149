"""Reference: who may have a direct payment, who holds it, and when it is offered."""

from datetime import date

from spec.tables import Page, Table
from wherewithal.core import direct_payment, offer, relatives
from wherewithal.core.policy import Used
from wherewithal.policy import direct_payment as policy

ON = date(2026, 4, 6)
REASON = "Found at the assessment of 17 March 2026"


def _answers(held_by, noes):
    conditions = policy.conditions(Used(ON), held_by)
    return conditions, {c.id: (c.id not in noes, REASON) for c in conditions.asked}


def asked(held_by):
    return ", ".join(condition.label for condition in policy.conditions(Used(ON), held_by).asked)


def decided(held_by, noes, open_ones):
    conditions, answers = _answers(held_by, noes)
    given = {id: answer for id, answer in answers.items() if id not in open_ones}
    outcome = direct_payment.decide(conditions, given)
    return outcome.allowed, len(outcome.refusals), len(outcome.unanswered)


def first_refusal(held_by, no):
    return direct_payment.decide(*_answers(held_by, (no,))).refusals[0]


def orders(applying):
    return direct_payment.not_prohibited(policy.exclusions(Used(ON)), applying)[0]


def stops(failed):
    said = direct_payment.must_stop(policy.conditions(Used(ON), "person"), {failed: (False, REASON)})
    return "Payments must stop" in said[0]


def rules_on(day):
    try:
        return len(policy.conditions(Used(day), "person").asked)
    except direct_payment.NotTheseRules:
        return "refused: other rules stood then"


def paid(relation, same_household, necessary_for, reason):
    payee = relatives.Payee(relation, same_household, necessary_for, reason)
    found = relatives.may_be_paid(payee, policy.relations(Used(ON)), where="line:1")
    if not found:
        return "yes"
    return "no" if found[0].blocks else "yes, by exception"


AGREED = offer.Moment("assessment", "A1", date(2026, 3, 17))
REVIEWED = offer.Moment("review", "R1", date(2026, 5, 20))
MADE = {"assessment": AGREED, "review": REVIEWED}


def owed(eligible, offered_at, at):
    offers = [offer.Offer(MADE[kind], MADE[kind].on, "worker-1", "large print") for kind in offered_at]
    return offer.due(eligible, offers, MADE[at])


def accepted_offer(reply, again_on, why_not, words):
    made = offer.Offer(AGREED, AGREED.on, "worker-1", "easy read", reply, again_on, why_not, words)
    try:
        offer.check(made, policy.reasons_declined(Used(ON)))
    except (offer.LaterNeedsADate, offer.DeclinedNeedsWhy) as refusal:
        return f"refused: {refusal.field}"
    return "recorded"


PAGE = Page(
    slug="direct-payments",
    title="Direct payments: conditions and the offer",
    says=(
        "A direct payment is offered to every eligible person, and it is theirs if every condition of the "
        "Care Act 2014 is met. Each condition gets one answer, and each no gets its reason. The same "
        "conditions hold for a carer with a personal budget of their own."
    ),
    tables=(
        Table(
            title="Which conditions are asked",
            says=(
                "An adult with capacity holds the payment or nominates somebody (section 31). For an adult "
                "without capacity an authorised person may ask (section 32)."
            ),
            given=("who would hold it",),
            then=("asked, in order",),
            rows=(
                ("person", "Request, Condition 1, Condition 2, Condition 3, Condition 4"),
                (
                    "nominated",
                    "Request, Condition 1, Condition 1, nominated person, Condition 2, Condition 3, "
                    "Condition 4",
                ),
                (
                    "authorised",
                    "When section 32 applies, Request, Who is authorised, Condition 1, Condition 2, "
                    "Condition 3, Condition 4, Condition 5",
                ),
            ),
            run=asked,
        ),
        Table(
            title="Allowed only when every answer is yes",
            says="An open answer is not a yes. Every no is told, not only the first.",
            given=("who would hold it", "answered no", "not answered"),
            then=("allowed", "refusals", "still open"),
            rows=(
                ("person", (), (), True, 0, 0),
                ("person", (), ("manages",), False, 0, 1),
                ("person", ("manages",), (), False, 1, 0),
                ("person", ("manages", "appropriate"), (), False, 2, 0),
                ("nominated", ("nominee_agrees",), (), False, 1, 0),
                ("authorised", (), (), True, 0, 0),
                ("authorised", ("best_interests",), (), False, 1, 0),
            ),
            run=decided,
        ),
        Table(
            title="A refusal says which condition, why, and where it stands",
            says="What has not been verified in the original text says so.",
            given=("who would hold it", "answered no"),
            then=("what the person reads",),
            rows=(
                (
                    "person",
                    "manages",
                    "Condition 3: Whoever would receive the money could not manage it, even with the help "
                    "they can get. Why: Found at the assessment of 17 March 2026. (Care Act 2014 s31(6))",
                ),
                (
                    "authorised",
                    "best_interests",
                    "Condition 3: The council is not satisfied that the authorised person will act in the "
                    "adult's best interests. Why: Found at the assessment of 17 March 2026. (Care Act 2014 "
                    "s32(7), not verified)",
                ),
            ),
            run=first_refusal,
        ),
        Table(
            title="People under a drug or alcohol order",
            says=(
                "Schedule 1 of the 2014 Regulations shuts out people under certain orders of a criminal "
                "court. Its list was not read in the original; every page that uses it says so."
            ),
            given=("orders that the person is under",),
            then=("condition 2 is met",),
            rows=(
                ((), True),
                (("drug_rehabilitation",), False),
                (("alcohol_treatment", "licence"), False),
            ),
            run=orders,
        ),
        Table(
            title="A condition that fails later",
            says="When a condition is no longer met, payments must stop (Care Act 2014 section 33(4)).",
            given=("condition that fails",),
            then=("payments must stop",),
            rows=(("capacity", True), ("manages", True), ("appropriate", True)),
            run=stops,
        ),
        Table(
            title="Which rules, when",
            says="Before 1 April 2015 SI 2009/1887 stood. It is not encoded: such a day is refused in words.",
            given=("day",),
            then=("conditions asked",),
            rows=(
                (date(2015, 3, 31), "refused: other rules stood then"),
                (date(2015, 4, 1), 5),
                (ON, 5),
            ),
            run=rules_on,
        ),
        Table(
            title="Who may be paid from a direct payment",
            says=(
                "Not a spouse or partner, wherever they live. Not a listed relative, if they live in the "
                "same household. Unless the council finds it necessary, for the care or for managing the "
                "payment, and says why (SI 2014/2871 regulation 3)."
            ),
            given=("relation", "same household", "necessary for", "reason"),
            then=("may be paid",),
            rows=(
                ("", True, "", "", "yes"),
                ("spouse", False, "", "", "no"),
                ("spouse", True, "", "", "no"),
                ("partner", True, "", "", "no"),
                ("child", True, "", "", "no"),
                ("child", False, "", "", "yes"),
                ("child", True, "care", "", "no"),
                ("child", True, "", "nobody else signs", "no"),
                ("child", True, "care", "nobody else signs", "yes, by exception"),
                ("spouse", True, "managing", "keeps the payroll", "yes, by exception"),
                ("sibling", True, "", "", "no"),
                ("sibling", False, "", "", "yes"),
            ),
            run=paid,
        ),
        Table(
            title="When an offer is owed",
            says="To every eligible person: when the assessment is agreed, and again at each review.",
            given=("eligible", "offered at", "asked at"),
            then=("an offer is owed",),
            rows=(
                (True, (), "assessment", True),
                (True, ("assessment",), "assessment", False),
                (True, ("assessment",), "review", True),
                (True, ("assessment", "review"), "review", False),
                (False, (), "assessment", False),
            ),
            run=owed,
        ),
        Table(
            title="What an answer to the offer must carry",
            says=(
                "“Later” carries the day to ask again. A no carries a reason from the list; where the reason "
                "alone says too little, the person's own words too."
            ),
            given=("answer", "ask again on", "reasons", "words"),
            then=("the record",),
            rows=(
                ("", None, (), "", "recorded"),
                ("accepted", None, (), "", "recorded"),
                ("later", None, (), "", "refused: again_on"),
                ("later", date(2026, 3, 17), (), "", "refused: again_on"),
                ("later", date(2026, 3, 18), (), "", "recorded"),
                ("declined", None, (), "Too much bother.", "refused: why_not"),
                ("declined", None, ("too_much_paperwork",), "", "recorded"),
                ("declined", None, ("other",), "", "refused: words"),
                ("declined", None, ("other",), "My sister says wait.", "recorded"),
                ("declined", None, ("no_such_reason",), "", "refused: why_not"),
            ),
            run=accepted_offer,
        ),
    ),
)
