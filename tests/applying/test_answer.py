"""From a public opening to an introduction asked, as everybody who may come by."""

import re
from typing import Any

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.people.way_in import ask, give, mailed_code, texted_code, wrong
from tests.personas import Town
from visavis.applying import musts
from visavis.introductions.enums import State
from visavis.introductions.models import Introduction
from visavis.jobseekers.models import Jobseeker, SkillHeld
from visavis.people.models import User
from visavis.vacancies import hiding
from visavis.vacancies.models import Feed, SkillAsked, Vacancy

pytestmark = pytest.mark.django_db

HER = "lea.nouvelle@example.org"


def url(vacancy: Vacancy, name: str = "answer", **more: int) -> str:
    return reverse(f"applying:{name}", kwargs={"vacancy_id": vacancy.pk, **more})


def text(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def opening(town: Town) -> Vacancy:
    """Chloé's opening, for which a licence is needed."""
    Vacancy.objects.filter(pk=town.vacancy.pk).update(title="Livreuse, livreur", licences=["B"])
    town.vacancy.refresh_from_db()
    return town.vacancy


def mailed_link() -> str:
    link = re.search(r"https?://[^/\s]+(/account/code/\S+)", str(mail.outbox[-1].body))
    assert link
    return link[1]


def come_in(client: Client, opening: Vacancy, address: str = HER) -> HttpResponse:
    """Give the address, then the code with the name, as the two steps ask."""
    client.post(url(opening), {"address": address})
    code = mailed_code() if "@" in address else texted_code()
    return client.post(url(opening, "code"), {"code": code, "name": "Léa Nouvelle"}, follow=True)


def test_a_stranger_answers_in_four_pages_and_the_opening_stays_on_each(opening: Vacancy) -> None:
    client = Client()
    public = text(client.get(reverse("vacancies:public", kwargs={"vacancy_id": opening.pk})))
    assert url(opening) in public
    first = client.get(url(opening))
    assert "Livreuse, livreur" in text(first) and "Étape 1 sur 2" in text(first)
    client.post(url(opening), {"address": HER})
    second = client.get(url(opening, "code"))
    assert "Livreuse, livreur" in text(second) and HER in text(second)
    said = {"code": mailed_code(), "name": "Léa Nouvelle"}
    third = client.post(url(opening, "code"), said, follow=True)
    assert third.redirect_chain[-1][0] == url(opening, "needed")
    assert "Livreuse, livreur" in text(third) and "B : voiture" in text(third)
    assert 'name="name"' not in text(third)
    fourth = client.post(url(opening, "needed"), {"licences": "yes"}, follow=True)
    assert fourth.redirect_chain[-1][0] == url(opening)
    assert "Livreuse, livreur" in text(fourth) and "Ni votre nom ni votre numéro" in text(fourth)
    assert "B : voiture" in text(fourth)
    sent = client.post(url(opening), follow=True)
    assert "Vous avez répondu à cette offre" in text(sent) and "Reprendre ma réponse" in text(sent)
    row = Introduction.objects.get(vacancy=opening, jobseeker__user__email=HER)
    assert row.state in {State.WANTED, State.PUT}
    assert row.jobseeker.licences == ["B"]


def test_the_second_step_is_the_same_for_known_and_unknown(town: Town) -> None:
    """The name is asked of both; what somebody known writes there changes nothing."""
    known, pages = town.people["amelie"], []
    for address in (str(known.email), HER):
        client = Client()
        client.post(url(town.vacancy), {"address": address})
        typed = wrong(mailed_code())
        for page in (
            client.get(url(town.vacancy, "code")),
            client.post(url(town.vacancy, "code"), {"code": typed, "name": "Léa"}),
        ):
            shown = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"|nonce="[^"]+"', "", text(page))
            pages.append(shown.replace(address, "…").replace(typed, "…"))
        client.post(url(town.vacancy, "code"), {"code": mailed_code(), "name": "Somebody else"})
        assert "_auth_user_id" in client.session
    assert pages[:2] == pages[2:]
    assert 'value="Léa"' in pages[1]
    assert User.objects.get(pk=known.pk).name == known.name


@pytest.mark.parametrize(
    ("address", "language", "said"),
    [
        (HER, "fr", "marche encore. Cet e-mail n’a pas encore de compte : écrivez votre nom"),
        ("06 12 34 56 78", "en", "This number has no account yet: write your name"),
    ],
)
def test_the_second_step_comes_back_for_a_name_left_empty_and_there_is_no_third(
    address: str, language: str, said: str, town: Town
) -> None:
    """Nothing here runs a script: a sentence beside the name, the code kept as typed and good, then the opening."""
    client = Client(headers={"accept-language": language})
    client.post(url(town.vacancy), {"address": address})
    code = mailed_code() if "@" in address else texted_code()
    again = client.post(url(town.vacancy, "code"), {"code": code, "name": " "})
    shown = text(again).replace("\xa0", " ").replace("\u202f", " ")
    assert again.status_code == 200 and said in shown
    assert f'value="{code}"' in shown and ("2 sur 2" in shown or "2 of 2" in shown)
    assert town.vacancy.title in shown and 'href="#id_name"' in shown
    page = client.post(url(town.vacancy, "code"), {"code": code, "name": " Léa Nouvelle "}, follow=True)
    assert page.redirect_chain == [(url(town.vacancy), 302)]
    assert User.objects.get(pk=client.session["_auth_user_id"]).name == "Léa Nouvelle"


def test_the_name_left_empty_on_another_device_is_asked_there_too(town: Town) -> None:
    computer, phone = Client(), Client()
    computer.post(url(town.vacancy), {"address": HER})
    link = mailed_link()
    page = phone.post(link, {"code": mailed_code(), "name": ""})
    assert page.status_code == 200 and "écrivez votre nom" in text(page)
    page = computer.post(url(town.vacancy, "code"), {"code": mailed_code(), "name": "Léa"}, follow=True)
    assert page.redirect_chain[-1][0] == url(town.vacancy) and "Envoyer ma réponse" in text(page)


def test_an_address_taken_between_the_code_and_the_account_is_said(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twice at once from two devices: the second is told, and the opening is still there."""
    client = Client()
    client.post(url(town.vacancy), {"address": HER})
    factories.UserFactory(email=HER)
    monkeypatch.setattr("visavis.people.views.signing_in.find", lambda _address: None)
    page = client.post(url(town.vacancy, "code"), {"code": mailed_code(), "name": "Léa"}, follow=True)
    assert page.redirect_chain[-1][0] == url(town.vacancy) and town.vacancy.title in text(page)
    assert "a déjà un compte" in text(page)


def test_she_takes_it_back_from_the_page_that_says_it_is_sent_and_a_phone_alone_is_enough(
    opening: Vacancy,
) -> None:
    client = Client()
    come_in(client, opening)
    client.post(url(opening, "needed"), {"skip": "yes"})
    client.post(url(opening))
    row = Introduction.objects.get(vacancy=opening)
    client.post(row.url, {"act": "undo", "side": "jobseeker", "seen": str(row.version)})
    assert Introduction.objects.get(pk=row.pk).state == State.WITHDRAWN
    assert "Envoyer ma réponse" in text(client.get(url(opening)))
    client = Client()
    page = come_in(client, opening, "06 12 34 56 78")
    assert page.redirect_chain[-1][0] == url(opening, "needed")
    page = client.post(url(opening, "needed"), {"skip": "yes"}, follow=True)
    assert "par SMS" in text(page)


def test_who_lost_her_session_after_skipping_starts_again_at_the_same_opening(opening: Vacancy) -> None:
    client = Client()
    come_in(client, opening)
    page = client.post(url(opening, "needed"), {"licences": "yes", "skip": "yes"}, follow=True)
    assert "Envoyer ma réponse" in text(page)
    assert "votre dossier ne montre pas : B : voiture" in text(page).replace("\xa0", " ")
    assert not Jobseeker.objects.filter(user__email=HER, licences__isnull=False).exists()
    client.cookies.clear()
    page = client.post(url(opening, "needed"), {"name": "Léa"}, follow=True)
    assert page.redirect_chain[-1][0] == url(opening)
    assert "l’offre est toujours là" in text(page) and "Livreuse, livreur" in text(page)


def test_who_proved_her_address_on_the_page_of_signing_in_gives_her_name_here(opening: Vacancy) -> None:
    """That page asks no name: who leaves the next one for the opening is asked it beside what the opening asks."""
    client = Client()
    ask(client, HER)
    give(client, mailed_code())
    assert 'name="name"' in text(client.get(url(opening), follow=True))
    page = client.post(url(opening, "needed"), {"name": " ", "licences": "none"})
    assert "Dites-nous votre nom" in text(page)
    assert re.search(r'value="none"[^>]*checked', text(page))
    assert not User.objects.filter(email=HER).exists()
    page = client.post(url(opening, "needed"), {"name": "Léa", "licences": "none"}, follow=True)
    assert page.redirect_chain[-1][0] == url(opening) and User.objects.get(email=HER).name == "Léa"


def test_a_mistyped_address_is_kept_and_said_and_a_wrong_code_can_be_typed_again(opening: Vacancy) -> None:
    client = Client()
    for typed in ("lea.nouvelle@example", "lea", "01 23 45 67 89", "0612"):
        page = client.post(url(opening), {"address": typed})
        assert f'value="{typed}"' in text(page)
        assert "Livreuse, livreur" in text(page) and not mail.outbox
    client.post(url(opening), {"address": HER})
    page = client.post(url(opening, "code"), {"code": wrong(mailed_code())})
    assert "Ce n’est pas le code" in text(page) and url(opening) in text(page)
    assert client.post(url(opening, "code"), {"code": mailed_code(), "name": "Léa"}).status_code == 302


def test_the_code_opens_the_same_opening_on_another_device_and_only_once(opening: Vacancy) -> None:
    computer, phone = Client(), Client()
    computer.post(url(opening), {"address": HER})
    link = mailed_link()
    assert HER not in link and str(opening.pk) not in link.split("/")
    assert HER in text(phone.get(link))
    page = phone.post(link, {"code": mailed_code(), "name": "Léa Nouvelle"}, follow=True)
    assert "Livreuse, livreur" in text(page)
    late = computer.post(url(opening, "code"), {"code": mailed_code()}, follow=True)
    assert "_auth_user_id" not in computer.session and "Livreuse, livreur" in text(late)
    again = Client().post(link, {"code": mailed_code()}, follow=True)
    assert "ne marche plus" in text(again) or "plus" in text(again)


def test_a_complete_file_answers_in_two_taps_and_reads_when_the_opening_is_hidden(
    town: Town, opening: Vacancy, django_capture_on_commit_callbacks: Any
) -> None:
    town.people["amelie"].email = HER
    town.people["amelie"].save()
    Jobseeker.objects.filter(pk=town.jobseeker.pk).update(answered=["licences"], licences=["B"])
    page = come_in(Client(), opening)
    assert page.redirect_chain[-1][0] == url(opening)
    assert "Envoyer ma réponse" in text(page)
    amelie = town.client("amelie")
    assert "Envoyer ma réponse" in text(amelie.get(url(opening)))
    assert "Vous avez répondu" in text(amelie.post(url(opening), follow=True))
    assert "Vous avez répondu" in text(amelie.get(url(opening)))
    with django_capture_on_commit_callbacks(execute=True):
        hiding.hide(vacancy=opening, why="money", by=town.people["bruno"])
    page = amelie.get(url(opening))
    assert page.status_code == 200 and "ni argent ni coordonnées bancaires" in text(page)


def test_who_is_not_looking_is_told_what_to_change_and_a_proposal_is_not_asked_twice(
    town: Town, opening: Vacancy
) -> None:
    Jobseeker.objects.filter(pk=town.jobseeker.pk).update(answered=["licences"], is_looking=False)
    amelie = town.client("amelie")
    assert reverse("jobseekers:looking") in text(amelie.get(url(opening)))
    assert "Votre réponse n’est pas partie" in text(amelie.post(url(opening)))
    row = town.introduction
    Introduction.objects.filter(pk=row.pk).update(state=State.PROPOSED, put_at=None)
    page = text(town.client("amelie").get(url(opening)))
    assert "Cette offre attend votre réponse" in page and "Répondre maintenant" in page


def test_who_cannot_answer_is_told_how_and_an_opening_that_closes_in_the_middle_says_so(
    town: Town, opening: Vacancy
) -> None:
    for who in ("chloe", "hugo", "nadia", "ines"):
        client = town.client(who)
        assert "Ce compte ne peut pas répondre" in text(client.get(url(opening)))
        client.post(reverse("account_logout"), {"next": url(opening)})
        assert "Étape 1 sur 2" in text(client.get(url(opening)))
    client = Client()
    come_in(client, opening)
    hiding.hide(vacancy=opening, why="money", by=town.people["bruno"])
    for name in ("answer", "needed", "code", "paper"):
        page = client.get(url(opening, name))
        assert page.status_code == 410 and "n’est plus affichée" in text(page)
    Vacancy.objects.filter(pk=opening.pk).update(state=Vacancy.State.FILLED)
    assert client.post(url(opening, "needed"), {"name": "Léa"}).status_code == 410


def test_what_a_feed_brought_is_answered_where_it_was_published(town: Town) -> None:
    feed = Feed.objects.create(name="Ailleurs", format="csv")
    employer = factories.EmployerFactory(organisation=None)
    brought = factories.VacancyFactory(
        feed=feed, feed_key="1", employer=employer, source_url="https://ailleurs.example/offre/1"
    )
    for who in ("visitor", "amelie"):
        page = text(town.client(who).get(url(brought)))
        assert "Cet employeur ne répond pas ici" in page and brought.source_url in page
        # Its own page is elsewhere: it is reported here, in one tap.
        report = reverse("vacancies:report", kwargs={"vacancy_id": brought.pk})
        assert f'action="{report}"' in page and 'name="why" value="money"' in page


def test_the_paper_holds_a_number_that_reception_opens_the_answer_with(town: Town, opening: Vacancy) -> None:
    paper = text(Client().get(url(opening, "paper")))
    assert f"n° {opening.pk}" in paper.replace("\xa0", " ") and town.agency.name in paper
    rosa = town.client("rosa")
    page = rosa.get(reverse("applying:number") + f"?n={opening.pk}", follow=True)
    assert "Livreuse, livreur" in text(page)
    name = town.jobseeker.user.name
    page = rosa.post(url(opening, "people"), {"q": name})
    hers = url(opening, "person", jobseeker_id=town.jobseeker.pk)
    assert hers in text(page)
    rosa.post(hers)
    row = Introduction.objects.get(vacancy=opening, jobseeker=town.jobseeker)
    assert row.steps.first().by == town.people["rosa"] and row.is_open
    assert "Reprendre cette réponse" in text(rosa.get(hers))
    rosa.post(hers, {"undo": "yes"})
    assert not Introduction.objects.get(pk=row.pk).is_open


def test_reception_finds_by_phone_tells_two_of_one_name_apart_and_reads_nothing_of_her_file(
    town: Town, opening: Vacancy
) -> None:
    user, rosa = town.jobseeker.user, town.client("rosa")
    hers = url(opening, "person", jobseeker_id=town.jobseeker.pk)
    other = factories.JobseekerFactory(agency=town.agency, user__name=user.name, user__phone="+33612349876")
    page = text(rosa.post(url(opening, "people"), {"q": user.name}))
    assert hers in page and "finissant par 76" in page
    found = text(rosa.post(url(opening, "people"), {"q": "06 12 34 98 76"}))
    assert url(opening, "person", jobseeker_id=other.pk) in found
    assert hers not in found
    Jobseeker.objects.filter(pk=town.jobseeker.pk).update(licences=["CE"], answered=["licences"])
    assert "CE : " not in text(rosa.get(hers)).replace("\xa0", " ")
    assert "CE : " in text(town.client("bruno").get(hers)).replace("\xa0", " ")


def test_a_file_opened_at_the_counter_comes_back_to_the_opening_and_nobody_is_led_elsewhere(
    town: Town, opening: Vacancy
) -> None:
    rosa = town.client("rosa")
    page = text(rosa.get(url(opening, "people")))
    new = re.search(r'href="(/people/new/\?next=[^"]+)"', page)
    assert new
    said = {"name": "Odile Comptoir", "language": "fr", "channel": "counter", "agency": town.agency.pk}
    page = rosa.post(new[1], said, follow=True)
    her = Jobseeker.objects.get(user__name="Odile Comptoir")
    assert page.redirect_chain[-1][0] == url(opening, "person", jobseeker_id=her.pk)
    assert "Livreuse, livreur" in text(page)
    for number, evil in enumerate(
        ("https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:1")
    ):
        new = reverse("jobseekers:person_new") + f"?next={evil}"
        answer = town.client("rosa").post(new, said | {"name": f"Odile {number}"})
        assert answer.headers["Location"].startswith("/people/")
        Client().post(reverse("account_login") + f"?next={evil}", {"address": HER})
        assert "/account/code/" not in str(mail.outbox[-1].body)
    here = url(opening)
    page = text(Client().get(reverse("account_login") + f"?next={here}"))
    assert f"{reverse('account_signup')}?next={here}" in page.replace("%2F", "/")


# What an opening asks for and a file does not show: only that is said ---------------------------------


def test_of_what_is_asked_only_the_rest_is_lacking(town: Town) -> None:
    skills = [
        factories.SkillFactory(code=words, label_fr=words) for words in ("Encaisser", "Trancher", "Peser")
    ]
    SkillAsked.objects.filter(vacancy=town.vacancy).delete()
    for one in skills:
        SkillAsked.objects.create(vacancy=town.vacancy, skill=one, is_essential=True)
    town.vacancy.licences = ["B", "C"]
    town.jobseeker.licences = ["B"]
    SkillHeld.objects.create(jobseeker=town.jobseeker, skill=skills[0])
    said = " ; ".join(musts.lacking(town.vacancy, town.jobseeker))
    assert "Trancher" in said and "Peser" in said and "Encaisser" not in said
    assert "C : " in said.replace("\xa0", " ") and "B : " not in said.replace("\xa0", " ")
    for one in skills[1:]:
        SkillHeld.objects.create(jobseeker=town.jobseeker, skill=one)
    town.jobseeker.licences = ["B", "C"]
    assert musts.lacking(town.vacancy, town.jobseeker) == []
