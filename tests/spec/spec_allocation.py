"""Reference: how points become an indicative budget."""

from datetime import date

from spec.tables import Page, Table
from wherewithal.core.allocation import allocate, what_would_change
from wherewithal.core.circumstances import Circumstances
from wherewithal.core.ladder import percentile_ladder
from wherewithal.core.money import pence, pounds
from wherewithal.core.questions import ScoreLine
from wherewithal.core.refusal import Refusal
from wherewithal.core.scheme import Adjustment, Scheme, Step
from wherewithal.policy.allocation import scheme, scheme_in_force

TODAY = date(2026, 5, 1)
ALONE = Circumstances()
ANSWERS = (
    ScoreLine("washing", "Washing and dressing", "Someone helps me every day", 9),
    ScoreLine("eating", "Eating and drinking", "Meals are made for me", 6),
    ScoreLine("places", "Getting out and about", "I go out when someone comes with me", 8),
    ScoreLine("night", "Staying safe at night", "I manage", 0),
    ScoreLine("people", "Being part of things", "I see other people less than I would like", 12),
)


def money(scheme_id: str, points: int, on: date = TODAY, circumstances: Circumstances = ALONE):
    made = allocate(scheme(scheme_id), points=points, circumstances=circumstances, on=on)
    return pounds(made.pence_per_week), pounds(made.pence_per_year)


def week(*args, **named):
    return money(*args, **named)[0]


def adjusted(care: str, willing: str, lives_with_someone: str, sparse_place: str):
    circumstances = Circumstances(
        care.replace(" ", "_"), willing == "yes", lives_with_someone == "yes", sparse_place == "yes"
    )
    return week("adult-points-2024", 50, circumstances=circumstances)


def simple(price_in_pence: int, *percents: int) -> Scheme:
    """Bands of one row, with adjustments that apply to everybody alike."""
    kinds = ("contingency", "lives_with_someone")
    steps = tuple(
        Adjustment(kind, kind, "percent", (("yes", percent),))
        for kind, percent in zip(kinds, percents, strict=False)
    )
    return Scheme(
        id="tiny",
        title="Tiny",
        version="1",
        about="adult",
        first=TODAY,
        last=None,
        source="made up",
        made_up=True,
        way="bands",
        table=(Step(0, price_in_pence),),
        adjustments=steps,
    )


def rounded(start: str, first: int, second: int):
    both = Circumstances(lives_with_someone=True)
    made = allocate(simple(pence(start), -first, -second), points=1, circumstances=both, on=TODAY)
    return pounds(made.pence_per_week)


def payslip(number: int):
    """One line of the workings, by number from 1."""
    willing = Circumstances("some", willing=True)
    made = allocate(scheme_in_force(TODAY), points=35, score_lines=ANSWERS, circumstances=willing, on=TODAY)
    line = made.workings.lines[number - 1]
    if line.value is None:
        return line.says, line.answer, ""
    amount = f"{line.value} points" if line.unit == "points" else pounds(line.value)
    return line.says, line.answer, amount


def ladder(cases: str, contingency_percent: int, every_percent: int):
    """Cases and ladder written as ``points: £ a week``."""
    pairs = [case.split(": ") for case in cases.split(", ")]
    made = percentile_ladder(
        [(int(points), pence(cost)) for points, cost in pairs],
        contingency_percent=contingency_percent,
        every_percent=every_percent,
    )
    return ", ".join(f"{step.points_from}: {pounds(step.pence_per_week)}" for step in made)


def refused(what):
    try:
        what()
    except Refusal as refusal:
        return refusal.says
    return "not refused"


def use(scheme_id: str, on: date):
    return refused(lambda: allocate(scheme(scheme_id), points=30, circumstances=ALONE, on=on))


def in_force(on: date, about: str):
    try:
        return scheme_in_force(on, about).title
    except Refusal as refusal:
        return refusal.says


def table_refused(rows: str):
    """A table written as ``points: £ a week``, read as a scheme file would be."""
    pairs = [row.split(": ") for row in rows.split(", ")]
    steps = tuple(Step(int(points), pence(cost)) for points, cost in pairs)

    def read():
        return Scheme(
            id="broken",
            title="Broken",
            version="1",
            about="adult",
            first=TODAY,
            last=None,
            source="made up",
            made_up=True,
            way="bands",
            table=steps,
        )

    return refused(read)


def change(scheme_id: str, points: int, care: str, lives_with_someone: str):
    circumstances = Circumstances(
        care, willing=care != "none", lives_with_someone=lives_with_someone == "yes"
    )
    return " ".join(
        what_would_change(scheme(scheme_id), points=points, circumstances=circumstances, on=TODAY)
    )


PRICE = Table(
    "Price per point",
    "Points above the first 10 carry £4.45 a week each from April 2026; then 8% is kept back for "
    "emergencies. A year is 52 weeks.",
    ("points",),
    ("a week", "a year"),
    (
        (0, "£0.00", "£0.00"),
        (10, "£0.00", "£0.00"),
        (11, "£4.09", "£212.68"),
        (14, "£16.38", "£851.76"),
        (15, "£20.47", "£1,064.44"),
        (35, "£102.35", "£5,322.20"),
        (57, "£192.42", "£10,005.84"),
        (120, "£450.34", "£23,417.68"),
    ),
    lambda points: money("adult-points-2024", points),
)

DATED = Table(
    "The price is the day's",
    "A new price is added with its date; a budget worked out on an earlier day keeps the earlier price.",
    ("scheme", "on", "points"),
    ("a week",),
    (
        ("adult-points-2015", date(2015, 4, 1), 35, "£77.00"),
        ("adult-points-2015", date(2024, 3, 31), 35, "£90.67"),
        ("adult-points-2024", date(2024, 4, 1), 35, "£94.30"),
        ("adult-points-2024", date(2026, 3, 31), 35, "£97.75"),
        ("adult-points-2024", date(2026, 4, 1), 35, "£102.35"),
    ),
    lambda scheme_id, on, points: week(scheme_id, points, on),
)

BANDS = Table(
    "Bands",
    "The band is the last row that the points reach; the top band is open; below the first there is no "
    "money. These are the bands of October 2010, less 10% for emergencies.",
    ("points",),
    ("a week",),
    (
        (4, "£0.00"),
        (5, "£10.80"),
        (14, "£10.80"),
        (15, "£31.50"),
        (74, "£211.50"),
        (75, "£270.00"),
        (105, "£450.00"),
        (300, "£450.00"),
    ),
    lambda points: week("adult-bands-2010", points, date(2010, 10, 1)),
)

LADDER = Table(
    "Making a ladder by percentile matching",
    "Past cases are ranked by points, and ranked again by cost; equal ranks are matched and a contingency "
    "is taken off. The percentile detail is not confirmed from a source, so these choices are ours: "
    "percentiles by nearest rank, from the lowest case to the highest; cases with equal points share the "
    "mean cost of their ranks; rungs at equal points are one rung; half pennies go up.",
    ("past cases (points: cost a week)", "contingency %", "a rung each %"),
    ("ladder",),
    (
        ("10: 50, 20: 100, 30: 200", 0, 50, "10: £50.00, 20: £100.00, 30: £200.00"),
        ("10: 200, 20: 50, 30: 100", 0, 50, "10: £50.00, 20: £100.00, 30: £200.00"),
        ("10: 50, 20: 100, 30: 200", 8, 50, "10: £46.00, 20: £92.00, 30: £184.00"),
        ("10: 50, 10: 100, 30: 200", 0, 50, "10: £75.00, 30: £200.00"),
        ("10: 50.01, 10: 100, 30: 200", 0, 50, "10: £75.01, 30: £200.00"),
        ("10: 50", 0, 10, "10: £50.00"),
    ),
    ladder,
)

PERCENTILE = Table(
    "Reading a ladder",
    "Between two rungs the money lies on a straight line; below the first rung, on a line from nothing at 0 "
    "points; above the last, the last rung's amount stays, since no past case tells more. This scheme is "
    "not in force; it is kept to compare with the price per point.",
    ("points",),
    ("a week",),
    (
        (0, "£0.00"),
        (1, "£1.84"),
        (3, "£5.52"),
        (20, "£41.17"),
        (23, "£53.69"),
        (27, "£70.38"),
        (93, "£590.18"),
        (120, "£590.18"),
    ),
    lambda points: week("adult-percentile-2024", points),
)

ADJUSTMENTS = Table(
    "Adjustments",
    "In the scheme's order, each on what the one before it left: unpaid care given willingly (some 10%, a "
    "lot 25%, most 40% off), living with someone (5% off), a sparse place (6% on), the contingency (8% "
    "off). Care that the carer is not willing to go on giving takes nothing off. Shown for 50 points, "
    "£178.00 a week before adjustments.",
    ("unpaid care", "willing", "lives with someone", "sparse place"),
    ("a week",),
    (
        ("none", "no", "no", "no", "£163.76"),
        ("some", "yes", "no", "no", "£147.38"),
        ("a lot", "yes", "no", "no", "£122.82"),
        ("most", "yes", "no", "no", "£98.26"),
        ("most", "no", "no", "no", "£163.76"),
        ("none", "no", "yes", "no", "£155.57"),
        ("none", "no", "no", "yes", "£173.59"),
        ("a lot", "yes", "yes", "yes", "£123.68"),
    ),
    adjusted,
)

ROUNDING = Table(
    "Rounded once, at the end, half up",
    "In the first row each step alone ends in half a penny or less: rounding after each would give £0.05. "
    "The lines of the workings are differences of the running total, so they always add up to the week.",
    ("before adjustments", "first % off", "second % off"),
    ("a week",),
    (
        ("0.05", 10, 10, "£0.04"),
        ("0.05", 0, 10, "£0.05"),
        ("1.00", 50, 1, "£0.50"),
        ("0.01", 50, 0, "£0.01"),
    ),
    rounded,
)

WORKINGS = Table(
    "The workings read like a payslip",
    "Each question with its answer and points; the points into pounds, by which price and from when; each "
    "adjustment with its reason and its pence; the week; the year. 35 points, some unpaid care given "
    "willingly.",
    ("line",),
    ("says", "answer or rule", "amount"),
    (
        (1, "Washing and dressing", "Someone helps me every day", "9 points"),
        (4, "Staying safe at night", "I manage", "0 points"),
        (6, "Total points", "", "35 points"),
        (7, "The first 10 points carry no money", "", "-10 points"),
        (8, "25 points at £4.45 a week each", "price from 1 April 2026", "£111.25"),
        (9, "Unpaid care that a carer is willing to go on giving", "some: 10%", "-£11.12"),
        (10, "Living with someone who shares the running of the home", "no", "£0.00"),
        (11, "Living where support has far to travel", "no", "£0.00"),
        (12, "Kept back by the council for emergencies (contingency)", "8%", "-£8.01"),
        (13, "Indicative budget a week", "", "£92.12"),
        (14, "Indicative budget a year", "52 weeks", "£4,790.24"),
        (15, "This is a guide to plan with, not the final budget.", "", ""),
    ),
    payslip,
)

CHANGE = Table(
    "What would change it",
    "Short sentences for the page, so that nobody has to guess what an answer is worth.",
    ("scheme", "points", "willing unpaid care", "lives with someone"),
    ("says",),
    (
        ("adult-points-2024", 7, "none", "no", "Money starts at 11 points, with £4.09 a week."),
        ("adult-points-2024", 35, "none", "no", "One more point would add £4.09 a week."),
        (
            "adult-points-2024",
            35,
            "a_lot",
            "yes",
            "One more point would add £2.92 a week. If the unpaid care could not go on, £24.31 a week would "
            "be added. Living alone would add £3.84 a week.",
        ),
        (
            "carer-bands-2024",
            37,
            "none",
            "no",
            "The next band starts at 45 points and would add £11.50 a week.",
        ),
        (
            "carer-bands-2024",
            58,
            "none",
            "no",
            "This is the top of the table: more points would not add money. If this is not enough, show why "
            "in the support plan.",
        ),
    ),
    change,
)

WHICH = Table(
    "Which scheme on which day",
    "One scheme for adults and one for carers is in force on a day; a day without one is refused by name.",
    ("on", "about"),
    ("scheme",),
    (
        (
            date(2010, 9, 30),
            "adult",
            "No allocation scheme for adults is on record for 30 September 2010. "
            "Whoever keeps the policy adds it.",
        ),
        (date(2010, 10, 1), "adult", "Exampleshire adult bands 2010"),
        (date(2015, 4, 1), "adult", "Exampleshire adult points 2015"),
        (date(2024, 3, 31), "adult", "Exampleshire adult points 2015"),
        (date(2024, 4, 1), "adult", "Exampleshire adult points 2024"),
        (
            date(2011, 9, 1),
            "carer",
            "No allocation scheme for carers is on record for 1 September 2011. "
            "Whoever keeps the policy adds it.",
        ),
        (date(2026, 5, 1), "carer", "Exampleshire carer bands 2024"),
    ),
    in_force,
)

OUTSIDE = Table(
    "A scheme used on another day is refused",
    "A decision made years ago is worked out again with the scheme of its own day.",
    ("scheme", "on"),
    ("says",),
    (
        (
            "adult-bands-2010",
            date(2015, 4, 1),
            "The scheme “Exampleshire adult bands 2010” (version 2010.1) is in force from 1 October 2010 to "
            "31 March 2015, not on 1 April 2015. Use the scheme of that day.",
        ),
        (
            "adult-points-2024",
            date(2024, 3, 31),
            "The scheme “Exampleshire adult points 2024” (version 2024.1) is in force from 1 April 2024, "
            "not on 31 March 2024. Use the scheme of that day.",
        ),
        ("adult-bands-2010", date(2015, 3, 31), "not refused"),
    ),
    use,
)

BROKEN = Table(
    "More need never gives less money",
    "A table that would break this is refused when it is read, naming the row. Equal amounts are allowed.",
    ("table (points: £ a week)",),
    ("says",),
    (
        ("5: 10, 15: 20, 25: 20", "not refused"),
        (
            "5: 10, 15: 20, 25: 19.99",
            "In the scheme “Broken”, row 3 of the table (from 25 points) gives £19.99 a week, less than the "
            "row before it (£20.00). More need must never give less money.",
        ),
        (
            "5: 10, 5: 20",
            "In the scheme “Broken”, row 2 of the table starts at 5 points, not above the row before it (5).",
        ),
    ),
    table_refused,
)

PAGE = Page(
    "allocation",
    "Allocation: from points to an indicative budget",
    "A resource allocation scheme turns the points of a self-directed support questionnaire into an "
    "indicative budget: a guide to plan with, before the plan. It must say how it got there (R (KM) v "
    "Cambridgeshire County Council [2012] UKSC 23), so each budget keeps its workings and the fingerprint "
    "of its policy. Exampleshire's schemes are made up. No complete adult points table with prices is "
    "public, so these rules cannot be tested against a council's published points; what is tested is that "
    "they do what is written here, that more need never gives less money and that less unpaid care never "
    "gives less money.",
    (
        PRICE,
        DATED,
        BANDS,
        LADDER,
        PERCENTILE,
        ADJUSTMENTS,
        ROUNDING,
        WORKINGS,
        CHANGE,
        WHICH,
        OUTSIDE,
        BROKEN,
    ),
)
