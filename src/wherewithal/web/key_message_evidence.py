"""What a key message stands on is chosen: a question's answers or codes are shown with their counts."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from wherewithal.actions import key_message as actions
from wherewithal.analytics.base import ALL
from wherewithal.core.questions import values_told
from wherewithal.core.refusal import Refusal
from wherewithal.records.models import KeyMessage
from wherewithal.web.access import user_of
from wherewithal.web.clock import now
from wherewithal.web.held_back import seen
from wherewithal.web.key_messages import heard_of, of
from wherewithal.web.page import page, render

if TYPE_CHECKING:
    from wherewithal.analytics.tabulate import Table


@page("survey.code")
def key_message_evidence(request: HttpRequest, slug: str, message: int) -> HttpResponse:
    """The answers or codes of one question (``?question=``), each with what it counts now."""
    row = of(slug, message)
    seen(request, row.wave, f"what key message {row.number} can stand on")
    heard = heard_of(row.wave)
    coded = heard.book.questions if heard.book else {}
    asked = [one for one in heard.questionnaire.questions.values() if values_told(one) or one.id in coded]
    wanted = request.GET.get("question", "")
    chosen = next((one for one in asked if one.id == wanted), None)
    context: dict[str, Any] = {"wave": row.wave, "row": row, "asked": asked, "chosen": chosen, "rows": []}
    if chosen and chosen.id in coded:
        themes = heard.themes(chosen.id)
        context |= {"table": themes.table, "rows": _rows(themes.table, row, "theme")} if themes else {}
    elif chosen:
        table = heard.tables([chosen.id])[chosen.id]
        context |= {"table": table, "rows": _rows(table, row, "figure")}
    return render(request, "messages/evidence.html", context)


@page("survey.code")
@require_POST
def key_message_stand(request: HttpRequest, slug: str, message: int) -> HttpResponse:
    """It stands on a figure (``figure``: question=value) or a theme (``theme``: code); ``off``: no more."""
    row = of(slug, message)
    kind = "figure" if "figure" in request.POST else "theme"
    key = request.POST.get(kind, "")
    question, _, value = key.partition("=")
    doing: dict[str, Any] = {"message": row, "by": user_of(request), "at": now()}
    try:
        if request.POST.get("off"):
            actions.take_off(kind=kind, key=key, **doing)
        elif kind == "figure":
            actions.stand_on_figure(question=question, value=value, **doing)
        else:
            actions.stand_on_theme(code=key, **doing)
    except Refusal as refusal:
        messages.warning(request, refusal.says)
    return redirect(f"{reverse('key_message', args=[slug, row.pk])}#stands-on")


def _rows(table: "Table", row: KeyMessage, kind: str) -> list[dict[str, Any]]:
    """Each answer or code: its key, its label, its figure, whether the message stands on it already."""
    found = []
    for one in table.rows:
        key = f"{table.question}={one.value}" if kind == "figure" else one.value
        there = key in (row.figures if kind == "figure" else row.themes)
        found.append({"kind": kind, "key": key, "label": one.label, "cell": one.cells[ALL], "there": there})
    return found


_ONE = "survey/<slug:slug>/messages/<int:message>/"
urlpatterns = [
    path(f"{_ONE}evidence/", key_message_evidence, name="key_message_evidence"),
    path(f"{_ONE}stand/", key_message_stand, name="key_message_stand"),
]
