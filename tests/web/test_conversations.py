"""Councils that are behind on their pages: chosen by a threshold, spoken with, led to others."""

import csv
import io
import re
import zipfile

import compending
import conversing
import pytest
from conversing import A_DAY, BEGAN, begun, doing, promised, spoken
from django.urls import reverse
from lxml import etree
from making import signed_in, user
from reading_pages import errors, page, words

from wherewithal.core.roles import Role
from wherewithal.policy.councils import code_of
from wherewithal.records.models import Conversation, Door, Talk
from wherewithal.web import clock

pytestmark = pytest.mark.django_db
BELOW = reverse("conversations_below")
SENT = {"sent": "yes"}  # as a form without an answer is: with its token
OLDER = "ascof-1c-2020-21:1c-2a:2020-21"


@pytest.fixture
def sol(client):
    return signed_in(client, conversing.sol()) and client


def shown(client, **asked):
    return page(client.get(BELOW, asked))


def rows(found, caption):
    table = found.xpath(f"//table[caption[starts-with(., '{caption}')]]")
    return [words(row) for row in table[0].xpath(".//tbody/tr")] if table else []


def href(name, row, *args) -> str:
    return reverse(f"conversation_{name}", args=[row.pk, *args])


def one(client, row):
    return page(client.get(reverse("conversation", args=[row.pk])))


def day(name, on) -> dict:
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def test_the_policys_threshold_and_share_stand_there_first_with_their_source(sol):
    found = shown(sol)
    assert found.xpath("//input[@name='threshold']/@value") == ["10"]
    assert "half of councils were said to have less than 10%" in words(found)
    assert rows(found, "Councils below 10%")[0] == (
        "Gloucestershire 6.2% 236 of 3,821 5.5% to 7.0% Below Begin one with Gloucestershire"
    )
    apart = "“[x]”, no data is available: Isles of Scilly. Nothing can be said of where it stands."
    assert apart in words(found)
    assert not any("Isles of Scilly" in row for row in rows(found, "Councils below"))
    assert found.xpath("//figure/svg[@aria-hidden='true']")


def test_a_council_whose_interval_reaches_over_the_threshold_may_not_be_below(sol):
    found = shown(sol, threshold="12")
    assert "half of councils were said" not in words(found)
    below = rows(found, "Councils below 12%")
    assert [row for row in below if "May not be below" in row] == [
        row for row in below if row.startswith(("North Tyneside", "West Berkshire"))
    ]
    assert "4 councils below 12%, 2 that may not be, 2024-25" in words(found)
    near = rows(found, "Councils whose interval reaches under 12%")
    assert near[0].startswith("Southampton 12.5%") and "Begin one" not in " ".join(near)
    assert all("Not below, but it could be" in row for row in near)


def test_a_conversation_with_one_that_may_not_be_below_can_be_begun_and_its_pages_say_so(sol):
    found = shown(sol, threshold="12")
    [begin] = found.xpath("//tr[contains(., 'North Tyneside')]//a[starts-with(., 'Begin one')]/@href")
    assert "North Tyneside may not be below. Say so when" in words(page(sol.get(begin)))
    assert "12%: may not be below" in words(page(sol.post(begin, SENT, follow=True)))
    [certain] = found.xpath("//tr[contains(., 'Wirral')]//a[starts-with(., 'Begin one')]/@href")
    assert "Wirral may not be below" not in words(page(sol.get(certain)))


def test_another_share_is_chosen_in_the_address_and_what_cannot_be_read_is_told(sol):
    found = shown(sol, of=OLDER, threshold="8")
    assert "1 council below 8%, 2 that may not be, 2020-21" in words(found)
    for wrong in ({"threshold": "0"}, {"threshold": "many"}, {"of": "nothing:at:all"}):
        found = shown(sol, **wrong)
        assert errors(found) and not found.xpath("//table")
        assert sol.get(reverse("conversations_below_csv"), wrong).status_code == 404
    assert "No council with a figure has a share below 0.1%" in words(shown(sol, threshold="0.1"))


def test_csv_and_ods_hold_what_the_page_shows_and_a_mark_is_no_number(sol):
    begun()
    asked = {"threshold": "12"}
    answer = sol.get(reverse("conversations_below_csv"), asked)
    head, *lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert "below-12-3d-2a-2024-25.csv" in answer["Content-Disposition"]
    found = shown(sol, **asked)
    assert len(lines) == len(rows(found, "Councils below")) + len(rows(found, "Councils whose")) + 1
    by_name = {line[0]: dict(zip(head, line, strict=True)) for line in lines}
    assert by_name["Wirral"]["Conversation"].startswith("open since ")
    assert by_name["Isles of Scilly"]["Percent"] == by_name["Isles of Scilly"]["Numerator"] == "[x]"
    made = sol.get(reverse("conversations_below_ods"), asked)
    sheet = zipfile.ZipFile(io.BytesIO(made.content)).read("content.xml")
    said = etree.fromstring(sheet).xpath("string(.)")
    assert all(name in said for name in by_name) and "Intervals are 95% (Wilson)" in said
    drawn = etree.fromstring(sol.get(reverse("conversations_below_svg"), asked).content)
    assert "Wirral 6.6%" in drawn.xpath("string(.)") and "Southampton" in drawn.xpath("string(.)")


def test_only_the_sector_and_the_auditor_see_conversations_and_only_the_sector_holds_them(client):
    row = begun()
    assert client.get(BELOW).status_code == 302
    for role, sees in ((Role.AUDITOR, 200), (Role.MANAGER, 403), (Role.ANALYST, 403)):
        signed_in(client, user(f"{role} Tester", role))
        assert client.get(BELOW).status_code == sees
        assert client.get(reverse("conversation", args=[row.pk])).status_code == sees
        assert client.get(href("note", row)).status_code == 403
    signed_in(client, user("auditor Tester", Role.AUDITOR))
    assert "Write down what was said" not in words(one(client, row))


def test_a_conversation_is_begun_from_the_list_which_then_leads_to_it(sol):
    [begin] = shown(sol).xpath("//tr[contains(., 'Wirral')]//a[starts-with(., 'Begin one')]/@href")
    asks = page(sol.get(begin))
    assert "6.6% (415 of 6,273; 95% interval 6.0% to 7.3%)" in words(asks)
    made = page(sol.post(begin, SENT, follow=True))
    row = Conversation.objects.get()
    assert "Wirral Begun" in words(made) and "Speak with the council, by" in words(made)
    assert shown(sol).xpath("//tr[contains(., 'Wirral')]//a[starts-with(., 'Open since')]/@href") == [
        reverse("conversation", args=[row.pk])
    ]
    assert "is open already" in words(page(sol.post(begin, SENT)))
    assert sol.get(reverse("conversation_begin"), {"council": code_of("Kent")}).status_code == 404


def test_it_is_spoken_explained_agreed_looked_at_again_and_closed(sol):
    row = begun(moment=clock.now() - 30 * A_DAY)
    today = clock.today()
    missing = page(sol.post(href("note", row), SENT))
    assert len(errors(missing)) == 4
    sol.post(href("note", row), {**day("on", today), **conversing.SAID})
    note = Talk.objects.get()
    fixed = {**day("on", today), **conversing.SAID, "said": "Of the panel.", "reason": "A slip"}
    sol.post(href("correct", row, note.pk), fixed)
    said = words(one(sol, row))
    assert "Of the panel." in said and "in the place of another: A slip" in said
    assert "1 note that another took the place of" in said
    assert sol.get(href("correct", row, note.pk)).status_code == 404
    assert errors(page(sol.post(href("why", row), SENT))) == ["Choose why it is behind, one reason at least"]
    sol.post(href("why", row), {"reasons_given": ["market", "other"], "other": "A flood"})
    assert "The market; A flood" in words(one(sol, row))
    given = {"what": "Fewer forms", "owner": "Head of care", **day("due_on", today), **day("look_on", today)}
    sol.post(href("agree", row), given)
    action = row.agreed.get()
    assert "Fewer forms Open" in words(one(sol, row))
    sol.post(href("end", row, action.pk), {"done": "yes", "came_of": "One form", **day("on", today)})
    sol.post(href("look", row), {"came_of": "Shorter"})
    assert "No figure after 2024-25 is on record." in words(one(sol, row))
    closed = page(sol.post(href("close", row), {"outcome": "caught_up", "says": "It rose."}, follow=True))
    assert "It has caught up. It rose." in words(closed) and not closed.xpath("//a[. = 'Close it']")
    assert "Closed a conversation with its outcome" in words(closed)
    assert "It has caught up" in words(page(sol.get(reverse("conversations"))))


def test_a_council_that_is_ahead_and_alike_is_chosen_with_why(sol):
    row = begun()
    found = page(sol.get(href("match", row)))
    [first, second, *_] = rows(found, "Councils that are ahead and alike")
    assert first.startswith("Wirral 6.6%") and first.endswith("Itself") and second.startswith("Dudley 28.1%")
    assert "their whole interval lies above its own, 6.0% to 7.3%" in words(found)
    assert errors(page(sol.post(href("match", row), {"code": code_of("Kent")})))
    said = words(page(sol.post(href("match", row), {"code": code_of("Dudley")}, follow=True)))
    assert re.search(r"Number 1 of the councils most like it, at a distance of 0\.\d\d\.", said)
    assert "Of them, aged 85 and over, %: " in said


def test_practice_is_passed_on_and_its_take_up_by_this_council_is_told(sol):
    out = compending.published()
    row = begun(*conversing.OLDER)
    found = page(sol.get(href("pass_on", row), {"q": "brokers"}))
    assert "Brokers meet people early" in words(found)
    for nowhere in (0, compending.handed_in().pk):
        wrong = page(sol.post(href("pass_on", row), {"example": nowhere}))
        assert errors(wrong) == ["This example is not published any more."]
    sol.post(href("pass_on", row), {"example": out.pk})
    assert f"became “Brokers meet people early” (example {out.pk})" in words(one(sol, row))
    assert "North Tyneside has not said yet that it tries this." in words(one(sol, row))
    number = [door.code for door in compending.doors()].index(row.code)
    compending.taken_up(out, number, result="worked", says="It is full.", figure="9 of 10")
    said = words(one(sol, row))
    assert "North Tyneside took it up on" in said and "North Tyneside: it worked (9 of 10)" in said
    compending.desk.withdraw(example=out, reason="Its council asked", **compending.doing())
    said = words(one(sol, row))
    assert f"Example {out.pk}, which is not published now" in said
    assert f"became Example {out.pk}" in said and "Brokers meet people early" not in said
    assert Door.objects.count() == 6


def test_what_is_overdue_stands_first_and_says_so(sol):
    late = begun("Portsmouth", moment=clock.now() - 60 * A_DAY)
    fresh = begun(moment=clock.now())
    found = page(sol.get(reverse("conversations")))
    names = [words(link) for link in found.xpath("//h3/a")]
    assert names == [late.council, fresh.council]
    assert "Portsmouth Begun Overdue Speak with the council, due" in words(found)


def told_of(row) -> list[str]:
    """The addresses of every page that tells of a conversation or takes a step in it."""
    begin = f"{reverse('conversation_begin')}?council={row.code}"
    note, action = row.notes[0].pk, row.agreed.get().pk
    steps = [href(name, row) for name in ("note", "why", "agree", "look", "close", "match", "pass_on")]
    pages = [BELOW, begin, reverse("conversations"), reverse("conversation", args=[row.pk])]
    return [*pages, *steps, href("correct", row, note), href("end", row, action)]


def files(client) -> list[str]:
    """Wirral's row in each file of the list."""
    told = client.get(reverse("conversations_below_csv")).content.decode("utf-8-sig")
    made = client.get(reverse("conversations_below_ods"))
    sheet = etree.fromstring(zipfile.ZipFile(io.BytesIO(made.content)).read("content.xml"))
    [row] = sheet.xpath("//*[local-name()='table-row'][starts-with(string(.), 'Wirral')]")
    return [next(line for line in told.splitlines() if line.startswith("Wirral")), row.xpath("string(.)")]


@pytest.mark.parametrize("made_up", [True, False])
def test_every_page_and_file_of_a_conversation_that_was_made_up_says_so_and_of_no_other(sol, made_up):
    row = begun(made_up=made_up)
    spoken(row)
    conversing.explained(row)
    promised(row)
    conversing.agreed.match(conversation=row, code=code_of("Dudley"), **doing())
    conversing.agreed.pass_on(conversation=row, example=compending.published(), **doing())
    for address in told_of(row):
        main = words(page(sol.get(address)).xpath("//main")[0])
        assert ("Made up for the demo" in main) == made_up, address
    assert [("made up for the demo" in told) for told in files(sol)] == [made_up, made_up]
    said = words(one(sol, row))
    assert ("Time spent on systems (made up for the demo)" in said) == made_up
    cards = [words(card) for card in one(sol, row).xpath("//div[@class='ww-card']")]
    led = [card for card in cards if "Chosen " in card or "Passed on " in card]
    assert len(led) == 2 and all(("Made up for the demo" in card) == made_up for card in led)


def test_one_that_was_made_up_and_is_closed_says_so_in_the_list_below_the_threshold(sol):
    row = begun(made_up=True)
    conversing.agreed.close(conversation=row, outcome="not_behind", says="It counts otherwise", **doing())
    [wirral] = [said for said in rows(shown(sol), "Councils below") if said.startswith("Wirral")]
    assert "One was closed" in wirral and wirral.endswith("Made up for the demo")


def test_an_action_that_is_due_is_marked(sol):
    row = begun()
    spoken(row)
    promised(row)
    assert (BEGAN + 31 * A_DAY).date() < clock.today()
    assert "Fewer forms Open Overdue" in words(one(sol, row))
