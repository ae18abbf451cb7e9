"""The relay of interviews, set up, printed and tried: the real coturn, and one that somebody left open."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.interviews import coturn
from tests.interviews.coturn import SECRET, Coturn
from tests.operations.answers import GOOD, as_options
from tests.ports import free_port
from visavis.commands.__main__ import main
from visavis.operations.installing import relay, trying
from visavis.operations.installing.questions import read_all
from visavis.operations.installing.trying import Finding
from visavis.operations.installing.variables import as_answers, read_file, set_relay

NAME = "turn.emploi.example"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Coturn]:
    with coturn.running(tmp_path_factory.mktemp("relay")) as found:
        yield found


def tried(*urls: str, secret: str = SECRET) -> Finding:
    found = trying.relay({"VISAVIS_TURN_URLS": ",".join(urls), "VISAVIS_TURN_SECRET": secret})
    assert found is not None
    return found


def test_each_thing_that_is_wrong_with_a_relay_is_a_sentence(running: Coturn) -> None:
    assert tried(running.url).level == "well"
    assert trying.relay({}) is None
    silent = f"turn:127.0.0.1:{free_port()}?transport=tcp"
    assert "its secret is missing" in tried(running.url, secret="").words
    assert "does not know our secret" in tried(running.url, secret="another").words
    assert "does not answer" in tried(silent).words
    assert "is no address of a relay" in tried("stun:relay.test").words
    half = tried(running.url, silent)
    assert half.level == "look" and silent in half.words
    # The service is installed before its relay runs.
    assert relay.before(Finding("relay", "wrong", "x")).level == "look"
    assert relay.before(Finding("mail", "wrong", "x")).level == "wrong"


def test_a_relay_that_reaches_into_our_network_is_wrong_whatever_else_is_well(
    tmp_path: Path, running: Coturn
) -> None:
    with coturn.running(tmp_path, is_open=True) as left_open:
        found = tried(running.url, left_open.url)
    assert found.level == "wrong" and "127.0.0.1, 10.0.0.1" in found.words


def install(root: Path, **answers: str) -> dict[str, str]:
    assert main(["setup", "--root", str(root), "--files-only", *as_options(relay=NAME, **answers)]) == 0
    return read_file(root / "etc/visavis/environment")


def test_on_this_machine_its_file_and_its_unit_are_written(tmp_path: Path) -> None:
    variables = install(tmp_path, relay_address="203.0.113.7/10.0.0.7")
    text = (tmp_path / "etc/visavis/relay.conf").read_text()
    assert (tmp_path / "etc/visavis/relay.conf").stat().st_mode & 0o777 == 0o600
    assert f"static-auth-secret={variables['VISAVIS_TURN_SECRET']}" in text
    assert "external-ip=203.0.113.7/10.0.0.7" in text and "relay-ip=10.0.0.7" in text
    unit = (tmp_path / "etc/systemd/system/visavis-relay.service").read_text()
    assert "LoadCredential=relay.conf:/etc/visavis/relay.conf" in unit and "$" not in unit


def test_on_another_machine_nothing_is_written_and_the_file_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    variables = install(tmp_path)
    assert not (tmp_path / "etc/visavis/relay.conf").exists()
    for name, value in variables.items():
        if name.startswith("VISAVIS_TURN"):
            monkeypatch.setenv(name, value)
    capsys.readouterr()
    assert main(["relay", "--address", "203.0.113.7"]) == 0
    printed = capsys.readouterr().out
    assert f"realm={NAME}" in printed and "listening-ip=203.0.113.7" in printed
    assert main(["relay", "--address", "somewhere"]) == 2
    assert main(["relay", "--certificate", "/x.pem"]) == 2
    monkeypatch.delenv("VISAVIS_TURN_URLS")
    assert main(["relay"]) == 2


def test_setup_keeps_what_was_written_by_hand_and_its_secret(tmp_path: Path) -> None:
    before = install(tmp_path)
    own = before | {"VISAVIS_TURN_URLS": f"turns:{NAME}:443?transport=tcp"}
    again = dict(own)
    set_relay(again, read_all({}, as_answers(own) | GOOD, ask=False)["relay"])
    assert again == own
    set_relay(again, "")
    assert not any(name.startswith("VISAVIS_TURN") for name in again)


@pytest.mark.parametrize("wrong", ["https://turn.example", "turn example", "127.0.0.1"])
def test_a_name_that_is_none_is_a_sentence(wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["setup", "--files-only", *as_options(relay=wrong)]) == 2
    assert "--relay:" in capsys.readouterr().err
