"""What the answers to Exampleshire's own questionnaires (``sds-adult``, ``sds-carer``) say beside the points.

Exampleshire counts unpaid care only where whoever gives it wants to go on and is able to. Where they would
give less than now, one level less is counted; where they would not, or nobody knows, none. Somebody who
lives only with children under 18 shares the running of the home with nobody.
"""

from wherewithal.core.circumstances import Circumstances
from wherewithal.core.questions import Answers
from wherewithal.core.scheme import UNPAID_CARE

_GOES_ON = {"yes": 0, "less": 1}  # levels that are taken off what is given now


def circumstances(answers: Answers, *, sparse_place: bool = False) -> Circumstances:
    """The circumstances of an allocation; whether support has far to travel is not asked, so it is given."""
    level, willing = _unpaid_care(answers)
    return Circumstances(
        unpaid_care=level,  # type: ignore[arg-type]  # one of UNPAID_CARE
        willing=willing,
        lives_with_someone=_shares_a_home(answers),
        sparse_place=sparse_place,
    )


def _unpaid_care(answers: Answers) -> tuple[str, bool]:
    """The level of UNPAID_CARE that counts, and whether those who give it will go on."""
    share = answers.get("helped_share") if answers.get("helped") == "yes" else None
    if not isinstance(share, str):
        return "none", False
    less = [_GOES_ON.get(str(answers.get(question))) for question in ("helped_willing", "helped_able")]
    fewer = [levels for levels in less if levels is not None]
    if len(fewer) < len(less):
        return share, False
    return UNPAID_CARE[max(0, UNPAID_CARE.index(share) - max(fewer))], True


def _shares_a_home(answers: Answers) -> bool:
    if answers.get("lives_together") == "yes":
        return True
    others = answers.get("lives_with")
    return answers.get("lives_alone") == "no" and isinstance(others, list) and set(others) != {"children"}
