"""What was printed of a survey beside what the replies of a wave on record give."""

from dataclasses import replace

from wherewithal.analytics.retold import Retold, retell
from wherewithal.core.questions import WRITING
from wherewithal.extract.survey import coded_replies
from wherewithal.policy.published import published_figures
from wherewithal.policy.retold import Recount, recounts
from wherewithal.records.asking import asked_in
from wherewithal.records.models import Wave

NOT_CODED = "Counted by codes, and not all answers are coded"


def retold(wave: Wave) -> list[Retold]:
    """Each published figure again, in the order of print; what is counted by codes only where a question is
    wholly coded. Raises NoPolicy where none was published.
    """
    of, asked, given = recounts(wave.questionnaire), asked_in(wave), coded_replies(wave)

    def waits(one: Recount) -> bool:
        by_code = bool(one.any_of or one.all_of or one.none_of)
        in_words = asked.question(one.question).kind in WRITING
        return by_code and in_words and one.question not in (given.labels or {})

    waiting = {one.id: NOT_CODED for one in of.counted if waits(one)}
    ready = replace(
        of,
        counted=tuple(one for one in of.counted if one.id not in waiting),
        outside=of.outside | waiting,
    )
    return retell(
        published_figures(of.published), ready, asked, given.replies,
        invited=wave.invitations.count(), targeted=wave.invitations.filter(targeted=True).count(),
    )  # fmt: skip
