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
from visavis.jobseekers.models import Experience, Jobseeker, SkillHeld, SpokenLanguageHeld
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


def read(client: Client, text: str = TEXT) -> CvReading:
    response = client.post(URL, {"text": text})
    assert response.status_code == 302, response.content.decode()[:3000]
    return CvReading.objects.latest("pk")


def answers(client: Client, url: str, **changed: str) -> dict[str, Any]:
    """Return what the page holds, as a browser sends it when nothing is changed."""
    form = client.get(url).context["form"]
    sent = {
        name: "on" if field.initial is True else str(field.initial or "")
        for name, field in form.fields.items()
        if field.initial is not False
    }
    return sent | changed


def check_url(reading: CvReading) -> str:
    return reverse("cvs:check", args=[reading.pk])


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


def test_reading_a_cv_changes_nothing_in_the_profile(town: Town, catalogue: None) -> None:
    before = state(town.jobseeker)
    client = town.client("amelie")
    reading = read(client)
    client.get(check_url(reading))
    assert state(town.jobseeker) == before


def test_what_is_ticked_goes_into_the_profile(town: Town, catalogue: None) -> None:
    client = town.client("amelie")
    url = check_url(read(client))
    assert client.post(url, answers(client, url)).status_code == 302
    jobs = list(
        Experience.objects.filter(jobseeker=town.jobseeker).values_list("title", "employer", "is_current")
    )
    assert jobs == [("Serveuse", "Le Central", True), ("Caissière", "Carrefour", False)]
    town.jobseeker.refresh_from_db()
    assert town.jobseeker.qualifications.get().level == 3
    assert town.jobseeker.licences == ["B"]
    assert town.jobseeker.skills_held.get().skill_id == "S0001"
    assert {"experience", "education", "skills", "languages", "licences"} <= set(town.jobseeker.answered)


def test_a_language_whose_level_nobody_said_is_not_ticked(town: Town, catalogue: None) -> None:
    client = town.client("amelie")
    url = check_url(read(client))
    client.post(url, answers(client, url))
    assert list(SpokenLanguageHeld.objects.values_list("language", "level")) == [("en", 3)]


def test_what_is_not_ticked_stays_out(town: Town, catalogue: None) -> None:
    client = town.client("amelie")
    reading = read(client)
    sent = answers(client, check_url(reading))
    del sent[f"on_{number_of(reading, 'job', 'Caissière')}"]
    client.post(check_url(reading), sent)
    assert [job.title for job in town.jobseeker.experiences.all()] == ["Serveuse"]


def test_titles_and_dates_are_corrected_in_place(town: Town, catalogue: None) -> None:
    client = town.client("amelie")
    reading = read(client)
    n = number_of(reading, "job", "Caissière")
    changed = {f"title_{n}": "Hôtesse de caisse", f"start_{n}": "février 2015", f"end_{n}": "2017"}
    client.post(check_url(reading), answers(client, check_url(reading), **changed))
    job = town.jobseeker.experiences.get(title="Hôtesse de caisse")
    assert (job.starts_on, job.ends_on, job.ends_in_year_only) == (
        dt.date(2015, 2, 1),
        dt.date(2017, 12, 31),
        True,
    )


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("start", "hier", "Écrivez un mois et une année"),
        ("start", "2058", "Vérifiez cette année"),
        ("end", "2010", "La fin vient avant le début"),
        ("title", " ", "Écrivez le nom de l’emploi"),
    ],
)
def test_a_wrong_correction_is_told_and_what_was_typed_is_kept(
    field: str, typed: str, sentence: str, town: Town, catalogue: None
) -> None:
    client = town.client("amelie")
    reading = read(client)
    n = number_of(reading, "job", "Caissière")
    changed = {f"{field}_{n}": typed, f"employer_{n}": "Carrefour Market"}
    page = client.post(check_url(reading), answers(client, check_url(reading), **changed)).content.decode()
    assert sentence in page
    assert "Carrefour Market" in page
    assert not Experience.objects.exists()


def test_sent_twice_nothing_is_doubled(town: Town, catalogue: None) -> None:
    client = town.client("amelie")
    url = check_url(read(client))
    sent = answers(client, url)
    for _time in range(2):
        client.post(url, sent)
    assert town.jobseeker.experiences.count() == 2
    assert SkillHeld.objects.count() == 1
    assert town.jobseeker.qualifications.count() == 1


def test_the_same_additions_at_the_same_time_are_made_once(town: Town, catalogue: None) -> None:
    reading = read(town.client("amelie"))
    sent = answers(town.client("amelie"), check_url(reading))
    # Two pages were checked before either was written.
    forms = [checking.form_of(reading, sent), checking.form_of(reading, sent)]
    for form in forms:
        assert form.is_valid()
        services.put(reading=reading, additions=checking.additions_of(form), by=town.people["amelie"])
    assert town.jobseeker.experiences.count() == 2
    assert town.jobseeker.qualifications.count() == 1
    assert len(CvReading.objects.get().added["jobs"]) == 2


def test_a_reading_is_seen_by_her_and_her_counsellor_only(town: Town) -> None:
    seen = {
        name for name, user in town.people.items() if town.cv_reading in CvReading.objects.visible_to(user)
    }
    assert seen == {"amelie", "bruno"}


def test_two_tabs_each_add_what_they_ticked(town: Town, catalogue: None) -> None:
    client = town.client("amelie")
    reading = read(client)
    url, whole = check_url(reading), answers(client, check_url(reading))
    first, second = number_of(reading, "job", "Serveuse"), number_of(reading, "job", "Caissière")
    client.post(url, {name: value for name, value in whole.items() if name != f"on_{second}"})
    client.post(url, {name: value for name, value in whole.items() if name != f"on_{first}"})
    assert {job.title for job in town.jobseeker.experiences.all()} == {"Serveuse", "Caissière"}
    assert len(CvReading.objects.get().added["jobs"]) == 2


def test_what_the_profile_gained_meanwhile_is_kept_and_not_doubled(town: Town, catalogue: None) -> None:
    client = town.client("amelie")
    reading = read(client)
    sent = answers(client, check_url(reading))
    Experience.objects.create(jobseeker=town.jobseeker, title="serveuse", employer="Le Central", months=40)
    SpokenLanguageHeld.objects.create(jobseeker=town.jobseeker, language="en", level=5)
    client.post(check_url(reading), sent)
    assert town.jobseeker.experiences.get(employer="Le Central").months == 40
    assert town.jobseeker.languages.get(language="en").level == 5


def test_what_is_in_the_profile_is_shown_as_such_and_has_no_tick(town: Town, catalogue: None) -> None:
    Experience.objects.create(jobseeker=town.jobseeker, title="Serveuse", employer="Le Central")
    client = town.client("amelie")
    reading = read(client)
    page = client.get(check_url(reading))
    assert f"on_{number_of(reading, 'job', 'Serveuse')}" not in page.context["form"].fields
    assert "Déjà dans le profil" in page.content.decode()


def test_an_occupation_is_understood_only_when_no_other_fits_as_well(town: Town, catalogue: None) -> None:
    waiter = factories.OccupationFactory(code="G1803", label_fr="Service en restauration")
    factories.TitleFactory(code="T2", occupation=waiter, label="Serveur / Serveuse")
    for code, place in (("D1106", "boulangerie"), ("D1214", "lingerie")):
        shop = factories.OccupationFactory(code=code, label_fr=f"Vente en {place}")
        factories.TitleFactory(code=f"T-{code}", occupation=shop, label=f"Vendeur / Vendeuse en {place}")
    reading = read(
        town.client("amelie"), "Expérience\n2019 - 2021 : Serveuse, Le Central\n2015 : Vendeuse, Zara"
    )
    assert [fact["code"] for fact in reading.facts] == ["G1803", ""]


def test_her_own_words_are_never_replaced(town: Town, catalogue: None) -> None:
    town.jobseeker.about = "Je préfère le matin."
    town.jobseeker.save()
    client = town.client("amelie")
    text = "Profil\nServeuse souriante et organisée, dix ans de salle."
    reading = read(client, text)
    sent = answers(client, check_url(reading))
    assert "on_0" not in sent
    client.post(check_url(reading), sent | {"on_0": "on"})
    town.jobseeker.refresh_from_db()
    assert (
        town.jobseeker.about == "Je préfère le matin.\n\nServeuse souriante et organisée, dix ans de salle."
    )


def test_everything_it_added_can_be_taken_back_at_once(town: Town, catalogue: None) -> None:
    Experience.objects.create(jobseeker=town.jobseeker, title="Fleuriste")
    client = town.client("amelie")
    before = state(town.jobseeker)[1:]
    reading = read(client)
    client.post(check_url(reading), answers(client, check_url(reading)))
    client.post(reverse("cvs:undo", args=[reading.pk]))
    after = state(town.jobseeker)[1:]
    # The nearest agency and the answer "experience" may stay; the rest is as before.
    assert after[4:] == before[4:]
    assert after[0:3] == before[0:3]


def test_a_job_changed_since_is_not_taken_back(town: Town, catalogue: None) -> None:
    client = town.client("amelie")
    reading = read(client)
    client.post(check_url(reading), answers(client, check_url(reading)))
    town.jobseeker.experiences.filter(title="Serveuse").update(employer="La Gare")
    client.post(reverse("cvs:undo", args=[reading.pk]))
    assert [job.employer for job in town.jobseeker.experiences.all()] == ["La Gare"]


def test_the_change_is_journalled_and_told_to_those_who_wait(
    town: Town, catalogue: None, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    told: list[int] = []
    monkeypatch.setattr(jobseekers, "AFTER_CHANGE", Listeners(told.append))
    client = town.client("amelie")
    reading = read(client)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(check_url(reading), answers(client, check_url(reading)))
    assert set(told) == {town.jobseeker.pk}
    notes = Entry.objects.filter(thing="profile", action="changed").values_list("note", flat=True)
    assert {"experience", "education", "languages", "licences", "skills"} <= set(notes)
    assert Entry.objects.filter(thing="cv", action="created").count() == 1


def test_who_she_is_is_not_in_what_is_kept(town: Town, catalogue: None) -> None:
    reading = read(town.client("amelie"))
    kept = f"{reading.facts} {reading.left}"
    assert "lea@example.org" not in kept
    assert "Martin" not in kept


def test_lines_not_understood_are_on_the_page(town: Town, catalogue: None) -> None:
    client = town.client("amelie")
    assert "Tricot" in client.get(check_url(read(client))).content.decode()


def test_the_words_of_the_document_stand_beside_each_fact(town: Town, catalogue: None) -> None:
    client = town.client("amelie")
    page = client.get(check_url(read(client))).content.decode()
    assert "2015 - 2018 : Caissière, Carrefour" in page
    assert "Ligne 7" in page


def test_her_counsellor_reads_it_for_her_and_a_stranger_finds_nothing(town: Town, catalogue: None) -> None:
    url = reverse("cvs:read_of", args=[town.jobseeker.pk])
    response = town.client("bruno").post(url, {"text": TEXT})
    reading = CvReading.objects.get()
    assert response.headers["Location"] == reverse("cvs:check_of", args=[town.jobseeker.pk, reading.pk])
    assert reading.by == town.people["bruno"]
    for stranger in ("gael", "dario", "rosa", "hugo", "chloe"):
        client = town.client(stranger)
        assert client.post(url, {"text": TEXT}).status_code == 404
        assert client.get(response.headers["Location"]).status_code == 404
        assert client.get(check_url(reading)).status_code == 404
    assert town.client("amelie").get(check_url(reading)).status_code == 200


def test_a_reading_of_somebody_else_is_not_opened_under_her_address(town: Town, catalogue: None) -> None:
    reading = read(town.client("gael"))
    url = reverse("cvs:check_of", args=[town.jobseeker.pk, reading.pk])
    assert town.client("bruno").get(url).status_code == 404


def test_after_thirty_days_it_is_neither_shown_nor_kept(town: Town, catalogue: None) -> None:
    client = town.client("amelie")
    reading = read(client)
    assert (reading.expires_at - reading.read_at).days == 30
    CvReading.objects.update(expires_at=clock.now() - dt.timedelta(minutes=1))
    assert client.get(check_url(reading)).status_code == 404
    assert keeping.forget()["cvs"] == 1
    assert not CvReading.objects.exists()


def test_what_was_read_can_be_deleted(town: Town, catalogue: None) -> None:
    client = town.client("amelie")
    reading = read(client)
    client.post(reverse("cvs:discard", args=[reading.pk]))
    assert not CvReading.objects.exists()


def test_a_cv_may_come_before_any_answer(town: Town, catalogue: None) -> None:
    town.people["amelie"] = factories.UserFactory(role=Role.JOBSEEKER)
    client = town.client("amelie")
    assert client.get(URL).status_code == 200
    url = check_url(read(client))
    client.post(url, answers(client, url))
    newcomer = Jobseeker.objects.get(user=town.people["amelie"])
    assert newcomer.experiences.count() == 2
    assert newcomer.commune_id == "26362"


def test_a_file_goes_all_the_way_without_javascript(town: Town, catalogue: None) -> None:
    client = town.client("amelie")
    file = SimpleUploadedFile("mon cv.pdf", making.one_column(making.of("samira")))
    page = client.post(URL, {"file": file, "text": ""}, follow=True)
    assert page.status_code == 200
    assert CvReading.objects.get().kind == "pdf"
    assert "Employée polyvalente" in page.content.decode()


def test_the_page_says_that_only_thirty_pages_were_read(town: Town, catalogue: None) -> None:
    file = SimpleUploadedFile("cv.pdf", making.pages(making.of("samira"), 33))
    page = town.client("amelie").post(URL, {"file": file}, follow=True).content.decode()
    assert "Ce fichier a 33 pages" in page


def test_no_more_than_ten_readings_are_kept(town: Town, catalogue: None) -> None:
    client = town.client("amelie")
    for n in range(12):
        read(client, f"Expérience\n{2000 + n} : Serveuse, Le Central")
    assert CvReading.objects.count() == 10
