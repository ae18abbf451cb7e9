import socket
from email.message import Message

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as Handler
from pytest_django import Settings

from visavis.people import delivery
from visavis.people.addresses import Address


class Box(Handler):
    """A mailbox."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[Message] = []

    def handle_message(self, message: Message) -> None:
        self.messages.append(message)


def test_a_code_goes_through_a_real_mail_server(settings: Settings) -> None:
    box = Box()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    try:
        options = {"host": "127.0.0.1", "port": port}
        settings.MAILERS = {
            "default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}
        }
        mail = delivery.code_mail("email", "042137", language="fr")
        address = Address("email", "amelie@example.org")
        delivery.hand_over(address, mail, number="out-1", handing=lambda: None)
    finally:
        server.stop()
    (message,) = box.messages
    body = message.get_payload(decode=True)
    assert message["To"] == "amelie@example.org"
    assert message["Message-ID"].startswith("<out-1@")
    assert message.get_content_type() == "text/plain"
    assert isinstance(body, bytes)
    assert "042137" in body.decode()
