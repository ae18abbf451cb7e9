"""Messages of the demonstration are read on a page, and exist nowhere else."""

import os
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from tests.personas import Town
from tests.programs import run
from visavis.demo import sent
from visavis.people import delivery
from visavis.people.addresses import Address

pytestmark = pytest.mark.django_db

PAGE = reverse("demo:messages")
HERE = {
    "MAILERS": {"default": {"BACKEND": "visavis.demo.sent.PageMailBackend"}},
    "SMS_GATEWAY": "visavis.demo.sent.PageGateway",
}


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.VAR = tmp_path
    return tmp_path


def test_a_code_by_mail_and_by_sms_is_read_on_the_page(town: Town, folder: Path) -> None:
    assert "Rien n’a encore été envoyé" in Client().get(PAGE).content.decode()
    with override_settings(**HERE):
        for address, code in (
            (Address("email", "lina@example.org"), "123456"),
            (Address("phone", "+33612345678"), "654321"),
        ):
            mail = delivery.code_mail(address.kind, code, language="fr")
            delivery.hand_over(address, mail, number="1", handing=lambda: None)
    page = Client().get(PAGE).content.decode()
    assert page.index("654321") < page.index("123456")
    assert "l…@example.org" in page and "…5678" in page
    assert "lina@" not in page and "33612" not in page


def banner(page: str) -> str:
    found = re.search(r'<aside class="banner".*?</aside>', page, re.DOTALL)
    return found[0] if found else ""


@pytest.mark.parametrize("who", ["", "amelie", "bruno"])
@pytest.mark.parametrize("name", ["account_login", "account_signup", "portal:home"])
def test_the_banner_of_each_page_leads_to_the_codes_that_were_sent(
    town: Town, folder: Path, who: str, name: str
) -> None:
    client = town.client(who) if who else Client()
    page = client.get(reverse(name), follow=True).content.decode()
    link = re.search(r'href="([^"]+)"', banner(page))
    assert link and link[1] == PAGE and "Messages envoyés" in banner(page)
    assert client.get(link[1]).status_code == 200


def test_the_code_of_a_new_account_is_found_by_the_banner_alone(db: None, folder: Path) -> None:
    """As somebody new does it: asks for a code, follows the banner, types what stands there."""
    client = Client()
    with override_settings(**HERE):
        client.post(reverse("account_signup"), {"address": "lina@example.org"})
        page = client.get(reverse("account_confirm_login_code")).content.decode()
        link = re.search(r'href="([^"]+)"', banner(page))
        assert link
        shown = re.search(r"Voici votre code\s*:\s*(\d{6})\b", client.get(link[1]).content.decode())
        assert shown
        said = {"code": shown[1], "name": "Lina"}
        assert client.post(reverse("account_confirm_login_code"), said).status_code == 302
    assert "_auth_user_id" in client.session


def test_only_the_last_are_shown_half_a_line_breaks_nothing_and_outside_the_demonstration_is_none(
    db: None, folder: Path
) -> None:
    for number in range(sent.SHOWN + 5):
        sent.keep(how="phone", to="+33600000000", subject="", text=f"message {number}.")
    with sent.file().open("a", encoding="utf-8") as kept:
        kept.write('{"at": "20')
    page = Client().get(PAGE).content.decode()
    assert "message 34." in page and "message 3." not in page
    with override_settings(DEMO=False):
        assert Client().get(PAGE).status_code == 404
        page = Client().get(reverse("account_login")).content.decode()
    assert not banner(page) and PAGE not in page


OUTSIDE = """
import django
django.setup()
from django.conf import settings
from django.urls import Resolver404, resolve
try:
    resolve("/demo/messages/")
    print("there")
except Resolver404:
    mail, apps = settings.MAILERS["default"]["BACKEND"], settings.INSTALLED_APPS
    print("absent", mail, settings.SMS_GATEWAY, "visavis.demo" in apps)
"""


def test_a_real_service_has_neither_the_address_nor_who_keeps_messages() -> None:
    environ = {name: value for name, value in os.environ.items() if name != "VISAVIS_DEMO"}
    environ["DJANGO_SETTINGS_MODULE"] = "visavis.config.settings"
    done = run([sys.executable, "-c", OUTSIDE], env=environ, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("absent ") and done.stdout.strip().endswith("False")
    assert not re.search(r"demo\.sent", done.stdout)
