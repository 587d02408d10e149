"""The compendium on its pages: what everybody reads, what a council does by its link."""

import compending
import handed_in
import pytest
from compending import address, door, published, signed, taken_up
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from making import at
from reading_pages import errors, page, words
from surveying import answer, one_of, opened

from wherewithal.actions import compendium as actions
from wherewithal.core.compendium import Evidence
from wherewithal.records.models import Door, Example, TakeUp, Tool

pytestmark = pytest.mark.django_db

FORM = {
    "title": "Brokers meet people early", "themes": ["Brokerage"], "tags": "Carers, early  talks",
    "done": "Brokers come first.", "for_whom": "Everybody", "came_of": "", "evidence": "none", "known": "",
    "named": "no", "contact": "", "contact_email": "", "may_be_asked": "no",
}  # fmt: skip


def one(row) -> str:
    return reverse("compendium_example", args=[row.pk])


def titles(found) -> list[str]:
    return [words(each.xpath(".//h2/a")[0]) for each in found.xpath("//li[contains(@class, 'ww-card')]")]


# as everybody reads it


def test_before_anything_is_published_the_page_says_how_examples_come(client):
    compending.handed_in()
    shown = page(client.get("/compendium/"))
    assert "No example is published yet" in words(shown) and not shown.xpath("//input[@name='q']")


def test_examples_stand_newest_first_and_are_found_however_spelt(client):
    published(title="Brokers for carers", moment=at(2026, 5, 5))
    published(door(1), title="Sampling of plans", themes=("Risk and safeguarding",), tags=("panel",),
              done="A senior reads one in ten.", moment=at(2026, 5, 6))  # fmt: skip
    assert titles(page(client.get("/compendium/"))) == ["Sampling of plans", "Brokers for carers"]
    for q, found in {
        "brokr": ["Brokers for carers"], "carer": ["Brokers for carers"], "SAMPLIN": ["Sampling of plans"],
        "panell": ["Sampling of plans"], "brokers panel": [], "safegarding": ["Sampling of plans"],
        "everybody": ["Sampling of plans", "Brokers for carers"], "zebra": [],
    }.items():  # fmt: skip
        shown = page(client.get("/compendium/", {"q": q}))
        assert titles(shown) == found, q
        assert ("No example has all of this" in words(shown)) == (found == [])


def test_examples_are_found_by_theme_and_evidence_and_what_was_handed_in_is_not_searched(client):
    row = published(title="Counted", evidence=Evidence.OWN, came_of="More", known="Counted")
    published(door(1), title="Not counted", themes=("Carers",))
    compending.worded(row, done="Reworded altogether.")
    compending.desk.sign_off(of=row, **compending.doing(compending.second()))
    assert titles(page(client.get("/compendium/", {"theme": "Carers"}))) == ["Not counted"]
    assert titles(page(client.get("/compendium/", {"evidence": "own"}))) == ["Counted"]
    assert titles(page(client.get("/compendium/", {"q": "written"}))) == ["Not counted"]
    assert errors(page(client.get("/compendium/", {"evidence": "proved"})))


def test_an_example_shows_what_was_signed_off_and_nobody_who_asked_not_to_be_named(client):
    row = compending.handed_in(
        done="As they do in Kent.", contact="Kim", contact_email="kim@example.org", may_be_asked=True
    )
    compending.worded(row, done="As others do.")
    assert client.get(one(row)).status_code == 404
    compending.desk.sign_off(of=row, **compending.doing(compending.second()))
    shown = words(page(client.get(one(row))))
    assert "As others do." in shown and "A council that is not named" in shown
    assert "Ask the survey office: it passes questions on" in shown
    for hidden in ("Kent", "Kim", "kim@", row.door.name):
        assert hidden not in client.get(one(row)).content.decode()
        assert hidden not in client.get("/compendium/").content.decode()


def test_a_council_that_may_be_named_is_with_whom_to_ask(client):
    row = published(named=True, contact="Broker team", contact_email="team@example.org", may_be_asked=True)
    shown = words(page(client.get(one(row))))
    assert row.door.name in shown and "Broker team, team@example.org" in shown


def test_who_took_it_up_is_counted_named_where_allowed_and_quoted_once_signed_off(client):
    row = published()
    assert "No council has said yet" in words(page(client.get(one(row))))
    signed(taken_up(row, 1, result="worked", says="It is full.", figure="31 of 36", named=True))
    taken_up(row, 2, result="not", says="Nobody came to us in Kent.")
    shown = page(client.get(one(row)))
    assert "Taken up by 2 councils: it worked for 1, did not work for 1." in words(shown)
    told = [words(each) for each in shown.xpath("//ul[@class='ww-puts']/li")]
    assert told == [
        f"It worked, {door(1).name} It is full. Figure: 31 of 36",
        "It did not work, a council that is not named",
    ]
    assert door(2).name not in client.get(one(row)).content.decode()


def test_the_file_is_handed_out_to_be_kept_under_a_name_that_tells_nothing(client):
    row = published(file=handed_in.word())
    shown = page(client.get(one(row)))
    got = client.get(shown.xpath("//a[starts-with(., 'Download the file')]/@href")[0])
    assert got["Content-Disposition"] == f'attachment; filename="example-{row.pk}.docx"'
    assert got["X-Content-Type-Options"] == "nosniff" and "sandbox" in got["Content-Security-Policy"]
    assert got["Content-Type"].endswith("wordprocessingml.document")
    assert handed_in.AUTHOR.encode() not in handed_in.inside(got.content)
    other = compending.handed_in(file=b"A leaflet")
    assert client.get(reverse("compendium_file", args=[other.pk])).status_code == 404


def test_a_withdrawn_example_says_so_at_its_address(client):
    row = published()
    compending.desk.withdraw(example=row, reason="Its council asked", **compending.doing())
    gone = page(client.get(one(row)), 410)
    assert "It was withdrawn" in words(gone) and "Its council asked" not in words(gone)


# by a council's link


def test_a_council_hands_in_with_a_file_and_reads_where_it_stands(client):
    link = address(door())
    shown = page(client.get(link))
    assert "This is no part of any survey" in words(shown) and "Nothing yet" in words(shown)
    file = SimpleUploadedFile("Kent toolkit.docx", handed_in.word())
    shown = page(client.post(f"{link}new/", FORM | {"file": file}, follow=True))
    row = Example.objects.get()
    assert (row.door, row.tags, row.named) == (door(), ["carers", "early talks"], False)
    assert Tool.objects.get().kind == "docx"
    assert "Surveyors read it" in words(shown) and "Word document" in words(shown)
    assert "Handed in" in words(page(client.get(link)))


def test_what_is_missing_is_told_beside_its_question_and_what_was_typed_stays(client):
    link = address(door())
    shown = page(client.post(f"{link}new/", {"title": "Brokers"}))
    assert "Choose one of the answers" not in words(shown)
    assert [said for said in errors(shown) if "about" in said] and len(errors(shown)) >= 5
    wrong = FORM | {"evidence": "own", "came_of": "More"}
    shown = page(client.post(f"{link}new/", wrong))
    assert errors(shown) == ["Say how it is known: who counted or looked, of how many, when."]
    assert shown.xpath("//input[@name='title']/@value") == [FORM["title"]]
    file = SimpleUploadedFile("tool.exe", b"MZ\x90\0")
    assert "none of the kinds" in errors(page(client.post(f"{link}new/", FORM | {"file": file})))[0]
    file = SimpleUploadedFile("tool.txt", b"a" * 5_000_001)
    assert "larger than 5 MB" in errors(page(client.post(f"{link}new/", FORM | {"file": file})))[0]
    assert not Example.objects.exists()


def test_a_council_changes_takes_its_file_out_and_takes_back(client):
    row = compending.handed_in(file=b"A leaflet")
    mine = f"{address(row.door)}{row.pk}/"
    assert client.get(f"{mine}file/").content == b"A leaflet"
    opened = page(client.get(f"{mine}change/"))
    assert opened.xpath("//input[@name='no_file']")
    mark = opened.xpath("//input[@name='opened']/@value")[0]
    page(
        client.post(
            f"{mine}change/", FORM | {"done": "Otherwise.", "no_file": "on", "opened": mark}, follow=True
        )
    )
    row.refresh_from_db()
    assert row.done == "Otherwise." and not Tool.objects.exists()
    shown = page(client.post(f"{mine}change/", FORM | {"done": "By a colleague.", "opened": mark}))
    assert "somebody changed this since you opened it" in words(shown)
    assert "You took it back" in words(page(client.post(f"{mine}take-back/", follow=True)))
    assert client.get(f"{mine}change/").status_code == 302


def test_a_published_example_is_not_changed_but_its_council_asks(client):
    row = published()
    mine = f"{address(row.door)}{row.pk}/"
    assert client.get(f"{mine}change/").status_code == 302
    assert client.get(f"{mine}take-back/").status_code == 302
    asked = page(client.post(f"{mine}withdraw/", {"why": "Outdated"}, follow=True))
    assert "You asked on" in words(asked)
    stays = page(client.post(f"{mine}withdraw/", {"stay": "yes"}, follow=True))
    assert "Other councils read it" in words(stays)


def test_another_councils_example_is_not_opened_by_this_link(client):
    row, other = compending.handed_in(file=b"A leaflet"), address(door(1))
    for where in ("", "change/", "file/", "take-back/", "withdraw/"):
        assert client.get(f"{other}{row.pk}/{where}").status_code == 404
        assert client.post(f"{other}{row.pk}/{where}", FORM).status_code == 404
    assert "This link is not right" in words(page(client.get("/compendium/door/nonsense/"), 404))


def test_a_council_takes_up_what_it_finds_and_says_what_came_of_it(client):
    row = published(title="Brokers for carers")
    published(door(1), title="Our own")
    link = address(door(1))
    shown = page(client.get(f"{link}try/", {"q": "broker"}))
    assert titles(shown) == ["Brokers for carers"]
    [where] = shown.xpath("//li[contains(@class, 'ww-card')]//h2/a/@href")
    page(client.post(where, {"result": "trying", "says": "", "figure": "", "named": "no"}, follow=True))
    assert TakeUp.objects.get().example == row
    wrong = page(client.post(where, {"result": "worked", "says": "", "figure": "", "named": "yes"}))
    assert errors(wrong) == ["Say in a few words what came of it."]
    given = {"result": "worked", "says": "Full.", "figure": "9 of 10", "named": "yes"}
    assert "It worked" in words(page(client.post(where, given, follow=True)))
    page(client.post(where, {"stop": "yes"}, follow=True))
    assert not TakeUp.objects.exists()
    own = published(door(1))
    assert client.get(f"{link}try/{own.pk}/").status_code == 404


def test_what_was_taken_up_and_is_not_published_any_more_leads_nowhere(client):
    row = taken_up(published()).example
    compending.desk.withdraw(example=row, reason="Its council asked", **compending.doing())
    shown = page(client.get(address(door(1))))
    assert "The example is not published now." in words(shown)
    assert not shown.xpath(f"//a[contains(@href, '/try/{row.pk}/')]")


def test_an_example_that_is_off_its_page_to_be_reworded_says_so(client):
    row = published()
    compending.worded(row, title="Brokers come early")
    assert "being looked at again" in words(page(client.get(one(row)), 410))
    actions.take_back(example=row, **compending.by_link())
    assert "It was withdrawn" in words(page(client.get(one(row)), 410))


def test_a_door_is_kept_by_nobody_on_the_way_and_needs_no_scripts(client):
    got = client.get(address(door()))
    assert got["X-Robots-Tag"] == "noindex, nofollow" and "no-store" in got["Cache-Control"]
    assert not page(got).xpath("//main//script")


# from the survey to the door


def test_after_hand_in_a_confidential_survey_offers_the_door_and_the_door_knows_no_reply(client):
    wave, _ = opened()
    invitation = one_of(wave)
    answer(invitation)
    thanks = page(client.get(compending.survey_mail.link(invitation, wave, "/")))
    [link] = thanks.xpath("//a[starts-with(., 'your council’s own link')]")
    assert link.get("rel") == "noreferrer", "the door is not told which reply it was opened from"
    shown = page(client.get(link.get("href")))
    assert invitation.name in words(shown) and "In your words" not in words(shown)
    assert str(invitation.key.reply_id)[:8] not in client.get(link.get("href")).content.decode()


def test_an_anonymous_survey_offers_none(client):
    wave, _ = opened("anonymous")
    invitation = one_of(wave)
    answer(invitation)
    thanks = client.get(compending.survey_mail.link(invitation, wave, "/")).content.decode()
    assert "Handed in" in thanks and "compendium" not in thanks
    assert not Door.objects.exists() and not actions.contributor().is_active
