"""Reference: when plans and direct payments are reviewed."""

from datetime import date

from spec.tables import Page, Table
from wherewithal.core import review
from wherewithal.core.policy import NoPolicy, Used
from wherewithal.policy import review as policy


def calendar(clock, started_on, upto):
    pattern = policy.pattern(Used(started_on), clock)
    return review.due_dates(pattern, started_on, upto)


def following(clock, started_on, held):
    return review.next_due(policy.pattern(Used(started_on), clock), started_on, held).due_on


def in_force(clock, started_on):
    try:
        return len(policy.pattern(Used(started_on), clock).steps)
    except NoPolicy:
        return "refused: no policy for that day"


def lateness(due_on, on):
    return review.overdue(due_on, on), review.days_overdue(due_on, on)


PAGE = Page(
    slug="review-dates",
    title="Review dates",
    says=(
        "Two clocks run beside each other. The plan is reviewed at 6 to 8 weeks, then within 12 months of "
        "the last review (Care Act 2014 section 27 and statutory guidance). The direct payment is reviewed "
        "within 6 months of the first payment, then within 12 months of the last (SI 2014/2871 regulation "
        "7). Plans that began before 1 April 2015 follow the practice of 2011: 6 weeks, 12 weeks, then "
        "yearly."
    ),
    tables=(
        Table(
            title="The calendar, when each review is held on its day",
            says="The pattern is the one in force on the day that the plan or the direct payment began.",
            given=("clock", "began", "up to"),
            then=("reviews due",),
            rows=(
                ("plan", date(2026, 4, 6), date(2028, 6, 1),
                 (date(2026, 6, 1), date(2027, 6, 1), date(2028, 6, 1))),
                ("direct_payment", date(2026, 4, 6), date(2028, 6, 1),
                 (date(2026, 10, 6), date(2027, 10, 6))),
                ("plan", date(2011, 9, 5), date(2012, 12, 31),
                 (date(2011, 10, 17), date(2011, 11, 28), date(2012, 11, 28))),
                ("direct_payment", date(2025, 8, 31), date(2026, 3, 1), (date(2026, 2, 28),)),
                ("plan", date(2026, 4, 6), date(2026, 5, 31), ()),
            ),
            run=calendar,
        ),
        Table(
            title="What a review held does to the next one",
            says=(
                "A review counts once its window has opened: for today's plan after 6 weeks, for a direct "
                "payment from the first day. A late one settles every step that it overtook. The next is "
                "counted from the day it was held."
            ),
            given=("clock", "began", "held"),
            then=("next due",),
            rows=(
                ("plan", date(2026, 4, 6), (), date(2026, 6, 1)),
                ("plan", date(2026, 4, 6), (date(2026, 5, 17),), date(2026, 6, 1)),
                ("plan", date(2026, 4, 6), (date(2026, 5, 18),), date(2027, 5, 18)),
                ("plan", date(2026, 4, 6), (date(2026, 6, 1),), date(2027, 6, 1)),
                ("plan", date(2026, 4, 6), (date(2026, 9, 1),), date(2027, 9, 1)),
                ("plan", date(2026, 4, 6), (date(2026, 6, 1), date(2027, 3, 1)), date(2028, 3, 1)),
                ("direct_payment", date(2026, 4, 6), (), date(2026, 10, 6)),
                ("direct_payment", date(2026, 4, 6), (date(2026, 6, 1),), date(2027, 6, 1)),
                ("plan", date(2011, 9, 5), (date(2011, 10, 17),), date(2011, 11, 28)),
                ("plan", date(2011, 9, 5), (date(2011, 12, 1),), date(2012, 12, 1)),
                ("plan", date(2027, 2, 28), (date(2028, 2, 29),), date(2029, 2, 28)),
            ),
            run=following,
        ),
        Table(
            title="Which pattern, when",
            says="A day that no policy covers is refused.",
            given=("clock", "began"),
            then=("reviews before the yearly ones",),
            rows=(
                ("plan", date(2011, 3, 31), "refused: no policy for that day"),
                ("plan", date(2011, 4, 1), 2),
                ("plan", date(2015, 3, 31), 2),
                ("plan", date(2015, 4, 1), 1),
                ("direct_payment", date(2015, 3, 31), "refused: no policy for that day"),
                ("direct_payment", date(2015, 4, 1), 1),
            ),
            run=in_force,
        ),
        Table(
            title="Late",
            says="On the day it falls due a review is not late.",
            given=("due on", "today"),
            then=("late", "days late"),
            rows=(
                (date(2026, 6, 1), date(2026, 5, 31), False, 0),
                (date(2026, 6, 1), date(2026, 6, 1), False, 0),
                (date(2026, 6, 1), date(2026, 6, 2), True, 1),
            ),
            run=lateness,
        ),
    ),
)  # fmt: skip
