"""The survey office sends each council its private pack, and sees on which days it was opened."""

from collections import Counter
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from wherewithal.actions import survey_mail
from wherewithal.actions import survey_pack as actions
from wherewithal.core.period import written
from wherewithal.core.survey_pack import NOT_ANSWERED, may_be_sent
from wherewithal.records.models import Invitation, Pack, Wave
from wherewithal.web.access import user_of
from wherewithal.web.clock import now
from wherewithal.web.forms import Form
from wherewithal.web.page import page, refusals, render
from wherewithal.web.survey_field import found
from wherewithal.web.survey_letters import post_packs

A_ROUND = 25  # letters that go out while somebody waits for the page


@page("survey.see")
def survey_packs(request: HttpRequest, slug: str) -> HttpResponse:
    """Who gets a pack, how far it has come. What is in one is for its council only."""
    wave = found(slug)
    why = actions.why_none(wave, now())
    rows = _rows(wave) if not why else []
    waiting = [one for one in rows if _waits(one)]
    states = Counter(pack.state for one in rows if (pack := _pack(one)))
    context = {
        "wave": wave, "why": why, "rows": [(one, _pack(one), _opened(one)) for one in rows],
        "waiting": waiting, "sent": states[Pack.State.SENT], "came_back": states[Pack.State.BOUNCED],
        "silent": wave.invitations.filter(answered=False).count(), "not_answered": NOT_ANSWERED,
        "without_address": sum(not one.email for one in rows), "a_round": A_ROUND,
        "letter": survey_mail.pack(waiting[0], wave, "the personal link") if waiting else None,
    }  # fmt: skip
    return render(request, "survey/packs.html", context)


@page("survey.run")
@require_POST
def survey_packs_send(request: HttpRequest, slug: str) -> HttpResponse:
    """The next round of letters goes out; the page shows how far it is."""
    wave = found(slug)
    form = Form({})
    with refusals(form):
        if why := actions.why_none(wave, now()):
            raise actions.NoPack(why)
    if form.errors:
        messages.warning(request, " ".join(map(str, form.non_field_errors())))
        return redirect("survey_packs", slug)
    next_round = [one for one in _rows(wave) if _waits(one)][:A_ROUND]
    went = post_packs(next_round, wave, request.build_absolute_uri("/"), by=user_of(request), at=now())
    (messages.warning if went.trouble or went.bounced else messages.success)(request, went.says)
    return redirect("survey_packs", slug)


@page("survey.run")
@require_POST
def survey_pack_replace(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """The link that was sent is no good any more: another waits to be sent."""
    pack = Pack.objects.filter(invitation__wave=found(slug), invitation__code=code).first()
    if pack is None:
        raise Http404("This council was sent no pack yet.")
    form = Form({})
    with refusals(form):
        actions.replace_link(pack=pack, by=user_of(request), at=now())
    if form.errors:
        messages.warning(request, " ".join(map(str, form.non_field_errors())))
    else:
        messages.success(request, f"The old link of {pack.invitation} opens nothing now. Send the new one.")
    return redirect("survey_packs", slug)


def _rows(wave: Wave) -> list[Invitation]:
    """The councils whose reply a key leads to, by name, with their packs."""
    rows = wave.invitations.filter(key__isnull=False).defer("envelope").select_related("pack")
    return list(rows.order_by("name"))


def _pack(one: Invitation) -> Pack | None:
    return getattr(one, "pack", None)


def _opened(one: Invitation) -> str:
    """The days on which its pack was opened."""
    pack = _pack(one)
    return ", ".join(written(date.fromisoformat(day)) for day in pack.opened_on) if pack else ""


def _waits(one: Invitation) -> bool:
    pack = _pack(one)
    state, address = (pack.state, pack.address) if pack else ("", "")
    return may_be_sent(state=state, address=address, email=one.email)


urlpatterns = [
    path("survey/<slug:slug>/packs/", survey_packs, name="survey_packs"),
    path("survey/<slug:slug>/packs/send/", survey_packs_send, name="survey_packs_send"),
    path("survey/<slug:slug>/packs/<code>/replace/", survey_pack_replace, name="survey_pack_replace"),
]
