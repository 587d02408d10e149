"""Every column of the record is decided upon in personal_data.toml, and the code does as it says."""

import tomllib
from datetime import date
from pathlib import Path

import pytest
from django.apps import apps

from wherewithal.analytics.schema import EVENTS, JOURNEYS, PARTICULARS
from wherewithal.core.roles import MAY, READS_PEOPLE, THEMSELVES, Role
from wherewithal.extract.submission import _identities

DECIDED = tomllib.loads((Path(__file__).parent / "personal_data.toml").read_text())
KINDS = ("identifies", "about", "numbered", "staff", "other")
REST = {"shown_to", "extract", "submission", "not_in_audit", "no_audit"}
# Columns of such a name tell who somebody is, or how to find them, wherever they stand.
TELLING = {
    "ref", "name", "given_name", "family_name", "known_as", "born_on", "nhs_number", "address", "postcode",
    "telephone", "email", "payee_name", "sort_code", "account_number", "card", "person", "carer", "cared_for",
    "supplier",
}  # fmt: skip
MODELS = {model.__name__: model for model in apps.get_app_config("records").get_models()}
NOUNS = {name: model for name, model in MODELS.items() if not name.endswith("Event")}


def columns(model) -> set[str]:
    return {field.name for field in model._meta.concrete_fields}


def decided(noun: str) -> list[str]:
    return [column for kind in KINDS for column in DECIDED[noun].get(kind, [])]


def test_every_noun_is_decided_upon():
    assert sorted(DECIDED) == sorted(NOUNS)


@pytest.mark.parametrize("noun", NOUNS)
def test_every_column_is_decided_upon_once(noun):
    assert sorted(decided(noun)) == sorted(columns(NOUNS[noun]))
    assert DECIDED[noun].keys() <= {*KINDS, *REST}


@pytest.mark.parametrize("noun", NOUNS)
def test_a_column_that_tells_who_somebody_is_is_called_so(noun):
    """A council, its door, a team and a file have a name, and are nobody."""
    told = TELLING & columns(NOUNS[noun])
    if noun in ("Council", "Door", "Team", "ReleaseFile"):
        told -= {"name"}
    assert told <= {*DECIDED[noun].get("identifies", []), *DECIDED[noun].get("staff", [])}


@pytest.mark.parametrize("noun", NOUNS)
def test_what_tells_who_somebody_is_never_leaves_as_it_is(noun):
    leaves = DECIDED[noun].get("extract", {})
    assert leaves.keys() <= set(decided(noun))
    told = [column for column in DECIDED[noun].get("identifies", []) if column in leaves]
    assert [column for column in told if leaves[column].startswith("as it is")] == []


@pytest.mark.django_db
def test_what_names_somebody_in_a_submission_is_decided_upon_and_one_role_makes_it():
    """Nothing else that tells who somebody is leaves as it is; the extract's columns are the same in both."""
    who = {"ref": "XX9", "nhs_number": "9990000018", "born_on": date(1948, 5, 12), "postcode": "ZZ1 1AA",
           "given_name": "Quillon", "family_name": "Featherstoneby", "known_as": "Quilly",
           "address": "17 Makebelieve Avenue", "telephone": "01632 960123", "email": "q@x.org"}  # fmt: skip
    MODELS["Person"].objects.create(**who, registered_on=date(2026, 1, 1))
    said = next(iter(_identities(date(2026, 6, 1)).values())).values()
    leaves = {name for name, value in who.items() if value in said}
    assert leaves == DECIDED["Person"]["submission"].keys()
    assert MAY["submission.make"] == {Role.ANALYST}


def test_no_column_of_the_extract_tells_who_somebody_is():
    names = {column.name.lower() for column in (*EVENTS, *JOURNEYS, *PARTICULARS)}
    telling = (
        "nhs",
        "postcode",
        "unique_identifier",
        "name",
        "address",
        "linked_person",
        "reference",
        "description",
    )
    assert [name for name in names if any(word in name for word in telling)] == []


@pytest.mark.parametrize("noun", [noun for noun, kinds in DECIDED.items() if kinds.get("numbered")])
def test_no_key_leads_from_a_number_to_a_person(noun):
    assert not {"identifies", "about", "staff"} & DECIDED[noun].keys()
    led_to = {field.related_model.__name__ for field in NOUNS[noun]._meta.get_fields() if field.is_relation}
    assert led_to
    assert [other for other in led_to if {"identifies", "about"} & DECIDED[other].keys()] == []


@pytest.mark.parametrize("noun", NOUNS)
def test_the_history_of_changes_leaves_out_what_is_said_and_no_more(noun):
    history = MODELS.get(f"{noun}Event")
    assert (history is None) == ("no_audit" in DECIDED[noun])
    if history is not None:
        left_out = columns(NOUNS[noun]) - columns(history)
        assert left_out == DECIDED[noun].get("not_in_audit", {}).keys()


@pytest.mark.parametrize("noun", NOUNS)
def test_a_person_is_shown_only_to_those_who_work_with_people(noun):
    """An administrator, an analyst, a commissioner or a surveyor opens nobody's record. Members of staff are
    known to the administrator, who lets them in, whoever answers for a council to the surveyor, and who made
    a submission to the analyst.
    """
    decision = DECIDED[noun]
    shown_to = {role for permission in decision.get("shown_to", []) for role in MAY[permission]}
    if decision.get("identifies") or decision.get("about"):
        assert shown_to <= READS_PEOPLE | THEMSELVES
    if decision.get("staff") and not decision.get("identifies"):
        assert shown_to <= READS_PEOPLE | THEMSELVES | {Role.ADMINISTRATOR, Role.SURVEYOR, Role.ANALYST}


def test_an_auditor_may_change_nothing():
    seen = {permission for permission, roles in MAY.items() if Role.AUDITOR in roles}
    assert {permission.split(".")[1] for permission in seen} <= {"see", "find", "history"}
