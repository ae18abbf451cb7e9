import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.people.way_in import give, is_signed_in, mailed_code, sign_in, texted_code, wrong
from tests.personas import Town
from tests.sms import MemoryGateway
from visavis.journal.models import Entry
from visavis.people.models import User

ACCOUNT = reverse("people:account")


def last_entry(user: User) -> tuple[str, str, str]:
    entry = Entry.objects.about(user.pk).latest("pk")
    return entry.action, entry.thing, entry.note


def test_the_account_shows_what_we_know(town: Town) -> None:
    page = town.client("amelie").get(ACCOUNT).content.decode()
    assert "Amélie" in page
    assert "amelie@example.org" in page
    assert reverse("people:readings") in page


def test_a_name_changes_and_is_journalled_without_the_name(town: Town) -> None:
    answer = town.client("amelie").post(reverse("people:name"), {"name": " Amélie Roux "})
    assert answer.headers["Location"] == ACCOUNT
    town.people["amelie"].refresh_from_db()
    assert town.people["amelie"].name == "Amélie Roux"
    assert last_entry(town.people["amelie"]) == ("changed", "account", "name")


def test_an_empty_name_is_asked_again(town: Town) -> None:
    answer = town.client("amelie").post(reverse("people:name"), {"name": "  "})
    assert answer.status_code == 200
    assert answer.context["form"].errors


def test_the_channel_changes(town: Town) -> None:
    client = town.client("amelie")
    client.post(reverse("people:postal_address"), {"postal_address": "12  rue du Lac,\n26000 Valence"})
    client.post(reverse("people:channel"), {"channel": "post"})
    her = User.objects.get(pk=town.people["amelie"].pk)
    assert (her.channel, her.postal_address) == ("post", "12 rue du Lac\n26000 Valence")
    assert last_entry(her) == ("changed", "account", "channel:post")


def test_a_channel_without_its_address_says_what_to_do_first(town: Town) -> None:
    answer = town.client("amelie").post(reverse("people:channel"), {"channel": "sms"})
    assert answer.status_code == 200
    assert answer.context["form"].errors["channel"]
    town.people["amelie"].refresh_from_db()
    assert town.people["amelie"].channel == "web"


@pytest.mark.parametrize("value", ["", "pigeon"])
def test_an_unknown_channel_is_refused(town: Town, value: str) -> None:
    assert town.client("amelie").post(reverse("people:channel"), {"channel": value}).status_code == 200


def test_a_new_email_is_proven_then_kept_and_the_former_one_warned(town: Town, visitor: Client) -> None:
    amelie = town.people["amelie"]
    sign_in(visitor, amelie)
    answer = visitor.post(reverse("people:email"), {"address": "Roux@Example.org"})
    assert answer.headers["Location"] == reverse("people:address_code")
    assert mail.outbox[-1].to == ["roux@example.org"]
    visitor.post(reverse("people:address_code"), {"code": mailed_code()})
    amelie.refresh_from_db()
    assert amelie.email == "roux@example.org"
    assert mail.outbox[-1].to == ["amelie@example.org"]
    assert "Amélie" not in mail.outbox[-1].body
    assert last_entry(amelie) == ("changed", "account", "email")
    assert is_signed_in(visitor)


def test_a_new_email_is_not_kept_before_its_code(town: Town, visitor: Client) -> None:
    sign_in(visitor, town.people["amelie"])
    visitor.post(reverse("people:email"), {"address": "roux@example.org"})
    visitor.post(reverse("people:address_code"), {"code": wrong(mailed_code())})
    town.people["amelie"].refresh_from_db()
    assert town.people["amelie"].email == "amelie@example.org"


def test_a_phone_is_proven_by_text_message_and_the_email_warned(town: Town, visitor: Client) -> None:
    amelie = town.people["amelie"]
    sign_in(visitor, amelie)
    visitor.post(reverse("people:phone"), {"address": "06 12 34 56 78"})
    assert MemoryGateway.sent[-1][0] == "+33612345678"
    visitor.post(reverse("people:address_code"), {"code": texted_code()})
    amelie.refresh_from_db()
    assert (amelie.phone, amelie.phone_is_verified) == ("+33612345678", True)
    assert mail.outbox[-1].to == ["amelie@example.org"]


def test_the_address_of_somebody_else_stays_hers(town: Town, visitor: Client) -> None:
    sign_in(visitor, town.people["amelie"])
    answer = visitor.post(reverse("people:email"), {"address": "gael@example.org"})
    assert answer.headers["Location"] == reverse("people:address_code")
    visitor.post(reverse("people:address_code"), {"code": mailed_code()})
    town.people["amelie"].refresh_from_db()
    town.people["gael"].refresh_from_db()
    assert town.people["amelie"].email == "amelie@example.org"
    assert town.people["gael"].email == "gael@example.org"


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


@pytest.mark.parametrize(
    ("password", "again"),
    [("short", "short"), ("password1234", "password1234"), ("quatre mots faciles", "quatre mots facile")],
)
def test_a_weak_or_mistyped_password_is_refused(
    town: Town, visitor: Client, password: str, again: str
) -> None:
    sign_in(visitor, town.people["amelie"])
    assert visitor.post(reverse("people:password"), {"password": password, "again": again}).status_code == 200
    town.people["amelie"].refresh_from_db()
    assert not town.people["amelie"].has_usable_password()


@pytest.mark.parametrize(
    "name", ["name", "language", "channel", "email", "phone", "password", "address_code"]
)
def test_a_wrong_method_is_refused(town: Town, visitor: Client, name: str) -> None:
    sign_in(visitor, town.people["amelie"])
    assert visitor.put(reverse(f"people:{name}")).status_code == 405


@pytest.mark.parametrize("name", ["account", "readings"])
def test_a_page_to_read_takes_no_post(town: Town, name: str) -> None:
    assert town.client("amelie").post(reverse(f"people:{name}")).status_code == 405


def test_a_stranger_is_sent_to_sign_in(town: Town, visitor: Client) -> None:
    assert visitor.get(ACCOUNT).headers["Location"] == f"{reverse('account_login')}?next={ACCOUNT}"


def test_the_account_says_as_whom_she_is_here(town: Town) -> None:
    page = town.client("bruno").get(ACCOUNT).content.decode()
    assert town.agency.organisation.name in page


def test_a_notice_that_cannot_leave_undoes_nothing(town: Town, visitor: Client, settings: Settings) -> None:
    sign_in(visitor, town.people["amelie"])
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": 9},
        }
    }
    words = {"password": "quatre mots faciles a dire", "again": "quatre mots faciles a dire"}
    assert visitor.post(reverse("people:password"), words).headers["Location"] == ACCOUNT


# Language --------------------------------------------------------------------------------------------


def test_the_switch_keeps_the_language_on_the_account(town: Town) -> None:
    client = town.client("amelie")
    client.post(reverse("set_language"), {"language": "en", "next": ACCOUNT})
    town.people["amelie"].refresh_from_db()
    assert town.people["amelie"].language == "en"
    assert 'lang="en"' in client.get(ACCOUNT).content.decode()


def test_the_language_follows_the_person_to_another_browser(town: Town) -> None:
    User.objects.filter(pk=town.people["amelie"].pk).update(language="en")
    visitor = Client(headers={"accept-language": "fr"})
    sign_in(visitor, town.people["amelie"])
    assert 'lang="en"' in visitor.get(ACCOUNT).content.decode()


def test_a_visitor_keeps_the_language_in_the_browser(db: None) -> None:
    visitor = Client(headers={"accept-language": "fr"})
    visitor.post(reverse("set_language"), {"language": "en", "next": "/"})
    assert 'lang="en"' in visitor.get(reverse("account_login")).content.decode()


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
def test_the_switch_leads_to_pages_of_the_site_only(db: None, bad: str) -> None:
    answer = Client().post(reverse("set_language"), {"language": "en", "next": bad})
    assert answer.headers["Location"] == "/"


def test_the_switch_is_posted(db: None) -> None:
    assert Client().get(reverse("set_language")).status_code == 405


def test_a_second_sign_in_follows_the_first(town: Town, visitor: Client) -> None:
    sign_in(visitor, town.people["amelie"])
    assert visitor.get(reverse("account_login")).headers["Location"] == reverse("portal:home")
    assert give(visitor, "123456").headers["Location"] == reverse("portal:home")
