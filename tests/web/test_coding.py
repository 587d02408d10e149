"""The coding desk, two coders beside each other, the codebook on its pages."""

from dataclasses import replace

import pytest
from coding_by import QUESTION, TEXTS, answered, book, coders, put, read, reply
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from making import signed_in
from reading_pages import errors, page, words

from wherewithal.actions import codebook as actions
from wherewithal.formats import refi_qda
from wherewithal.records.coders import Held
from wherewithal.records.coding import as_coding
from wherewithal.records.models import Codebook, Coded, ReadThrough, Settled

pytestmark = pytest.mark.django_db
FIRST, NOTHING, BOTH = TEXTS


@pytest.fixture
def sol(client):
    return signed_in(client, coders()[0]) or client


@pytest.fixture
def sky():
    return signed_in(Client(), coders()[1])


def href(name, wave, *args) -> str:
    return reverse(name, args=[wave.slug, *args])


def code(client, wave, text, **given):
    address = href("coding_code", wave, QUESTION, reply(wave, text).pk)
    return client.post(address, given, follow=True)


def test_before_there_is_a_codebook_the_page_says_so_and_begins_one(sol, wave):
    assert "There is no codebook yet" in words(page(sol.get(href("survey_coding", wave))))
    begun = page(sol.post(href("codebook_begin", wave), follow=True))
    assert "version 1 Draft" in words(begun) and "It has no codes yet." in words(begun)
    refused = page(sol.post(href("codebook_use", wave), follow=True))
    assert "A codebook without codes cannot be used" in words(refused)


def test_a_code_is_written_changed_and_put_in_use_on_pages(sol, wave):
    sol.post(href("codebook_begin", wave))
    given = {
        "question": QUESTION,
        "label": "Early",
        "definition": "Speaks of early",
        "examples": "Soon\n\nAt once",
    }
    missing = page(sol.post(href("codebook_add", wave), given | {"definition": ""}))
    assert "What it means" in words(missing.xpath("//div[contains(@class, 'govuk-error-summary')]")[0])
    sol.post(href("codebook_add", wave), given)
    sol.post(href("codebook_code", wave, "early"), given | {"alone": "on"})
    kept = Codebook.objects.get().codes
    assert [(one["id"], one["examples"], one["alone"]) for one in kept] == [
        ("early", ["Soon", "At once"], True)
    ]
    done = page(sol.post(href("codebook_use", wave), follow=True))
    assert "Version 1 of the codebook is in use." in words(done)
    assert sol.post(href("codebook_add", wave), given).status_code == 404


def test_the_desk_takes_words_that_were_copied_or_marked_and_shows_them_underlined(sol, wave):
    book(wave)
    code(sol, wave, FIRST, code="early", passage="people early", memo="First thing")
    shown = page(code(sol, wave, FIRST, code="panels", start="20", end="33", passage="early. Panels"))
    text = shown.xpath("//*[@data-answer]")[0]
    assert text.text_content() == FIRST, "not a character more or less, so that places in it count"
    drawn = [(one.get("title"), one.text) for one in text.xpath("./span[@title]")]
    assert drawn == [("Early", "people "), ("Early, Panels", "early"), ("Panels", ". Panels")]
    assert "Early “people early” First thing" in words(shown)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"code": "early", "passage": "nowhere said"}, "The answer does not say this"),
        ({"code": "late", "passage": "early"}, "is no code of version 1"),
        ({"passage": "early"}, "code"),
        ({"code": "early", "start": "3", "end": "999"}, "goes from 3 to 999"),
    ],
)
def test_what_cannot_be_coded_is_told_at_the_desk_and_what_was_typed_stays(sol, given, says, wave):
    book(wave)
    shown = page(code(sol, wave, FIRST, memo="My thought", **given))
    assert says in words(shown.xpath("//div[contains(@class, 'govuk-error-summary')]")[0])
    assert shown.xpath("//input[@name='memo']/@value") == ["My thought"]
    others = set(shown.xpath("//ol[@class='ww-answers']//a/@href"))
    assert {link.split("?")[0] for link in others} == {href("coding_desk", wave, QUESTION)}
    assert not Coded.objects.exists()


def test_read_to_the_end_goes_to_the_next_and_the_last_says_so(sol, wave):
    book(wave)
    for _ in TEXTS:
        desk = page(sol.get(href("coding_desk", wave, QUESTION)))
        shown = page(sol.post(desk.xpath("//form[@id='read']/@action")[0], follow=True))
    assert "You have read all 3 answers to this question." in words(shown)
    assert ReadThrough.objects.count() == 3
    sol.post(desk.xpath("//form[@id='read']/@action")[0], {"again": "yes"})
    assert ReadThrough.objects.count() == 2


def test_a_coder_sees_their_own_codings_only_and_takes_off_only_those(sol, sky, wave):
    book(wave)
    row = put(wave, FIRST, "early", "early")
    address = f"{href('coding_desk', wave, QUESTION)}?reply={row.reply_id}"
    assert page(sol.get(address)).xpath("//li[@class='ww-put']")
    assert not page(sky.get(address)).xpath("//li[@class='ww-put']")
    assert sky.post(href("coding_take_off", wave, row.pk)).status_code == 404
    assert "Doubtful" in words(
        page(sol.post(href("coding_note", wave, row.pk), {"memo": "Doubtful"}, follow=True))
    )
    sol.post(href("coding_take_off", wave, row.pk))
    assert not Coded.objects.exists()


def test_two_coders_are_compared_and_settle_where_they_differ(sol, wave):
    book(wave)
    sol_, sky_ = coders()
    put(wave, FIRST, "early", "early", sol_)
    put(wave, FIRST, "meet", "early", sky_)
    put(wave, BOTH, "panels", "panels", sky_)
    overview = page(sol.get(href("survey_coding", wave)))
    assert "nobody yet" in words(overview) and not overview.xpath("//a[starts-with(., 'Compare')]")
    read(wave)
    assert "Sky Second: 3, Sol Surveyor: 3" in words(page(sol.get(href("survey_coding", wave))))
    shown = page(sol.get(href("coding_compare", wave, QUESTION)))
    early, panels, together = [words(row) for row in shown.xpath("//table//tbody/tr")]
    assert early.startswith("Early 1 0 0 2 100.0% 1.00")
    assert panels.startswith("Panels 0 0 1 2 66.7% 0.00: one coder never varied")
    assert together.startswith("All codes 1 0 1 4 83.3%")
    assert "1 disagreement to settle" in words(shown)
    assert "Both used it, on other words" in words(shown)
    settle = shown.xpath("//a[starts-with(., 'Settle it')]/@href")[0]
    assert "did not use the code" in words(page(sol.get(settle)))
    assert "Does the code stand?" in words(page(sol.post(settle, {"why": "x"})))
    after = page(sol.post(settle, {"stands": "yes", "why": "It names them"}, follow=True))
    assert "0 disagreements to settle" in words(after) and "Settled by Sol Surveyor: It names them" in words(
        after
    )
    assert words(after.xpath("//table//tbody/tr[2]")[0]).endswith(" 1")
    assert Settled.objects.get().stands


def test_who_settles_second_is_told_what_was_settled_meanwhile(sol, sky, wave):
    book(wave)
    put(wave, BOTH, "panels", "panels", coders()[1])
    read(wave)
    settle = page(sol.get(href("coding_compare", wave, QUESTION))).xpath(
        "//a[starts-with(., 'Settle it')]/@href"
    )
    sol.post(settle[0], {"stands": "yes", "why": "It names them"})
    opened = page(sky.get(settle[0])).xpath("//input[@name='opened']/@value")[0]
    sol.post(settle[0], {"stands": "no", "why": "Not really"})
    late = sky.post(settle[0], {"stands": "yes", "why": "I think so", "opened": opened})
    assert "somebody changed this since you opened it" in words(page(late))
    assert Settled.objects.get().why == "Not really"


def test_with_one_coder_there_is_nothing_to_compare(sol, wave):
    book(wave)
    read(wave, coders()[0])
    assert sol.get(href("coding_compare", wave, QUESTION)).status_code == 404


def test_a_draft_says_what_it_would_change_before_it_is_put_in_use_or_thrown_away(sol, wave):
    book(wave)
    put(wave, FIRST, "early", "early")
    read(wave, coders()[0], texts=TEXTS[:1])
    sol.post(href("codebook_begin", wave))
    sol.post(href("codebook_remove", wave, "early"))
    shown = words(page(sol.get(f"{href('codebook', wave)}?version=2")))
    assert "Early is gone: its codings are looked at again (1 coding)" in shown
    assert "read again by everybody" in shown and "1 reading to the end no longer counts" in shown
    assert "Throw version 2 away?" in words(page(sol.get(href("codebook_throw_away", wave))))
    done = page(sol.post(href("codebook_throw_away", wave), follow=True))
    assert "The draft is gone" in words(done)
    assert Codebook.objects.get().version == 1


def test_what_waits_to_be_looked_at_again_stays_or_goes(sol, wave):
    book(wave)
    row = put(wave, FIRST, "early", "early")
    draft = actions.begin(wave=wave, by=coders()[0], at=row.reply.wave.closes_at)
    given = {"question": QUESTION, "label": "Early", "definition": "Before the plan"}
    sol.post(href("codebook_code", wave, "early"), given)
    done = page(sol.post(href("codebook_use", wave), follow=True))
    assert "1 codings are to be looked at again" in words(
        done
    ) or "1 coding is to be looked at again" in words(done)
    assert draft.version == 2
    assert Held(wave).codings == {}, "it is not counted until somebody says that it stays"
    desk = page(sol.get(f"{href('coding_desk', wave, QUESTION)}?reply={row.reply_id}"))
    assert "Look again The code was reworded" in words(desk)
    sol.post(href("coding_take_off", wave, row.pk), {"stays": "yes"})
    row.refresh_from_db()
    assert row.again == "" and Held(wave).codings == {(QUESTION, row.coder_id): [as_coding(row)]}


def sent(sol, wave, **renamed: str) -> SimpleUploadedFile:
    """The wave's project as another program gives it back, its coders renamed."""
    project = refi_qda.read(sol.get(href("coding_project", wave)).content).project
    users = tuple(
        replace(one, name=renamed.get(one.name.replace("-", "_"), one.name)) for one in project.users
    )
    return SimpleUploadedFile("back.qdpx", refi_qda.write(replace(project, users=users)))


def test_codings_go_out_as_a_project_and_come_back_as_those_of_whoever_brings_them(sol, sky, wave):
    book(wave)
    row = put(wave, FIRST, "early", "early")
    sol.post(href("coding_note", wave, row.pk), {"memo": "First thing\r\nand more"})
    file = sol.get(href("coding_project", wave))
    assert file["Content-Disposition"] == f'attachment; filename="{wave.slug}.qdpx"'
    sols = f"coder-{coders()[0].pk}"
    assert [one.name for one in refi_qda.read(file.content).project.users] == [sols], "no name leaves"
    back = sent(sol, wave, **{sols.replace("-", "_"): "A third"})
    done = page(sky.post(href("coding_bring", wave), {"file": back}, follow=True))
    assert "1 of 1 codings are new and now yours" in words(done)
    assert Coded.objects.get(coder=coders()[1]).memo == "First thing\nand more"
    back.seek(0)
    again = page(sky.post(href("coding_bring", wave), {"file": back}, follow=True))
    assert "0 of 1 codings are new" in words(again)


@pytest.mark.parametrize(("mode", "told"), [("coded", set()), ("attributed", {"region", "type"})])
def test_region_and_type_go_out_only_where_a_wave_names_its_councils(sol, mode, told):
    wave = answered(mode=mode, title="Another")
    book(wave)
    project = refi_qda.read(sol.get(href("coding_project", wave)).content).project
    assert {one.name for one in project.variables} == told
    assert all(len(one.values) == len(told) for one in project.cases) and len(project.cases) == 3


def test_codings_that_come_in_may_say_that_every_answer_to_their_questions_was_read(sol, sky, wave):
    book(wave)
    put(wave, FIRST, "early", "early")
    back = sent(sol, wave, **{f"coder_{coders()[0].pk}": "A third"})
    sky.post(href("coding_bring", wave), {"file": back, "read": "on"})
    assert set(ReadThrough.objects.values_list("coder", "question")) == {(coders()[1].pk, QUESTION)}
    assert ReadThrough.objects.count() == len(TEXTS), "those without a code too"


def test_nobody_takes_another_coders_codings_for_their_own(sol, wave):
    book(wave)
    for coder in coders():
        put(wave, FIRST, "early", "early", coder)
    file = SimpleUploadedFile("both.qdpx", sol.get(href("coding_project", wave)).content)
    second = f"coder-{coders()[1].pk}"
    refused = page(sol.post(href("coding_bring", wave), {"file": file, "coder": second}))
    assert "another coder’s of this survey" in errors(refused)[0]
    file.seek(0)
    assert "0 of 1 codings are new" in words(
        page(sol.post(href("coding_bring", wave), {"file": file}, follow=True))
    )
    bad = page(sol.post(href("coding_bring", wave), {"file": SimpleUploadedFile("x.qdpx", b"no zip")}))
    assert errors(bad) and Coded.objects.count() == 2


def test_the_desk_asks_the_same_number_of_questions_however_many_answers_there_are(sol):
    def asked(*texts: str) -> int:
        wave = answered(texts, title=f"Of {len(texts)}")
        book(wave)
        for text in texts:
            put(wave, text, "early", "early")
        with CaptureQueriesContext(connection) as found:
            page(sol.get(href("coding_desk", wave, QUESTION)))
        return len(found)

    assert asked("It is early") == asked(*(f"It is early {number}" for number in range(8)))
