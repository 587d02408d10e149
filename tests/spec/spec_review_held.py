"""Reference: what has to be said before a review is finished."""

from spec.tables import Page, Table
from wherewithal.core.review_held import Reviewed, Said, Seen, problems

WHOLE = {"summary": "All is well.", "next_step": "carry_on"}
NOT_SAID = "Say how far this outcome was met: “outcome {}”."


def unseen(levels):
    outcomes = {str(number): f"outcome {number}" for number, _ in enumerate(levels, 1)}
    seen = {id: Seen(level) for id, level in zip(outcomes, levels, strict=True)}
    return told(Said(seen, **WHOLE), Reviewed(outcomes, 0, 0))


def unsaid(summary, next_step):
    return told(Said(summary=summary, next_step=next_step), Reviewed({}, 0, 0))


def cost(budget_pence, change, by_pence, why):
    said = Said(**WHOLE, change=change, change_pence_per_week=by_pence, why=why)
    return said.saved_pence_per_week, told(said, Reviewed({}, budget_pence, 0))


def surplus(held_pence, back_pence):
    return told(Said(**WHOLE, surplus_back_pence=back_pence), Reviewed({}, 0, held_pence))


def told(said, of):
    return " ".join(problem.says for problem in problems(said, of))


PAGE = Page(
    slug="review-held",
    title="What a review must say",
    says=(
        "While a review is held, anything may stay open and is kept as it is written. It is finished when "
        "all of this is said, and what is missing is told all at once."
    ),
    tables=(
        Table(
            title="Outcome by outcome",
            says="Each outcome of the plan was met, partly met or not met; none may be left out.",
            given=("what was seen",),
            then=("still to be said",),
            rows=(
                (("met", "partly", "not_met", "met"), ""),
                (("met", ""), NOT_SAID.format(2)),
                (("", ""), NOT_SAID.format(1) + " " + NOT_SAID.format(2)),
            ),
            run=unseen,
        ),
        Table(
            title="In words",
            says="What was said, and what happens next.",
            given=("what was said", "next"),
            then=("still to be said",),
            rows=(
                ("All is well.", "carry_on", ""),
                (" ", "carry_on", "Write down what was said, in a few sentences."),
                ("", "", "Write down what was said, in a few sentences. Say what happens next."),
            ),
            run=unsaid,
        ),
        Table(
            title="What support costs",
            says=(
                "Fewer pounds need a change in need or in circumstances, told in words: a review is no way "
                "to trim a budget. Saved is above 0, added below."
            ),
            given=("budget, pence a week", "change", "by, pence a week", "why"),
            then=("saved, pence a week", "still to be said"),
            rows=(
                (20800, "none", None, "", 0, ""),
                (20800, "none", 500, "", 0, ""),
                (20800, "saved", 800, "Her sister helps.", 800, ""),
                (20800, "added", 650, "The nights are harder.", -650, ""),
                (20800, "added", 650, " ", -650, "This review adds £6.50 a week. Say why."),
                (20800, "saved", 20800, "She moves.", 20800, ""),
                (20800, "saved", 20801, "She moves.", 20801,
                 "The budget is £208.00 a week, so no more than that can be saved."),
                (20800, "saved", None, "", 0,
                 "Enter by how much a week the cost goes up or down. This review saves money. Say why."),
            ),
            run=cost,
        ),
        Table(
            title="Surplus",
            says="No more is taken back than the account holds.",
            given=("held, pence", "taken back, pence"),
            then=("still to be said",),
            rows=(
                (96000, None, ""),
                (96000, 96000, ""),
                (96000, 96001, "The account holds £960.00. Take back no more than that."),
                (-500, None, ""),
                (0, -1, "The account holds £0.00. Take back no more than that."),
            ),
            run=surplus,
        ),
    ),
)  # fmt: skip
