"""``wherewithal cld submission``: the file, whoever makes it, and what changed."""

import hashlib
import json
from datetime import date

import pytest
from making import council, person, user
from test_submission import analyst, supports
from typer.testing import CliRunner

from wherewithal.actions.submission import NotAllowed
from wherewithal.cli import app
from wherewithal.core.refusal import Refusal
from wherewithal.core.roles import Role
from wherewithal.records.models import Submission

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def exampleshire(db):
    return council()


def run(*words: str):
    return CliRunner().invoke(app, ["cld", "submission", *words], catch_exceptions=True)


def by(who, reason="The quarter’s return") -> list[str]:
    return ["--by", who.email, "--reason", reason]


def test_it_writes_the_file_for_its_owner_alone_and_says_its_hash(tmp_path):
    supports(person())
    out = tmp_path / "return.csv"
    answer = run(str(out), *by(analyst()))
    assert answer.exit_code == 0, answer.output
    made = Submission.objects.get()
    assert hashlib.sha256(out.read_bytes()).hexdigest() == made.sha256
    assert made.sha256 in answer.output
    assert "1 rows of 1 people" in answer.output
    assert out.stat().st_mode & 0o777 == 0o600
    assert (str(made.made_by), made.reason) == ("Ana Analyst", "The quarter’s return")


def test_an_earlier_quarter_is_named_by_its_last_day(tmp_path):
    supports(person(), first=date(2025, 5, 1))
    assert run(str(tmp_path / "a.csv"), *by(analyst()), "--to", "2025-06-30").exit_code == 0
    assert Submission.objects.get().first == date(2024, 7, 1)


def test_what_changed_is_told_for_machines_too(tmp_path):
    supports(person())
    run(str(tmp_path / "a.csv"), *by(analyst()))
    supports(person("Ash Example"))
    answer = run(str(tmp_path / "b.csv"), *by(analyst()), "--format", "json")
    (change,) = json.loads(answer.stdout)
    assert (change["event"], change["what happened"], change["rows"]) == ("Service", "new", "1")


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ADMINISTRATOR, Role.AUDITOR])
def test_nobody_else_makes_one_and_no_file_is_left(tmp_path, role):
    answer = run(str(tmp_path / "a.csv"), *by(user("Sam Somebody", role)))
    assert isinstance(answer.exception, NotAllowed)
    assert not (tmp_path / "a.csv").exists()
    assert not Submission.objects.exists()


def test_whoever_is_not_on_record_makes_none(tmp_path):
    answer = run(str(tmp_path / "a.csv"), "--by", "nobody@example.org", "--reason", "x")
    assert isinstance(answer.exception, Refusal)
    assert "Nobody signs in here as “nobody@example.org”" in answer.exception.says


def test_a_file_that_is_there_is_left_as_it_is_and_nothing_is_made(tmp_path):
    (tmp_path / "a.csv").write_text("mine")
    answer = run(str(tmp_path / "a.csv"), *by(analyst()))
    assert "is there already" in answer.exception.says
    assert (tmp_path / "a.csv").read_text() == "mine"
    assert not Submission.objects.exists()
