"""Reference: what the claim checker finds in a report."""

from spec.tables import Page, Table
from wherewithal.analytics import claims
from wherewithal.analytics.claims.bases import Base
from wherewithal.analytics.claims.numbers import numbers
from wherewithal.core.document import Line, blocks

COHORT = "By the closing day 40 responses had been received from the 160 councils invited.\n\n"


def read(text, *given):
    lines = (Line(line, f"line {number}") for number, line in enumerate(text.splitlines(), 1))
    return claims.check(blocks(lines), given)


def found(text):
    return tuple(f"{one.text}: {one.kind}" for one in numbers(text))


def fitting(text):
    reading = read(COHORT + text)
    share = reading.shares[-1]
    return tuple(base.value for base in reading.bases.near(share.section) if share.fits(base.value))


def faults(text):
    return tuple(f"{fault.kind}: {fault.why}" for fault in read(COHORT + text).faults)


def faults_given(base, text):
    return tuple(
        f"{fault.kind}: {fault.why}" for fault in read(text, Base(base, "respondents", "given")).faults
    )


def changed(first, second):
    changes = claims.compare(read(COHORT + first), read(second))
    return tuple(f"{fault.kind}: {fault.why}" for fault in changes)


LIST = (
    "The 40 councils responding were:\n\n• {} from the north\n\n• {} from the middle\n\n• {} from the south\n"
)

PAGE = Page(
    slug="claims",
    title="What the claim checker finds",
    says=(
        "`wherewithal claims check FILE` reads a report as a careful reader would: which number is of which "
        "base, and whether it can be. Percentages are held to be rounded half up, to as many decimals as "
        "they "
        "are printed with. A fraction in words may stand 2 points from the true share. The reports below are "
        "made up. Each begins with “By the closing day 40 responses had been received from the 160 councils "
        "invited.”"
    ),
    tables=(
        Table(
            title="What is a number of something, and what is not",
            says="Money, dates, years, lengths of time, sections and scales are passed over (other).",
            given=("text",),
            then=("numbers",),
            rows=(
                ("57 (98%) of them", ("57: count", "98%: percent")),
                ("Ninety-seven per cent", ("Ninety-seven per cent: percent",)),
                ("1,204 people and £1,204", ("1,204: count", "£1,204: other")),
                (
                    "two thirds, a quarter, half",
                    ("two thirds: fraction", "a quarter: fraction", "half: fraction"),
                ),
                ("four in 10 people", ("four in 10: fraction",)),
                ("9 September 2011 and 2009/10", ("9 September 2011: other", "2009/10: other")),
                ("within 6 weeks, see section 4.5", ("6 weeks: other", "section 4.5: other")),
                ("the third sector and the vast majority of councils", ("vast majority: most",)),
                ("24hrs a day, 2 percentage points", ("24hrs: other", "2: count")),
            ),
            run=found,
        ),
        Table(
            title="Which base a share fits",
            says="Among the counts that the report gives: the invited, the cohort, those who answered.",
            given=("text",),
            then=("bases that fit",),
            rows=(
                ("30 councils (75%) have a plan.", (40,)),
                ("40 councils replied (a response rate of 25%).", (160,)),
                ("30 councils (19%) have a plan.", (160,)),
                ("30 councils (60%) have a plan.", ()),
                ("Of the 36 who answered this question, 27 (75%) have a plan.", (36,)),
                ("A third of respondents (13) have a plan.", (40,)),
                ("The majority of councils (21) have a plan.", (40,)),
                ("17.5% (7) of respondents have a plan.", (40,)),
                ("30 of 40 councils (75%) have a plan.", (40,)),
                ("30 out of the 160 councils (19%) have a plan.", (160,)),
            ),
            run=fitting,
        ),
        Table(
            title="What cannot be right",
            says="A report without fault gives nothing.",
            given=("text",),
            then=("faults",),
            rows=(
                ("30 (75%) of respondents have a plan, 10 (25%) have none.", ()),
                (
                    "31 (75% of the cohort) have a plan.",
                    (
                        "percentage: 31 of 40 (responses) is 77.5%, which prints as 78%, not 75%. 75% of 40 "
                        "would be "
                        "30. No whole number has 31 as 75% of it.",
                    ),
                ),
                (
                    "40 councils replied (a response rate of 30%).",
                    (
                        "percentage: 40 of 160 (councils invited) is 25.0%, which prints as 25%, not 30%. "
                        "30% of 160 "
                        "would be 48. It fits no base that the report states; it would need 132 to 135.",
                    ),
                ),
                (
                    "64% of respondents have a plan.",
                    (
                        "percentage: No whole number of 40 (responses) is 64%: 25 is 62.5%, which prints "
                        "as 63%, 26 is 65.0%, which prints as 65%.",
                    ),
                ),
                (
                    "Six councils did not answer.\n\nIndeed, half of respondents (17) have a plan.",
                    (
                        "fraction: “half” (17) is 42.5% of 40 (responses). It fits only a base that is not "
                        "stated: "
                        "33 to 35. 34 would be 40 (responses) less the 6 who did not answer there.",
                    ),
                ),
                (LIST.format(20, 15, 5), ()),
                (
                    LIST.format(20, 15, 15),
                    ("sum: The parts add to 50 (20 + 15 + 15), the total is 40.",),
                ),
                (
                    "30 (75% of the cohort) have a plan.\n\nLater 30 (77% of the cohort) have a plan in "
                    "writing.",
                    (
                        "percentage: 30 of 40 (responses) is 75.0%, which prints as 75%, not 77%. It fits "
                        "no base "
                        "that the report states; it would need 39.",
                        "two values: 30 of 40 is printed with 2 percentages: 75% at line 3; 77% at line 5. "
                        "It is "
                        "75.0%, which prints as 75%.",
                    ),
                ),
                (
                    "4. Plans\n\n10 (25%) have no plan. Only one of them did not give a reason.\n\n"
                    "The six councils who responded gave several.",
                    (
                        "answered: 6 are said to have answered, but 10 less the 1 who did not is 9. 3 are "
                        "not told "
                        "of.",
                    ),
                ),
                (
                    "Type\nA\n\n4. Plans\n\n32 (80%) have a plan.\n\nThe remaining 6 (15%) have none.",
                    ("parts: 6 remaining and 32 before are 38, not 40 (responses).",),
                ),
            ),
            run=faults,
        ),
        Table(
            title="A base from outside",
            says="`--base 58=respondents` says what a document that states no base is of.",
            given=("base", "text"),
            then=("faults",),
            rows=(
                (58, "98% of respondents say yes.", ()),
                (
                    58,
                    "65% of respondents say yes.",
                    (
                        "percentage: No whole number of 58 (respondents) is 65%: 37 is 63.8%, which "
                        "prints as 64%, 38 is 65.5%, which prints as 66%.",
                    ),
                ),
            ),
            run=faults_given,
        ),
        Table(
            title="What changed on the way to another document",
            says="`wherewithal claims compare A B`: the same share with a wider base, without its limit.",
            given=("report", "what was made of it"),
            then=("changes",),
            rows=(
                (
                    "30 (75% of the cohort) have a written strategy.",
                    "75% of respondents have a written strategy.",
                    (),
                ),
                (
                    "30 (75% of the cohort) have a written strategy.",
                    "75% of councils have a written strategy.",
                    (
                        "base widened: “75%” (30) at line 3 is of 40 (responses); here it is said of "
                        "“councils”, "
                        "which reads as all of them. Of 160 (councils invited) the 30 are 18.8%.",
                    ),
                ),
                (
                    "30 (75% of the cohort) have a written strategy.",
                    "75% have a written strategy.",
                    ("base lost: “75%” (30) at line 3 is of 40 (responses); here nobody says of whom.",),
                ),
                (
                    "12 respondents (30%) reach take-up of 60% or above.",
                    "Among respondents 12 (30%) reach take-up of 60%.",
                    ("limit dropped: line 3 says at least 60%; here it is 60%.",),
                ),
            ),
            run=changed,
        ),
    ),
)
