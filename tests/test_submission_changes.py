"""What changed since the last submission, and why: by the audit, with who in which role and when."""

from datetime import date

import pytest
from making import at, council, person, user
from planning import doing
from test_submission import analyst, make, supports

from wherewithal.actions import circle, request
from wherewithal.actions import person as people
from wherewithal.core.period import Period
from wherewithal.core.roles import Role
from wherewithal.extract.submission_changes import Change, NotComparable, Why, before, changes
from wherewithal.records.models import Arrangement, Membership, Price, Submission, SubmittedRow
from wherewithal.records.tracking import telling

pytestmark = pytest.mark.django_db
JUNE, SEPTEMBER = Period(date(2025, 7, 1), date(2026, 6, 30)), Period(date(2025, 10, 1), date(2026, 9, 30))
IN_JULY, IN_AUGUST, IN_OCTOBER = at(2026, 7, 9), at(2026, 8, 3), at(2026, 10, 9)


@pytest.fixture(autouse=True)
def exampleshire(db):
    return council()


def worker():
    return user("Wren Worker", Role.PRACTITIONER)


def doing_in_august():
    return {"by": worker(), "at": IN_AUGUST}


def told(moment, verb="a test", by=None):
    """Rows that are written outside an action, with who and when as an action would say it."""
    return telling(verb=verb, by=(by or worker()).pk, by_name="somebody", at=moment.isoformat(), why="")


def running(who, moment=None, **more):
    with told(moment or at(), "agree plan"):
        return supports(who, **more)


def from_june_to_september() -> list[Change]:
    old = Submission.objects.get()
    new, _ = make(period=SEPTEMBER, moment=IN_OCTOBER)
    return changes(new, old)


def sent_in_july():
    make(period=JUNE, moment=IN_JULY)


AUGUST = date(2026, 8, 3)


def test_where_nothing_changed_nothing_is_told():
    running(person())
    sent_in_july()
    assert from_june_to_september() == []


def test_a_field_that_was_changed_says_by_which_action_in_which_role_and_when():
    who = person(ethnicity="White: Irish")
    running(who)
    running(who, first=date(2026, 5, 1))
    sent_in_july()
    people.change(person=who, ethnicity="White: Roma", reason="She told us.", **doing_in_august())
    assert from_june_to_september() == [
        Change("Service", "changed", "Ethnicity",
               Why("action", "change person", (Role.PRACTITIONER,), AUGUST, AUGUST), 2)
    ]  # fmt: skip


def test_each_reason_is_told_apart_with_the_days_between_which_it_was_done():
    one, other, third = (person(f"{name} Example") for name in ("Ash", "Bay", "Clover"))
    lines = [running(who) for who in (one, other, third)]
    sent_in_july()
    for line, moment in zip(lines, (IN_AUGUST, at(2026, 9, 1)), strict=False):
        with told(moment, "finish review"):
            Arrangement.objects.filter(pk=line.pk).update(held="direct_payment")
    with told(IN_AUGUST, "correct", user("Max Manager", Role.MANAGER)):
        Arrangement.objects.filter(pk=lines[2].pk).update(held="council_managed")
    found = from_june_to_september()
    assert found == [
        Change("Service", "changed", "Delivery_Mechanism",
               Why("action", "finish review", (Role.PRACTITIONER,), AUGUST, date(2026, 9, 1)), 2),
        Change("Service", "changed", "Delivery_Mechanism",
               Why("action", "correct", (Role.MANAGER,), AUGUST, AUGUST), 1),
    ]  # fmt: skip


def test_what_an_unrelated_action_did_is_no_reason():
    who = person(ethnicity="White: Irish")
    running(who)
    sent_in_july()
    people.change(person=who, ethnicity="White: Roma", reason="She told us.", **doing_in_august())
    people.change(person=who, telephone="01632 960123", reason="A new one.", by=worker(), at=at(2026, 9, 1))
    (found,) = from_june_to_september()
    assert found.why.last == AUGUST


def test_support_that_began_since_came_with_time():
    running(person())
    sent_in_july()
    running(person("Ash Example"), moment=IN_AUGUST, first=date(2026, 8, 10))
    assert from_june_to_september() == [Change("Service", "new", "", Why("time"), 1)]


def test_support_that_was_recorded_late_says_who_recorded_it():
    running(person())
    sent_in_july()
    running(person("Ash Example"), moment=IN_AUGUST, first=date(2026, 5, 1))
    assert from_june_to_september() == [
        Change("Service", "new", "", Why("action", "agree plan", (Role.PRACTITIONER,), AUGUST, AUGUST), 1)
    ]


def test_a_request_that_was_decided_since_came_with_time_though_it_was_made_before():
    running(person())
    who = person("Ash Example")
    came = request.receive(person=who, received_on=date(2026, 4, 1), route="community", from_whom="self",
                           about="Help", **doing())  # fmt: skip
    sent_in_july()
    request.decide(request=came, outcome="nhs", words="Passed on.", **doing_in_august())
    assert from_june_to_september() == [Change("Request", "new", "", Why("time"), 1)]


def test_what_was_over_before_the_twelve_months_went_with_time():
    running(person(), first=date(2025, 1, 1), last=date(2025, 8, 31))
    running(person("Ash Example"))
    sent_in_july()
    assert from_june_to_september() == [Change("Service", "gone", "", Why("time"), 1)]


def test_what_was_taken_back_says_who_took_it_back():
    running(person("Ash Example"))
    gone = running(person())
    sent_in_july()
    with told(IN_AUGUST, "end support"):
        Arrangement.objects.filter(pk=gone.pk).update(first=date(2026, 12, 1))
    assert from_june_to_september() == [
        Change("Service", "gone", "", Why("action", "end support", (Role.PRACTITIONER,), AUGUST, AUGUST), 1)
    ]


def test_an_end_that_was_set_before_is_told_when_its_day_comes():
    line = running(person())
    with told(at(2026, 5, 1), "end support"):
        Arrangement.objects.filter(pk=line.pk).update(last=date(2026, 8, 31))
    sent_in_july()
    (found,) = from_june_to_september()
    assert (found.field, found.why.verb, found.why.first) == (
        "Event_End_Date",
        "end support",
        date(2026, 5, 1),
    )


def test_a_price_of_the_year_to_come_is_told_when_it_is_in_force():
    line = running(person())
    with told(at(2026, 6, 1), "change price"):
        Price.objects.create(arrangement=line, first=date(2026, 7, 6), pence_per_week=5500)
    sent_in_july()
    (found,) = from_june_to_september()
    assert (found.field, found.why.verb) == ("Unit_Cost", "change price")


def test_a_carers_link_changes_the_rows_of_both():
    who, carer = person(), person("Bramwell Carer")
    running(who)
    running(carer, service="carer", held="direct_payment")
    sent_in_july()
    circle.link_carer(person=who, carer=carer, relationship="husband", hours_a_week=30, lives_together=True,
                      since=date(2026, 8, 1), **doing_in_august())  # fmt: skip
    found = {one.field: one.why.verb for one in from_june_to_september()}
    assert found == dict.fromkeys(
        ("Has_Unpaid_Carer", "No_of_adults_being_cared_for", "Adult_1_Linked_Person_ID"), "link carer"
    )


def test_who_held_another_role_since_is_told_by_the_role_of_then():
    who = person(ethnicity="White: Irish")
    running(who)
    sent_in_july()
    people.change(person=who, ethnicity="White: Roma", reason="She told us.", **doing_in_august())
    Membership.objects.filter(user=worker()).update(ended_on=date(2026, 9, 1))
    Membership.objects.create(user=worker(), role=Role.MANAGER, started_on=date(2026, 9, 2))
    (found,) = from_june_to_september()
    assert found.why.roles == (Role.PRACTITIONER,)


def test_where_the_record_does_not_know_why_it_says_so():
    running(person())
    sent_in_july()
    at_gender = 4 * Submission.objects.get().fields.index("Gender")
    row = SubmittedRow.objects.get()
    other = bytes(row.prints[:at_gender]) + b"else" + bytes(row.prints[at_gender + 4 :])
    new, _ = make(period=SEPTEMBER, moment=IN_OCTOBER)
    SubmittedRow.objects.filter(pk=row.pk).delete()
    SubmittedRow.objects.create(submission=row.submission, what=row.what, about=row.about, first=row.first,
                                last=row.last, prints=other)  # fmt: skip
    assert changes(new, row.submission) == [Change("Service", "changed", "Gender", Why("unknown"), 1)]


def test_the_answer_stays_the_same_whatever_happens_later():
    who = person(ethnicity="White: Irish")
    running(who)
    sent_in_july()
    people.change(person=who, ethnicity="White: Roma", reason="She told us.", **doing_in_august())
    found = from_june_to_september()
    people.change(
        person=who, ethnicity="White: Irish", reason="She told us otherwise.",
        by=user("Max Manager", Role.MANAGER), at=at(2026, 11, 1),
    )  # fmt: skip
    new, old = Submission.objects.all()
    assert changes(new, old) == found


def test_the_one_before_is_the_last_that_was_made_for_whatever_quarter():
    running(person())
    first, _ = make(period=SEPTEMBER, moment=IN_OCTOBER)
    second, _ = make(period=JUNE, moment=at(2026, 10, 10))
    assert (before(first), before(second)) == (None, first)


def test_under_another_key_nothing_can_be_compared(settings):
    running(person())
    sent_in_july()
    settings.SECRET_KEY = "another"
    with pytest.raises(NotComparable, match="The next submission"):
        from_june_to_september()


def test_what_was_let_go_cannot_be_compared():
    running(person())
    old, _ = make(period=JUNE, moment=IN_JULY)
    new, _ = make(period=SEPTEMBER, moment=at(2028, 10, 9))
    with pytest.raises(NotComparable, match="no longer kept"):
        changes(new, old)


@pytest.mark.parametrize("people", [1, 4])
def test_the_reasons_of_many_rows_are_asked_for_as_often_as_of_one(people, django_assert_num_queries):
    lines = [running(person(f"{name} Example")) for name in ("Ash", "Bay", "Clover", "Dune")[:people]]
    sent_in_july()
    with told(IN_AUGUST, "finish review"):
        Arrangement.objects.filter(pk__in=[line.pk for line in lines]).update(held="direct_payment")
    old = Submission.objects.get()
    new, _ = make(by=analyst(), period=SEPTEMBER, moment=IN_OCTOBER)
    with django_assert_num_queries(5):
        changes(new, old)
