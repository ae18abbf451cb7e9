"""E-mails to try with."""

from email.message import EmailMessage

OURS = "courrier@agence.example"
AMELIE = "amelie@example.org"


def mail(
    text: str = "Bonjour, je viens mardi.",
    *,
    sender: str = AMELIE,
    to: str = OURS,
    subject: str = "Mardi",
    headers: dict[str, str] | None = None,
    attached: tuple[tuple[str, str, bytes], ...] = (),
) -> bytes:
    """Return a message as a mail program sends it."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Message-ID"] = f"<{abs(hash((text, sender, to, subject)))}@example.org>"
    for name, value in (headers or {}).items():
        message[name] = value
    message.set_content(text)
    for name, kind, content in attached:
        main, _, sub = kind.partition("/")
        message.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return message.as_bytes()


BOUNCE = b"""Return-Path: <>
From: MAILER-DAEMON@mx.example (Mail Delivery System)
To: %(to)s
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

The address does not exist.
--b
Content-Type: message/delivery-status

Final-Recipient: rfc822; amelie@example.org
Action: failed
Status: 5.1.1
--b--
"""
