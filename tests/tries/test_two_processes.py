"""Attacked from outside, over two real processes of the site: five tries, and what works once works once."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import encrypt

from tests.common.own_database import own_database
from tests.tries.site_settings import MFA_TOTP_PERIOD
from tests.tries.two_sites import (
    ADDRESS,
    BY_PASSWORD,
    CODE,
    FACTOR,
    GUARDED,
    OTHER,
    PASSWORD,
    SECRET,
    SEED,
    UNGUARDED,
    Browser,
    Sites,
    running,
    together,
)

pytestmark = pytest.mark.database

AT_ONCE, SESSIONS = 20, 5


@pytest.fixture
def database(tmp_path: Path, db: None) -> Iterator[dict[str, str]]:
    with own_database(tmp_path, "sites") as variables:
        yield variables


def wrong(code: str, number: int) -> str:
    return f"{(int(code) + 1 + number) % 1_000_000:06}"


def tries_that_counted(sites: Sites) -> int:
    """Send wrong codes at once from one session; return how many were looked at and found wrong."""
    browser, code = sites.asked()
    guesses = [{"code": wrong(code, number)} for number in range(AT_ONCE)]
    told = together([browser.copy() for _one in guesses], CODE, guesses)
    assert {status for status, _where, _page in told} <= {200, 302}
    counted = sum(status == 200 and "not the code we expect" in page for status, _where, page in told)
    after = browser.copy()
    after.ask(CODE, {"code": code})
    assert not after.is_in() or counted > 5
    return counted


def sessions_from_one_code(sites: Sites) -> int:
    """Send the right code at once; return how many came as far as the second factor."""
    browser, code = sites.asked()
    told = together([browser.copy() for _one in range(AT_ONCE)], CODE, [{"code": code}] * AT_ONCE)
    assert {status for status, _where, _page in told} <= {200, 302}
    return sum(where == FACTOR for _status, where, _page in told)


def sessions_from_one_step(sites: Sites) -> int:
    """Type what the application shows in several sessions at once; return how many are in."""
    code = format_hotp_value(hotp_value(SECRET, int(time.time()) // MFA_TOTP_PERIOD))
    return sessions_by(code, ADDRESS, sites)


def sessions_from_one_recovery_code(sites: Sites) -> int:
    """Type one recovery code in several sessions at once; return how many are in."""
    held = Authenticator(type="recovery_codes", data={"seed": encrypt(SEED), "used_mask": 0})
    return sessions_by(RecoveryCodes(held).generate_codes()[0], OTHER, sites)


def sessions_by(code: str, address: str, sites: Sites) -> int:
    browsers = [by_password(sites, address) for _one in range(SESSIONS)]
    told = together(browsers, FACTOR, [{"code": code}] * SESSIONS)
    assert {status for status, _where, _page in told} <= {200, 302}
    return sum(browser.is_in() for browser in browsers)


def by_password(sites: Sites, address: str) -> Browser:
    browser = sites.browser()
    assert browser.ask(BY_PASSWORD, {"address": address, "password": PASSWORD})[1] == FACTOR
    return browser


@pytest.mark.again("postgresql")
def test_five_tries_one_session_and_one_step_over_two_processes(database: dict[str, str]) -> None:
    with running(database, GUARDED) as sites:
        assert tries_that_counted(sites) <= 5
        assert sessions_from_one_code(sites) == 1
        assert sessions_from_one_step(sites) == 1
        assert sessions_from_one_recovery_code(sites) == 1


@pytest.mark.again
def test_the_same_attack_finds_the_site_open_when_the_guard_is_taken_away(database: dict[str, str]) -> None:
    with running(database, UNGUARDED) as sites:
        assert tries_that_counted(sites) > 5
        assert sessions_from_one_code(sites) > 1
        assert sessions_from_one_step(sites) > 1
        assert sessions_from_one_recovery_code(sites) > 1
