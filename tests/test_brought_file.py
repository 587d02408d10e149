"""A file that somebody brings: read once, counted, and nothing of it kept but what was found."""

from datetime import timedelta

import pytest
from bringing import LOCAL, NHS_NUMBERS, analyst, brought, faulty, read_now, reader, return_of
from django.apps import apps
from django.db import connection
from making import at, user
from returned import file_with

from wherewithal.actions import brought_file
from wherewithal.analytics.told import DEFAULT
from wherewithal.core.roles import Role
from wherewithal.extract import brought_file as reading
from wherewithal.extract.brought_file import read, waiting
from wherewithal.extract.brought_file_found import measures_of_events
from wherewithal.records.models import BroughtFile, BroughtPart

pytestmark = pytest.mark.django_db


def figure(row, measure, group="total", of="told"):
    return next(one for one in row.counted[of] if one["measure"] == measure and one["group"] == group)


def everything_kept() -> str:
    """All that the record's tables hold, as text."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_app_config("records").get_models():
            cursor.execute(f'SELECT t::text FROM "{model._meta.db_table}" t')
            found += [row[0] for row in cursor.fetchall()]
    return "\n".join(found)


def test_a_file_is_counted_by_every_definition_that_it_can_answer(db):
    row = read_now()
    assert (row.state, row.says, row.counted["people"]) == ("counted", "", 30)
    assert {one["measure"] for one in row.counted["told"]} == set(measures_of_events())
    one = figure(row, "ascof-3d-1a")
    assert (one["numerator"], one["denominator"], one["value"]) == (20, 30, "66.7")


def test_small_numbers_are_guarded_and_stand_among_those_as_counted(db):
    row = read_now(return_of(7))
    told, exact = figure(row, "ascof-3d-2a"), figure(row, "ascof-3d-2a", of="exact")
    assert (told["value"], told["status"], told["numerator"], told["denominator"]) == (None, "low", 0, 0)
    assert (exact["numerator"], exact["denominator"]) == (3, 7)
    assert row.rule == DEFAULT


def test_nothing_that_names_anybody_is_kept_of_a_file(db):
    row = read_now(faulty())
    assert row.state == "counted"
    assert not BroughtPart.objects.exists()
    kept = everything_kept()
    assert "Aa aaaa" in kept, "what is wrong with it is kept"
    assert [word for word in (*NHS_NUMBERS, "ZZ1 1AA", LOCAL, "By post") if word in kept] == []


def test_a_file_without_headings_leaves_nothing_of_its_first_person(db):
    content = faulty().split(b"\r\n", 1)[-1] if b"\r\n" in faulty() else faulty().split(b"\n", 1)[-1]
    row = read_now(content)
    assert row.state == "refused"
    kept = everything_kept()
    assert [word for word in (*NHS_NUMBERS, "ZZ1 1AA", LOCAL, "E0001") if word in kept] == []


def test_while_a_file_waits_its_bytes_are_nowhere_in_the_history(db):
    brought(faulty())
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(t::text, '') FROM records_broughtfileevent t")
        history = cursor.fetchone()[0]
    assert "return.csv" in history
    assert NHS_NUMBERS[0] not in history
    assert not any(name.startswith("BroughtPartEvent") for name in apps.all_models["records"])


def test_what_cannot_be_taken_in_is_refused_with_its_faults(db):
    row = read_now(return_of().replace(b",", b";"))
    assert row.state == "refused"
    assert row.says.startswith("The file cannot be taken in.")
    assert row.health["worst"] == "refused"
    assert (row.counted, row.stands, row.parts.count()) == (None, None, 0)


def test_a_file_that_covers_nothing_of_the_year_that_was_asked_for_is_refused_and_says_what_it_covers(db):
    row = read_now(return_of(), period="2019-20")
    assert row.state == "refused"
    assert row.says.startswith("The files cover ") and row.says.endswith("and nothing of 2019-20.")


def test_a_large_file_comes_together_from_its_parts(db, monkeypatch):
    monkeypatch.setattr(brought_file, "A_PART", 1000)
    content = return_of(60)
    row = brought(content)
    assert row.parts.count() == -(-len(content) // 1000)
    read(row.pk, by=reader(), at=at())
    row.refresh_from_db()
    assert (row.state, row.counted["people"], row.read_bytes) == ("counted", 60, len(content))


def test_nothing_is_brought_by_anybody_but_a_performance_analyst(db):
    with pytest.raises(brought_file.NotAllowed, match="names everybody"):
        brought(by=user("Mo Manager", Role.MANAGER))
    assert not BroughtFile.objects.exists()


def test_an_empty_file_and_one_that_is_too_large_are_refused(db, monkeypatch):
    with pytest.raises(brought_file.CannotBring, match="empty"):
        brought(b"")
    monkeypatch.setattr(brought_file, "largest_bytes", lambda used: 1_000_000)
    with pytest.raises(brought_file.CannotBring, match="at most 1 million"):
        brought(b"x" * 2_000_000)
    assert not BroughtFile.objects.exists()


def test_what_was_read_is_read_once(db):
    row = read_now()
    before = row.counted
    read(row.pk, by=reader(), at=at(hour=12))
    row.refresh_from_db()
    assert (row.tries, row.counted) == (1, before)


def test_a_stopped_file_is_let_go_unread(db):
    row = brought()
    brought_file.stop(file=row.pk, says="Ana Analyst stopped the reading.", by=analyst(), at=at())
    read(row.pk, by=reader(), at=at())
    row.refresh_from_db()
    assert (row.state, row.health, row.parts.count()) == ("stopped", None, 0)
    assert waiting() == []


def test_a_file_that_is_stopped_while_it_is_read_keeps_nothing(db, monkeypatch):
    row, whole = brought(), reading.cld.batches

    def stopped(path, **more):
        brought_file.stop(file=row.pk, says="Stopped.", by=analyst(), at=at())
        yield from whole(path, **more)

    monkeypatch.setattr(reading.cld, "batches", stopped)
    read(row.pk, by=reader(), at=at())
    row.refresh_from_db()
    assert (row.state, row.counted, row.health) == ("stopped", None, None)


def test_what_breaks_off_leaves_the_file_let_go_and_says_so(db, monkeypatch):
    def broken(*given, **more):
        raise MemoryError

    monkeypatch.setattr(reading.cld, "batches", broken)
    row = brought()
    with pytest.raises(MemoryError):
        read(row.pk, by=reader(), at=at())
    row.refresh_from_db()
    assert (row.state, row.parts.count()) == ("stopped", 0)
    assert "Bring it again" in row.says


def test_a_file_whose_reading_was_killed_is_read_again_and_given_up_in_the_end(db):
    row = brought()
    for _ in range(brought_file.TRIES):
        brought_file.begin(file=row.pk, by=reader(), at=at())
    assert waiting() == [row.pk]
    read(row.pk, by=reader(), at=at())
    row.refresh_from_db()
    assert (row.state, row.parts.count()) == ("stopped", 0)
    assert "broken off 3 times" in row.says


def test_a_file_that_nobody_read_within_a_day_is_let_go(db):
    old, new = brought(), brought(at=at(day=7))
    assert brought_file.let_go(by=reader(), at=at() + timedelta(hours=25)) == 1
    old.refresh_from_db()
    assert (old.state, old.parts.count()) == ("stopped", 0)
    assert waiting() == [new.pk]


def test_whoever_brought_a_file_throws_its_findings_away_and_nobody_else(db):
    row = read_now()
    with pytest.raises(brought_file.NotAllowed, match="alone can throw it away"):
        brought_file.throw_away(file=row.pk, by=user("Alf Analyst", Role.ANALYST), at=at())
    brought_file.throw_away(file=row.pk, by=analyst(), at=at())
    row.refresh_from_db()
    assert (row.state, row.health, row.counted, row.stands) == ("thrown_away", None, None, None)
    with pytest.raises(brought_file.NotAnyMore):
        brought_file.throw_away(file=row.pk, by=analyst(), at=at())


def test_a_workplace_that_a_killed_reader_left_is_cleared_and_one_in_use_is_not(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "gettempdir", lambda: str(tmp_path))
    left = tmp_path / f"{reading.WORKPLACES}left"
    left.mkdir()
    (left / "file.csv").write_text("Quillon")
    held = tmp_path / f"{reading.WORKPLACES}held"
    held.mkdir()
    with reading._held(held), reading._workplace():
        assert (left.exists(), held.exists()) == (False, True)


def test_a_file_that_names_no_period_is_counted_for_the_year_that_is_chosen(db):
    unsaid = file_with({"LA_Person_Unique_Identifier": "E1", "NHS_Number": ""})
    row = read_now(unsaid)
    assert row.state == "refused"
    assert "No row says which period the file covers" in row.says
    assert read_now(unsaid, period="2025-26").counted["people"] == 1
