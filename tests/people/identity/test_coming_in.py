"""Coming in by another service: linked by herself, never found by an e-mail, every lie of a provider refused."""

import html
import re
import time
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import jwt
import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.people.identity import way
from tests.people.identity.twisted import STRANGER, Provider
from tests.people.way_in import application_code, is_signed_in, mailed_code, set_up_application, sign_in
from tests.personas import Town
from visavis.journal.models import Entry
from visavis.leaving.services import close
from visavis.people import letters
from visavis.people.identity import leaving, protocol
from visavis.people.identity.providers import named
from visavis.people.identity.services import has_another_way_in, link, linked, subject_of
from visavis.people.models import LinkedIdentity, Membership, Session, User
from visavis.people.services import end_role
from visavis.people.sessions.store import name_of

ACCOUNT = reverse("people:account")


def linked_to(user: User, sub: str, slot: str = "people") -> None:
    provider = named(slot)
    assert provider
    link(user=user, provider=provider, subject=subject_of(slot, sub), by=user)


def test_who_saw_whose_it_is_comes_in_by_it(town: Town, provider: Provider, visitor: Client) -> None:
    amelie = town.people["amelie"]
    sign_in(visitor, amelie)
    mail.outbox.clear()
    answer = way.go(visitor, provider, "sub-1", link=True)
    assert "Amélie Durand" in visitor.get(answer.headers["Location"]).content.decode()
    assert not LinkedIdentity.objects.exists()
    assert way.link(visitor, provider, "sub-1").headers["Location"] == ACCOUNT
    assert "changed" in mail.outbox[-1].subject or "changé" in mail.outbox[-1].subject
    other = Client()
    answer = way.go(other, provider, "sub-1", then=reverse("people:readings"))
    assert answer.headers["Location"] == reverse("people:readings")
    assert other.session["_auth_user_id"] == str(amelie.pk)
    entry = Entry.objects.filter(action=Entry.Action.SIGNED_IN).latest("pk")
    assert (entry.actor_id, entry.note) == (amelie.pk, "identity-people")


def test_the_same_e_mail_opens_nothing(town: Town, provider: Provider, visitor: Client) -> None:
    """The provider says amelie@example.org, verified; the account with this address stays closed."""
    provider.info = {"email": "amelie@example.org", "email_verified": True}
    answer = way.go(visitor, provider, "a stranger", email="amelie@example.org", email_verified=True)
    assert not is_signed_in(visitor)
    assert answer.headers["Location"].startswith(reverse("account_signup"))
    # Somebody new opens her file as everybody then links.
    before = User.objects.count()
    answer = way.go(visitor, provider, "new")
    assert User.objects.count() == before
    page = answer.headers["Location"]
    visitor.post(page, {"address": "lise@example.org"})
    then = reverse("people:identity_keep")
    given = {"code": mailed_code(), "name": "Lise"}
    page = reverse("account_confirm_login_code") + f"?next={then}"
    assert visitor.post(page, given).headers["Location"] == then
    visitor.post(then)
    assert linked(User.objects.get(email="lise@example.org")) == {"people"}


def test_who_has_no_address_links_it_by_the_code_of_the_counter(
    town: Town, provider: Provider, visitor: Client
) -> None:
    """Neither e-mail nor phone: at the counter she shows her papers and gets a code, which opens the way to link."""
    amelie = town.people["amelie"]
    amelie.email = amelie.phone = None
    amelie.save()
    first = way.go(visitor, provider, "sub-7").headers["Location"]
    _, code = letters.make(user=amelie, by=town.people["bruno"])
    page = re.search(rf'href="({reverse("account_letter")}[^"]*)"', visitor.get(first).content.decode())
    assert page
    asks = visitor.post(html.unescape(page[1]), {"name": amelie.name, "code": code})
    assert asks.headers["Location"] == reverse("people:identity_keep")
    assert "Amélie Durand" in visitor.get(asks.headers["Location"]).content.decode()
    visitor.post(asks.headers["Location"])
    assert linked(amelie) == {"people"}
    other = Client()
    way.go(other, provider, "sub-7")
    assert other.session["_auth_user_id"] == str(amelie.pk)
    with pytest.raises(letters.WrongLetter):
        letters.use(name=amelie.name, code=code)


def test_staff_still_owe_the_second_factor(town: Town, provider: Provider, visitor: Client) -> None:
    before = User.objects.count()
    answer = way.go(visitor, provider, "agent", "staff")
    assert answer.headers["Location"].startswith(reverse("account_login"))
    assert (User.objects.count(), is_signed_in(visitor)) == (before, False)
    bruno = town.people["bruno"]
    linked_to(bruno, "agent", "staff")
    without = Client()
    way.go(without, provider, "agent", "staff")
    assert without.get(reverse("portal:home")).headers["Location"] == reverse("mfa_index")
    set_up_application(bruno)
    answer = way.go(visitor, provider, "agent", "staff", acr="https://proconnect.gouv.fr/assurance/strong")
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(visitor)
    visitor.post(reverse("mfa_authenticate"), {"code": application_code()})
    assert is_signed_in(visitor)


def test_a_level_the_operator_named_stands_for_the_second_factor_while_she_works_here(
    town: Town, provider: Provider, visitor: Client, settings: Settings
) -> None:
    settings.VISAVIS_IDENTITY["staff"]["strong"] = "strong"
    bruno = town.people["bruno"]
    set_up_application(bruno)
    linked_to(bruno, "agent", "staff")
    way.go(visitor, provider, "agent", "staff", acr="weak")
    assert not is_signed_in(visitor)
    other = Client()
    way.go(other, provider, "agent", "staff", acr="strong")
    assert is_signed_in(other)
    assert other.get(ACCOUNT).status_code == 200
    # A session of who left the agency ends.
    way.go(visitor, provider, "agent", "staff", acr="strong")
    assert visitor.get(ACCOUNT).status_code == 200
    for membership in Membership.objects.filter(user=bruno):
        end_role(membership=membership, by=None)
    assert visitor.get(ACCOUNT).status_code == 302
    way.go(visitor, provider, "agent", "staff", acr="strong")
    assert not is_signed_in(visitor)


def test_an_identity_opens_only_its_own_account(town: Town, provider: Provider, visitor: Client) -> None:
    """A counsellor who linked FranceConnect when she was looking for work comes in another way now."""
    linked_to(town.people["bruno"], "me", "people")
    way.go(visitor, provider, "me")
    assert not is_signed_in(visitor)
    linked_to(town.people["amelie"], "AbC")
    way.go(visitor, provider, "AbC", "staff")
    assert not is_signed_in(visitor)
    way.go(visitor, provider, "aBc")
    assert not is_signed_in(visitor), "another one by a capital letter"
    linked_to(town.people["bruno"], "sub-1", "staff")
    way.come_back(visitor, provider.consent(way.begin(visitor, "people"), "sub-1"), "staff")
    assert not is_signed_in(visitor), "the state of another provider"
    provider.asked.clear()
    brought = provider.consent(way.begin(visitor), "AbC")
    visitor.get(reverse("identity_answer", kwargs={"slot": "people"}), brought)
    assert not is_signed_in(visitor) and "/token" not in provider.asked, "an answer that is only read"
    with pytest.raises(LinkedIdentity.DoesNotExist):
        LinkedIdentity.objects.get(subject="AbC")
    kept = LinkedIdentity.objects.get(user=town.people["amelie"]).__dict__["subject"]
    assert "AbC" not in kept.text and subject_of("people", "AbC") not in kept.text


def test_what_is_asked_and_too_many_answers_wait(town: Town, provider: Provider, visitor: Client) -> None:
    asked = dict(parse_qsl(urlsplit(way.begin(visitor)).query))
    assert asked["code_challenge_method"] == "S256"
    assert asked["acr_values"] == "eidas1 eidas2"
    assert asked["prompt"] == "login"
    assert len(asked["nonce"]) >= 32
    assert len(asked["state"]) >= 16
    assert set(asked["scope"].split()) == {"openid", "given_name", "family_name"}
    assert asked["nonce"] != dict(parse_qsl(urlsplit(way.begin(visitor)).query))["nonce"]
    linked_to(town.people["amelie"], "sub-1")
    for _try in range(60):
        way.come_back(visitor, provider.consent(way.begin(visitor), "unknown"))
    way.go(visitor, provider, "sub-1")
    assert not is_signed_in(visitor)


LIES: dict[str, dict[str, Any]] = {
    "another nonce": {"claims": {"nonce": "another"}},
    "no nonce": {"claims": {"nonce": None}},
    "another issuer": {"claims": {"iss": "https://elsewhere.example"}},
    "another service": {"claims": {"aud": "another"}},
    "bought for another": {"claims": {"aud": ["visavis", "another"], "azp": "another"}},
    "out of date": {"claims": {"exp": int(time.time()) - 120}},
    "for ever": {"claims": {"exp": None}},
    "nobody": {"claims": {"sub": None}},
    "a weak level": {"claims": {"acr": "eidas0"}},
    "no level": {"claims": {"acr": None}},
    "a stranger's key": {"key": STRANGER},
    "signed by the secret": {"algorithm": "HS256", "key": "between us, and long enough for SHA-256"},
    "not signed": {"algorithm": "none", "key": ""},
    "userinfo of another": {"info": {"sub": "another"}},
    "userinfo for another": {"info": {"aud": "another"}},
    "plain userinfo of another": {"info": {"sub": "another"}, "signs_userinfo": False},
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_no_lie_of_a_provider_is_believed(
    town: Town, provider: Provider, visitor: Client, lie: dict[str, Any]
) -> None:
    linked_to(town.people["amelie"], "sub-1")
    for name, value in lie.items():
        setattr(provider, name, value)
    answer = way.go(visitor, provider, "sub-1")
    assert not is_signed_in(visitor)
    assert answer.headers["Location"] == reverse("account_login")
    refused = Entry.objects.filter(action=Entry.Action.REFUSED, note="identity-people")
    assert refused.exists()


@pytest.mark.parametrize("algorithm", ["RS256", "ES256"])
@pytest.mark.parametrize("signs", [True, False])
def test_both_algorithms_and_both_forms_of_userinfo_are_read(
    town: Town, provider: Provider, visitor: Client, algorithm: str, signs: bool
) -> None:
    provider.algorithm, provider.signs_userinfo = algorithm, signs
    linked_to(town.people["amelie"], "sub-1")
    way.go(visitor, provider, "sub-1")
    assert is_signed_in(visitor)


def test_a_key_of_one_kind_does_not_sign_as_the_other(
    town: Town, provider: Provider, visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A token that names the elliptic key and is signed by the other."""
    linked_to(town.people["amelie"], "sub-1")

    def swapped(claims: dict[str, Any]) -> str:
        said = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(said, STRANGER, algorithm="RS256", headers={"kid": "ES256"})

    monkeypatch.setattr(provider, "sign", swapped)
    way.go(visitor, provider, "sub-1")
    assert not is_signed_in(visitor)


def test_an_answer_works_once_and_only_where_it_was_begun(
    town: Town, provider: Provider, visitor: Client
) -> None:
    """An attacker's answer in her browser would let her in as him, or link his identity with her account."""
    linked_to(town.people["amelie"], "sub-1")
    brought = provider.consent(way.begin(Client()), "sub-1")
    way.come_back(visitor, brought)
    assert not is_signed_in(visitor)
    mine = provider.consent(way.begin(visitor), "sub-1")
    way.come_back(visitor, mine)
    assert is_signed_in(visitor)
    again = Client()
    again.cookies.load(visitor.cookies)
    visitor.post(reverse("account_logout"))
    way.come_back(visitor, mine)
    assert not is_signed_in(visitor)


def test_what_a_provider_cannot_do_is_said_and_leaves_the_other_ways(
    town: Town, provider: Provider, visitor: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answered(error: str) -> str:
        state = dict(parse_qsl(urlsplit(way.begin(visitor)).query))["state"]
        return way.said(visitor, way.come_back(visitor, {"error": error, "state": state}))

    assert "You turned back" in answered("access_denied")
    assert "FranceConnect does not answer now" in answered("temporarily_unavailable")
    refused = Entry.objects.filter(action=Entry.Action.REFUSED, note="identity-people")
    assert not refused.exists(), "it is not called a liar"
    address = way.begin(visitor)
    provider.is_down = True
    page = way.said(visitor, way.come_back(visitor, provider.consent(address, "sub-1")))
    assert "FranceConnect does not answer now" in page and "Send me a code" in page
    provider.is_down = False
    monkeypatch.setattr(provider, "keys", lambda: ["key"])
    protocol.forget()
    assert "cannot trust the answer" in way.said(visitor, way.go(visitor, provider, "sub-1"))
    monkeypatch.setattr(provider, "described", lambda: {"issuer": provider.address})
    protocol.forget()
    begin = reverse("identity_begin", kwargs={"slot": "people"})
    assert "does not answer now" in way.said(visitor, visitor.get(begin))
    settings.VISAVIS_IDENTITY["people"]["address"] = "http://127.0.0.1:9"
    assert "does not answer now" in way.said(visitor, visitor.get(begin))


def test_an_identity_opens_one_account(town: Town, provider: Provider, visitor: Client) -> None:
    linked_to(town.people["gael"], "sub-1")
    User.objects.filter(pk=town.people["amelie"].pk).update(language="en")
    sign_in(visitor, town.people["amelie"])
    answer = way.link(visitor, provider, "sub-1")
    assert "opens another account" in way.said(visitor, answer)
    assert linked(town.people["amelie"]) == set()


def test_the_last_way_in_is_not_unlinked(town: Town, provider: Provider) -> None:
    """She worked here once: the provider of staff does not open her account any more."""
    lise = User.objects.create_user("Lise", language="en")
    linked_to(lise, "sub-1")
    linked_to(lise, "agent", "staff")
    assert not has_another_way_in(lise, "people")
    assert has_another_way_in(lise, "staff")
    client = Client()
    way.go(client, provider, "sub-1")
    answer = client.post(reverse("people:identity_unlink", kwargs={"slot": "people"}))
    assert "only way in" in client.get(answer.headers["Location"]).content.decode()
    assert linked(lise) == {"people", "staff"}


def test_unlinked_or_closed_no_account_is_opened(town: Town, provider: Provider, visitor: Client) -> None:
    amelie = town.people["amelie"]
    linked_to(amelie, "sub-1")
    way.go(visitor, provider, "sub-1")
    visitor.post(reverse("people:identity_unlink", kwargs={"slot": "people"}))
    other = Client()
    way.go(other, provider, "sub-1")
    assert not is_signed_in(other)
    note = Entry.objects.filter(thing="identity", action=Entry.Action.DELETED).latest("pk")
    assert (note.actor_id, note.note) == (amelie.pk, "people")
    linked_to(amelie, "sub-1")
    close(user=amelie, by=amelie)
    way.go(other, provider, "sub-1")
    assert not is_signed_in(other)


def test_she_is_signed_out_there_by_a_sealed_token(town: Town, provider: Provider, visitor: Client) -> None:
    sign_in(visitor, town.people["amelie"])
    assert visitor.post(reverse("account_logout")).headers["Location"] == reverse("portal:door")
    linked_to(town.people["amelie"], "sub-1")
    way.go(visitor, provider, "sub-1")
    _slot, token = visitor.session[leaving.SESSION_KEY]
    resting = Session.objects.get(session_key=name_of(str(visitor.session.session_key)))
    assert token not in resting.session_data
    assert not resting.get_decoded(), "nor with the site's own key"
    answer = visitor.post(reverse("account_logout"))
    page = visitor.get(answer.headers["Location"])
    told = dict(parse_qsl(urlsplit(page.context["there"]).query))
    assert page.context["there"].startswith(f"{provider.address}/leave?")
    assert jwt.decode(told["id_token_hint"], options={"verify_signature": False})["sub"] == "sub-1"
    assert told["post_logout_redirect_uri"].endswith(reverse("account_signed_out"))
    assert 'http-equiv="refresh"' in page.content.decode()
    assert not is_signed_in(visitor)
    # Back from there, nothing is left to tell.
    assert not visitor.get(reverse("account_signed_out")).context["there"]


def test_without_a_provider_nothing_is_offered(town: Town, visitor: Client) -> None:
    assert visitor.get(reverse("identity_begin", kwargs={"slot": "people"})).status_code == 404
    assert "FranceConnect" not in visitor.get(reverse("account_login")).content.decode()
