"""The respondent's pages, at a personal link and without signing in: parts, approval, one hand-in.

An anonymous survey is answered at one sitting: ``answer_sealed``.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.core.mail import get_connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.cache import never_cache

from wherewithal.actions import survey_answer as actions
from wherewithal.actions import survey_mail
from wherewithal.core.questions import AnswersAtFault
from wherewithal.core.survey import Accepts, Mode
from wherewithal.core.survey_link import hashed
from wherewithal.records.models import AnswerFile, Draft, Invitation
from wherewithal.web import answer_sealed
from wherewithal.web.answer_files import Files
from wherewithal.web.answer_language import chosen, in_language
from wherewithal.web.clock import now
from wherewithal.web.forms import Form
from wherewithal.web.page import public, refusals, render
from wherewithal.web.paper import NOT_ANSWERED, Paper, state
from wherewithal.web.questions import SectionForm, missing
from wherewithal.web.survey_field import Standing


class Sheet:
    """What somebody at a personal link, or at a director's, may see and do, in the ``language`` chosen;
    ``hands_out`` names the page at which the files in the answers are handed out.
    """

    def __init__(
        self, token: str, invitation: Invitation, language: str, hands_out: str = "answer_file"
    ) -> None:
        self.token, self.invitation = token, invitation
        self.standing = Standing(invitation.wave, now(), language)
        self.wave = invitation.wave
        self.draft = Draft.objects.filter(invitation=invitation).first()
        self.key = getattr(invitation, "key", None)
        reply = self.key.reply if self.key else None
        answers = reply.answers if reply else self.draft.answers if self.draft else {}
        of = {"reply": reply} if reply else {"draft__invitation": invitation}
        files = Files(AnswerFile.objects.filter(**of), lambda question: self.href(hands_out, question))
        self.paper = Paper(self.standing.questionnaire, answers, files)

    @property
    def takes(self) -> bool:
        """Can anything still be filled in?"""
        late = self.standing.accepts == Accepts.LATE
        return not self.invitation.answered and (late or self.standing.accepts == Accepts.IN_TIME)

    @property
    def is_late(self) -> bool:
        return self.standing.accepts == Accepts.LATE

    @property
    def said(self) -> list[tuple[str, list[tuple[str, ...]]]]:
        return [(part.title, self.paper.said(part)) for part in self.paper.questionnaire.sections]

    @property
    def asked_and_said(self) -> list[tuple[str, list[tuple[str, ...]]]]:
        return [(part.title, self.paper.asked_and_said(part)) for part in self.paper.questionnaire.sections]

    @property
    def unanswered(self) -> int:
        """How many of the questions that were asked have no answer."""
        return sum(row[1] == NOT_ANSWERED for _, rows in self.asked_and_said for row in rows)

    @property
    def door(self) -> str:
        """The council's own way into the compendium, which leads to no answer; '' where this wave tells of
        none.
        """
        return survey_mail.door_link(self.invitation.code, "/") if survey_mail.has_door(self.wave) else ""

    def filled_by(self, section: str) -> str:
        return (self.draft.parts.get(section) or {}).get("by", "") if self.draft else ""

    def parts(self) -> list[dict[str, Any]]:
        """A task a part: how far it has come, who filled it in."""
        return [
            {
                "title": one.title,
                "href": self.href("answer_part", one.section),
                "hint": f"Last filled in by {by}" if (by := self.filled_by(one.section)) else "",
                "status": state(one),
            }
            for one in self.paper.progress.values()
        ]

    def href(self, name: str, *args: str) -> str:
        return reverse(name, args=[self.token, *args])


def at_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open to whoever has the personal link; anybody else is told that the link is not right."""

    @wraps(view)
    def opened(request: HttpRequest, token: str, **rest: str) -> HttpResponse:
        rows = Invitation.objects.select_related("wave", "key__reply")
        invitation = rows.filter(token_hash=hashed(token)).first()
        if invitation is None or invitation.wave.state == "draft":
            return render(request, "answer/unknown.html", status=404)
        if invitation.wave.mode == Mode.ANONYMOUS:
            return answer_sealed.sitting(request, invitation)
        return view(request, Sheet(token, invitation, chosen(request)), **rest)

    return public(never_cache(in_language(opened)))


@at_link
def answer(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """Where it stands: what it is, the parts, what comes next; after hand-in the receipt."""
    return render(request, "answer/start.html", {"sheet": sheet, "wave": sheet.wave})


class NameForm(Form):
    name = forms.CharField(
        label="Your name", max_length=100, help_text="So that colleagues know who filled it in"
    )


@at_link
def answer_part(request: HttpRequest, sheet: Sheet, section: str) -> HttpResponse:
    part = sheet.paper.section(section)
    if not sheet.takes:
        return redirect("answer", sheet.token)
    posted = request.POST if request.method == "POST" else None
    form = SectionForm(sheet.paper, part, posted, request.FILES if posted is not None else None)
    name = NameForm(posted, initial={"name": sheet.filled_by(section)})
    if posted is not None:
        form.is_valid()
        is_saved = False
        if name.is_valid():
            with refusals(form):
                if sheet.draft:
                    form.must_stand(sheet.draft, lambda draft: form.values(draft.answers), sheet.wave)
                saved = actions.save_part(
                    invitation=sheet.invitation, section=section, answers=form.heard,
                    name=name.cleaned_data["name"], by=actions.respondent(), at=now(), files=form.brought,
                )  # fmt: skip
                is_saved = True
                form.stands_on(form.values(saved.answers))
                sheet.paper.keep(saved.answers)
            if not form.errors:
                following = form.following(part, request)
                where = sheet.href("answer_part", following) if following else sheet.href("answer")
                return redirect(where)
        for fault in name.errors.get("name", []):
            form.add_error(None, fault)
        if not is_saved:
            form.lose_files()
    ids = [*sheet.paper.progress]
    number = (ids.index(section) + 1 if section in ids else 1), len(ids)
    context = {"sheet": sheet, "wave": sheet.wave, "part": part, "form": form, "name": name, "number": number}
    return render(request, "answer/part.html", context)


@at_link
def answer_whole(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """Everything on one page, to read and to print: questions, and the answers so far."""
    return render(request, "answer/whole.html", {"sheet": sheet, "wave": sheet.wave, "paper": sheet.paper})


@at_link
def answer_file(request: HttpRequest, sheet: Sheet, question: str) -> HttpResponse:
    """A file in the answers, as it is kept: without its authors."""
    return _handed_out(sheet, question)


class AskForm(NameForm):
    director = forms.CharField(label="The director’s name", max_length=100)
    director_email = forms.EmailField(label="The director’s e-mail address", help_text="We send a link to it")


@at_link
def answer_ask(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """Ask a director to approve the draft as it stands."""
    if not sheet.takes or not sheet.wave.needs_approval:
        return redirect("answer", sheet.token)
    form, wrong = AskForm(request.POST or None), []
    if form.is_valid():
        with refusals(form):
            try:
                draft, token = actions.ask_approval(
                    invitation=sheet.invitation, by=actions.respondent(), at=now(), **form.cleaned_data
                )
            except AnswersAtFault as refusal:
                wrong = _missing(sheet, refusal)
                return render(request, "answer/ask.html", {"sheet": sheet, "form": form, "wrong": wrong})
            letter = survey_mail.approval(draft, sheet.wave, token, request.build_absolute_uri("/"))
            if bounced := survey_mail.send(letter, get_connection()):
                raise actions.NotApproved(f"The address was refused: {bounced}.", field="director_email")
        if form.is_valid():
            return redirect("answer", sheet.token)
    return render(request, "answer/ask.html", {"sheet": sheet, "form": form, "wrong": wrong})


@at_link
def answer_hand_in(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """Read all once more and hand in, once."""
    if not sheet.takes:
        return redirect("answer", sheet.token)
    form, wrong = NameForm(request.POST or None), []
    if form.is_valid():
        with refusals(form):
            try:
                actions.hand_in(
                    invitation=sheet.invitation,
                    name=form.cleaned_data["name"],
                    by=actions.respondent(),
                    at=now(),
                )
            except AnswersAtFault as refusal:
                wrong = _missing(sheet, refusal)
        if form.is_valid() and not wrong:
            return redirect("answer", sheet.token)
    context = {"sheet": sheet, "wave": sheet.wave, "form": form, "wrong": wrong}
    return render(request, "answer/hand_in.html", context)


def approve(request: HttpRequest, token: str) -> HttpResponse:
    """The director's own link: read all, and approve it as it stands."""
    draft = Draft.objects.select_related("invitation__wave").filter(approval_hash=hashed(token)).first()
    if draft is None:
        return render(request, "answer/unknown.html", {"approval": True}, status=404)
    sheet = Sheet(token, draft.invitation, chosen(request), "approve_file")
    form = Form(request.POST) if request.method == "POST" else Form()
    if form.is_valid():
        with refusals(form):
            seen = request.POST.get("seen", "")
            if seen != draft.saved_at.isoformat():
                raise actions.NotApproved("The answers were changed meanwhile. Read them again.")
            draft = actions.approve(draft=draft, by=actions.respondent(), at=now())
    context = {"sheet": sheet, "wave": sheet.wave, "draft": draft, "form": form, "paper": sheet.paper}
    return render(request, "answer/approve.html", context)


def approve_file(request: HttpRequest, token: str, question: str) -> HttpResponse:
    """A file in the answers that the director is asked to approve."""
    draft = Draft.objects.select_related("invitation__wave").filter(approval_hash=hashed(token)).first()
    if draft is None:
        return render(request, "answer/unknown.html", {"approval": True}, status=404)
    return _handed_out(Sheet(token, draft.invitation, chosen(request), "approve_file"), question)


def _handed_out(sheet: Sheet, question: str) -> HttpResponse:
    assert sheet.paper.files is not None
    return sheet.paper.files.handed_out(question, sheet.paper.answers)


def _missing(sheet: Sheet, refusal: AnswersAtFault) -> list[dict[str, str]]:
    return missing(sheet.paper, refusal, lambda part: sheet.href("answer_part", part))


urlpatterns = [
    path("answer/<token>/", answer, name="answer"),
    path("answer/<token>/part/<section>/", answer_part, name="answer_part"),
    path("answer/<token>/file/<question>/", answer_file, name="answer_file"),
    path("answer/<token>/whole/", answer_whole, name="answer_whole"),
    path("answer/<token>/approval/", answer_ask, name="answer_ask"),
    path("answer/<token>/hand-in/", answer_hand_in, name="answer_hand_in"),
    path("approve/<token>/", public(never_cache(in_language(approve))), name="approve"),
    path("approve/<token>/file/<question>/", public(never_cache(approve_file)), name="approve_file"),
]
