"""What the web's tests share: a real mail server, an analyst, and the day on which figures are read."""

import socket
from email import message_from_bytes
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from django.core.cache import cache
from mailing import GONE
from making import signed_in, user
from measured import ON
from my_pages import TODAY, it_is

from wherewithal.core.roles import Role
from wherewithal.records.models import Person


class Box:
    """Keeps what comes; one mailbox is not there."""

    def __init__(self) -> None:
        self.letters = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address == GONE:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.letters.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"


@pytest.fixture
def box(settings):
    """A real SMTP server, to which Django's own backend sends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    made = Box()
    server = Controller(made, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield made
    server.stop()


@pytest.fixture
def analyst(client):
    return signed_in(client, user("Ana Analyst", Role.ANALYST))


@pytest.fixture
def on_its_day(monkeypatch):
    """It is the day of ``measured.ON`` on the pages of figures, and nothing of an earlier test is kept."""
    cache.clear()
    for module in ("measures", "answers", "tallies"):
        monkeypatch.setattr(f"wherewithal.web.{module}.today", lambda: ON)
    yield
    cache.clear()


@pytest.fixture
def clock(monkeypatch):
    """It is the day of ``my_pages.TODAY``; ``clock(day)`` moves on."""
    it_is(monkeypatch, TODAY)
    return lambda day: it_is(monkeypatch, day)


@pytest.fixture
def me(client):
    """Signs somebody in as themselves, or ``as_`` another with a role."""

    def sign_in(who: Person, as_: str = "", role: Role = Role.PERSON):
        login = user(as_ or f"Login {who.pk}", role)
        if not as_:
            Person.objects.filter(pk=who.pk).update(user=login)
        return signed_in(client, login)

    return sign_in
