"""A file as an answer on pages: attached, told, replaced, taken away, read by director and surveyor."""

import re

import handed_in
import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from lxml import html
from making import at, signed_in
from surveying import one_of, opened, surveyor, with_files

from wherewithal.actions import survey_mail, survey_seal
from wherewithal.records.models import AnswerFile, Draft, Reply

pytestmark = pytest.mark.django_db
SITE = "http://testserver/"
DAYS = {"opens_at": at(2020, 1, 1), "closes_at": at(2126, 1, 1)}
NAMED = {"name": "Ann Answerer"}
WRONG = "govuk-error-message"


def asked(mode="coded", **more):
    """The wave and the address of the page of one of whom it asks."""
    keys = {"destroy_keys_on": at(2126, 6, 1).date()} if mode == "coded" else {}
    wave, _ = opened(mode, questionnaire=with_files(), **DAYS, **keys, **more)
    return wave, survey_mail.link(one_of(wave), wave, SITE).removeprefix(SITE[:-1])


def tree(response):
    return html.fromstring(response.content)


def words(response) -> str:
    return " ".join(tree(response).xpath("//main")[0].text_content().split())


def upload(content=b"Brokers come early.", name="Our guidance.txt"):
    return SimpleUploadedFile(name, content)


def save(client, link, before=None, **more):
    """Post the second part as its page stands: what it says was attached, and when it was opened."""
    page = tree(before or client.get(f"{link}part/support/"))
    hidden = {one.get("name"): one.get("value", "") for one in page.xpath("//main//input[@type='hidden']")}
    hidden.pop("csrfmiddlewaretoken", None)
    return client.post(f"{link}part/support/", hidden | NAMED | more)


def beside(response, id: str) -> str:
    """What is said to be wrong beside a question."""
    return " ".join("".join(tree(response).xpath(f"//*[@id='id_{id}-error']//text()")).split())


def test_the_box_says_which_kinds_and_how_large_and_takes_a_file(client):
    _, link = asked()
    page = client.get(f"{link}part/support/")
    boxes = tree(page).xpath("//input[@type='file']")
    assert [one.get("name") for one in boxes] == ["paper", "picture"]
    assert tree(page).xpath("//main//form/@enctype") == ["multipart/form-data"]
    says = words(page)
    assert "PDF, Word document (docx), OpenDocument text (odt)" in says and "up to 5 MB" in says
    assert "PNG picture (png) or JPEG picture (jpg), up to 5 MB" in says
    assert "Attached now" not in says


def test_what_is_attached_is_listed_kept_replaced_and_taken_away(client):
    _, link = asked()
    assert save(client, link, paper=upload()).url.endswith("/part/words/")
    page = client.get(f"{link}part/support/")
    assert "Attached now: Our guidance.txt, Plain text, 1 kB." in words(page)
    handed = client.get(f"{link}file/paper/")
    assert handed.content == b"Brokers come early."
    assert handed["Content-Disposition"] == 'attachment; filename="Our guidance.txt"'
    assert "no-store" in handed["Cache-Control"] and handed["X-Content-Type-Options"] == "nosniff"
    save(client, link, brokerage="own")
    assert AnswerFile.objects.get().size == 19, "saving another answer keeps it"
    save(client, link, paper=upload(handed_in.pdf(), "New.pdf"))
    assert "Attached now: New.pdf, PDF" in words(client.get(f"{link}part/support/"))
    assert AnswerFile.objects.count() == 1
    save(client, link, paper_out="yes")
    assert "Attached now" not in words(client.get(f"{link}part/support/"))
    assert not AnswerFile.objects.exists()
    assert client.get(f"{link}file/paper/").status_code == 404


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (upload(b"MZ\x90\0\3", "plan.exe"), "none of the kinds that are taken: PDF, Word document (docx)"),
        (upload(handed_in.pdf()[:400], "plan.pdf"), "cannot be read as PDF"),
        (upload(handed_in.word()[:3000], "plan.docx"), "damaged"),
        (upload(b"MZ\x90\0\3", "plan.pdf"), "none of the kinds"),
        (upload(handed_in.word(), "plan.pdf"), "“plan.pdf” is called as a PDF is, and is none inside"),
        (upload(b"", "plan.pdf"), "is empty"),
        (upload(b"x" * 5_000_001, "plan.txt"), "larger than 5 MB"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_beside_its_question_and_the_rest_is_kept(client, file, says):
    _, link = asked()
    wrong = save(client, link, brokerage="own", paper=file)
    assert says in beside(wrong, "paper") and "Your guidance on brokerage" in beside(wrong, "paper")
    assert says in words(wrong).split("Brokerage")[0], "in the summary too"
    assert Draft.objects.get().answers == {"brokerage": "own"}


def test_a_file_that_came_with_another_fault_is_kept_or_asked_for_again(client):
    _, link = asked()
    nameless = save(client, link, paper=upload(), name="")
    assert "Choose this file again: nothing is saved yet" in beside(nameless, "paper")
    assert not Draft.objects.exists()
    save(client, link, paper=upload(), picture=upload(b"no picture", "a.png"))
    page = client.get(f"{link}part/support/")
    assert "Attached now: Our guidance.txt" in words(page)


def test_whoever_replaces_what_a_colleague_attached_meanwhile_is_told(client):
    _, link = asked()
    save(client, link, brokerage="own")
    before = client.get(f"{link}part/support/")
    save(client, link, paper=upload(b"Theirs", "Theirs.txt"))
    told = save(client, link, before, paper=upload(b"Mine", "Mine.txt"))
    assert "On record is now: “Theirs.txt”. Choose your file again" in beside(told, "paper")
    assert "Attached now: Theirs.txt" in words(told)
    assert bytes(AnswerFile.objects.get().content) == b"Theirs"
    save(client, link, told, paper=upload(b"Mine", "Mine.txt"))
    assert bytes(AnswerFile.objects.get().content) == b"Mine"


def test_a_file_is_asked_for_before_the_hand_in_and_stands_on_the_receipt(client):
    _, link = asked()
    client.post(f"{link}part/money/", {"shown": "budgets", "budgets": "no"} | NAMED)
    missing = client.post(f"{link}hand-in/", NAMED)
    assert "Choose a file for “Your guidance on brokerage”." in words(missing)
    assert tree(missing).xpath("//a[contains(@href, '/part/support/#id_paper')]")
    save(client, link, paper=upload(name="Kent, by Ann.txt"))
    check = client.get(f"{link}hand-in/")
    assert "Kent, by Ann.txt (Plain text, 1 kB)" in words(check)
    assert tree(check).xpath(f"//a[@href='{link}file/paper/']")
    assert client.post(f"{link}hand-in/", NAMED).url == link
    assert "paper.txt (Plain text, 1 kB)" in words(client.get(link))
    assert client.get(f"{link}file/paper/").content == b"Brokers come early."


def test_the_director_reads_the_file_before_it_is_handed_in(client):
    _, link = asked(needs_approval=True)
    client.post(f"{link}part/money/", {"shown": "budgets", "budgets": "no"} | NAMED)
    save(client, link, paper=upload())
    client.post(f"{link}approval/", {"director": "Dee", "director_email": "dee@example.org"} | NAMED)
    theirs = re.search(r"http://testserver(\S+)", mail.outbox[0].body).group(1)
    page = client.get(theirs)
    assert "Our guidance.txt (Plain text, 1 kB)" in words(page)
    assert tree(page).xpath(f"//a[@href='{theirs}file/paper/']")
    handed = client.get(f"{theirs}file/paper/")
    assert handed.content == b"Brokers come early." and "no-store" in handed["Cache-Control"]
    assert client.get("/approve/nobody/file/paper/").status_code == 404


def test_the_surveyor_reads_that_a_file_was_given_and_downloads_it_until_the_keys_are_destroyed(client):
    wave, link = asked()
    client.post(f"{link}part/money/", {"shown": "budgets", "budgets": "no"} | NAMED)
    save(client, link, paper=upload(handed_in.word(), "Kent, by Ann.docx"))
    client.post(f"{link}hand-in/", NAMED)
    signed_in(client, surveyor())
    reply = Reply.objects.get()
    where = reverse("survey_reply_file", args=[wave.slug, reply.pk, "paper"])
    page = client.get(reverse("survey_reply", args=[wave.slug, reply.pk]))
    assert "paper.docx (Word document" in words(page) and tree(page).xpath(f"//a[@href='{where}']")
    assert "Kent" not in words(page)
    handed = client.get(where)
    assert "no-store" in handed["Cache-Control"]
    assert handed["Content-Disposition"] == 'attachment; filename="paper.docx"'
    assert handed_in.AUTHOR.encode() not in handed_in.inside(handed.content)
    survey_seal.close(wave=wave, by=surveyor(), at=at(2126, 1, 2))
    survey_seal.destroy_keys(wave=wave, by=surveyor(), at=at(2126, 6, 1))
    gone = client.get(reverse("survey_reply", args=[wave.slug, reply.pk]))
    assert "paper.docx (destroyed)" in words(gone)
    assert client.get(where).status_code == 404


def test_the_preview_shows_the_box_and_tables_tell_nothing_of_a_file(client):
    wave, link = asked()
    client.post(f"{link}part/money/", {"shown": "budgets", "budgets": "no"} | NAMED)
    save(client, link, paper=upload(name="Kent.txt"))
    client.post(f"{link}hand-in/", NAMED)
    signed_in(client, surveyor())
    preview = client.get(reverse("survey_questions", args=[wave.slug]))
    assert len(tree(preview).xpath("//input[@type='file']")) == 2
    for page in ("survey_tables", "survey_tables_csv", "survey_profile", "survey", "survey_report_figures"):
        shown = client.get(reverse(page, args=[wave.slug])).content.decode()
        assert "paper.txt" not in shown and "Brokers come early" not in shown


def test_an_anonymous_wave_with_a_file_is_refused_in_words_on_the_page(client):
    signed_in(client, surveyor())
    posted = {"title": "Secret", "questions": "stage-two-outcomes 1", "unit": "council", "mode": "anonymous",
              "needs_approval": "no", "opens_on_day": "1", "opens_on_month": "5", "opens_on_year": "2126",
              "closes_on_day": "1", "closes_on_month": "6", "closes_on_year": "2126"}  # fmt: skip
    told = client.post(reverse("survey_new"), posted)
    assert "“Your questionnaire” asks for a file, and a file tells whose it is" in beside(told, "mode")
