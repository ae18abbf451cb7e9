from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.people.way_in import give, is_signed_in, mailed_code, sign_in, texted_code, wrong
from tests.personas import Town
from tests.sms import MemoryGateway
from visavis.journal.models import Entry
from visavis.people.models import User

ACCOUNT = reverse("people:account")


def last_entry(user: User) -> tuple[str, str, str]:
    entry = Entry.objects.about(user.pk).latest("pk")
    return entry.action, entry.thing, entry.note


def test_the_account_shows_what_we_know_in_the_language_of_the_switch(town: Town, visitor: Client) -> None:
    hers = town.client("amelie")
    page = hers.get(ACCOUNT).content.decode()
    for word in ("Amélie", "amelie@example.org", reverse("people:readings")):
        assert word in page
    assert town.agency.organisation.name in town.client("bruno").get(ACCOUNT).content.decode()
    for name in ("account", "readings"):
        assert hers.post(reverse(f"people:{name}")).status_code == 405
    assert visitor.get(ACCOUNT).headers["Location"] == f"{reverse('account_login')}?next={ACCOUNT}"
    client = town.client("amelie")
    client.post(reverse("set_language"), {"language": "en", "next": ACCOUNT})
    town.people["amelie"].refresh_from_db()
    assert town.people["amelie"].language == "en"
    assert 'lang="en"' in client.get(ACCOUNT).content.decode()
    elsewhere = Client(headers={"accept-language": "fr"})
    sign_in(elsewhere, town.people["amelie"])
    assert 'lang="en"' in elsewhere.get(ACCOUNT).content.decode()
    visitor = Client(headers={"accept-language": "fr"})
    visitor.post(reverse("set_language"), {"language": "en", "next": "/"})
    assert 'lang="en"' in visitor.get(reverse("account_login")).content.decode()


def test_a_name_and_a_channel_change_and_are_journalled(town: Town) -> None:
    client = town.client("amelie")
    answer = client.post(reverse("people:name"), {"name": "  "})
    assert answer.status_code == 200 and answer.context["form"].errors
    answer = client.post(reverse("people:name"), {"name": " Amélie Roux "})
    assert answer.headers["Location"] == ACCOUNT
    town.people["amelie"].refresh_from_db()
    assert town.people["amelie"].name == "Amélie Roux"
    assert last_entry(town.people["amelie"]) == ("changed", "account", "name")
    # The channel changes.
    client.post(reverse("people:postal_address"), {"postal_address": "12  rue du Lac,\n26000 Valence"})
    client.post(reverse("people:channel"), {"channel": "post"})
    her = User.objects.get(pk=town.people["amelie"].pk)
    assert (her.channel, her.postal_address) == ("post", "12 rue du Lac\n26000 Valence")
    assert last_entry(her) == ("changed", "account", "channel:post")


@pytest.mark.parametrize("value", ["sms", "", "pigeon"])
def test_an_unknown_channel_or_one_without_its_address_is_refused(town: Town, value: str) -> None:
    answer = town.client("amelie").post(reverse("people:channel"), {"channel": value})
    assert answer.status_code == 200
    assert answer.context["form"].errors["channel"]
    town.people["amelie"].refresh_from_db()
    assert town.people["amelie"].channel == "web"


def test_a_phone_and_an_email_are_proven_and_the_former_one_warned(town: Town, visitor: Client) -> None:
    amelie = town.people["amelie"]
    sign_in(visitor, amelie)
    visitor.post(reverse("people:phone"), {"address": "06 12 34 56 78"})
    assert MemoryGateway.sent[-1][0] == "+33612345678"
    visitor.post(reverse("people:address_code"), {"code": texted_code()})
    amelie.refresh_from_db()
    assert (amelie.phone, amelie.phone_is_verified) == ("+33612345678", True)
    assert mail.outbox[-1].to == ["amelie@example.org"]
    # A new email is proven then kept and the former one warned.

    def proven(address: str, *, wrongly: bool = False) -> str:
        answer = visitor.post(reverse("people:email"), {"address": address})
        assert answer.headers["Location"] == reverse("people:address_code")
        assert mail.outbox[-1].to == [address.lower()]
        code = wrong(mailed_code()) if wrongly else mailed_code()
        visitor.post(reverse("people:address_code"), {"code": code})
        amelie.refresh_from_db()
        return str(amelie.email)

    assert proven("roux@example.org", wrongly=True) == "amelie@example.org"
    assert proven("gael@example.org") == "amelie@example.org", "of somebody else"
    assert User.objects.get(email="gael@example.org") == town.people["gael"]
    assert proven("Roux@Example.org") == "roux@example.org"
    assert mail.outbox[-1].to == ["amelie@example.org"]
    assert "Amélie" not in mail.outbox[-1].body
    assert last_entry(amelie) == ("changed", "account", "email")
    assert is_signed_in(visitor)


def test_a_password_is_set_and_other_sessions_end(town: Town, visitor: Client) -> None:
    amelie = town.people["amelie"]
    other = Client()
    sign_in(other, amelie)
    sign_in(visitor, amelie)
    words = {"password": "quatre mots faciles a dire", "again": "quatre mots faciles a dire"}
    assert visitor.post(reverse("people:password"), words).headers["Location"] == ACCOUNT
    amelie.refresh_from_db()
    assert amelie.check_password("quatre mots faciles a dire")
    assert visitor.get(ACCOUNT).status_code == 200
    assert other.get(ACCOUNT).status_code == 302
    assert last_entry(amelie) == ("changed", "account", "password")


def test_a_weak_or_mistyped_password_is_refused(town: Town, visitor: Client) -> None:
    sign_in(visitor, town.people["amelie"])
    for password, again in (
        ("short", "short"),
        ("password1234", "password1234"),
        ("quatre mots faciles", "quatre mots facile"),
    ):
        answer = visitor.post(reverse("people:password"), {"password": password, "again": again})
        assert answer.status_code == 200
    town.people["amelie"].refresh_from_db()
    assert not town.people["amelie"].has_usable_password()


def test_a_notice_that_cannot_leave_undoes_nothing(town: Town, client: Client, request: Any) -> None:
    sign_in(client, town.people["amelie"])
    request.getfixturevalue("no_mail")
    words = {"password": "quatre mots faciles a dire", "again": "quatre mots faciles a dire"}
    assert client.post(reverse("people:password"), words).headers["Location"] == ACCOUNT


# Language --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [("en-GB,en;q=0.9", "en"), ("fr-CA", "fr"), ("de", "fr"), ("", "fr"), ("de,en;q=0.5", "en")],
)
def test_a_browser_is_answered_in_its_language_or_in_french(db: None, asked: str, spoken: str) -> None:
    page = Client(headers={"accept-language": asked}).get(reverse("account_login"))
    assert f'lang="{spoken}"' in page.content.decode()
    assert page.headers["Content-Language"] == spoken


@pytest.mark.parametrize("bad", ["de", "", "../../etc", "fr\n"])
def test_an_unknown_language_changes_nothing(town: Town, bad: str) -> None:
    town.client("amelie").post(reverse("set_language"), {"language": bad})
    town.people["amelie"].refresh_from_db()
    assert town.people["amelie"].language == "fr"


@pytest.mark.parametrize(
    "bad", ["https://evil.example/", "../../etc/passwd", "'; DROP TABLE x;--", "//[", "/no/such/page/", "\0"]
)
def test_the_switch_is_posted_and_leads_to_pages_of_the_site_only(db: None, bad: str) -> None:
    answer = Client().post(reverse("set_language"), {"language": "en", "next": bad})
    assert answer.headers["Location"] == "/"
    assert Client().get(reverse("set_language")).status_code == 405


def test_a_second_sign_in_follows_the_first_and_no_wrong_method(town: Town, visitor: Client) -> None:
    sign_in(visitor, town.people["amelie"])
    assert visitor.get(reverse("account_login")).headers["Location"] == reverse("portal:home")
    assert give(visitor, "123456").headers["Location"] == reverse("portal:home")
    for name in ("name", "language", "channel", "email", "phone", "password", "address_code"):
        assert visitor.put(reverse(f"people:{name}")).status_code == 405, name
