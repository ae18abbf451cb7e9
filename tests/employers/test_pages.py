"""The pages: an employer comes from nothing, the agency at its desk and on the phone, a vacancy written for him."""

import re
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from tests.employers.conftest import SIRET
from tests.personas import Town
from visavis.common import clock
from visavis.employers import members
from visavis.employers.models import Account, Joining
from visavis.journal.models import Entry
from visavis.news.models import News
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.vacancies.models import Employer, Vacancy

pytestmark = pytest.mark.django_db

ASK = {"name": "Épicerie du Quai", "siret": "732 829 320 00074", "contact": "Zoé Faure",
       "address": "zoe@epicerie.example", "looking_for": "une vendeuse"}  # fmt: skip
CHECK = {"way": "call", "number": "04 75 11 22 33", "found": "directory", "spoken_to": "Mme Roux",
         "outcome": "confirmed"}  # fmt: skip
OTHER_SIRET = "44306184100047"
PHONE = CHECK | {"kind": "company", "name": "Épicerie du Quai", "siret": SIRET, "contact": "Zoé Faure",
                 "email": "", "phone": "06 12 34 56 01", "channel": "phone"}  # fmt: skip


def come(browser: Client, address: str = "zoe@epicerie.example", **more: str) -> Any:
    """Ask, type the code, send."""
    assert browser.post(reverse("employers:ask"), ASK | {"address": address} | more).status_code == 302
    code = re.search(r"\b(\d{6})\b", mail.outbox[-1].body)
    assert code
    return browser.post(reverse("employers:code"), {"code": code[1]})


def test_somebody_whom_nobody_knows_asks_and_reads_where_it_stands(town: Town) -> None:
    browser = Client()
    page = browser.post(reverse("employers:ask"), ASK | {"siret": "732 829 320 00075"}).content.decode()
    assert "732 829 320 00075" in page and "Zoé Faure" in page and "faute de frappe" in page
    browser.post(reverse("employers:ask"), ASK)
    assert browser.post(reverse("employers:code"), {"code": "000000"}).status_code == 200
    assert not User.objects.filter(email="zoe@epicerie.example").exists()
    assert come(browser)["Location"] == reverse("employers:send")
    page = browser.get(reverse("employers:send")).content.decode()
    assert "732 829 320 00074" in page and "Zoé Faure" in page
    assert not Account.objects.exists()
    assert browser.post(reverse("employers:send")).status_code == 302
    row = Account.objects.get()
    assert (row.siret, row.looking_for, row.state) == (SIRET, "une vendeuse", "asked")
    assert "arrivée" in browser.get(reverse("portal:home")).content.decode()
    zoe = User.objects.get(email="zoe@epicerie.example")
    assert not zoe.roles


def test_the_agency_checks_at_another_number_and_opens_from_its_page(town: Town) -> None:
    row, client = town.asked_account, town.client("bruno")
    assert reverse("employers:desk") in client.get(reverse("portal:home")).content.decode()
    assert row.name in client.get(reverse("employers:desk")).content.decode()
    assert "Noter une vérification" in client.get(row.url).content.decode()
    row.phone = "+33475112233"
    row.save(update_fields=["phone"])
    said = {"act": "check", "seen": "1"} | CHECK
    for missing in ("number", "outcome"):
        page = client.post(row.url, said | {missing: ""})
        assert page.status_code == 200 and "wrong-text" in page.content.decode()
    page = client.post(row.url, said).content.decode()
    assert "numéro donné dans la demande" in page and "Mme Roux" in page
    for number in (CHECK["number"], "04 75 99 88 77"):
        nowhere = client.post(row.url, said | {"is_published": "on", "number": number})
        assert nowhere.status_code == 200 and "où exactement" in nowhere.content.decode()
    there = said | {"is_published": "on", "details": "site de la mairie, page Commerces"}
    assert client.post(row.url, there).status_code == 302
    assert "site de la mairie, page Commerces" in client.get(row.url).content.decode()
    assert client.post(row.url, {"act": "open", "seen": "2"}).status_code == 302
    row.refresh_from_db()
    assert row.is_open
    assert Entry.objects.filter(thing="employer-account", action="read", person_id=row.contact_id).exists()


def test_papers_of_a_company_are_refused_with_what_to_do(town: Town) -> None:
    papers = {"way": "papers", "details": "Kbis", "number": "", "found": "", "spoken_to": "M. Faure"}
    row, client = town.asked_account, town.client("bruno")
    on_its_page = row.url, {"act": "check", "seen": "1"} | CHECK | papers
    on_the_phone = reverse("employers:phone"), PHONE | papers | {"siret": OTHER_SIRET}
    for address, said in (on_its_page, on_the_phone):
        answer = client.post(address, said)
        page = answer.content.decode()
        assert answer.status_code == 200 and [*answer.context["form"].errors] == ["way"]
        assert "Appelez un numéro que vous avez trouvé" in page
        assert "Kbis" in page and "M. Faure" in page
    assert not Account.objects.filter(state="open").exists() and not row.checks.exists()


def test_on_the_phone_request_check_account_and_vacancy_are_one_way(
    town: Town, django_capture_on_commit_callbacks: Any
) -> None:
    client = town.client("bruno")
    answer = client.post(reverse("employers:phone"), PHONE)
    employer = Employer.objects.get(siret=SIRET)
    assert answer["Location"] == f"{reverse('vacancies:new')}?employer={employer.pk}"
    assert employer.name in client.get(answer["Location"]).content.decode()
    begun = client.post(answer["Location"], {})
    vacancy = Vacancy.objects.get(employer=employer)
    assert begun.status_code == 302 and vacancy.is_by_agency
    said = {"title": "Vendeuse", "commune": town.employer.commune, "latitude": 44.9}
    Vacancy.objects.filter(pk=vacancy.pk).update(**said)
    check = reverse("vacancies:check", kwargs={"vacancy_id": vacancy.pk})
    assert client.post(check, {"closes_on": clock.today().isoformat()}).status_code == 302
    zoe = User.objects.get(name="Zoé Faure")
    assert News.objects.get(user=zoe, kind="written").state == News.State.TO_TELL
    assert "Vendeuse" in town.client("dario").get(reverse("news:to_tell")).content.decode()


def test_on_the_phone_a_check_that_says_no_keeps_the_request_and_a_known_siret_leads_to_it(
    town: Town,
) -> None:
    page = town.client("bruno").post(reverse("employers:phone"), PHONE | {"number": "06 12 34 56 01"})
    assert "numéro donné dans la demande" in page.content.decode()
    assert not Account.objects.exists() and not User.objects.filter(name="Zoé Faure").exists()
    answer = town.client("bruno").post(reverse("employers:phone"), PHONE | {"outcome": "no-answer"})
    row = Account.objects.get()
    assert (row.state, answer["Location"]) == ("checking", row.url)
    assert not Employer.objects.filter(siret=SIRET).exists()


def test_on_the_phone_a_siret_that_is_known_leads_to_its_page(town: Town) -> None:
    row = town.asked_account
    page = town.client("bruno").post(reverse("employers:phone"), PHONE).content.decode()
    assert row.url in page
    assert not Joining.objects.exists()


def test_a_vacancy_written_for_an_employer_with_an_account_says_by_whom_until_he_confirms(town: Town) -> None:
    vacancy = town.by_agency
    public = reverse("vacancies:public", kwargs={"vacancy_id": vacancy.pk})
    assert "au téléphone avec l’employeur" in Client().get(public).content.decode()
    confirm = reverse("vacancies:confirm", kwargs={"vacancy_id": vacancy.pk})
    assert confirm in town.client("chloe").get(reverse("portal:home")).content.decode()
    assert town.client("chloe").post(confirm).status_code == 302
    assert "relue par l’employeur" in Client().get(public).content.decode()
    assert confirm not in town.client("chloe").get(reverse("portal:home")).content.decode()
    town.client("chloe").post(reverse("vacancies:new"), {})
    assert not Vacancy.objects.filter(state="draft").latest("pk").is_by_agency
    client = town.client("bruno")
    page = client.post(reverse("vacancies:new"), {"employer": "Inconnue SARL"}).content.decode()
    assert "Inconnue SARL" in page and reverse("employers:phone") in page
    assert not Employer.objects.filter(name="Inconnue SARL").exists()
    assert client.post(reverse("vacancies:new"), {"employer": town.employer.name}).status_code == 302


def test_a_code_is_shown_and_lets_a_colleague_ask(town: Town) -> None:
    account, chloe = town.employer_account, town.client("chloe")
    chloe.post(reverse("employers:invite", kwargs={"account_id": account.pk}))
    shown = re.search(r"[A-Z2-9]{5}-[A-Z2-9]{5}", chloe.get(reverse("employers:mine")).content.decode())
    assert shown
    ines = town.client("ines")
    assert ines.post(reverse("employers:join"), {"code": shown[0]})["Location"] == reverse("employers:send")
    assert account.name in ines.get(reverse("employers:send")).content.decode()
    ines.post(reverse("employers:send"))
    assert shown[0] not in chloe.get(reverse("employers:mine")).content.decode(), "it is used"
    joining = Joining.objects.get(user=town.people["ines"])
    page = chloe.get(reverse("portal:home")).content.decode()
    assert "Inès" in page
    chloe.post(reverse("employers:joining", kwargs={"joining_id": joining.pk}), {"answer": "yes"})
    assert User.objects.get(pk=joining.user_id).has_role(Role.EMPLOYER)


def test_who_joins_and_lost_the_code_goes_back_and_who_has_an_account_keeps_it(town: Town) -> None:
    invited = members.invite(account=town.employer_account, by=town.people["chloe"])
    browser, join = Client(), reverse("employers:join")
    typed = {"code": invited, "contact": "Zoé Faure", "address": "zoe@epicerie.example"}
    assert browser.post(join, typed)["Location"] == reverse("employers:code")
    page = browser.get(reverse("employers:code")).content.decode()
    assert page.count(f'href="{join}"') == 2 and reverse("employers:ask") not in page
    again = browser.get(join).content.decode()
    assert invited in again and "Zoé Faure" in again
    browser = Client()
    come(browser, "amelie@example.org")
    browser.post(reverse("employers:send"))
    assert Account.objects.latest("pk").contact == town.people["amelie"]


def test_the_home_counts_what_its_lists_show(town: Town) -> None:
    town.employer_account  # noqa: B018  (asking for it makes it)
    yesterday = clock.today().replace(year=2020)
    for state, closes_on in (("open", None), ("open", yesterday), ("closed", None), ("filled", None)):
        title = "Vendeur" if state == "open" and closes_on is None else "Pour mémoire"
        said = {"title": title, "state": state, "closes_on": closes_on, "commune_id": "26362"}
        Vacancy.objects.create(employer=town.employer, **said)
    client = town.client("chloe")
    home = client.get(reverse("portal:home")).content.decode()
    assert '<span class="count">2</span>' in home and "3 offres fermées" in home
    assert "Vendeur" in home and "Pour mémoire" not in home
    for state, number in (("open", 2), ("closed", 3), ("draft", 1)):
        page = client.get(reverse("vacancies:mine") + f"?state={state}").content.decode()
        cards = page.split('<article class="card"')[1:]
        assert len(cards) == number
        if state == "closed":
            assert all(re.search(r"Fermée|Pourvue|Terminée", card) for card in cards)
    assert "Boulanger" in client.get(reverse("vacancies:mine")).content.decode()


def test_who_leaves_reads_it_where_one_signs_in_and_who_may_not_see_an_account_finds_nothing(
    town: Town,
) -> None:
    assert not Account.objects.visible_to(town.people["amelie"]).filter(pk=town.asked_account.pk).exists()
    assert Account.objects.visible_to(town.people["gael"]).filter(pk=town.asked_account.pk).exists()
    assert members.invitation_of("AAAAA-AAAAA") is None
    held, chloe = town.employer_membership, town.client("chloe")
    leave = reverse("employers:leave", kwargs={"membership_id": held.pk})
    assert "fermées" in chloe.get(leave).content.decode()
    assert chloe.post(leave)["Location"] == reverse("account_login")
    assert chloe.get(reverse("portal:home")).status_code == 302


def test_the_first_employer_is_opened_from_the_command_line(town: Town, capsys: Any) -> None:
    call_command(
        "open_employer", "Épicerie du Quai", siret=SIRET, email="zoe@epicerie.example", contact="Zoé"
    )
    assert "is open" in capsys.readouterr().out
    assert User.objects.get(email="zoe@epicerie.example").has_role(Role.EMPLOYER)
