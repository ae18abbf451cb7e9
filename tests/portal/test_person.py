"""A person at a glance, for her counsellor."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from tests import factories
from tests.caseload import Introduced, Person
from tests.personas import Town
from tests.portal.test_caseload import hire
from visavis.catalog import named, travel
from visavis.common import clock
from visavis.cvs.models import CvReading
from visavis.introductions import services as introductions
from visavis.introductions import timeline as steps
from visavis.introductions.enums import Act, Side, State
from visavis.introductions.models import FollowUp, Introduction, Step
from visavis.jobseekers.models import Jobseeker
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.matches import homes, services
from visavis.matches.making import ranking
from visavis.people.course import in_course
from visavis.people.waiting import Urgency
from visavis.portal.desk import person as person_module
from visavis.portal.desk import timeline

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
# What the journal asks, its lock on PostgreSQL among it, is not of the page.
NOT_COUNTED = ("journal_entry", "pg_advisory_xact_lock", "matches_showing", "SAVEPOINT", "people_membership")


def glance(town: Town, who: Jobseeker, query: str = "") -> str:
    bruno = town.people["bruno"]
    bruno.language = "en"
    bruno.save()
    response = town.client("bruno").get(reverse("portal:desk_person", args=[who.pk]) + query)
    assert response.status_code == 200
    return response.content.decode()


URGENT_FIRST: dict[str, Callable[[Introduction], object]] = {
    "meeting": lambda row: moved(row, clock.now() + DAY),
    "still in the job": lambda row: FollowUp.objects.create(
        hire=hire(row, confirmed_at=clock.now(), seat=1), months=1, due_on=clock.today()
    ),
    "ask how it went": lambda row: moved(row, clock.now() - DAY),
    "new": lambda row: factories.NewsFactory(
        user=row.jobseeker.user, thing_id=row.pk, kind="agreed", title=row.vacancy.title
    ),
    "do not say the same": lambda row: hire(row, disputed_at=clock.now()),
}


def moved(row: Introduction, at: dt.datetime) -> None:
    """Let the two meet at a moment."""
    Introduction.objects.filter(pk=row.pk).update(meeting_at=at)


def test_the_most_urgent_act_comes_first(town: Town, person: Person, introduced: Introduced) -> None:
    """Each scene is added to those before; the sentence is always that of the last one."""
    zita = person("Zita")
    for number, (words, scene) in enumerate(URGENT_FIRST.items()):
        vacancy = factories.VacancyFactory(title=f"Poste {number}", employer=town.employer)
        scene(introduced(zita, vacancy, state=State.AGREED))
        page = glance(town, zita)
        assert words in page.split('class="card next"')[1].split("</section>")[0]


def test_what_is_due_today_comes_before_a_meeting_next_week_and_silence_after_both(
    town: Town, person: Person, introduced: Introduced
) -> None:
    zita = person("Zita")
    Jobseeker.objects.filter(pk=zita.pk).update(changed_at=clock.now() - 60 * DAY)
    late = factories.VacancyFactory(title="Tardif", employer=town.employer)
    row = introduced(zita, late, state=State.PUT, put_at=clock.now() - 20 * DAY)
    with translation.override("en"):
        step = Step(introduction=row, act=Act.UNDO, side=Side.SERVICE)
        assert steps.step_words(step) == "“Tardif” was opened again."
    soon = factories.VacancyFactory(title="Bientôt", employer=town.employer)
    introduced(zita, soon, state=State.INTERVIEW, meeting_at=clock.now() + 6 * DAY)
    flagged = person_module.with_flags(town.people["bruno"], zita.pk)
    nearest = in_course(town.people["bruno"], [flagged]).nearest(flagged)
    assert [one.urgency for one in nearest[:2]] == [Urgency.LATE, Urgency.SOON]
    assert nearest[-1].urgency in {Urgency.SILENT, Urgency.STUCK}


def test_the_page_tells_openings_introductions_facts_words_and_how_to_reach(
    town: Town, person: Person, introduced: Introduced
) -> None:
    page = glance(town, person("Inconnue", wish=False))
    assert "Complete the profile together" in page and "/profile/wanted/" in page
    zita = person("Zita", phone="+33612345678", channel="phone", about="J’aime pétrir avant l’aube.")
    ranking.rank_everybody()
    assert "propose some" in glance(town, zita)
    introduced(zita, factories.VacancyFactory(title="Pâtissier", employer=town.employer), state=State.PUT)
    zita.experiences.create(title="Boulangère chez Dupain", months=30)
    zita.skills_held.create(skill=factories.SkillFactory())
    CvReading.objects.create(jobseeker=zita, by=zita.user, kind="text")
    page = glance(town, zita)
    for words in (town.vacancy.title, "Pâtissier", "+33612345678", "Phone call", "Valence"):
        assert words in page
    assert page.count("Put to the employer") == 1
    able = page.split('id="able"')[1].split("</section>")[0]
    for words in ("J’aime pétrir avant l’aube.", "Boulangère chez Dupain", "Knead dough", "/cv/"):
        assert words in able


def test_what_waits_besides_the_next_act_stands_with_its_day_and_each_once(
    town: Town, person: Person, introduced: Introduced
) -> None:
    zita = person("Zita")
    for title, days in (("Lointain", 6), ("Proche", 2)):
        vacancy = factories.VacancyFactory(title=title, employer=town.employer)
        introduced(zita, vacancy, state=State.INTERVIEW, meeting_at=clock.now() + days * DAY)
    page = glance(town, zita)
    act = page.split('class="card next"')[1].split("</section>")[0]
    assert "Proche" in act and "Lointain" not in act
    introduced(zita, answer_by=clock.today() + DAY)
    then = glance(town, zita).split('id="then"')[1].split("</section>")[0]
    assert then.count("<li>") == then.count("<time") + ("No opening" in then) == 2 + ("No opening" in then)
    assert then.index("Proche") < then.index("Lointain") and town.vacancy.title not in then
    # Who looks for no work is told so, and that is nothing that waits.
    Jobseeker.objects.filter(pk=zita.pk).update(is_looking=False)
    page = glance(town, zita)
    assert "Not looking for work</span>" in page and "nothing to do" not in page


def test_what_she_put_aside_or_has_begun_is_not_among_the_best(
    town: Town, person: Person, introduced: Introduced
) -> None:
    zita = person("Zita")
    put_aside = factories.VacancyFactory(title="Nuits", employer=town.employer)
    ranking.rank_everybody()
    assert len([card for one in homes.best(zita, town.people["bruno"]) for card in one.cards]) == 2
    services.say(jobseeker=zita, vacancy=put_aside, kind="not_for_me", by=zita.user)
    introduced(zita)
    assert [card for one in homes.best(zita, town.people["bruno"]) for card in one.cards] == []


def test_the_timeline_tells_steps_opinions_and_changes_newest_first_by_pages(
    town: Town, person: Person
) -> None:
    zita, bruno = person("Zita"), town.people["bruno"]
    services.say(jobseeker=zita, vacancy=town.vacancy, kind="kept", by=zita.user)
    journal.record(journal.Act("changed", "profile", zita.pk, zita.user_id, "pay"), by=zita.user_id)
    journal.record(journal.Act("changed", "assignment", zita.pk, zita.user_id, "x"), by=None)
    introductions.propose(jobseeker=zita, vacancy=town.vacancy, by=bruno)
    events = timeline.of(zita, bruno, "1").events
    assert [event.at for event in events] == sorted((event.at for event in events), reverse=True)
    assert len(events) == 4 and town.vacancy.title in events[0].sentence
    for _number in range(26):
        journal.record(journal.Act("changed", "profile", zita.pk, zita.user_id, "pay"), by=zita.user_id)
    pages = [timeline.of(zita, bruno, str(number)) for number in (1, 2, 3)]
    assert [len(page.events) for page in pages] == [12, 12, 6]
    assert len({event.at for page in pages for event in page.events}) == 30
    assert (pages[0].newer, pages[1].older, pages[2].older) == (0, 3, 0)


def test_the_page_says_who_else_read_the_file_notes_it_and_leads_back_to_the_list_as_it_was(
    town: Town, person: Person
) -> None:
    amelie, rosa = town.jobseeker, town.people["rosa"]
    journal.read("jobseeker", amelie.pk, by=rosa.pk, person_id=amelie.user_id)
    assert "Rosa" in glance(town, amelie)
    last = Entry.objects.order_by("-pk").first()
    assert last and (last.action, last.thing, last.actor_id) == ("read", "jobseeker", town.people["bruno"].pk)
    client, url = town.client("bruno"), reverse("portal:desk_person", args=[amelie.pk])
    for came, back in (
        ("http://testserver/desk/?sort=name&open=8", "/desk/?sort=name&amp;open=8"),
        ("http://testserver/home/?sort=name", "/desk/"),
        ("https://elsewhere.example/desk/?sort=name", "/desk/"),
        ("http://[desk/?sort=name", "/desk/"),
    ):
        page = client.get(url, headers={"referer": came}).content.decode()
        assert f'<a class="back" href="{back}">' in page, came
    url = reverse("portal:desk_person", args=[person("Zita").pk])
    others = ("dario", "rosa", "hugo", "chloe")
    assert [town.client(name).get(url).status_code for name in others] == [404] * 4


def test_a_fixed_number_of_queries_is_enough_besides_the_journal(
    town: Town, person: Person, introduced: Introduced
) -> None:
    zita = person("Zita")
    for number in range(8):
        factories.VacancyFactory(title=f"Poste {number}", employer=town.employer)
        vacancy = factories.VacancyFactory(title=f"Autre {number}", employer=town.employer)
        introduced(zita, vacancy, state=State.AGREED)
    ranking.rank_everybody()
    services.say(jobseeker=zita, vacancy=town.vacancy, kind="kept", by=zita.user)
    client = town.client("bruno")
    travel.all_densities()  # read once per process, and so is whether the catalogue is still the same
    named.SKILLS(["none"])
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("portal:desk_person", args=[zita.pk]))
    counted = [
        one["sql"]
        for one in asked.captured_queries
        if not any(word in one["sql"].split("WHERE")[0] for word in NOT_COUNTED)
    ]
    assert len(counted) <= 34, "\n".join(sql[:150] for sql in counted)
