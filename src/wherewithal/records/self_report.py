"""Named replies of a coded wave beside what was published of each council: for the survey office alone.

It leaves by no door: no file, no table of a release and no report has it.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from django.utils.timezone import localdate

from wherewithal.core.self_report import Span, Verdict
from wherewithal.core.survey import Judgement
from wherewithal.policy.self_reports import Compared, compared_with, comparisons, said_by
from wherewithal.policy.series import Printed
from wherewithal.records.models import ReplyKey, Wave

NO_ANSWER = (Judgement.INSUFFICIENT, Judgement.REFUSED)


@dataclass(frozen=True)
class SelfReport:
    """One council: what it said, what was published, both in words, by how much they differ at least, and
    whether they agree.
    """

    council: str
    said: str
    published: str
    difference: str
    verdict: Verdict


def compared_in(wave: Wave) -> tuple[Compared, ...]:
    """What of a wave's answers can be held against published figures."""
    return comparisons(wave.questionnaire, localdate(wave.opens_at))


def self_reports(wave: Wave, of: Compared) -> list[SelfReport]:
    """Every council whose reply came in time and has a key, by name."""
    published = of.by_council()
    keys = ReplyKey.objects.filter(reply__wave=wave, reply__late=False).select_related("invitation", "reply")
    found = []
    for key in keys.prefetch_related("reply__judged").order_by("invitation__name"):
        unsaid = {one.question for one in key.reply.judged.all() if one.says in NO_ANSWER}
        answers = {id: answer for id, answer in key.reply.answers.items() if id not in unsaid}
        figure = published.get(key.invitation.code, Printed())
        found.append(_one(key.invitation.name, said_by(answers, of), figure, of))
    return found


def _one(council: str, said: Span | None, figure: Printed, of: Compared) -> SelfReport:
    in_print = figure.said + ("%" if of.is_percentage and figure.number is not None else "")
    says = _in_words(said, of) if said else ""
    came = compared_with(said, figure, of)
    if said is None or figure.number is None:
        return SelfReport(council, says, in_print, "", came)
    return SelfReport(council, says, in_print, _difference(said, Fraction(figure.number), of), came)


def _in_words(said: Span, of: Compared) -> str:
    """``59% to below 60%``, ``4,000``, or ``2,360 to 2,399`` where a share is of so many."""
    if of.is_percentage:
        return f"{floor(said.low)}% to below {ceil(said.high)}%" if said.open else f"{floor(said.low)}%"
    least, most = _ends(said)
    return f"{least:,}" if most == least else f"{least:,} to {most:,}"


def _difference(said: Span, number: Fraction, of: Compared) -> str:
    """At least: from the figure to the nearest end that is told. ``+120``, ``-4.2 points``, ``none``."""
    least, most = (said.low, said.high) if of.is_percentage else _ends(said)
    gap = min(max(number, Fraction(least)), Fraction(most)) - number
    if of.is_percentage:
        return f"{float(gap):+.1f} points" if gap else "none"
    return f"{round(gap):+,}" if round(gap) else "none"


def _ends(said: Span) -> tuple[int, int]:
    """The least and the most people that were said; the number below where a share leaves no whole one."""
    most = ceil(said.high) - 1 if said.open else floor(said.high)
    return min(ceil(said.low), most), most
