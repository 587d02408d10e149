"""Requests: taken down with their day, decided once, short-term support started with them."""

from datetime import date

import pytest
from making import at, person, user

from wherewithal.actions import person as people
from wherewithal.actions import request as requests
from wherewithal.core.roles import Role
from wherewithal.records.models import Arrangement, Person, Request

pytestmark = pytest.mark.django_db
Outcome = Request.Outcome


@pytest.fixture
def wren(db):
    return user("Wren Worker", Role.PRACTITIONER)


@pytest.fixture
def pat(db):
    return person()


def receive(pat, wren, **rest):
    asked = {"route": Request.Route.COMMUNITY, "from_whom": Request.FromWhom.SELF, "about": "Help to cook"}
    return requests.receive(person=pat, by=wren, at=at(), **(asked | rest))


def test_a_request_keeps_the_day_on_which_it_came(pat, wren):
    assert receive(pat, wren).received_on == date(2026, 4, 6)
    assert receive(pat, wren, received_on=date(2026, 4, 2)).received_on == date(2026, 4, 2)


def test_a_request_does_not_come_tomorrow(pat, wren):
    with pytest.raises(requests.NotYet):
        receive(pat, wren, received_on=date(2026, 4, 7))


def test_nobody_asks_before_they_are_born(wren):
    born = person(born_on=date(2018, 5, 12))
    with pytest.raises(requests.BeforeBirth, match="was born on 12 May 2018"):
        receive(born, wren, received_on=date(2018, 5, 11))
    assert receive(born, wren, received_on=date(2018, 5, 12)).received_on == born.born_on


def test_the_day_of_a_request_is_put_right_with_why(pat, wren):
    asked = receive(pat, wren)
    requests.decide(request=asked, outcome=Outcome.ASSESSMENT, by=wren, at=at(day=8))
    right = date(2026, 4, 2)
    done = requests.correct_date(
        request=asked, received_on=right, reason="A typing error", by=wren, at=at(day=9)
    )
    assert (done.received_on, Request.objects.get().received_on) == (right, right)
    assert asked.events.order_by("pgh_id").last().pgh_context["why"] == "A typing error"


@pytest.mark.parametrize(
    ("on", "reason", "refusal"),
    [
        (date(2026, 4, 10), "A typing error", requests.NotYet),
        (date(2026, 4, 9), "A typing error", requests.AfterDecision),
        (date(2015, 12, 31), "A typing error", requests.LongAgo),
        (date(2016, 1, 1), "A typing error", requests.BeforeBirth),
        (date(2026, 4, 6), "A typing error", requests.SameDay),
        (date(2026, 4, 7), "  ", requests.SayWhat),
    ],
)
def test_the_day_of_a_request_stays_where_it_cannot_be_so(wren, on, reason, refusal):
    asked = receive(person(born_on=date(2016, 1, 2)), wren)
    requests.decide(request=asked, outcome=Outcome.ASSESSMENT, by=wren, at=at(day=8))
    with pytest.raises(refusal):
        requests.correct_date(request=asked, received_on=on, reason=reason, by=wren, at=at(day=9))
    assert Request.objects.get().received_on == date(2026, 4, 6)


def test_a_request_stays_before_the_short_term_support_that_began_with_it(pat, wren):
    asked = receive(pat, wren, received_on=date(2026, 4, 1))
    support = requests.ShortTerm(Arrangement.Service.REABLEMENT, "At home again", date(2026, 4, 2))
    requests.decide(request=asked, outcome=Outcome.SHORT_TERM, short_term=support, by=wren, at=at(day=8))
    slip = {"request": asked, "reason": "A typing error", "by": wren, "at": at(day=9)}
    with pytest.raises(requests.AfterSupport, match="“At home again” began on 2 April 2026"):
        requests.correct_date(received_on=date(2026, 4, 3), **slip)
    people.end(person=pat, on=date(2026, 4, 8), because=Person.EndReason.DIED, by=wren, at=at(day=8))
    moved = requests.correct_date(received_on=date(2026, 4, 2), **slip)
    assert moved.received_on == date(2026, 4, 2), "to the day, and after the record ended too"


def test_somebody_whose_record_ended_asks_for_nothing(pat, wren):
    people.end(person=pat, on=date(2026, 4, 1), because=Person.EndReason.DIED, by=wren, at=at())
    with pytest.raises(requests.RecordEnded):
        receive(pat, wren)


def test_a_request_is_decided_once(pat, wren):
    asked = receive(pat, wren)
    decided = requests.decide(request=asked, outcome=Outcome.ASSESSMENT, by=wren, at=at(day=8))
    assert (decided.outcome, decided.decided_on, decided.decided_by) == ("assessment", date(2026, 4, 8), wren)
    with pytest.raises(requests.DecidedAlready, match="8 April 2026"):
        requests.decide(request=asked, outcome=Outcome.NOTHING, words="Sorted", by=wren, at=at(day=9))


@pytest.mark.parametrize("outcome", [Outcome.SIGNPOSTED, Outcome.NHS, Outcome.NOTHING])
def test_whoever_is_turned_elsewhere_is_told_where(pat, wren, outcome):
    with pytest.raises(requests.SayWhat) as refused:
        requests.decide(request=receive(pat, wren), outcome=outcome, by=wren, at=at())
    assert refused.value.field == "words"


def test_short_term_support_starts_in_house_with_an_order_number(pat, wren):
    support = requests.ShortTerm(
        Arrangement.Service.REABLEMENT, "Reablement at home", date(2026, 4, 7), date(2026, 5, 18), 31000
    )
    requests.decide(
        request=receive(pat, wren), outcome=Outcome.SHORT_TERM, short_term=support, by=wren, at=at()
    )
    started = Arrangement.objects.get(person=pat)
    assert (started.held, started.term, started.state) == ("in_house", "short", "active")
    assert started.order_number == f"PO-{started.pk:07d}"
    assert started.prices.get().pence_per_week == 31000


@pytest.mark.parametrize(
    "support, field",
    [
        (None, "service"),
        (requests.ShortTerm(Arrangement.Service.COMMUNITY, "Help", date(2026, 4, 7)), "service"),
        (requests.ShortTerm(Arrangement.Service.SENSORY, "A cane", date(2026, 4, 1)), "first"),
        (
            requests.ShortTerm(Arrangement.Service.SENSORY, "A cane", date(2026, 4, 7), date(2026, 4, 6)),
            "last",
        ),
    ],
)
def test_short_term_support_says_what_and_when(pat, wren, support, field):
    asked = receive(pat, wren)
    with pytest.raises(requests.SayWhat) as refused:
        requests.decide(request=asked, outcome=Outcome.SHORT_TERM, short_term=support, by=wren, at=at())
    assert refused.value.field == field
    asked.refresh_from_db()
    assert asked.outcome == ""
