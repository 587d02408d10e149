"""Reference: risks, their bands, mitigations and acceptance."""

from datetime import date

from spec.tables import Page, Table
from wherewithal.core import risk
from wherewithal.core.policy import Used
from wherewithal.policy import mitigation

ON = date(2026, 4, 6)


def banded(likelihood, impact):
    score = risk.Score(likelihood, impact)
    return score.value, risk.band(score, mitigation.bands(Used(ON))).title


def missing(mitigations, own_words, after, accepted):
    one = risk.Risk(
        id="1",
        says="May fall on the way to the pool",
        kind="customer",
        before=risk.Score(4, 4),
        mitigations=mitigations,
        own_words=own_words,
        after=risk.Score(*after) if after else None,
        accepted=risk.Acceptance(*accepted) if accepted else None,
    )
    found = risk.needs(one, mitigation.library(Used(ON)), ON)
    return sum(problem.blocks for problem in found), sum(not problem.blocks for problem in found)


PAGE = Page(
    slug="risk",
    title="Risk",
    says=(
        "A risk is likelihood times impact, 1 to 5 each. Each has a mitigation, from the council's library "
        "or in own words, and is scored again after it. A risk that is worth taking is accepted with a "
        "reason and a day to look at it again. The bands are those of Exampleshire, a made-up council."
    ),
    tables=(
        Table(
            title="Scores and bands",
            says="A band starts at its lowest score: low 1, medium 5, high 10, very high 16.",
            given=("likelihood", "impact"),
            then=("score", "band"),
            rows=(
                (1, 1, 1, "low"),
                (2, 2, 4, "low"),
                (1, 5, 5, "medium"),
                (3, 3, 9, "medium"),
                (2, 5, 10, "high"),
                (3, 5, 15, "high"),
                (4, 4, 16, "very high"),
                (5, 5, 25, "very high"),
            ),
            run=banded,
        ),
        Table(
            title="What a risk still needs before the plan goes on",
            says=(
                "The risk scores 4 times 4. No mitigation, or no second score, stops the plan; so does an "
                "acceptance without a reason or without a day after today. A worse second score is only "
                "shown."
            ),
            given=("from the library", "in own words", "scored after", "accepted: reason, look again on"),
            then=("stops it", "only shown"),
            rows=(
                ((), "", None, None, 2, 0),
                (("practice_journey",), "", None, None, 1, 0),
                (("practice_journey",), "", (2, 4), None, 0, 0),
                ((), "Sam walks beside her.", (2, 4), None, 0, 0),
                ((), " ", (2, 4), None, 1, 0),
                (("no_such_entry",), "", (2, 4), None, 1, 0),
                (("practice_journey",), "", (4, 4), None, 0, 0),
                (("practice_journey",), "", (5, 4), None, 0, 1),
                (("practice_journey",), "", (4, 4), ("Swimming is her life.", date(2026, 7, 6)), 0, 0),
                (("practice_journey",), "", (4, 4), ("", date(2026, 7, 6)), 1, 0),
                (("practice_journey",), "", (4, 4), ("Swimming is her life.", None), 1, 0),
                (("practice_journey",), "", (4, 4), ("Swimming is her life.", ON), 1, 0),
            ),
            run=missing,
        ),
    ),
)
