"""visavis demo: a taken port is told before anything is done."""

import socket

import pytest

from visavis.commands.__main__ import main


def test_a_taken_port_gets_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["demo", "--port", str(port)]) == 1
    assert f"Port {port} is taken" in capsys.readouterr().err
