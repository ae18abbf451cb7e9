"""JobPosting made of a vacancy: what it holds, what it never does, and that our own reader understands it."""

import datetime as dt
import json
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from django.utils import translation

from tests import factories
from tests.personas import Town
from tests.vacancies.feeds.conftest import laid_out
from visavis.catalog.enums import EducationLevel
from visavis.vacancies import publishing
from visavis.vacancies.feeds.catalogued import places
from visavis.vacancies.feeds.records import job_posting
from visavis.vacancies.models import LanguageAsked, SkillAsked, Vacancy
from visavis.vacancies.words.contact import without_contact

URL = "https://example.org/jobs/1/"
NOW = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)


@pytest.fixture
def vacancy(town: Town) -> Vacancy:
    """A vacancy with every field that is published."""
    Vacancy.objects.filter(pk=town.vacancy.pk).update(
        title="Boulanger de nuit",
        description="Vous pétrissez <la pâte> & cuisez.\n\nContactez Mme Claire Petit au 04 75 00 00 00.",
        contract="fixed_term", hours_min=35, hours_max=35, starts_on=dt.date(2026, 12, 7),
        pay_min_hour=Decimal("13.19"), pay_max_hour=Decimal("14.51"),
        pay_said={"low": "2000", "high": "2200", "period": "month"},
        licences=["B"], licences_wished=["caces_3"], experience_months=24, experience_is_required=True,
        education_level=3, education_is_required=True, positions=2,
        published_at=dt.datetime(2026, 11, 20, 8, tzinfo=dt.UTC), closes_on=dt.date(2026, 12, 20),
        conditions=["night"], is_open_to_disability=True,
    )  # fmt: skip
    employer = town.vacancy.employer
    employer.siret, employer.about = "12345678901234", "Une équipe de six. rh@fournil.example"
    employer.save()
    SkillAsked.objects.create(vacancy=town.vacancy, skill=factories.SkillFactory(), is_essential=True)
    LanguageAsked.objects.create(vacancy=town.vacancy, language="en")
    return Vacancy.objects.with_posting().get(pk=town.vacancy.pk)


def posted(vacancy: Vacancy) -> publishing.Posting:
    with translation.override("fr"):
        return publishing.job_posting(vacancy, url=URL)


def read_back(posting: publishing.Posting) -> Any:
    return laid_out(job_posting.read_record(posting, places=places(), now=NOW).vacancy)


def test_a_posting_has_the_fields_that_search_engines_ask_for(vacancy: Vacancy) -> None:
    posting = posted(vacancy)
    assert (posting["@type"], posting["title"], posting["url"]) == ("JobPosting", "Boulanger de nuit", URL)
    assert posting["datePosted"] == "2026-11-20T08:00:00+00:00"
    assert posting["validThrough"] == "2026-12-20T23:59:59+01:00"
    assert posting["hiringOrganization"]["name"] == vacancy.employer.name
    assert posting["jobLocation"]["address"]["addressLocality"] == "Valence"
    assert posting["employmentType"][:2] == ["FULL_TIME", "TEMPORARY"]
    assert posting["baseSalary"]["value"] == {
        "@type": "QuantitativeValue", "unitText": "MONTH", "minValue": 2000.0, "maxValue": 2200.0
    }  # fmt: skip
    assert posting["identifier"]["value"] == str(vacancy.pk)
    assert (posting["totalJobOpenings"], posting["directApply"]) == (2, False)


def test_our_own_reader_finds_the_same_vacancy_in_it(vacancy: Vacancy) -> None:
    again = json.loads(json.dumps(posted(vacancy)))
    read = read_back(again)
    assert (read.title, read.contract, read.positions) == (vacancy.title, vacancy.contract, 2)
    assert (read.place.commune, read.place.latitude) == (vacancy.commune_id, vacancy.latitude)
    assert (read.hours_min, read.hours_max, read.conditions) == (35, 35, ["night"])
    assert (read.pay_min_hour, read.pay_max_hour) == (13.19, 14.51)
    assert (read.experience_months, read.experience_is_required) == (24, True)
    assert (read.education_level, read.education_is_required) == (3, True)
    assert (read.licences, read.licences_wished) == (["B"], ["caces_3"])
    assert (read.starts_on, read.closes_on) == (vacancy.starts_on, vacancy.closes_on)
    assert (read.rome_code, read.published_at) == (vacancy.occupation_id, vacancy.published_at)
    assert (read.employer.name, read.employer.siret) == (vacancy.employer.name, vacancy.employer.siret)
    assert "Pétrir la pâte" in [skill.words for skill in read.skills]
    assert "<la pâte> & cuisez" in read.description


def test_every_contract_level_of_education_and_experience_is_read_back(vacancy: Vacancy) -> None:
    for contract in sorted(publishing.KINDS):
        vacancy.contract = contract
        assert read_back(posted(vacancy)).contract == contract
    for level, is_required in product(EducationLevel.values, (True, False)):
        vacancy.education_level, vacancy.education_is_required = level, is_required
        read = read_back(posted(vacancy))
        assert read.education_level == level
        assert read.education_is_required == (is_required and level > 0)
    vacancy.experience_is_required = False
    read = read_back(posted(vacancy))
    assert (read.experience_months, read.experience_is_required) == (24, False)


def test_work_from_home_and_yearly_hours_are_published_and_no_name_to_call(vacancy: Vacancy) -> None:
    vacancy.is_remote = True
    vacancy.own_vehicle, vacancy.is_on_call, vacancy.is_annualised = "required", True, True
    posting = posted(vacancy)
    assert posting["jobLocationType"] == "TELECOMMUTE"
    assert posting["applicantLocationRequirements"] == {"@type": "Country", "name": "France"}
    assert read_back(posting).is_remote
    assert "Véhicule personnel" in posting["qualifications"]
    assert "comptées sur l’année" in posting["workHours"] and "Astreintes" in posting["workHours"]
    text = json.dumps(posted(vacancy), ensure_ascii=False)
    assert not [word for word in ("Claire", "Petit", "04 75", "rh@", "fournil.example") if word in text]
    vacancy.title = "</script><script>alert(1)</script>&\u2028"
    script = publishing.as_script(posted(vacancy))
    assert not [sign for sign in "<>&\u2028" if sign in script]
    assert json.loads(script)["title"] == vacancy.title


def test_a_bare_vacancy_is_a_posting_and_a_text_loses_whom_to_call_and_nothing_else(town: Town) -> None:
    bare = Vacancy(pk=7, title="Serveuse", place_text="Ailleurs")
    posting = posted(bare)
    assert posting["jobLocation"]["address"]["addressLocality"] == "Ailleurs"
    assert not {"baseSalary", "hiringOrganization", "validThrough", "employmentType"} & set(posting)
    for typed, kept in [
        ("Appelez le 0475000000", "Appelez le (…)"),
        ("Tél. +33 6 12 34 56 78", "Tél. (…)"),
        ("jean.dupont (at) fournil.fr", "(…)"),
        ("Contacter Jean Dupont.", "Contacter (…)."),
        ("Madame, Monsieur, de 8 h à 12 h", "Madame, Monsieur, de 8 h à 12 h"),
        ("Salaire 2 000 à 2 200 euros, 35 heures", "Salaire 2 000 à 2 200 euros, 35 heures"),
        ("Contact avec le public", "Contact avec le public"),
    ]:
        assert without_contact(typed) == kept
