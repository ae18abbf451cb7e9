"""Several people and one opening: who cannot and why, who rather not and by how much, one act, and taken back."""

import datetime as dt
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.caseload import Introduced, Person
from tests.personas import Town
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.introductions import beginning, limits
from visavis.introductions import services as introductions
from visavis.introductions.enums import Side, State
from visavis.introductions.models import Introduction
from visavis.jobseekers.models import Jobseeker
from visavis.jobseekers.questions import BY_SLUG
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.matches import services
from visavis.matches.making import ranking
from visavis.matches.models import Match
from visavis.matches.models.match import Tier
from visavis.matches.pages import missing
from visavis.news.models import News
from visavis.vacancies.models import Vacancy

pytestmark = pytest.mark.django_db


def tomorrow() -> dt.date:
    return clock.today() + dt.timedelta(days=1)


def paris() -> Any:
    return factories.CommuneFactory(
        code="75056", name="Paris", folded="paris", latitude=48.86, longitude=2.34
    )


def which(town: Town, people: list[Jobseeker], words: str = "") -> Any:
    """Return what the page offers to people who are ticked."""
    data = {"chosen": [one.pk for one in people], "q": words}
    return town.client("bruno").post(reverse("proposing:to_many"), data)


def check(town: Town, people: list[Jobseeker]) -> dict[str, Any]:
    url = reverse("proposing:to_people", args=[town.vacancy.pk])
    data = {"step": "choose", "chosen": [one.pk for one in people]}
    page = town.client("bruno").post(url, data)
    return {one.name: one for one in page.context["previews"]} | {"": page}


def send(town: Town, people: list[Jobseeker], client: Client | None = None) -> HttpResponse:
    url = reverse("proposing:to_people", args=[town.vacancy.pk])
    data = {"step": "send", "answer_by": tomorrow().isoformat(), "chosen": [one.pk for one in people]}
    return (client or town.client("bruno")).post(url, data, follow=True)  # type: ignore[return-value]


def test_what_suits_most_of_those_ticked_comes_first_and_any_open_vacancy_is_found(
    town: Town, person: Person
) -> None:
    people = [person("Anna"), person("Max"), person("Zita")]
    other = factories.VacancyFactory(title="Pâtissier", employer=town.employer)
    ranking.rank_everybody()
    for one in people[:2]:
        services.say(jobseeker=one, vacancy=other, kind="not_for_me", by=one.user)
    found = which(town, people).context["found"]
    assert [(one.vacancy.title, one.number, one.among) for one in found] == [
        (town.vacancy.title, 3, 3),
        ("Pâtissier", 1, 3),
    ]
    assert Entry.objects.readings().filter(thing="named-candidate").count() == 3
    far = factories.VacancyFactory(title="Gardien de phare", employer=town.employer)
    factories.VacancyFactory(title="Gardien de but", employer=town.employer, state=Vacancy.State.CLOSED)
    found = which(town, [person("Anna")], "gardien").context["found"]
    assert [one.vacancy for one in found] == [far] and found[0].number == 0
    stranger = person("Basile", by="dario")
    assert which(town, [stranger, person("Anna")]).context["chosen"] != [stranger.pk]
    assert which(town, [stranger]).headers["Location"] == reverse("portal:desk")
    assert town.client("bruno").get(reverse("proposing:to_many")).status_code == 405


def test_names_in_these_lists_are_no_files_that_one_opened(town: Town, person: Person) -> None:
    """Whom to propose to, the best ten, thirty ticked at once: each is written down, and the first limit is thirty."""
    people = [person(f"Personne {number:02}") for number in range(30)]
    others = [person(f"Passante {number:02}", wish=False) for number in range(31)]
    ranking.rank_everybody()
    client = town.client("bruno")
    for address in ("proposing:to_people", "matches:candidates"):
        assert client.get(reverse(address, args=[town.vacancy.pk])).status_code == 200
    assert which(town, people).status_code == 200
    read = Entry.objects.readings().filter(person_id__in=[one.user_id for one in people])
    assert read.values("person_id").distinct().count() == 30
    assert set(read.values_list("thing", flat=True)) == {"named-candidate"}
    files = [client.get(reverse("jobseekers:person", args=[one.pk])).status_code for one in others]
    assert files == [200] * 30 + [403]


def test_who_leafs_through_the_best_of_many_vacancies_is_asked_why(town: Town, person: Person) -> None:
    """Without names too, and of one vacancy that is changed again and again; the same list again costs nothing."""
    for number in range(3):
        person(f"Personne {number:02}")
    ranking.rank_everybody()
    chloe, url = town.people["chloe"].pk, reverse("matches:candidates", args=[town.vacancy.pk])
    client = town.client("chloe")
    assert [client.get(url).status_code for _again in range(2)] == [200, 200]
    person("Une autre")
    ranking.rank_everybody()
    journal.listed("candidates", by=chloe, shown=294, asked=("elsewhere",))
    assert client.get(url).status_code == 403
    client.post(reverse("noticing:reason"), {"words": "Je compare trois offres", "next": url})
    assert client.get(url).status_code == 200


@pytest.fixture
def everybody(town: Town, person: Person, introduced: Introduced) -> dict[str, Jobseeker]:
    """One person for each thing that stands against a proposal, and one against whom nothing does."""
    made = {name: person(name) for name in ("Libre", "Engagée", "Refusée", "Comblée", "Réticente")}
    made["Arrêtée"] = person("Arrêtée", is_looking=False)
    made["Loin"] = person("Loin", commune=paris(), radius_km=30)
    ranking.rank_everybody()
    introduced(made["Engagée"], state=State.PUT)
    introduced(made["Refusée"], state=State.DECLINED, closed_by=Side.EMPLOYER, closed_at=clock.now())
    for _number in range(limits.MOST_PROPOSED):
        introduced(made["Comblée"], factories.VacancyFactory(employer=town.employer))
    reticent = made["Réticente"]
    services.say(
        jobseeker=reticent, vacancy=town.vacancy, kind="not_for_me", reason="hours", by=reticent.user
    )
    return made


@pytest.mark.database
def test_the_check_says_who_cannot_as_the_act_would_refuse_and_who_rather_not_with_why(
    town: Town, everybody: dict[str, Jobseeker]
) -> None:
    shown = check(town, list(everybody.values()))
    assert shown["Libre"].is_plain and shown[""].context["chosen"] == [everybody["Libre"].pk]
    assert [cause.kind for cause in shown["Réticente"].against] == ["said"]
    (far,) = shown["Loin"].against
    assert far.kind == "distance" and "30" in far.sentence and "km" in far.change
    page = shown[""].content.decode()
    assert page.count('type="checkbox"') == 3 and page.count(" checked>") == 1
    assert "2 lignes ne sont pas cochées" in page
    alone = check(town, [everybody["Libre"]])[""].content.decode()
    assert "pas cochée" not in alone
    cannot = {name: shown[name].cannot for name in everybody if shown[name].cannot}
    assert set(cannot) == {"Arrêtée", "Engagée", "Refusée", "Comblée"}
    refused = {}
    for name in everybody:
        try:
            introductions.propose(jobseeker=everybody[name], vacancy=town.vacancy, by=town.people["bruno"])
        except Refused as refusal:
            refused[name] = str(refusal)
    assert refused == cannot


def test_only_those_ticked_at_the_check_are_proposed_to(town: Town, everybody: dict[str, Jobseeker]) -> None:
    url = reverse("proposing:to_people", args=[town.vacancy.pk])
    data = {
        "step": "send",
        "answer_by": tomorrow().isoformat(),
        "among": [one.pk for one in everybody.values()],
        "chosen": [everybody["Libre"].pk, everybody["Loin"].pk],
    }
    page = town.client("bruno").post(url, data, follow=True)
    assert [line["name"] for line in page.context["proposed"]] == ["Libre", "Loin"]
    assert not page.context["refused"]
    none = town.client("bruno").post(url, data | {"chosen": []})
    assert list(none.context["messages"]) and len(none.context["previews"]) == len(everybody)


def test_the_check_tells_how_many_are_in_course_and_where_it_cannot_be_proposed(
    town: Town, person: Person, introduced: Introduced
) -> None:
    introduced(person("Déjà"), state=State.PUT)
    Vacancy.objects.filter(pk=town.vacancy.pk).update(positions=2)
    (sentence,) = check(town, [person("Anna"), person("Max")])[""].context["crowd"]
    assert [int(one) for one in sentence.split() if one.isdecimal()][:3] == [2, 1, 3]
    zita = person("Zita")
    pairs = [
        (zita, factories.VacancyFactory(employer=town.employer))
        for _number in range(limits.MOST_PROPOSED + 2)
    ]
    assert len(beginning.obstacles(pairs)) == 2
    introduced(zita, state=State.PUT)
    page = town.client("bruno").get(reverse("proposing:missing", args=[zita.pk, town.vacancy.pk]))
    assert 'name="chosen"' not in page.content.decode()


def test_all_is_taken_back_at_once_but_what_was_answered_or_is_a_strangers_and_each_is_told(
    town: Town, person: Person, introduced: Introduced
) -> None:
    people, theirs = [person("Anna"), person("Max"), person("Zita")], introduced(person("Basile", by="dario"))
    client = town.client("bruno")
    page = send(town, people, client)
    numbers = [line["introduction"] for line in page.context["proposed"]]
    send(town, people, client)
    client.post(reverse("proposing:proposed"), {"back": [theirs.pk, "x"]})
    theirs.refresh_from_db()
    assert theirs.is_open
    row = Introduction.objects.get(jobseeker=people[2])
    introductions.accept(introduction=row, by=people[2].user)
    back = client.post(reverse("proposing:proposed"), {"back": numbers}, follow=True)
    assert [line["name"] for line in back.context["taken_back"]] == ["Anna", "Max"]
    (kept,) = back.context["proposed"]
    assert kept["refusal"]
    row.refresh_from_db()
    assert row.jobseeker_yes_at is not None
    assert set(Introduction.objects.open()) == {row, theirs}
    assert News.objects.filter(kind="undone").count() == 2


def test_a_vacancy_that_is_missing_can_be_proposed_where_that_is_said_and_what_would_change_it(
    town: Town, person: Person
) -> None:
    far = person("Loin", radius_km=1, commune=paris())
    client = town.client("bruno")
    page = client.get(reverse("proposing:missing", args=[far.pk, town.vacancy.pk])).content.decode()
    url = reverse("proposing:to_person", args=[far.pk])
    assert f'action="{url}"' in page and f'name="chosen" value="{town.vacancy.pk}"' in page
    asked = client.post(url, {"step": "choose", "chosen": [town.vacancy.pk]})
    (preview,) = asked.context["previews"]
    assert preview.title == town.vacancy.title and preview.against
    assert asked.context["chosen"] == [town.vacancy.pk]
    # The button of what one change would do stands beside it.
    answer = reverse("jobseekers:person_question", args=[far.pk, "reach"])
    assert f'href="{answer}"' in page and f'href="{answer}"' in asked.content.decode()
    assert client.get(answer).status_code == 200
    causes = [missing.Cause(kind, "", "some change") for kind in missing.SAY]
    assert {cause.question for cause in causes} <= {*BY_SLUG}


def test_the_page_says_when_nothing_of_what_was_asked_for_is_there(
    town: Town, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    zita = person("Zita", answered=["wanted"])
    ranking.rank_everybody()
    url, client = reverse("proposing:to_person", args=[zita.pk]), town.client("bruno")
    monkeypatch.setattr(Match, "tier", Tier.ASKED)
    page = client.get(url)
    assert page.context["choices"] and page.context["nothing_asked"] is None
    monkeypatch.setattr(Match, "tier", Tier.NEAR)
    page = client.get(url)
    assert page.context["nothing_asked"].lead in page.content.decode()
