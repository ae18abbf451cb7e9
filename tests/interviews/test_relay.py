"""The relay, asked as a browser asks it: the real coturn with the file that we print."""

import ipaddress
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.interviews import coturn
from tests.interviews.coturn import RELAY, SECRET, Coturn
from tests.operations.certificate import certificate_in
from tests.ports import free_port
from visavis.interviews.relay import asking, configuration, credentials
from visavis.interviews.relay.credentials import Login

OUTSIDE = "9.9.9.9"
INSIDE = {
    "this machine": "127.0.0.1", "this machine, otherwise": "127.8.8.8", "nowhere": "0.0.0.0",
    "private": "10.0.0.1", "private, of a cloud": "172.17.0.1", "private, at home": "192.168.1.1",
    "of a carrier": "100.64.0.1", "link-local": "169.254.1.1", "metadata": "169.254.169.254",
    "metadata of another": "168.63.129.16", "many": "224.0.0.1", "all": "255.255.255.255",
}  # fmt: skip


@pytest.fixture(scope="module")
def relay(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Coturn]:
    with coturn.running(tmp_path_factory.mktemp("relay")) as found:
        yield found


def login(*, secret: str = SECRET, name: str = "1-2", life_s: int = 60) -> Login:
    return credentials.login(secret, name, now_s=time.time(), life_s=life_s)


def code_of(relay: Coturn, who: Login) -> int:
    with asking.talk(asking.read(relay.url)) as talk:
        try:
            return talk.allocate(who).code
        finally:
            # Else the next talk that is given the same port finds a place of somebody else's there (437).
            talk.let_go()


def test_only_fresh_credentials_of_a_seat_are_let_in(relay: Coturn) -> None:
    assert code_of(relay, login()) == 0 and code_of(relay, login(life_s=OVER_S)) == 401
    real = login(life_s=OVER_S)
    assert code_of(relay, Login(login(life_s=3_600).username, real.password)) == 401
    assert code_of(relay, Login(login(name="1-3").username, login(name="1-2").password)) == 401
    assert code_of(relay, login(secret="guessed")) == 401
    assert code_of(relay, Login("somebody", "something")) == 401


# The relay's clock goes by whole seconds, and late on a busy machine.
OVER_S = -60


def test_nobody_reaches_what_only_our_networks_reach(relay: Coturn) -> None:
    with asking.talk(asking.read(relay.url)) as talk:
        assert talk.allocate(login()).code == 0
        for name, address in INSIDE.items():
            assert talk.permit(address).code == 403, name
        assert talk.permit(OUTSIDE).code == 0
        assert talk.let_go().code == 0


def test_a_seat_takes_no_more_than_its_own(relay: Coturn) -> None:
    lines = [asking.talk(asking.read(relay.url)) for _ in range(configuration.MOST_OF_A_SEAT + 1)]
    opened = [one.__enter__() for one in lines]
    codes = [one.allocate(login(name="7-7")).code for one in opened]
    assert codes == [0] * configuration.MOST_OF_A_SEAT + [486]
    assert code_of(relay, login(name="7-8")) == 0
    for one, manager in zip(opened, lines, strict=True):
        one.let_go()
        manager.__exit__(None, None, None)


def test_it_is_reached_by_tcp_and_by_tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate, key = certificate_in(tmp_path, "localhost")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    safe = replace(RELAY, certificate=str(certificate), certificate_key=str(key))
    with coturn.running(tmp_path, safe) as found:
        for way in (f"turn:127.0.0.1:{found.port}", f"turns:localhost:{found.tls_port}"):
            url = f"{way}?transport=tcp"
            with asking.talk(asking.read(url)) as talk:
                assert talk.allocate(login()).code == 0
                assert talk.let_go().code == 0
                assert talk.permit("127.0.0.1").code == 403


def test_every_network_that_is_not_of_the_internet_is_closed() -> None:
    closed = [ipaddress.ip_network(one) for one in configuration.CLOSED]
    starts = ["10.0.0.0", "172.31.255.255", "192.0.0.8", "198.19.255.255", "100.127.255.255", "::1"]
    starts += ["fd00:ec2::254", "fe80::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001::1"]
    starts += ["ff02::1"]
    for text in starts:
        address = ipaddress.ip_address(text)
        assert any(one.version == address.version and address in one for one in closed), text
    for text in ("1.1.1.1", "9.9.9.9", "2a00:1450::1", "2606:4700::1"):
        address = ipaddress.ip_address(text)
        assert not any(one.version == address.version and address in one for one in closed), text


def test_addresses_are_read_as_browsers_read_them_and_somebody_else_is_no_relay() -> None:
    assert asking.read("turn:relay.test") == asking.Address("relay.test", 3478, is_tcp=False, is_tls=False)
    assert asking.read("turns:relay.test:443?transport=tcp").port == 443
    assert asking.read("turn:[2001:db8::1]:99").host == "2001:db8::1"
    assert asking.read("turn:[2001:db8::1]").port == 3478
    for url in (
        "", "turn:", "stun:relay.test", "turn:relay.test:x", "turn:relay.test?transport=sctp", "https://x",
    ):  # fmt: skip
        with pytest.raises(asking.WrongAddress):
            asking.read(url)
    with (
        pytest.raises(asking.NoRelay),
        asking.talk(asking.Address("127.0.0.1", free_port(), False, False), time_out_s=0.05) as talk,
    ):
        talk.bind()
