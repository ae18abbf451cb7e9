"""Reading e-mail: no header stops it, no person is taken for a machine, nothing is cut."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.mailboxes.letters import mail
from visavis.mailboxes.mail import addresses, machines
from visavis.mailboxes.mail.folding import folded
from visavis.mailboxes.mail.machines import Kind, Verdict
from visavis.mailboxes.mail.parsing import parse

# Each made Python's own parser raise in 3.13 (policy.default).
ODD = [
    b"Content-Type: text/plain; name*\r\nSubject: a\r\n\r\nbonjour",
    b"From: =?utf-8?q?a=0Ab?= <a@b.fr>\r\n\r\nbonjour", b"Cc: (x): a@b.com;\r\nFrom: a@b.fr\r\n\r\nbonjour",
    b"Content-Disposition: attachment; filename*=utf-8''%\r\n\r\nbonjour",
    b'Content-Type: multipart/mixed; boundary="x\r\n\r\nbonjour',
    b"Date: Thu, 99 Foo 2026 99:99:99 +9999\r\nFrom: a@b.fr\r\n\r\nbonjour",
    b"Content-Type: text/plain; charset=klingon-8\r\n\r\nbonjour",
    b"Content-Transfer-Encoding: base64\r\n\r\n####", b"", b"\x00\xff\xfe", b"bonjour",
]  # fmt: skip


def test_a_malformed_header_stops_nothing() -> None:
    for raw in ODD:
        read = parse(raw)
        machines.kind_of(read)
        machines.may_be_answered(read)
        assert b"bonjour" not in raw or "bonjour" in read.text


@given(st.binary(max_size=400))
def test_nothing_at_all_makes_reading_raise(raw: bytes) -> None:
    read = parse(raw)
    machines.kind_of(read)
    machines.verdict(read, "mx.example")


@given(st.text(alphabet="Le >a écrit:\n-_OnwroteFrom", max_size=300))
def test_folding_never_cuts(text: str) -> None:
    written, quoted = folded(text)
    assert written + quoted == text


def test_only_what_her_program_put_under_is_folded(shared_data: Path) -> None:
    for text, written in (
        ("Oui.\n\nLe mar. 3 mars 2027 à 10:02, X-X <a@b.fr> a écrit :\n> Bonjour\n> Venez\n", "Oui.\n\n"),
        ("Oui.\n\nOn Tue, 3 Mar 2027, X <a@b.fr> wrote:\n\n> Hello\n", "Oui.\n\n"),
        (f"Oui.\n\n{'_' * 32}\nDe : X\nEnvoyé : mardi\nÀ : Y\nObjet : Z\n\nBonjour\n", "Oui.\n\n"),
        ("Oui.\n\n-----Message d'origine-----\nBonjour\n", "Oui.\n\n"),
        # What stands between quotations is hers: nothing is folded.
        ("> Mardi ?\nOui.\n> Et jeudi ?\nNon.\n", "> Mardi ?\nOui.\n> Et jeudi ?\nNon.\n"),
        ("> Bonjour\n", "> Bonjour\n"),
        ("Le directeur a écrit :\nvenez demain, et je ne sais pas quoi répondre.\n", None),
    ):
        kept, quoted = folded(text)
        assert kept + quoted == text
        assert written is None or kept == written
    texts = [one.read_text("utf-8") for one in sorted((shared_data / "mail" / "replies").glob("*.txt"))]
    split = [folded(text) for text in texts]
    assert [written + quoted for written, quoted in split] == texts
    # At least as many as have an earlier message that some program put under.
    assert sum(bool(quoted) for _written, quoted in split) >= 45


MACHINES = [
    ({"Auto-Submitted": "auto-replied"}, Kind.MACHINE),
    ({"Auto-Submitted": 'auto-generated; owner-email="x"'}, Kind.MACHINE),
    ({"Auto-Submitted": "no"}, Kind.PERSON), ({"Precedence": "bulk"}, Kind.MACHINE),
    ({"List-Id": "<news.example.org>"}, Kind.LIST), ({"X-Autoreply": "yes"}, Kind.MACHINE),
    ({"X-Auto-Response-Suppress": "All"}, Kind.PERSON), ({}, Kind.PERSON),
]  # fmt: skip


def test_a_machine_is_known_by_its_headers_and_who_is_away_is_a_person() -> None:
    for headers, kind in MACHINES:
        assert machines.kind_of(parse(mail(headers=headers))) == kind
    for subject in ("Réponse automatique : absence", "Out of office", "Automatic reply: hello"):
        read = parse(mail(subject=subject))
        assert machines.kind_of(read) == Kind.PERSON and not machines.may_be_answered(read)


def test_only_our_own_server_says_who_sent_it_and_only_of_the_senders_domain() -> None:
    for said, verdict in (
        ("mx.elsewhere; dkim=pass header.d=example.org", Verdict.WAITING),
        ("mx.agence.example; dkim=fail; spf=softfail", Verdict.FAIL),
        ("mx.agence.example; dkim=pass header.d=example.org", Verdict.PASSED),
        ("mx.agence.example; spf=pass smtp.mailfrom=amelie@example.org", Verdict.PASSED),
        ("mx.agence.example; dkim=pass header.d=mail.example.org", Verdict.PASSED),
        ("mx.agence.example; dmarc=pass header.from=example.org; dkim=fail", Verdict.PASSED),
        ("mx.agence.example; dmarc=fail header.from=example.org; dkim=pass header.d=other.fr", Verdict.FAIL),
        ("mx.agence.example; none", Verdict.NONE),
        # Signed, and well: by somebody else than who is said to send it.
        ("mx.agence.example; dkim=pass header.d=other.fr; spf=pass smtp.mailfrom=x@other.fr", Verdict.NONE),
        ("mx.agence.example; dkim=pass header.d=notexample.org", Verdict.NONE),
    ):
        read = parse(mail(headers={"Authentication-Results": said}))
        assert machines.verdict(read, "mx.agence.example") == verdict
        assert machines.verdict(read, "") == Verdict.NONE


def test_a_mail_is_read_as_a_person_would_and_a_name_never_stands_for_an_address() -> None:
    for head, sender in (
        (b"=?utf-8?q?amelie=40example=2Eorg=2C?= <x@other.fr>", "x@other.fr"),
        (b"=?utf-8?q?amelie=40example=2Eorg=3E?= <x@other.fr>", "x@other.fr"),
        (b'"amelie@example.org" <x@other.fr>', "x@other.fr"),
        (b"amelie@example.org, x@other.fr", ""),
        (b"=?utf-8?q?Am=C3=A9lie?= <amelie@example.org>", "amelie@example.org"),
    ):
        assert parse(b"From: " + head + b"\r\n\r\nbonjour").sender == sender
    head = b"From: a@b.fr\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    raw = head + b"<style>p{}</style><p>Bonjour&nbsp;!</p><p>Je viens<br>mardi.</p><script>x()</script>"
    text = parse(raw).text
    assert "Bonjour" in text and "mardi." in text
    assert "x()" not in text and "p{}" not in text
    raw = mail(attached=(("cv.pdf", "application/pdf", b"%PDF-1.4"), ("../../etc/passwd", "image/png", b"x")))
    assert [part.name for part in parse(raw).parts] == ["cv.pdf", "passwd"]
    assert parse(b"Reply-To: amelie@example.org\r\n\r\nbonjour").sender == ""
    read = parse(b"From: a@b.fr\r\nSubject: =?utf-8?q?Bon=0D=0ABcc=3A_x=40y.fr?=\r\n\r\nx")
    assert "\n" not in read.subject


def test_the_address_of_a_thread_is_nobodys_guess(settings: object) -> None:
    settings.VISAVIS_MAIL_IN = "courrier@agence.example"  # type: ignore[attr-defined]
    address = addresses.address_of(42)
    assert addresses.thread_of(address) == 42 and addresses.thread_of(address.upper()) == 42
    assert addresses.thread_of(address.replace("42-", "43-")) is None
    assert addresses.thread_of(address.replace("agence", "autre")) is None
    assert addresses.thread_of("courrier@agence.example") is None
    assert len(address.partition("@")[0]) <= 64


def test_no_human_of_the_real_messages_is_taken_for_a_machine(shared_data: Path) -> None:
    found = (shared_data / "mail" / "eml").rglob("*")
    files = [one for one in found if one.is_file() and "LICENSE" not in str(one)]
    assert len(files) > 200
    kinds = {file.name: machines.kind_of(parse(file.read_bytes())) for file in files}
    assert {name for name, kind in kinds.items() if kind in (Kind.MACHINE, Kind.BOUNCE)} == set()
