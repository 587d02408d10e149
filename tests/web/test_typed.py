"""Somebody was signed out while they typed: what they typed is kept for them, and saved only by them."""

from datetime import timedelta

import pytest
from assessing import answers_of, started
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse
from lxml import html
from making import person, signed_in, team, user
from planning import drafted
from reviewing import held, running

from wherewithal.core.roles import Role
from wherewithal.records.models import User
from wherewithal.web import typed
from wherewithal.web.clock import now

pytestmark = pytest.mark.django_db
PASSWORD = "a long one, only for tests"


@pytest.fixture
def worker(client):
    return signed_in(client, user("Wren Worker", Role.PRACTITIONER, in_team=team()))


def read(answer, status=200):
    assert answer.status_code == status, answer.content.decode()[:2000]
    return html.fromstring(answer.content.decode())


def words(page) -> str:
    return " ".join(page.xpath("//main")[0].text_content().split())


def sent(page, **said) -> dict[str, object]:
    """What a browser sends of the page's first form that has a writer."""
    form = page.xpath("//form[.//input[@name='writer']]")[0]
    values: dict[str, list[str]] = {}
    for name, value in form.form_values():
        values.setdefault(name, []).append(value)
    return values | said


def put_back(client, page):
    """Press “Put it back into the form”."""
    form = page.xpath("//form[.//button[@name='put_back']]")[0]
    return client.post(form.get("action"), sent(page) | {"put_back": "yes"})


def test_what_was_typed_comes_back_after_signing_in_with_a_password_and_is_saved_only_then(client):
    who = user("Pat Example", Role.PERSON)
    User.objects.filter(pk=who.pk).update(password=make_password(PASSWORD))
    of = started(person(user=who))
    signed_in(client, User.objects.get(pk=who.pk))
    address = reverse("my_questions_section", args=["eating"])
    page = read(client.get(address))
    client.post(reverse("account_logout"))
    went = client.post(address, sent(page, eating_need="most", eating_words="I forget\r\nto drink"))
    sign_in = read(client.get(went.url))
    assert "You were signed out before this was saved" in words(sign_in)
    assert "What you typed is kept for an hour: sign in again." in words(sign_in)
    login = dict(sign_in.xpath("//form")[0].form_values()) | {"login": who.email, "password": PASSWORD}
    assert client.post(went.url, login).url == address
    offered = read(client.get(address))
    assert "so nothing is saved yet" in words(offered)
    back = read(put_back(client, offered))
    assert "What you typed is back in the form" in words(back)
    assert back.xpath("//textarea[@name='eating_words']")[0].text.split() == ["I", "forget", "to", "drink"]
    assert answers_of(of, "own").answers == {}
    assert "back in the form" not in words(read(client.get(address))), "it is offered once"
    client.post(address, sent(back))
    assert answers_of(of, "own").answers == {"eating_need": "most", "eating_words": "I forget\nto drink"}


def kept(worker, name="plan_describe", **said):
    """A page, and what was typed on it after the session had ended."""
    plan = drafted()
    address = reverse(name, args=[plan.person.ref])
    page = read(worker.get(address))
    worker.logout()
    worker.post(address, sent(page, **said))
    return plan, address


def test_nobody_else_gets_it_and_it_is_thrown_away(worker):
    plan, address = kept(worker, summary="I sing.")
    assert worker.session[typed.KEPT]["writer"] == plan.author.pk
    for nobody in (user("Ola Other", Role.PRACTITIONER, in_team=team()), plan.author):
        signed_in(worker, nobody)
        assert "I sing." not in worker.get(address).content.decode()
        assert typed.KEPT not in worker.session


def test_it_is_kept_for_an_hour(worker):
    plan, address = kept(worker, summary="I sing.")
    signed_in(worker, plan.author)
    session = worker.session
    session[typed.KEPT]["until"] = (now() - timedelta(seconds=1)).isoformat()
    session.save()
    assert "I sing." not in worker.get(address).content.decode()
    assert typed.KEPT not in worker.session


def test_it_can_be_thrown_away(worker):
    plan, address = kept(worker, summary="I sing.")
    signed_in(worker, plan.author)
    assert "I sing." in worker.get(address).content.decode()
    assert worker.post(address, {"put_back": "no"}).url == address
    assert "I sing." not in worker.get(address).content.decode()


def test_a_page_that_does_not_say_who_opened_it_keeps_nothing_and_says_so(worker):
    who = drafted().person
    address = reverse("plan_describe", args=[who.ref])
    worker.logout()
    for writer in ("", "1", "made up:1abc:xyz"):
        went = worker.post(address, {"summary": "I sing.", "writer": writer})
        assert typed.KEPT not in worker.session
        told = words(read(worker.get(went.url)))
        assert "nothing was saved. Sign in, then do it again" in told
    assert went.url.endswith(f"?next={address}")


def test_what_changed_meanwhile_is_told_also_of_what_was_put_back(worker):
    plan, address = kept(worker, summary="I sing.")
    signed_in(worker, plan.author)
    offered = read(worker.get(address))
    back = read(put_back(worker, offered))
    plan.summary = "I swim."
    plan.save()
    found = words(read(worker.post(address, sent(back))))
    assert "Somebody changed this since you opened it" in found and "I sing." in found


def test_signed_in_anew_in_another_tab_it_is_put_back_at_once():
    client = Client(enforce_csrf_checks=True)
    worker = signed_in(client, user("Wren Worker", Role.PRACTITIONER, in_team=team()))
    plan = drafted()
    address = reverse("plan_describe", args=[plan.person.ref])
    page = read(worker.get(address))
    worker.logout()
    worker.get(reverse("account_login"))  # the other tab: the token against forgery is another one now
    signed_in(client, plan.author)
    offered = read(worker.post(address, sent(page, summary="I sing.")), 403)
    assert "so nothing is saved yet" in words(offered)
    back = read(put_back(worker, offered))
    assert worker.post(address, sent(back)).status_code == 302
    plan.refresh_from_db()
    assert plan.summary == "I sing."
    signed_in(client, user("Ola Other", Role.PRACTITIONER, in_team=team()))
    refused = client.post(address, sent(page, summary="Not mine."))
    assert refused.status_code == 403 and "Not mine." not in refused.content.decode()


def test_a_review_that_was_put_back_is_not_saved_by_itself(worker):
    review = held(running())
    page = read(worker.get(reverse("review", args=[review.person.ref, review.pk])))
    worker.logout()
    address = reverse("review_write", args=[review.person.ref, review.pk])
    worker.post(address, sent(page, summary="It goes well.", then="finish"))
    signed_in(worker, user("Wren Worker"))
    offered = read(worker.get(address))
    back = read(put_back(worker, offered))
    assert back.xpath("//textarea[@name='summary']")[0].text.strip() == "It goes well."
    review.refresh_from_db()
    assert not review.said_so_far


def test_a_piece_of_a_page_is_not_replaced_by_the_sign_in_page(worker):
    who = drafted().person
    worker.logout()
    asked = worker.post(reverse("plan_line_cost", args=[who.ref]), headers={"HX-Request": "true"})
    assert asked.status_code == 401


def test_a_form_that_asks_for_a_password_is_never_kept(client):
    who = user("Pat Example", Role.PERSON)
    User.objects.filter(pk=who.pk).update(password=make_password(PASSWORD))
    signed_in(client, User.objects.get(pk=who.pk))
    page = read(client.get(reverse("account_change_password")))
    assert page.xpath("//input[@type='password']") and not page.xpath("//input[@name='writer']")
