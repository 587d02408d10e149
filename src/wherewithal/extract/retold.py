"""What was printed of a survey beside what the replies of a wave on record give."""

from wherewithal.analytics.retold import Retold, retell
from wherewithal.extract.survey import coded_replies
from wherewithal.policy.published import published_figures
from wherewithal.policy.retold import recounts
from wherewithal.records.asking import asked_in
from wherewithal.records.models import Wave


def retold(wave: Wave) -> list[Retold]:
    """Each published figure again, in the order of print. Raises NoPolicy where none was published."""
    of = recounts(wave.questionnaire)
    return retell(
        published_figures(of.published),
        of,
        asked_in(wave),
        coded_replies(wave).replies,
        invited=wave.invitations.count(),
        targeted=wave.invitations.filter(targeted=True).count(),
    )
