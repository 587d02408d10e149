"""A draft is changed until it is opened; what a wave's page tells of its sample and of late replies."""

from datetime import date

import pytest
import surveying
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from making import at, signed_in
from reading_pages import errors, page, words

from wherewithal.actions import survey_design, survey_invite, survey_seal
from wherewithal.records.models import Door, Wave

pytestmark = pytest.mark.django_db


@pytest.fixture
def sol(client):
    return signed_in(client, surveying.surveyor()) or client


def filled(sol, wave: Wave) -> dict[str, str]:
    """What the page of the draft holds in its boxes."""
    shown = page(sol.get(reverse("survey_change", args=[wave.slug])))
    boxes = shown.xpath("//main//form//input[@type='text' or @type='hidden' or @checked]")
    texts = {one.get("name"): one.text or "" for one in shown.xpath("//main//textarea")}
    return {one.get("name"): one.get("value") or "" for one in boxes if one.get("name")} | texts


def hidden(shown) -> dict[str, str]:
    return {one.get("name"): one.get("value") or "" for one in shown.xpath("//main//input[@type='hidden']")}


def change(sol, wave: Wave, **boxes):
    return sol.post(reverse("survey_change", args=[wave.slug]), filled(sol, wave) | boxes)


def test_a_draft_is_changed_and_keeps_its_address_and_the_rest(sol):
    wave = surveying.draft(title="Brokrage", says="Why we ask.")
    went = change(sol, wave, title="Brokerage", closes_on_day="30", closes_on_month="6", needs_approval="yes")
    assert went.url == reverse("survey", args=[wave.slug])
    changed = Wave.objects.get(pk=wave.pk)
    assert (changed.title, changed.slug, changed.says) == ("Brokerage", "brokrage", "Why we ask.")
    assert changed.needs_approval and changed.closes_at == at(2026, 6, 30, 17)
    assert changed.destroy_keys_on == wave.destroy_keys_on
    told = words(page(sol.get(reverse("survey_history", args=[wave.slug]))))
    assert "Changed a draft of a survey" in told


def test_a_wave_whose_time_is_past_opens_once_its_dates_are_changed(sol):
    wave = surveying.draft(opens_at=at(2020, 1, 1), closes_at=at(2020, 2, 1))
    opens = reverse("survey_open", args=[wave.slug])
    assert "Change that first." in errors(page(sol.post(opens)))[0]
    later = {"closes_on_year": "2125", "destroy_keys_on_year": "2126"}
    assert change(sol, wave, **later).status_code == 302
    assert sol.post(opens).status_code == 302
    assert Wave.objects.get(pk=wave.pk).state == Wave.State.OPEN


def test_wrong_days_are_refused_beside_their_question(sol):
    wave = surveying.draft()
    shown = page(change(sol, wave, closes_on_year="2025"))
    assert errors(shown) == ["It must close after it opens."]
    assert shown.xpath("//div[contains(@class, 'govuk-error-summary')]//a/@href") == ["#id_closes_on_day"]
    new_year = {"embargo_until_day": "1", "embargo_until_month": "1", "embargo_until_year": "2026"}
    assert errors(page(change(sol, wave, **new_year))) == ["The embargo must end after the survey closes."]
    early = change(sol, wave, opens_on_day="1", opens_on_month="4", opens_on_year="2019")
    assert "there are other councils" in errors(page(early))[0]
    other = surveying.draft(title="Another")
    assert "There is a survey called" in errors(page(change(sol, wave, title=other.title.upper())))[0]


def test_another_promise_makes_the_sealing_key_none_and_gives_each_council_its_door(sol):
    wave = surveying.draft("anonymous")
    survey_design.make_key(wave=wave, **surveying.doing())
    assert not Door.objects.exists()
    change(sol, wave, mode="coded", destroy_keys_on_day="1", destroy_keys_on_month="12",
           destroy_keys_on_year="2026")  # fmt: skip
    changed = Wave.objects.get(pk=wave.pk)
    assert (changed.mode, bytes(changed.sealing_key or b"")) == ("coded", b"")
    assert changed.destroy_keys_on == date(2026, 12, 1)
    assert Door.objects.count() == 152


def test_before_a_key_is_made_the_page_says_what_comes_and_a_second_one_is_made_only_on_purpose(sol):
    wave = surveying.draft("anonymous")
    at = reverse("survey_key", args=[wave.slug])
    assert page(sol.get(reverse("survey", args=[wave.slug]))).xpath(f"//main//a[@href='{at}']")
    first = page(sol.get(at))
    assert "Two people hold it." in words(first) and "worthless" not in words(first)
    assert sol.post(at, hidden(first)).content.startswith(b"-----BEGIN PRIVATE KEY-----")
    kept = Wave.objects.get(pk=wave.pk).sealing_key
    again = sol.post(at, hidden(first), follow=True)
    assert "A key was made already." in words(page(again))
    assert Wave.objects.get(pk=wave.pk).sealing_key == kept
    second = page(sol.get(at))
    assert "A new key makes that one worthless" in words(second)
    assert sol.post(at, hidden(second)).content.startswith(b"-----BEGIN PRIVATE KEY-----")
    assert Wave.objects.get(pk=wave.pk).sealing_key != kept


@pytest.mark.parametrize("mode, why", [("coded", "needs no key"), ("anonymous", "its key stays as it is")])
def test_where_no_key_is_made_its_page_says_why(sol, mode, why):
    wave = surveying.opened(mode)[0]
    shown = page(sol.get(reverse("survey_key", args=[wave.slug])))
    assert why in words(shown) and not shown.xpath("//main//form")


def test_once_open_nothing_of_it_is_changed(sol):
    wave, _ = surveying.opened()
    assert "stays as it is" in errors(page(change(sol, wave, title="Other")))[0]
    assert Wave.objects.get(pk=wave.pk).title == wave.title


def test_the_page_says_who_was_drawn_who_replaces_them_and_who_came_late(sol):
    wave, _ = surveying.opened()
    survey_invite.draw_sample(wave=wave, size=20, seed=7, **surveying.doing())
    lost = wave.invitations.filter(targeted=True, region="London").first()
    survey_invite.replace(invitation=lost, reason="They will not answer", **surveying.doing())
    surveying.answer(surveying.one_of(wave))
    survey_seal.close(wave=wave, **surveying.doing(surveying.LATE))
    surveying.answer(surveying.one_of(wave, 1), surveying.LATE)
    said = words(page(sol.get(reverse("survey", args=[wave.slug]))))
    assert "The sample of 20 was drawn by region and type with the seed 7" in said
    assert "1 place went to another since, and both count: 21 stand in it." in said
    assert "1 of these came after the closing: kept apart, and in no figure of the survey." in said


def test_two_addresses_for_one_code_are_refused(sol):
    wave = surveying.draft()
    code = surveying.one_of(wave).code
    rows = [survey_invite.Addressee(code, f"{name}@example.org") for name in ("a", "b")]
    with pytest.raises(survey_invite.NotAnAddress, match=r"Row 2 .*row 1 gives this code another address"):
        survey_invite.give_addresses(wave=wave, addresses=rows, **surveying.doing())


def test_a_row_is_told_by_its_number_in_the_sheet_and_those_without_an_address_count(sol):
    wave = surveying.draft()
    first, other = (surveying.one_of(wave, number).code for number in (0, 1))
    lines = f"code,email\n{first},a@example.org\n{other},\n{first},b@example.org\n"
    file = SimpleUploadedFile("addresses.csv", lines.encode())
    where = reverse("survey_addresses", args=[wave.slug])
    assert "Row 4 " in words(page(sol.post(where, {"addresses": file})))


def test_a_title_without_a_letter_or_digit_is_refused(sol):
    with pytest.raises(survey_design.NameTaken, match=r"“!!!” gives no address\. Use some letters"):
        surveying.draft(title="!!!")


def test_a_draft_is_thrown_away_with_its_list_after_one_more_question(sol):
    wave = surveying.draft()
    where = reverse("survey_throw_away", args=[wave.slug])
    assert "The draft goes with its questions and its list of 152 invitations" in words(page(sol.get(where)))
    assert Wave.objects.filter(pk=wave.pk).exists()
    told = page(sol.post(where, follow=True))
    assert f"The draft “{wave.title}” is thrown away." in words(told)
    assert not Wave.objects.filter(pk=wave.pk).exists()
    assert sol.get(where).status_code == 404
    assert surveying.draft().title == wave.title, "its name is free again"


def test_what_was_opened_or_has_more_than_a_draft_is_not_thrown_away(sol):
    wave, _ = surveying.opened()
    where = reverse("survey_throw_away", args=[wave.slug])
    assert "It was opened, so it stays." in words(page(sol.get(where)))
    assert errors(page(sol.post(where))) and Wave.objects.filter(pk=wave.pk).exists()
    draft = surveying.draft(title="Another")
    draft.codebooks.create(version=1, title="Ours", by=surveying.surveyor())
    with pytest.raises(survey_design.NotADraft, match="There is more of this survey than its draft"):
        survey_design.throw_away(wave=draft, **surveying.doing())
    assert draft.invitations.count() == 152
