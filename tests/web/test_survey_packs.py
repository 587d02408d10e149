"""Private packs: sent once by a real mail server, opened by their link, with the council's own words only."""

import csv
import io
from datetime import date, timedelta

import pypdf
import pytest
import surveying
from coding_by import book, coders, put, read
from django.urls import reverse
from mailing import GONE
from making import at, signed_in
from reading_pages import page, words

from wherewithal.actions import survey_invite, survey_pack, survey_seal
from wherewithal.core.survey_link import hashed
from wherewithal.records.models import Invitation, Pack, Release, ReplyKey, Wave
from wherewithal.web.clock import today

pytestmark = pytest.mark.django_db
AFTER = at(2026, 6, 1)


@pytest.fixture
def sol(client):
    return signed_in(client, surveying.surveyor()) or client


def release(wave: Wave, **more) -> Wave:
    """As the release of its report leaves it, built on 1 June."""
    wave = survey_seal.close(wave=wave, **surveying.doing(surveying.LATE))
    Wave.objects.filter(pk=wave.pk).update(state=Wave.State.RELEASED)
    Release.objects.create(
        wave=wave, version=1, content={}, content_hash="0" * 64, built_by=surveying.surveyor(),
        built_at=AFTER, **more,
    )  # fmt: skip
    return Wave.objects.get(pk=wave.pk)


def council(wave: Wave, number: int) -> Invitation:
    return surveying.one_of(wave, number * 11 % 152)


def answer(wave: Wave, numbers) -> None:
    for number in numbers:
        own = {"brokerage": "own" if number else "bought", "words": f"Secret words of {number}."}
        surveying.answer(council(wave, number), **own)


def answered(many: int, **more) -> Wave:
    wave, _ = surveying.opened(**more)
    surveying.addressed(wave)
    answer(wave, range(many))
    return wave


@pytest.fixture(scope="module")
def six(lasting):
    return answered(6).pk


@pytest.fixture
def wave(six):
    """An open wave whose councils all have an address and which six have answered."""
    return Wave.objects.get(pk=six)


def send(sol, wave):
    return sol.post(reverse("survey_packs_send", args=[wave.slug]), follow=True)


def office(sol, wave):
    return words(page(sol.get(reverse("survey_packs", args=[wave.slug]))))


def link_in(letter) -> str:
    text = letter.get_body(("plain",)).get_content()
    return "/" + next(word for word in text.split() if "/pack/" in word).split("/", 3)[3]


def opened(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer


def test_each_council_that_answered_gets_one_letter_and_the_page_tells_how_far_it_is(sol, box, client, wave):
    answer(wave, range(6, 30))
    wave = release(wave)
    assert "0 of 30 sent" in office(sol, wave) and "122 councils did not answer" in office(sol, wave)
    send(sol, wave)
    assert "25 of 30 sent" in office(sol, wave) and len(box.letters) == 25
    send(sol, wave)
    assert "30 of 30 sent" in office(sol, wave) and "Nothing waits to be sent" in office(sol, wave)
    send(sol, wave)
    to = [letter["To"] for letter in box.letters]
    assert len(to) == len(set(to)) == 30
    assert "private pack of" in box.letters[0].get_body(("plain",)).get_content()


def test_a_letter_that_comes_back_is_noted_and_goes_to_the_mended_address(sol, box, wave):
    one = council(wave, 0)
    Invitation.objects.filter(pk=one.pk).update(email=GONE)
    wave = release(wave)
    assert "1 address was refused" in words(page(send(sol, wave)))
    pack = Pack.objects.get(invitation=one)
    assert (pack.state, "no such mailbox" in pack.note) == ("bounced", True)
    send(sol, wave)
    assert len(box.letters) == 5, "not again to the address that failed"
    row = survey_invite.Addressee(one.code, "mended@example.org")
    survey_invite.give_addresses(wave=wave, addresses=[row], **surveying.doing(AFTER))
    send(sol, wave)
    pack.refresh_from_db()
    assert (pack.state, pack.note, box.letters[-1]["To"]) == ("sent", "", "mended@example.org")


def test_where_the_mail_server_fails_nothing_counts_as_sent(sol, settings, wave):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    wave = release(wave)
    assert "the mail server failed" in words(page(send(sol, wave)))
    assert "0 of 6 sent" in office(sol, wave)


def test_the_page_shows_its_own_answers_beside_others_and_nobody_elses_words(sol, box, client, wave):
    answer(wave, range(6, 12))
    wave = release(wave)
    send(sol, wave)
    mine = next(one for one in box.letters if one["To"] == council(wave, 0).email)
    address = link_in(mine)
    client.logout()
    shown = page(opened(client, address))
    said = words(shown)
    assert council(wave, 0).name in said and "Secret words of 0." in said
    assert not any(f"Secret words of {number}." in said for number in range(1, 12))
    [table] = [one for one in shown.xpath("//table") if words(one.find("caption")) == "Who offers brokerage?"]
    rows = {words(row[0]): [words(cell) for cell in row[1:]] for row in table.xpath(".//tbody/tr")}
    assert rows["Bought"] == ["Yours", "1 (8%)"] and rows["Own"] == ["", "11 (92%)"]
    assert "Too few others answered to show:" in said
    pdf = pypdf.PdfReader(io.BytesIO(opened(client, f"{address}pdf/").content))
    printed = " ".join(" ".join(one.extract_text() for one in pdf.pages).split())
    assert "Secret words of 0." in printed and "11 (92%)" in printed and "Secret words of 1." not in printed
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    rows = list(csv.DictReader(io.StringIO(opened(client, f"{address}csv/").content.decode("utf-8-sig"))))
    assert {row["Question"]: row["Your answer"] for row in rows}["What works?"] == "Secret words of 0."


def test_a_group_is_left_out_where_it_less_the_council_is_small(sol, box, client):
    """Five others, but of six: all of them would be fewer without the council itself."""
    wave = release(answered(5, title="Five"))
    send(sol, wave)
    client.logout()
    said = words(page(opened(client, link_in(box.letters[0]))))
    assert "Too few others answered to show: All" in said and "(100%)" not in said


def test_words_stand_beside_how_many_councils_bear_each_code(sol, box, client, wave):
    answer(wave, range(6, 8))
    book(wave, "Secrets")
    for number in range(8):
        put(wave, f"Secret words of {number}.", "Secret", "secrets")
    read(wave, coders()[0], texts=[f"Secret words of {number}." for number in range(8)])
    wave = release(wave)
    send(sol, wave)
    client.logout()
    said = words(page(opened(client, link_in(box.letters[0]))))
    assert "Secrets Yours 8 (100%)" in said and "You wrote: Secret words of" in said


def test_opening_leaves_the_day_and_no_time(sol, box, client, wave):
    wave = release(wave)
    send(sol, wave)
    address = link_in(box.letters[0])
    for _ in range(2):
        opened(client, address)
    pack = Pack.objects.get(token_hash=hashed(address.split("/")[2]))
    assert [date.fromisoformat(day) for day in pack.opened_on] == [today()]
    events = Pack.pgh_event_model.objects.filter(pgh_obj=pack)
    assert events.count() == 1 and not hasattr(events.get(), "opened_on"), "the sending, and no opening"


def test_a_replaced_link_opens_nothing_and_the_new_one_is_sent(sol, box, client, wave):
    wave = release(wave)
    send(sol, wave)
    old, who = link_in(box.letters[0]), box.letters[0]["To"]
    one = wave.invitations.get(email=who)
    sol.post(reverse("survey_pack_replace", args=[wave.slug, one.code]))
    assert client.get(old).status_code == 404
    send(sol, wave)
    assert len(box.letters) == 7 and box.letters[-1]["To"] == who
    assert link_in(box.letters[-1]) != old
    opened(client, link_in(box.letters[-1]))


def test_once_the_keys_are_destroyed_the_page_says_so(sol, box, client, wave):
    wave = release(wave)
    send(sol, wave)
    survey_seal.destroy_keys(wave=wave, **surveying.doing(AFTER))
    gone = client.get(link_in(box.letters[0]))
    assert gone.status_code == 410 and "The keys were destroyed on 1 June 2026" in gone.content.decode()
    assert "The keys were destroyed" in office(sol, wave)
    assert not ReplyKey.objects.exists()


def test_a_late_council_is_told_that_it_is_in_no_figure(sol, box, client, wave):
    answer(wave, range(6, 12))
    late = surveying.one_of(wave, 3)
    surveying.answer(late, surveying.LATE, brokerage="none")
    wave = release(wave)
    send(sol, wave)
    mine = next(one for one in box.letters if one["To"] == late.email)
    said = words(page(opened(client, link_in(mine))))
    assert "They are in none of these figures" in said and "None Yours 0 (0%)" in said


@pytest.mark.parametrize(
    "begun, why",
    [
        (lambda: answered(2, title="Two"), "The results are not public yet"),
        (
            lambda: release(answered(2, title="Two"), embargo_until=at(2126, 1, 1)),
            "The results are not public yet",
        ),
        (lambda: surveying.opened("anonymous", title="Sealed")[0], "This survey was anonymous"),
        (lambda: surveying.opened(unit="staff", title="Of staff")[0], "Packs are for councils"),
    ],
    ids=["open", "embargo", "anonymous", "staff"],
)
def test_there_are_none_before_the_release_or_of_who_is_not_known(sol, begun, why):
    wave = begun()
    assert why in office(sol, wave)
    assert why in words(page(send(sol, wave)))
    one = wave.invitations.first()
    if one is not None:
        with pytest.raises(survey_pack.NoPack, match=why):
            survey_pack.begin(invitation=one, **surveying.doing(AFTER + timedelta(days=1)))
    assert not Pack.objects.exists()


def test_who_did_not_answer_or_was_sent_it_gets_none(wave):
    wave = release(wave)
    with pytest.raises(survey_pack.NoPack, match="did not answer"):
        survey_pack.begin(invitation=surveying.one_of(wave, 1), **surveying.doing(AFTER))
    survey_pack.begin(invitation=council(wave, 0), **surveying.doing(AFTER))
    with pytest.raises(survey_pack.SentAlready):
        survey_pack.begin(invitation=council(wave, 0), **surveying.doing(AFTER))
