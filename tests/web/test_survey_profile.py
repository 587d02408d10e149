"""Who took part, with a verdict in words; and the tables weighted to the field where that can be."""

import csv
import io
from collections import Counter

import pytest
import surveying
from django.urls import reverse
from making import signed_in
from reading_pages import page, words

from wherewithal.actions import survey_seal
from wherewithal.analytics.weights import effective, rake
from wherewithal.extract.profile import profile_of
from wherewithal.records.models import Invitation, Wave

pytestmark = pytest.mark.django_db
LEAST = 5  # of the rule for councils


@pytest.fixture
def sol(client):
    return signed_in(client, surveying.surveyor()) or client


def profiled(sol, wave: Wave) -> str:
    return words(page(sol.get(reverse("survey_profile", args=[wave.slug]))).get_element_by_id("main-content"))


def told(sol, wave: Wave) -> str:
    """The page of the wave once it is closed."""
    Wave.objects.filter(pk=wave.pk).update(state=Wave.State.CLOSED)
    return profiled(sol, wave)


def tables(sol, wave: Wave, **asked) -> str:
    return words(page(sol.get(reverse("survey_tables", args=[wave.slug]), asked)))


def rows(sol, wave: Wave, **asked) -> list[dict[str, str]]:
    answer = sol.get(reverse("survey_tables_csv", args=[wave.slug]), asked)
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def answered_by(wave: Wave, each, silent=lambda number, one: False) -> None:
    """Of every region and type the first so many; London buys its brokerage, the ``silent`` do not say."""
    taken: Counter = Counter()
    for one in wave.invitations.order_by("code"):
        taken[one.region, one.type] += 1
        if taken[one.region, one.type] <= each(one):
            own = "bought" if one.region == "London" else "own"
            surveying.answer(one, brokerage=None if silent(taken[one.region, one.type], one) else own)


def test_a_mix_like_the_field_may_speak_for_all_and_each_breakdown_adds_up(sol):
    wave, _ = surveying.opened()
    for one in wave.invitations.order_by("region", "type", "code")[::4]:
        surveying.answer(one)
    assert "That can be said when it has closed" in profiled(sol, wave)
    said = told(sol, wave)
    assert "38 of 152 took part in time, a response rate of 25.0%" in said
    assert "It may speak of all councils. By region and by type the cohort is like the field." in said
    shown = page(sol.get(reverse("survey_profile", args=[wave.slug])))
    for dimension in profile_of(wave).breakdowns:
        [table] = shown.get_element_by_id(dimension.dimension).xpath(".//table")
        counts = [int(words(one.xpath("./td")[2])) for one in table.xpath(".//tbody/tr")]
        assert counts[-1] == sum(counts[:-1]) == 38
        adds_up = f"{' + '.join(map(str, counts[:-1]))} = 38"
        assert adds_up in words(shown.get_element_by_id(dimension.dimension))


def test_a_mix_unlike_the_field_says_so_and_speaks_for_nobody_else(sol):
    wave, _ = surveying.opened()
    answered_by(wave, lambda one: 9 if one.region == "London" else 0)
    said = told(sol, wave)
    london = wave.replies.count()
    verdict = "By region the cohort is not like the field: London answered most"
    assert f"Nothing may be said of all councils. {verdict}" in said
    assert f"So the figures are of the {london} that answered, and of nobody else." in said
    assert "It may speak" not in said


def test_of_an_anonymous_wave_and_of_people_only_the_whole_is_told(sol):
    sealed, _ = surveying.opened("anonymous", title="Sealed")
    surveying.answer(surveying.one_of(sealed))
    said = told(sol, sealed)
    assert "1 of 152 took part in time" in said
    assert "Only the whole is told here. The survey is anonymous" in said
    assert "Nothing may be said of all councils. Nothing tells whether the cohort is like the field." in said
    assert "Not weighted. The survey is anonymous" not in tables(sol, sealed)
    people = surveying.addressed(surveying.draft(title="People"))
    people.unit = Wave.Unit.PEOPLE
    people.save(update_fields=["unit"])
    said = profiled(sol, people)
    assert "of people, that would tell of few" in said
    assert "a survey of people is never a share of councils" in said


def test_a_late_reply_did_not_take_part_in_time(sol):
    wave, _ = surveying.opened()
    surveying.answer(surveying.one_of(wave, 0))
    wave = survey_seal.close(wave=wave, **surveying.doing(surveying.LATE))
    surveying.answer(surveying.one_of(wave, 1), surveying.LATE)
    assert wave.replies.filter(late=True).count() == 1
    assert "1 of 152 took part in time" in profiled(sol, wave)
    wave.unit = Wave.Unit.STAFF
    whole = profile_of(wave)
    assert (whole.answered, whole.invited, whole.breakdowns) == (1, 152, ())


def test_weighted_shares_stand_beside_the_others_with_error_and_effective_number(sol):
    wave, _ = surveying.opened()
    answered_by(wave, lambda one: 99 if one.region == "London" else 3)
    listed = [{"region": one.region, "type": one.type} for one in wave.invitations.all()]
    given = list(wave.replies.order_by("id"))
    assert min(Counter(one.region for one in given).values()) >= LEAST
    assert min(Counter(one.type for one in given).values()) >= LEAST
    field = {name: Counter(one[name] for one in listed) for name in ("region", "type")}
    weights = rake([{"region": one.region, "type": one.type} for one in given], field).weights
    pairs = zip(weights, given, strict=True)
    bought = sum(weight for weight, one in pairs if one.answers["brokerage"] == "bought")
    found = {row["Code"]: row for row in rows(sol, wave, weighted="yes")}["brokerage:bought"]
    assert found["Weighted per cent"] == f"{100 * bought / sum(weights):.0f}" != found["Per cent"]
    assert 0 < float(found["Standard error in points"]) < 15
    said = tables(sol, wave, weighted="yes")
    assert said.count("Weighted by region and type, to the 152 that were listed.") == 1, "once, at the top"
    assert f"tell as much as {effective(weights):.1f} without weights would: the effective number" in said
    error = found["Standard error in points"]
    assert f"{found['Count']} {found['Per cent']}% {found['Weighted per cent']}% {error}" in said
    by = {(row["Code"], row["Group"]): row for row in rows(sol, wave, weighted="yes", by="region")}
    assert by["brokerage:bought", "London"]["Weighted per cent"].isdigit()
    assert "Answer Count Share Weighted share Standard error in points" in said
    assert "it makes no interval" in said, "beside a column of errors stands why there is none"
    assert ", standard error " in tables(sol, wave, weighted="yes", by="region")
    assert {row["Weighted per cent"] + row["Standard error in points"] for row in rows(sol, wave)} == {""}


def test_where_nobody_of_a_group_answered_the_page_says_why_it_is_not_weighted(sol):
    wave, _ = surveying.opened()
    answered_by(wave, lambda one: 0 if one.region == "London" else 1)
    said = tables(sol, wave, weighted="yes")
    assert "Not weighted. Nobody of London (region) answered, so no weight can speak for them." in said
    assert {row["Weighted per cent"] for row in rows(sol, wave, weighted="yes")} == {""}


def test_groups_of_few_are_weighted_as_one_so_that_no_weighted_share_tells_of_either(sol):
    wave, _ = surveying.opened()
    answered_by(wave, lambda one: 1 if one.region in ("London", "North East") else 2)
    few = Counter(wave.replies.values_list("region", flat=True))
    assert few["London"] < LEAST and few["North East"] < LEAST
    said = tables(sol, wave, weighted="yes")
    assert "London" in said.partition("Weighted by region (")[2].partition(" as one)")[0]
    found = {
        row["Code"]: row for row in rows(sol, wave, weighted="yes", by="region") if row["Group"] == "London"
    }
    hidden = found["brokerage:bought"]
    told = ("Per cent", "Weighted per cent", "Standard error in points")
    assert [hidden[column] for column in told] == ["[c]"] * 3


def test_a_group_that_is_few_in_one_question_only_leaves_it_without_weighted_shares(sol):
    wave, _ = surveying.opened()
    answered_by(
        wave,
        lambda one: 3 * LEAST if one.region == "London" else 2,
        lambda number, one: one.region == "London" and number >= LEAST,
    )
    found = {row["Code"]: row for row in rows(sol, wave, weighted="yes")}
    assert found["brokerage:own"]["Weighted per cent"] == "[c]" != found["brokerage:own"]["Per cent"]
    assert found["budgets:yes"]["Weighted per cent"] == "100"


def test_who_was_sent_no_letter_while_others_were_is_in_no_rate_and_is_told_of(sol):
    wave, _ = surveying.opened()
    unsent = {surveying.one_of(wave, 0).pk, surveying.one_of(wave, 1).pk}
    wave.invitations.exclude(pk__in=unsent).update(state=Invitation.State.INVITED)
    surveying.answer(surveying.one_of(wave, 5))
    said = told(sol, wave)
    assert "1 of 150 took part in time, a response rate of 0.7%" in said
    assert "Of the 152 that are listed, 2 were sent no invitation" in said
    found = profile_of(wave)
    assert (found.invited, found.listed) == (150, 152)
    assert sum(group.invited for group in found.breakdowns[0].groups) == 150
