"""Reference: targets, met or not, and when one arrives."""

from fractions import Fraction

from targeting import day, progress, target

from spec.tables import Page, Table
from wherewithal.analytics.arrival import arrivals, needed
from wherewithal.analytics.pace import acceleration
from wherewithal.analytics.said_in_2011 import must_be_below, said_in_2011
from wherewithal.analytics.targets import check
from wherewithal.core.refusal import Refusal
from wherewithal.core.target import hold
from wherewithal.policy.targets import target as on_record


def held(seen: str) -> tuple[str, str]:
    found = hold(progress(seen), Fraction(30), day("2011-03-31"))
    return found.verdict, found.why


def on_target(seen: str, due: str) -> tuple[str, str]:
    found = check(progress(seen), target("30", due)).on_target
    return found.computed, found.why


def faster(seen: str) -> str:
    found = acceleration(progress(seen))
    return found.says if found else "not told"


def rate(seen: str, due: str) -> str:
    return needed(progress(seen), target("30", due)).says


def comes(seen: str, pace: str) -> tuple[str, ...]:
    given = Fraction(pace) if pace != "-" else None
    says = {one.scenario: one.says for one in arrivals(progress(seen), target(), given)}
    if "It is there" in says:
        return (says["It is there"], "-", "-", "-")
    known = ("At the pace of the last six months", "At the pace since", "If nothing changes", "At ")
    return tuple(_first(says, words) for words in known)


def _first(says: dict[str, str], words: str) -> str:
    """Takes the sentence of a scenario out; ``-`` where the figures do not allow it."""
    found = next((name for name in says if name.startswith(words)), None)
    return says.pop(found) if found else "-"


def refused(of: str, by: str) -> str:
    try:
        check(progress("2011-03-31: 31", definition=of), target(definition=by))
    except Refusal as refusal:
        return refusal.says
    return "held"


def said(id: str) -> tuple[str, str, str]:
    (found,) = said_in_2011(on_record(id))
    return found.said, found.computed, found.not_told


PAGE = Page(
    slug="targets",
    title="Targets: met, late or missed, and when one arrives",
    says="What `wherewithal target check` and `wherewithal target arrive` tell. All figures are made up, in "
    "percent; “28 to 31” is a figure known within bounds, since counts were rounded or a mark stands in "
    "print. Where the bounds hold both answers, neither is given.",
    tables=(
        Table(
            title="30% by 31 March 2011",
            says="A day that was not seen is told by the days before and after it, where these agree.",
            given=("seen",),
            then=("verdict", "why"),
            rows=(
                (
                    "2010-03-31: 13, 2011-03-31: 31",
                    "met",
                    "the share was reached on 31 March 2011",
                ),
                (
                    "2010-03-31: 13, 2011-03-31: 30",
                    "met",
                    "the share was reached on 31 March 2011",
                ),
                (
                    "2010-03-31: 13, 2011-03-31: 29",
                    "missed",
                    "it was below on 31 March 2011, and was not seen since",
                ),
                (
                    "2011-03-31: 28, 2012-03-31: 33",
                    "late",
                    "it was below on 31 March 2011, and first seen at it on 31 March 2012",
                ),
                (
                    "2011-03-31: 28, 2012-03-31: 29",
                    "missed",
                    "it was below on 31 March 2011, and still on 31 March 2012",
                ),
                (
                    "2010-12-31: 28, 2011-06-30: 33",
                    "cannot be told",
                    (
                        "it was not on the same side of it on 31 December 2010 and on 30 June 2011, "
                        "before and after the day"
                    ),
                ),
                (
                    "2010-12-31: 31, 2011-06-30: 29",
                    "cannot be told",
                    (
                        "it was not on the same side of it on 31 December 2010 and on 30 June 2011, "
                        "before and after the day"
                    ),
                ),
                (
                    "2010-12-31: 26, 2011-06-30: 28, 2012-03-31: 35",
                    "late",
                    (
                        "it was below on 31 December 2010 and on 30 June 2011, before and after the "
                        "day, and first seen at it on 31 March 2012"
                    ),
                ),
                (
                    "2010-12-31: 31",
                    "not due yet",
                    "it was last seen on 31 December 2010, before the day, and the share was reached then",
                ),
                (
                    "2010-12-31: 28",
                    "not due yet",
                    "it was last seen on 31 December 2010, before the day",
                ),
                (
                    "2011-03-31: 28 to 31",
                    "cannot be told",
                    "its bounds hold both, on 31 March 2011",
                ),
                (
                    "2011-03-31: 30 to 31",
                    "met",
                    "the share was reached on 31 March 2011",
                ),
                (
                    "2011-03-31: 28, 2012-03-31: 29 to 31",
                    "cannot be told",
                    "it was below on 31 March 2011, and its bounds since then hold both",
                ),
                (
                    "2011-09-30: 35",
                    "cannot be told",
                    "it was first seen on 30 September 2011, after the day",
                ),
            ),
            run=held,
        ),
        Table(
            title="Never across a definition",
            says="What was counted must be what the target is of, word for word.",
            given=("figures of", "target of"),
            then=("answer",),
            rows=(
                (
                    "budgets of people with ongoing support",
                    "budgets of people with ongoing support",
                    "held",
                ),
                (
                    "NI130 (revised)",
                    "budgets of people with ongoing support",
                    (
                        "“A made-up target” is of “budgets of people with ongoing support”; the "
                        "figures of Exampleshire are of “NI130 (revised)”. These are two counts, "
                        "and one is not held against the other."
                    ),
                ),
                (
                    "budgets of people with ongoing support",
                    "direct payment, of all eligible people",
                    (
                        "“A made-up target” is of “direct payment, of all eligible people”; the "
                        "figures of Exampleshire are of “budgets of people with ongoing support”. "
                        "These are two counts, and one is not held against the other."
                    ),
                ),
            ),
            run=refused,
        ),
        Table(
            title="On target, as computed",
            says="Once the day is over: whether it was met. Before: whether the pace of the last six months "
            "arrives in time. What the council says of itself stands beside it and changes nothing.",
            given=("seen", "30% by"),
            then=("on target", "why"),
            rows=(
                (
                    "2010-03-31: 10, 2010-09-30: 20",
                    "2011-03-31",
                    "yes",
                    "At the pace of the last six months 30% is reached in March 2011, in time.",
                ),
                (
                    "2010-03-31: 10, 2010-09-30: 18",
                    "2011-03-31",
                    "no",
                    "At the pace of the last six months 30% is reached in June 2011, 3 months late.",
                ),
                (
                    "2010-03-31: 9 to 11, 2010-09-30: 19 to 21",
                    "2011-03-31",
                    "cannot be told",
                    (
                        "At the pace of the last six months 30% is reached in March 2011, in time "
                        "(within the bounds of the figures February 2011 at the earliest, June 2011 "
                        "at the latest)."
                    ),
                ),
                (
                    "2010-09-30: 20",
                    "2011-03-31",
                    "cannot be told",
                    "no figure is about six months older than the last one, so no pace is known",
                ),
                (
                    "2010-09-30: 31",
                    "2011-03-31",
                    "yes",
                    "it was there on 30 September 2010, before the day",
                ),
                (
                    "2010-09-30: 20, 2011-03-31: 30",
                    "2011-03-31",
                    "yes",
                    "met: the share was reached on 31 March 2011",
                ),
                (
                    "2010-09-30: 20, 2011-03-31: 29",
                    "2011-03-31",
                    "no",
                    "missed: it was below on 31 March 2011, and was not seen since",
                ),
            ),
            run=on_target,
        ),
        Table(
            title="Faster in the second half",
            says="Points in the last half-year against the half-year before. “Much” is said from twice the "
            "pace on; that measure is ours, since reports that say “much faster” give none.",
            given=("seen",),
            then=("says",),
            rows=(
                (
                    "2010-03-31: 10, 2010-09-30: 14, 2011-03-31: 23",
                    (
                        "From 30 September 2010 to 31 March 2011 it changed by 9.0 points, in the "
                        "half-year before by 4.0 points: much faster in the second half, 2.3 times "
                        "the pace."
                    ),
                ),
                (
                    "2010-03-31: 10, 2010-09-30: 14, 2011-03-31: 19",
                    (
                        "From 30 September 2010 to 31 March 2011 it changed by 5.0 points, in the "
                        "half-year before by 4.0 points: faster in the second half, 1.3 times the "
                        "pace."
                    ),
                ),
                (
                    "2010-03-31: 10, 2010-09-30: 14, 2011-03-31: 16",
                    (
                        "From 30 September 2010 to 31 March 2011 it changed by 2.0 points, in the "
                        "half-year before by 4.0 points: slower in the second half, 0.5 times the "
                        "pace."
                    ),
                ),
                (
                    "2010-03-31: 10, 2010-09-30: 14, 2011-03-31: 18",
                    (
                        "From 30 September 2010 to 31 March 2011 it changed by 4.0 points, in the "
                        "half-year before by 4.0 points: no faster and no slower."
                    ),
                ),
                (
                    "2010-03-31: 10, 2010-09-30: 9, 2011-03-31: 12",
                    (
                        "From 30 September 2010 to 31 March 2011 it changed by 3.0 points, in the "
                        "half-year before by -1.0 points: faster in the second half."
                    ),
                ),
                (
                    "2010-03-31: 9 to 11, 2010-09-30: 13 to 15, 2011-03-31: 18 to 20",
                    (
                        "From 30 September 2010 to 31 March 2011 it changed by 5.0 points, in the "
                        "half-year before by 4.0 points: faster in the second half, 1.3 times the "
                        "pace. Within the bounds of the figures it may have been otherwise."
                    ),
                ),
                (
                    "2010-03-31: 10, 2011-03-31: 23",
                    "not told",
                ),
            ),
            run=faster,
        ),
        Table(
            title="The pace that is needed",
            says="From where it was last seen to the day, in points a month.",
            given=("seen", "30% by"),
            then=("says",),
            rows=(
                (
                    "2010-03-31: 15, 2010-09-30: 18",
                    "2011-03-31",
                    (
                        "From 18.0% on 30 September 2010, 30% by 31 March 2011 needs 2.00 points a "
                        "month; in the six months before it was 0.50 points a month."
                    ),
                ),
                (
                    "2010-09-30: 18",
                    "2011-03-31",
                    ("From 18.0% on 30 September 2010, 30% by 31 March 2011 needs 2.00 points a month."),
                ),
                (
                    "2010-09-30: 17 to 19",
                    "2011-03-31",
                    (
                        "From 18.0% on 30 September 2010, 30% by 31 March 2011 needs 2.00 points a "
                        "month (1.83 to 2.17 within the bounds of the figures)."
                    ),
                ),
                (
                    "2011-03-31: 28",
                    "2011-03-31",
                    ("It was 28.0% on 31 March 2011; no pace arrives in time: its day was 31 March 2011."),
                ),
                (
                    "2010-09-30: 31",
                    "2011-03-31",
                    "It is there: 31.0% on 30 September 2010.",
                ),
            ),
            run=rate,
        ),
        Table(
            title="When 30% by 31 March 2011 arrives",
            says="At the pace of the last six months, since the first figure, if nothing changes, and at a "
            "pace that is given. Who may be lower now may also have grown slower.",
            given=("seen", "given pace"),
            then=("six months", "whole time", "stalled", "given"),
            rows=(
                (
                    "2010-03-31: 6, 2010-09-30: 9, 2011-03-31: 15",
                    "-",
                    ("At the pace of the last six months 30% is reached in June 2012, 15 months late."),
                    ("At the pace since 31 March 2010 30% is reached in November 2012, 20 months late."),
                    "If nothing changes it stays at 15.0% and 30% is never reached.",
                    "-",
                ),
                (
                    "2010-03-31: 6, 2010-09-30: 12, 2011-03-31: 15",
                    "1.5",
                    (
                        "At the pace of the last six months 30% is reached in September 2013, 2 years "
                        "and 6 months late."
                    ),
                    ("At the pace since 31 March 2010 30% is reached in November 2012, 20 months late."),
                    "If nothing changes it stays at 15.0% and 30% is never reached.",
                    "At 1.50 points a month 30% is reached in January 2012, 10 months late.",
                ),
                (
                    "2009-03-31: 4, 2010-03-31: 12, 2010-09-30: 24",
                    "2",
                    (
                        "At the pace of the last six months 30% is reached in December 2010, 3 "
                        "months before its day."
                    ),
                    "At the pace since 31 March 2009 30% is reached in March 2011, in time.",
                    "If nothing changes it stays at 24.0% and 30% is never reached.",
                    ("At 2.00 points a month 30% is reached in December 2010, 3 months before its day."),
                ),
                (
                    "2010-09-30: 16, 2011-03-31: 15",
                    "-",
                    "At the pace of the last six months 30% is never reached.",
                    "At the pace since 30 September 2010 30% is never reached.",
                    "If nothing changes it stays at 15.0% and 30% is never reached.",
                    "-",
                ),
                (
                    "2010-09-30: 9 to 11, 2011-03-31: 14 to 16",
                    "-",
                    (
                        "At the pace of the last six months 30% is reached in September 2012, 18 "
                        "months late (within the bounds of the figures March 2012 at the earliest, "
                        "November 2013 at the latest)."
                    ),
                    (
                        "At the pace since 30 September 2010 30% is reached in September 2012, 18 "
                        "months late (within the bounds of the figures March 2012 at the earliest, "
                        "November 2013 at the latest)."
                    ),
                    "If nothing changes it stays at 15.0% and 30% is never reached.",
                    "-",
                ),
                (
                    "2010-09-30: 14 to 16, 2011-03-31: 15 to 17",
                    "-",
                    (
                        "At the pace of the last six months 30% is reached in March 2018, 7 years "
                        "late (within the bounds of the figures May 2013 at the earliest, perhaps "
                        "never)."
                    ),
                    (
                        "At the pace since 30 September 2010 30% is reached in March 2018, 7 "
                        "years late (within the bounds of the figures May 2013 at the earliest, "
                        "perhaps never)."
                    ),
                    "If nothing changes it stays at 16.0% and 30% is never reached.",
                    "-",
                ),
                (
                    "2010-03-31: 10, 2011-03-31: 29.9",
                    "-",
                    "-",
                    "At the pace since 31 March 2010 30% is reached in April 2011, 1 month late.",
                    "If nothing changes it stays at 29.9% and 30% is never reached.",
                    "-",
                ),
                (
                    "2010-09-30: 20, 2011-03-31: 31",
                    "-",
                    "30% is reached already: 31.0% on 31 March 2011.",
                    "-",
                    "-",
                    "-",
                ),
            ),
            run=comes,
        ),
        Table(
            title="Said of themselves, and what must follow",
            says="Of all councils some say that they are on target; of all, some have a take-up at a "
            "threshold or above, "
            "and of some it is not known. So many at least of those that say so must lie below it.",
            given=("say so", "at it or above", "not known"),
            then=("at least below",),
            rows=((55, 23, 6, 26), (55, 60, 0, 0), (10, 0, 0, 10), (10, 4, 6, 0)),
            run=must_be_below,
        ),
        Table(
            title="What councils said in 2011 of each target",
            says="From the printed figures of the survey of 2011, which are not made up. No council is "
            "named in them, so "
            "nobody's own word is held against its own count.",
            given=("target",),
            then=("said", "computed", "not told"),
            rows=(
                (
                    "30-percent-ongoing",
                    "83 of 132 councils that replied to a survey of March 2011 had budgets for a third "
                    "or more, 27 of "
                    "these for over half.",
                    "A third is more than 30%, so at least 83 of the 132 met it by their own count.",
                    "Whether people with short-term support are in that count: each council decided who "
                    "is eligible. "
                    "How many lay between 30% and a third.",
                ),
                (
                    "everyone-eligible-2013",
                    "55 of 58 councils that replied say that they are on target.",
                    "Of the 58, 23 state or imply a take-up of 60% or more, 29 one below, 6 nothing or "
                    "too little. So at "
                    "least 26 of the 55 are below 60%, and need more than 2.0 points a month on average "
                    "from August "
                    "2011 to reach 100%.",
                    "Which of the three wordings of 2013 each had in mind, and how fast each grew: so "
                    "of none of them can "
                    "it be told whether it is on target.",
                ),
                (
                    "everyone-by-end-2011-12",
                    "3 of 58 councils that replied expect it.",
                    "Nothing: how many people these have is not printed.",
                    "Which councils they are.",
                ),
            ),
            run=said,
        ),
    ),
)
