"""What was printed of a survey before that its released replies do not give, and what is printed instead."""

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.text import capfirst

from wherewithal.formats.spreadsheet import to_csv
from wherewithal.policy.retold import has_recounts
from wherewithal.records.models import Release, Wave
from wherewithal.records.release import public_releases
from wherewithal.web.clock import now
from wherewithal.web.downloads import csv_answer
from wherewithal.web.page import public, render

if TYPE_CHECKING:
    from wherewithal.analytics.retold import Retold

DOCUMENTS = {
    "report": "The report",
    "notice": "The notice to the press",
    "article-survey": "An article on the survey",
    "article-slow": "An article on slow councils",
    "article-staff": "An article on staff",
}
OTHER, MORE, HELD = "another number", "says more", "held back"
HEAD = ("Figure", "What", "Document", "Place", "Printed then", "Verdict", "Printed here", "Why")


@public
def report_published(request: HttpRequest, slug: str) -> HttpResponse:
    """The figures that come out otherwise, and how many come out."""
    release = _released(slug)
    told = _told(release.pk)
    verdicts: Counter[str] = Counter(one.verdict for one in told)
    outside = Counter(one.why for one in told if one.verdict == "outside")
    context = {
        "wave": release.wave, "of": release.content, "all": len(told), "same": verdicts["same"],
        "counted": len(told) - verdicts["outside"], "held": verdicts[HELD],
        "other": [_row(one) for one in told if one.verdict == OTHER],
        "more": [_row(one) for one in told if one.verdict == MORE],
        "outside": outside.most_common(), "documents": len({one.figure.document for one in told}),
    }  # fmt: skip
    return render(request, "reports/published.html", context)


@public
def report_published_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Every published figure, those that come out too."""
    release = _released(slug)
    rows = [
        [
            one.figure.id, one.figure.what, _document(one), one.figure.place, one.figure.printed,
            one.verdict, one.instead, one.why,
        ]
        for one in _told(release.pk)
    ]  # fmt: skip
    return csv_answer(to_csv(HEAD, rows), f"{slug}-published.csv")


def told_again(wave: Wave) -> bool:
    """Were figures of this very survey printed before?"""
    return has_recounts(wave.questionnaire, timezone.localdate(wave.opens_at))


def _released(slug: str) -> Release:
    """The newest version that anybody may read. Raises Http404, also where nothing was printed before."""
    wave = Wave.objects.filter(slug=slug).first()
    versions = public_releases(wave, now()) if wave and told_again(wave) else []
    if not versions:
        raise Http404("Nothing that was printed before is told again here.")
    return versions[0]


@lru_cache(maxsize=8)
def _told(release: int) -> "tuple[Retold, ...]":
    """Counted once a process for each ``release``: what it counted stays as it is."""
    # What counts brings in Arrow, which the start of the web need not wait for.
    from wherewithal.extract.retold import retold

    return tuple(retold(Release.objects.select_related("wave").get(pk=release)))


def _row(one: "Retold") -> tuple[str, str, str, str, str]:
    figure = one.figure
    where = f"{_document(one)}, {figure.place}" if figure.place else _document(one)
    return (
        capfirst(figure.what),
        where,
        figure.printed or "In words",
        one.instead,
        one.why,
    )


def _document(one: "Retold") -> str:
    return DOCUMENTS.get(one.figure.document, one.figure.document)


urlpatterns = [
    path("reports/<slug:slug>/published/", report_published, name="report_published"),
    path("reports/<slug:slug>/published.csv", report_published_csv, name="report_published_csv"),
]
