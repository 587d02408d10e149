"""Our own records held against the check of every return: what is found, of whom, when it is mended."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from making import at, council, person, user
from test_submission import YEAR, supported, supports

from wherewithal.actions import person as people
from wherewithal.extract.submission import write
from wherewithal.extract.submission_faults import check, faults
from wherewithal.policy.measure import measures
from wherewithal.records.models import SubmissionCheck, SubmissionFault

pytestmark = pytest.mark.django_db
FOUND, LATER = at(2026, 10, 9), at(2026, 10, 12)


@pytest.fixture(autouse=True)
def exampleshire(db):
    return council()


def looked(moment=FOUND) -> bool:
    return check(on=moment.date(), by=user("Rowan Registrar"), at=moment)


def still() -> list[SubmissionFault]:
    return list(SubmissionFault.objects.filter(mended_on=None))


def nameless_of(who):
    """Their birth date was never asked."""
    type(who).objects.filter(pk=who.pk).update(born_on=None)
    return who


def test_records_that_are_whole_have_no_fault():
    supported()
    assert looked()
    assert not SubmissionFault.objects.exists()
    kept = SubmissionCheck.objects.get()
    assert (kept.first, kept.last, kept.people_count) == (date(2025, 10, 1), date(2026, 10, 9), 2)


def test_a_birth_date_that_is_not_known_is_one_fault_however_much_support_there_is():
    who = nameless_of(person())
    supports(who)
    supports(who, first=date(2026, 5, 1))
    looked()
    (found,) = still()
    assert (found.person, found.what, found.field, found.level) == (who, "Person", "Date_of_Birth", "warning")
    assert (found.rows_count, found.event_on, found.found_on) == (2, None, FOUND.date())
    assert "counts in the total only" in " ".join(found.effects)
    assert "ascof-3d-1a" in found.measures
    assert set(found.measures) <= set(measures())


def test_what_does_nothing_to_a_row_is_not_said_of_it():
    """A missing support reason changes what is counted of short-term support alone."""
    who = person(support_reason="")
    supports(who, "reablement", "in_house", "short")
    supports(other := person("Ash Example", support_reason=""))
    looked()
    assert {(one.person, one.field) for one in still()} == {(who, "Primary_Support_Reason")}
    assert other.submission_faults.count() == 0


def test_a_fault_of_an_event_names_the_event():
    line = supports(person(), first=date(2026, 4, 6))
    written = write(YEAR)
    row = dict(written.rows[0]) | {"Delivery_Mechanism": None}
    (found,) = faults(type(written)(written.period, (row,), written.behind))
    assert (found.what, found.about, found.event_on, found.field) == (
        "Service", line.pk, date(2026, 4, 6), "Delivery_Mechanism"
    )  # fmt: skip
    assert "take-up looks lower than it is" in found.effects[0]
    direct = row | {"Service_Component": "Direct payment"}
    assert faults(type(written)(written.period, (direct,), written.behind)) == []


def test_the_gravest_of_what_is_wrong_with_a_person_is_told():
    line = supports(person())
    other = supports(line.person, first=date(2026, 5, 1))
    written = write(YEAR)
    wrong = [dict(row) | {"Ethnicity": "Martian"} for row in written.rows]
    (found,) = faults(type(written)(written.period, tuple(wrong), written.behind))
    assert (found.what, found.level, found.rows_count) == ("Person", "error", 2)
    assert other.person_id == found.person_id


def test_a_fault_keeps_the_day_on_which_it_was_found_first():
    who = nameless_of(person())
    supports(who)
    looked()
    supports(who, first=date(2026, 5, 1))
    looked(LATER)
    (found,) = still()
    assert (found.found_on, found.rows_count) == (FOUND.date(), 2)


def test_what_was_mended_is_done_at_the_next_check():
    who = nameless_of(person())
    supports(who)
    looked()
    people.change(
        person=who, born_on=date(1948, 5, 12), reason="She told us.", by=user("Wren Worker"), at=LATER
    )
    looked(LATER)
    assert still() == []
    assert SubmissionFault.objects.get().mended_on == LATER.date()


def test_what_is_wrong_again_is_a_new_fault():
    who = nameless_of(person())
    supports(who)
    looked()
    type(who).objects.filter(pk=who.pk).update(born_on=date(1948, 5, 12))
    looked(LATER)
    nameless_of(who)
    looked(at(2026, 10, 13))
    assert [one.found_on for one in SubmissionFault.objects.all()] == [FOUND.date(), date(2026, 10, 13)]


def test_nothing_is_checked_while_nothing_has_changed():
    supports(person())
    assert looked()
    assert not looked()
    supports(person("Ash Example"))
    assert looked()
    assert looked(LATER), "another day may be another twelve months"


def test_before_the_council_is_on_record_nothing_is_checked(exampleshire):
    exampleshire.delete()
    assert not looked()


def test_what_is_not_over_yet_is_checked_before_it_is_sent():
    supports(nameless_of(person()), first=date(2026, 10, 5))
    looked()
    assert len(still()) == 1


def test_what_was_mended_is_let_go_with_what_submissions_are_compared_by():
    who = nameless_of(person())
    supports(who)
    looked()
    type(who).objects.filter(pk=who.pk).update(born_on=date(1948, 5, 12))
    looked(LATER)
    looked(at(2028, 10, 12))
    assert SubmissionFault.objects.exists()
    looked(at(2028, 10, 14))
    assert not SubmissionFault.objects.exists()


def test_a_check_asks_as_often_for_many_faults_as_for_one():
    looked(at(2026, 10, 8))  # after the first check of all there is a row of it
    asked = []
    for moment, names in ((FOUND, ("Ash",)), (LATER, ("Bay", "Clover", "Dune", "Elder"))):
        SubmissionFault.objects.all().delete()
        for name in names:
            supports(nameless_of(person(f"{name} Example")))
        by = user("Rowan Registrar")
        with CaptureQueriesContext(connection) as queries:
            check(on=moment.date(), by=by, at=moment)
        asked.append(len(queries))
    assert len(still()) == 5
    assert asked[0] == asked[1]
