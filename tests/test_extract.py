"""The extract: what leaves by it, what never does, and the figures that come out at the other end."""

import csv
import json
from datetime import date

import pytest
from assessing import NONE_UNMET, offered
from assessing import agreed as assessed
from making import council, person
from planning import ASSISTANT, GROUP, agreed, decide, doing, signed, submitted
from reviewing import finished, managed, ready, running
from typer.testing import CliRunner

from wherewithal.actions import circle, request
from wherewithal.actions import person as people
from wherewithal.analytics.count import count
from wherewithal.analytics.schema import AGES, EVENTS, JOURNEYS, PARTICULARS
from wherewithal.analytics.year import ReportingYear
from wherewithal.cli import app
from wherewithal.core.policy import NoPolicy
from wherewithal.extract import door
from wherewithal.formats.cld import fields
from wherewithal.policy import extract as words
from wherewithal.records.models import (
    Agreement,
    Arrangement,
    Council,
    Offer,
    Person,
    Plan,
    Price,
    Request,
    Review,
)
from wherewithal.records.models.plan import Held, Term

pytestmark = pytest.mark.django_db
END = date(2026, 9, 30)
SECRET = b"for the tests only"


@pytest.fixture(autouse=True)
def exampleshire(db):
    return council()


def made(on=END, **more) -> door.Extract:
    return door.extract(on, **{"secret": SECRET, **more})


def events(kind: str, on=END, **more) -> list[dict]:
    return [row for row in made(on, **more).events.to_pylist() if row["Event_Type"] == kind]


def arranged(
    who: Person, service="community", held="commissioned", term="long", first=date(2026, 4, 6), **more
):
    """A line of support as the records keep it, at £50.00 a week."""
    number = f"PO-{Arrangement.objects.count():07d}"
    row = Arrangement.objects.create(
        **{"person": who, "order_number": number, "what": "Made-up support", "kind": "home_care",
           "held": held, "term": term, "service": service, "state": "active", "first": first, **more}
    )  # fmt: skip
    Price.objects.create(arrangement=row, first=first, pence_per_week=5000)
    return row


def asked(who: Person, on=date(2026, 3, 2), outcome="assessment") -> Request:
    came = request.receive(
        person=who, received_on=on, route="community", from_whom="self", about="Help to swim", **doing()
    )
    return request.decide(request=came, outcome=outcome, words="We told her where to turn.", **doing())


def paid(who: Person, on: date) -> None:
    agreement = Agreement.objects.get(person=who)
    agreement.first_paid_on = on
    agreement.save()


# Nothing that names anybody


def test_nothing_in_an_extract_tells_who_anybody_is(tmp_path):
    who = person(
        "Quillon Featherstoneby", known_as="Quilly", nhs_number="999 000 0018", postcode="ZZ1 1AA",
        address="17 Makebelieve Avenue", telephone="01632 960123", email="quillon@example.org",
        born_on=date(1948, 5, 12),
    )  # fmt: skip
    carer = person("Bramwell Featherstoneby", born_on=date(1950, 7, 23))
    circle.link_carer(person=who, carer=carer, relationship="husband", hours_a_week=30, lives_together=True,
                      since=date(2020, 1, 1), **doing())  # fmt: skip
    asked(who)
    finished(ready(running(who), level="partly"))
    door.write(made(), tmp_path / "out")
    left = "".join(path.read_text() for path in (tmp_path / "out").iterdir()).lower()
    for told in (
        "quil", "bramwell", "featherstone", "9990000018", "999 000", "zz1", "makebelieve", "01632", "960123",
        "example.org", who.ref.lower(), "12/05/1948", "1948-05-12", "swim", "husband", "sam sample",
        "po-0", "wren",
    ):  # fmt: skip
        assert told not in left, told
    assert "01/05/1948" in left


def test_every_column_of_a_record_that_names_or_tells_freely_stays_behind():
    kept = {column.name for column in (*EVENTS, *JOURNEYS, *PARTICULARS)}
    assert not kept & {"NHS_Number", "LA_Person_Unique_Identifier", "Postcode", "GP_Practice_Code",
                       "Event_Reference", "Event_Description", "Adult_1_Linked_Person_ID"}  # fmt: skip
    assert set(made().events.column_names) == {column.name for column in EVENTS}


def test_people_are_numbered_from_one_in_an_order_that_only_the_secret_knows():
    people = [
        person(f"{name} Example")
        for name in ("Ash", "Bay", "Clover", "Dune", "Elder", "Fern", "Gorse", "Hazel")
    ]
    for born, who in enumerate(people):
        who.born_on = date(1941 + born, 1, 1)
        who.save()
        arranged(who)

    def order(secret: bytes) -> list[int]:
        rows = sorted(made(secret=secret).events.to_pylist(), key=lambda row: row["Date_of_Birth"])
        return [row["person_key"] for row in rows]

    assert sorted(order(SECRET)) == list(range(1, 9))
    assert order(SECRET) == order(SECRET)
    assert len({tuple(order(bytes([n]))) for n in range(6)}) == 6
    assert [row["person_key"] for row in made().events.to_pylist()] == list(range(1, 9))


def test_two_extracts_do_not_number_people_alike():
    for name in (
        "Ash",
        "Bay",
        "Clover",
        "Dune",
        "Elder",
        "Fern",
        "Gorse",
        "Hazel",
        "Iris",
        "Jade",
        "Kite",
        "Lark",
    ):
        arranged(person(f"{name} Example"))
    with pytest.MonkeyPatch.context() as patched:
        drawn = iter((b"one", b"two"))
        patched.setattr(door.secrets, "token_bytes", lambda size: next(drawn))
        first, second = (door.extract(END) for _ in range(2))
    assert first.events.num_rows == second.events.num_rows == 12
    assert door._keys(range(12), b"one") != door._keys(range(12), b"two")


# In the words of Client Level Data


@pytest.mark.parametrize(
    ("of", "codes"),
    [
        ("Gender", Person.Sex.values),
        ("Client_Funding_Status", [*Person.Funding.values, "contribution"]),
        ("Request_Route_of_Access", Request.Route.values),
        ("Request_Outcome", Request.Outcome.values),
        ("Review_Outcome", Review.Next.values),
        ("Delivery_Mechanism", [held for held in Held.values if held != Held.OWN_MONEY]),
    ],
)
def test_every_code_of_ours_has_a_word_of_the_return(of, codes):
    field = next(one for one in fields() if one.name == ("Event_Outcome" if of.endswith("_Outcome") else of))
    assert {words.word(of, code) for code in codes} <= set(field.words)


def test_every_service_has_a_type_and_a_component_of_the_return():
    lists = {field.name: set(field.words) for field in fields()}
    for service in Arrangement.Service.values:
        for term in Term.values:
            assert words.service_type(service, term) in lists["Service_Type"]
            for kind in ("personal_assistant", "day_activity", "respite", "supported_living", "other"):
                assert words.component(service, term, kind) in lists["Service_Component"]


def test_a_code_without_a_word_is_refused_by_name():
    with pytest.raises(NoPolicy, match="“horoscope” in Gender"):
        words.word("Gender", "horoscope")
    with pytest.raises(NoPolicy, match="astrology"):
        words.service_type("astrology", "long")


@pytest.mark.parametrize(
    ("service", "held", "term", "expected"),
    [
        ("community", "direct_payment", "long",
         ("Long term support: Community", "Home support or domiciliary care", "Direct payment")),
        ("community", "individual_service_fund", "long",
         ("Long term support: Community", "Home support or domiciliary care",
          "CASSR managed personal budget")),
        ("community", "commissioned", "long",
         ("Long term support: Community", "Home support or domiciliary care", "CASSR commissioned support")),
        ("reablement", "in_house", "short",
         ("Short term support: ST-Max", "Reablement", "CASSR commissioned support")),
        ("intermediate", "in_house", "short",
         ("Short term support: Other short term", "Other short term support", "CASSR commissioned support")),
        ("equipment", "in_house", "short",
         ("Short term support: Ongoing low level", "Equipment", "CASSR commissioned support")),
        ("residential", "commissioned", "long",
         ("Long term support: Residential care", "Long term residential care", "CASSR commissioned support")),
        ("carer", "direct_payment", "long",
         ("Unpaid carer support: Direct to unpaid carer", "Other unpaid carer support", "Direct payment")),
    ],
)  # fmt: skip
def test_support_says_what_it_is_and_how_it_is_held(service, held, term, expected):
    arranged(person(), service, held, term)
    (row,) = events("Service")
    assert (row["Service_Type"], row["Service_Component"], row["Delivery_Mechanism"]) == expected
    assert row["Client_Type"] == ("Unpaid carer" if service == "carer" else "Service user")


def test_a_person_as_the_return_describes_them():
    who = person(
        sex="female", ethnicity="White: Irish", support_reason="Mental health support", funding="council"
    )
    arranged(who)
    (row,) = events("Service")
    assert (row["LA_Code"], row["Gender"], row["Ethnicity"], row["Primary_Support_Reason"]) == (
        "999", "Female", "White: Irish", "Mental health support"
    )  # fmt: skip
    assert (row["Client_Funding_Status"], row["Has_Unpaid_Carer"]) == ("Fully social care funded", "Unknown")


def test_prices_are_a_unit_a_week_and_a_one_off_is_whole():
    once = {**ASSISTANT, "what": "A bicycle", "how_often": "one-off", "units": 1, "pence_per_unit": 26000}
    signed(agreed(lines=(once, GROUP), why_different="She wants to ride."))
    costs = {row["Unit_Cost"]: row["Cost_Frequency_Unit_Type"] for row in events("Service")}
    assert {str(cost): unit for cost, unit in costs.items()} == {"260.00": "One-off", "19.20": "Weekly"}


def test_an_assessment_and_a_review_are_events_too():
    plan = running()
    (assessed,) = events("Assessment")
    assert (assessed["Event_End_Date"], assessed["Eligible_Needs_Identified"]) == (
        date(2026, 4, 6), "Eligible needs identified"
    )  # fmt: skip
    finished(ready(plan, level="partly"), next_step="change_plan")
    (reviewed,) = events("Review")
    assert (reviewed["Event_Start_Date"], reviewed["Review_Reason"]) == (date(2026, 5, 25), "Planned")
    assert reviewed["Review_Outcomes_Achieved"] == "Partially Met"
    assert reviewed["Event_Outcome"] == "Progress to support planning or services"


def test_a_request_leaves_once_it_is_decided():
    who = person()
    request.receive(person=who, received_on=date(2026, 3, 2), route="hospital", from_whom="hospital",
                    about="Coming home", **doing())  # fmt: skip
    assert events("Request") == []
    asked(who, outcome="nhs")
    (row,) = events("Request")
    assert (row["Event_Start_Date"], row["Event_End_Date"]) == (date(2026, 3, 2), date(2026, 4, 6))
    assert row["Event_Outcome"] == "NFA: Referral to NHS services or NHS funded social care"


# What has happened, and what has not


def test_a_direct_payment_is_no_support_before_its_agreement_is_signed():
    plan = agreed()
    assert {row["Delivery_Mechanism"] for row in events("Service")} == {"CASSR managed personal budget"}
    signed(plan)
    assert "Direct payment" in {row["Delivery_Mechanism"] for row in events("Service")}


def test_what_was_taken_back_before_it_began_was_never_support():
    later = {**ASSISTANT, "first": date(2026, 8, 3)}
    plan = agreed(lines=(later, GROUP))
    signed(plan)
    never = plan.arrangements.get(held="direct_payment")
    never.prices.update(pence_per_week=0)
    never.state, never.last = "ended", never.first
    never.save()
    assert [row["Delivery_Mechanism"] for row in events("Service")] == ["CASSR managed personal budget"]


def test_support_that_ends_later_is_still_open_and_what_begins_later_is_not_there():
    arranged(person(), last=date(2026, 10, 31))
    arranged(person("Sam Sample"), first=date(2026, 10, 1))
    (row,) = events("Service")
    assert row["Event_End_Date"] is None


def test_a_period_holds_what_touches_it_as_it_was_known_on_its_last_day():
    arranged(person(), first=date(2024, 1, 1), last=date(2024, 3, 31))
    arranged(person("Sam Sample"), first=date(2024, 2, 1), last=date(2025, 4, 2))
    (row,) = events("Service", period=ReportingYear("2024-25"))
    assert (row["Event_Start_Date"], row["Event_End_Date"]) == (date(2024, 2, 1), None)


def test_a_death_is_told_and_a_move_is_not():
    for name, why in (("Pat Example", "died"), ("Sam Sample", "moved")):
        who = person(name)
        arranged(who)
        Person.objects.filter(pk=who.pk).update(state="ended", ended_on=date(2026, 6, 1), end_reason=why)
    died = [row["Date_of_Death"] for row in events("Service")]
    assert sorted(died, key=str) == [date(2026, 6, 1), None]


# Journeys


def test_a_journey_runs_from_the_request_that_led_to_the_first_payment():
    who = person()
    asked(who, date(2026, 1, 5), "signposted")
    asked(who, date(2026, 3, 2))
    running(who)
    paid(who, date(2026, 4, 9))
    asked(who, date(2026, 4, 6))
    (row,) = made().journeys.to_pylist()
    assert row | {"person_key": 1, "LA_Code": "999"} == row
    assert [row[name] for name in ("requested_on", "assessed_on", "agreed_on", "first_paid_on")] == [
        date(2026, 4, 6), date(2026, 4, 6), date(2026, 4, 6), date(2026, 4, 9)
    ]  # fmt: skip
    Request.objects.filter(received_on=date(2026, 4, 6)).update(
        received_on=date(2026, 4, 20), decided_on=date(2026, 4, 20)
    )
    (row,) = made().journeys.to_pylist()
    assert row["requested_on"] == date(2026, 3, 2)


def test_a_payment_that_is_on_its_way_is_no_payment_yet():
    who = person()
    asked(who)
    running(who)
    paid(who, date(2026, 4, 9))
    for on, paid_on in ((date(2026, 4, 8), None), (date(2026, 4, 9), date(2026, 4, 9))):
        (row,) = made(on).journeys.to_pylist()
        assert row["first_paid_on"] == paid_on


def test_somebody_who_waits_has_a_journey_without_a_payment_and_the_signposted_have_none():
    asked(person())
    asked(person("Sam Sample"), outcome="signposted")
    (row,) = made().journeys.to_pylist()
    assert (row["requested_on"], row["assessed_on"], row["first_paid_on"]) == (date(2026, 3, 2), None, None)


def test_nobody_waits_for_a_payment_who_will_not_have_one():
    asked(ended := person("Ash Example"))
    people.end(person=ended, because="moved", on=date(2026, 4, 6), reason="", **doing())
    asked(managed(person("Bay Example")).person)
    asked(not_eligible := person("Clover Example"))
    assessed(not_eligible, findings=NONE_UNMET)
    agreed(waits := person("Dune Example"))
    asked(waits)
    (row,) = made().journeys.to_pylist()
    assert (row["agreed_on"], row["first_paid_on"]) == (date(2026, 4, 6), None)


# The figures at the other end


def test_the_definitions_differ_by_short_term_and_commissioned_support():
    asked(paying := person("Ash Example"))
    running(paying)
    paid(paying, date(2026, 4, 9))
    arranged(person("Bay Example"), held="council_managed")
    arranged(person("Clover Example"), held="commissioned")
    arranged(person("Dune Example"), "reablement", "in_house", "short", last=date(2026, 5, 17))
    arranged(person("Elder Example", support_reason="Sensory support: Support for hearing impairment"),
             "sensory", "in_house", "short")  # fmt: skip
    arranged(person("Fern Example"), "residential")
    arranged(person("Gorse Example"), "carer", "direct_payment")
    found = made(date(2026, 9, 30))
    year = ReportingYear("2026-27").so_far(END)
    ids = ["ni130-revised", "ni130-without-reablement", "ni130-without-short-term", "ascof-3d-1a",
           "ascof-3d-2a", "days-to-first-payment-median"]  # fmt: skip
    figures = {
        one.measure: one for one in count(found.events, ids, year, journeys=found.journeys, by=("council",))
    }
    parts = {id: (one.numerator, one.denominator) for id, one in figures.items()}
    assert parts == {
        "ni130-revised": (3, 6),
        "ni130-without-reablement": (3, 5),
        "ni130-without-short-term": (3, 4),
        "ascof-3d-1a": (2, 3),
        "ascof-3d-2a": (1, 3),
        "days-to-first-payment-median": (None, 1),
    }
    assert str(figures["days-to-first-payment-median"].value) == "38.0"


def test_whoever_left_before_the_year_is_counted_at_their_age_and_a_child_never():
    had = {"held": "direct_payment", "first": date(2025, 1, 1)}
    arranged(person("Ash Example", born_on=date(1948, 5, 12)), **had)
    arranged(person("Bay Example", born_on=date(1980, 5, 12)), **had, last=date(2026, 1, 31))
    arranged(person("Clover Example", born_on=date(2012, 5, 12)), **had, last=date(2026, 1, 31))
    year = ReportingYear("2026-27").so_far(END)
    found = made(period=year)
    assert found.events.num_rows == 1, "who left has no event in the year"
    figures = count(found.events, ["local-direct-payments-growth"], year, particulars=found.particulars)
    parts = {one.group: (one.numerator, one.denominator, str(one.value)) for one in figures}
    assert parts == {"total": (1, 2, "-50.0"), "18-64": (0, 1, "-100.0"), "65+": (1, 1, "0.0")}
    births = {row["Date_of_Birth"] for row in found.particulars.to_pylist()}
    assert births == {date(1948, 5, 1), date(1980, 5, 1), date(2012, 5, 1)}


@pytest.mark.parametrize("people", [1, 4])
def test_an_extract_asks_as_often_for_many_people_as_for_one(people, django_assert_num_queries):
    for name in ("Ash", "Bay", "Clover", "Dune")[:people]:
        decide(submitted(person(f"{name} Example")))
    with django_assert_num_queries(19):
        made()


# The files


def test_the_files_say_what_they_hold_and_only_their_owner_may_open_them(tmp_path):
    arranged(person())
    found = made()
    door.write(found, tmp_path / "out")
    rows = list(csv.DictReader((tmp_path / "out/events.csv").open(encoding="utf-8")))
    assert [row["Event_Start_Date"] for row in rows] == ["06/04/2026"]
    about = json.loads((tmp_path / "out/extract.json").read_text())
    assert (about["council"], about["known_on"], about["events"]["rows"]) == ("999", "2026-09-30", 1)
    of_others = {column.name for column in AGES}
    assert about["events"]["columns"].keys() == set(found.events.column_names) - of_others
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o700
    with pytest.raises(door.FolderInUse, match="not empty"):
        door.write(found, tmp_path / "out")


def test_the_command_writes_a_year(tmp_path):
    arranged(person(), first=date(2024, 5, 1))
    answer = CliRunner().invoke(app, ["extract", str(tmp_path / "out"), "--period", "2024-25"])
    assert answer.exit_code == 0, answer.output
    assert "1 events of 1 people, as known on 31 March 2025" in answer.output
    assert (tmp_path / "out/journeys.csv").read_text().startswith("LA_Code,person_key,requested_on")


def test_no_council_no_extract():
    Council.objects.all().delete()
    with pytest.raises(door.NoCouncil):
        made()


# What a council sets itself is counted from


def particulars(what: str, on=END, **more) -> list[dict]:
    return [row for row in made(on, **more).particulars.to_pylist() if row["what"] == what]


def test_a_finished_review_leaves_its_saving_and_how_far_each_outcome_was_met_and_no_word_of_it():
    plan = running(person())
    plan.outcomes.update(serves=["g", "a"])
    finished(ready(plan, level="partly"), change="saved", change_pence_per_week=1200, why="A neighbour helps")
    (review,) = particulars("review")
    assert (review["said"], review["pence_per_week"], review["about"]) == ("saved", 1200, "plan")
    outcomes = particulars("outcome")
    assert {(row["said"], row["about"]) for row in outcomes} == {("partly", "adult:a adult:g")}
    assert particulars("outcome", on=date(2026, 5, 24)) == []
    assert "neighbour" not in str(made().particulars.to_pylist())


def test_a_plan_is_in_force_until_the_day_before_the_next_was_agreed():
    first = running(person())
    Plan.objects.filter(pk=first.pk).update(
        state="superseded", ended_on=date(2026, 7, 3), written_by="family"
    )
    later = Plan.objects.create(
        person=first.person, state="agreed", version=2, written_by="broker", started_on=date(2026, 6, 20),
        agreed_on=date(2026, 6, 25), final_pence_per_week=0, author=first.author, previous=first,
    )  # fmt: skip
    told = [(row["said"], row["first"], row["last"]) for row in particulars("plan")]
    assert told == [("family", date(2026, 4, 6), date(2026, 6, 24)), ("broker", date(2026, 6, 25), None)]
    assert [row["last"] for row in particulars("plan", on=date(2026, 6, 10))] == [None]
    Plan.objects.filter(pk=later.pk).update(agreed_on=first.agreed_on)
    assert [row["said"] for row in particulars("plan")] == ["broker"], "two on one day: the newer version"


def test_support_leaves_by_what_is_bought_and_how_it_is_held():
    arranged(person(), held="council_managed", kind="membership", last=date(2026, 8, 1))
    (row,) = particulars("support")
    assert (row["said"], row["about"], row["last"]) == ("membership", "council_managed", date(2026, 8, 1))
    year = ReportingYear("2027-28").so_far(date(2027, 5, 1))
    assert len(particulars("support", on=date(2027, 5, 1), period=year)) == 1, "it ran a year before"


def test_an_eligible_assessment_is_a_chance_to_offer_and_says_what_came_of_it():
    accepted, waiting, without, not_eligible = (
        person(f"{name} Example") for name in ("Ash", "Bay", "Clover", "Dune")
    )
    offered(assessed(accepted), answer="accepted")
    offered(assessed(waiting))
    assessed(without)
    assessed(not_eligible, findings=NONE_UNMET)
    chances = particulars("chance")
    assert sorted(row["said"] for row in chances) == ["accepted", "no_offer", "not_answered"]
    assert {(row["about"], row["first"]) for row in chances} == {("assessment", date(2026, 4, 6))}
    assert particulars("chance", on=date(2026, 4, 5)) == []


def test_an_answer_is_told_as_it_was_known_on_the_day():
    offered(assessed(person()), answer="accepted")
    Offer.objects.update(answered_on=date(2026, 5, 1))
    assert [row["said"] for row in particulars("chance", on=date(2026, 4, 30))] == ["not_answered"]
    assert [row["said"] for row in particulars("chance", on=date(2026, 5, 1))] == ["accepted"]
    Offer.objects.update(made_on=date(2026, 5, 1))
    assert [row["said"] for row in particulars("chance", on=date(2026, 4, 30))] == ["no_offer"]


def test_information_alone_is_no_offer_of_a_direct_payment():
    offered(assessed(person()), what="information")
    assert [row["said"] for row in particulars("chance")] == ["no_offer"]


def test_a_finished_review_is_a_chance_to_offer_too():
    plan = running(person())
    finished(ready(plan))
    assert "review" in {row["about"] for row in particulars("chance")}


def test_a_review_that_fell_due_says_whether_it_was_held_by_then():
    plan = running(person())
    assert particulars("review_due", on=date(2026, 5, 1)) == [], "none is due yet"
    finished(ready(plan))
    Review.objects.filter(plan=plan, kind="plan", state="done").update(due_on=date(2026, 6, 1))
    told = {row["first"]: row["said"] for row in particulars("review_due") if row["about"] == "plan"}
    assert told[date(2026, 6, 1)] == "on_time"
    Review.objects.filter(plan=plan, kind="plan", state="done").update(due_on=date(2026, 5, 24))
    told = {row["first"]: row["said"] for row in particulars("review_due") if row["about"] == "plan"}
    assert told[date(2026, 5, 24)] == "late", "held on 25 May"
    before = {row["first"]: row["said"] for row in particulars("review_due", on=date(2026, 5, 24))}
    assert before[date(2026, 5, 24)] == "not_held", "as it was known then"
    Review.objects.filter(plan=plan).update(state="cancelled")
    assert particulars("review_due") == []
