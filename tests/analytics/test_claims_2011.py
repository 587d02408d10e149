"""The claim checker on five real documents: a survey report of 2011, its press notice and three articles."""

from pathlib import Path

import pytest
from samples import SEEDS

from wherewithal.analytics import claims
from wherewithal.analytics.claims.bases import Base
from wherewithal.formats.document import read

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason=f"the documents of 2011 are not at {SEEDS}")


def reading(number: str, *given: Base) -> claims.Reading:
    (path,) = SEEDS.glob(f"{number}_*.txt")
    return claims.check(read(Path(path)), given)


def faults(number: str, *given: Base) -> list[tuple[str, str]]:
    return [(fault.kind, fault.place) for fault in reading(number, *given).faults]


def test_the_report_has_the_seven_faults_that_readers_found_and_no_false_alarm():
    assert faults("001") == [
        ("percentage", "line 170"),  # 58 of 152 as 33%
        ("percentage", "line 215"),  # 55 as 97%
        ("fraction", "line 484"),  # a third (16)
        ("sum", "line 197"),  # types that add to 68
        ("parts", "line 468"),  # the parts of section 4.5
        ("answered", "line 866"),  # 13 less 1 against eight
        ("two values", "line 215"),  # 97% and 95% for 55 of 58
    ]


def test_the_bases_of_the_report_are_told_apart():
    bases = reading("001").bases
    assert (bases.invited.value, bases.cohort.value) == (152, 58)
    assert {base.value for base in bases.all} == {152, 132, 58, 57, 8}


def test_each_fault_says_which_base_would_fit():
    says = {fault.place + fault.kind: fault.why for fault in reading("001").faults}
    assert "33% of 152 would be 50" in says["line 170percentage"]
    assert "No whole number has 55 as 97% of it" in says["line 215percentage"]
    assert "46 to 51. 51 would be 58 (responses) less the 7 who did not answer" in says["line 484fraction"]
    assert "One part of 10 may be counted twice" in says["line 197sum"]
    assert "leaves 42" in says["line 468parts"]
    assert "13 less the 1 who did not is 12" in says["line 866answered"]


def test_every_share_with_a_count_fits_a_base_or_is_a_fault():
    found = reading("001")
    wrong = {fault.place for fault in found.faults}
    for share in found.shares:
        fits = [base for base in found.bases.near(share.section) if share.fits(base.value)]
        assert fits or share.sentence.place in wrong, share.sentence.text
    assert len(found.shares) == 26


@pytest.mark.parametrize("number", ["000", "002", "003", "004"])
def test_the_press_alone_gives_no_false_alarm(number):
    assert faults(number) == []


@pytest.mark.parametrize("number", ["000", "002"])
def test_told_the_base_the_press_on_this_survey_still_gives_none(number):
    assert faults(number, Base(58, "respondents", "given")) == []


def test_a_base_that_is_not_the_documents_own_is_noticed():
    assert faults("004", Base(58, "respondents", "given")) == [("percentage", "line 15")]  # 39% of 58


def test_in_the_press_the_base_widens_from_respondents_to_councils():
    changed = {(fault.kind, fault.place) for fault in claims.compare(reading("001"), reading("002"))}
    assert changed == {
        ("base widened", "line 7"),  # 97% of authorities
        ("base widened", "line 9"),  # 40% of councils
        ("limit dropped", "line 9"),  # "60% or above" became "60%"
    }


def test_the_press_notice_loses_the_base_and_the_unrelated_articles_change_nothing():
    kinds = [fault.kind for fault in claims.compare(reading("001"), reading("000"))]
    assert kinds == ["base lost", "base widened", "base lost"]
    assert claims.compare(reading("001"), reading("003")) == []
    assert claims.compare(reading("001"), reading("004")) == []
