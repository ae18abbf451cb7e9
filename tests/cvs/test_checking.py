"""The page to check: nothing is saved in silence, nothing is doubled, nothing is lost."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.cvs import making
from tests.personas import Town
from visavis.common import clock, keeping
from visavis.common.listeners import Listeners
from visavis.cvs import checking, services
from visavis.cvs.models import CvReading
from visavis.jobseekers import services as jobseekers
from visavis.jobseekers.models import Experience, Jobseeker, SpokenLanguageHeld
from visavis.journal.models import Entry
from visavis.people.enums import Role

URL = reverse("cvs:read")
TEXT = """Léa Martin
lea@example.org
26000 Valence

Expérience
Depuis mars 2019 : Serveuse, Le Central
2015 - 2018 : Caissière, Carrefour
- Pétrir la pâte
Formation
2013 CAP Cuisine, lycée de Tain
Langues
Anglais B1
Espagnol
Permis
Permis B
Loisirs
Tricot"""


@pytest.fixture
def catalogue(db: None) -> None:
    factories.SkillFactory()
    factories.CommuneFactory()


@pytest.fixture
def client(town: Town, catalogue: None) -> Client:
    """Amélie's browser."""
    return town.client("amelie")


def read(client: Client, text: str = TEXT) -> CvReading:
    response = client.post(URL, {"text": text})
    assert response.status_code == 302, response.content.decode()[:3000]
    return CvReading.objects.latest("pk")


@pytest.fixture
def reading(client: Client) -> CvReading:
    return read(client)


def check_url(reading: CvReading) -> str:
    return reverse("cvs:check", args=[reading.pk])


def answers(client: Client, url: str) -> dict[str, Any]:
    """Return what a page holds, as a browser sends it when nothing is changed."""
    form = client.get(url).context["form"]
    return {
        name: "on" if field.initial is True else str(field.initial or "")
        for name, field in form.fields.items()
        if field.initial is not False
    }


def put(client: Client, reading: CvReading, **changed: str) -> Any:
    """Send the page to check with a few answers changed."""
    url = check_url(reading)
    return client.post(url, answers(client, url) | changed)


def number_of(reading: CvReading, kind: str, name: str = "") -> int:
    return next(n for n, fact in enumerate(reading.facts) if fact["kind"] == kind and name in fact["name"])


def state(jobseeker: Jobseeker) -> list[Any]:
    jobseeker.refresh_from_db()
    return [
        jobseeker.version, jobseeker.licences, jobseeker.commune_id, jobseeker.about, jobseeker.answered,
        list(jobseeker.experiences.values_list("title", "employer", "starts_on", "ends_on", "is_current")),
        list(jobseeker.qualifications.values_list("name", "level", "year")),
        sorted(jobseeker.languages.values_list("language", "level")),
    ]  # fmt: skip


def test_reading_changes_nothing_and_what_is_ticked_is_added_once(town: Town, client: Client) -> None:
    her, before = town.jobseeker, state(town.jobseeker)
    reading = read(client)
    sent = answers(client, check_url(reading))
    assert state(her) == before
    # The words of each fact and the lines not understood are shown, and not who she is.
    page = client.get(check_url(reading)).content.decode()
    for words in ("2015 - 2018 : Caissière, Carrefour", "Ligne 7", "Tricot"):
        assert words in page
    kept = f"{reading.facts} {reading.left}"
    assert "lea@example.org" not in kept and "Martin" not in kept
    for _time in range(2):  # sent twice nothing is doubled
        assert client.post(check_url(reading), sent).status_code == 302
    jobs = list(her.experiences.values_list("title", "employer", "is_current"))
    assert jobs == [("Serveuse", "Le Central", True), ("Caissière", "Carrefour", False)]
    her.refresh_from_db()
    assert her.qualifications.get().level == 3
    assert her.licences == ["B"]
    assert her.skills_held.get().skill_id == "S0001"
    assert {"experience", "education", "skills", "languages", "licences"} <= set(her.answered)
    # A language whose level nobody said is not ticked.
    assert list(SpokenLanguageHeld.objects.values_list("language", "level")) == [("en", 3)]


def test_what_is_not_ticked_stays_out_in_each_tab(town: Town, client: Client, reading: CvReading) -> None:
    whole, added = answers(client, check_url(reading)), town.jobseeker.experiences
    first, second = number_of(reading, "job", "Serveuse"), number_of(reading, "job", "Caissière")
    client.post(check_url(reading), {name: value for name, value in whole.items() if name != f"on_{second}"})
    assert [job.title for job in added.all()] == ["Serveuse"]
    client.post(check_url(reading), {name: value for name, value in whole.items() if name != f"on_{first}"})
    assert {job.title for job in added.all()} == {"Serveuse", "Caissière"}
    assert len(CvReading.objects.get().added["jobs"]) == 2


def test_titles_and_dates_are_corrected_in_place(town: Town, client: Client, reading: CvReading) -> None:
    n = number_of(reading, "job", "Caissière")
    for field, typed, sentence in (
        ("start", "hier", "Écrivez un mois et une année"),
        ("start", "2058", "Vérifiez cette année"),
        ("end", "2010", "La fin vient avant le début"),
        ("title", " ", "Écrivez le nom de l’emploi"),
    ):
        changed = {f"{field}_{n}": typed, f"employer_{n}": "Carrefour Market"}
        page = put(client, reading, **changed).content.decode()
        assert sentence in page
        assert "Carrefour Market" in page
    assert not Experience.objects.exists()
    put(client, reading, **{f"title_{n}": "Hôtesse", f"start_{n}": "février 2015", f"end_{n}": "2017"})
    job = town.jobseeker.experiences.get(title="Hôtesse")
    assert (job.starts_on, job.ends_on) == (dt.date(2015, 2, 1), dt.date(2017, 12, 31))
    assert job.ends_in_year_only


def test_the_same_additions_at_the_same_time_are_made_once(
    town: Town, client: Client, reading: CvReading
) -> None:
    sent = answers(client, check_url(reading))
    # Two pages were checked before either was written.
    forms = [checking.form_of(reading, sent), checking.form_of(reading, sent)]
    for form in forms:
        assert form.is_valid()
        services.put(reading=reading, additions=checking.additions_of(form), by=town.people["amelie"])
    assert town.jobseeker.experiences.count() == 2
    assert town.jobseeker.qualifications.count() == 1
    assert len(CvReading.objects.get().added["jobs"]) == 2


def test_what_is_in_the_profile_is_kept_and_not_doubled(
    town: Town, client: Client, reading: CvReading
) -> None:
    sent = answers(client, check_url(reading))
    Experience.objects.create(jobseeker=town.jobseeker, title="serveuse", employer="Le Central", months=40)
    SpokenLanguageHeld.objects.create(jobseeker=town.jobseeker, language="en", level=5)
    page = client.get(check_url(reading))
    assert f"on_{number_of(reading, 'job', 'Serveuse')}" not in page.context["form"].fields
    assert "Déjà dans le profil" in page.content.decode()
    client.post(check_url(reading), sent)
    assert town.jobseeker.experiences.get(employer="Le Central").months == 40
    assert town.jobseeker.languages.get(language="en").level == 5


def test_her_own_words_are_never_replaced(town: Town, client: Client) -> None:
    town.jobseeker.about = "Je préfère le matin."
    town.jobseeker.save()
    reading = read(client, "Profil\nServeuse souriante et organisée, dix ans de salle.")
    assert "on_0" not in answers(client, check_url(reading))
    put(client, reading, on_0="on")
    town.jobseeker.refresh_from_db()
    said = "Je préfère le matin.\n\nServeuse souriante et organisée, dix ans de salle."
    assert town.jobseeker.about == said


def test_what_it_added_can_be_taken_back_unless_changed(
    town: Town, client: Client, reading: CvReading
) -> None:
    her = town.jobseeker
    Experience.objects.create(jobseeker=her, title="Fleuriste")
    before = state(her)[1:]
    put(client, reading)
    client.post(reverse("cvs:undo", args=[reading.pk]))
    after = state(her)[1:]
    # The nearest agency and the answer "experience" may stay; the rest is as before.
    assert after[:3] + after[4:] == before[:3] + before[4:]
    other = read(client)
    put(client, other)
    her.experiences.filter(title="Serveuse").update(employer="La Gare")
    client.post(reverse("cvs:undo", args=[other.pk]))
    assert [job.employer for job in her.experiences.order_by("pk")] == ["", "La Gare"]


def test_the_change_is_journalled_and_told_to_those_who_wait(
    town: Town, client: Client, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    told: list[int] = []
    monkeypatch.setattr(jobseekers, "AFTER_CHANGE", Listeners(told.append))
    reading = read(client)
    with django_capture_on_commit_callbacks(execute=True):
        put(client, reading)
    assert set(told) == {town.jobseeker.pk}
    notes = Entry.objects.filter(thing="profile", action="changed").values_list("note", flat=True)
    assert {"experience", "education", "languages", "licences", "skills"} <= set(notes)
    assert Entry.objects.filter(thing="cv", action="created").count() == 1


def test_her_counsellor_reads_it_for_her_and_a_stranger_finds_nothing(town: Town, catalogue: None) -> None:
    seen = {one for one, user in town.people.items() if town.cv_reading in CvReading.objects.visible_to(user)}
    assert seen == {"amelie", "bruno"}
    url = reverse("cvs:read_of", args=[town.jobseeker.pk])
    response = town.client("bruno").post(url, {"text": TEXT})
    reading = CvReading.objects.latest("pk")
    assert response.headers["Location"] == reverse("cvs:check_of", args=[town.jobseeker.pk, reading.pk])
    assert reading.by == town.people["bruno"]
    for stranger in ("gael", "dario", "rosa", "hugo", "chloe"):
        client = town.client(stranger)
        assert client.post(url, {"text": TEXT}).status_code == 404
        assert client.get(response.headers["Location"]).status_code == 404
        assert client.get(check_url(reading)).status_code == 404
    assert town.client("amelie").get(check_url(reading)).status_code == 200
    # A reading of somebody else is not opened under her address.
    url = reverse("cvs:check_of", args=[town.jobseeker.pk, read(town.client("gael")).pk])
    assert town.client("bruno").get(url).status_code == 404


def test_after_thirty_days_or_once_deleted_it_is_not_kept(client: Client, reading: CvReading) -> None:
    assert (reading.expires_at - reading.read_at).days == 30
    CvReading.objects.update(expires_at=clock.now() - dt.timedelta(minutes=1))
    assert client.get(check_url(reading)).status_code == 404
    assert keeping.forget()["cvs"] == 1
    assert not CvReading.objects.exists()
    client.post(reverse("cvs:discard", args=[read(client).pk]))
    assert not CvReading.objects.exists()
    for n in range(12):
        read(client, f"Expérience\n{2000 + n} : Serveuse, Le Central")
    assert CvReading.objects.count() == 10


def test_a_cv_may_come_before_any_answer(town: Town, catalogue: None) -> None:
    town.people["amelie"] = factories.UserFactory(role=Role.JOBSEEKER)
    client = town.client("amelie")
    assert client.get(URL).status_code == 200
    put(client, read(client))
    newcomer = Jobseeker.objects.get(user=town.people["amelie"])
    assert newcomer.experiences.count() == 2
    assert newcomer.commune_id == "26362"


def test_a_file_goes_all_the_way_and_an_occupation_is_sure(client: Client) -> None:
    file = SimpleUploadedFile("mon cv.pdf", making.pages(making.of("samira"), 33))
    page = client.post(URL, {"file": file, "text": ""}, follow=True)
    assert page.status_code == 200
    assert CvReading.objects.get().kind == "pdf"
    assert "Employée polyvalente" in page.content.decode()
    assert "Ce fichier a 33 pages" in page.content.decode()
    waiter = factories.OccupationFactory(code="G1803", label_fr="Service en restauration")
    factories.TitleFactory(code="T2", occupation=waiter, label="Serveur / Serveuse")
    for code, place in (("D1106", "boulangerie"), ("D1214", "lingerie")):
        shop = factories.OccupationFactory(code=code, label_fr=f"Vente en {place}")
        factories.TitleFactory(code=f"T-{code}", occupation=shop, label=f"Vendeur / Vendeuse en {place}")
    reading = read(client, "Expérience\n2019 - 2021 : Serveuse, Le Central\n2015 : Vendeuse, Zara")
    assert [fact["code"] for fact in reading.facts] == ["G1803", ""]
