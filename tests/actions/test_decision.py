"""Decisions: who may, what must be said, and what an agreed plan sets going."""

from datetime import date
from decimal import Decimal

import pytest
from assessing import proposed, worker
from django.db import IntegrityError, connection
from making import at, person, user
from planning import (
    ASSISTANT,
    CHECKED,
    GROUP,
    TESTS,
    add_line,
    agreed,
    conditions_met,
    decide,
    doing,
    drafted,
    manager,
    panel,
    signed,
    submitted,
)

from wherewithal.actions import allocation, calendar, decision, plan, plan_sign_off
from wherewithal.actions import person as people
from wherewithal.core import sign_off
from wherewithal.core.look_again import AgreedIt, ProposedIt
from wherewithal.core.roles import Role
from wherewithal.records import history
from wherewithal.records.models import Arrangement, Decision, Membership, Person, Plan, Review
from wherewithal.records.reading import as_plan

pytestmark = pytest.mark.django_db
COSTLY = ({**GROUP, "units": Decimal(40)},)  # £768.00 a week
BEYOND = ({**GROUP, "units": Decimal(120)},)  # £2,304.00 a week
MORE = {"why_different": "Pat needs help with every meal since April."}


def limited(name="Lee Limit"):
    """A worker with a limit of their own."""
    return user(name, Role.PRACTITIONER, own_limit=20000)


@pytest.fixture(scope="module")
def handed_in(lasting):
    return submitted().pk


@pytest.fixture
def asked(handed_in):
    return Decision.objects.get(pk=handed_in)


@pytest.fixture
def first(asked):
    """That plan, agreed."""
    return decide(asked).plan


def next_version(of: Plan, moment, **more) -> Plan:
    """The next version of an agreed plan, unchanged but for ``more`` lines, agreed."""
    made = plan.start(person=of.person, written_by="worker", **doing(moment=moment))
    for line in more.get("lines", ()):
        add_line(made, moment=moment, **line)
    conditions_met(made, moment=moment)
    plan.answer_tests(plan=made, answers=dict.fromkeys(("lawful", "disrepute", "will_work"), (True, "Yes.")),
                      **doing(moment=moment))  # fmt: skip
    return decide(plan_sign_off.submit(plan=made, **doing(moment=moment)), moment=moment, **MORE).plan


def test_an_agreed_plan_is_in_force_with_its_budget(asked):
    asked = decide(
        asked, options="Wait for the review.", conditions="Look in after a month.", dissent="None."
    )
    made = Plan.objects.get(pk=asked.plan.pk)
    assert (asked.state, asked.outcome, asked.decided_on) == ("decided", "agreed", date(2026, 4, 6))
    assert (asked.options, asked.conditions, asked.dissent) == (
        "Wait for the review.",
        "Look in after a month.",
        "None.",
    )
    assert (made.state, made.agreed_on, made.final_pence_per_week) == ("agreed", date(2026, 4, 6), 13920)
    assert made.allocation.state == "used"
    assert made.person.state == "drawing"


def test_what_waits_about_somebody_whose_record_ends_is_withdrawn_with_the_reason(asked):
    people.end(person=asked.person, on=date(2026, 4, 6), because="died", **doing())
    asked = Decision.objects.get(pk=asked.pk)
    assert (asked.state, asked.reasons) == ("withdrawn", "The record ended on 6 April 2026: Died.")
    assert (asked.plan.state, asked.plan.ended_on) == ("ended", date(2026, 4, 6))
    with pytest.raises(decision.AlreadyDecided, match="withdrawn"):
        decide(asked)
    deeds = history.deeds(asked.person, history.keys(asked.person))
    (ended,) = [deed for deed in deeds if deed.context["verb"] == "end person"]
    assert {change.noun for change in ended.changes} == {Person, Plan, Decision}


def test_a_draft_ends_with_the_record_and_stays_so_when_it_is_opened_again():
    made = drafted()
    people.end(person=made.person, on=date(2026, 4, 6), because="moved", **doing())
    assert Plan.objects.get(pk=made.pk).state == "ended"
    people.reopen(person=made.person, reason="Back again.", **doing())
    assert Person.objects.get(pk=made.person.pk).state == "known"
    again = plan.start(person=made.person, written_by="worker", **doing())
    assert (again.version, again.state) == (made.version + 1, "draft")


def test_each_line_becomes_an_arrangement_with_an_order_number_and_a_price():
    made = agreed(lines=(ASSISTANT, GROUP, {**GROUP, "what": "Later", "first": date(2026, 5, 4)}), **MORE)
    swim, lunch, later = made.arrangements.order_by("id")
    assert (swim.held, swim.state, swim.what) == ("direct_payment", "planned", ASSISTANT["what"])
    assert (lunch.state, lunch.first, lunch.last, lunch.term) == ("active", date(2026, 4, 6), None, "long")
    assert (later.state, later.first) == ("planned", date(2026, 5, 4))
    assert lunch.prices.get().pence_per_week == 1920
    assert len({one.order_number for one in (swim, lunch, later)}) == 3
    assert all(one.order_number.startswith("PO-") for one in (swim, lunch, later))


def test_a_line_counts_as_the_service_that_policy_says():
    lines = [
        {**GROUP, "what": kind, "kind": kind, "pence_per_unit": 100}
        for kind in ("home_care", "equipment", "reablement")
    ]
    made = agreed(lines=lines, **MORE)
    assert [one.service for one in made.arrangements.order_by("id")] == [
        "community",
        "equipment",
        "reablement",
    ]


def test_what_is_bought_once_runs_for_the_year_over_which_it_is_spread():
    once = {**GROUP, "what": "Float", "kind": "equipment", "how_often": "one-off", "pence_per_unit": 5200}
    made = agreed(lines=(once,), **MORE)
    one = made.arrangements.get()
    assert (one.first, one.last) == (date(2026, 4, 6), date(2027, 4, 4))
    assert one.prices.get().pence_per_week == 100


def test_the_first_review_of_the_plan_is_put_in_the_calendar(first):
    review = first.reviews.get()
    assert (review.kind, review.state) == ("plan", "due")
    assert (review.opens_on, review.due_on) == (date(2026, 5, 18), date(2026, 6, 1))  # 6 to 8 weeks
    assert review.source.startswith("Care Act 2014 s27")


def test_a_final_budget_that_differs_says_why():
    asked = submitted(lines=COSTLY)
    with pytest.raises(sign_off.DifferenceNeedsAReason, match=r"£628\.80 a week more than the indicative"):
        decide(asked)
    made = decide(asked, **MORE).plan
    assert (made.final_pence_per_week, made.final_reason) == (76800, MORE["why_different"])


def test_a_final_budget_never_pays_for_less_than_its_own_lines(asked):
    with pytest.raises(decision.BelowThePlan, match="send the plan back"):
        decide(asked, final_pence_per_week=13000, **MORE)
    above = decide(asked, final_pence_per_week=15000, **MORE)
    assert above.plan.final_pence_per_week == above.content["final_pence_per_week"] == 15000


def test_the_author_never_agrees_their_own_plan_above_their_own_limit():
    author = user("Mona Author", Role.MANAGER)
    asked = submitted(by=author)
    with pytest.raises(sign_off.AuthorDecides, match="somebody else: a manager"):
        decide(asked, author)
    assert decide(asked, manager()).outcome == "agreed"


def test_the_database_refuses_an_agreement_by_the_author(asked):
    asked = decide(asked)
    with (
        pytest.raises(IntegrityError, match="nobody_signs_off_their_own_plan"),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE records_decision SET decided_by_id = author_id WHERE id = %s", [asked.pk])


def test_a_worker_agrees_within_their_own_limit_and_every_fifth_is_looked_at():
    by, sampled = limited("Lou Limit"), []
    for number in range(1, 6):
        asked = submitted(person(f"Pat{number} Example"), by=by)
        assert asked.level == "own"
        sampled.append(decide(asked, by).sampled)
    assert sampled == [False, False, False, False, True]


@pytest.fixture(scope="module")
def picked(lasting):
    """A plan that a worker agreed alone, the fifth of theirs, as the second look at it that waits."""
    by = limited()
    for number in range(1, 6):
        decide(submitted(person(f"Pat{number} Example"), by=by), by)
    return Decision.objects.get(kind="second_look").pk


@pytest.fixture
def look(picked):
    return Decision.objects.get(pk=picked)


def test_a_plan_that_was_picked_waits_for_a_manager_and_runs_meanwhile(look):
    assert (look.level, look.state, look.author) == ("manager", "asked", limited())
    assert look.asks == "Was it right to agree Pat5 Example’s plan at £139.20 a week?"
    assert look.plan.state == "agreed" and look.plan.arrangements.exists()


def test_a_second_look_outlives_the_record_since_it_asks_about_the_worker(look):
    people.end(person=look.person, on=date(2026, 4, 6), because="died", **doing())
    assert Decision.objects.get(pk=look.pk).state == "asked"
    assert decide(look, outcome="agreed", reason="It was right.").state == "decided"


def test_a_second_look_agrees_or_has_concerns_with_reasons(look):
    with pytest.raises(decision.NotAnAnswer, match="Say why"):
        decide(look, outcome="concerns", reason=" ")
    with pytest.raises(decision.NotAnAnswer, match="Choose one of: Agreed, Concerns"):
        decide(look, outcome="sent_back")
    found = decide(look, outcome="concerns", reason="Nobody steps in when Sam is ill.")
    assert (found.state, found.outcome, found.decided_by) == ("decided", "concerns", manager())
    assert found.plan.state == "agreed"


def test_nobody_looks_at_what_they_agreed_themselves_and_it_is_not_withdrawn_unseen(look):
    with pytest.raises(AgreedIt, match="a manager"):
        decide(look, limited())
    with pytest.raises(sign_off.NoAuthority, match="It is looked at by a manager"):
        decide(look, user("Nan Nolimit", Role.PRACTITIONER))
    with pytest.raises(decision.HasToBeLooked):
        decision.withdraw(decision=look, **doing())
    with pytest.raises(IntegrityError, match="nobody_signs_off"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE records_decision SET state = 'decided', outcome = 'agreed', reasons = 'Fine',"
            " decided_on = now(), decided_by_id = author_id WHERE id = %s",
            [look.pk],
        )


def test_somebody_without_a_limit_decides_nothing(asked):
    with pytest.raises(sign_off.NoAuthority, match="can be agreed by a manager"):
        decide(asked, user("Nan Nolimit", Role.PRACTITIONER))


def test_a_limit_counts_only_while_the_role_is_held(asked):
    former = user("Fay Former", Role.MANAGER)
    Membership.objects.filter(user=former).update(ended_on=date(2026, 4, 6))
    with pytest.raises(sign_off.NoAuthority):
        decide(asked, former)


def test_a_plan_for_the_panel_is_decided_by_the_panel_which_leaves_the_money_alone():
    asked = submitted(lines=BEYOND)
    with pytest.raises(sign_off.NoAuthority, match="for the risk panel"):
        decide(asked, manager(), **MORE)
    with pytest.raises(sign_off.PanelChangesMoney):
        decide(asked, panel(), final_pence_per_week=300000, **MORE)
    assert decide(asked, panel(), **MORE).outcome == "agreed"


def test_the_checks_of_the_route_are_answered_fewer_on_the_light_one(asked):
    light = {id: CHECKED[id] for id in ("own_words", "needs_met")}
    assert decide(asked, checked=light).outcome == "agreed"
    asked = submitted(person("Sam Sample"), lines=COSTLY)
    with pytest.raises(sign_off.DecisionNotWhole, match="Does each risk have a mitigation"):
        decide(asked, checked=light, **MORE)
    with pytest.raises(sign_off.DecisionNotWhole, match="set a condition"):
        decide(asked, checked={**CHECKED, "carer": False}, **MORE)
    assert decide(asked, checked={**CHECKED, "carer": False}, conditions="Offer it this week.", **MORE)


def test_a_plan_sent_back_says_what_should_change_and_comes_again(asked):
    with pytest.raises(sign_off.DecisionNotWhole, match="what should change"):
        decide(asked, outcome="sent_back", reason=" ")
    back = decide(asked, outcome="sent_back", reason="Say who steps in when Sam is ill.")
    assert (back.plan.state, back.outcome) == ("sent_back", "sent_back")
    assert not back.plan.arrangements.exists()
    again = plan_sign_off.submit(plan=back.plan, **doing())
    assert decide(again).plan.state == "agreed"


def test_a_refused_plan_is_over(asked):
    with pytest.raises(decision.NotAnAnswer, match="Say why"):
        decide(asked, outcome="refused", reason="")
    made = decide(asked, outcome="refused", reason="It pays for what the NHS must give.").plan
    assert (made.state, made.ended_on) == ("ended", date(2026, 4, 6))


def test_a_question_is_decided_once(asked):
    asked = decide(asked)
    with pytest.raises(decision.AlreadyDecided, match="decided already"):
        decide(asked)
    with pytest.raises(decision.AlreadyDecided):
        decision.withdraw(decision=asked, **doing())


def test_a_day_to_look_again_is_still_to_come(asked):
    with pytest.raises(decision.LookAgainTooEarly, match="after 6 April 2026"):
        decide(asked, look_again_on=date(2026, 4, 6))
    assert decide(asked, look_again_on=date(2026, 7, 6)).look_again_on == date(2026, 7, 6)


def test_an_answer_belongs_to_its_question(asked):
    with pytest.raises(decision.NotAnAnswer, match="Agreed, Sent back, Refused"):
        decide(asked, outcome="upheld")


def test_the_next_version_takes_over_on_one_day(first):
    signed(first)
    second = next_version(
        first, at(2026, 6, 1), lines=({**GROUP, "what": "Art class", "first": date(2026, 6, 1)},)
    )
    first.refresh_from_db()
    assert (first.state, first.ended_on) == ("superseded", date(2026, 5, 31))
    assert {(one.state, one.last) for one in first.arrangements.all()} == {("ended", date(2026, 5, 31))}
    assert {one.first for one in second.arrangements.all()} == {date(2026, 6, 1)}
    assert {one.state for one in second.arrangements.all()} == {"active"}
    assert second.version == 2 and second.arrangements.count() == 3


def test_the_direct_payment_goes_on_under_the_next_version(first):
    agreement = signed(first)
    second = next_version(first, at(2026, 6, 1))
    agreement.refresh_from_db()
    assert (agreement.plan, agreement.ended_on) == (second, None)
    ahead = Review.objects.filter(person=first.person, state="due")
    assert sorted(ahead.values_list("kind", "plan")) == [("direct_payment", second.pk), ("plan", second.pk)]


def test_the_direct_payment_that_runs_needs_no_new_answers_and_ends_when_nothing_is_held_so(first):
    agreement = signed(first)
    june = at(2026, 6, 1)
    made = plan.start(person=first.person, written_by="worker", **doing(moment=june))
    assert as_plan(made).direct_payment_allowed is True
    made.lines.filter(held="direct_payment").delete()
    plan.answer_tests(plan=made, answers=TESTS, **doing(moment=june))
    decide(plan_sign_off.submit(plan=made, **doing(moment=june)), moment=june, **MORE)
    agreement.refresh_from_db()
    assert (agreement.ended_on, agreement.plan) == (date(2026, 5, 31), made)
    assert first.person.reviews.get(kind="direct_payment").state == "cancelled"


def test_what_had_not_begun_when_the_next_version_took_over_never_begins():
    first = agreed(lines=(GROUP, {**GROUP, "what": "Autumn course", "first": date(2026, 9, 7)}), **MORE)
    second = next_version(first, at(2026, 6, 1))
    assert [one.what for one in first.arrangements.all()] == ["Lunch group"]
    assert [one.what for one in second.arrangements.order_by("id")] == ["Lunch group", "Autumn course"]


def test_a_plan_that_starts_later_lets_the_one_before_run_until_then():
    first = agreed(lines=(GROUP,), **MORE)
    made = plan.start(person=first.person, written_by="worker", **doing(moment=at(2026, 6, 1)))
    made.lines.all().delete()
    add_line(made, first=date(2026, 6, 15), moment=at(2026, 6, 1))
    plan.answer_tests(plan=made, answers=dict.fromkeys(("lawful", "disrepute", "will_work"), (True, "Yes.")),
                      **doing(moment=at(2026, 6, 1)))  # fmt: skip
    decide(plan_sign_off.submit(plan=made, **doing(moment=at(2026, 6, 1))), moment=at(2026, 6, 1), **MORE)
    old, new = Arrangement.objects.filter(person=first.person).order_by("id")
    assert (old.state, old.last) == ("active", date(2026, 6, 14))
    assert (new.state, new.first) == ("planned", date(2026, 6, 15))
    assert calendar.turn_day(**doing(moment=at(2026, 6, 14))) == (0, 0)
    assert calendar.turn_day(**doing(moment=at(2026, 6, 15))) == (1, 1)
    old.refresh_from_db(), new.refresh_from_db()
    assert (old.state, new.state) == ("ended", "active")


def test_a_direct_payment_does_not_begin_by_itself_without_its_agreement():
    made = agreed(lines=(ASSISTANT,), **MORE)
    assert calendar.turn_day(**doing(moment=at(2026, 5, 1))) == (0, 0)
    assert made.arrangements.get().state == "planned"


@pytest.fixture(scope="module")
def contested(lasting):
    return allocation.ask_again(allocation=proposed(), words="I need more", who="Pat Example", **doing()).pk


@pytest.fixture
def again(contested):
    return Decision.objects.get(pk=contested)


@pytest.mark.parametrize("outcome", ["upheld", "changed"])
def test_a_budget_is_looked_at_again_with_reasons(outcome, again):
    with pytest.raises(decision.NotAnAnswer, match="Say why"):
        decide(again, outcome=outcome, reason="")
    assert decide(again, outcome=outcome, reason="The scheme was read rightly.").outcome == outcome


def test_a_budget_is_looked_at_again_by_somebody_with_authority_who_did_not_propose_it(again):
    with pytest.raises(ProposedIt):
        decide(again, worker(), outcome="upheld")
    with pytest.raises(sign_off.NoAuthority):
        decide(again, user("Nan Nolimit", Role.PRACTITIONER), outcome="upheld")
    with pytest.raises(decision.NotAnAnswer, match="Stands as it was, Changed"):
        decide(again, outcome="agreed")


def test_a_question_is_withdrawn_but_a_plan_is_taken_back(again, asked):
    assert decision.withdraw(decision=again, **doing()).state == "withdrawn"
    with pytest.raises(decision.TakePlanBack):
        decision.withdraw(decision=asked, **doing())


def test_the_policy_that_it_was_decided_under_is_kept(asked):
    asked = Decision.objects.get(pk=decide(asked).pk)
    assert {row["name"] for row in asked.content["decided_under"]} >= {"limits", "sign_off_checks"}
    assert len(asked.content["fingerprint"]) == 64
