"""Our own records as they are sent: who may make the file, what stands in it, whom it leaves a trace with."""

import csv
import io
from datetime import date

import pytest
from making import at, council, person, signed_in, user
from planning import doing
from reviewing import finished, ready, running
from test_extract import arranged, asked

from wherewithal.actions import circle
from wherewithal.actions.submission import NotAllowed, SayWhy
from wherewithal.analytics.count import count
from wherewithal.analytics.load import loaded
from wherewithal.analytics.schema import as_table
from wherewithal.analytics.year import ReportingYear
from wherewithal.core.period import Period
from wherewithal.core.roles import Role
from wherewithal.core.submission import NoSuchQuarter
from wherewithal.extract import door, submission
from wherewithal.extract.fingerprints import BYTES
from wherewithal.formats import cld
from wherewithal.policy.measure import measures
from wherewithal.records.models import Arrangement, Membership, Opening, Submission, SubmittedRow

pytestmark = pytest.mark.django_db
YEAR = Period(date(2026, 4, 1), date(2027, 3, 31))
LATER = at(2027, 4, 9)


@pytest.fixture(autouse=True)
def exampleshire(db):
    return council()


def analyst():
    return user("Ana Analyst", Role.ANALYST)


def make(by=None, moment=LATER, period=YEAR, reason="The quarter’s return"):
    return submission.make(period=period, reason=reason, by=by or analyst(), at=moment)


def rows(file: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.decode())))


def supports(who, *how, **more):
    """Made-up support under an order number that no action gives out."""
    return arranged(who, *how, order_number=f"XX-{Arrangement.objects.count():07d}", **more)


def supported():
    """Somebody with every kind of event, and a carer of theirs with support of their own."""
    who = person(
        "Quillon Featherstoneby", nhs_number="999 000 0018", postcode="ZZ1 1AA", born_on=date(1948, 5, 12)
    )
    carer = person("Bramwell Featherstoneby", born_on=date(1950, 7, 23))
    circle.link_carer(person=who, carer=carer, relationship="husband", hours_a_week=30, lives_together=True,
                      since=date(2020, 1, 1), **doing())  # fmt: skip
    asked(who)
    finished(ready(running(who), level="partly"))
    supports(carer, "carer", "direct_payment", first=date(2026, 6, 1))
    return who, carer


# What stands in it


def test_it_says_who_everybody_is_in_the_fields_that_ask_for_it():
    who, carer = supported()
    _, file = make()
    found = rows(file)
    assert list(found[0]) == [field.name for field in cld.fields()]
    theirs = [row for row in found if row["LA_Person_Unique_Identifier"] == who.ref]
    assert {row["Event_Type"] for row in theirs} == {"Request", "Assessment", "Service", "Review"}
    for row in theirs:
        assert (row["NHS_Number"], row["Date_of_Birth"], row["Postcode"]) == (
            "9990000018", "12/05/1948", "ZZ1 1AA"
        )  # fmt: skip
        assert (row["LA_Code"], row["Reporting_Period_Start_Date"], row["Reporting_Period_End_Date"]) == (
            "999", "01/04/2026", "31/03/2027"
        )  # fmt: skip
    (cares,) = [row for row in found if row["LA_Person_Unique_Identifier"] == carer.ref]
    assert (cares["NHS_Number"], cares["Client_Type"]) == ("", "Unpaid carer")
    assert (cares["No_of_adults_being_cared_for"], cares["Adult_1_Linked_Person_ID"]) == ("1", who.ref)
    assert cares["Adult_2_Linked_Person_ID"] == ""


def test_no_name_no_address_and_no_words_of_the_record_stand_in_it():
    who, _ = supported()
    _, file = make()
    text = file.decode().lower()
    for told in ("quillon", "bramwell", "featherstone", "swim", "sam sample", "husband", "wren", "po-0"):
        assert told not in text, told
    assert who.ref.lower() in text


def test_an_event_has_a_number_of_its_own_that_stays():
    supported()
    first, again = rows(make()[1]), rows(make(moment=at(2027, 4, 10))[1])
    numbers = [row["Event_Reference"] for row in first]
    assert len(set(numbers)) == len(numbers)
    assert {number[:3] for number in numbers} == {"RQ-", "AS-", "SV-", "RV-"}
    assert first == again


def test_our_own_file_passes_the_check_that_others_files_meet():
    supported()
    made, file = make()
    health = cld.check(file)
    assert health.faults == ()
    assert (health.rows, health.people) == (made.rows_count, made.people_count)
    assert health.stated == (YEAR.first, YEAR.last)


def test_what_was_sent_counts_as_the_extract_does():
    """One path to a figure: by Client Level Data and the published identity rule, or by the extract."""
    supported()
    supports(person("Ash Example"), held="council_managed")
    supports(person("Bay Example", born_on=date(1980, 5, 12)), held="commissioned")
    supports(person("Clover Example"), "reablement", "in_house", "short", last=date(2026, 5, 17))
    supports(person("Dune Example"), "residential")
    supports(person("Elder Example"), "carer", "commissioned")
    year = ReportingYear("2026-27")
    ids = [id for id, one in measures().items() if one.from_events]
    ours = door.extract(year.last, period=year)
    with loaded([cld.batches(make()[1], found=cld.Findings())], period=year) as sent:
        assert sent.left_out == 0
        theirs = as_table(sent.events.to_pyarrow())
    counted = [
        [
            (one.measure, one.group, one.numerator, one.denominator, one.value)
            for one in count(events, ids, year)
        ]
        for events in (theirs, ours.events)
    ]
    assert counted[0] == counted[1]
    assert {one[0] for one in counted[0]} == set(ids)
    assert any(numerator for _, _, numerator, *_ in counted[0])


@pytest.mark.parametrize("people", [1, 4])
def test_a_submission_asks_as_often_for_many_people_as_for_one(people, django_assert_num_queries):
    for name in ("Ash", "Bay", "Clover", "Dune")[:people]:
        supports(person(f"{name} Example"))
    with django_assert_num_queries(8):
        submission.write(YEAR)


# Who may make it, and what is kept of it


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ANALYST])
def test_nobody_but_the_analyst_makes_one(role):
    supported()
    with pytest.raises(NotAllowed, match="NHS number"):
        make(by=user("Sam Somebody", role))
    assert not Submission.objects.exists()
    assert not Opening.objects.filter(page="submission").exists()


def test_an_analyst_whose_role_has_ended_or_whose_account_is_closed_makes_none():
    ended, closed = user("Eve Ended", Role.ANALYST), user("Cleo Closed", Role.ANALYST)
    Membership.objects.filter(user=ended).update(ended_on=date(2027, 1, 1))
    closed.is_active = False
    for one in (ended, closed):
        with pytest.raises(NotAllowed):
            make(by=one)


def test_it_is_on_record_who_made_it_when_why_what_it_covered_and_its_hash():
    supported()
    made, file = make(reason="  The quarter’s   return ")
    kept = Submission.objects.get()
    assert kept == made
    assert (str(kept.made_by), kept.made_at, kept.reason) == ("Ana Analyst", LATER, "The quarter’s return")
    assert (kept.first, kept.last, kept.rows_count, kept.people_count) == (
        date(2026, 4, 1), date(2027, 3, 31), len(rows(file)), 2
    )  # fmt: skip
    assert kept.sha256 == door.hashlib.sha256(file).hexdigest()
    assert kept.sent_to == "the Department of Health and Social Care"


def test_nothing_that_stood_in_it_is_kept():
    who, _ = supported()
    make()
    for row in SubmittedRow.objects.all():
        kept = bytes(row.prints)
        assert len(kept) == BYTES * len(submission.compared())
        for told in (who.nhs_number, who.ref, who.postcode, "Direct payment", "White: Irish"):
            assert told.encode() not in kept


def test_two_people_who_are_alike_have_no_fingerprint_alike():
    for name in ("Ash", "Bay", "Clover", "Dune"):
        supports(person(f"{name} Example", postcode="ZZ1 1AA"))
    make()
    at_postcode = submission.compared().index("Postcode") * BYTES
    kept = {bytes(row.prints)[at_postcode : at_postcode + BYTES] for row in SubmittedRow.objects.all()}
    assert len(kept) == 4


@pytest.mark.parametrize("reason", ["", "  ", "x" * 201])
def test_a_submission_says_why_in_a_line(reason):
    with pytest.raises(SayWhy):
        make(reason=reason)


def test_what_is_not_over_is_not_sent():
    with pytest.raises(NoSuchQuarter, match="not over"):
        make(moment=at(2027, 3, 31))
    assert not Submission.objects.exists()


def test_what_a_submission_can_be_compared_by_is_let_go_after_two_years_but_never_the_newests():
    supported()
    first, _ = make()
    make(moment=at(2029, 4, 8))
    assert first.rows.exists()
    newest, _ = make(moment=at(2029, 4, 10))
    assert not first.rows.exists()
    assert newest.rows.exists()


# Each person's own trace of it


def test_everybody_in_it_can_see_that_they_are_and_nobody_else_is_told_so():
    who, carer = supported()
    person("Otto Outside")
    make()
    traced = Opening.objects.filter(page="submission", user=analyst(), at=LATER)
    assert {one.person for one in traced} == {who, carer}


def test_the_person_reads_to_whom_their_record_was_sent(client):
    who, _ = supported()
    me = user("Quillon Featherstoneby", Role.PERSON)
    who.user = me
    who.save()
    make()
    page = signed_in(client, me).get("/my/looked/").content.decode()
    assert "9 April 2027" in page
    assert "sent to the Department of Health and Social Care" in page
    assert "Ana" not in page


def test_whoever_opens_the_persons_history_reads_it_too(client):
    who, _ = supported()
    make()
    worker = user("Wren Worker", Role.PRACTITIONER, in_team=who.team)
    page = signed_in(client, worker).get(f"/people/{who.ref}/history/opened/").content.decode()
    assert "sent to the Department of Health and Social Care" in page
    assert "Ana Analyst" in page
