"""A file as an answer: kept with the draft, handed in with the reply, gone with the key; never anonymous."""

from dataclasses import replace

import handed_in
import pytest
from actions.test_once import killed
from django.db import DatabaseError, transaction
from surveying import (
    IN_TIME,
    LATE,
    doing,
    draft,
    file_of,
    fill,
    fill_with_file,
    one_of,
    opened,
    small,
    with_files,
)

from wherewithal.actions import survey_answer, survey_design, survey_seal
from wherewithal.core.questions import AnswersAtFault, attached
from wherewithal.core.survey import TellsWhoseItIs
from wherewithal.formats.handed_in import Taken
from wherewithal.records.models import AnswerFile, Draft, Invitation, Reply, ReplyKey

pytestmark = pytest.mark.django_db


def asked(mode="coded", **more):
    wave, _ = opened(mode, questionnaire=with_files(), **more)
    return wave, one_of(wave)


def hand_in(one, moment=IN_TIME):
    return survey_answer.hand_in(invitation=one, name="Ro Respondent", **doing(moment))


def test_a_file_is_kept_with_the_draft_and_stays_while_other_parts_are_saved():
    _, one = asked()
    answer = fill_with_file(one)
    fill(one, words="More words")
    row = AnswerFile.objects.get()
    assert (row.pk.hex, row.question, row.kind, bytes(row.content)) == (
        answer.id, "paper", "text", b"Brokers come early.",
    )  # fmt: skip
    assert Draft.objects.get().answers["paper"] == answer.answer


def test_another_file_takes_its_place_and_none_takes_it_away():
    _, one = asked()
    fill_with_file(one)
    second = fill_with_file(one, b"They come late.")
    assert AnswerFile.objects.get().pk.hex == second.id
    fill(one, paper=None)
    assert not AnswerFile.objects.exists() and "paper" not in Draft.objects.get().answers


def test_a_file_of_a_question_that_is_no_longer_asked_is_gone_as_its_answer_is():
    of = with_files()
    questions = tuple(
        replace(one, relevant=small().question("how_many").relevant, required=False)
        for one in of.section("support").questions
    )
    routed = replace(
        of, sections=(of.sections[0], replace(of.sections[1], questions=questions), *of.sections[2:])
    )
    wave, _ = opened(questionnaire=routed)
    fill_with_file(one_of(wave))
    assert AnswerFile.objects.count() == 1
    fill(one_of(wave), budgets="no")
    assert AnswerFile.objects.count() == 0


def test_an_answer_that_names_a_file_which_is_not_here_is_refused():
    wave, one = asked()
    other = fill_with_file(one_of(wave, 1))
    for named in (other, file_of(b"x")[0]):
        with pytest.raises(AnswersAtFault, match=r"Choose the file .* again: it is not here"):
            fill(one, paper=named.answer)
    assert not Draft.objects.filter(invitation=one).exists()
    with pytest.raises(survey_answer.NotTaken, match="none of those that a survey takes"):
        fill(one, paper=other.answer, files={"paper": Taken("text", b"x" * 5_000_001, "")})


def test_one_file_cannot_stand_for_another_question():
    _, one = asked()
    answer = fill_with_file(one)
    with pytest.raises(AnswersAtFault):
        fill(one, picture=answer.answer.replace(".txt", ".png"))


def test_a_required_file_is_asked_for_at_the_hand_in():
    _, one = asked()
    fill(one)
    with pytest.raises(AnswersAtFault, match="Choose a file for “Your guidance on brokerage”"):
        hand_in(one)


def test_a_file_that_is_changed_after_the_approval_is_approved_again():
    _, one = asked(needs_approval=True)
    fill_with_file(one)
    waiting, _ = survey_answer.ask_approval(
        invitation=one, name="Ro", director="Dee", director_email="dee@example.org", **doing(IN_TIME)
    )
    survey_answer.approve(draft=waiting, **doing(IN_TIME))
    fill_with_file(one, b"Another paper of the same name")
    with pytest.raises(survey_answer.NotApproved):
        hand_in(one)


@pytest.mark.parametrize(("mode", "name"), [("coded", "paper.docx"), ("attributed", "Kent, by Ann.docx")])
def test_a_reply_has_its_file_without_authors_and_under_a_name_that_the_mode_allows(mode, name):
    made = handed_in.word()
    assert handed_in.AUTHOR.encode() in handed_in.inside(made), "else the test proves nothing"
    _, one = asked(mode)
    given = fill_with_file(one, made, name="Kent, by Ann.docx")
    reply = hand_in(one)
    row = AnswerFile.objects.get()
    assert (row.reply, row.draft) == (reply, None)
    assert handed_in.AUTHOR.encode() not in handed_in.inside(bytes(row.content))
    kept = attached(reply.answers["paper"])
    assert (kept.id, kept.name) == (given.id, name)
    assert reply.statuses["paper"] == "answered" and reply.statuses["picture"] == "blank"


def test_the_files_of_replies_are_destroyed_with_the_keys_and_leave_nothing_that_tells_of_them():
    wave, one = asked()
    given = fill_with_file(one, name="Kent, by Ann.txt")
    reply = hand_in(one)
    survey_seal.close(wave=wave, **doing(LATE))
    survey_seal.destroy_keys(wave=wave, **doing(LATE))
    assert not AnswerFile.objects.exists()
    reply.refresh_from_db()
    assert reply.answers["paper"] == f"{given.id} paper.txt"


def test_what_the_database_itself_refuses_of_files():
    wave, one = asked()
    fill_with_file(one)
    fill_with_file(one_of(wave, 1))
    theirs = AnswerFile.objects.get(draft__invitation=one_of(wave, 1))
    reply = hand_in(one)
    row = AnswerFile.objects.get(reply=reply)
    own = "a_file_goes_from_a_draft_to_its_own_reply"
    files = AnswerFile.objects
    attempts = [
        ("a_replys_file_goes_with_its_key", lambda: row.delete()),
        (own, lambda: files.filter(pk=theirs.pk).update(draft=None, reply=reply, question="picture")),
        (own, lambda: files.filter(pk=row.pk).update(reply=None, draft=theirs.draft)),
        (own, lambda: files.filter(pk=theirs.pk).update(content=b"another")),
        ("Cannot update rows", lambda: handed_in_as_another(theirs)),
        ("Cannot insert rows", lambda: files.create(reply=reply, question="picture", kind="png", size=0)),
        ("a_file_is_of_a_draft_or_of_a_reply", lambda: files.create(question="paper", kind="png", size=0)),
    ]
    for says, attempt in attempts:
        with pytest.raises(DatabaseError, match=says), transaction.atomic():
            attempt()


def handed_in_as_another(file):
    """To its own reply, but with another content."""
    invitation = file.draft.invitation
    reply = Reply.objects.create(wave=invitation.wave, answers={}, statuses={})
    ReplyKey.objects.create(invitation=invitation, reply=reply, handed_in_by="Ro", handed_in_at=IN_TIME)
    AnswerFile.objects.filter(pk=file.pk).update(draft=None, reply=reply, content=b"another")


def test_an_anonymous_wave_asks_for_no_file():
    with pytest.raises(TellsWhoseItIs, match="“Guidance” asks for a file") as refused:
        draft("anonymous", questionnaire=with_files())
    assert refused.value.field == "mode"
    wave = draft("anonymous")
    with pytest.raises(TellsWhoseItIs):
        survey_design.change_questions(wave=wave, questionnaire=with_files(), **doing())
    wave.refresh_from_db()
    assert "file" not in wave.definition


@pytest.mark.django_db(transaction=True)
def test_a_hand_in_killed_at_any_point_has_its_file_once(transactional_db):
    _, one = asked()
    fill_with_file(one)
    doing()  # the surveyor is on record before
    for after in range(100):
        was_killed = killed(lambda: hand_in(one), after)
        counts = (Reply.objects.count(), ReplyKey.objects.count(), Draft.objects.count())
        answered = Invitation.objects.get(pk=one.pk).answered
        file = AnswerFile.objects.get()
        assert (counts, answered, file.reply_id is None) in [
            ((0, 0, 1), False, True),
            ((1, 1, 0), True, False),
        ]
        if answered:
            break
    assert (after > 6, was_killed) == (True, False), "it was killed at each of its statements"
