"""A real browser with a virtual authenticator: the only judge of the passkeys' script."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests import factories
from tests.browsing import Browsers
from visavis.journal import append_only
from visavis.people.enums import Role
from visavis.people.models import Organisation, User

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def site(live_server: LiveServer) -> Iterator[str]:
    """The site's address by name: a passkey belongs to a name, never to a number."""
    yield live_server.url.replace("127.0.0.1", "localhost")
    # The flush that ends this kind of test empties every table: here alone those that only grow let it.
    with connection.cursor() as cursor:
        for table in ("journal_entry", "matches_showing"):
            for sql in append_only.statements(connection.vendor, back=True):
                cursor.execute(sql.format(table=table))


@pytest.fixture
def device(browsers: Browsers) -> Iterator[Page]:
    """A browser in English, on a device that holds passkeys."""
    cache.clear()
    context = browsers.chromium().new_context(locale="en-GB")
    page = context.new_page()
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    yield page
    context.close()


def counsellor() -> User:
    agency = Organisation.objects.create(kind="agency", name="Agence")
    return factories.UserFactory(language="en", role=Role.COUNSELLOR, role__organisation=agency)


def sign_in_without_factor(page: Page, site: str, user: User) -> None:
    """Come in as by a code a moment ago, without a second factor."""
    client = Client()
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "code", "at": 9_999_999_999}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    page.context.add_cookies([{"name": "sessionid", "value": str(session.session_key), "url": site}])


@pytest.mark.again
def test_a_counsellor_adds_a_passkey_then_comes_in_with_it_alone(device: Page, site: str) -> None:
    sign_in_without_factor(device, site, counsellor())
    device.goto(site + reverse("people:account"))
    device.get_by_role("link", name="Add a passkey").click()
    device.get_by_label("What do you call this device?").fill("My phone")
    device.get_by_role("button", name="Add it").click()
    expect(device).to_have_url(site + reverse("mfa_view_recovery_codes"))
    device.goto(site + reverse("people:account"))
    device.get_by_role("main").get_by_role("button", name="Sign out").click()
    device.goto(f"{site}{reverse('account_login')}?next={reverse('people:readings')}")
    device.get_by_role("button", name="Sign in with a passkey").click()
    expect(device).to_have_url(site + reverse("people:readings"))


@pytest.mark.again
def test_without_a_passkey_the_page_says_that_it_did_not_work(device: Page, site: str) -> None:
    device.goto(site + reverse("account_login"))
    device.get_by_role("button", name="Sign in with a passkey").click()
    expect(device.get_by_role("alert")).to_contain_text("The passkey did not work")
