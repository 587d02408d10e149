"""A release is built when everything holds, stays as it is, and is corrected by a version more."""

import hashlib
import json
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
import surveying
from coding_by import coders
from django.db import Error, transaction
from making import at
from releasing import DEFINITION, EMBARGO, closed, look_at_all, released, telling, written
from typer.testing import CliRunner

from wherewithal.actions import release as actions
from wherewithal.actions import survey_invite, survey_seal
from wherewithal.cli import app
from wherewithal.core.release import CannotRelease
from wherewithal.extract.release import release as build
from wherewithal.records.models import EarlyReader, Release, ReleaseFile, Wave
from wherewithal.records.release import is_public, public_releases

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def surveys(lasting):
    """One that is closed and of which nobody has written, and one whose report is released."""
    return closed().pk, released(written(closed(title="Released"))).pk


@pytest.fixture
def wave(surveys):
    return Wave.objects.get(pk=surveys[0])


@pytest.fixture
def made(surveys):
    return Release.objects.get(pk=surveys[1])


def doing(by=None, moment=None) -> dict:
    return {"by": by or coders()[0], "at": moment or at(2026, 6, 2)}


def test_every_file_is_kept_under_one_hash_and_the_wave_takes_no_more_answers(made):
    assert [one.name for one in made.files.all()] == [
        "report.pdf", "report.docx", "report.html", "tables.ods", "press-notice.docx"
    ]  # fmt: skip
    assert all(bytes(one.content) and one.size == len(one.content) for one in made.files.all())
    assert made.content["headline"] == "8 of 8 councils that answered this (100%) give everybody a budget"
    said = json.dumps(made.content, sort_keys=True, ensure_ascii=False)
    assert made.content_hash == hashlib.sha256(said.encode()).hexdigest()
    assert Wave.objects.get(pk=made.wave_id).state == "released"
    assert made.embargo_until == EMBARGO


def test_the_checklist_stops_it_and_says_why(wave):
    wave = written(wave)
    with pytest.raises(CannotRelease, match="Small numbers: “Who offers brokerage"):
        build(telling=telling(wave), changed="", by=coders()[0])
    assert not wave.releases.exists()


def test_who_builds_it_does_not_look_for_themselves(wave):
    wave = written(wave)
    look_at_all(wave, coders()[0])
    with pytest.raises(CannotRelease, match="Small numbers"):
        build(telling=telling(wave), changed="", by=coders()[0])
    assert build(telling=telling(wave), changed="", by=coders()[1]).version == 1


def test_an_open_wave_and_a_report_that_nobody_wrote_are_not_released(wave):
    look_at_all(wave, coders()[1])
    with pytest.raises(CannotRelease, match="was changed while it was built"):
        build(telling=telling(wave), changed="", by=coders()[0])
    Wave.objects.filter(pk=wave.pk).update(state="open")
    with pytest.raises(CannotRelease, match="not closed yet"):
        build(telling=telling(written(wave)), changed="", by=coders()[0])


def test_a_sentence_that_does_not_hold_stops_it(wave):
    wave = written(wave, replace(DEFINITION, summary=("{word half budgets=yes} do.",)))
    with pytest.raises(CannotRelease, match="“half” stands on 8 of 8"):
        build(telling=telling(wave), changed="", by=coders()[0])


def test_a_correction_says_what_it_corrects_and_changes_something(made):
    wave = made.wave
    with pytest.raises(CannotRelease, match="Say what this version corrects"):
        released(wave)
    with pytest.raises(CannotRelease, match="Nothing would change"):
        released(wave, "The same again")
    written(wave, replace(DEFINITION, title="Budgets of 2026"))
    second = released(wave, "The title named no year")
    assert (second.version, second.changed) == (2, "The title named no year")
    assert second.content["corrects"] == "The title named no year"
    assert [one.version for one in wave.releases.all()] == [2, 1]


def test_before_the_embargo_ends_nothing_is_public_and_a_replaced_version_never_is(made):
    wave = made.wave
    written(wave, replace(DEFINITION, title="Budgets of 2026"))
    released(wave, "The title named no year")
    assert not is_public(wave, at(2126, 11, 30))
    assert [one.version for one in public_releases(wave, EMBARGO)] == [2]


def test_after_it_a_correction_is_public_at_once_beside_what_it_corrects(made):
    wave = made.wave
    written(wave, replace(DEFINITION, title="Budgets of 2026"))
    later = at(2126, 12, 9)
    second = released(wave, "The title named no year", moment=later)
    assert second.embargo_until is None
    assert [one.version for one in public_releases(wave, later)] == [2, 1]


def test_who_built_it_and_who_is_named_read_it_early_and_each_look_is_kept(made):
    sky = coders()[1]
    assert [one.user for one in made.wave.early_readers.all()] == [coders()[0]]
    actions.name_reader(wave=made.wave, email=sky.email.upper(), why="Briefs the director", **doing())
    actions.look(release=made, what="report.pdf", **doing(sky))
    assert [(one.user, one.what) for one in made.early_looks.all()] == [(sky, "report.pdf")]
    actions.take_off_reader(reader=EarlyReader.objects.get(user=sky), **doing())
    assert made.early_looks.count() == 1, "what was opened stays on record"
    with pytest.raises(actions.NotNamed, match="Nobody here signs in"):
        actions.name_reader(wave=made.wave, email="nobody@example.org", why="?", **doing())


def test_an_embargo_is_to_come_and_is_not_set_again_once_it_is_over(wave):
    wave = written(wave)
    with pytest.raises(actions.BadEmbargo, match="a time to come"):
        actions.set_embargo(wave=wave, until=at(2026, 6, 1), **doing())
    actions.set_embargo(wave=wave, until=at(2026, 7, 1), **doing())
    made = released(wave)
    assert made.embargo_until == at(2026, 7, 1)
    with pytest.raises(actions.BadEmbargo, match="public already"):
        actions.set_embargo(wave=wave, until=at(2027, 1, 1), **doing(moment=at(2026, 7, 2)))


def test_an_embargo_that_was_moved_holds_once_it_is_built_again(made):
    actions.set_embargo(wave=made.wave, until=EMBARGO + timedelta(days=9), **doing())
    assert [one.version for one in public_releases(made.wave, EMBARGO)] == [1]
    second = released(made.wave, "It comes nine days later")
    assert second.embargo_until == EMBARGO + timedelta(days=9)
    assert public_releases(made.wave, EMBARGO) == []
    assert [one.version for one in public_releases(made.wave, EMBARGO + timedelta(days=9))] == [2]
    with pytest.raises(CannotRelease, match="says what version 2 says"):
        released(made.wave, "Nothing")


def test_what_was_released_is_changed_by_nobody(made):
    file = made.files.first()
    for change in (
        lambda: type(made).objects.filter(pk=made.pk).update(changed="x"),
        lambda: ReleaseFile.objects.filter(pk=file.pk).update(content=b""),
        lambda: file.delete(),
        lambda: (
            made.early_looks.create(user=coders()[0], at=at(), what="x") and made.early_looks.all().delete()
        ),
    ):
        with pytest.raises(Error), transaction.atomic():
            change()


def test_the_command_writes_what_is_public_and_nothing_before(tmp_path, monkeypatch, made):
    run = partial(CliRunner().invoke, app, catch_exceptions=True)
    early = run(["release", made.wave.slug, str(tmp_path / "early")])
    assert "public from 1 December 2126, 00:00" in str(early.exception)
    assert not (tmp_path / "early").exists()
    monkeypatch.setattr("django.utils.timezone.now", lambda: EMBARGO)
    assert run(["release", made.wave.slug, str(tmp_path / "out")]).exit_code == 0
    lines = (tmp_path / "out" / "hashes.txt").read_text().splitlines()
    assert lines[0] == f"{made.content_hash}  content"
    for line in lines[1:]:
        sha, name = line.split("  ")
        assert hashlib.sha256((tmp_path / "out" / name).read_bytes()).hexdigest() == sha
    unknown = run(["release", made.wave.slug, str(tmp_path / "two"), "--version", "2"])
    assert "There is no public version 2. There are: 1." in str(unknown.exception)


def test_a_correction_gives_away_no_few_beside_the_version_before():
    wave, _ = surveying.opened(title="Of staff", unit="staff", embargo_until=EMBARGO)
    staff = [survey_invite.Addressee(f"{one:02}", f"s{one}@example.org") for one in range(24)]
    survey_invite.give_addresses(wave=wave, addresses=staff, **surveying.doing())
    for number in range(24):
        surveying.answer(surveying.one_of(wave, number), brokerage="own" if number < 12 else "none")
    wave = written(survey_seal.close(wave=wave, **surveying.doing(surveying.LATE)))
    first = released(wave)
    before = [[*key, 11 if key[3] == "=own" else count] for *key, count in first.shown]
    Release.objects.create(
        wave=wave, version=2, content=first.content | {"title": "Before"}, content_hash="0" * 64,
        shown=before, changed="Somebody moved", built_by=coders()[0], built_at=at(2026, 6, 3),
    )  # fmt: skip
    with pytest.raises(
        CannotRelease, match=r"Beside the version before: “Who offers .*“Own”: 1 more than before"
    ):
        released(wave, "Moved back")
