"""The survey's pages, by a real mail server: designed, asked by e-mail, the field read, closed."""

import io
import re

import openpyxl
import pytest
from django.urls import reverse
from lxml import html
from mailing import GONE
from making import at, signed_in, user
from reading_pages import errors
from surveying import addressed, answer, doing, draft, one_of, opened, sealed_enough, small, surveyor

from wherewithal.actions import survey_design, survey_invite
from wherewithal.core.roles import Role
from wherewithal.formats import xlsform
from wherewithal.policy.questionnaire_text import text
from wherewithal.records.asking import asked_in
from wherewithal.records.models import Invitation, Reply, Wave
from wherewithal.web.clock import now

pytestmark = pytest.mark.django_db
DAYS = {"opens_at": at(2020, 1, 1), "closes_at": at(2126, 1, 1)}


@pytest.fixture
def sol(client):
    return signed_in(client, surveyor()) or client


def page(client, name, *args, **query):
    answered = client.get(reverse(name, args=args), query)
    assert answered.status_code == 200, answered.status_code
    return html.fromstring(answered.content)


def said(client, address) -> str:
    return " ".join(html.fromstring(client.get(address).content).xpath("//main")[0].text_content().split())


def running(mode="coded", **more):
    return opened(mode, **DAYS | {"destroy_keys_on": at(2126, 6, 1).date()} | more)


def test_a_wave_is_designed_from_a_file_of_ones_own(sol, client):
    file = io.BytesIO(text(small()).encode())
    file.name = "small.toml"
    made = client.post(
        reverse("survey_new"),
        {"title": "Brokerage 2026", "questions": "own", "file": file, "unit": "council", "mode": "attributed",
         "needs_approval": "no", "opens_on_day": "1", "opens_on_month": "6", "opens_on_year": "2026",
         "closes_on_day": "30", "closes_on_month": "6", "closes_on_year": "2026"},
    )  # fmt: skip
    assert made.status_code == 302, html.fromstring(made.content).xpath("//main")[0].text_content()
    wave = Wave.objects.get(slug="brokerage-2026")
    assert (wave.state, wave.invitations.count(), wave.fingerprint) == ("draft", 153, small().fingerprint)


def test_a_file_of_another_kind_is_refused_by_its_name(sol, client):
    file = io.BytesIO(b"import sys")
    file.name = "make.py"
    [fault] = errors(html.fromstring(asked(client, file).content.decode()))
    assert fault.startswith("“make.py” is neither an XLSForm")


def asked(client, file, **more):
    given = {
        "title": "From a workbook", "questions": "own", "file": file, "unit": "council",
        "mode": "attributed", "needs_approval": "no",
        "opens_on_day": "1", "opens_on_month": "6", "opens_on_year": "2026",
        "closes_on_day": "30", "closes_on_month": "6", "closes_on_year": "2026",
    }  # fmt: skip
    return client.post(reverse("survey_new"), given | more)


def test_a_wave_is_designed_from_an_xlsform(sol, client, tmp_path):
    xlsform.write(small(), tmp_path / "form.xlsx")
    made = asked(client, (tmp_path / "form.xlsx").open("rb"))
    assert made.status_code == 302, html.fromstring(made.content).xpath("//main")[0].text_content()
    ids = [one.id for one in asked_in(Wave.objects.get()).questions.values()]
    assert ids == [one.id for one in small().questions.values()]


def test_what_of_an_xlsform_would_be_lost_is_named_until_it_is_let_go(sol, client, tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "survey"
    for row in (("type", "name", "label"), ("text", "words", "What works?"), ("geopoint", "place", "Where?")):
        sheet.append(row)
    book.save(tmp_path / "form.xlsx")
    refused = html.fromstring(asked(client, (tmp_path / "form.xlsx").open("rb")).content)
    [fault] = refused.xpath("//div[contains(@class, 'govuk-error-summary')]//li")
    assert "1 thing of this form would be lost" in fault.text_content() and "geopoint" in fault.text_content()
    assert refused.xpath("//input[@name='without']") and not Wave.objects.exists()
    assert asked(client, (tmp_path / "form.xlsx").open("rb"), without="on").status_code == 302
    assert [one.id for one in asked_in(Wave.objects.get()).questions.values()] == ["words"]


def test_a_workbook_that_is_none_is_refused_in_words(sol, client):
    file = io.BytesIO(b"no workbook")
    file.name = "form.xlsx"
    refused = html.fromstring(asked(client, file).content)
    assert refused.xpath("//div[contains(@class, 'govuk-error-summary')]//li//a[@href='#id_file']")
    assert not Wave.objects.exists()


def test_a_clone_asks_the_same_and_marks_what_is_comparable(sol, client):
    before = draft()
    form = page(client, "survey_new", **{"from": before.slug})
    assert form.xpath("//input[@name='questions' and @value='before' and @checked]")
    survey_design.design(
        title="Again", questionnaire=small(), mode="attributed", cloned_from=before, **DAYS, **doing()
    )
    assert "Comparable" in said(client, reverse("survey_questions", args=["again"]))


def test_letters_go_out_by_smtp_tell_the_promise_and_lead_to_the_form(sol, client, box):
    wave = addressed(running()[0])
    lost = one_of(wave)
    survey_invite.give_addresses(wave=wave, addresses=[survey_invite.Addressee(lost.code, GONE)], **doing())
    client.post(reverse("survey_post", args=[wave.slug]), {"whom": "all"})
    assert len(box.letters) == 151
    lost.refresh_from_db()
    assert (lost.state, lost.note) == ("bounced", "550 no such mailbox")
    letter = next(one for one in box.letters if one["To"] == one_of(wave, 1).email)
    words = " ".join(letter.get_content().split())
    assert "Confidential (coded)" in words and "kept under a number" in words and "1 June 2126" in words
    link = re.search(r"http://testserver(\S+)", letter.get_content()).group(1)
    client.logout()
    assert one_of(wave, 1).name in said(client, link)


def test_a_reminder_goes_only_to_the_silent(sol, client, box, monkeypatch):
    wave = addressed(running()[0])
    for one in wave.invitations.all()[:3]:
        survey_invite.told(invitation=one, **doing())
    Invitation.objects.filter(state="listed").update(email="")
    answer(wave.invitations.filter(state="invited")[0])
    client.post(reverse("survey_post", args=[wave.slug]), {"whom": "remind"})
    assert sorted(one["Subject"] for one in box.letters) == ["Reminder: Budgets and brokerage"] * 2


def test_the_wave_says_who_of_the_silent_gets_no_reminder_and_why(sol, client):
    wave = addressed(running()[0])
    told = list(wave.invitations.all()[:6])
    for one in told[:5]:
        survey_invite.told(invitation=one, **doing())
    survey_invite.told(invitation=told[5], bounced="550 gone", **doing())
    assert "Of the 6 silent, these get none now: 1 that cannot be reached: the letter came back." in said(
        client, reverse("survey", args=[wave.slug])
    )
    survey_invite.note(invitation=told[0], state="refused", note="No time", **doing())
    answer(wave.invitations.get(pk=told[1].pk))
    survey_invite.told(invitation=told[2], by=surveyor(), at=now())
    words = said(client, reverse("survey", args=[wave.slug]))
    assert "Who has answered gets no reminder. Of the 5 silent, these get none now:" in words
    for why in ("1 that will not answer", "1 that heard from us in the last three days",
                "1 that cannot be reached: the letter came back"):  # fmt: skip
        assert why in words


def test_a_mail_server_that_is_away_is_said_and_nothing_is_noted(sol, client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    wave = addressed(running()[0])
    went = client.post(reverse("survey_post", args=[wave.slug]), {"whom": "all"}, follow=True)
    assert "Then the mail server failed" in went.content.decode()
    assert not wave.invitations.exclude(state="listed").exists()


def test_the_field_shows_who_answered_of_whom_was_invited_and_the_sample_apart(sol, client):
    wave = addressed(running()[0])
    survey_invite.draw_sample(wave=wave, size=20, seed=7, **doing())
    for one in wave.invitations.all():
        survey_invite.told(invitation=one, **doing())
    for one in [*wave.invitations.filter(targeted=True)[:5], *wave.invitations.filter(targeted=False)[:10]]:
        answer(one)
    words = said(client, reverse("survey", args=[wave.slug]))
    assert "The sample 25.0% 5 of 20 answered" in words
    assert "Outside the sample 7.6% 10 of 132 answered" in words
    assert "All 9.9% 15 of 152 answered" in words
    missing = page(client, "survey_invitations", wave.slug, show="missing", region="London")
    rows = missing.xpath("//tbody/tr")
    assert len(rows) == wave.invitations.filter(region="London", answered=False).count()


def test_one_address_is_mended_on_the_page_of_its_invitation(sol, client):
    wave, _ = running()
    one, other = one_of(wave), one_of(wave, 1)
    survey_invite.give_addresses(
        wave=wave, addresses=[survey_invite.Addressee(one.code, "old@example.org")], **doing()
    )
    survey_invite.told(invitation=one, by=surveyor(), at=now(), bounced="No such box")
    where = reverse("survey_invitation", args=[wave.slug, one.code])
    opened_page = page(client, "survey_invitation", wave.slug, one.code)
    assert opened_page.xpath("//input[@name='email']/@value") == ["old@example.org"]
    assert "With another address it can be invited again." in said(client, where)
    wrong = html.fromstring(client.post(where, {"email": "nowhere"}).content)
    assert errors(wrong) and wrong.xpath("//input[@name='email']/@value") == ["nowhere"]
    told = client.post(where, {"email": "new@example.org"}, follow=True)
    assert f"The address of {one.name} is saved." in " ".join(
        html.fromstring(told.content).text_content().split()
    )
    one.refresh_from_db()
    assert (one.email, one.state, one.note) == ("new@example.org", "listed", "")
    assert "Gave the addresses for a survey" in said(client, reverse("survey_history", args=[wave.slug]))
    assert "Give the address" in said(client, reverse("survey_invitation", args=[wave.slug, other.code]))
    marks = opened_page.xpath("//form[.//input[@name='email']]//input[@name='opened']/@value")[0]
    second = client.post(where, {"email": "mine@example.org", "opened": marks})
    assert "On record is now: “new@example.org”" in " ".join(errors(html.fromstring(second.content)))
    one.refresh_from_db()
    assert one.email == "new@example.org"


def test_coded_replies_are_read_without_names_and_attributed_ones_with(sol, client):
    coded, attributed = running()[0], running("attributed", title="With names", destroy_keys_on=None)[0]
    for wave, named in ((coded, False), (attributed, True)):
        one = one_of(wave)
        answer(one)
        for address in (
            reverse("survey_replies", args=[wave.slug]),
            reverse("survey_reply", args=[wave.slug, Reply.objects.get(wave=wave).pk]),
        ):
            words = said(client, address)
            assert (one.name in words) == named
            assert (one.region in words) == named, "region and type could name a council"


def test_an_anonymous_wave_is_keyed_opened_and_closed_on_its_pages(client, transactional_db):
    signed_in(client, surveyor())
    wave = draft("anonymous", **DAYS)
    key = client.post(reverse("survey_key", args=[wave.slug])).content
    assert key.startswith(b"-----BEGIN PRIVATE KEY-----")

    def file():
        made = io.BytesIO(key)
        made.name = "key.pem"
        return made

    client.post(reverse("survey_open", args=[wave.slug]), {"first": "Ann", "second": "Bea", "key": file()})
    wave.refresh_from_db()
    assert (wave.state, wave.key_holders) == ("open", ["Ann", "Bea"])
    sealed_enough(wave)
    assert "sealed until the survey closes" in said(client, reverse("survey", args=[wave.slug]))
    client.post(reverse("survey_close", args=[wave.slug]), {"key": file()})
    wave.refresh_from_db()
    assert (wave.state, wave.replies.count()) == ("closed", 5)


def test_an_auditor_reads_and_runs_nothing(client):
    wave = running()[0]
    signed_in(client, user("Audrey Auditor", Role.AUDITOR))
    assert "Send" not in said(client, reverse("survey", args=[wave.slug]))
    assert client.get(reverse("survey_post", args=[wave.slug])).status_code == 403


def test_the_auditor_reads_who_did_what_to_a_survey_and_not_who_answered(client):
    wave, _ = running()
    first, second = one_of(wave), one_of(wave, 1)
    moved = [survey_invite.Addressee(second.code, "new@example.org")]
    survey_invite.give_addresses(wave=wave, addresses=moved, **doing(at(2026, 5, 1)))
    answer(first)
    signed_in(client, user("Audrey Auditor", Role.AUDITOR))
    assert page(client, "survey", wave.slug).xpath("//a[contains(., 'History')]/@href") == [
        reverse("survey_history", args=[wave.slug])
    ]
    told = said(client, reverse("survey_history", args=[wave.slug]))
    newest = told.index("Gave the addresses for a survey")
    assert newest < told.index("Designed a wave of a survey") < told.index("Opened a wave of a survey")
    assert "Sol Surveyor" in told and "new@example.org" in told
    assert f"Invitation of {second.name} changed" in told
    assert "Handed in" not in told and "Saved a part" not in told
    for moment in (at(2026, 5, 1), at(2026, 5, 12)):
        survey_invite.told(invitation=second, **doing(moment))
    told = said(client, reverse("survey_history", args=[wave.slug]))
    assert "→became 12 May 2026, 10:00am" in told, "as people write it, not as it is kept"
    other, _ = running(title="Another survey")
    assert "new@example.org" not in said(client, reverse("survey_history", args=[other.slug]))
