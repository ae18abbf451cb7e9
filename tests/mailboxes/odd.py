"""Mails of other programs, made by hand after how these write: bounces, automatic answers, calendars, broken ones."""

import base64
from dataclasses import dataclass

from visavis.mailboxes.mail.bounces import Fate
from visavis.mailboxes.mail.machines import Kind


@dataclass(frozen=True)
class Odd:
    """One mail; who sent it, and what of it must be readable. `to` stands where our address goes."""

    name: str
    raw: bytes
    kind: Kind
    says: str = ""
    fate: Fate | None = None


def bounce(name: str, fate: Fate, raw: bytes) -> Odd:
    return Odd(name, raw, Kind.BOUNCE, fate=fate)


def machine(name: str, says: str, raw: bytes) -> Odd:
    return Odd(name, raw, Kind.MACHINE, says)


def person(name: str, says: str, raw: bytes) -> Odd:
    return Odd(name, raw, Kind.PERSON, says)


def text(head: str, body: str, charset: str = "utf-8") -> bytes:
    lines = "\r\n".join(line.strip() for line in head.strip().splitlines())
    return (lines + "\r\n\r\n").encode() + body.replace("\n", "\r\n").encode(charset)


def parts(head: str, *inner: str | bytes, kind: str = "mixed", more: str = "") -> bytes:
    """Put parts between boundaries; each says its own headers."""
    lines = "\r\n".join(line.strip() for line in head.strip().splitlines())
    said = [one.replace("\n", "\r\n").encode() if isinstance(one, str) else one for one in inner]
    body = b"".join(b"--=_b\r\n" + one + b"\r\n" for one in said) + b"--=_b--\r\n"
    top = f'{lines}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/{kind}; boundary="=_b"{more}\r\n\r\n'
    return top.encode() + body


def dsn(action: str, status: str) -> str:
    return (
        "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
        f"Final-Recipient: rfc822; amelie@example.org\nAction: {action}\nStatus: {status}\n"
    )


REPORT = "; report-type=delivery-status"
PLAIN = "Content-Type: text/plain; charset=utf-8\n\n"
ORIGINAL = (
    "Content-Type: message/rfc822\n\nFrom: OURS\nTo: amelie@example.org\nSubject: Du nouveau\n\nUn message.\n"
)
PERSON = "From: Amélie Martin <amelie@example.org>\nTo: OURS\nSubject: Mardi"

BOUNCES = [
    bounce("postfix", Fate.FAILED, parts(
        "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example (Mail Delivery System)\nTo: OURS\n"
        "Subject: Undelivered Mail Returned to Sender\nAuto-Submitted: auto-replied",
        PLAIN + "I'm sorry to have to inform you that your message could not be delivered.\n",
        dsn("failed", "5.1.1"), ORIGINAL, kind="report", more=REPORT)),
    bounce("postfix, late", Fate.LATE, parts(
        "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example (Mail Delivery System)\nTo: OURS\n"
        "Subject: Delayed Mail (still being retried)",
        PLAIN + "THIS IS A WARNING ONLY. YOU DO NOT NEED TO RESEND YOUR MESSAGE.\n",
        dsn("delayed", "4.4.1"), ORIGINAL, kind="report", more=REPORT)),
    bounce("exchange in French", Fate.FAILED, parts(
        "From: Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@corp.example>\nTo: OURS\n"
        "Subject: Non remis : Du nouveau\nX-MS-Exchange-Message-Is-Ndr:",
        parts("X-Inner: yes", PLAIN + "Échec de la remise à ces destinataires.\n", kind="alternative"),
        dsn("failed", "5.1.10"), ORIGINAL, kind="report", more=REPORT)),
    bounce("exim", Fate.FAILED, text(
        "From: Mail Delivery System <Mailer-Daemon@mail.example>\nTo: OURS\nAuto-Submitted: auto-replied\n"
        "X-Failed-Recipients: amelie@example.org\nSubject: Mail delivery failed: returning message to sender",
        "A message that you sent could not be delivered to one or more of its recipients. "
        "This is a permanent error.\n")),
    bounce("exim, late", Fate.LATE, text(
        "From: Mail Delivery System <Mailer-Daemon@mail.example>\nTo: OURS\nAuto-Submitted: auto-replied\n"
        "Subject: Warning: message 1abc delayed 24 hours",
        "No action is required on your part. Delivery attempts will continue for some time.\n")),
    bounce("qmail", Fate.FAILED, text(
        "Return-Path: <>\nFrom: MAILER-DAEMON@qmail.example\nTo: OURS\nSubject: failure notice",
        "Hi. This is the qmail-send program at qmail.example.\nI'm afraid I wasn't able to deliver your message.\n"
        "This is a permanent error; I've given up. Sorry it didn't work out.\n")),
    bounce("sfr", Fate.FAILED, text(
        "From: postmaster@sfr.fr\nTo: OURS\nSubject: Echec de la remise",
        "L'adresse de votre correspondant n'existe pas.\n")),
    bounce("without a sender", Fate.FAILED, text(
        "Return-Path: <>\nFrom: <>\nTo: OURS\nSubject: Undelivered mail", "User unknown.\n")),
    bounce("in UTF-8 (RFC 6533)", Fate.FAILED, parts(
        "From: MAILER-DAEMON@mx.example\nTo: OURS\nSubject: Non remis",
        PLAIN + "Non remis.\n",
        "Content-Type: message/global-delivery-status\n\nReporting-MTA: dns; a\n\nAction: failed\nStatus: 5.1.1\n",
        kind="report", more=REPORT)),
    bounce("arrived", Fate.ARRIVED, parts(
        "From: MAILER-DAEMON@mx.example\nTo: OURS\nSubject: Successful Mail Delivery Report",
        PLAIN + "Delivered.\n", dsn("relayed", "2.1.5"), kind="report", more=REPORT)),
]  # fmt: skip

AWAY = "Bonjour,\nJe suis absente jusqu'au 15 janvier. Ceci est une réponse automatique.\n"
MACHINES = [
    machine("read receipt", "affiché", parts(
        PERSON.replace("Mardi", "Lu : Du nouveau"), PLAIN + "Votre message a été affiché.\n",
        "Content-Type: message/disposition-notification\n\nDisposition: manual-action; displayed\n",
        kind="report", more="; report-type=disposition-notification")),
    machine("vacation", "congé", text(f"Return-Path: <>\n{PERSON}", "Je suis en congé.\n")),
    machine("away, in French, no header says it", "absente",
        text(PERSON.replace("Mardi", "Réponse automatique : Du nouveau"), AWAY)),
    machine("shop", "Merci",
        text("From: ne-pas-repondre@magasin.example\nTo: OURS\nSubject: Facture", "Merci.\n")),
]  # fmt: skip


def attached(name: str, kind: str, content: bytes) -> str:
    lines = base64.encodebytes(content).decode()
    return (
        f'Content-Type: {kind}; name="{name}"\nContent-Disposition: attachment; filename="{name}"\n'
        f"Content-Transfer-Encoding: base64\n\n{lines}"
    )


def nested(depth: int) -> bytes:
    """A text under so many boundaries."""
    inner = b"Content-Type: text/plain\r\n\r\nTout au fond."
    for level in range(depth):
        mark = f"b{level}".encode()
        inner = (
            b'Content-Type: multipart/mixed; boundary="' + mark + b'"\r\n\r\n--' + mark + b"\r\n" + inner
            + b"\r\n--" + mark + b"--\r\n"
        )  # fmt: skip
    return PERSON.replace("\n", "\r\n").encode() + b"\r\n" + inner


def forwarded(depth: int) -> bytes:
    """A message in a message in a message."""
    inner = b"From: chef@example.org\r\nSubject: Convocation\r\n\r\nVenez jeudi."
    for _level in range(depth):
        inner = PERSON.replace("\n", "\r\n").encode() + b"\r\nContent-Type: message/rfc822\r\n\r\n" + inner
    return inner


REPLY = (
    "Content-Type: text/calendar; method=REPLY; charset=utf-8\n\nBEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\n"
    "ATTENDEE;PARTSTAT=ACCEPTED;CN=Amélie:mailto:amelie@example.org\nSUMMARY:Entretien\\, Valence\n"
    "DTSTART;TZID=Europe/Paris:20270302T090000\nEND:VEVENT\nEND:VCALENDAR\n"
)
HTML = "Content-Type: text/html; charset=utf-8\n\n"
NO_CHARSET = "From: Amélie <amelie@example.org>\r\nTo: OURS\r\nSubject: Entretien annulé\r\n\r\nÀ bientôt"
PEOPLE = [
    person("calendar of Outlook", "accepté – Entretien, Valence – 02/03/2027 09:00",
        parts(PERSON.replace("Mardi", "Acceptée : Entretien"), REPLY, kind="alternative")),
    person("calendar of Google", "Amélie a accepté", parts(
        f"{PERSON}\nAuto-Submitted: auto-generated", PLAIN + "Amélie a accepté.\n", REPLY,
        kind="alternative")),
    person("calendar alone", "accepté", text(PERSON, "")[:-2] + REPLY.replace("\n", "\r\n").encode()),
    person("only the subject says away", "absente",
        text(PERSON.replace("Mardi", "Absence du 3 mars"), "Je serai absente le 3.\n")),
    person("she passes a bounce on", "J'ai reçu ça",
        parts(PERSON.replace("Mardi", "Fwd: Undelivered Mail"), PLAIN + "J'ai reçu ça.\n", ORIGINAL)),
    person("a domain of her own", "Je viens",
        text("From: postmaster@chez-amelie.example\nTo: OURS\nSubject: Mardi", "Je viens.\n")),
    person("signed (S/MIME)", "signé", parts(
        PERSON, PLAIN + "Bonjour, signé.\n", attached("smime.p7s", "application/pkcs7-signature", b"0\x82"),
        kind="signed")),
    person("encrypted (S/MIME)", "", text(
        f"{PERSON}\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\n"
        "Content-Transfer-Encoding: base64",
        base64.b64encode(b"0\x82\x01").decode())),
    person("encrypted (PGP)", "", parts(
        PERSON, "Content-Type: application/pgp-encrypted\n\nVersion: 1\n",
        "Content-Type: application/octet-stream\n\n-----BEGIN PGP MESSAGE-----\n", kind="encrypted")),
    person("winmail.dat alone", "", text(
        f"{PERSON}\nContent-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64",
        base64.b64encode(b"\x78\x9f\x3e\x22").decode())),
    person("latin-1 in the head, no charset", "À bientôt", NO_CHARSET.encode("latin-1")),
    person("utf-8 in the head, no charset", "À bientôt", NO_CHARSET.encode()),
    person("an attachment with an accent, no charset", "Voilà", parts(
        PERSON, PLAIN + "Voilà.\n",
        'Content-Type: application/pdf\nContent-Disposition: attachment; filename="résumé.pdf"\n\n%PDF-1.4\n')),
    person("a pdf that says nothing", "Voilà",
        parts(PERSON, PLAIN + "Voilà.\n", attached("cv.pdf", "application/octet-stream", b"%PDF-1.4 x"))),
    person("a page that says that it is a photo", "Photo",
        parts(PERSON, PLAIN + "Photo.\n", attached("a.jpg", "image/jpeg", b"<script>"))),
    person("a message that hangs on hers", "Vous avez vu ?", parts(
        PERSON, PLAIN + "Vous avez vu ?\n",
        "Content-Type: message/rfc822\n\nFrom: chef@example.org\nSubject: Convocation\n\nVenez jeudi.\n")),
    person("passed on, ten deep", "Venez jeudi.", forwarded(10)),
    person("200 deep", "Tout au fond.", nested(200)),
    person("an alphabet that is none", "Bonjour",
        text(f"{PERSON}\nContent-Type: text/plain; charset=punycode", "Bonjour a-b\n" * 2_000)),
    person("utf-16", "Voilà", text(
        f"{PERSON}\nContent-Type: text/plain; charset=utf-16\nContent-Transfer-Encoding: base64",
        base64.b64encode("Voilà.".encode("utf-16")).decode())),
    person("base64 that breaks off", "Je viens", text(
        f"{PERSON}\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64",
        base64.b64encode(b"Je viens demain.").decode()[:-3])),
    person("a boundary that nobody closes", "Je viens.", text(
        f'{PERSON}\nContent-Type: multipart/mixed; boundary="q"',
        "--q\nContent-Type: text/plain\n\nJe viens.\n")),
    person("a boundary that never comes", "sans frontière",
        text(f'{PERSON}\nContent-Type: multipart/mixed; boundary="q"', "Je viens sans frontière.\n")),
    person("a page whose head nobody closes", "Je viens.", text(
        f"{PERSON}\nContent-Type: text/html; charset=utf-8", "<html><head><title>x<body><p>Je viens.</p>")),
    person("a page, and a line of a virus scanner", "Je viens lundi.",
        parts(PERSON, HTML + "<p>Je viens lundi.</p>", PLAIN + "Sans virus.\n")),
    person("a page in a mail of nothing", "Je viens lundi.",
        parts(PERSON, PLAIN + "\n", HTML + "<p>Je viens lundi.</p>", kind="alternative")),
    person("two senders", "Nous venons",
        text("From: a@example.org, b@example.org\nTo: OURS\nSubject: x", "Nous venons.\n")),
    person("no head at all", "Bonjour sans rien", b"\r\nBonjour sans rien"),
    person("only CR", "Bonjour Mac", b"From: amelie@example.org\rTo: OURS\rSubject: x\r\rBonjour Mac\r"),
    person("brackets for ever", "Bonjour", b"From: " + b"(" * 20_000 + b"\r\nTo: OURS\r\n\r\nBonjour"),
    person("a subject of a million letters", "Bonjour",
        b"From: amelie@example.org\r\nTo: OURS\r\nSubject: " + b"=?utf-8?q?a?= " * 70_000 + b"\r\n\r\nBonjour"),
    person("marks of a page for ever", "Bonjour",
        text(f"{PERSON}\nContent-Type: text/html", "Bonjour " + "<!" * 100_000)),
    person("a telephone's photo without a word", "", parts(
        PERSON.replace("Mardi", ""),
        attached("IMG.HEIC", "application/octet-stream", b"\0\0\0\x18ftypheic"))),
]  # fmt: skip
ALL = [*BOUNCES, *MACHINES, *PEOPLE]
