"""Reports that were released: open to anybody from the end of their embargo, before to those who are named.

Whoever opens one before leaves a trace.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.cache import patch_cache_control

from wherewithal.actions import release as actions
from wherewithal.core import release as rules
from wherewithal.records.models import Release, User, Wave
from wherewithal.records.release import may_read_early, public_releases, released
from wherewithal.web import typed
from wherewithal.web.clock import now
from wherewithal.web.downloads import page_answer
from wherewithal.web.page import public, render
from wherewithal.web.reports_retold import told_again

# How each file is called, what it is for, its kind, and whether it opens in the browser.
FILES = {
    "report.html": ("The report as a web page", "text/html; charset=utf-8", True),
    "report.pdf": ("The report as PDF", "application/pdf", True),
    "report.docx": (
        "The report in Word",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        False,
    ),
    "tables.ods": ("Its tables as a spreadsheet", "application/vnd.oasis.opendocument.spreadsheet", False),
    "press-notice.docx": (
        "The press notice",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        False,
    ),
}


@dataclass(frozen=True)
class Shelf:
    """The versions of a wave's report that somebody may open, newest first; ``early``: before others."""

    wave: Wave
    versions: list[Release]
    early: bool


def kept_by_none(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """What somebody reads before others is kept by no cache on the way."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        if isinstance(request.user, User):
            patch_cache_control(answer, private=True, no_store=True)
        return answer

    return answered


@public
def reports(request: HttpRequest) -> HttpResponse:
    """Every report that anybody may read."""
    listed = [(one, one.content, rules.opens_at(one)) for one in released(now())]
    return render(request, "reports/list.html", {"listed": listed})


@public
@kept_by_none
def report(request: HttpRequest, slug: str, version: int | None = None) -> HttpResponse:
    """One version, the newest by itself: its headline, its files, what it changed and what changed it."""
    shelf = _shelf(request, slug)
    if isinstance(shelf, HttpResponse):
        return shelf
    one = _version(shelf, version)
    _trace(request, shelf, one, "the page")
    before = next((other for other in shelf.versions if other.version < one.version), None)
    context = {
        "wave": shelf.wave, "release": one, "shelf": shelf, "opens_at": rules.opens_at(one),
        "newest": shelf.versions[0], "before": before, "early": shelf.early and not _is_public(shelf, one),
        "changes": [
            (change.where, change.before or "Not told", change.now or "Not told any more")
            for change in (rules.changes(before.content, one.content) if before else [])
        ],
        "told_again": told_again(shelf.wave),
        "files": [(file, FILES[file.name][0]) for file in one.files.defer("content")],
    }  # fmt: skip
    return render(request, "reports/report.html", context)


@public
@kept_by_none
def report_file(request: HttpRequest, slug: str, version: int, name: str) -> HttpResponse:
    """A file of a version, as it was built."""
    shelf = _shelf(request, slug)
    if isinstance(shelf, HttpResponse):
        return shelf
    one = _version(shelf, version)
    file = one.files.filter(name=name).first()
    if file is None:
        raise Http404("This version has no such file.")
    _trace(request, shelf, one, name)
    _, kind, opens = FILES[name]
    if name == "report.html":
        return page_answer(bytes(file.content), f"{slug}-v{version}-{name}")
    called = f'{"inline" if opens else "attachment"}; filename="{slug}-v{version}-{name}"'
    return HttpResponse(bytes(file.content), content_type=kind, headers={"Content-Disposition": called})


def _shelf(request: HttpRequest, slug: str) -> Shelf | HttpResponse:
    """What whoever asks may open; a page to sign in, where only those who are named may. Raises Http404."""
    wave = Wave.objects.filter(slug=slug).first()
    if wave is None or not wave.releases.exists():
        raise Http404("There is no report at this address.")
    user = request.user
    if isinstance(user, User) and may_read_early(wave, user):
        return Shelf(wave, list(wave.releases.defer("content")), early=True)
    if versions := public_releases(wave, now()):
        return Shelf(wave, versions, early=False)
    if not isinstance(user, User):
        return typed.sign_in_first(request)
    opens = rules.opens_at(wave.releases.defer("content")[0])
    return render(request, "reports/not_yet.html", {"wave": wave, "opens_at": opens}, status=403)


def _version(shelf: Shelf, version: int | None) -> Release:
    """The newest where none is named. Raises Http404."""
    found = [one for one in shelf.versions if version in (None, one.version)]
    if not found:
        raise Http404("There is no such version, or it was never public.")
    return found[0]


def _is_public(shelf: Shelf, one: Release) -> bool:
    return one in rules.public(shelf.versions, now())


def _trace(request: HttpRequest, shelf: Shelf, one: Release, what: str) -> None:
    """Each look at what is not public yet is kept."""
    if shelf.early and isinstance(request.user, User) and not _is_public(shelf, one):
        actions.look(release=one, what=what, by=request.user, at=now())


urlpatterns = [
    path("reports/", reports, name="reports"),
    path("reports/<slug:slug>/", report, name="report"),
    path("reports/<slug:slug>/v<int:version>/", report, name="report_version"),
    path("reports/<slug:slug>/v<int:version>/<str:name>", report_file, name="report_file"),
]
