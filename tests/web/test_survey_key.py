"""After an anonymous survey closed, both holders of its key are asked whether it is destroyed, by name."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from making import at, signed_in
from reading_pages import errors, page, words
from surveying import LATE, doing, opened, sealed_enough, surveyor

from wherewithal.actions import survey_key, survey_seal
from wherewithal.core.survey_key import NotDestroyed
from wherewithal.records.models import DestroyedKey, Wave

pytestmark = pytest.mark.django_db
HELD = ["Ann Holder", "Bea Holder"]
CLOSED, LATER = LATE.date(), at(2026, 5, 10)


def closed(**more) -> Wave:
    wave, key = opened("anonymous", **more)
    sealed_enough(wave)
    return survey_seal.close(wave=wave, key=key, **doing(LATE))


def note(wave: Wave, holder: str = HELD[0], on: date = CLOSED, moment=LATER) -> DestroyedKey:
    return survey_key.note_destroyed(wave=wave, holder=holder, destroyed_on=on, **doing(moment))


@pytest.fixture
def sol(client):
    return signed_in(client, surveyor()) and client


def shown(client, name: str, *args) -> str:
    return words(page(client.get(reverse(name, args=args))))


def day(of: date) -> dict[str, int]:
    return {"destroyed_on_day": of.day, "destroyed_on_month": of.month, "destroyed_on_year": of.year}


def test_nothing_is_asked_while_the_key_is_needed_nor_of_a_survey_without_one(sol):
    wave, _ = opened("anonymous")
    coded, _ = opened(title="Coded")
    survey_seal.close(wave=coded, **doing(LATE))
    for one, why in (
        (wave, "both copies are kept until then"),
        (coded, "Only an anonymous survey has a key"),
    ):
        assert "Is the key destroyed?" not in shown(sol, "survey", one.slug)
        assert why in shown(sol, "survey_key_copies", one.slug)
    assert "Due:" not in shown(sol, "surveys")


def test_a_closed_one_asks_on_its_page_and_is_due_on_the_list_by_the_holders_names(sol):
    wave = closed()
    text = shown(sol, "survey", wave.slug)
    assert "Is the key destroyed? Ann Holder and Bea Holder have not said so yet." in text
    assert "Due: Ann Holder and Bea Holder have not said that the key is destroyed." in shown(sol, "surveys")


def test_what_a_holder_says_is_noted_with_its_day_and_who_noted_it_and_the_other_is_outstanding(sol):
    wave = closed()
    where = reverse("survey_key_copies", args=[wave.slug])
    asked = page(sol.get(where))
    assert asked.xpath("//input[@name='holder']/@value") == HELD
    told = page(sol.post(where, {"holder": HELD[1], **day(CLOSED)}, follow=True))
    assert "It is noted that Bea Holder destroyed their copy." in words(told)
    assert "Bea Holder Destroyed on 6 May 2026. Noted by Sol Surveyor" in words(told)
    assert "Ann Holder Has not said so yet" in words(told)
    assert told.xpath("//input[@name='holder']/@value") == HELD[:1]
    assert "Is the key destroyed? Ann Holder has not said so yet." in shown(sol, "survey", wave.slug)
    assert "Due: Ann Holder has not said that the key is destroyed." in shown(sol, "surveys")
    note(wave, HELD[0])
    text = shown(sol, "survey", wave.slug)
    assert "Is the key destroyed?" not in text
    assert "Both copies of the key are destroyed, as Ann Holder and Bea Holder said." in text
    assert "Due:" not in shown(sol, "surveys") and "Both have said so." in words(page(sol.get(where)))


@pytest.mark.parametrize(
    "given, says",
    [
        ({"holder": HELD[0]}, "Answer “On which day was it destroyed?”"),
        (day(CLOSED), "Answer “Who says that their copy is destroyed?”"),
        (
            {"holder": HELD[0], **day(date(2026, 5, 1))},
            "The survey closed on 5 May 2026, and the key was needed for that. Enter that day or a later "
            "one.",
        ),
        (
            {"holder": HELD[0], **day(date(2126, 5, 1))},
            "Enter a day that is past, or today: it is destroyed then.",
        ),
    ],
)
def test_a_day_that_cannot_be_is_refused_beside_its_field(sol, given, says):
    wave = closed()
    assert errors(page(sol.post(reverse("survey_key_copies", args=[wave.slug]), given))) == [says]
    assert not DestroyedKey.objects.exists()


def test_what_was_noted_by_mistake_is_taken_back_with_its_reason_and_both_stay_in_the_history(sol):
    wave = closed()
    said = note(wave)
    where = reverse("survey_key_take_back", args=[wave.slug, said.pk])
    assert "It is noted that Ann Holder destroyed their copy of the key on 6 May 2026" in words(
        page(sol.get(where))
    )
    assert errors(page(sol.post(where, {"reason": " "}))) == ["Answer “Why is it taken back?”"]
    text = words(page(sol.post(where, {"reason": "It was the other one"}, follow=True)))
    assert "Ann Holder is asked again." in text and "Ann Holder Has not said so yet" in text
    history = shown(sol, "survey_history", wave.slug)
    assert "Noted that a holder’s copy of the key is destroyed" in history
    assert "Took back that a holder’s copy of the key is destroyed" in history
    assert "It was the other one" in history
    assert sol.get(where).status_code == 404


def test_nobody_else_says_so_nobody_twice_and_nobody_before_the_close():
    wave = closed()
    with pytest.raises(NotDestroyed, match="one of the two who hold"):
        note(wave, "Cy Curious")
    note(wave)
    with pytest.raises(NotDestroyed, match="noted already that Ann Holder"):
        note(wave)
    other, _ = opened("anonymous", title="Open")
    with pytest.raises(NotDestroyed, match="not closed yet"):
        note(other, other.key_holders[0])


def test_the_list_of_surveys_asks_once_for_all_their_keys(sol):
    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            sol.get(reverse("surveys"))
        return sum("destroyedkey" in one["sql"] for one in caught)

    assert asked() == 0
    for title in ("One", "Two", "Three"):
        closed(title=title)
    assert asked() == 1
