"""An assessment: two sides, nothing lost, advocate and explanations, eligibility with its reasons."""

from datetime import date

import pytest
from assessing import (
    ALL_EXPLAINED,
    NONE_UNMET,
    TWO_UNMET,
    WITHOUT_THEM,
    adult_answers,
    agreed,
    answered,
    answers_of,
    carer_answers,
    proposed,
    started,
    worker,
)
from making import at, person

from wherewithal.actions import assessment
from wherewithal.actions import person as people
from wherewithal.core.assessment import AdvocateNeeded, NoSuchExplanation, NotExplained, NotHeard
from wherewithal.core.eligibility import (
    BandFindings,
    FindingMissing,
    OutcomeFindings,
    Unmet,
    findings_from_record,
)
from wherewithal.core.policy import NoPolicy
from wherewithal.core.questions import AnswersAtFault
from wherewithal.records.history import why
from wherewithal.records.models import Arrangement, Assessment, Person, Request, Response

pytestmark = pytest.mark.django_db
NEXT_YEAR = at(2027, 3, 1)


def save(response, **answers):
    return assessment.save_answers(response=response, answers=answers, by=worker(), at=at())


def hand_in(response):
    return assessment.hand_in(response=response, by=worker(), at=at())


def explain(of, what=ALL_EXPLAINED, moment=None):
    return assessment.explain(assessment=of, what=what, by=worker(), at=moment or at())


def agree(of, findings=TWO_UNMET, moment=None, reason=WITHOUT_THEM):
    common = {"by": worker(), "at": moment or at(), "reason": reason}
    return assessment.agree(assessment=of, findings=findings, **common)


def test_without_any_answer_of_the_persons_own_it_is_agreed_only_with_the_reason_and_that_is_kept():
    of = started()
    answered(of)
    explain(of)
    with pytest.raises(NotHeard, match="the worker's view alone"):
        agree(of, reason=" ")
    assert why(agree(of), "agree assessment") == WITHOUT_THEM
    heard = started(person("Sam Sample"))
    answered(heard)
    answered(heard, view="own")
    explain(heard)
    assert agree(heard, reason="").state == "agreed"


def test_it_starts_with_two_sets_of_answers_to_the_questionnaire_of_the_day():
    of = started()
    assert {one.view for one in of.responses.all()} == {"own", "worker"}
    assert {(one.questionnaire, one.version, one.state) for one in of.responses.all()} == {
        ("sds-adult", "2", "draft")
    }
    assert of.started_on == date(2026, 4, 6)


def test_a_carer_in_their_own_right_gets_the_carers_questions():
    carer, cared_for = person("Chris Carer"), person("Pat Example")
    of = started(carer, "carer", cared_for=cared_for)
    assert of.cared_for == cared_for
    assert answers_of(of).questionnaire == "sds-carer"


def test_a_second_open_assessment_of_a_kind_is_refused_and_another_kind_is_not():
    who = person()
    started(who)
    with pytest.raises(assessment.AlreadyStarted, match="An assessment of Pat Example is open already"):
        started(who)
    assert started(who, "carer").kind == "carer"


def test_only_a_carers_assessment_names_a_person_cared_for():
    who = person()
    with pytest.raises(assessment.NotTheirs, match="person cared for"):
        started(who, cared_for=person("Sam Sample"))
    with pytest.raises(assessment.NotTheirs):
        started(who, "carer", cared_for=who)


def test_a_request_of_somebody_else_is_refused():
    other = Request.objects.create(
        person=person("Sam Sample"), received_on=date(2026, 4, 1), route="community", from_whom="self",
        about="Help at home", taken_by=worker(),
    )  # fmt: skip
    with pytest.raises(assessment.NotTheirs, match="not about Pat Example"):
        started(person(), request=other)


def test_nobody_is_assessed_after_their_record_ended():
    who = person()
    people.end(person=who, on=date(2026, 4, 1), because=Person.EndReason.MOVED, by=worker(), at=at())
    with pytest.raises(assessment.PersonHasEnded):
        started(who)


def test_an_advocate_is_named_where_one_is_due():
    who = person()
    with pytest.raises(AdvocateNeeded) as refused:
        started(who, substantial_difficulty=True, appropriate_person=" ")
    assert (refused.value.field, refused.value.source) == ("advocate", "Care Act 2014 s67")
    assert not Assessment.objects.exists()
    assert started(who, substantial_difficulty=True, advocate="Ada Advocate").advocate == "Ada Advocate"


def test_no_advocate_is_due_where_somebody_appropriate_helps():
    of = started(substantial_difficulty=True, appropriate_person="Their sister")
    assert (of.appropriate_person, of.advocate) == ("Their sister", "")


def test_answers_are_kept_as_you_go_and_a_blank_clears_one():
    response = answers_of(started())
    save(response, good_life="My garden", lives_alone="yes")
    kept = save(response, good_life=None, eating_need="some")
    assert kept.answers == {"lives_alone": "yes", "eating_need": "some"}


def test_an_answer_to_a_question_that_is_no_longer_asked_is_dropped():
    response = answers_of(started())
    save(response, lives_alone="no", lives_with=["partner"])
    assert save(response, lives_alone="yes").answers == {"lives_alone": "yes"}


def test_every_fault_comes_at_once_by_question_and_nothing_of_that_call_is_kept():
    response = answers_of(started())
    with pytest.raises(AnswersAtFault) as refused:
        save(response, eating_need="sometimes", risks=["none", "falls"], washing_need="some", nonsense="x")
    assert set(refused.value.faults) == {"eating_need", "risks", "nonsense"}
    assert "2 more answers need another look" in refused.value.says
    response.refresh_from_db()
    assert response.answers == {}


def test_handing_in_wants_what_is_required():
    response = answers_of(started(), "own")
    save(response, **adult_answers(helped="yes"))
    with pytest.raises(AnswersAtFault) as refused:
        hand_in(response)
    assert set(refused.value.faults) == {
        "helped_by", "helped_hours", "helped_share", "helped_willing", "helped_able"
    }  # fmt: skip
    save(response, helped="no")
    assert hand_in(response).state == Response.State.HANDED_IN


def test_handed_in_answers_stay_until_they_are_taken_back():
    response = answered(started())
    with pytest.raises(assessment.NotOpen, match="handed in on 6 April 2026"):
        save(response, eating_need="own")
    assessment.take_back(response=response, by=worker(), at=at())
    assert save(response, eating_need="own").answers["eating_need"] == "own"
    with pytest.raises(assessment.NotHandedIn):
        assessment.take_back(response=response, by=worker(), at=at())


def test_answers_of_an_agreed_assessment_are_closed_on_both_sides():
    of = agreed()
    with pytest.raises(assessment.NotOpen, match="The assessment was agreed"):
        save(answers_of(of, "own"), good_life="Too late")
    with pytest.raises(assessment.NotOpen, match="no longer open"):
        assessment.take_back(response=answers_of(of), by=worker(), at=at())


def test_what_was_explained_keeps_its_first_day():
    of = started()
    explain(of, "need")
    of = explain(of, ["need", "who"], at(2026, 4, 9))
    assert of.explained == {"need": "2026-04-06", "who": "2026-04-09"}
    with pytest.raises(NoSuchExplanation, match="“weather”"):
        explain(of, ["weather"])


def test_agreeing_wants_the_workers_answers_and_the_five_explanations():
    of = started()
    with pytest.raises(assessment.NotHandedIn):
        agree(of)
    answered(of)
    explain(of, ["need", "entitlement"])
    with pytest.raises(NotExplained, match="good support and staying safe; who can give support; where to"):
        agree(of)


def test_an_adult_unable_to_do_two_things_is_eligible_with_reasons_kept():
    of = agreed()
    of.refresh_from_db()
    assert (of.state, of.eligible, of.agreed_on) == ("agreed", True, date(2026, 4, 6))
    assert of.eligibility["unmet"] == ["a", "b"]
    assert of.eligibility["rule_id"] == "care-act-adult-2015"
    assert (
        "Keeping clean: doing this alone causes you a lot of pain, upset or worry."
        in of.eligibility["reasons"]
    )
    assert len(of.eligibility["fingerprint"]) == 64
    assert findings_from_record(of.findings) == TWO_UNMET


def test_one_thing_is_too_little_for_an_adult_and_enough_for_a_carer():
    assert not agreed(findings=OutcomeFindings(cause=True, unmet=(Unmet("a", "help"),), impact=True)).eligible
    one = OutcomeFindings(cause=True, unmet=(Unmet("work", "help"),), impact=True)
    assert agreed(person("Chris Carer"), kind="carer", findings=one).eligible


def test_in_2012_one_answer_becomes_a_budget_by_the_rules_of_2012():
    found = proposed(moment=at(2012, 6, 1), findings=BandFindings(("substantial",)))
    assert found.assessment.eligibility["rule_id"] == "facs-2003"
    assert found.scheme == "adult-bands-2010" and found.pence_per_week > 0


def test_before_april_2015_the_bands_decide():
    moment = at(2012, 6, 1)
    assert agreed(findings=BandFindings(("critical",)), moment=moment).eligibility["rule_id"] == "facs-2003"


def test_a_finding_that_is_missing_agrees_nothing():
    of = started()
    answered(of)
    explain(of)
    with pytest.raises(FindingMissing):
        agree(of, OutcomeFindings())
    of.refresh_from_db()
    assert (of.state, of.eligible) == ("started", None)


def test_a_carer_cannot_be_decided_by_rules_that_are_not_on_record():
    of = started(person("Chris Carer"), "carer", moment=at(2012, 6, 1))
    answered(of, carer_answers(), moment=at(2012, 6, 1))
    explain(of)
    with pytest.raises(NoPolicy, match="“carer”"):
        agree(of, OutcomeFindings(cause=True), at(2012, 6, 1))


def test_a_reassessment_starts_from_last_times_answers_and_supersedes_when_agreed():
    who = person()
    first = agreed(who, adult_answers("most"), own=adult_answers("some"))
    second = started(who, moment=NEXT_YEAR)
    assert second.previous == first
    assert answers_of(second).answers["eating_need"] == "most"
    assert answers_of(second, "own").answers["eating_need"] == "some"
    answered(second, {"eating_need": "all"}, moment=NEXT_YEAR)
    explain(second, moment=NEXT_YEAR)
    agree(second, NONE_UNMET, NEXT_YEAR)
    first.refresh_from_db()
    assert first.state == "superseded"
    assert set(first.responses.values_list("state", flat=True)) == {"superseded"}
    assert Assessment.objects.get(person=who, state="agreed") == second


def test_being_eligible_is_not_yet_drawing_on_support():
    of = agreed()
    assert Person.objects.get(pk=of.person_id).state == Person.State.KNOWN


def test_somebody_with_running_support_draws_on_it():
    who = person()
    Arrangement.objects.create(
        person=who, order_number="T1", what="Home care", kind="home_care", held="commissioned", term="long",
        state="active", first=date(2026, 1, 1),
    )  # fmt: skip
    agreed(who)
    who.refresh_from_db()
    assert who.state == Person.State.DRAWING


def test_every_change_is_kept_with_who_and_which_verb():
    response = answers_of(started())
    save(response, good_life="My garden")
    event = response.events.order_by("-pgh_id").first()
    assert event.pgh_context["verb"] == "save answers"
    assert event.pgh_context["by_name"] == "Wren Worker"
