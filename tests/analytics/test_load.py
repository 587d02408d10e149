"""Files become one events table: the submission that counts, a number a person, nothing that names them."""

from collections import Counter
from datetime import date, timedelta

import ibis
import pyarrow as pa
import pytest

from wherewithal.analytics import identity, load
from wherewithal.analytics.load import NothingToCount, loaded
from wherewithal.analytics.schema import AGES, EVENTS
from wherewithal.analytics.submissions import Submission, chosen, submissions
from wherewithal.analytics.year import ReportingYear

YEAR = ReportingYear("2024-25")


def row(nhs: str | None, own: str | None, **more: object) -> dict[str, object]:
    return {
        "LA_Code": "999", "NHS_Number": nhs, "LA_Person_Unique_Identifier": own, "Event_Type": "Service",
        "Event_Start_Date": date(2024, 5, 1), "Date_of_Birth": date(1950, 6, 17),
        "Event_Description": "Rang on Tuesday", "Reporting_Period_Start_Date": date(2024, 4, 1),
        "Reporting_Period_End_Date": date(2025, 3, 31), **more,
    }  # fmt: skip


def counted(*files: list[dict[str, object]], period: ReportingYear | None = None) -> tuple[list, load.Loaded]:
    with loaded([pa.Table.from_pylist(rows).to_batches() for rows in files], period=period) as found:
        return found.connection.to_pyarrow(found.events).to_pylist(), found


def test_a_person_is_their_nhs_number_else_the_councils_unless_it_could_be_anybodys():
    rows, found = counted([
        row("999 000 0018", None),
        row("9990000018", "456"),
        row(None, "456"),
        row(None, "789"),
        row(None, " 789"),
    ])  # fmt: skip
    assert sorted(Counter(one["person_key"] for one in rows).values()) == [2, 2]
    assert (found.people, found.rows, found.left_out) == (2, 4, 1)


def test_a_row_without_any_number_is_left_out_and_counted():
    _, found = counted([row(None, None), row("", "  "), row("123", None)])
    assert (found.people, found.left_out) == (1, 2)


def test_a_file_of_nobody_is_refused():
    with pytest.raises(NothingToCount, match="needs an NHS number or the council’s own"):
        counted([row(None, None)])


def test_two_councils_may_use_one_number_for_two_people():
    rows, found = counted([row(None, "7"), row(None, "7", LA_Code="998")])
    assert len({one["person_key"] for one in rows}) == found.people == 2


def test_the_events_hold_the_month_of_birth_and_nothing_that_names_anybody():
    [one], _ = counted([row("123", "456")])
    assert list(one) == [column.name for column in EVENTS if column not in AGES]
    assert one["Date_of_Birth"] == date(1950, 6, 1)


def test_the_events_hold_age_groups_where_a_source_tells_them():
    rows, _ = counted([row("123", "456", Age_From=75, Age_To=84), row("124", "457")])
    assert sorted((one["Age_From"] or 0, one["Age_To"] or 0) for one in rows) == [(0, 0), (75, 84)]


def test_numbers_are_made_anew_for_each_load():
    (first, _), (second, _) = counted([row("123", "456")]), counted([row("123", "456")])
    assert first[0]["person_key"] != second[0]["person_key"]


def test_people_who_share_a_number_are_numbered_again_and_never_counted_as_one(monkeypatch):
    # Two people share a number the first time alone, as once in a long while two really do.
    times = iter(range(load.TRIES))

    def of_two(rows, in_doubt, salt):
        found = identity.identified(rows, in_doubt, salt)
        return found.mutate(person_key=found.person_key * 0) if next(times) == 0 else found

    monkeypatch.setattr(load, "identified", of_two)
    _, found = counted([row("123", None), row("456", None)])
    assert found.people == 2
    assert next(times) == 2


def test_the_last_submission_that_covers_the_year_is_counted():
    whole = [row("1", None)]
    again = [row("1", None), row("2", None)]
    later = [
        {**row(str(number), None), "Reporting_Period_Start_Date": date(2024, 7, 1),
         "Reporting_Period_End_Date": date(2025, 6, 30)}
        for number in range(5)
    ]  # fmt: skip
    _, found = counted(whole, again, later, period=YEAR)
    assert (found.people, found.superseded) == (2, 6)
    assert [one.source for one in found.chosen] == [1]


def test_without_a_period_it_is_the_year_that_ends_with_the_newest_submission():
    rows = [{**row("1", None), "Reporting_Period_End_Date": date(2025, 9, 30)}]
    _, found = counted(rows)
    assert found.period.label == "2025-26 to 30 September 2025"


def test_a_file_without_a_period_must_be_told_one():
    rows = [{**row("1", None), "Reporting_Period_Start_Date": None, "Reporting_Period_End_Date": None}]
    with pytest.raises(NothingToCount, match="Name one, such as 2024-25"):
        counted(rows)
    assert counted(rows, period=YEAR)[1].people == 1


def test_rows_that_state_no_period_put_none_out_that_do():
    blank = {"Reporting_Period_Start_Date": None, "Reporting_Period_End_Date": None}
    late = {"Reporting_Period_Start_Date": date(2024, 7, 1), "Reporting_Period_End_Date": date(2025, 6, 30)}
    rows = [*(row(None, str(number), **late) for number in range(60)), row(None, "x", **blank)]
    rows += [row(None, "y", **blank)]
    _, found = counted(rows, period=YEAR)
    assert (found.people, found.superseded) == (60, 2)


def test_another_engine_is_given_the_same_events():
    with loaded([pa.Table.from_pylist([row("123", "456"), row("124", "457")]).to_batches()]) as found:
        here = found.connection.to_pyarrow(found.events)
        there = found.on(ibis.duckdb.connect())
        assert there.connection.to_pyarrow(there.events).sort_by("person_key") == here.sort_by("person_key")


def months(of: dict[tuple[int, int], tuple[int, ...]], last: date = date(2025, 3, 31)) -> list[dict]:
    """Rows as ``months_asked`` gives them: by month, what ended: requests, assessments, services, reviews."""
    return [
        {"source": 0, "LA_Code": "999", "Reporting_Period_Start_Date": date(2023, 1, 1),
         "Reporting_Period_End_Date": last, "month": date(*month, 1), "events": sum(counts),
         **dict(zip(("Request", "Assessment", "Service", "Review"), counts, strict=True))}
        for month, counts in of.items()
    ]  # fmt: skip


def test_what_a_submission_covers_is_read_from_its_events_and_not_from_what_it_states():
    full, thin = (20, 20, 20, 20), (1, 0, 0, 0)
    [one] = submissions(months({(2024, 2): thin, (2024, 4): full, (2025, 3): full, (2025, 4): full}))
    assert (one.stated_first, one.first, one.last) == (date(2023, 1, 1), date(2024, 4, 1), date(2025, 3, 31))
    assert one.covers(YEAR) == 365
    [services_only] = submissions(months({(2024, 4): (0, 0, 80, 0), (2024, 5): (0, 0, 80, 0)}))
    assert services_only.last == date(2024, 5, 31)
    [few] = submissions(months({(2024, 5): (1, 1, 1, 1)}))
    assert few.first == date(2023, 1, 1)


def test_where_none_covers_the_year_that_which_covers_most_of_it_is_counted():
    first, stated = date(2024, 4, 1), (None, None)
    half = Submission(1, "999", *stated, first, first + timedelta(days=180), 500)
    quarter = Submission(2, "999", *stated, first, first + timedelta(days=90), 900)
    assert chosen([half, quarter], YEAR) == [half]


def test_a_few_rows_that_state_another_end_put_no_others_out():
    slip = {"Reporting_Period_End_Date": date(2052, 3, 31)}
    rows, found = counted([*(row(None, str(number)) for number in range(60)), row(None, "slip", **slip)])
    assert (len(rows), found.superseded, found.period.name) == (60, 1, "2024-25")


def test_rows_of_no_council_are_refused():
    with pytest.raises(NothingToCount, match="Some rows name no council"):
        counted([row(None, "1"), row(None, "2", LA_Code=None)])
