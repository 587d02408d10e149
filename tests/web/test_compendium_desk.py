"""The desk of the compendium: beside what was handed in, how it is published; findings, sign-off."""

import compending
import pytest
from compending import published, second, taken_up
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from making import signed_in
from reading_pages import errors, page, words

from wherewithal.records.models import Edition, Example, TakeUp

pytestmark = pytest.mark.django_db

SAID = "As they do in Kent, for 43 people."


@pytest.fixture
def sol(client):
    return signed_in(client, compending.coders()[0]) or client


@pytest.fixture
def sky():
    return signed_in(Client(), second())


def at(row, name="edition") -> str:
    kind = "examples" if isinstance(row, Example) else "take-ups"
    args = [row.pk] if name in ("tool", "look", "withdraw") else [kind, row.pk]
    return reverse(f"compendium_{name}", args=args)


def post(client, row, name, **given):
    return page(client.post(at(row, name), given, follow=True))


def test_an_example_goes_from_findings_to_its_page_by_two_people(sol, sky):
    row = compending.handed_in(done=SAID)
    shown = page(sol.get(at(row)))
    assert words(shown.xpath("//h1")[0]) == f"Example {row.pk} New"
    assert [one.text for one in shown.xpath("//section[@aria-labelledby='stood']//mark")] == ["Kent", "43"]
    assert "Write the words to be published first" in words(shown) and not shown.xpath(
        "//a[contains(., 'Keep it')]"
    )
    texts = {name: shown.xpath(f"//*[@name='{name}']")[0] for name in compending.desk.columns(row)}
    given = {name: one.get("value") or one.text or "" for name, one in texts.items()}
    shown = post(sol, row, "word", **given)
    assert "“Kent” may tell which council it is (place). Change it" in words(shown)
    assert errors(post(sol, row, "word", **given | {"for_whom": ""})) == [
        "Write something here: an example says what was done, and for whom."
    ]
    shown = post(sol, row, "word", **given | {"done": "As others do, for 43 people."})
    keep = shown.xpath("//a[starts-with(., 'Keep it')]/@href")[0]
    assert "Why may it stay?" in words(page(sol.post(keep, {"why": ""})))
    kept = page(sol.post(keep, {"why": "Tells nothing"}, follow=True))
    assert "43, number Kept Tells nothing" in words(kept) and "You wrote it or changed it last" in words(kept)
    assert "You wrote these words" in words(post(sol, row, "sign_off"))
    shown = post(sky, row, "sign_off")
    assert "Signed off by Sky Second" in words(shown) and "Published" in words(shown.xpath("//h1")[0])
    out = words(page(Client().get(reverse("compendium_example", args=[row.pk]))))
    assert "As others do, for 43 people." in out and "Kent" not in out
    assert "43, number Open" in words(post(sol, row, "ask_again", kind="number", words="43"))
    assert Client().get(reverse("compendium_example", args=[row.pk])).status_code == 410
    assert sol.get(at(row, "keep") + "?kind=place&words=Kent").status_code == 404


def test_a_file_is_looked_at_with_what_the_screens_found_in_it(sol, sky):
    row = compending.handed_in(file=b"A leaflet of Kent County Council.")
    compending.worded(row)
    shown = page(sky.get(at(row)))
    assert "In its text stand: Kent County Council (place)" in words(shown)
    assert "Nobody has opened the file yet" in words(shown)
    got = sky.get(shown.xpath("//a[starts-with(., 'Open the file')]/@href")[0])
    assert got.content == b"A leaflet of Kent County Council." and "attachment" in got["Content-Disposition"]
    assert "Sky Second looked at it" in words(post(sky, row, "look"))
    assert "Signed off by Sky Second" in words(post(sky, row, "sign_off"))


def test_who_saves_second_is_told_what_the_first_one_wrote(sol, sky):
    row = compending.handed_in()
    opened = page(sky.get(at(row))).xpath("//input[@name='opened']/@value")[0]
    compending.worded(row, title="Brokers come early")
    given = compending.desk.handed_in(row) | {"title": "They come soon", "opened": opened}
    assert "somebody changed this since you opened it" in words(post(sky, row, "word", **given))
    assert Edition.objects.get().texts["title"] == "Brokers come early"


def test_what_came_of_an_example_elsewhere_is_screened_and_signed_off_too(sol, sky):
    row = taken_up(published(), result="not", says="Nobody came to us in Kent.")
    assert "Nobody came" not in words(
        page(Client().get(reverse("compendium_example", args=[row.example_id])))
    )
    shown = page(sol.get(at(row)))
    assert words(shown.xpath("//h1")[0]) == f"Take-up of example {row.example_id} New"
    post(sol, row, "word", says="Nobody came to us.", figure="")
    assert "Signed off by Sky Second" in words(post(sky, row, "sign_off"))
    out = words(page(Client().get(reverse("compendium_example", args=[row.example_id]))))
    assert "Nobody came to us." in out and "Kent" not in out
    told = [words(one) for one in page(sol.get(at(row))).xpath("//ol[@class='ww-deeds']/li")]
    assert told[0].startswith("Signed an example off, and published it Sky Second")


def test_the_desk_lists_what_must_be_done_first(sol):
    assert "No council has handed anything in yet" in words(page(sol.get(reverse("compendium_desk"))))
    asks, out = published(title="Asks"), published(title="Out")
    compending.actions.ask_withdrawal(example=asks, why="Outdated", **compending.by_link())
    compending.worded(compending.handed_in(title="Ready"))
    compending.handed_in(title="New one", file=b"A leaflet")
    taken_up(out, result="worked", says="It is full.")
    taken_up(asks)
    shown = page(sol.get(reverse("compendium_desk")))
    rows = [[words(cell) for cell in row] for row in shown.xpath("(//tbody)[1]/tr")]
    assert [(row[0], row[-1]) for row in rows] == [
        ("Asks", "Asks to be withdrawn"), ("New one", "New"), ("Ready", "Ready for sign-off"),
        ("Out", "Published"),
    ]  # fmt: skip
    assert rows[1][3] == "Plain text, 1 kB, not looked at" and rows[3][4] == "1"
    [taken] = [[words(cell) for cell in row] for row in shown.xpath("(//tbody)[2]/tr")]
    assert (taken[0], *taken[2:]) == ("Out", "No", "It worked", "New")


def test_a_surveyor_withdraws_for_a_reason_that_the_council_reads(sol):
    row = published()
    assert errors(page(sol.post(at(row, "withdraw"), {"reason": ""})))
    shown = post(sol, row, "withdraw", reason="Its council asked")
    assert "It was withdrawn: Its council asked" in words(shown) and not shown.xpath("//main//form")
    mine = page(Client().get(f"{compending.address(row.door)}{row.pk}/"))
    assert "It was withdrawn: Its council asked" in words(mine)


def test_every_change_is_told_in_words_and_a_contact_is_not_kept_in_it(sol):
    row = compending.handed_in(contact="Kim Contact", contact_email="kim@example.org")
    compending.changed(row, title="Brokers first", contact="Kim Contact", contact_email="kim@example.org")
    compending.worded(row)
    history = page(sol.get(at(row))).xpath("//ol[@class='ww-deeds']")[0]
    told = [words(one) for one in history.xpath("./li")]
    deeds = ("Wrote how an example is published Sol Surveyor", "Changed an example that was handed in",
             "Handed an example in Whoever had the council’s link")  # fmt: skip
    assert all(any(one.startswith(deed) for one in told) for deed in deeds) and len(told) == 3, told
    assert "became Brokers first" in words(history) and "Kim" not in words(history)


def test_the_desk_asks_the_same_number_of_questions_however_many_there_are(sol):
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            page(sol.get(reverse("compendium_desk")))
        return len(found)

    taken_up(published(file=b"A leaflet"), result="worked", says="Full.")
    asked()
    first = asked()
    for number in (2, 3):
        taken_up(published(file=b"A leaflet"), number, result="worked", says="Full.")
    assert asked() == first and TakeUp.objects.count() == 3
