"""Each thing the site stands on, wrong in each way that an operator gets it wrong: a sentence says what to do."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from tests.mailboxes.imap import PASSWORD, USER, Dovecot, running
from tests.people.identity import twisted
from tests.ports import free_port
from visavis.operations.installing import trying


class Refusing:
    """A mail server that takes nothing from some."""

    async def handle_MAIL(  # noqa: N802  (aiosmtpd's own name)
        self, server: object, session: object, envelope: object, address: str, options: object
    ) -> str:
        if address.endswith("@nobody.example"):
            return "550 not you"
        envelope.mail_from = address  # type: ignore[attr-defined]
        return "250 OK"


def authenticator(
    server: object, session: object, envelope: object, mechanism: str, data: object
) -> AuthResult:
    return AuthResult(success=getattr(data, "password", b"") == b"right", handled=False)


@pytest.fixture
def mail_server() -> Iterator[Controller]:
    place = {"hostname": "127.0.0.1", "port": free_port()}
    controller = Controller(Refusing(), authenticator=authenticator, auth_require_tls=False, **place)
    controller.start()
    yield controller
    controller.stop()


def of_mail(server: Controller, **more: str) -> trying.Finding:
    variables = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(server.port), "SMTP_TLS": "no"}
    return trying.mail(variables | {"VISAVIS_MAIL_FROM": "bonjour@emploi.example"} | more)


def test_a_mail_server_that_takes_our_mail_and_one_that_does_not(mail_server: Controller) -> None:
    assert of_mail(mail_server).level == "well"
    assert of_mail(mail_server, SMTP_USER="u", SMTP_PASSWORD="right").level == "well"
    for wrong, words in (
        ({"SMTP_USER": "u", "SMTP_PASSWORD": "wrong"}, "does not know this user"),
        ({"VISAVIS_MAIL_FROM": "x@nobody.example"}, "takes no mail from x@nobody.example"),
        ({"SMTP_TLS": "yes"}, "offers no encryption"),
        ({"SMTP_PORT": str(free_port())}, "nothing answers"),
    ):
        assert words in of_mail(mail_server, **wrong).words
    assert trying.mail({}).level == "wrong"


def of_mailbox(server: Dovecot, **more: str) -> trying.Finding | None:
    variables = {"VISAVIS_MAIL_IN": "courrier@emploi.example", "IMAP_HOST": "127.0.0.1", "IMAP_TLS": "plain"}
    variables |= {"IMAP_PORT": str(server.port), "IMAP_USER": USER, "IMAP_PASSWORD": PASSWORD}
    return trying.mail_in(variables | more)


def test_a_mailbox_is_opened_as_the_site_will_and_nothing_in_it_is_read() -> None:
    with running() as server:
        server.deliver(b"Subject: x\r\n\r\nx")
        for more, level, words in (
            ({}, "well", "we may read INBOX at 127.0.0.1"),
            ({"IMAP_FOLDER": "Nowhere"}, "wrong", "has no folder Nowhere"),
            ({"IMAP_TLS": "tls"}, "wrong", "its port"),
            ({"IMAP_PORT": str(free_port())}, "wrong", "no mailbox answers"),
            ({"VISAVIS_MAIL_IN": ""}, "wrong", "--mail-in"),
            ({"IMAP_HOST": ""}, "wrong", "--mailbox"),
            # Last: who comes after a wrong password is made to wait.
            ({"IMAP_PASSWORD": "wrong"}, "wrong", "does not know this user"),
        ):
            found = of_mailbox(server, **more)
            assert found and (found.level, words in found.words) == (level, True), found
        assert server.seen() == 0
    assert trying.mail_in({}) is None


DATABASES = {
    'FATAL: password authentication failed for user "v"': "28P01",
    'FATAL: database "v" does not exist': "3D000",
    "FATAL: sorry, too many clients already": "53300",
    'no pg_hba.conf entry for host "10.0.0.1"': "28000",
}


def test_what_postgresql_says_becomes_what_to_do_and_so_does_its_absence() -> None:
    for text, code in DATABASES.items():
        assert trying.of_error(Exception(text)) == trying.OF_DATABASE[code]
    found = trying.database({"DATABASE_URL": f"postgres://v:p@127.0.0.1:{free_port()}/v"})
    assert found.level == "wrong" and "is PostgreSQL started" in found.words
    found = trying.database({"DATABASE_URL": "postgres://v:p@nowhere.invalid/v"})
    assert found.level == "wrong" and "leads nowhere" in found.words


def test_several_processes_need_a_cache_and_what_does_not_answer_is_told() -> None:
    assert trying.cache({"VISAVIS_WORKERS": "2"}).level == "wrong"
    assert trying.cache({"VISAVIS_WORKERS": "1"}).level == "look"
    found = trying.cache({"CACHE_URL": f"redis://127.0.0.1:{free_port()}/0"})
    assert found.level == "wrong" and "nothing answers" in found.words
    assert trying.address({"VISAVIS_URL": "https://nowhere.invalid"}).level == "look"
    assert trying.texts({}).level == "look"
    assert trying.texts({"SMS_URL": f"http://127.0.0.1:{free_port()}/"}).level == "wrong"


def test_a_folder_that_others_read_is_wrong_and_a_program_that_they_cannot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.chmod(0o755)
    found = trying.disk({"VISAVIS_VAR": str(tmp_path)})
    assert found.level == "wrong" and f"chmod 700 {tmp_path}" in found.words
    tmp_path.chmod(0o700)
    assert trying.disk({"VISAVIS_VAR": str(tmp_path)}).level in {"well", "look"}
    assert trying.disk({"VISAVIS_VAR": str(tmp_path / "to" / "come")}).level in {"well", "look"}
    # A program that only root can read is told before anything is written.
    assert not trying.opens(tmp_path)
    shut = tmp_path / "commands"
    monkeypatch.setattr(trying, "opens", lambda folder: folder != shut)
    found = trying.program(tmp_path)
    assert found.level == "wrong" and f"cannot read {shut}" in found.words


def described(**changed: str) -> dict[str, str]:
    return {"VISAVIS_PEOPLE_IDENTITY_CLIENT": "visavis", "VISAVIS_PEOPLE_IDENTITY_SECRET": "x"} | changed


def test_a_provider_whose_keys_lie_elsewhere_has_that_machine_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with twisted.running() as provider:
        asked = described(VISAVIS_PEOPLE_IDENTITY=provider.address)
        (found,) = trying.identities(asked)
        assert (found.name, found.level) == ("identity of people", "well")
        told = provider.described() | {"jwks_uri": "https://keys.example/all"}
        monkeypatch.setattr(provider, "described", lambda: told)
        (found,) = trying.identities(asked)
        assert (found.level, "https://keys.example/all" in found.words) == ("wrong", True)
        assert "VISAVIS_REACHES" in found.words
        (found,) = trying.identities(asked | {"VISAVIS_REACHES": "keys.example, other.example"})
        assert found.level == "well"


def test_a_provider_that_describes_another_or_nothing_or_is_not_there() -> None:
    with twisted.running() as provider:
        another = provider.address.replace("127.0.0.1", "localhost")
        (found,) = trying.identities(described(VISAVIS_PEOPLE_IDENTITY=another))
        assert (found.level, "describes another provider" in found.words) == ("wrong", True)
        provider.is_down = True
        (found,) = trying.identities(described(VISAVIS_PEOPLE_IDENTITY=provider.address))
        assert (found.level, "does not describe itself" in found.words) == ("wrong", True)
    (found,) = trying.identities(described(VISAVIS_PEOPLE_IDENTITY=provider.address))
    assert found.level == "wrong"
    (found,) = trying.identities({"VISAVIS_STAFF_IDENTITY": "https://x.example"})
    assert "--staff-identity-client" in found.words
    assert not list(trying.identities({})), "without a provider nothing is tried"


class Answering(BaseHTTPRequestHandler):
    """Another program at a port; or the site."""

    said = b"another"

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.said)

    def log_message(self, *_given: object) -> None:
        """Say nothing."""


class Site(Answering):
    said = b"alive\n"


class OfMail(Answering):
    def do_GET(self) -> None:
        """Speak no HTTP."""
        self.wfile.write(b"220 emploi.example ESMTP\r\n")


@pytest.mark.parametrize(("program", "level"), [(Answering, "wrong"), (OfMail, "wrong"), (Site, "well")])
def test_a_port_that_another_program_has_is_wrong_and_our_own_is_not(
    program: type[Answering], level: str
) -> None:
    with HTTPServer(("127.0.0.1", 0), program) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        found = trying.port(server.server_port)
        server.shutdown()
    assert found.level == level and str(server.server_port) in found.words
    assert ("Stop it" in found.words) is (level == "wrong")
    assert trying.port(free_port()).level == "well"
