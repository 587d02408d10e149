"""When a version of a report may be read, and what a later one changed."""

from dataclasses import dataclass
from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st
from making import at

from wherewithal.core import release
from wherewithal.core.report import Bullets, Paragraph, Report, Section, Table

EMBARGO = at(2026, 12, 1)


@dataclass(frozen=True)
class Built:
    version: int
    built_at: datetime
    embargo_until: datetime | None = None


def public(*versions: Built, on: datetime) -> list[int]:
    return [one.version for one in release.public(versions, on)]


def test_before_the_embargo_ends_nothing_is_public_and_at_it_the_newest_is():
    first = Built(1, at(2026, 11, 1), EMBARGO)
    assert public(first, on=at(2026, 11, 30)) == []
    assert public(first, on=EMBARGO) == [1]


def test_a_version_that_was_replaced_before_was_never_public():
    first, second = Built(1, at(2026, 11, 1), EMBARGO), Built(2, at(2026, 11, 20), EMBARGO)
    assert public(first, second, on=at(2026, 12, 2)) == [2]


def test_a_correction_after_it_stands_beside_the_version_that_it_corrects():
    first, second = Built(1, at(2026, 11, 1), EMBARGO), Built(2, at(2026, 12, 5))
    assert public(first, second, on=at(2026, 12, 4)) == [1]
    assert public(first, second, on=at(2026, 12, 5)) == [2, 1]


@given(
    st.lists(st.tuples(st.integers(1, 20), st.none() | st.integers(1, 25)), max_size=5), st.integers(1, 28)
)
def test_what_is_public_stays_public_until_the_end(rows, day):
    built = sorted(rows, key=lambda row: row[0])
    versions = [
        Built(number, at(2026, 10, made), held and at(2026, 10, held))
        for number, (made, held) in enumerate(built, 1)
    ]
    now, later = public(*versions, on=at(2026, 10, day)), public(*versions, on=at(2026, 11, 28))
    assert set(now) <= set(later)
    assert not versions or later[0] == len(versions), "the newest is public in the end"


def report(headline="58 took part", says="Most do.", count="55", title="Plans", more=()) -> dict:
    table = Table("plan", "A plan", ("Answer", "Councils"), (("Yes", count), ("No", "3")))
    sections = (Section(title, (Paragraph(says), table)), *more)
    made = Report(title="R", publisher="P", version="1", published_on=date(2026, 11, 1), embargo=EMBARGO,
                  headline=headline, summary=("One.",), sections=sections)  # fmt: skip
    return release.content(made)


def test_what_changed_is_told_sentence_by_sentence_and_row_by_row():
    more = (Section("Next", (Bullets(("Ask again.",)),)),)
    found = release.changes(report(), report(headline="59 took part", count="56", more=more))
    assert [(one.where, one.before, one.now) for one in found] == [
        ("Headline", "58 took part", "59 took part"),
        ("1. Plans, “A plan”, “Yes”", "55", "56"),
        ("2. Next", "", "Ask again."),
    ]


def test_a_section_that_is_gone_is_told_with_what_it_said():
    found = release.changes(report(), report(title="Others"))
    assert ("Plans", "Most do.", "") in [(one.where, one.before, one.now) for one in found]
    assert ("Plans, “A plan”, “Yes”", "55", "") in [(one.where, one.before, one.now) for one in found]


def test_two_versions_say_the_same_whatever_their_times():
    before = report()
    assert release.says_the_same(before, before | {"version": "2", "published_on": "2027-01-01"})
    assert not release.says_the_same(before, report(says="Some do."))
