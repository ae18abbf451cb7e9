"""Proposing to one or to many: checked before, reported after, never twice."""

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.caseload import Introduced, Person
from tests.personas import Town
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.introductions import beginning, limits, services
from visavis.introductions.enums import Side, State
from visavis.introductions.models import Introduction
from visavis.jobseekers.models import Experience, Jobseeker
from visavis.jobseekers.questions import BY_SLUG
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.matches import services as matches
from visavis.matches.making import ranking
from visavis.matches.models import Match, Showing
from visavis.matches.models.match import Tier
from visavis.matches.pages import missing
from visavis.matches.pages.comparing import Compared
from visavis.news.models import News
from visavis.vacancies.models import Vacancy

pytestmark = pytest.mark.django_db


def tomorrow() -> dt.date:
    return clock.today() + dt.timedelta(days=1)


def people_url(town: Town) -> str:
    return reverse("proposing:to_people", args=[town.vacancy.pk])


def send(client: Client, url: str, chosen: list[int], **more: str) -> HttpResponse:
    data = {"step": "send", "answer_by": tomorrow().isoformat(), "note": "Près de chez vous.", **more}
    return client.post(url, data | {"chosen": chosen}, follow=True)  # type: ignore[return-value]


def test_people_of_his_caseload_that_suit_are_offered_but_whom_is_introduced_already(
    town: Town, person: Person, introduced: Introduced
) -> None:
    zita = person("Zita")
    person("Basile", by="dario"), person("Arrêtée", is_looking=False)
    ranking.rank_everybody()
    page = town.client("bruno").get(people_url(town))
    assert {choice.title for choice in page.context["choices"]} == {"Zita", "Amélie"}
    assert not page.content.count(b"<h3"), "people stand under no heading: theirs are the second level"
    assert Showing.objects.filter(page="desk propose", vacancy_id=town.vacancy.pk).exists()
    introduced(zita)
    choices = {one.title: one for one in town.client("bruno").get(people_url(town)).context["choices"]}
    assert not choices["Zita"].may and choices["Zita"].begun and choices["Amélie"].may


def test_the_check_shows_what_each_will_read_and_nothing_unknown_can_be_proposed(
    town: Town, person: Person
) -> None:
    zita = person("Zita", channel="phone")
    page = town.client("bruno").post(people_url(town), {"step": "choose", "chosen": [zita.pk]})
    preview = page.context["previews"][0]
    assert (preview.name, preview.title, preview.is_by_hand) == ("Zita", town.vacancy.title, True)
    week = clock.today() + dt.timedelta(days=limits.ANSWER_DAYS)
    assert week.isoformat() in page.content.decode()
    assert not Introduction.objects.exists()
    Vacancy.objects.filter(pk=town.vacancy.pk).update(employer=None)
    ranking.rank_everybody()
    page = town.client("bruno").get(people_url(town))
    assert page.context["choices"] and not page.context["can_go_on"]


def test_one_vacancy_is_proposed_to_several_and_several_to_one_with_the_day_and_the_words(
    town: Town, person: Person
) -> None:
    people = [person("Zita"), person("Max")]
    ranking.rank_everybody()
    page = send(town.client("bruno"), people_url(town), [one.pk for one in people])
    rows = Introduction.objects.filter(jobseeker__in=people, state=State.PROPOSED)
    assert {(row.answer_by, row.note, row.score is not None) for row in rows} == {
        (tomorrow(), "Près de chez vous.", True)
    }
    assert [line["name"] for line in page.context["proposed"]] == ["Max", "Zita"]
    assert News.objects.filter(kind="proposed").count() == 2
    lena = person("Léna")
    other = factories.VacancyFactory(title="Pâtissier", employer=town.employer)
    url = reverse("proposing:to_person", args=[lena.pk])
    page = send(town.client("bruno"), url, [town.vacancy.pk, other.pk])
    assert {line["title"] for line in page.context["proposed"]} == {town.vacancy.title, "Pâtissier"}


def test_the_report_says_to_whom_it_was_not_proposed_and_why_and_a_failure_stops_no_other(
    town: Town, person: Person, introduced: Introduced, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready, stopped, begun = person("Max"), person("Arrêtée", is_looking=False), person("Zita")
    introduced(begun, state=State.PUT)
    page = send(town.client("bruno"), people_url(town), [ready.pk, stopped.pk, begun.pk])
    refused = {line["name"]: line["refusal"] for line in page.context["refused"]}
    assert [line["name"] for line in page.context["proposed"]] == ["Max"]
    assert set(refused) == {"Arrêtée", "Zita"} and all(refused.values())
    assert all(sentence in page.content.decode().replace("&#x27;", "'") for sentence in refused.values())
    anna, lena = person("Anna"), person("Léna")
    whole = services.propose

    def broken(*, jobseeker: Jobseeker, **more: object) -> Introduction:
        if jobseeker.pk == anna.pk:
            raise DatabaseError
        return whole(jobseeker=jobseeker, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(services, "propose", broken)
    page = send(town.client("bruno"), people_url(town), [anna.pk, lena.pk])
    assert [line["name"] for line in page.context["refused"]] == ["Anna"]
    assert [line["name"] for line in page.context["proposed"]] == ["Léna"]


def test_pressing_twice_proposes_once_and_another_proposal_of_the_same_is_refused(
    town: Town, person: Person
) -> None:
    zita, client = person("Zita"), town.client("bruno")
    # A wrong last day keeps what was typed and proposes nothing.
    for day in ("", "hier", "2020-01-01", "2999-01-01"):
        page = send(client, people_url(town), [zita.pk], answer_by=day)
        assert page.context["form"].errors and "Près de chez vous." in page.content.decode()
        assert page.context["chosen"] == [zita.pk] and not Introduction.objects.exists()
    for _time in range(2):
        page = send(client, people_url(town), [zita.pk])
        assert [line["name"] for line in page.context["proposed"]] == ["Zita"]
        assert not page.context["refused"]
    assert Introduction.objects.count() == News.objects.count() == 1
    page = send(client, people_url(town), [zita.pk], note="Une autre fois.")
    assert [line["name"] for line in page.context["refused"]] == ["Zita"]


def test_a_stranger_among_those_ticked_is_left_out_and_ticking_nothing_says_so(
    town: Town, person: Person
) -> None:
    stranger = person("Basile", by="dario")
    send(town.client("bruno"), people_url(town), [stranger.pk, 999_999])
    assert not Introduction.objects.exists()
    send(town.client("bruno"), people_url(town), [person("Zita").pk])
    response = town.client("bruno").get(reverse("proposing:proposed"))
    assert response.headers["Location"] == reverse("portal:desk")
    client, both = town.client("bruno"), [person("Zita").pk, person("Max").pk]
    for chosen in ([], ["x"], ["9" * 40]):
        page = client.post(people_url(town), {"step": "choose", "chosen": chosen})
        assert page.status_code == 200 and page.context["choices"] is not None
        assert list(page.context["messages"])
    assert client.post(people_url(town), {"step": "compare", "chosen": both[:1]}).status_code == 200
    response = client.post(people_url(town), {"step": "compare", "chosen": both})
    assert response.headers["Location"].endswith(f"/compare/?a={both[0]}&b={both[1]}")


# Side by side: the same lines, the same parts, and the difference in words ----------------------------


@pytest.fixture
def far(town: Town) -> Vacancy:
    """Another bakery, twenty kilometres away."""
    vacancy: Vacancy = factories.VacancyFactory(
        title="Boulanger de campagne", employer=town.employer, latitude=45.05, hours_min=20, hours_max=20
    )
    return vacancy


def compared(town: Town, name: str, number: int, a: int, b: int) -> Compared:
    bruno = town.people["bruno"]
    bruno.language = "en"
    bruno.save()
    response = town.client("bruno").get(reverse(f"proposing:{name}", args=[number]), {"a": a, "b": b})
    assert response.status_code == 200
    found: Compared = response.context["found"]
    return found


def test_two_vacancies_are_compared_part_by_part_also_those_in_no_list(
    town: Town, person: Person, far: Vacancy
) -> None:
    zita = person("Zita", radius_km=40)
    ranking.rank_everybody()
    found = compared(town, "compare_vacancies", zita.pk, town.vacancy.pk, far.pk)
    by_name = {part.name: part for part in found.parts}
    assert by_name["Distance"].first > by_name["Distance"].second
    assert town.vacancy.title in found.sentence and "distance" in found.sentence
    assert len(found.plot.rows) == len(found.parts)
    turned = compared(town, "compare_vacancies", zita.pk, far.pk, town.vacancy.pk)
    assert turned.sentence.startswith(f"“{town.vacancy.title}” suits better")
    url = reverse("proposing:compare_vacancies", args=[zita.pk])
    page = town.client("bruno").get(url, {"a": town.vacancy.pk, "b": far.pk})
    hours = next(axis for axis in page.context["axes"] if "20" in axis.second and not axis.first)
    assert hours.label
    lena = person("Léna", radius_km=5)
    ranking.rank_everybody()
    found = compared(town, "compare_vacancies", lena.pk, town.vacancy.pk, far.pk)
    assert found.parts and found.sentence.startswith(f"“{town.vacancy.title}” suits better")
    assert (found.first.fit.words, found.first.fit.part) == ("hard to tell yet", None)


def test_two_people_and_no_strangers_are_compared_for_one_vacancy_and_both_readings_noted(
    town: Town, person: Person
) -> None:
    anna, max_ = person("Anna"), person("Max")
    Vacancy.objects.filter(pk=town.vacancy.pk).update(experience_months=24)
    Experience.objects.create(
        jobseeker=anna, title="Boulangère", occupation=town.vacancy.occupation, months=60
    )
    ranking.rank_everybody()
    found = compared(town, "compare_people", town.vacancy.pk, anna.pk, max_.pk)
    assert found.sentence.startswith("“Anna” suits better")
    assert set(Entry.objects.filter(thing="profile").values_list("person_id", flat=True)) == {
        anna.user_id,
        max_.user_id,
    }
    zita, stranger = person("Zita"), person("Basile", by="dario")
    client, people = town.client("bruno"), reverse("proposing:compare_people", args=[town.vacancy.pk])
    assert client.get(people, {"a": zita.pk, "b": stranger.pk}).status_code == 404
    for url in (people, reverse("proposing:compare_vacancies", args=[town.jobseeker.pk])):
        for query in ("", "?a=1", "?a=1&b=1", "?a=x&b=2", f"?a=1&b={'9' * 40}"):
            assert client.get(url + query).status_code == 404, (url, query)


# Several people and one opening: who cannot and why, who rather not and by how much, and taken back ---


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


def send_all(town: Town, people: list[Jobseeker], client: Client | None = None) -> HttpResponse:
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
        matches.say(jobseeker=one, vacancy=other, kind="not_for_me", by=one.user)
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
    matches.say(jobseeker=reticent, vacancy=town.vacancy, kind="not_for_me", reason="hours", by=reticent.user)
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
            services.propose(jobseeker=everybody[name], vacancy=town.vacancy, by=town.people["bruno"])
        except Refused as refusal:
            refused[name] = str(refusal)
    assert refused == cannot


def test_only_those_ticked_at_the_check_are_proposed_to(town: Town, everybody: dict[str, Jobseeker]) -> None:
    url = reverse("proposing:to_people", args=[town.vacancy.pk])
    data = {"step": "send", "answer_by": tomorrow().isoformat()}
    data |= {"among": [one.pk for one in everybody.values()]}
    data |= {"chosen": [everybody["Libre"].pk, everybody["Loin"].pk]}
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
    page = send_all(town, people, client)
    numbers = [line["introduction"] for line in page.context["proposed"]]
    send_all(town, people, client)
    client.post(reverse("proposing:proposed"), {"back": [theirs.pk, "x"]})
    theirs.refresh_from_db()
    assert theirs.is_open
    row = Introduction.objects.get(jobseeker=people[2])
    services.accept(introduction=row, by=people[2].user)
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
