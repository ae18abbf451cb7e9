"""The whole way with a provider that others wrote: its pages, its accounts, its keys, its way out."""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings as site
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests import programs
from tests.people.identity import way
from tests.people.identity.conftest import named
from tests.people.way_in import is_signed_in, sign_in
from tests.personas import Town
from tests.ports import free_port
from tests.waiting import until
from visavis.people.identity import protocol

PROGRAM = Path(__file__).with_name("allauth_provider.py")
URLS = """
from django.urls import include, path
urlpatterns = [path("accounts/", include("allauth.urls")), path("", include("allauth.idp.urls"))]
"""


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start it once for the module; return its address."""
    folder, unused_port = tmp_path_factory.mktemp("provider"), free_port()
    (folder / "provider_urls").with_suffix(".py").write_text(URLS)
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    callback = site.SITE_URL + reverse("identity_answer", kwargs={"slot": "people"})
    after = site.SITE_URL + reverse("account_signed_out")
    words = [sys.executable, str(PROGRAM), str(folder), str(unused_port), callback, after]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
    process = programs.start(words, env=kept | {"PROVIDER_KEY": pem})
    address = f"http://127.0.0.1:{unused_port}"

    def answers() -> bool:
        assert process.poll() is None, "the provider did not start"
        with suppress(requests.ConnectionError):
            return bool(requests.get(protocol.well_known(address), timeout=60))
        return False

    try:
        until(answers, "the provider does not answer")
        yield address
    finally:
        process.kill()
        process.wait()


def sent(browser: requests.Session, address: str, page: str, data: dict[str, str]) -> requests.Response:
    """Send the form of a page as a browser would, and follow nothing."""
    hidden = re.findall(r'<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page)
    told = {name: unescape(value) for name, value in hidden}
    return browser.post(address, data=told | data, allow_redirects=False)


def consented(browser: requests.Session, address: str) -> dict[str, str]:
    """Sign in at the provider and say yes; return what comes back."""
    page = browser.get(address)
    if "password" in page.text:
        answer = sent(browser, page.url, page.text, {"login": "lise", "password": "a long password"})
        page = browser.get(urljoin(page.url, answer.headers["Location"]))
    answer = sent(browser, page.url, page.text, {"action": "grant", "scopes": "openid"})
    brought = urlsplit(answer.headers["Location"])
    assert brought.path == reverse("identity_answer", kwargs={"slot": "people"})
    return dict(parse_qsl(brought.query))


def test_linked_signed_in_and_signed_out_with_a_real_provider(
    town: Town, real: str, settings: Settings, visitor: Client
) -> None:
    settings.VISAVIS_IDENTITY = {"people": named("Le service", real, scopes="openid profile")}
    protocol.forget()
    browser = requests.Session()
    sign_in(visitor, town.people["amelie"])
    way.come_back(visitor, consented(browser, way.begin(visitor, link=True)))
    visitor.post(reverse("people:identity_keep"))
    other = Client()
    # It asks again who she is: `prompt=login`.
    browser.cookies.clear()
    way.come_back(other, consented(browser, way.begin(other)))
    assert other.session["_auth_user_id"] == str(town.people["amelie"].pk)
    there = other.get(other.post(reverse("account_logout")).headers["Location"]).context["there"]
    left = browser.get(there, allow_redirects=False)
    assert left.headers["Location"] == site.SITE_URL + reverse("account_signed_out")
    # Signed out there: it asks for a password again.
    assert "password" in browser.get(way.begin(Client()).replace("&prompt=login", "")).text
    assert not is_signed_in(other)
