"""A survey's life in the field: designed, asked, answered in parts, approved, handed in once, closed."""

from datetime import date, timedelta

import pytest
from making import at
from surveying import (
    CLOSES,
    IN_TIME,
    LATE,
    OPENS,
    WHOLE,
    addressed,
    answer,
    doing,
    draft,
    fill,
    one_of,
    opened,
    small,
)

from wherewithal.actions import survey_answer, survey_design, survey_invite, survey_seal
from wherewithal.core.questions import AnswersAtFault
from wherewithal.records.asking import asked_in
from wherewithal.records.models import Draft, Invitation, Reply, ReplyKey, Wave

pytestmark = pytest.mark.django_db
A_WEEK = timedelta(days=7)


def test_a_wave_lists_every_council_of_the_register_and_keeps_the_whole_questionnaire():
    wave = draft(register=None)
    assert wave.invitations.filter(state="listed").count() == 153
    assert asked_in(wave) == small()
    assert asked_in(wave).fingerprint == wave.fingerprint


def test_a_wave_asks_the_councils_that_there_are_when_it_opens():
    then = {"opens_at": at(2011, 8, 8), "closes_at": at(2011, 9, 9)}
    names = {
        wave.title: set(wave.invitations.values_list("name", flat=True))
        for wave in (draft(register=None, title="Now"), draft(register=None, title="Then", **then))
    }
    assert (len(names["Now"]), len(names["Then"])) == (153, 152)
    assert "Cumbria" in names["Then"] and "Cumberland" in names["Now"] - names["Then"]


@pytest.mark.parametrize(
    "changes, because",
    [
        ({"title": "New"}, survey_design.NameTaken),
        ({"closes_at": OPENS}, survey_design.BadTimes),
        ({"embargo_until": OPENS}, survey_design.BadTimes),
        ({"destroy_keys_on": None}, survey_design.NotWithThisMode),
        ({"destroy_keys_on": date(2026, 4, 30)}, survey_design.BadTimes),
        ({"mode": "anonymous", "needs_approval": True}, survey_design.NotWithThisMode),
    ],
)
def test_a_design_that_contradicts_itself_is_refused(changes, because):
    with pytest.raises(because):
        draft(**changes)


def test_questions_are_fixed_once_it_is_open():
    with pytest.raises(survey_design.NotADraft):
        survey_design.change_questions(wave=opened()[0], questionnaire=small(), **doing())


def test_an_anonymous_wave_opens_when_two_people_hold_its_key_and_one_shows_it():
    wave = draft("anonymous")
    old = survey_design.make_key(wave=wave, **doing())
    wave.refresh_from_db()
    key = survey_design.make_key(wave=wave, instead_of=wave.sealing_key, **doing())
    for wrong in ({"holders": ("Ann", "ann")}, {"holders": ("Ann", "")}, {"key": b""}):
        with pytest.raises(survey_design.KeyNotHeld):
            survey_design.open_wave(
                **{"wave": wave, "key": key, "holders": ("Ann", "Bea")} | wrong, **doing()
            )
    with pytest.raises(survey_design.envelope.NotTheKey):
        survey_design.open_wave(wave=wave, key=old, holders=("Ann", "Bea"), **doing())
    assert survey_design.open_wave(wave=wave, key=key, holders=("Ann", "Bea"), **doing()).state == "open"


def test_it_can_be_extended_while_it_is_open_and_not_shortened():
    wave, _ = opened()
    later = survey_design.extend(wave=wave, closes_at=CLOSES + A_WEEK, reason="Holidays", **doing(IN_TIME))
    assert later.closes_at == CLOSES + A_WEEK
    with pytest.raises(survey_design.BadTimes):
        survey_design.extend(wave=wave, closes_at=CLOSES, reason="Sooner", **doing(IN_TIME))


# Whom it asks -----------------------------------------------------------------------------------------------


def test_addresses_are_taken_in_all_or_none():
    wave = draft()
    good, bad = one_of(wave).code, one_of(wave, 1).code
    for wrong in (
        survey_invite.Addressee(bad, "no address"),
        survey_invite.Addressee("9999", "a@example.org"),
    ):
        with pytest.raises((survey_invite.NotAnAddress, survey_invite.NotInTheRegister)):
            survey_invite.give_addresses(
                wave=wave, addresses=[survey_invite.Addressee(good, "a@example.org"), wrong], **doing()
            )
        assert not wave.invitations.exclude(email="").exists() or one_of(wave).email == "a@example.org"


def test_a_wave_of_staff_takes_the_list_that_it_is_given():
    wave = draft(unit="staff")
    row = survey_invite.Addressee("s1", "a@example.org", "Ash Worker", "London", "Home care")
    assert survey_invite.give_addresses(wave=wave, addresses=[row], **doing()) == 1
    assert wave.invitations.get().name == "Ash Worker"


def test_a_sample_is_drawn_once_with_a_seed_that_is_kept_and_can_be_replaced_from():
    wave = survey_invite.draw_sample(wave=draft(), size=20, seed=7, **doing())
    drawn = wave.invitations.filter(targeted=True)
    assert (drawn.count(), wave.sample_seed) == (20, 7)
    with pytest.raises(survey_invite.SampleDrawn):
        survey_invite.draw_sample(wave=wave, size=10, seed=8, **doing())
    lost = next(one for one in drawn if wave.invitations.filter(region=one.region, type=one.type).count() > 5)
    other = survey_invite.replace(invitation=lost, reason="Merged", **doing())
    assert (other.region, other.type, other.replaces) == (lost.region, lost.type, lost)
    with pytest.raises(survey_invite.NoReplacement):
        survey_invite.replace(invitation=lost, reason="Again", **doing())


def test_letters_are_noted_once_and_a_reminder_waits_three_days():
    wave, _ = opened()
    one = one_of(addressed(wave))
    told = survey_invite.told(invitation=one, **doing(OPENS))
    assert (told.state, told.invited_at, told.reminded) == ("invited", OPENS, [])
    with pytest.raises(survey_invite.NotNow):
        survey_invite.told(invitation=one, **doing(OPENS + timedelta(days=2)))
    again = survey_invite.told(invitation=one, **doing(OPENS + timedelta(days=3)))
    assert again.reminded == [(OPENS + timedelta(days=3)).isoformat()]


def test_who_bounced_refused_or_answered_is_not_reminded():
    wave = addressed(opened()[0])
    bounced, refused, answered = one_of(wave), one_of(wave, 1), one_of(wave, 2)
    survey_invite.told(invitation=bounced, bounced="550 no such mailbox", **doing(OPENS))
    for one in (refused, answered):
        survey_invite.told(invitation=one, **doing(OPENS))
    survey_invite.note(invitation=refused, state="refused", note="No time", **doing(IN_TIME))
    answer(answered)
    for one in (bounced, refused, answered):
        one.refresh_from_db()
        assert not survey_invite.may_be_told(one, wave, IN_TIME + A_WEEK)
    with pytest.raises(survey_invite.NotNow):
        survey_invite.note(invitation=answered, state="refused", note="", **doing(IN_TIME))


def test_a_mended_address_may_be_written_to_again():
    wave = addressed(opened()[0])
    one = survey_invite.told(invitation=one_of(wave), bounced="550 gone", **doing(OPENS))
    row = survey_invite.Addressee(one.code, "new@example.org")
    survey_invite.give_addresses(wave=wave, addresses=[row], **doing(OPENS))
    assert survey_invite.told(invitation=one, **doing(IN_TIME)).state == "invited"


# Answers ----------------------------------------------------------------------------------------------------


def part(invitation, section, name, moment=IN_TIME, **answers):
    return survey_answer.save_part(
        invitation=invitation, section=section, answers=answers, name=name, **doing(moment)
    )


def test_several_people_of_a_council_fill_in_a_part_each():
    one = one_of(opened()[0])
    part(one, "money", "Ann", budgets="yes", how_many=12)
    kept = part(one, "support", "Bea", brokerage="own")
    assert kept.answers == {"budgets": "yes", "how_many": 12, "brokerage": "own"}
    assert {section: told["by"] for section, told in kept.parts.items()} == {"money": "Ann", "support": "Bea"}


def test_an_answer_that_is_no_longer_asked_is_dropped_and_a_fault_keeps_nothing():
    one = one_of(opened()[0])
    part(one, "money", "Ann", budgets="yes", how_many=12)
    assert part(one, "money", "Ann", budgets="no").answers == {"budgets": "no"}
    with pytest.raises(AnswersAtFault):
        part(one, "money", "Ann", budgets="yes", how_many=-1)
    assert Draft.objects.get().answers == {"budgets": "no"}


def test_handing_in_makes_one_reply_and_leaves_no_draft():
    one = one_of(opened()[0])
    reply = answer(one)
    assert (reply.answers, reply.late, reply.region, reply.type) == (WHOLE, False, one.region, one.type)
    assert not Draft.objects.exists()
    assert one.key.reply == reply and one.key.handed_in_at == IN_TIME
    with pytest.raises(survey_answer.NotTaken, match="handed in already"):
        survey_answer.hand_in(invitation=one, name="Ann", **doing(IN_TIME))


def test_what_is_required_must_be_there_to_hand_in():
    one = one_of(opened()[0])
    part(one, "support", "Bea", brokerage="own")
    with pytest.raises(AnswersAtFault) as refused:
        survey_answer.hand_in(invitation=one, name="Ann", **doing(IN_TIME))
    assert refused.value.field == "budgets"
    assert not Reply.objects.exists()


@pytest.mark.parametrize("mode", ["coded", "attributed"])
@pytest.mark.parametrize("closed", [True, False], ids=["closed", "its time is over"])
def test_after_the_closing_time_an_answer_is_kept_apart_as_late(mode, closed):
    wave, _ = opened(mode)
    if closed:
        survey_seal.close(wave=wave, **doing(CLOSES))
    assert answer(one_of(wave), LATE).late
    assert not wave.replies.filter(late=False).exists()


def test_nothing_is_taken_before_it_opens():
    with pytest.raises(survey_answer.NotTaken, match="opens on 7 April 2026"):
        fill(one_of(opened()[0]), OPENS - timedelta(days=1))


def test_a_director_approves_before_it_is_handed_in_and_a_change_wants_it_again():
    one = one_of(opened(needs_approval=True)[0])
    fill(one)
    with pytest.raises(survey_answer.NotApproved):
        survey_answer.hand_in(invitation=one, name="Ann", **doing(IN_TIME))
    asking = {"invitation": one, "name": "Ann", "director": "Dee", "director_email": "dee@example.org"}
    asked, link = survey_answer.ask_approval(**asking, **doing(IN_TIME))
    assert link and survey_answer.approve(draft=asked, **doing(IN_TIME)).approved_at == IN_TIME
    part(one, "words", "Bea", words="Another thought", moment=IN_TIME + timedelta(hours=1))
    with pytest.raises(survey_answer.NotApproved):
        survey_answer.hand_in(invitation=one, name="Ann", **doing(IN_TIME))
    asked, _ = survey_answer.ask_approval(**asking, **doing(IN_TIME + timedelta(hours=2)))
    survey_answer.approve(draft=asked, **doing(IN_TIME + timedelta(hours=2)))
    survey_answer.hand_in(invitation=one, name="Ann", **doing(IN_TIME + timedelta(hours=3)))
    assert ReplyKey.objects.get().approved_by == "Dee"


def test_a_director_does_not_approve_what_changed_while_they_read():
    one = one_of(opened(needs_approval=True)[0])
    fill(one)
    asking = {"invitation": one, "name": "Ann", "director": "Dee", "director_email": "dee@example.org"}
    read, _ = survey_answer.ask_approval(**asking, **doing(IN_TIME))
    part(one, "words", "Bea", words="Another", moment=IN_TIME + timedelta(minutes=1))
    with pytest.raises(survey_answer.NotApproved, match="changed meanwhile"):
        survey_answer.approve(draft=read, **doing(IN_TIME + timedelta(minutes=2)))


def test_keys_are_destroyed_after_the_close_and_then_no_transaction_ties_a_reply():
    wave, _ = opened()
    for number in range(5):
        answer(one_of(wave, number), how_many=number)
    with pytest.raises(survey_seal.CannotClose):
        survey_seal.destroy_keys(wave=wave, **doing(IN_TIME))
    wave = survey_seal.close(wave=wave, **doing(CLOSES))
    wave = survey_seal.destroy_keys(wave=wave, **doing(LATE))
    assert (ReplyKey.objects.count(), Reply.objects.count()) == (0, 5)
    assert wave.keys_destroyed_on == LATE.date()
    assert Invitation.objects.filter(answered=True).count() == 5
    assert Wave.objects.get().state == "closed"
