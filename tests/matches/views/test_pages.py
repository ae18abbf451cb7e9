"""The pages of the lists."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories
from tests.personas import Town
from visavis.catalog.models import Interest
from visavis.jobseekers.models import ApprovedInterest, Jobseeker
from visavis.journal.models import Entry
from visavis.matches.bridge import scoring
from visavis.matches.making import ranking
from visavis.matches.models import Match, Opinion, Showing
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


def test_the_list_shows_the_opening_with_its_reasons(town: Town, listed: Match) -> None:
    page = content(town.client("amelie"), reverse("matches:openings"))
    assert listed.vacancy.title in page
    assert "Boulanger / Boulangère" in page and "Pétrir la pâte" in page


def test_the_list_is_in_english_for_who_reads_english(town: Town, listed: Match) -> None:
    town.people["amelie"].language = "en"
    town.people["amelie"].save()
    page = content(town.client("amelie"), reverse("matches:openings"))
    assert "Openings for you" in page and "Knead dough" in page


@pytest.mark.database
def test_a_list_of_ten_asks_few_questions_of_the_database(
    town: Town, baker: Jobseeker, bakery: Vacancy
) -> None:
    for number in range(12):
        factories.VacancyFactory(title=f"Boulanger {number}")
    ranking.rank_everybody()
    client = town.client("amelie")
    url = reverse("matches:openings")
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(url)
    # Session, user and memberships are three of them; the log of what was shown is one.
    assert len(few) <= MOST_QUERIES + 4, [query["sql"][:120] for query in few]


def test_a_no_takes_the_opening_out_asks_why_and_can_be_undone(town: Town, listed: Match) -> None:
    client, vacancy = town.client("amelie"), listed.vacancy
    back = say(client, vacancy, kind="not_for_me")
    page = content(client, back)
    assert "est écartée" in page and "Pourquoi" in page
    assert f"opening-{vacancy.pk}-title" not in page
    say(client, vacancy, kind="not_for_me", reason="too_far")
    assert Opinion.objects.get().reason == "too_far"
    say(client, vacancy, kind="undo")
    assert not Opinion.objects.exists()
    assert f"opening-{vacancy.pk}-title" in content(client, reverse("matches:openings"))


def test_a_yes_with_a_reason_is_refused_with_a_sentence(town: Town, listed: Match) -> None:
    client = town.client("amelie")
    page = content(client, say(client, listed.vacancy, kind="interested", reason="too_far"))
    assert "La raison n’est demandée que" in page
    assert not Opinion.objects.exists()


@pytest.mark.parametrize("data", [{}, {"kind": "love"}, {"kind": "not_for_me", "reason": "mood"}])
def test_an_answer_that_is_none_changes_nothing_and_says_so(
    town: Town, listed: Match, data: dict[str, str]
) -> None:
    client = town.client("amelie")
    assert "Nous n’avons pas compris" in content(client, say(client, listed.vacancy, **data))
    assert not Opinion.objects.exists()


def test_an_opinion_is_not_given_by_get(town: Town, listed: Match) -> None:
    assert town.client("amelie").get(reverse("matches:opinion", args=[listed.vacancy_id])).status_code == 405


def test_a_counsellor_notes_what_she_said_and_the_journal_tells(town: Town, listed: Match) -> None:
    url = reverse("matches:opinion_of", args=[listed.jobseeker_id, listed.vacancy_id])
    town.client("bruno").post(url, {"kind": "interested"})
    assert Opinion.objects.get().said_by == town.people["bruno"]
    amelie, bruno = town.people["amelie"], town.people["bruno"]
    assert Entry.objects.filter(actor_id=bruno.pk, person_id=amelie.pk, thing="opinion").exists()


def test_reading_somebody_elses_list_is_in_the_journal_and_ones_own_is_not(town: Town, listed: Match) -> None:
    town.client("amelie").get(reverse("matches:openings"))
    assert not Entry.objects.filter(action="read").exists()
    town.client("bruno").get(reverse("matches:openings_of", args=[listed.jobseeker_id]))
    assert Entry.objects.filter(action="read", person_id=town.people["amelie"].pk).exists()


@pytest.mark.parametrize(
    ("persona", "page"), [("amelie", "openings"), ("chloe", "candidates"), ("bruno", "openings_of")]
)
def test_every_list_shown_is_logged(town: Town, listed: Match, persona: str, page: str) -> None:
    arguments = {
        "openings": [],
        "candidates": [listed.vacancy_id],
        "openings_of": [listed.jobseeker_id],
    }[page]
    town.client(persona).get(reverse(f"matches:{page}", args=arguments))
    showing = Showing.objects.get()
    assert showing.actor_id == town.people[persona].pk
    assert showing.engine_version == scoring.BY_EXPERTS.engine_version
    other = listed.jobseeker if page == "candidates" else listed.vacancy
    number, rank, _score, version = showing.shown[0]
    assert (number, rank, version) == (other.pk, 1, other.version)
    assert showing.inputs["jobseeker_version"] or showing.inputs["vacancy_version"]


def test_an_employer_reads_reasons_and_no_identity(town: Town, listed: Match) -> None:
    amelie = listed.jobseeker
    interest = factories.InterestFactory()
    ApprovedInterest.objects.create(jobseeker=amelie, interest=interest)
    Jobseeker.objects.filter(pk=amelie.pk).update(
        about="Je suis Amélie, 12 rue des Lilas", lowest_pay_hour="12.34"
    )
    page = content(town.client("chloe"), reverse("matches:candidates", args=[listed.vacancy_id]))
    assert "Pétrir la pâte" in page
    for secret in ("Amélie", amelie.user.email, "rue des Lilas", "12,34", Interest.objects.get().label_fr):
        assert str(secret) not in page
    assert f"/people/{amelie.pk}/" not in page


def test_her_counsellor_reads_her_name_among_the_candidates_and_another_does_not(
    town: Town, listed: Match
) -> None:
    url = reverse("matches:candidates", args=[listed.vacancy_id])
    assert "Amélie" in content(town.client("bruno"), url)
    assert "Amélie" not in content(town.client("dario"), url)


def test_who_put_a_vacancy_aside_is_not_shown_to_its_employer(town: Town, listed: Match) -> None:
    say(town.client("amelie"), listed.vacancy, kind="not_for_me")
    page = content(town.client("chloe"), reverse("matches:candidates", args=[listed.vacancy_id]))
    assert "Pétrir la pâte" not in page


def test_an_empty_list_says_what_happens_next(town: Town) -> None:
    page = content(town.client("gael"), reverse("matches:openings"))
    assert "Nous cherchons à nouveau chaque nuit" in page


def test_a_page_far_beyond_the_last_shows_the_last(town: Town, listed: Match) -> None:
    assert listed.vacancy.title in content(
        town.client("amelie"), reverse("matches:openings") + "?page=99999&said=x"
    )


def test_what_one_change_would_open_is_told(town: Town, baker: Jobseeker) -> None:
    factories.VacancyFactory(title="Boulanger en intérim", contract="temporary")
    page = content(town.client("amelie"), reverse("matches:more"))
    assert "Accepter un autre contrat" in page and "1 offre de plus" in page


def test_a_line_of_what_would_open_more_makes_exactly_its_change(town: Town, baker: Jobseeker) -> None:
    factories.VacancyFactory(title="Boulanger en intérim", contract="temporary")
    client, address = town.client("amelie"), reverse("matches:more")
    before = list(Jobseeker.objects.get(pk=baker.pk).contracts)
    assert 'name="change" value="contract:temporary:0"' in content(client, address)
    page = client.post(address, {"change": "contract:temporary:0"}, follow=True).content.decode()
    assert Jobseeker.objects.get(pk=baker.pk).contracts == [*before, "temporary"]
    assert 'name="undo"' in page
    client.post(address, {"undo": "yes"})
    assert Jobseeker.objects.get(pk=baker.pk).contracts == before


@pytest.mark.parametrize("change", ["", "contract:thief:0", "skill:NONE:0", "radius::9999", "\x00"])
def test_a_change_that_is_not_shown_is_not_made(town: Town, baker: Jobseeker, change: str) -> None:
    town.client("amelie").post(reverse("matches:more"), {"change": change})
    assert Jobseeker.objects.get(pk=baker.pk).version == baker.version


def test_making_every_list_anew_is_asked_once(town: Town) -> None:
    client = town.client("hugo")
    client.post(reverse("matches:runs"))
    client.post(reverse("matches:runs"))
    page = content(client, reverse("matches:runs"))
    assert page.count("Tout le monde") == 1


def test_the_page_of_an_opening_tells_all_that_the_employer_said(town: Town, listed: Match) -> None:
    vacancy = listed.vacancy
    vacancy.pay_min_hour, vacancy.conditions, vacancy.licences = Decimal("12.50"), ["night"], ["B"]
    vacancy.save()
    page = content(town.client("amelie"), reverse("matches:opening", args=[vacancy.pk]))
    assert "12,50" in page and "brut" in page
    assert "Travail de nuit" in page and "voiture" in page


@pytest.mark.parametrize("said", ["²", "9" * 5_000, "-1", "\x00"])
def test_what_names_no_opening_is_not_something_said(town: Town, listed: Match, said: str) -> None:
    response = town.client("amelie").get(reverse("matches:openings"), {"said": said})
    assert response.status_code == 200
    assert response.context["said"] is None


@pytest.mark.parametrize("show", ["\x00", "9" * 40, "amelie@example.org"])
def test_the_log_of_lists_shown_keeps_no_word_of_the_address(town: Town, listed: Match, show: str) -> None:
    response = town.client("amelie").get(reverse("matches:openings"), {"show": show})
    assert response.status_code == 200
    assert Showing.objects.get().page == "openings"


def test_a_card_says_how_far_the_work_is_where_no_reason_does(town: Town, baker: Jobseeker) -> None:
    far = factories.VacancyFactory(title="Boulanger à Lyon", latitude=45.76, longitude=4.84, precision_km=0)
    Jobseeker.objects.filter(pk=baker.pk).update(radius_km=None, commune=factories.CommuneFactory())
    factories.MatchFactory(jobseeker=baker, vacancy=far, score=0.5)
    assert "92\N{NO-BREAK SPACE}km" in content(town.client("amelie"), reverse("matches:openings"))
