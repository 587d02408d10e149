"""The made-up council: made once through the real actions, to the same penny, true for everybody."""

from datetime import date, timedelta

import pghistory.models
import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import DateTimeField, Max, Min, Sum
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from making import user
from typer.testing import CliRunner

from wherewithal.actions.verify import verify
from wherewithal.cli import app
from wherewithal.core.charging_rules import NoChargingRates
from wherewithal.core.period import Period
from wherewithal.core.questions import shown
from wherewithal.core.roles import Role
from wherewithal.records.asking import asked_in
from wherewithal.records.models import (
    Agreement,
    Council,
    Person,
    Plan,
    Question,
    Reply,
    Review,
    Run,
    Transfer,
    User,
)
from wherewithal.records.spending import held_by
from wherewithal.records.traces import takers
from wherewithal.simulate import council, survey
from wherewithal.simulate.clock import before, moment
from wherewithal.simulate.whom import SEES, whom

UNTIL = date(2026, 6, 30)
YEARS = Period(UNTIL - timedelta(days=220), UNTIL)  # short, so that the tests are; long enough for a payment
NOW = moment(UNTIL, 20)
PEOPLE = 7
NOT_TOLD = {
    "closes_at", "embargo_until", "until_at",  # say what is to come
    "pgh_created_at", "date_joined",  # are the database's own, of the hour in which it is all made
}  # fmt: skip


@pytest.fixture(autouse=True)
def few_answer_the_survey(monkeypatch):
    """The whole wave is made where the browser looks at it; here it would be most of the work. That of 2011
    has tests of its own.
    """
    monkeypatch.setattr(survey, "WAVES", survey.WAVES[1:])
    monkeypatch.setattr(survey, "ANSWERED", 3)
    monkeypatch.setattr(survey, "BEGUN", 1)


def make(processes: int = 1) -> list[int]:
    """Makes the council; gives the days that were reported."""
    days: list[int] = []
    council.make(people=PEOPLE, seed=1, years=YEARS, now=NOW, report=days.append, processes=processes)
    return days


def figures() -> dict:
    """What a council comes to, by person and in all, without the numbers that the database gave out."""
    names = dict(Person.objects.values_list("id", "nhs_number"))
    held = held_by(list(names), UNTIL)
    return {
        "people": sorted(
            Person.objects.values_list("nhs_number", "given_name", "family_name", "state", "registered_on")
        ),
        "plans": sorted(
            Plan.objects.values_list(
                "person__nhs_number", "version", "state", "agreed_on", "final_pence_per_week"
            ),
            key=str,
        ),
        "held": sorted((names[person], pence) for person, pence in held.items()),
        "moved": sorted(Transfer.objects.values_list("kind").annotate(Sum("pence"))),
        "runs": sorted(Run.objects.values_list("kind", "first", "total_pence", "state")),
        "reviews": sorted(Review.objects.values_list("person__nhs_number", "kind", "opens_on", "state")),
        "questions": sorted(Question.objects.values_list("person__nhs_number", "code", "raised_on", "state")),
    }  # fmt: skip


def test_a_council_is_made_once_with_something_true_for_everybody(db):
    days = make()

    assert days == sorted(days)
    assert 0 < days[-1] <= YEARS.days
    assert Person.objects.count() == PEOPLE
    assert Council.objects.get().made_up
    assert [fault for check in verify() for fault in check.faults] == []
    nothing_has_happened_that_is_still_to_come()
    no_review_has_been_overdue_for_longer_than_some_weeks()
    pat_has_money_left_and_an_open_question()
    somebody_can_be_entered_as_in_every_role()
    the_broker_has_a_plan_that_waits()
    the_second_finance_officer_has_a_run_to_approve()
    whoever_sent_a_run_took_its_file()
    a_second_time_it_says_so_and_does_nothing()


def nothing_has_happened_that_is_still_to_come():
    latest = {
        f"{model.__name__}.{column.name}": model.objects.aggregate(last=Max(column.name))["last"]
        for model in apps.get_app_config("records").get_models()
        for column in model._meta.get_fields()
        if isinstance(column, DateTimeField) and column.name not in NOT_TOLD
    }
    assert latest["Run.checked_at"] > moment(UNTIL, 17)  # the last day is lived to its end
    assert {name: at for name, at in latest.items() if at and at > NOW} == {}
    told = Cast(KeyTextTransform("at", "pgh_context"), DateTimeField())
    done = {
        model.__name__: model.objects.aggregate(last=Max(told))["last"]
        for model in apps.get_app_config("records").get_models()
        if issubclass(model, pghistory.models.Event)
    }
    assert done["RunEvent"] > moment(UNTIL, 17)
    assert {name: at for name, at in done.items() if at and at > NOW} == {}


def no_review_has_been_overdue_for_longer_than_some_weeks():
    oldest = Review.objects.filter(state__in=Review.AHEAD).aggregate(due=Min("due_on"))["due"]
    assert oldest and oldest > UNTIL - timedelta(weeks=12)


def pat_has_money_left_and_an_open_question():
    pat = Person.objects.get(given_name="Pat", family_name="Example")
    assert pat.user.demo
    assert Agreement.objects.get(person=pat, ended_on=None).paid_to == Agreement.PaidTo.CARD
    assert held_by([pat.pk], UNTIL)[pat.pk] > 0
    asked = pat.questions.filter(state=Question.State.OPEN, actual__isnull=False).get()
    assert asked.actual.merchant == "Corner Stores"
    assert pat.openings.count() > 5
    assert pat.carers.get().carer.user.demo


def somebody_can_be_entered_as_in_every_role():
    shown = whom()
    assert {role for entry in shown for role in entry.roles} == set(Role) == set(SEES)
    assert len([entry for entry in shown if Role.FINANCE in entry.roles]) == 2
    assert shown[0].user.display_name == "Pat Example"
    assert all(not user.has_usable_password() for user in User.objects.filter(demo=True))


def the_broker_has_a_plan_that_waits():
    assert Plan.objects.get(author__display_name="Bo Broker", state="submitted").person.broker.demo


def the_second_finance_officer_has_a_run_to_approve():
    waiting = Run.objects.filter(state=Run.State.CHECKED).get()
    assert waiting.drafted_by.display_name == "Fin Finance"


def whoever_sent_a_run_took_its_file():
    sent = Run.objects.exclude(sent_at=None).filter(payments__pence__gt=0).distinct()
    assert sent and all([who for who, _ in takers(run)] == [run.sent_by] for run in sent)


def a_second_time_it_says_so_and_does_nothing():
    before = figures()
    ended = CliRunner().invoke(app, ["simulate", "council", "--people", "3"])
    assert ended.exit_code == 0
    assert "here already" in ended.output
    assert figures() == before
    listed = CliRunner().invoke(app, ["whom"])
    assert listed.exit_code == 0
    assert "Pat Example" in listed.output


def test_two_processes_make_the_same_council_as_one(transactional_db):
    with transaction.atomic():
        make()
        in_one = figures()
        transaction.set_rollback(True)
    assert not Person.objects.exists()

    make(processes=2)

    assert figures() == in_one
    assert [fault for check in verify() for fault in check.faults] == []


def test_made_up_people_are_not_put_among_others(db):
    real = Council.objects.create(name="Somewhere Council", code="123")
    with pytest.raises(council.NotMadeUp, match="Somewhere Council"):
        council.is_made()
    real.delete()
    assert not council.is_made()
    Person.objects.create(ref="EX1", given_name="A", family_name="B", registered_on=UNTIL)
    with pytest.raises(council.NotMadeUp, match="--fresh"):
        council.is_made()


def test_two_years_without_rules_are_refused_by_name(db):
    made = {"people": 1, "seed": 1, "now": moment(date(2041, 1, 1)), "report": print}
    with pytest.raises(council.TooEarly, match="2015-16"):
        council.make(years=council.two_years(date(2016, 1, 1)), **made)
    with pytest.raises(NoChargingRates, match="2040"):
        council.make(years=council.two_years(date(2040, 6, 1)), **made)
    assert council.latest(moment(date(2040, 6, 1))) < date(2040, 1, 1)


def test_the_years_end_on_the_last_day_that_is_over(db):
    assert council.latest(moment(UNTIL, 2)) == UNTIL - timedelta(days=1)
    assert council.latest(moment(UNTIL, 17)) == UNTIL - timedelta(days=1)
    assert council.latest(NOW) == UNTIL
    with pytest.raises(council.NotOver, match="29 June 2026"):
        council.make(people=1, seed=1, years=YEARS, now=moment(UNTIL, 17), report=print)


@pytest.mark.parametrize("until", [date(2027, 1, 19), date(2026, 4, 28), date(2026, 6, 30)])
def test_an_early_survey_reply_and_the_last_one_came_before_the_end(until):
    opens = moment(before(until, survey.OPEN_WORKING_DAYS))
    assert opens + timedelta(days=22, hours=3) < moment(until)


def test_a_made_up_reply_agrees_with_the_register_and_with_its_day(db):
    by, until = user("Sol Surveyor", Role.SURVEYOR), date(2026, 6, 30)
    wave = survey.in_the_field(by, until, 1)
    asked = asked_in(wave).questions
    replies = list(Reply.objects.filter(wave=wave).select_related("key__invitation"))
    assert len(replies) == survey.ANSWERED
    for reply in replies:
        one, said = reply.key.invitation, reply.answers
        told = {id: shown(asked[id], said[id]) for id in ("region", "type", "targeted")}
        assert told == {
            "region": reply.region, "type": reply.type, "targeted": "Yes" if one.targeted else "No",
        }  # fmt: skip
        assert one.name not in str(said), "it would stay when the keys are destroyed"
        arrived = date.fromisoformat(said["received"])
        assert wave.opens_at.date() <= arrived <= until
        assert date.fromisoformat(said.get("full_takeup_date", "9999-12-31")) > arrived
