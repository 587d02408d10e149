"""What councils said of themselves beside what was published of them: by name, for the survey office alone.

Each look is kept. There is no file of it, and no release can hold it.
"""

from collections import Counter
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.cache import never_cache

from wherewithal.actions.survey_named import look_at_named
from wherewithal.analytics.disclosure import wants_a_second_look
from wherewithal.core.self_report import CannotCompare, Verdict, agreeing
from wherewithal.policy.disclosure import rule
from wherewithal.policy.self_reports import Compared
from wherewithal.records.models import NamedLook, Wave
from wherewithal.records.self_report import SelfReport, compared_in, self_reports
from wherewithal.web.access import user_of
from wherewithal.web.clock import now
from wherewithal.web.page import page, render
from wherewithal.web.survey_field import found
from wherewithal.web.templating import when

WHAT = "answers against published figures"
LOOKS = 20
NOTHING = (
    "No answer of this survey can be held against a published figure: none is on record of what it asks, for "
    "a time near it. Which can is data: policy/self_reports."
)
VERDICTS = {
    Verdict.AGREES: ("Agrees", "green"),
    Verdict.ABOVE: ("Above what was published", "orange"),
    Verdict.BELOW: ("Below what was published", "orange"),
    Verdict.NOTHING_SAID: ("Nothing said", "grey"),
    Verdict.A_MARK: ("A mark was published", "grey"),
    Verdict.NOTHING_PUBLISHED: ("Nothing published", "grey"),
}


@dataclass(frozen=True)
class Shown:
    """One comparison with its councils, and how many agree of those that can be compared."""

    of: Compared
    rows: list[SelfReport]

    @property
    def agree(self) -> tuple[int, int]:
        return agreeing(row.verdict for row in self.rows)

    @property
    def few(self) -> bool:
        """Whether so few agree, or so few do not, that a second person must look before it is told."""
        return wants_a_second_look(*self.agree, rule("councils"))

    @property
    def tallies(self) -> list[tuple[str, int]]:
        came = Counter(row.verdict for row in self.rows)
        return [(words, came[verdict]) for verdict, (words, _) in VERDICTS.items()]

    @property
    def marks(self) -> list[tuple[str, str]]:
        shown = {row.published for row in self.rows if row.verdict == Verdict.A_MARK}
        return [(mark, words) for mark, words in self.of.published.marks.items() if mark in shown]


@page("survey.run")
@never_cache
def survey_against_published(request: HttpRequest, slug: str) -> HttpResponse:
    wave, why, shown = found(slug), "", []
    try:
        look_at_named(wave=wave, what=WHAT, by=user_of(request), at=now())
        shown = [Shown(of, self_reports(wave, of)) for of in compared_in(wave)]
    except CannotCompare as refusal:
        why = refusal.says
    context = {
        "wave": wave, "why": why or ("" if shown else NOTHING), "shown": shown, "verdicts": VERDICTS,
        "looks": _looks(wave),
    }  # fmt: skip
    return render(request, "survey/against_published.html", context)


def _looks(wave: Wave) -> list[tuple[str, str, str]]:
    """The newest looks: when, who, at what."""
    rows = NamedLook.objects.filter(wave=wave).select_related("user").order_by("-pk")[:LOOKS]
    return [(when(one.at), str(one.user), one.what) for one in rows]


urlpatterns = [
    path("survey/<slug:slug>/against-published/", survey_against_published, name="survey_against_published"),
]
