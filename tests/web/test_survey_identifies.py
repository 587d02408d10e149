"""A survey does not ask what tells who answers against its promise: an anonymous one nothing that does, a
coded one no name.
"""

from dataclasses import replace
from datetime import date

import pytest
import surveying
from django.urls import reverse
from making import signed_in
from reading_pages import page, words

from wherewithal.actions import survey_design, survey_seal
from wherewithal.core.questions import AnswersAtFault, Wording, mistakes
from wherewithal.core.survey import asked_with
from wherewithal.policy.questionnaire import questionnaire, read
from wherewithal.policy.questionnaire_text import text
from wherewithal.records.asking import asked_in, left_out
from wherewithal.records.models import Wave

pytestmark = pytest.mark.django_db
OF_2011 = questionnaire("personalisation-2011", date(2011, 8, 1))
WHO = ["council", "region", "type", "targeted", "received"]
SAID = {"restrictions": "yes"}
NOT_ASKED = "Not asked, since the survey is anonymous and these tell who answers: Council; Region;"


@pytest.fixture
def sol(client):
    return signed_in(client, surveying.surveyor()) and client


def shown(client, name: str, *args):
    return page(client.get(reverse(name, args=args)))


def ids(found) -> set[str]:
    return {one.get("id") for one in found.xpath("//*[@id]")}


def change(wave: Wave, **changes) -> Wave:
    kept = ("title", "says", "mode", "needs_approval", "opens_at", "closes_at", "embargo_until")
    told = {name: getattr(wave, name) for name in (*kept, "destroy_keys_on")}
    return survey_design.change(wave=wave, **told | changes, **surveying.doing())


def closed() -> Wave:
    wave, key = surveying.opened("anonymous", questionnaire=OF_2011)
    for number in range(survey_seal.opened_from(wave)):
        given = {"invitation": surveying.one_of(wave, number), "answers": SAID}
        survey_seal.seal(**given, **surveying.doing(surveying.IN_TIME))
    return survey_seal.close(wave=wave, key=key, **surveying.doing(surveying.CLOSES))


def test_the_preview_of_an_anonymous_draft_asks_nothing_that_tells_who_answers_and_says_what(sol):
    secret = surveying.draft("anonymous", questionnaire=OF_2011)
    found = shown(sol, "survey_questions", secret.slug)
    assert NOT_ASKED in words(found) and "Which council is this reply from?" not in words(found)
    assert not ids(found) & {"profile", *WHO} and "progress" in ids(found)
    assert "version 1: 64" in words(shown(sol, "survey", secret.slug))
    coded = surveying.draft(questionnaire=OF_2011, title="Coded")
    found = shown(sol, "survey_questions", coded.slug)
    assert "Not asked, since the survey is confidential (coded) and it tells who answers: Council." in words(
        found
    )
    assert [*asked_in(coded).questions][:4] == WHO[1:] and [one.id for one in left_out(coded)] == ["council"]
    named = surveying.draft("attributed", questionnaire=OF_2011, title="Attributed")
    found = shown(sol, "survey_questions", named.slug)
    assert "Which council is this reply from?" in words(found) and not left_out(named)


def test_no_answer_to_it_is_taken_and_no_reply_nor_table_tells_it(sol):
    wave, _ = surveying.opened("anonymous", questionnaire=OF_2011, title="Open")
    one, when = surveying.one_of(wave), surveying.doing(surveying.IN_TIME)
    for id in WHO:
        with pytest.raises(AnswersAtFault):
            survey_seal.seal(invitation=one, answers={id: "london"}, **when)
    wave = closed()
    reply = wave.replies.first()
    assert not {*WHO} & {*reply.answers, *reply.statuses}
    assert not {"profile", *WHO} & ids(shown(sol, "survey_tables", wave.slug))
    assert "restrictions" in ids(shown(sol, "survey_tables", wave.slug))
    told = words(shown(sol, "survey_reply", wave.slug, reply.pk))
    assert "Which council" not in told and "Region" not in told


def test_a_coded_wave_takes_no_name_and_counts_regions_as_before(sol):
    wave, _ = surveying.opened(questionnaire=OF_2011)
    given = {"invitation": surveying.one_of(wave), "name": "Ro Respondent"}
    when = surveying.doing(surveying.IN_TIME)
    answers = {"region": "london", "type": "county"}
    surveying.survey_answer.save_part(section="profile", answers=answers, **given, **when)
    with pytest.raises(AnswersAtFault):
        named = answers | {"council": "Exampleshire"}
        surveying.survey_answer.save_part(section="profile", answers=named, **given, **when)
    surveying.survey_answer.hand_in(**given, **when)
    survey_seal.close(wave=wave, **surveying.doing(surveying.LATE))
    assert {"region", "type"} <= ids(shown(sol, "survey_tables", wave.slug))


def test_a_draft_that_promises_something_else_asks_it_again():
    wave = change(surveying.draft("attributed", questionnaire=OF_2011), mode="anonymous")
    assert [one.id for one in left_out(wave)] == WHO
    wave = change(wave, mode="attributed")
    assert [*asked_in(wave).questions] == [*OF_2011.questions]


def test_the_bank_of_an_anonymous_draft_does_not_offer_it(sol):
    secret = surveying.draft("anonymous", questionnaire=OF_2011)
    found = words(shown(sol, "survey_bank", secret.slug))
    assert "Which council is this reply from?" not in found and "invited by name" not in found
    coded = words(shown(sol, "survey_bank", surveying.draft(questionnaire=OF_2011, title="Coded").slug))
    assert "Which council is this reply from?" not in coded and "invited by name" in coded


def test_the_mark_is_kept_in_a_file():
    assert [id for id, one in OF_2011.questions.items() if one.identifies] == WHO
    assert read("again", text(OF_2011)) == OF_2011


def test_what_is_left_is_sound_and_so_are_its_translations():
    told = (("section.profile.title", "Eich cyngor"), ("section.progress.title", "Cynnydd"))
    of = replace(OF_2011, translations=(Wording("Welsh (cy)", told),))
    left = asked_with(of, "anonymous")
    assert not mistakes(left) and left.translations[0].texts == told[1:]
