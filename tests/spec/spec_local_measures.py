"""What a council sets itself: tiny rows, each counted by plain Python and by DuckDB, which must agree."""

from datetime import date

from spec import particulars
from spec.tables import Page, Table
from wherewithal.analytics.count import count
from wherewithal.analytics.figures import Figure
from wherewithal.analytics.year import ReportingYear

YEAR = ReportingYear("2025-26")
LIVES = {
    "Ama": "direct payment for a personal assistant since 2024-05-01; plan by the person since 2024-05-01",
    "Ben": "managed budget for care at home since 2025-05-01; plan by a worker since 2025-05-01",
    "Cal": "service fund for care at home since 2025-05-01; service fund for a gym since 2025-05-01; "
           "plan by a broker since 2025-05-01",
    "Dot": "commissioned for a gym since 2025-05-01; plan by the family since 2025-05-01",
    "Eve": "direct payment for a day centre since 2025-09-01; direct payment for payroll since 2025-09-01",
}  # fmt: skip


def _counted(measure: str, *said: str, period: ReportingYear = YEAR, born: str = "1950-06-01") -> Figure:
    """The total figure, which plain Python must count alike."""
    rows = particulars.people(*said, born=born)
    [figure] = count([], [measure], period, particulars=rows, by=("council",))
    plain = particulars.figure(rows, measure, period)
    assert (figure.numerator, figure.denominator) == plain, f"DuckDB {figure}, plain Python {plain}"
    return figure


def _parts(figure: Figure) -> tuple[int | None, int, str]:
    said = str(figure.value) if figure.status == "ok" else f"[{figure.status}]"
    return figure.numerator, figure.denominator, said


def _together(measure: str) -> tuple[int | None, int, str]:
    return _parts(_counted(measure, *LIVES.values()))


def _standing(measure: str, said: str, period: ReportingYear = YEAR) -> str:
    figure = _counted(measure, said, period=period)
    return "yes" if figure.numerator else "base" if figure.denominator else "no"


def _support(said: str) -> str:
    return _standing("local-not-traditional", said)


def _plan(said: str) -> str:
    return _standing("local-plans-not-by-a-worker", said)


def _growth(before: int, stay: int, come: int) -> tuple[int | None, int, str]:
    gone = ["direct payment for a gym 2024-05-01 to 2025-12-31"] * (before - stay)
    stays = ["direct payment for a gym since 2024-05-01"] * stay
    new = ["direct payment for a gym since 2025-06-01"] * come
    return _parts(
        _counted(
            "local-direct-payments-growth",
            *(gone + stays + new) or ["review that does not say on 2025-05-01"],
        )
    )


def _reviews(said: str) -> tuple[str, str, str, int]:
    ids = ("local-saved-at-review", "local-added-at-review", "local-net-at-review")
    figures = [_counted(id, said) for id in ids]
    return (*(_parts(one)[2] for one in figures), figures[0].denominator)


def _outcomes(said: str) -> tuple[str, str, str]:
    ids = ("local-outcomes-met", "local-independence", "local-quality-of-life")
    figures = [_counted(id, said) for id in ids]
    return tuple("{} of {}".format(*_parts(one)[:2]) for one in figures)  # type: ignore[return-value]


def _so_far(said: str, on: str) -> str:
    return _standing("local-plans-not-by-a-worker", said, YEAR.so_far(date.fromisoformat(on)))


def _base(measure: str, born: str) -> str:
    said = ("plan by the person since 2024-05-01; adult:a met on 2025-06-01; "
            "review that saves 100 on 2025-06-01; direct payment for a gym since 2024-05-01")  # fmt: skip
    rows = particulars.people(said, born=born)
    figures = count([], [measure], YEAR, particulars=rows)
    return next((one.base for one in figures if one.denominator and one.group != "total"), figures[0].base)


def _by_age(stays: str, left: str) -> tuple[str, ...]:
    lives = (("direct payment for a gym since 2024-05-01", stays),
             ("direct payment for a gym 2024-05-01 to 2025-01-31", left))  # fmt: skip
    rows = [row for key, (said, born) in enumerate(lives, 1) for row in particulars.person(said, key, born)]
    so_far, one = YEAR.so_far(date(2025, 9, 30)), "local-direct-payments-growth"
    figures = count([], [one], so_far, particulars=rows)
    for each in figures:
        plain = particulars.figure(particulars.aged(rows, each.group, so_far), one, so_far)
        assert (each.numerator, each.denominator) == plain, f"DuckDB {each}, plain Python {plain}"
    return tuple("{} of {}, {}".format(*_parts(each)) for each in figures)


TOGETHER = Table(
    title="Five people together",
    says="""Ama's direct payment pays a personal assistant; she wrote her plan. Ben's and Cal's budgets
buy care at home, Cal's a gym too; a worker and a broker wrote theirs. Dot has no budget: a gym is
commissioned; her family wrote her plan. Eve's direct payment buys days at a centre and
payroll; her plan is not on record.""",
    given=("Measure",),
    then=("Numerator", "Denominator", "Figure"),
    rows=(
        ("local-not-traditional", 2, 4, "50.0"),
        ("local-plans-not-by-a-worker", 3, 4, "75.0"),
        ("local-direct-payments-growth", 2, 1, "100.0"),
        ("local-outcomes-met", 0, 0, "[x]"),
        ("local-saved-at-review", 0, 0, "[x]"),
    ),
    run=_together,
)

SUPPORT = Table(
    title="Support that is not traditional",
    says="""On 31 March 2026. *yes* is in the figure, *base* has a budget for traditional support only,
*no* has none. One thing of another kind is enough. Payroll and “something else” tell nothing.""",
    given=("Support",),
    then=("Counted",),
    rows=(
        ("direct payment for a personal assistant since 2024-05-01", "yes"),
        ("managed budget for a gym since 2026-03-31", "yes"),
        ("service fund for a course 2025-01-01 to 2026-03-31", "yes"),
        ("direct payment for a day centre since 2024-05-01", "base"),
        ("direct payment for payroll since 2024-05-01", "base"),
        ("direct payment for something else since 2024-05-01", "base"),
        ("managed budget for care at home since 2024-05-01; "
         "direct payment for a gym 2024-05-01 to 2026-03-30", "base"),
        ("managed budget for care at home since 2024-05-01; commissioned for a gym since 2024-05-01", "base"),
        ("commissioned for a gym since 2024-05-01", "no"),
        ("direct payment for a gym since 2026-04-01", "no"),
        ("direct payment for a gym 2024-05-01 to 2026-03-30", "no"),
    ),
    run=_support,
)  # fmt: skip

PLANS = Table(
    title="Plans that no worker led",
    says="On 31 March 2026. Whoever wrote it is what was put down when the plan was begun.",
    given=("Plan",),
    then=("Counted",),
    rows=(
        ("plan by the person since 2024-05-01", "yes"),
        ("plan by the family since 2026-03-31", "yes"),
        ("plan by a broker 2025-05-01 to 2026-03-31", "yes"),
        ("plan by a worker since 2024-05-01", "base"),
        ("plan by a broker 2025-05-01 to 2026-03-30", "no"),
        ("plan by the person since 2026-04-01", "no"),
    ),
    run=_plan,
)

GROWTH = Table(
    title="Growth of direct payments",
    says="""People with one on 31 March 2026 against 31 March 2025. With nobody a year before there is no
growth to tell, and never 0%.""",
    given=("A year before", "Of them still", "New"),
    then=("Now", "Before", "Change, %"),
    rows=(
        (4, 4, 1, 5, 4, "25.0"),
        (4, 3, 1, 4, 4, "0.0"),
        (3, 1, 0, 1, 3, "-66.7"),
        (2, 0, 0, 0, 2, "-100.0"),
        (0, 0, 3, 3, 0, "[x]"),
        (0, 0, 0, 0, 0, "[x]"),
    ),
    run=_growth,
)

BY_AGE = Table(
    title="Growth by age",
    says="""The year so far to 30 September 2025. One person stays; another left in January, before the year
began, and had a direct payment on 30 September 2024. Whoever left has an age as well: it stands in the row
of their support. A child is in no figure.""",
    given=("Born, who stays", "Born, who left"),
    then=("Everyone", "18 to 64", "65 or over"),
    rows=(
        ("1950-06-01", "1952-06-01", "1 of 2, -50.0", "0 of 0, [x]", "1 of 2, -50.0"),
        ("1950-06-01", "1990-06-01", "1 of 2, -50.0", "0 of 1, -100.0", "1 of 1, 0.0"),
        ("1950-06-01", "2015-06-01", "1 of 1, 0.0", "0 of 0, [x]", "1 of 1, 0.0"),
    ),
    run=_by_age,
)

REVIEWS = Table(
    title="Money saved and added at review",
    says="""Reviews finished from 1 April 2025 to 31 March 2026, amounts in pence a week, figures in pounds a
week. A review that changes nothing counts as one; one that does not say is in no base.""",
    given=("Reviews",),
    then=("Saved", "Added", "Net", "Reviews"),
    rows=(
        ("review that saves 1250 on 2025-06-01", "12.50", "0.00", "12.50", 1),
        ("review that adds 1250 on 2025-06-01", "0.00", "12.50", "-12.50", 1),
        ("review that saves 1250 on 2025-06-01; review that adds 250 on 2025-07-01", "12.50", "2.50",
         "10.00", 2),
        ("review that changes nothing on 2026-03-31", "0.00", "0.00", "0.00", 1),
        ("review that saves 1250 on 2025-06-01; review that does not say on 2025-06-02", "12.50", "0.00",
         "12.50", 1),
        ("review that saves 1250 on 2025-03-31; review that saves 300 on 2025-04-01", "3.00", "0.00",
         "3.00", 1),
        ("review that does not say on 2025-06-02", "[x]", "[x]", "[x]", 0),
    ),
    run=_reviews,
)  # fmt: skip

OUTCOMES = Table(
    title="Outcomes met, of independence and of quality of life",
    says="""Outcomes looked at in reviews finished in 2025-26, by the codes of the Care Act outcomes that they
serve. One that serves both kinds is in both; one that serves none is in all only. Partly met is not met.""",
    given=("Looked at",),
    then=("All", "Independence", "Quality of life"),
    rows=(
        ("adult:a met on 2025-06-01", "1 of 1", "1 of 1", "0 of 0"),
        ("adult:g partly on 2025-06-01", "0 of 1", "0 of 0", "0 of 1"),
        ("adult:f,adult:i met on 2025-06-01", "1 of 1", "1 of 1", "1 of 1"),
        ("carer:leisure met on 2025-06-01; carer:home not met on 2025-06-01", "1 of 2", "0 of 1", "1 of 1"),
        ("- met on 2025-06-01", "1 of 1", "0 of 0", "0 of 0"),
        ("adult:a not met on 2025-06-01; adult:a met on 2025-12-01", "1 of 2", "1 of 2", "0 of 0"),
        ("adult:a met on 2026-04-01", "0 of 0", "0 of 0", "0 of 0"),
    ),
    run=_outcomes,
)

SO_FAR = Table(
    title="The year so far",
    says="Before the year ends it runs to a day, and a snapshot is taken on that day.",
    given=("Plan", "Counted on"),
    then=("Counted",),
    rows=(
        ("plan by the person since 2025-09-30", "2025-09-30", "yes"),
        ("plan by the person since 2025-10-01", "2025-09-30", "no"),
    ),
    run=_so_far,
)

BASES = Table(
    title="What a figure is of",
    says="""In words. Plans, reviews and outcomes have no age: the person has. Children are in no figure.""",
    given=("Measure", "Born"),
    then=("Base",),
    rows=(
        ("local-plans-not-by-a-worker", "1990-01-01",
         "1 plan of people aged 18 to 64 in force on 31 March 2026"),
        ("local-not-traditional", "1950-01-01",
         "1 person aged 65 or over with support from a personal budget on 31 March 2026"),
        ("local-direct-payments-growth", "1950-01-01",
         "1 person aged 65 or over with a direct payment on 31 March 2025"),
        ("local-saved-at-review", "1950-01-01",
         "1 review of people aged 65 or over finished from 1 April 2025 to 31 March 2026 "
         "with a word on whether the cost changes"),
        ("local-outcomes-met", "2015-01-01",
         "0 outcomes looked at in reviews from 1 April 2025 to 31 March 2026"),
    ),
    run=_base,
)  # fmt: skip

PAGE = Page(
    slug="local-measures",
    title="Measures that a council sets itself",
    says="""Beside the official number a council may count what matters to it. These are Exampleshire's, made
up, and their lists are data in `policy/measures/local.toml`. They are counted from the record alone: Client
Level Data has no field for what is bought, who wrote a plan, what a review saved, or how far an outcome was
met.""",
    tables=(TOGETHER, SUPPORT, PLANS, GROWTH, BY_AGE, REVIEWS, OUTCOMES, SO_FAR, BASES),
)
