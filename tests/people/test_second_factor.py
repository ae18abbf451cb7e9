import datetime as dt

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.people.way_in import (
    PASSWORD,
    application_code,
    ask,
    give,
    give_password,
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
ABOUT_THE_WAYS_IN = (
    "mfa_index",
    "mfa_deactivate_totp",
    "mfa_add_webauthn",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_reauthenticate",
    "people:email",
    "people:phone",
    "people:password",
)


@pytest.mark.parametrize("persona", ["bruno", "rosa", "hugo", "nadia"])
def test_staff_without_a_second_factor_open_no_page(town: Town, visitor: Client, persona: str) -> None:
    sign_in(visitor, town.people[persona])
    for name in PAGES:
        assert visitor.get(reverse(name)).headers["Location"] == reverse("mfa_index"), name
    for other in ("amelie", "chloe", "ines"):
        client = Client()
        sign_in(client, town.people[other])
        assert client.get(reverse("people:account")).status_code == 200


def test_staff_set_one_up_with_recovery_codes_and_the_pages_open(town: Town, visitor: Client) -> None:
    sign_in(visitor, town.people["bruno"])
    page = visitor.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assert "otpauth" not in page.content.decode()
    assert visitor.post(reverse("mfa_activate_totp"), {"code": "000000"}).status_code == 200
    assert not Authenticator.objects.exists()
    assert visitor.get(reverse("people:account")).status_code == 302
    answer = visitor.post(reverse("mfa_activate_totp"), {"code": application_code(secret)})
    assert answer.status_code == 302
    assert visitor.get(reverse("people:account")).status_code == 200
    told = mail.outbox[-1]
    assert told.to == ["bruno@example.org"]
    assert told.subject == "Votre compte Vis-à-vis a changé" or "changed" in told.subject
    stored = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in stored
    assert SecondFactorAdapter().decrypt(stored) == secret
    # A recovery code lets in when the application is lost.
    assert "****" not in visitor.get(reverse("mfa_view_recovery_codes")).content.decode()
    codes = visitor.post(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    assert len(codes) == 10
    other = Client()
    sign_in(other, town.people["bruno"])
    other.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert other.get(reverse("people:account")).status_code == 200


def test_staff_come_in_by_a_code_of_the_application_and_not_by_email(town: Town, visitor: Client) -> None:
    bruno, second = town.people["bruno"], Client()
    set_up_application(bruno)
    assert sign_in(visitor, bruno).headers["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(visitor)
    assert visitor.get(reverse("mfa_activate_totp")).headers["Location"].startswith(reverse("account_login"))
    assert visitor.get(reverse("mfa_authenticate")).status_code == 200
    code = application_code()
    visitor.post(reverse("mfa_authenticate"), {"code": code})
    assert visitor.get(reverse("people:account")).status_code == 200
    last = Entry.objects.about(bruno.pk).latest("pk")
    assert (last.action, last.note) == ("signed-in", "code+mfa")
    sign_in(second, bruno)
    second.post(reverse("mfa_authenticate"), {"code": code})
    assert not is_signed_in(second)
    for name in ABOUT_THE_WAYS_IN:
        assert visitor.get(reverse(name)).status_code == 200, name
    visitor.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=bruno, type="totp").exists(), "staff keep their last one"


def test_wrong_second_factors_slow_down_and_are_journalled(town: Town, visitor: Client) -> None:
    set_up_application(town.people["bruno"])
    sign_in(visitor, town.people["bruno"])
    for _try in range(6):
        visitor.post(reverse("mfa_authenticate"), {"code": "000000"})
    visitor.post(reverse("mfa_authenticate"), {"code": application_code()})
    assert not is_signed_in(visitor)
    assert Entry.objects.about(town.people["bruno"].pk).filter(note="second-factor").count() == 5


def test_who_has_one_gives_it_before_another_and_secrets_survive_a_new_site_secret(
    town: Town, settings: Settings
) -> None:
    client = town.client("bruno")
    set_up_application(town.people["bruno"])
    assert client.get(reverse("mfa_view_recovery_codes")).status_code == 302
    client = Client()
    client.force_login(town.people["bruno"])
    assert client.get(reverse("mfa_add_webauthn")).headers["Location"] == reverse("mfa_reauthenticate")
    client.post(reverse("mfa_reauthenticate"), {"code": application_code()})
    assert client.get(reverse("people:account")).status_code == 200
    resting = SecondFactorAdapter().encrypt("JBSWY3DP")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another secret of the site"
    assert SecondFactorAdapter().decrypt(resting) == "JBSWY3DP"


def test_a_jobseeker_removes_her_own_and_owes_one_once_she_is_staff(town: Town, visitor: Client) -> None:
    amelie = town.people["amelie"]
    key = Authenticator.objects.create(
        user=town.people["gael"], type="webauthn", data={"name": "x", "credential": {}}
    )
    set_up_application(amelie)
    sign_in(visitor, amelie)
    visitor.post(reverse("mfa_authenticate"), {"code": application_code()})
    assert visitor.post(reverse("mfa_remove_webauthn", args=[key.pk])).status_code == 404
    visitor.post(reverse("mfa_deactivate_totp"))
    assert [*Authenticator.objects.all()] == [key]
    assert Entry.objects.about(amelie.pk).filter(thing="second-factor", action="deleted").exists()
    other = Client()
    sign_in(other, amelie)
    services.give_role(user=amelie, role=Role.RECEPTION, organisation=town.agency.organisation, by=None)
    assert other.get(reverse("people:account")).headers["Location"] == reverse("mfa_index")


@pytest.mark.parametrize(("is_demo", "status"), [(True, 200), (False, 302)])
def test_the_demos_links_count_in_a_demo_only_and_an_invented_flag_never(
    town: Town, settings: Settings, is_demo: bool, status: int
) -> None:
    client = Client()
    client.force_login(town.people["bruno"])
    settings.DEMO = is_demo
    session = client.session
    session["second_factor_done"] = True
    session.save()
    assert client.get(reverse("people:account")).status_code == 302
    services.mark_second_factor(session, "demo")
    session.save()
    assert client.get(reverse("people:account")).status_code == status


# Proving again who one is --------------------------------------------------------------------------


def test_what_changes_the_way_in_is_proven_anew_by_its_own_code(town: Town, visitor: Client) -> None:
    sign_in(visitor, town.people["amelie"])
    assert visitor.get(reverse("people:email")).status_code == 200
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=11)):
        answer = visitor.get(reverse("people:email"))
        assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    # A code to sign in changes no address and one for an address proves nothing.
    other = Client()
    ask(other, "amelie@example.org")
    give(visitor, mailed_code())
    answer = visitor.post(reverse("people:address_code"), {"code": mailed_code()})
    assert answer.headers["Location"] == reverse("people:account")
    town.people["amelie"].refresh_from_db()
    assert town.people["amelie"].email == "amelie@example.org"
    visitor.post(reverse("people:email"), {"address": "thief@example.org"})
    answer = visitor.post(reverse("account_reauthenticate_code"), {"code": mailed_code()})
    assert answer.headers["Location"] == reverse("account_reauthenticate")


def test_a_code_or_her_password_proves_it_and_a_code_is_no_second_factor(town: Town) -> None:
    client = Client()
    client.force_login(town.people["amelie"])
    again = client.get(reverse("people:email")).headers["Location"]
    to_code = client.post(again).headers["Location"]
    assert mail.outbox[-1].to == ["amelie@example.org"]
    assert client.post(to_code, {"code": "000000"}).status_code in {200, 302}
    assert client.post(to_code, {"code": mailed_code()}).headers["Location"] == reverse("people:email")
    assert client.get(reverse("people:email")).status_code == 200
    gone = client.post(to_code, {"code": mailed_code()})
    assert gone.headers["Location"].startswith(reverse("account_reauthenticate"))
    # Her password proves it and a code never stands for a second factor.
    amelie = town.people["amelie"]
    give_password(amelie)
    client = Client()
    client.force_login(amelie)
    again = client.get(reverse("people:phone")).headers["Location"]
    assert client.post(again, {"password": "wrong"}).status_code == 200
    answer = client.post(again, {"password": PASSWORD})
    assert answer.headers["Location"] == reverse("people:phone")
    set_up_application(amelie)
    client = Client()
    client.force_login(amelie)
    mail.outbox.clear()
    assert client.get(reverse("account_reauthenticate")).headers["Location"] == reverse("mfa_reauthenticate")
    assert client.post(reverse("account_reauthenticate")).status_code == 302
    assert not mail.outbox
