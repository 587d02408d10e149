"""The 2011 survey once more: what the true path prints, and that a stranger finds nothing wrong with it."""

from datetime import UTC, date, datetime

import pytest

from wherewithal.analytics import claims
from wherewithal.analytics.claims.bases import Base
from wherewithal.analytics.report.holding import checklist
from wherewithal.formats.document import read
from wherewithal.formats.report import release
from wherewithal.simulate.report_2011 import told


@pytest.fixture(scope="module")
def made():
    return told(on=date(2026, 11, 28), embargo=datetime(2026, 12, 1, 0, 1, tzinfo=UTC))


def test_what_2011_printed_wrongly_is_printed_rightly(made):
    said = " ".join([made.report.headline, *made.report.summary])
    assert "152 councils were invited and 58 took part, a response rate of 38%" in said
    assert "55 of 58 councils that took part (95%) say they are on target" in said
    types = next(table for table in made.report.tables() if table.name == "by_type")
    assert types.rows[-1] == ("Total", "152", "58")
    assert sum(int(row[2]) for row in types.rows[:-1]) == 58
    assert "not like the field" in types.notes[0]


def test_only_what_few_said_waits_for_a_second_person(made):
    faults = {check.name: check.faults for check in checklist(made.report, made.counted)}
    small = faults.pop("Small numbers")
    assert not any(faults.values()), faults
    assert "“Sure of who is counted”, “No”: 1 of 58." in small


def test_the_claim_checker_finds_nothing_in_the_page_that_was_built(made, tmp_path):
    path = tmp_path / "report.html"
    path.write_bytes(release.build(made.report).files["report.html"])
    found = claims.check(read(path), [Base(58, "councils that took part", "given")])
    assert [fault.why for fault in found.faults] == []
    assert len([share for share in found.shares if share.count is not None]) >= 15


def test_every_file_says_that_the_replies_are_made_up(made):
    assert made.report.made_up.startswith("Made up")
