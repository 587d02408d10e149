"""What councils said beside what was published of them: by name, each look kept, refused where it must be."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import surveying
from coding_by import coders
from django.db import DatabaseError, transaction
from django.urls import reverse
from making import signed_in, user
from reading_pages import page, words

from wherewithal.core.roles import Role
from wherewithal.core.self_report import share_said
from wherewithal.policy import self_reports
from wherewithal.policy.self_reports import comparisons, said_by
from wherewithal.policy.series import Printed
from wherewithal.records import self_report
from wherewithal.records.models import NamedLook, ReplyKey, Wave
from wherewithal.records.self_report import compared_in

pytestmark = pytest.mark.django_db
PUBLISHED_2011 = comparisons("personalisation-2011", date(2011, 8, 8))[0]
FIGURES = PUBLISHED_2011.by_council()


@pytest.fixture
def sol(client):
    return signed_in(client, surveying.surveyor()) and client


@pytest.fixture
def compared(monkeypatch):
    """The small survey's number of people with a budget, held against the return of 2011."""
    of = replace(
        PUBLISHED_2011, questionnaire="small", count="how_many", share="", of="",
        opened_from=date(2026, 1, 1), opened_until=date(2026, 12, 31),
    )  # fmt: skip
    monkeypatch.setattr(self_reports, "_all", lambda: (of,))


def answered() -> Wave:
    """Closed; the first council said what was published, the second twice that, the third nothing."""
    wave, _ = surveying.opened()
    said = [int(FIGURES[surveying.one_of(wave, number).code].number) for number in range(2)]
    surveying.answer(surveying.one_of(wave, 0), how_many=said[0])
    surveying.answer(surveying.one_of(wave, 1), how_many=2 * said[1])
    surveying.answer(surveying.one_of(wave, 2), budgets="no", how_many=None)
    Wave.objects.filter(pk=wave.pk).update(state="closed")
    wave.refresh_from_db()
    return wave


def opened(client, wave):
    return page(client.get(reverse("survey_against_published", args=[wave.slug])))


def is_led_to(client, wave) -> bool:
    address = reverse("survey_against_published", args=[wave.slug])
    return bool(page(client.get(reverse("survey", args=[wave.slug]))).xpath(f"//a[@href='{address}']"))


def told(found) -> dict[str, list[str]]:
    (table,) = found.xpath("//table[contains(caption, 'council by council')]")
    rows = table.xpath("./tbody/tr")
    return {words(row.xpath("./th")[0]): [words(cell).strip() for cell in row.xpath("./td")] for row in rows}


def test_each_council_stands_beside_its_published_figure_and_what_came_of_it(sol, compared):
    wave = answered()
    first, second, third = (surveying.one_of(wave, number) for number in range(3))
    found = opened(sol, wave)
    rows = told(found)
    one, two = (FIGURES[of.code].number for of in (first, second))
    assert rows[first.name] == [f"{one:,}", f"{one:,}", "none", "Agrees"]
    assert rows[second.name] == [f"{2 * two:,}", f"{two:,}", f"+{two:,}", "Above what was published"]
    assert rows[third.name][0] == "nothing" and rows[third.name][3] == "Nothing said"
    text = words(found)
    assert "1 of 2 councils agrees" in text and "a second person must look at it" in text
    assert "NHS Information Centre" in text and "there is no file of it" in text


@pytest.mark.parametrize(
    ("percent", "size", "published", "told_as", "differs"),
    [
        (55, 10050, 1300, "5,528 to 5,627", "+4,228"), (55, 10050, 9000, "5,528 to 5,627", "-3,373"),
        (55, 10050, 5600, "5,528 to 5,627", "none"), (59, 7, 10, "4", "-6"), (100, 40, 30, "40", "+10"),
    ],
)  # fmt: skip
def test_a_difference_is_the_least_there_can_be_from_an_end_that_is_told(
    sol, compared, monkeypatch, percent, size, published, told_as, differs
):
    wave = answered()
    asked = surveying.one_of(wave)
    monkeypatch.setattr(
        self_reports.Compared, "by_council", lambda _: {asked.code: Printed(Decimal(published))}
    )
    monkeypatch.setattr(self_report, "said_by", lambda *_: share_said(percent, size))
    found = opened(sol, wave)
    assert told(found)[asked.name][:3] == [told_as, f"{published:,}", differs]
    assert "Said less published, at least" in words(found)
    assert "Being printed does not make a figure right." in words(found)


def test_a_share_is_told_with_both_its_ends_and_differs_from_the_nearest(sol, monkeypatch):
    of = replace(
        comparisons("personalisation-2011", date(2026, 6, 1))[0], questionnaire="small", share="how_many",
        opened_from=date(2026, 1, 1), opened_until=date(2026, 12, 31),
    )  # fmt: skip
    monkeypatch.setattr(self_reports, "_all", lambda: (of,))
    wave, _ = surveying.opened()
    asked = surveying.one_of(wave)
    surveying.answer(asked, how_many=59)
    Wave.objects.filter(pk=wave.pk).update(state="closed")
    monkeypatch.setattr(self_reports.Compared, "by_council", lambda _: {asked.code: Printed(Decimal("72.5"))})
    row = told(opened(sol, wave))[asked.name]
    assert row == ["59% to below 60%", "72.5%", "-12.5 points", "Below what was published"]


def test_a_survey_that_opens_at_midnight_in_summer_is_of_the_day_in_london(compared, monkeypatch):
    wave = answered()
    [of] = compared_in(wave)
    since = replace(of, opened_from=date(2026, 7, 1))
    monkeypatch.setattr(self_reports, "_all", lambda: (since,))
    wave.opens_at = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    assert compared_in(wave) == (since,)


def test_a_mark_is_no_number_and_a_council_of_which_nothing_was_published_is_compared_with_nothing(
    sol, compared, monkeypatch
):
    wave = answered()
    marked, unknown = (surveying.one_of(wave, number) for number in range(2))
    figures = {**FIGURES, marked.code: replace(FIGURES[marked.code], number=None, mark="-")}
    figures.pop(unknown.code)
    monkeypatch.setattr(self_reports.Compared, "by_council", lambda _: figures)
    found = opened(sol, wave)
    assert told(found)[marked.name][1:] == ["-", "no comparison", "A mark was published"]
    assert told(found)[unknown.name][1:] == ["nothing", "no comparison", "Nothing published"]
    assert "“-”: more than none and at most 5 people" in words(found)
    assert "No council said something of which a number was published." in words(found)


def test_every_look_is_kept_with_who_looked_and_nobody_can_take_it_back(sol, compared):
    wave = answered()
    found = opened(sol, wave)
    look = NamedLook.objects.get()
    assert (look.user, look.wave) == (surveying.surveyor(), wave)
    assert "Sol Surveyor" in words(found.xpath("//table[contains(caption, 'looks')]")[0])
    for change in (NamedLook.objects.filter(pk=look.pk).delete, lambda: NamedLook.objects.update(what="")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.parametrize(
    "change, says",
    [
        ({"state": "open"}, "not closed yet"),
        ({"keys_destroyed_on": date(2026, 9, 1)}, "keys are destroyed"),
        ({"destroy_keys_on": date(2026, 9, 1)}, "keys are due to be destroyed since 1 September 2026"),
    ],
)
def test_before_it_closes_and_once_its_keys_are_gone_or_due_no_name_is_shown_and_nothing_is_kept(
    sol, compared, change, says
):
    wave = answered()
    assert is_led_to(sol, wave)
    Wave.objects.filter(pk=wave.pk).update(**change)
    assert not is_led_to(sol, wave)
    found = opened(sol, wave)
    assert says in words(found) and surveying.one_of(wave).name not in words(found.xpath("//main")[0])
    assert not NamedLook.objects.exists()


@pytest.mark.parametrize("mode", ["anonymous", "attributed"])
def test_other_promises_are_refused_in_words(sol, compared, mode):
    wave, _ = surveying.opened(mode)
    assert f"This survey is {mode}" in words(opened(sol, wave))
    assert not NamedLook.objects.exists()


def test_a_survey_of_which_nothing_is_published_says_so(sol):
    assert "No answer of this survey can be held against a published figure" in words(opened(sol, answered()))


def test_what_is_judged_to_say_too_little_is_nothing_said(sol, compared):
    wave = answered()
    key = ReplyKey.objects.get(invitation=surveying.one_of(wave))
    key.reply.judged.create(question="how_many", says="insufficient", by=coders()[0])
    assert told(opened(sol, wave))[surveying.one_of(wave).name][3] == "Nothing said"


def test_who_only_reads_a_survey_does_not_see_whose_an_answer_is(client, compared):
    wave = answered()
    auditor = signed_in(client, user("Audrey Auditor", Role.AUDITOR))
    assert auditor.get(reverse("survey_against_published", args=[wave.slug])).status_code == 403


def test_what_can_be_compared_names_questions_that_exist_and_series_that_are_published():
    from wherewithal.policy.questionnaire import surveys

    asked = {one.id: one for one in surveys()}
    for of in self_reports._all():
        for question in filter(None, (of.count, of.share, of.of)):
            assert asked[of.questionnaire].questions[question].kind == "whole_number", of.id
        assert any(figure.number for figure in of.by_council().values()), of.id


def test_a_share_of_so_many_is_as_wide_as_it_was_said():
    said = said_by({"takeup": 59, "target_size": 4000}, PUBLISHED_2011)
    assert (said.low, said.high, said.open) == (2360, 2400, True)
    assert said_by({"takeup": 59}, PUBLISHED_2011) is None
