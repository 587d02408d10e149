"""People on record: registered once, changed with a reason, helped, ended; never merged silently."""

from datetime import date

import pytest
from making import at, person, team, user

from wherewithal.actions import circle
from wherewithal.actions import person as people
from wherewithal.core.person import NotThatDay
from wherewithal.core.roles import Role
from wherewithal.formats.contact import NotAnNhsNumber
from wherewithal.records.models import Person, Representation

pytestmark = pytest.mark.django_db


@pytest.fixture
def wren(db):
    return user("Wren Worker", Role.PRACTITIONER, in_team=team())


def register(wren, **details):
    made = {"given_name": "Pat", "family_name": "Example", "born_on": date(1948, 5, 12)} | details
    return people.register(by=wren, at=at(), team=team(), **made)


def events(of: Person):
    return list(of.events.order_by("pgh_id"))


def test_somebody_new_gets_a_reference_and_is_kept_in_one_spelling(wren):
    pat = register(wren, nhs_number="943 476 5919", postcode="ex11aa", telephone="(0117) 4960123")
    assert pat.ref == f"EX{10000 + pat.pk}"
    assert (pat.nhs_number, pat.postcode, pat.telephone) == ("9434765919", "EX1 1AA", "0117 496 0123")
    assert pat.registered_on == date(2026, 4, 6)
    assert "exa" in pat.name_grams


def test_the_audit_keeps_the_verb_and_who(wren):
    context = events(register(wren))[0].pgh_context
    assert (context["verb"], context["by_name"]) == ("register person", "Wren Worker")


def test_a_likely_duplicate_is_shown_before_anything_is_saved(wren):
    first = register(wren)
    with pytest.raises(people.LooksLikeSomebody) as refused:
        register(wren, given_name="Patt")
    assert [one.person for one in refused.value.alike] == [first]
    assert first.ref in refused.value.says
    assert Person.objects.count() == 1


def test_somebody_new_beside_a_likely_duplicate_is_saved_and_the_choice_is_kept(wren):
    first = register(wren)
    second = register(wren, given_name="Patt", not_these=[first.ref])
    assert second.pk != first.pk
    assert events(second)[0].pgh_context["looked_at"] == [first.ref]


def test_an_nhs_number_belongs_to_one_person(wren):
    register(wren, nhs_number="9434765919")
    with pytest.raises(people.NhsNumberTaken, match="EX"):
        register(wren, given_name="Robin", family_name="Other", nhs_number="943 476 5919")


@pytest.mark.parametrize(
    "details, refusal, field",
    [
        ({"family_name": " "}, people.NoName, "family_name"),
        ({"born_on": date(2026, 4, 7)}, NotThatDay, "born_on"),
        ({"born_on": date(1848, 5, 12)}, NotThatDay, "born_on"),
        ({"nhs_number": "943 476 5918"}, NotAnNhsNumber, "nhs_number"),
        ({"support_reason": "Old age"}, people.NotAWord, "support_reason"),
    ],
)
def test_a_detail_that_cannot_be_is_refused_at_its_field(wren, details, refusal, field):
    with pytest.raises(refusal) as refused:
        register(wren, **details)
    assert refused.value.field == field


def test_a_change_keeps_only_what_changed_and_why(wren):
    pat = register(wren)
    changed = people.change(
        person=pat, reason="Told us by phone", by=wren, at=at(day=7), known_as="Patch", sex="unknown"
    )
    assert changed == ("known_as",)
    last = events(pat)[-1]
    assert (last.known_as, last.pgh_context["why"]) == ("Patch", "Told us by phone")
    pat.refresh_from_db()
    assert "patch" not in pat.name_grams
    assert "pat" in pat.name_grams
    assert "tch" in pat.name_grams


def test_a_change_that_changes_nothing_or_says_no_reason_is_refused(wren):
    pat = register(wren)
    with pytest.raises(people.NothingChanged):
        people.change(person=pat, reason="A look", by=wren, at=at(), given_name="Pat ")
    with pytest.raises(people.NoReason):
        people.change(person=pat, reason=" ", by=wren, at=at(), given_name="Patricia")


def test_a_worker_is_somebody_whose_role_carries_the_work(wren):
    pat = register(wren)
    people.assign(person=pat, team=team("South"), worker=wren, by=wren, at=at())
    pat.refresh_from_db()
    assert (pat.team.name, pat.worker) == ("South", wren)
    with pytest.raises(people.NotInThatRole):
        people.assign(person=pat, team=team(), broker=wren, by=wren, at=at())


def test_a_record_ends_once_and_can_be_opened_again(wren):
    pat = register(wren)
    ended = people.end(person=pat, on=date(2026, 4, 1), because=Person.EndReason.MOVED, by=wren, at=at())
    assert (ended.state, ended.ended_on) == ("ended", date(2026, 4, 1))
    with pytest.raises(people.EndedAlready):
        people.end(person=pat, on=date(2026, 4, 2), because=Person.EndReason.DIED, by=wren, at=at())
    assert people.reopen(person=pat, reason="Came back", by=wren, at=at(day=8)).state == "known"


def test_a_record_cannot_end_tomorrow(wren):
    with pytest.raises(NotThatDay):
        people.end(
            person=register(wren), on=date(2026, 4, 7), because=Person.EndReason.DIED, by=wren, at=at()
        )


def test_a_carer_is_a_person_in_their_own_right(wren):
    pat, sam = register(wren), person("Sam Carer", born_on=date(1975, 2, 3))
    link = circle.link_carer(
        person=pat, carer=sam, relationship="daughter", hours_a_week=30, by=wren, at=at()
    )
    assert list(pat.carers.all()) == [link]
    for carer in (pat, sam):
        with pytest.raises(circle.NotTheirCarer):
            circle.link_carer(person=pat, carer=carer, relationship="daughter", by=wren, at=at())
    circle.end_caring(caring=link, reason="Moved away", by=wren, at=at(day=9))
    link.refresh_from_db()
    assert link.until == date(2026, 4, 9)
    with pytest.raises(circle.TieEnded):
        circle.end_caring(caring=link, reason="Again", by=wren, at=at(day=9))


def test_one_representative_holds_the_money_at_a_time(wren):
    pat = register(wren)

    def name(who: str, **rest):
        return circle.name_representative(
            person=pat, kind=Representation.Kind.NOMINATED, name=who, by=wren, at=at(), **rest
        )

    robin = name("Robin Helper")
    with pytest.raises(circle.MoneyHeldAlready, match="Robin Helper"):
        name("Ash Other")
    name("Ash Other", holds_money=False)
    circle.end_representation(representation=robin, reason="Asked to stop", by=wren, at=at())
    assert name("Jo Third").holds_money


def test_a_relation_in_the_household_is_one_of_the_policy(wren):
    pat = register(wren)
    made = circle.add_household(person=pat, name="Lee Example", relation="child", by=wren, at=at())
    assert made.same_household
    with pytest.raises(circle.NotARelation):
        circle.add_household(person=pat, name="Lee Example", relation="lodger", by=wren, at=at())
