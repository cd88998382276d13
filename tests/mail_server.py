"""A real mail server on this machine that keeps what it is given."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller


class Kept:
    """``messages`` in order; with ``refuses`` set it answers that instead."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.refuses = ""
        self.port = 0

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:  # noqa: N802 - the server's own name and arguments
        if self.refuses:
            return self.refuses
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802 - the server's own name
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def listening(settings) -> Iterator[Kept]:
    kept = Kept()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    kept.port = settings.EMAIL_PORT
    controller = Controller(kept, hostname=settings.EMAIL_HOST, port=settings.EMAIL_PORT)
    controller.start()
    try:
        yield kept
    finally:
        controller.stop()
