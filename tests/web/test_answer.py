"""The respondent's pages: a link without signing in, parts, approval, one hand-in, late, anonymous."""

import re
from datetime import date

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse
from lxml import html
from making import at
from surveying import answer, doing, one_of, opened, sealed_enough

from wherewithal.actions import survey_design, survey_mail, survey_seal
from wherewithal.policy.questionnaire import parse
from wherewithal.records.models import Draft, Reply

pytestmark = pytest.mark.django_db
SITE = "http://testserver/"
DAYS = {"opens_at": at(2020, 1, 1), "closes_at": at(2126, 1, 1), "destroy_keys_on": at(2126, 6, 1).date()}
PAST = DAYS | {"closes_at": at(2021, 1, 1)}
NAMED = {"name": "Ann Answerer"}


def asked(mode="coded", **more):
    """The wave, one of whom it asks, and the address of their page."""
    wave, key = opened(mode, **DAYS | more)
    one = one_of(wave)
    return wave, one, survey_mail.link(one, wave, SITE).removeprefix(SITE[:-1]), key


def words(response) -> str:
    return " ".join(html.fromstring(response.content).xpath("//main")[0].text_content().split())


def part(client, link, section, **answers):
    return client.post(f"{link}part/{section}/", {"shown": " ".join(answers)} | answers | NAMED)


def test_whoever_has_the_link_fills_in_a_part_and_finds_it_again(client):
    _, one, link, _ = asked()
    page = words(client.get(link))
    assert one.name in page and "Confidential (coded)" in page and "1 June 2126" in page
    went = part(client, link, "money", budgets="yes")
    assert went.url.endswith("/part/money/"), "an answer led to another question of this part"
    went = part(client, link, "money", budgets="yes", how_many="12")
    assert went.url.endswith("/part/support/")
    assert "Last filled in by Ann Answerer" in words(client.get(link))
    assert "12" in words(client.get(f"{link}whole/"))


def test_a_fault_is_told_beside_its_question_and_the_rest_is_kept(client):
    _, _, link, _ = asked()
    wrong = part(client, link, "money", budgets="yes", how_many="many")
    assert "is not a whole number" in words(wrong)
    assert Draft.objects.get().answers == {"budgets": "yes"}
    nameless = client.post(f"{link}part/money/", {"shown": "budgets", "budgets": "no"})
    assert "Enter “Your name”" in words(nameless)


def test_it_is_handed_in_once_and_the_page_becomes_the_receipt(client):
    _, _, link, _ = asked()
    incomplete = client.post(f"{link}hand-in/", NAMED)
    assert "These answers are still needed" in words(incomplete)
    part(client, link, "money", budgets="no")
    assert client.post(f"{link}hand-in/", NAMED).url == link
    receipt = words(client.get(link))
    assert "Handed in by Ann Answerer" in receipt and str(Reply.objects.get().pk)[:8] in receipt
    assert client.post(f"{link}hand-in/", NAMED).status_code == 302
    assert client.get(f"{link}part/money/").status_code == 302
    assert Reply.objects.count() == 1


def test_late_is_said_before_and_after(client):
    _, _, link, _ = asked(**PAST)
    assert "kept apart as late" in words(client.get(link))
    part(client, link, "money", budgets="no")
    client.post(f"{link}hand-in/", NAMED)
    assert "kept apart as late" in words(client.get(link))
    assert Reply.objects.get().late


def test_a_director_approves_by_a_link_of_their_own(client):
    _, _, link, _ = asked(needs_approval=True)
    part(client, link, "money", budgets="no")
    asking = {"director": "Dee Director", "director_email": "dee@example.org"} | NAMED
    client.post(f"{link}approval/", asking)
    theirs = re.search(r"http://testserver(\S+)", mail.outbox[0].body).group(1)
    page = client.get(theirs)
    seen = html.fromstring(page.content).xpath("//input[@name='seen']/@value")[0]
    assert "The answers were changed meanwhile" in words(client.post(theirs, {"seen": "before"}))
    assert "You approved these answers" in words(client.post(theirs, {"seen": seen}))
    client.post(f"{link}hand-in/", NAMED)
    assert "Dee Director approved them" in words(client.get(link))
    assert client.get(theirs).status_code == 404, "the link is spent"


def test_the_director_reads_every_question_that_was_asked_the_unanswered_too(client):
    _, _, link, _ = asked(needs_approval=True)
    part(client, link, "money", budgets="no")
    part(client, link, "support", brokerage="own")
    client.post(f"{link}approval/", {"director": "Dee", "director_email": "dee@example.org"} | NAMED)
    theirs = re.search(r"http://testserver(\S+)", mail.outbox[0].body).group(1)
    text = words(client.get(theirs))
    assert "Every question that was asked is below; 1 of them is not answered." in text
    assert "Does everybody get a personal budget? No" in text and "Who offers brokerage? Own" in text
    assert "What works? Not answered" in text
    assert "How many people have one?" not in text, "an earlier answer left it out, so it was not asked"
    assert "What works?" not in words(client.get(link)), "who fills it in sees what is answered so far"
    part(client, link, "words", words="Brokers.")
    client.post(f"{link}approval/", {"director": "Dee", "director_email": "dee@example.org"} | NAMED)
    again = re.search(r"http://testserver(\S+)", mail.outbox[-1].body).group(1)
    assert "and each is answered" in words(client.get(again))


def test_a_reply_to_the_letter_reaches_whoever_runs_the_survey():
    wave, one, _, _ = asked()
    letter = survey_mail.letter(one, wave, SITE)
    assert letter.reply_to == [wave.by.email]
    assert "reply to this letter: it reaches Sol Surveyor." in letter.body


def test_a_wrong_link_is_told_so(client):
    answered = client.get(reverse("answer", args=["nothing-like-it"]))
    assert (answered.status_code, "This link is not right" in words(answered)) == (404, True)


# Anonymous --------------------------------------------------------------------------------------------------


def sit(client, link, before, **posted):
    """Send the form on a page with what it carries along; gives the next page."""
    hidden = {
        one.get("name"): one.get("value", "")
        for one in html.fromstring(before.content).xpath("//main//input[@type='hidden']")
        if one.get("name") != "csrfmiddlewaretoken"
    }
    return client.post(link, hidden | posted)


def counts() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        names = [name for (name,) in cursor.fetchall()]
        found = {}
        for name in names:
            cursor.execute(f'SELECT count(*) FROM "{name}"')
            found[name] = cursor.fetchone()[0]
        return found


def test_an_anonymous_survey_is_answered_at_one_sitting_and_kept_nowhere_before_hand_in(client):
    wave, one, link, key = asked("anonymous", destroy_keys_on=None)
    start = client.get(link)
    assert "Nobody can tell which answers are yours" in words(start)
    assert one.name not in words(start), "the page does not greet by name what it promises to forget"
    before = counts()
    money = sit(client, link, start)
    more = sit(client, link, money, budgets="yes")
    assert "How many people have one?" in words(more)
    support = sit(client, link, more, budgets="yes", how_many="7")
    said = sit(client, link, support, brokerage="own")
    check = sit(client, link, said, words="They help.")
    assert "They help." in words(check) and "Nothing is handed in yet" in words(check)
    assert counts() == before
    assert sit(client, link, check, hand_in="yes").url == link
    after = counts()
    after["records_user"] -= after["records_user"] - before["records_user"]
    after["records_userevent"] -= after["records_userevent"] - before["records_userevent"]
    assert after == before, "handing in adds no row anywhere"
    assert "Handed in" in words(client.get(link))
    assert not client.cookies.get("sessionid")
    sealed_enough(wave, budgets="no")
    survey_seal.close(wave=wave, key=key, **doing())
    assert Reply.objects.get(answers__budgets="yes").answers == {
        "budgets": "yes", "how_many": 7, "brokerage": "own", "words": "They help."
    }  # fmt: skip


def test_what_is_missing_is_asked_for_before_the_envelope_is_sealed(client):
    _, one, link, _ = asked("anonymous", destroy_keys_on=None)
    money = sit(client, link, client.get(link))
    check = sit(client, link, money, all="yes")
    again = sit(client, link, check, hand_in="yes")
    assert "These answers are still needed" in words(again)
    one.refresh_from_db()
    assert not one.answered
    assert "Does everybody get a personal budget?" in words(sit(client, link, again, show="money"))


@pytest.mark.parametrize(
    "carried", ["no json", "[1]", '{"budgets": {"a": 1}}', '{"budgets": "maybe", "x": 1}']
)
def test_what_a_page_carries_is_judged_like_any_answer(client, carried):
    _, _, link, _ = asked("anonymous", destroy_keys_on=None)
    shown = client.post(link, {"carried": carried, "show": "money"})
    assert not html.fromstring(shown.content).xpath("//input[@type='radio' and @checked]")


def test_after_its_time_an_anonymous_survey_takes_nothing_and_says_why(client):
    _, _, link, _ = asked("anonymous", **PAST | {"destroy_keys_on": None})
    assert "it takes none any more" in words(client.get(link))
    assert "it takes none any more" in words(client.post(link, {"carried": "{}", "hand_in": "yes"}))


def test_when_the_keys_are_gone_the_page_shows_no_answers(client):
    wave, one, link, _ = asked()
    answer(one)
    survey_seal.close(wave=wave, **doing(at(2026, 5, 1)))
    survey_seal.destroy_keys(wave=wave, **doing(at(2026, 6, 1)))
    assert "The keys of this survey are destroyed" in words(client.get(link))


def test_choices_are_put_in_order_and_numbers_may_have_a_fraction(client):
    choices = [{"value": value, "text": value.title()} for value in ("money", "time", "staff")]
    form = parse(
        "ranked",
        {
            "id": "ranked", "version": "1", "title": "Ranked", "about": "A test", "first": date(2026, 1, 1),
            "source": "Made up", "sections": [{"id": "all", "title": "All", "questions": [
                {"id": "order", "text": "What stands in the way most?", "kind": "rank", "choices": choices},
                {"id": "share", "text": "What share is that?", "kind": "decimal"},
            ]}],
        },
    )  # fmt: skip
    wave = survey_design.design(
        title="Ranked", questionnaire=form, mode="coded", **DAYS, **doing(at(2020, 1, 1))
    )
    one = one_of(survey_design.open_wave(wave=wave, **doing(at(2020, 1, 2))))
    link = survey_mail.link(one, wave, SITE).removeprefix(SITE[:-1])
    shown = html.fromstring(client.get(f"{link}part/all/").content)
    boxes = [(one.get("name"), one.get("inputmode")) for one in shown.xpath("//main//input[@type='text']")]
    places = [(f"order_{choice['value']}", "numeric") for choice in choices]
    assert boxes[:4] == [*places, ("share", "decimal")]
    given = {
        "shown": "order share",
        "order_money": "2",
        "order_time": "2",
        "order_staff": "1",
        "share": "2.5",
    }
    wrong = html.fromstring(client.post(f"{link}part/all/", given | NAMED).content)
    assert "a place of its own, from 1 to 3" in words_of(wrong)
    assert wrong.xpath("//input[@name='order_time']/@value") == ["2"], "what was typed stays"
    client.post(f"{link}part/all/", given | NAMED | {"order_time": "3"})
    assert Draft.objects.get().answers == {"order": ["staff", "money", "time"], "share": 2.5}
    again = html.fromstring(client.get(f"{link}part/all/").content)
    assert again.xpath("//input[@name='order_staff']/@value") == ["1"]


def words_of(found) -> str:
    return " ".join(found.xpath("//main")[0].text_content().split())
