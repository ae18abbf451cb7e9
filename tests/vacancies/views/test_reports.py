"""Anybody reports an ad in one tap; the agency hides it, or leaves it; words that may not stand wait for it."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.personas import Town
from visavis.common import clock
from visavis.journal.models import Entry
from visavis.people.enums import Role
from visavis.vacancies import reporting, services
from visavis.vacancies.models import Report, Vacancy

pytestmark = [pytest.mark.django_db]
LIST = "/vacancies/reports/"


@pytest.fixture(autouse=True)
def fresh() -> None:
    cache.clear()


def url(name: str, vacancy: Vacancy) -> str:
    return reverse(f"vacancies:{name}", kwargs={"vacancy_id": vacancy.pk})


def text(client: Client, address: str) -> str:
    return re.sub(r"\s+", " ", client.get(address).content.decode())


def test_a_visitor_reports_an_ad_in_one_tap_and_nothing_says_who(town: Town) -> None:
    visitor = Client()
    assert url("report", town.vacancy) in text(visitor, url("public", town.vacancy))
    page = visitor.post(url("report", town.vacancy), {"why": "money"}, follow=True)
    assert "Merci" in page.content.decode()
    row = Report.objects.get()
    assert (row.vacancy, row.why, row.words) == (town.vacancy, "money", "")
    entry = Entry.objects.get(thing="report")
    assert entry.actor_id is None and entry.person_id is None


@pytest.mark.parametrize(
    ("who", "where"), [("visitor", "public"), ("amelie", "page"), ("emile", "page"), ("amelie", "opening")]
)
def test_the_reasons_stand_on_the_ad_itself_and_one_of_them_reports_it(
    who: str, where: str, town: Town
) -> None:
    client = Client(enforce_csrf_checks=True) if who == "visitor" else town.client(who)
    opening = reverse("matches:opening", kwargs={"vacancy_id": town.vacancy.pk})
    there = opening if where == "opening" else url(where, town.vacancy)
    (form,) = re.findall(
        rf'<details[^>]* open><summary>.{{0,400}}Signaler cette annonce</summary> <form[^>]*action="'
        rf'{url("report", town.vacancy)}">(.*?)</form> </details>',
        re.sub(r">\s+<", "> <", text(client, there)).replace("> <summary", "><summary"),
    )
    reasons = re.findall(r'name="why" value="([^"]+)"', form)
    assert reasons == ["discrimination", "money", "not-a-job", "filled"]
    assert url("report", town.vacancy) in form, "more can be said on the page of its own"
    token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
    said = {"why": "money", "csrfmiddlewaretoken": token[0]}
    assert "Merci" in client.post(url("report", town.vacancy), said, follow=True).content.decode()
    assert Report.objects.get().why == "money"


def test_who_wrote_it_or_hides_it_has_nothing_to_report_and_something_else_needs_words(town: Town) -> None:
    for who in ("chloe", "bruno"):
        assert url("report", town.vacancy) not in text(town.client(who), url("page", town.vacancy))
    visitor = Client()
    page = visitor.post(url("report", town.vacancy), {"why": "other", "words": " "})
    assert "quelques mots" in page.content.decode() and not Report.objects.exists()
    visitor.post(url("report", town.vacancy), {"why": "other", "words": "Le numéro est faux."})
    assert Report.objects.get().words == "Le numéro est faux."


def test_one_place_is_counted_three_times_for_an_ad_and_no_flood_fills_the_list(town: Town) -> None:
    def report(address: str, vacancy: Vacancy) -> str:
        posted = Client(REMOTE_ADDR=address).post(url("report", vacancy), {"why": "money"}, follow=True)
        return posted.content.decode()

    for _time in range(6):
        assert "Merci" in report("203.0.113.5", town.vacancy)
    assert Report.objects.count() == 3
    report("203.0.113.6", town.vacancy)
    assert Report.objects.count() == 4
    Vacancy.objects.filter(pk=town.draft.pk).update(state="open", closes_on=None)
    report("203.0.113.5", town.draft)
    assert Report.objects.filter(vacancy=town.draft).count() == 1
    for _time in range(reporting.MOST_WAITING):
        reporting.report(vacancy=town.vacancy, why="money")
    assert Report.objects.filter(vacancy=town.vacancy).count() == reporting.MOST_WAITING


def test_the_agency_finds_it_waiting_hides_it_in_one_tap_and_shows_it_again(town: Town) -> None:
    Client().post(url("report", town.vacancy), {"why": "money"})
    for who in ("bruno", "hugo"):
        assert LIST in text(town.client(who), reverse("portal:home"))
    hugo = town.client("hugo")
    page = text(hugo, LIST)
    assert "Elle demande de l’argent" in page and "La masquer maintenant" in page
    hugo.post(url("hide", town.vacancy), {"why": "money", "words": "Retirez le kit à acheter."})
    town.vacancy.refresh_from_db()
    assert town.vacancy.state == Vacancy.State.HIDDEN
    assert "n’est plus affichée" in text(Client(), url("public", town.vacancy))
    told = text(town.client("chloe"), url("page", town.vacancy))
    for words in ("Elle demande de l’argent", "Retirez le kit à acheter.", "appelez-nous"):
        assert words in told
    assert "Hugo" not in told
    assert "La réafficher" in text(hugo, LIST)
    hugo.post(url("show_again", town.vacancy))
    town.vacancy.refresh_from_db()
    assert town.vacancy.state == Vacancy.State.OPEN


def test_reports_of_an_ad_that_is_right_are_settled_by_who_may_hide_it(town: Town) -> None:
    """Also where no page asks first: what waits for a role is folded from what its reader may see."""
    reporting.report(vacancy=town.vacancy, why="filled")
    seen = {name for name, one in town.people.items() if Report.objects.visible_to(one).exists()}
    staff = {name for name, one in town.people.items() if one.has_role(Role.COUNSELLOR, Role.HEAD)}
    assert seen == staff != set()
    assert {"amelie", "rosa"}.isdisjoint(seen)
    town.client("bruno").post(url("leave", town.vacancy))
    assert not Report.objects.waiting().exists()
    town.vacancy.refresh_from_db()
    assert town.vacancy.state == Vacancy.State.OPEN


def test_words_that_may_not_stand_are_marked_and_only_the_agency_lets_them_stand(town: Town) -> None:
    chloe, check = town.client("chloe"), url("check", town.draft)
    draft, why = Vacancy.objects.filter(pk=town.draft.pk), "C’est le rôle d’une femme, au théâtre."
    for title, description, question in (
        ("Jeune vendeuse", "", "work"),
        ("Comédien·ne", "Recherche femme pour le rôle d’Antigone.", "words"),
    ):
        draft.update(title=title, description=description, commune="26362")
        asked = reverse("vacancies:question", kwargs={"vacancy_id": town.draft.pk, "question": question})
        page = text(chloe, check)
        assert f'href="{asked}">Les écrire autrement' in page and "L1132-1" in page
    assert "<mark>Recherche femme</mark>" in page and "au masculin et au féminin" in page
    forms = [town.client(who).get(check).context["form"] for who in ("chloe", "bruno")]
    assert ["legal_exception" in form.fields for form in forms] == [False, True]
    refused = chloe.post(check, {"closes_on": clock.today().isoformat(), "legal_exception": why})
    assert refused.status_code == 200 and refused.context["form"].errors
    assert draft.get().state == Vacancy.State.DRAFT
    chloe.post(url("ask_agency", town.draft), {"words": "Le rôle est celui d’une femme."})
    assert "Le rôle est celui d’une femme." in text(town.client("bruno"), LIST)
    bruno = town.people["bruno"]
    services.publish(vacancy=town.draft, closes_on=clock.today(), legal_exception=why, by=bruno)
    assert draft.get().state == Vacancy.State.OPEN
    assert not Report.objects.waiting().exists()
