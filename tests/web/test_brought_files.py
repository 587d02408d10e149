"""The pages of a file that an analyst brings, until it is read: the form, the refusals, the waiting."""

import pytest
from bringing import analyst, brought, reader, return_of
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import localdate
from making import council, signed_in

from wherewithal.analytics.year import ReportingYear
from wherewithal.extract.brought_file import read
from wherewithal.records.models import BroughtFile, BroughtPart
from wherewithal.web import brought_file_upload

pytestmark = pytest.mark.django_db
NEW = "/measures/files/new/"


@pytest.fixture(autouse=True)
def exampleshire(db):
    return council()


@pytest.fixture
def ana(client):
    return signed_in(client, analyst())


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def send(client, content: bytes = b"", name: str = "return.csv", **more):
    return client.post(NEW, {"file": SimpleUploadedFile(name, content), "period": ""} | more)


def at(row: BroughtFile, rest: str = "") -> str:
    return f"/measures/files/{row.pk}/{rest}"


def test_without_a_file_the_page_says_what_to_do(ana):
    page = words(ana.get("/measures/files/"))
    assert "No file is here. Bring one" in page
    assert NEW in page


def test_a_file_that_is_sent_waits_and_can_be_left(ana):
    answer = send(ana, return_of())
    row = BroughtFile.objects.get()
    assert answer.url == at(row)
    page = ana.get(at(row))
    assert "It waits to be read." in words(page)
    assert "You can leave this page" in words(page)
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page.content.decode()
    assert "HX-Refresh" not in ana.get(at(row), headers={"HX-Request": "true"})


def test_when_it_is_read_the_page_comes_anew_with_what_was_found(ana):
    send(ana, return_of())
    row = BroughtFile.objects.get()
    read(row.pk, by=reader(), at=row.at)
    assert ana.get(at(row), headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    page = words(ana.get(at(row)))
    for told in ("All in order.", "30 rows about 30 people", "66.7%", "20 of 30 people", "was deleted"):
        assert told in page


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "return.csv", "Nothing is in that file: choose another"),
        (b"PK\x03\x04rest", "return.xlsx", "is a workbook or another packed file, and no CSV file"),
        (b"%PDF-1.7", "return.csv", "is a PDF, and no CSV file"),
        (b"a,b", "return.doc", "Choose a file whose name ends in .csv"),
    ],
)
def test_a_file_that_is_no_csv_is_refused_on_the_form(ana, content, name, said):
    assert said in words(send(ana, content, name))
    assert not BroughtFile.objects.exists()


def test_a_form_without_a_file_asks_for_it(ana):
    assert "Choose the file" in words(ana.post(NEW, {"period": ""}))


def test_a_file_that_is_too_large_is_read_past_and_never_kept(ana, monkeypatch):
    monkeypatch.setattr(brought_file_upload, "largest_bytes", lambda used: 1000)
    page = words(send(ana, return_of()))
    assert "The file is larger than" in page
    assert "Choose the file" not in page
    assert not BroughtPart.objects.exists()


def test_who_has_not_signed_in_brings_nothing(client):
    answer = send(client, return_of())
    assert answer.status_code == 302
    assert "/accounts/login/" in answer.url
    assert not BroughtFile.objects.exists()


def test_a_form_from_elsewhere_brings_nothing():
    elsewhere = signed_in(Client(enforce_csrf_checks=True), analyst())
    assert send(elsewhere, return_of()).status_code == 403
    assert not BroughtFile.objects.exists()


def test_its_reading_can_be_stopped(ana):
    row = brought()
    assert ana.post(at(row, "stop/")).url == at(row)
    assert "Ana Analyst stopped the reading." in words(ana.get(at(row)))
    assert not BroughtPart.objects.exists()


def test_the_year_can_be_chosen(ana):
    this = ReportingYear.of(localdate()).first.year
    chosen = f"{this - 1}-{this % 100:02d}"
    send(ana, return_of(), period=chosen)
    assert BroughtFile.objects.get().period == chosen
    assert "Choose one of the answers shown" in words(send(ana, return_of(), period="1999-00"))
