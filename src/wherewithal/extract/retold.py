"""What was printed of a survey beside what the replies of a wave on record give."""

from dataclasses import replace

from wherewithal.analytics.retold import Retold, held_back, retell
from wherewithal.core.questions import WRITING
from wherewithal.extract.survey import coded_replies, survey_of
from wherewithal.policy.published import published_figures
from wherewithal.policy.retold import Recount, recounts
from wherewithal.records.asking import asked_in
from wherewithal.records.models import Release

NOT_ASKED = "This survey did not ask it"
NOT_CODED = "Counted by codes, and not all answers are coded"


def retold(release: Release) -> list[Retold]:
    """Each published figure again beside a release of the wave, in the order of print; what is counted by
    codes only where a question is wholly coded, nothing of what was not asked, and of few only what the
    release tells too. Raises NoPolicy where none was published.
    """
    wave = release.wave
    of, asked, given = recounts(wave.questionnaire), asked_in(wave), coded_replies(wave)

    def why_not(one: Recount) -> str:
        if not one.reads <= {*asked.questions}:
            return NOT_ASKED
        by_code = bool(one.any_of or one.all_of or one.none_of)
        in_words = by_code and asked.question(one.question).kind in WRITING
        return NOT_CODED if in_words and one.question not in (given.labels or {}) else ""

    waiting = {one.id: why for one in of.counted if (why := why_not(one))}
    ready = replace(
        of,
        counted=tuple(one for one in of.counted if one.id not in waiting),
        outside=of.outside | waiting,
    )
    told = retell(
        published_figures(of.published), ready, asked, given.replies,
        invited=wave.invitations.count(), targeted=wave.invitations.filter(targeted=True).count(),
    )  # fmt: skip
    shown = {tuple(key): count for *key, count in release.shown}
    return held_back(told, ready, survey_of(wave).rule, shown)
