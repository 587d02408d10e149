"""What the web's tests share: a real mail server."""

import socket
from email import message_from_bytes
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from mailing import GONE


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
