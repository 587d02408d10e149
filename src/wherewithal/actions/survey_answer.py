"""A council answers: part by part, approved by a director where that is asked, handed in once.

For coded and attributed waves; an anonymous answer is sealed (``survey_seal``).
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.conf import settings

from wherewithal.actions.record import action, day, locked, stand_in
from wherewithal.core.period import written
from wherewithal.core.policy import Used
from wherewithal.core.questions import (
    Answers,
    AnswersAtFault,
    Fault,
    Questionnaire,
    check,
    counted,
    files_in,
    without_given_names,
)
from wherewithal.core.refusal import Refusal
from wherewithal.core.survey import Accepts, Mode, accepts, statuses
from wherewithal.core.survey_link import APPROVE, hashed, token
from wherewithal.formats.handed_in import Taken
from wherewithal.policy.answer_files import kinds, largest_bytes
from wherewithal.records.asking import asked_in
from wherewithal.records.models import AnswerFile, Draft, Invitation, Reply, ReplyKey, User, Wave

Files = Mapping[str, Taken]
"""Files that come now, by question, as ``formats.handed_in.take`` gives them; the answers name them."""


class NotTaken(Refusal):
    """An answer that cannot be taken: too early, too late, already handed in, or not in this mode."""


class NotApproved(Refusal):
    """A hand-in without the approval that the wave wants, or an approval of what was not asked."""


@action("save part of a reply")
def save_part(
    *,
    invitation: Invitation,
    section: str,
    answers: Answers,
    name: str,
    by: User,
    at: datetime,
    files: Files | None = None,
) -> Draft:
    """Keep the answers to a part as they are given, with the name of who filled it in; others' parts stay. A
    file is kept as long as an answer that counts names it.

    What is changed after approval has to be approved again. Raises NotTaken, AnswersAtFault.
    """
    invitation, wave = _taking(invitation, at)
    draft = _draft(invitation, at)
    questionnaire = asked_in(wave)
    merged = {**draft.answers, **answers}
    check(questionnaire, merged, whole=False)
    kept = counted(questionnaire, merged)
    _keep_files(draft, questionnaire, kept, files or {}, Used(day(at)))
    if kept != draft.answers:
        draft.asked_at = draft.approved_at = None
        draft.approval_hash = ""
    draft.answers, draft.saved_at = kept, at
    draft.parts = {**draft.parts, section: {"by": name.strip()[:100], "at": at.isoformat()}}
    draft.save(update_fields=["answers", "parts", "saved_at", "asked_at", "approved_at", "approval_hash"])
    return draft


@action("ask approval of a reply")
def ask_approval(
    *, invitation: Invitation, name: str, director: str, director_email: str, by: User, at: datetime
) -> tuple[Draft, str]:
    """The whole draft waits for a director; gives it with the token of the director's own link.

    Raises NotTaken, AnswersAtFault (something is missing), NotApproved (this wave asks for none).
    """
    invitation, wave = _taking(invitation, at)
    if not wave.needs_approval:
        raise NotApproved("This survey asks for no approval. Hand the answers in.")
    draft = _draft(invitation, at)
    check(asked_in(wave), draft.answers, whole=True)
    link = token(settings.SECRET_KEY, wave.slug, f"{invitation.code} {at.isoformat()}", APPROVE)
    draft.asked_by, draft.asked_at, draft.approved_at = name.strip()[:100], at, None
    draft.director, draft.director_email = director.strip()[:100], director_email.strip()
    draft.approval_hash = hashed(link)
    draft.save()
    return draft, link


@action("approve a reply")
def approve(*, draft: Draft, by: User, at: datetime) -> Draft:
    """The director agrees to the answers as they stand. Raises NotTaken, NotApproved (changed since)."""
    seen = draft.saved_at
    _taking(draft.invitation, at)
    draft = Draft.objects.get(pk=draft.pk)
    if draft.asked_at is None or draft.saved_at != seen:
        raise NotApproved("The answers were changed meanwhile. Your colleagues will ask you again.")
    draft.approved_at = at
    draft.save(update_fields=["approved_at"])
    return draft


@action("hand in a reply")
def hand_in(*, invitation: Invitation, name: str, by: User, at: datetime) -> Reply:
    """The draft becomes the reply with its files, and is gone. After the closing time the reply is kept apart
    as late.

    Raises NotTaken, NotApproved, AnswersAtFault.
    """
    invitation, wave = _taking(invitation, at)
    draft = _draft(invitation, at)
    questionnaire = asked_in(wave)
    check(questionnaire, draft.answers, whole=True)
    if wave.needs_approval and draft.approved_at is None:
        raise NotApproved("A director approves the answers before they are handed in.")
    coded = wave.mode == Mode.CODED
    reply = Reply.objects.create(
        wave=wave, answers=without_given_names(questionnaire, draft.answers) if coded else draft.answers,
        statuses=statuses(questionnaire, draft.answers),
        region=invitation.region, type=invitation.type, late=_accepts(wave, at) == Accepts.LATE,
    )  # fmt: skip
    ReplyKey.objects.create(
        invitation=invitation, reply=reply, handed_in_by=name.strip()[:100], handed_in_at=at,
        approved_by=draft.director if draft.approved_at else "",
    )  # fmt: skip
    draft.files.update(draft=None, reply=reply)
    draft.delete()
    invitation.answered = True
    invitation.save(update_fields=["answered"])
    return reply


def respondent() -> User:
    """Who answers by a personal link: nobody signs in for that."""
    return stand_in("survey-respondent", "Whoever had the personal link")


def _taking(invitation: Invitation, at: datetime) -> tuple[Invitation, Wave]:
    """The wave and the invitation, held in this order; raises NotTaken where no answer can be taken."""
    wave = locked(invitation.wave)
    invitation = locked(invitation)
    if wave.mode == Mode.ANONYMOUS:
        raise NotTaken("This survey is anonymous: it keeps no drafts. Answer it at one sitting.")
    if invitation.answered:
        raise NotTaken("These answers were handed in already. Nothing was changed.")
    match _accepts(wave, at):
        case Accepts.NOT_YET:
            raise NotTaken(f"This survey opens on {written(day(wave.opens_at))}.")
        case Accepts.NO_LONGER:
            raise NotTaken("The results of this survey are out, so it takes no more answers.")
    return invitation, wave


def _keep_files(
    draft: Draft, questionnaire: Questionnaire, answers: Answers, files: Files, used: Used
) -> None:
    """Keep the files that the answers name and no others: those of before, and those that come now."""
    named = files_in(questionnaire, answers)
    draft.files.exclude(pk__in=[UUID(one.id) for one in named.values()]).delete()
    here = {(row.question, row.pk.hex) for row in draft.files.defer("content")}
    wrong = []
    for question, file in named.items():
        if (question, file.id) in here:
            continue
        taken = files.get(question)
        if taken is None:
            asks = questionnaire.question(question).text
            wrong.append(Fault(question, f"Choose the file for “{asks}” again: it is not here."))
        elif taken.kind not in kinds(used) or len(taken.content) > largest_bytes(used):
            raise NotTaken("This file is none of those that a survey takes.", field=question)
        else:
            AnswerFile.objects.create(
                id=UUID(file.id), draft=draft, question=question, kind=taken.kind, content=taken.content,
                size=len(taken.content),
            )  # fmt: skip
    if wrong:
        raise AnswersAtFault(wrong)


def _accepts(wave: Wave, at: datetime) -> Accepts:
    return accepts(mode=wave.mode, state=wave.state, opens_at=wave.opens_at, closes_at=wave.closes_at, at=at)


def _draft(invitation: Invitation, at: datetime) -> Draft:
    """The draft, begun if it was not; whoever holds the invitation (``_taking``) holds its draft too."""
    draft, _ = Draft.objects.get_or_create(invitation=invitation, defaults={"saved_at": at})
    return draft
