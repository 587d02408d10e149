"""The card provider's webhook: signed, in time, once, and refused in plain words."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client
from django.urls import get_resolver
from paying import balance, direct_payment, doing

from wherewithal.actions import card
from wherewithal.actions.card_file import dry_run
from wherewithal.records.models import Actual, KeptAnswer
from wherewithal.web.api import api
from wherewithal.web.api.signature import signature
from wherewithal.web.clock import now, today

URL = "/api/card/lines"
LINE = {"line_id": "W1", "card": "EXC-1", "merchant": "Corner Stores", "merchant_code": "5411", "pence": 4800}


@pytest.fixture(autouse=True)
def secret(settings):
    settings.WHEREWITHAL_CARD_SECRET = "shared only with the card provider"


@pytest.fixture
def pat(db):
    return direct_payment(card="EXC-1", signed_on=today() - timedelta(days=60)).person


def told(
    key: str = "k1", *, late: int = 0, sign: str = "", client: Client | None = None, **more
) -> tuple[int, dict]:
    """The status and the body after telling of a line."""
    line = {**LINE, "posted_on": today().isoformat()} | more
    body = more.pop("body", None) or json.dumps(line).encode()
    at = str(int(now().timestamp()) - late)
    headers = {
        "Idempotency-Key": key,
        "X-Wherewithal-Timestamp": at,
        "X-Wherewithal-Signature": sign or signature(at, key, body),
    }
    response = (client or Client()).post(URL, body, content_type="application/json", headers=headers)
    return response.status_code, response.json()


def test_a_line_is_spent_and_the_same_request_gets_the_first_answer_again(pat):
    first = told()
    assert first == (201, {"line_id": "W1", "pence": 4800, "taken_in_at": first[1]["taken_in_at"]})
    assert told() == first
    assert (Actual.objects.count(), balance(pat, "spent"), KeptAnswer.objects.count()) == (1, 4800, 1)


def test_one_key_with_another_body_is_a_conflict(pat):
    told()
    status, said = told(pence=4900)
    assert (status, said["field"]) == (409, "Idempotency-Key")
    assert balance(pat, "spent") == 4800


def test_one_line_under_two_keys_is_spent_once_and_may_not_change(pat):
    first = told("k1")
    assert first[0] == 201
    assert told("k2") == first, "it is on record since it was first told"
    assert balance(pat, "spent") == 4800
    status, said = told("k3", pence=4900)
    assert status == 409 and "A correction is a line of its own" in said["says"]


def test_a_line_that_came_in_a_file_before_is_told_when_it_was_taken_in(pat):
    on = today() - timedelta(days=1)
    row = f"line_id,card,posted_on,merchant,amount\nW1,EXC-1,{on.isoformat()},Corner Stores,48.00\n"
    reading = dry_run(row.encode(), on=on).reading
    card.take_in(reading=reading, file_name="x.csv", **doing(on))
    status, said = told(posted_on=on.isoformat())
    since = datetime.fromisoformat(said["taken_in_at"])
    assert (status, since) == (201, Actual.objects.get().transfer.at)
    assert balance(pat, "spent") == 4800


@pytest.mark.parametrize(
    "wrong", [{"sign": "sha256=00"}, {"late": 301}, {"late": -301}, {"sign": "é"}],
)  # fmt: skip
def test_what_is_not_signed_now_by_the_provider_is_refused(pat, wrong):
    status, said = told(**wrong)
    assert (status, Actual.objects.count()) == (401, 0)
    assert said["says"].startswith("The signature")


def test_nothing_is_taken_in_without_a_signature_at_all(pat):
    response = Client().post(URL, b"{}", content_type="application/json")
    assert (response.status_code, Actual.objects.count()) == (401, 0)


def test_without_a_shared_secret_nobody_can_sign(pat, settings):
    settings.WHEREWITHAL_CARD_SECRET = ""
    assert told()[0] == 503


@pytest.mark.parametrize(
    ("wrong", "status", "field"),
    [
        ({"pence": 0}, 422, "pence"),
        ({"pence": 100_000_000}, 422, "pence"),
        ({"merchant": ""}, 422, "merchant"),
        ({"merchant": "a\nb"}, 422, "merchant"),
        ({"merchant_code": "54"}, 422, "merchant_code"),
        ({"card": "4111 1111 1111 1111"}, 422, "card"),
        ({"card": "EXC-9"}, 422, "card"),
        ({"posted_on": "2999-01-01"}, 422, "posted_on"),
        ({"body": b"not json"}, 400, ""),
        ({"body": b"[]"}, 422, "line_id"),
        ({"key": "x" * 101}, 422, "Idempotency-Key"),
        ({"key": ""}, 422, "Idempotency-Key"),
    ],
)
def test_a_line_that_cannot_be_is_refused_in_words_and_its_key_stays_free(pat, wrong, status, field):
    got, said = told(**wrong)
    assert (got, said["field"]) == (status, field), said
    assert said["says"]
    assert (Actual.objects.count(), KeptAnswer.objects.count()) == (0, 0)
    assert told()[0] == 201


@pytest.mark.django_db(transaction=True)
def test_sixteen_at_once_have_one_effect_and_one_answer(transactional_db):
    pat = direct_payment(card="EXC-1", signed_on=today() - timedelta(days=60)).person
    start = Barrier(16)

    def one(number: int) -> tuple[int, dict]:
        try:
            start.wait()
            return told(client=Client())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(16) as threads:
        answers = list(threads.map(one, range(16)))
    assert all(answer == answers[0] for answer in answers) and answers[0][0] == 201
    assert (Actual.objects.count(), balance(pat, "spent")) == (1, 4800)


def test_the_api_describes_itself_and_every_view_says_how_it_is_guarded(client, db):
    described = client.get("/api/openapi.json").json()
    post = described["paths"][URL]["post"]
    assert set(post["responses"]) == {"201", "400", "401", "409", "422", "503"}
    assert post["security"]
    views = {
        pattern.name: pattern.callback.permission
        for one in get_resolver().url_patterns
        if getattr(one, "namespace", None) == api.urls_namespace
        for pattern in one.url_patterns
    }
    assert views == {"openapi-json": "public", "receive_card_line": "signed", "api-root": "public"}
