"""A council reads its private pack by its link, without signing in: a page, a PDF, its own answers as CSV."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.cache import never_cache

from wherewithal.actions import survey_pack as actions
from wherewithal.core.survey_link import hashed
from wherewithal.formats.spreadsheet import to_csv
from wherewithal.records.models import Pack
from wherewithal.web.clock import now, today
from wherewithal.web.downloads import csv_answer, pdf_answer
from wherewithal.web.page import public, render
from wherewithal.web.survey_tables import in_one_cell

if TYPE_CHECKING:
    from wherewithal.extract.survey_pack import Answered, OwnPack

HEAD = ["Part", "Question", "Your answer"]
GONE = 410


def at_pack(view: Callable[[HttpRequest, str, Pack, "OwnPack"], HttpResponse]) -> Callable[..., HttpResponse]:
    """Open to whoever has the link that was sent last, while there are packs; each opening leaves its day."""

    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        rows = Pack.objects.select_related("invitation__wave__by")
        pack = rows.filter(token_hash=hashed(token)).first()
        if pack is None:
            return render(request, "pack/unknown.html", status=404)
        # It brings in Arrow and NumPy, a second's work, which the start of the web need not wait for.
        from wherewithal.extract.survey_pack import own_pack

        wave = pack.invitation.wave
        why = actions.why_none(wave, now())
        own = None if why else own_pack(pack.invitation)
        if own is None:
            return render(request, "pack/gone.html", {"wave": wave, "why": why}, status=GONE)
        actions.opened(pack=pack, by=actions.whoever(), at=now())
        return view(request, token, pack, own)

    return public(never_cache(opened))


@at_pack
def pack(request: HttpRequest, token: str, pack: Pack, own: "OwnPack") -> HttpResponse:
    context = {"wave": pack.invitation.wave, "own": own, "sections": _sections(own), "token": token}
    return render(request, "pack/pack.html", context)


@at_pack
def pack_pdf(request: HttpRequest, token: str, pack: Pack, own: "OwnPack") -> HttpResponse:
    """The same to print or to keep."""
    from wherewithal.web import letters  # it brings in typst, which the start of the web need not wait for

    wave = pack.invitation.wave
    data = {
        "council": wave.title, "name": own.name, "on": today(), "region": own.region, "type": own.type,
        "late": own.late, "replies": own.replies, "rule": own.rule, "sections": _sections(own),
        "until": wave.destroy_keys_on or "",
    }  # fmt: skip
    return pdf_answer(letters.pdf("pack", data), f"{wave.slug}-pack.pdf")


@at_pack
def pack_csv(request: HttpRequest, token: str, pack: Pack, own: "OwnPack") -> HttpResponse:
    """The council's own answers, and nothing of others."""
    rows = [[title, one.question.text, one.own] for title, found in own.sections for one in found]
    return csv_answer(to_csv(HEAD, rows), f"{pack.invitation.wave.slug}-own-answers.csv")


def _sections(own: "OwnPack") -> list[dict[str, Any]]:
    """What the page and the PDF print of each part, all of it in words."""
    names = {"all": "All", "region": own.region, "type": own.type}
    return [
        {"title": title, "questions": [_question(one, names) for one in found]}
        for title, found in own.sections
    ]


def _question(one: "Answered", names: dict[str, str]) -> dict[str, Any]:
    words = one.question.kind in ("text", "longtext")
    rows = [
        [line.label, "Yours" if line.own else "", *(in_one_cell(line.cells[name]) for name in one.groups)]
        for line in one.lines
    ]
    return {
        "asks": one.question.text, "own": one.own, "words": words, "coded": one.coded,
        "head": ["Code" if one.coded else "Answer", "Yours", *(names[name] for name in one.groups)],
        "rows": rows if one.groups else [], "note": _note(one, names),
    }  # fmt: skip


def _note(one: "Answered", names: dict[str, str]) -> str:
    """What the shares are of, and whose are not shown."""
    if not one.lines:
        return ""
    bases = [(names[name], one.lines[0].cells[name].base) for name in one.groups]
    said = "".join(f"{name}: {base.count:,}; " for name, base in bases[:-1])
    said += f"{bases[-1][0]}: {bases[-1][1]}." if bases else ""
    if one.left_out:
        hidden = " and ".join(names[name] for name in one.left_out)
        said += f" Too few others answered to show: {hidden}."
    return said.strip()


urlpatterns = [
    path("pack/<token>/", pack, name="pack"),
    path("pack/<token>/pdf/", pack_pdf, name="pack_pdf"),
    path("pack/<token>/csv/", pack_csv, name="pack_csv"),
]
