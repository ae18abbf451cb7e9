"""The pages of the lists."""

import re
from collections import Counter
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories
from tests.personas import Town
from visavis.catalog.models import Interest, OccupationInterest, Skill
from visavis.jobseekers.models import ApprovedInterest, Jobseeker, SkillHeld
from visavis.journal.models import Entry
from visavis.matches.bridge import scoring
from visavis.matches.making import ranking, runs
from visavis.matches.models import Match, Opinion, Run, Showing
from visavis.people.models import Membership
from visavis.vacancies.models import Vacancy

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.fixture
def listed(baker: Jobseeker, bakery: Vacancy) -> Match:
    """Amélie's list has Chloé's vacancy."""
    ranking.rank_everybody()
    return Match.objects.for_jobseeker(baker).get()


def say(client: Client, vacancy: Vacancy, **data: str) -> str:
    response = client.post(reverse("matches:opinion", args=[vacancy.pk]), data)
    assert response.status_code == 302
    return str(response.headers["Location"])


def content(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.database
def test_an_opening_asks_no_more_for_who_can_do_more(town: Town, baker: Jobseeker, listed: Match) -> None:
    client, url = town.client("amelie"), reverse("matches:opening", args=[listed.vacancy_id])
    client.get(url)
    asked = []
    for skills in (0, 6):
        for number in range(skills):
            skill = Skill.objects.create(code=f"more{number}", label_fr=f"savoir {number}")
            SkillHeld.objects.create(jobseeker=baker, skill=skill)
        with CaptureQueriesContext(connection) as few:
            client.get(url)
        asked.append(len(few))
    assert asked[0] == asked[1] <= MOST_QUERIES + 8


def test_a_no_asks_why_in_its_place_and_is_taken_back_there(town: Town, listed: Match) -> None:
    client, vacancy = town.client("amelie"), listed.vacancy
    card = f"opening-{vacancy.pk}-title"
    page = content(client, say(client, vacancy, kind="not_for_me"))
    assert card in page and "Pas pour moi" in page and "Pourquoi" in page
    say(client, vacancy, kind="not_for_me", reason="too_far")
    assert Opinion.objects.get().reason == "too_far"
    assert card not in content(client, reverse("matches:openings"))
    say(client, vacancy, kind="undo")
    assert not Opinion.objects.exists()
    assert card in content(client, reverse("matches:openings"))
    say(client, vacancy, kind="kept")
    there = said_of(client, vacancy, "/openings/?show=kept", kind="undo")
    assert f'id="opening-{vacancy.pk}"' in content(client, there)
    assert f'id="opening-{vacancy.pk}"' not in content(client, "/openings/?show=kept")


def said_of(client: Client, vacancy: Vacancy, came: str, **data: str) -> str:
    return say(client, vacancy, next=came, **(data or {"kind": "kept"}))


def test_after_an_act_she_is_at_the_same_card_and_nowhere_else(town: Town, listed: Match) -> None:
    client, vacancy = town.client("amelie"), listed.vacancy
    card = f"said={vacancy.pk}#opening-{vacancy.pk}"
    assert said_of(client, vacancy, "/openings/?page=2") == f"/openings/?page=2&{card}"
    assert said_of(client, vacancy, "/openings/?show=kept&said=9") == f"/openings/?show=kept&{card}"
    assert said_of(client, vacancy, "/home/") == f"/home/?{card}"
    for page in (f"/openings/?{card}", f"/home/?{card}"):
        assert f'id="opening-{vacancy.pk}"' in content(client, page)
    for came in ("", "https://elsewhere.example/openings/", "//elsewhere.example", "/account/", "\x00"):
        assert said_of(client, vacancy, came).startswith("/openings/?said=")
    # On the opening's own page each act comes back to what its form keeps in place.
    here = f"/openings/{vacancy.pk}/?page=2"
    Vacancy.objects.filter(pk=vacancy.pk).update(feed_key="X1", employer=None)
    for said in ({"kind": "kept"}, {"kind": "undo"}, {"kind": "not_for_me", "reason": "already"}):
        page = content(client, here)
        acts = re.findall(r'<form [^>]*action="/openings/\d+/opinion/"[^>]*>', page)
        assert acts and all(f'data-visavis-stay="opening-{vacancy.pk}"' in form for form in acts)
        assert f'id="opening-{vacancy.pk}" tabindex="-1"' in page
        assert said_of(client, vacancy, here, **said) == f"{here}#opening-{vacancy.pk}"


def test_a_counsellor_notes_what_she_said_if_it_is_an_answer(town: Town, listed: Match) -> None:
    client = town.client("amelie")
    odd: list[dict[str, str]] = [{}, {"kind": "love"}, {"kind": "not_for_me", "reason": "mood"}]
    for data in odd:
        assert "Nous n’avons pas compris" in content(client, say(client, listed.vacancy, **data))
    page = content(client, say(client, listed.vacancy, kind="interested", reason="too_far"))
    assert "La raison n’est demandée que" in page
    assert not Opinion.objects.exists()
    amelie, bruno = town.people["amelie"], town.people["bruno"]
    town.client("amelie").get(reverse("matches:openings"))
    assert not Entry.objects.filter(action="read").exists()
    town.client("bruno").get(reverse("matches:openings_of", args=[listed.jobseeker_id]))
    assert Entry.objects.filter(action="read", person_id=amelie.pk).exists()
    url = reverse("matches:opinion_of", args=[listed.jobseeker_id, listed.vacancy_id])
    town.client("bruno").post(url, {"kind": "interested"})
    assert Opinion.objects.get().said_by == bruno
    assert Entry.objects.filter(actor_id=bruno.pk, person_id=amelie.pk, thing="opinion").exists()


def test_every_list_shown_is_logged(town: Town, listed: Match) -> None:
    for persona, page, arguments in (
        ("amelie", "openings", []),
        ("chloe", "candidates", [listed.vacancy_id]),
        ("bruno", "openings_of", [listed.jobseeker_id]),
    ):
        town.client(persona).get(reverse(f"matches:{page}", args=arguments))
        showing = Showing.objects.latest("pk")
        assert showing.actor_id == town.people[persona].pk
        assert showing.engine_version == scoring.BY_EXPERTS.engine_version
        other = listed.jobseeker if page == "candidates" else listed.vacancy
        number, rank, _score, version = showing.shown[0]
        assert (number, rank, version) == (other.pk, 1, other.version)
        assert showing.inputs["jobseeker_version"] or showing.inputs["vacancy_version"]


def test_an_employer_reads_reasons_no_identity_and_not_who_put_it_aside(town: Town, listed: Match) -> None:
    amelie = listed.jobseeker
    interest = factories.InterestFactory()
    ApprovedInterest.objects.create(jobseeker=amelie, interest=interest)
    amelie.about, amelie.lowest_pay_hour = "Je suis Amélie, 12 rue des Lilas", "12.34"
    amelie.save(update_fields=["about", "lowest_pay_hour"])
    url = reverse("matches:candidates", args=[listed.vacancy_id])
    page = content(town.client("chloe"), url)
    assert "Pétrir la pâte" in page
    for secret in ("Amélie", amelie.user.email, "rue des Lilas", "12,34", Interest.objects.get().label_fr):
        assert str(secret) not in page
    assert f"/people/{amelie.pk}/" not in page
    assert "Amélie" in content(town.client("bruno"), url)
    assert "Amélie" not in content(town.client("dario"), url)
    say(town.client("amelie"), listed.vacancy, kind="not_for_me")
    assert "Pétrir la pâte" not in content(town.client("chloe"), url)


def test_an_empty_list_says_what_comes_and_making_all_is_asked_once(town: Town, bakery: Vacancy) -> None:
    url, chloe = reverse("matches:candidates", args=[bakery.pk]), town.client("chloe")
    Run.objects.filter(vacancy=bakery).delete()
    assert "Personne ne correspond" in content(chloe, url)
    runs.ask_for_vacancy(bakery.pk)
    assert "Nous cherchons des personnes" in content(chloe, url)
    Run.objects.filter(vacancy=bakery).update(state=Run.State.DONE)
    assert "Personne ne correspond" in content(chloe, url)
    page = content(town.client("gael"), reverse("matches:openings"))
    assert "Nous cherchons à nouveau chaque nuit" in page
    client = town.client("hugo")
    client.post(reverse("matches:runs"))
    client.post(reverse("matches:runs"))
    page = content(client, reverse("matches:runs"))
    assert page.count("Tout le monde") == 1


def test_what_one_change_would_open_is_told_and_no_other_is_made(town: Town, baker: Jobseeker) -> None:
    for opens in (False, True):
        if opens:
            factories.VacancyFactory(title="Boulanger en intérim", contract="temporary")
        page = content(town.client("bruno"), reverse("matches:more_of", args=[baker.pk]))
        main = page[page.index("<h1") : page.index("</main>")]
        assert baker.user.name in main
        assert not [word for word in ("vous", "votre", "Vos ") if word in main]
    page = content(town.client("amelie"), reverse("matches:more"))
    assert "Accepter un autre contrat" in page and "1 offre de plus" in page
    for change in ("", "contract:thief:0", "skill:NONE:0", "radius::9999", "\x00"):
        town.client("amelie").post(reverse("matches:more"), {"change": change})
        assert Jobseeker.objects.get(pk=baker.pk).version == baker.version, change


def test_the_page_of_an_opening_tells_all_and_what_pay_is_usual(town: Town, listed: Match) -> None:
    vacancy, client = listed.vacancy, town.client("amelie")
    url = reverse("matches:opening", args=[vacancy.pk])
    vacancy.pay_min_hour, vacancy.conditions, vacancy.licences = Decimal("12.50"), ["night"], ["B"]
    vacancy.save()
    page = content(client, url)
    assert "12,50" in page and "brut" in page
    assert "Travail de nuit" in page and "voiture" in page
    Vacancy.objects.filter(pk=vacancy.pk).update(pay_min_hour="12.50", pay_max_hour="12.50")
    assert "offres de ce métier" not in content(client, url)
    for cents in range(8):
        paid = {"pay_min_hour": f"13.{cents}0", "pay_max_hour": None}
        factories.VacancyFactory(occupation=vacancy.occupation, **paid)
    page = content(client, url)
    assert "la moitié des 9 offres de ce métier" in page and "euros bruts de l’heure" in page


def test_a_card_has_one_act_and_two_verbs_whatever_the_address_says(town: Town, listed: Match) -> None:
    client, url = town.client("amelie"), reverse("matches:openings")
    for said in ("²", "9" * 5_000, "-1", "\x00"):
        response = client.get(url, {"said": said})
        assert response.status_code == 200
        assert not any(card["is_answered"] for card in response.context["cards"])
    for show in ("\x00", "9" * 40, "amelie@example.org"):
        assert client.get(url, {"show": show}).status_code == 200
    assert set(Showing.objects.values_list("page", flat=True)) == {"openings"}
    opening, card = f"/openings/{listed.vacancy_id}/", f"#opening-{listed.vacancy_id}"
    client = town.client("amelie")
    assert f'href="/openings/?show=kept&amp;page=2{card}"' in content(client, f"{opening}?show=kept&page=2")
    assert f'href="/home/{card}"' in content(client, f"{opening}?from=home")
    assert f'href="/openings/{card}"' in content(client, f"{opening}?next=//elsewhere.example")
    page = content(client, reverse("matches:openings"))
    article = page[page.index("<article") : page.index("</article>")]
    before, behind = article.split("<details>")
    assert before.count("<button") == 1 and behind.count("<button") == 2
    assert ("Me mettre en relation" in before) != ("Ça m’intéresse" in before)


def test_an_opening_beyond_her_limits_says_which_and_by_how_much(town: Town, listed: Match) -> None:
    Jobseeker.objects.filter(pk=listed.jobseeker_id).update(lowest_pay_hour="13.00", radius_km=30)
    valence = factories.CommuneFactory()
    Jobseeker.objects.filter(pk=listed.jobseeker_id).update(commune=valence)
    far = factories.VacancyFactory(
        title="Boulanger à Lyon", latitude=45.76, longitude=4.84, precision_km=0, pay_max_hour="12.60"
    )
    page = content(town.client("amelie"), reverse("matches:opening", args=[far.pk]))
    assert "Elle dépasse vos limites" in page
    assert "63\N{NO-BREAK SPACE}km plus loin que les 30\N{NO-BREAK SPACE}km que vous acceptez" in page
    assert "0,40\N{NO-BREAK SPACE}€ de l’heure de moins que les 13,00" in page
    assert page.index("vos limites") < page.index("Pourquoi elle n’est pas dans la liste")
    theirs = content(town.client("bruno"), reverse("matches:opening_of", args=[listed.jobseeker_id, far.pk]))
    assert "Elle dépasse les limites du profil" in theirs and "vos limites" not in theirs


def test_a_card_says_how_far_the_work_is_where_no_reason_does(town: Town, baker: Jobseeker) -> None:
    far = factories.VacancyFactory(title="Boulanger à Lyon", latitude=45.76, longitude=4.84, precision_km=0)
    Jobseeker.objects.filter(pk=baker.pk).update(radius_km=None, commune=factories.CommuneFactory())
    factories.MatchFactory(jobseeker=baker, vacancy=far, score=0.5)
    assert "92\N{NO-BREAK SPACE}km" in content(town.client("amelie"), reverse("matches:openings"))


# Who may see is asked once a request: her roles in one question, and no question twice ----------------

PAGES = [
    ("amelie", "matches:openings", ""),
    ("bruno", "portal:desk", ""),
    ("bruno", "matches:openings_of", "jobseeker"),
    ("chloe", "matches:candidates", "vacancy"),
    ("rosa", "jobseekers:people", ""),
]


@pytest.mark.database
@pytest.mark.parametrize(("who", "name", "of"), PAGES)
def test_rights_are_asked_once_a_request(
    who: str, name: str, of: str, town: Town, baker: Jobseeker, bakery: Vacancy
) -> None:
    """However much a page shows: one question reads the roles of who asks, and none of roles is asked twice."""
    for number in range(3):
        factories.VacancyFactory(title=f"Boulanger {number}")
        factories.JobseekerFactory(agency=town.agency, counsellor=town.people["bruno"])
    ranking.rank_everybody()
    client, url = town.client(who), reverse(name, args=[getattr(town, of).pk] if of else [])
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    table = Membership._meta.db_table
    hers = re.compile(rf'"{table}"\."user_id" = {town.people[who].pk}\b')
    statements = [query["sql"] for query in asked]
    rights = [sql for sql in statements if hers.search(sql)]
    assert len(rights) == 1, rights
    of_people = [sql for sql in statements if f'"{table}"' in sql]
    assert not [sql for sql, times in Counter(of_people).items() if times > 1]


# The list as data: what the page shows, in its order, the same whoever has the companion --------------

URL = "/companion/shortlist.json"


@pytest.fixture
def in_list(town: Town) -> Match:
    return factories.MatchFactory(jobseeker=town.jobseeker, vacancy=town.vacancy, score=0.51234)


def test_it_tells_and_traces_what_the_page_does_for_all_alike(town: Town, in_list: Match) -> None:
    town.client("amelie").get(reverse("matches:openings"))
    town.client("amelie").get(URL)
    rows = Showing.objects.values_list("page", "actor_id", "jobseeker_id")
    assert len(rows) == 2
    assert rows[0] == rows[1]
    factories.MatchFactory(jobseeker=town.other_jobseeker, vacancy=town.vacancy, score=0.51234)
    assert town.client("amelie").get(URL).content == town.client("gael").get(URL).content
    diy = factories.InterestFactory(code="interest:diy")
    OccupationInterest.objects.create(occupation=town.vacancy.occupation, interest=diy)
    (opening,) = town.client("amelie").get(URL).json()["openings"]
    assert set(opening) == {"title", "employer", "place", "address", "interests", "counted", "tier", "score"}
    assert (opening["title"], opening["tier"], opening["score"]) == (town.vacancy.title, 0, 0.5123)
    assert (opening["interests"], opening["counted"]) == (["interest:diy"], [])
    town.jobseeker.interests.create(interest=diy)
    assert town.client("amelie").get(URL).json()["openings"][0]["counted"] == ["interest:diy"]
    aside = {"kind": "not_for_me", "said_by": town.people["amelie"]}
    Opinion.objects.create(jobseeker=town.jobseeker, vacancy=town.vacancy, **aside)
    assert town.client("amelie").get(URL).json() == {"openings": []}
