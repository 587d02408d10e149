"""The survey of 2011 again: what was printed that the replies do not give, and what is printed instead."""

from spec.tables import Page, Table
from wherewithal.analytics.in_words import may_say
from wherewithal.analytics.retold import retell
from wherewithal.policy.published import published_figures
from wherewithal.policy.retold import recounts
from wherewithal.simulate.survey_2011 import made_up_survey

SURVEY = made_up_survey()
AGAIN = {
    one.figure.id: one
    for one in retell(
        published_figures("adass-2011"),
        recounts("personalisation-2011"),
        SURVEY.questionnaire,
        [one.reply for one in SURVEY.replies],
        invited=len(SURVEY.invited),
        targeted=len(SURVEY.targeted),
    )
}
COUNTED = [one for one in AGAIN.values() if one.verdict != "outside"]
SAME = [one for one in COUNTED if one.verdict == "same"]


def row(id, printed, instead):
    """What the figure is of and why it is not printed so stand in the policy; the numbers are tested."""
    return id, AGAIN[id].figure.what, AGAIN[id].why, printed, instead


def retold(verdict):
    def run(id, what, why):
        assert AGAIN[id].verdict == verdict
        return AGAIN[id].figure.printed, AGAIN[id].instead

    return run


def said(words, count, base):
    return "yes" if may_say(words, count, base) else "no"


PAGE = Page(
    slug="survey-2011",
    title="The survey of 2011 again",
    says=(
        f"Of {len(AGAIN)} figures in five documents on the survey of 2011, {len(COUNTED)} can be "
        f"counted from replies; {len(SAME)} of them come out of {len(SURVEY.replies)} made-up replies, "
        "the others are below. What stands there instead is of the same replies: where no number was "
        "printed, it is made up too. "
        "The figures and where they stand are in `policy/published/adass-2011.csv`, how each is counted in "
        "`policy/surveys/personalisation-2011-figures.toml`."
    ),
    tables=(
        Table(
            title="Another number is printed",
            says="The printed number, or the words for it, cannot be what the replies give.",
            given=("figure", "what", "why not"),
            then=("printed in 2011", "printed here"),
            rows=(
                row("RES-some-misunderstand-market", "some", "1 of 58 councils that took part (2%)"),
                row("RES-majority-new-models", "majority", "5 of 58 councils that took part (9%)"),
                row("R1.3-all-working", "all", "57 of 152 councils that were invited (38%)"),
                row("R1.6-response-rate", "58 of 152, 33%", "58 of 152 councils that were invited (38%)"),
                row("R1.6-type-borough-unitary", "34 of 58", "24 of 58 councils that took part (41%)"),
                row("R2.1-on-target", "55 of 58, 97%", "55 of 58 councils that took part (95%)"),
                row("R4.5-third-16", "a third, 16", "16 of 58 councils that took part (28%)"),
                row("R5.2-everyone-offered", "everyone", "23 of 58 councils that took part (40%)"),
                row("R8.2-all-assessment", "all", "55 of 58 councils that took part (95%)"),
                row("R10.2-eight", "8", "12 of 13 councils that were asked this (92%)"),
                row("R10.2-half", "half, of 13", "6 of 13 councils that were asked this (46%)"),
                row("R12.6-all", "all", "54 of 58 councils that took part (93%)"),
                row("R12.6-some-misunderstand", "some", "1 of 58 councils that took part (2%)"),
                row("R12.6-majority", "majority", "5 of 58 councils that took part (9%)"),
                row("P-97", "97%", "55 of 58 councils that took part (95%)"),
                row("P-two-slow", "2", "1 of 58 councils that took part (2%)"),
                row("C-97", "97%", "55 of 58 councils that took part (95%)"),
            ),
            run=retold("another number"),
        ),
        Table(
            title="The number holds, but not what it is said of",
            says="The sentence would not be printed: it says more than was asked, or of more than replied.",
            given=("figure", "what", "why not"),
            then=("printed in 2011", "printed here"),
            rows=(
                row("RES-2013-b", "confident", "55 of 58 councils that took part (95%)"),
                row("RES-some-self-funders", "some", "8 of 58 councils that took part (14%)"),
                row("R1.5-20-targeted", "20", "20 of 152 councils that were invited (13%)"),
                row("R1.5-aug2011", "2011-08", "34 of 58 councils that took part (59%)"),
                row("R4.3-all-sla", "all", "58 of 58 councils that took part (100%)"),
                row("R4.3-most-cases", "most", "34 of 50 councils that were asked this (68%)"),
                row("R4.5-unanimous", "almost unanimous, 100", "55 of 58 councils that took part (95%)"),
                row("R12-robust", "", "58 of 152 councils that were invited (38%)"),
                row("R12-2013", "confident", "55 of 58 councils that took part (95%)"),
                row("R12.1-confidence", "high", "55 of 58 councils that took part (95%)"),
                row("R12.4-well-developed", "", "0 of 58 councils that took part (0%)"),
                row("R12.7-some", "some", "8 of 58 councils that took part (14%)"),
                row("P-headline", "", "55 of 58 councils that took part (95%)"),
                row("P-more-than-half", "more than half", "36 of 58 councils that took part (62%)"),
                row("C-2013-title", "", "55 of 58 councils that took part (95%)"),
                row("C-40", "40%", "23 of 58 councils that took part (40%)"),
                row("C-some-struggling", "some", "8 of 58 councils that took part (14%)"),
                row("C-six", "6", "6 of 58 councils that took part (10%)"),
            ),
            run=retold("says more"),
        ),
        Table(
            title="Shares in words",
            says=(
                "What a count of its base may be called. A fraction is held to be true within two points; "
                "“some” is at least two and at most half, “a few” and “a handful” two to a tenth."
            ),
            given=("words", "count", "base"),
            then=("may be said",),
            rows=(
                ("all", 58, 58, "yes"),
                ("all", 57, 58, "no"),
                ("all but one", 57, 58, "yes"),
                ("nearly all", 55, 58, "yes"),
                ("nearly all", 50, 58, "no"),
                ("vast majority", 50, 58, "yes"),
                ("most", 30, 58, "yes"),
                ("most", 29, 58, "no"),
                ("two thirds", 39, 58, "yes"),
                ("two thirds", 36, 58, "no"),
                ("half", 29, 58, "yes"),
                ("half", 6, 13, "no"),
                ("half", 6, 12, "yes"),
                ("a third", 16, 58, "no"),
                ("a third", 16, 51, "yes"),
                ("a third", 16, 48, "yes"),
                ("more than a third", 20, 58, "yes"),
                ("more than a third", 19, 58, "no"),
                ("fewer than half", 28, 58, "yes"),
                ("less than half", 29, 58, "no"),
                ("nearly half", 27, 58, "yes"),
                ("nearly half", 29, 58, "no"),
                ("nearly half", 26, 58, "no"),
                ("many", 20, 58, "yes"),
                ("many", 19, 58, "no"),
                ("several", 3, 58, "yes"),
                ("several", 2, 58, "no"),
                ("minority", 28, 58, "yes"),
                ("some", 2, 58, "yes"),
                ("some", 1, 58, "no"),
                ("some", 30, 58, "no"),
                ("a handful", 5, 58, "yes"),
                ("a few", 6, 58, "no"),
                ("a couple", 2, 13, "yes"),
                ("none", 0, 58, "yes"),
                ("none", 0, 0, "no"),
                ("all", 0, 0, "no"),
            ),
            run=said,
        ),
    ),
)
