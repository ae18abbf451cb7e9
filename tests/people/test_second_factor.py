import datetime as dt

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.people.way_in import (
    application_code,
    ask,
    give,
    is_signed_in,
    mailed_code,
    set_up_application,
    sign_in,
)
from tests.personas import Town
from visavis.journal.models import Entry
from visavis.people import services
from visavis.people.accounts import SecondFactorAdapter
from visavis.people.enums import Role

PAGES = (
    "portal:home",
    "people:account",
    "people:readings",
    "people:journal",
    "agencies:agencies",
    "people:password",
)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("persona", ["bruno", "rosa", "hugo", "nadia"])
def test_staff_without_a_second_factor_open_no_page(
    town: Town, visitor: Client, persona: str, name: str
) -> None:
    sign_in(visitor, town.people[persona])
    assert visitor.get(reverse(name)).headers["Location"] == reverse("mfa_index")


@pytest.mark.parametrize("persona", ["amelie", "chloe", "ines"])
def test_nobody_else_owes_one(town: Town, visitor: Client, persona: str) -> None:
    sign_in(visitor, town.people[persona])
    assert visitor.get(reverse("people:account")).status_code == 200


def test_staff_set_one_up_and_the_pages_open(town: Town, visitor: Client) -> None:
    sign_in(visitor, town.people["bruno"])
    page = visitor.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assert "otpauth" not in page.content.decode()
    answer = visitor.post(reverse("mfa_activate_totp"), {"code": application_code(secret)})
    assert answer.status_code == 302
    assert visitor.get(reverse("people:account")).status_code == 200


def test_a_second_factor_that_comes_is_told_to_its_owner(town: Town, visitor: Client) -> None:
    sign_in(visitor, town.people["bruno"])
    secret = visitor.get(reverse("mfa_activate_totp")).context["form"].secret
    visitor.post(reverse("mfa_activate_totp"), {"code": application_code(secret)})
    assert mail.outbox[-1].to == ["bruno@example.org"]
    assert (
        mail.outbox[-1].subject == "Votre compte Vis-à-vis a changé" or "changed" in mail.outbox[-1].subject
    )


def test_a_wrong_first_code_sets_nothing_up(town: Town, visitor: Client) -> None:
    sign_in(visitor, town.people["bruno"])
    visitor.get(reverse("mfa_activate_totp"))
    assert visitor.post(reverse("mfa_activate_totp"), {"code": "000000"}).status_code == 200
    assert not Authenticator.objects.exists()
    assert visitor.get(reverse("people:account")).status_code == 302


def test_a_code_by_email_alone_never_lets_staff_in(town: Town, visitor: Client) -> None:
    set_up_application(town.people["bruno"])
    answer = sign_in(visitor, town.people["bruno"])
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(visitor)
    assert visitor.get(reverse("mfa_activate_totp")).headers["Location"].startswith(reverse("account_login"))


def test_with_the_application_staff_come_in(town: Town, visitor: Client) -> None:
    set_up_application(town.people["bruno"])
    sign_in(visitor, town.people["bruno"])
    assert visitor.get(reverse("mfa_authenticate")).status_code == 200
    visitor.post(reverse("mfa_authenticate"), {"code": application_code()})
    assert visitor.get(reverse("people:account")).status_code == 200
    last = Entry.objects.about(town.people["bruno"].pk).latest("pk")
    assert (last.action, last.note) == ("signed-in", "code+mfa")


def test_a_code_of_the_application_works_once(town: Town) -> None:
    set_up_application(town.people["bruno"])
    code = application_code()
    first, second = Client(), Client()
    for client in (first, second):
        sign_in(client, town.people["bruno"])
        client.post(reverse("mfa_authenticate"), {"code": code})
    assert is_signed_in(first)
    assert not is_signed_in(second)


def test_wrong_second_factors_slow_down_and_are_journalled(town: Town, visitor: Client) -> None:
    set_up_application(town.people["bruno"])
    sign_in(visitor, town.people["bruno"])
    for _try in range(6):
        visitor.post(reverse("mfa_authenticate"), {"code": "000000"})
    visitor.post(reverse("mfa_authenticate"), {"code": application_code()})
    assert not is_signed_in(visitor)
    assert Entry.objects.about(town.people["bruno"].pk).filter(note="second-factor").count() == 5


def test_a_recovery_code_lets_in_when_the_application_is_lost(town: Town, visitor: Client) -> None:
    sign_in(visitor, town.people["bruno"])
    secret = visitor.get(reverse("mfa_activate_totp")).context["form"].secret
    visitor.post(reverse("mfa_activate_totp"), {"code": application_code(secret)})
    assert "****" not in visitor.get(reverse("mfa_view_recovery_codes")).content.decode()
    codes = visitor.post(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    assert len(codes) == 10
    other = Client()
    sign_in(other, town.people["bruno"])
    other.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert other.get(reverse("people:account")).status_code == 200


def test_reading_the_page_of_recovery_codes_shows_none(town: Town) -> None:
    bruno = town.client("bruno")
    set_up_application(town.people["bruno"])
    assert bruno.get(reverse("mfa_view_recovery_codes")).status_code == 302


def test_secrets_rest_encrypted(town: Town, visitor: Client) -> None:
    sign_in(visitor, town.people["bruno"])
    secret = visitor.get(reverse("mfa_activate_totp")).context["form"].secret
    visitor.post(reverse("mfa_activate_totp"), {"code": application_code(secret)})
    stored = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in stored
    assert SecondFactorAdapter().decrypt(stored) == secret


def test_secrets_survive_a_new_site_secret(settings: Settings) -> None:
    resting = SecondFactorAdapter().encrypt("JBSWY3DP")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another secret of the site"
    assert SecondFactorAdapter().decrypt(resting) == "JBSWY3DP"


def test_staff_keep_their_last_second_factor(town: Town, visitor: Client) -> None:
    set_up_application(town.people["bruno"])
    sign_in(visitor, town.people["bruno"])
    visitor.post(reverse("mfa_authenticate"), {"code": application_code()})
    visitor.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=town.people["bruno"], type="totp").exists()


@pytest.mark.parametrize(
    "name",
    [
        "mfa_index",
        "mfa_deactivate_totp",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_reauthenticate",
        "people:email",
        "people:phone",
        "people:password",
    ],
)
def test_every_page_about_the_ways_in_can_be_read(town: Town, visitor: Client, name: str) -> None:
    set_up_application(town.people["bruno"])
    sign_in(visitor, town.people["bruno"])
    visitor.post(reverse("mfa_authenticate"), {"code": application_code()})
    assert visitor.get(reverse(name)).status_code == 200


def test_nobody_removes_the_passkey_of_another(town: Town, visitor: Client) -> None:
    key = Authenticator.objects.create(
        user=town.people["gael"], type="webauthn", data={"name": "x", "credential": {}}
    )
    sign_in(visitor, town.people["amelie"])
    assert visitor.post(reverse("mfa_remove_webauthn", args=[key.pk])).status_code == 404
    assert Authenticator.objects.filter(pk=key.pk).exists()


def test_a_jobseeker_may_remove_hers(town: Town, visitor: Client) -> None:
    amelie = town.people["amelie"]
    set_up_application(amelie)
    sign_in(visitor, amelie)
    visitor.post(reverse("mfa_authenticate"), {"code": application_code()})
    visitor.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=amelie).exists()
    assert Entry.objects.about(amelie.pk).filter(thing="second-factor", action="deleted").exists()


def test_who_becomes_staff_in_the_middle_of_a_session_owes_one_at_once(town: Town, visitor: Client) -> None:
    amelie = town.people["amelie"]
    sign_in(visitor, amelie)
    services.give_role(user=amelie, role=Role.RECEPTION, organisation=town.agency.organisation, by=None)
    assert visitor.get(reverse("people:account")).headers["Location"] == reverse("mfa_index")


def test_who_has_one_gives_it_before_adding_another(town: Town) -> None:
    set_up_application(town.people["bruno"])
    client = Client()
    client.force_login(town.people["bruno"])
    assert client.get(reverse("mfa_add_webauthn")).headers["Location"] == reverse("mfa_reauthenticate")
    client.post(reverse("mfa_reauthenticate"), {"code": application_code()})
    assert client.get(reverse("people:account")).status_code == 200


@pytest.mark.parametrize(("is_demo", "status"), [(True, 200), (False, 302)])
def test_the_demos_links_count_in_a_demo_only(
    town: Town, settings: Settings, is_demo: bool, status: int
) -> None:
    client = Client()
    client.force_login(town.people["bruno"])
    session = client.session
    services.mark_second_factor(session, "demo")
    session.save()
    settings.DEMO = is_demo
    assert client.get(reverse("people:account")).status_code == status


def test_an_invented_flag_counts_for_nothing(town: Town) -> None:
    client = Client()
    client.force_login(town.people["bruno"])
    session = client.session
    session["second_factor_done"] = True
    session.save()
    assert client.get(reverse("people:account")).status_code == 302


# Proving again who one is --------------------------------------------------------------------------


def test_what_changes_the_way_in_asks_again_after_ten_minutes(town: Town, visitor: Client) -> None:
    sign_in(visitor, town.people["amelie"])
    assert visitor.get(reverse("people:email")).status_code == 200
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=11)):
        answer = visitor.get(reverse("people:email"))
        assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))


def test_a_code_to_the_address_she_has_proves_it(town: Town) -> None:
    client = Client()
    client.force_login(town.people["amelie"])
    again = client.get(reverse("people:email")).headers["Location"]
    to_code = client.post(again).headers["Location"]
    assert mail.outbox[-1].to == ["amelie@example.org"]
    assert client.post(to_code, {"code": "000000"}).status_code in {200, 302}
    assert client.post(to_code, {"code": mailed_code()}).headers["Location"] == reverse("people:email")
    assert client.get(reverse("people:email")).status_code == 200


def test_her_password_proves_it(town: Town) -> None:
    amelie = town.people["amelie"]
    amelie.set_password("quatre mots faciles a dire")
    amelie.save()
    client = Client()
    client.force_login(amelie)
    again = client.get(reverse("people:phone")).headers["Location"]
    assert client.post(again, {"password": "wrong"}).status_code == 200
    answer = client.post(again, {"password": "quatre mots faciles a dire"})
    assert answer.headers["Location"] == reverse("people:phone")


def test_a_code_never_stands_for_a_second_factor(town: Town, visitor: Client) -> None:
    amelie = town.people["amelie"]
    set_up_application(amelie)
    client = Client()
    client.force_login(amelie)
    assert client.get(reverse("account_reauthenticate")).headers["Location"] == reverse("mfa_reauthenticate")
    assert client.post(reverse("account_reauthenticate")).status_code == 302
    assert not mail.outbox


def test_a_code_to_sign_in_changes_no_address(town: Town, visitor: Client) -> None:
    sign_in(visitor, town.people["amelie"])
    other = Client()
    ask(other, "amelie@example.org")
    give(visitor, mailed_code())
    answer = visitor.post(reverse("people:address_code"), {"code": mailed_code()})
    assert answer.headers["Location"] == reverse("people:account")
    town.people["amelie"].refresh_from_db()
    assert town.people["amelie"].email == "amelie@example.org"


def test_a_code_for_a_new_address_does_not_prove_who_she_is(town: Town, visitor: Client) -> None:
    sign_in(visitor, town.people["amelie"])
    visitor.post(reverse("people:email"), {"address": "thief@example.org"})
    answer = visitor.post(reverse("account_reauthenticate_code"), {"code": mailed_code()})
    assert answer.headers["Location"] == reverse("account_reauthenticate")


def test_a_code_that_proved_who_she_is_proves_it_once(town: Town) -> None:
    client = Client()
    client.force_login(town.people["amelie"])
    to_code = client.post(reverse("account_reauthenticate")).headers["Location"]
    assert client.post(to_code, {"code": mailed_code()}).headers["Location"] == reverse("people:account")
    assert client.post(to_code, {"code": mailed_code()}).headers["Location"] == reverse(
        "account_reauthenticate"
    )
