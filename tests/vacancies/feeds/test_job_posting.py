"""schema.org JobPostings, in every shape that pages and files give them."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vacancies.feeds.conftest import JUNK, NOW, Write, laid_out
from visavis.catalog.pointing import Pointer
from visavis.vacancies.feeds.formats import FORMATS
from visavis.vacancies.feeds.records import job_posting
from visavis.vacancies.feeds.records.job_posting import read_record
from visavis.vacancies.feeds.records.vacancy import Kind
from visavis.vacancies.feeds.splitting.files import Broken, FileRefused
from visavis.vacancies.feeds.splitting.job_posting_files import open_postings

POSTING: dict[str, Any] = {
    "@context": "https://schema.org/",
    "@type": "JobPosting",
    "identifier": {"@type": "PropertyValue", "name": "Au Bon Pain", "value": "B-12"},
    "title": "Boulanger (H/F)",
    "description": "<p>Vous p&eacute;trissez la pâte.</p><ul><li>Le four</li><li>La vente</li></ul>",
    "datePosted": "2026-11-01",
    "validThrough": "2026-12-31T23:59",
    "employmentType": ["FULL_TIME", "CDI"],
    "hiringOrganization": {"@type": "Organization", "name": "Au Bon Pain", "taxID": "123 456 789 00012"},
    "jobLocation": {
        "@type": "Place",
        "address": {"@type": "PostalAddress", "streetAddress": "1 rue Neuve", "addressLocality": "Valence",
                    "postalCode": "26000", "addressCountry": {"@type": "Country", "name": "FR"}},
    },
    "baseSalary": {"@type": "MonetaryAmount", "currency": "EUR",
                   "value": {"@type": "QuantitativeValue", "minValue": 2000, "maxValue": 2500, "unitText": "MONTH"}},
    "educationRequirements": {"@type": "EducationalOccupationalCredential", "credentialCategory": "CAP boulanger"},
    "experienceRequirements": {"@type": "OccupationalExperienceRequirements", "monthsOfExperience": 24},
    "skills": "Pétrir la pâte, Cuire, Sens du contact",
    "qualifications": "Permis B exigé. CACES 3 serait un plus.",
    "occupationalCategory": "D1102 Boulanger",
    "totalJobOpenings": 2,
    "directApply": True,
    "jobStartDate": "2026-12-15",
    "url": "https://jobs.example/b-12",
}  # fmt: skip


def read(index: Pointer, **changes: Any) -> Any:
    return laid_out(read_record({**POSTING, **changes}, places=index, now=NOW).vacancy)


def reasons(index: Pointer, **changes: Any) -> set[str]:
    return {note.reason for note in read_record({**POSTING, **changes}, places=index, now=NOW).notes}


def titles(path: Path) -> list[str]:
    return [
        record.reason if isinstance(record, Broken) else record["title"]
        for _number, record in open_postings(path).numbered()
    ]


def page(*scripts: Any) -> str:
    inside = "".join(
        f'<script type="application/ld+json">{one if isinstance(one, str) else json.dumps(one)}</script>\n'
        for one in scripts
    )
    return f"<!doctype html><html><head><title>Offre</title>{inside}</head><body><p>Bonjour</p></body></html>"


def test_every_field_of_a_full_posting_is_understood(index: Pointer) -> None:
    found = read(index)
    assert (found.key, found.title, found.rome_code) == ("Au Bon Pain:B-12", "Boulanger (H/F)", "D1102")
    assert found.description.startswith("Vous pétrissez la pâte.\n- Le four\n- La vente")
    assert found.place and (found.place.commune, found.place.how) == ("26362", "postcode_and_name")
    assert (found.employer.name, found.employer.siret) == ("Au Bon Pain", "12345678900012")
    assert (found.contract, found.hours_min, found.hours_max) == ("permanent", 35.0, 35.0)
    assert (found.pay_min_hour, found.pay_max_hour, found.pay_text) == (13.19, 16.48, "2000 - 2500 EUR month")
    assert (found.education_level, found.education_is_required) == (3, True)
    assert (found.experience_months, found.experience_is_required) == (24, True)
    field = [skill.words for skill in found.skills if skill.start < 0]
    assert field == ["Pétrir la pâte", "Cuire", "Sens du contact"]
    assert (found.licences, found.licences_wished) == (["B"], ["caces_3"])
    assert (found.positions, found.source_url) == (2, "https://jobs.example/b-12")
    assert (found.starts_on, found.closes_on) == (dt.date(2026, 12, 15), dt.date(2026, 12, 31))
    assert found.published_at == dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
    assert reasons(index) == {"place_from_postcode_and_name"}


VALUE = {"@type": "QuantitativeValue"}


def test_a_salary_a_kind_of_employment_and_a_place_are_read_in_every_shape(index: Pointer) -> None:
    for salary, hourly in (
        ({**VALUE, "value": 13.5, "unitText": "HOUR"}, (13.5, 13.5)),
        ({**VALUE, "minValue": "91", "maxValue": "105", "unitText": "DAY"}, (13.0, 15.0)),
        ({**VALUE, "value": "490", "unitText": "WEEK"}, (14.0, 14.0)),
    ):
        found = read(index, baseSalary={"currency": "EUR", "value": salary})
        assert (found.pay_min_hour, found.pay_max_hour) == hourly
    for kinds, hours in (("FULL_TIME", 35.0), (["PART_TIME"], None)):
        found = read(index, employmentType=kinds)
        assert (found.contract, found.hours_min) == ("", hours)
    address = {"addressLocality": "Annonay", "postalCode": "07100"}
    for where in (
        [{"address": address}, {"address": {"addressLocality": "Valence"}}],
        {"address": {**address, "addressCountry": "France"}},
    ):
        place = read(index, jobLocation=where).place
        assert place and (place.commune, place.how) == ("07010", "postcode_and_name")


def test_a_posting_is_known_again_by_its_number_and_work_far_abroad_is_refused(index: Pointer) -> None:
    assert read(index, identifier="ABC").key == "ABC"
    assert read(index, identifier=[{"value": 17}]).key == "17"
    bare = {"identifier": None, "url": None}
    first, later = read(index, **bare), read(index, **bare, description="Autre texte")
    assert first.key == later.key and first.key.startswith("made-")
    assert read(index, **bare, title="Vendeur").key != first.key
    abroad = {"address": {"addressLocality": "Oslo", "addressCountry": "NO"}}
    refused = read_record({**POSTING, "jobLocation": abroad}, places=index, now=NOW)
    assert refused.vacancy is None and refused.notes[-1].reason == "place_abroad"
    found = read(index, jobLocation=abroad, jobLocationType="TELECOMMUTE")
    assert found.is_remote and found.conditions == ["remote"] and found.place


def test_postings_are_found_wherever_they_stand_in_a_page_whole_or_cut(write: Write) -> None:
    other = {**POSTING, "title": "B"}
    assert titles(write(page(POSTING), "page.html")) == ["Boulanger (H/F)"]
    within = page({"@type": "WebSite"}, [POSTING, other])
    assert titles(write(within, "page.html")) == ["Boulanger (H/F)", "B"]
    text = page(json.dumps({**POSTING, "title": "Électricien"}, ensure_ascii=False))
    assert titles(write(text.encode("cp1252"), "page.html")) == ["Électricien"]
    whole = page(POSTING, other)
    cut = write(whole[: whole.rindex("</script>") - 5], "page.html")
    assert titles(cut) == ["Boulanger (H/F)"]
    file = open_postings(cut)
    list(file.numbered())
    assert file.cut_at == 2
    with pytest.raises(FileRefused):
        open_postings(write("<html><body>Rien ici</body></html>", "page.html"))


def test_a_posting_finds_its_employer_elsewhere_in_the_graph(write: Write, index: Pointer) -> None:
    graph = [
        {"@id": "#e", "@type": "Organization", "name": "Fournil"},
        {**POSTING, "hiringOrganization": {"@id": "#e"}},
    ]
    for content in (json.dumps({"@graph": graph}), page({"@graph": graph})):
        ((_line, record),) = open_postings(write(content, "g.json")).numbered()
        found = FORMATS[job_posting.FORMAT].read(record, index, NOW).vacancy
        assert found and found.employer.name == "Fournil"


@settings(max_examples=200)
@given(changes=st.dictionaries(st.sampled_from(sorted(POSTING)), JUNK, max_size=5))
def test_no_posting_however_twisted_stops_the_reading(changes: dict[str, Any], index: Pointer) -> None:
    found = read_record({**POSTING, **changes}, places=index, now=NOW)
    assert found.vacancy is not None or found.notes[-1].kind == Kind.REFUSED
    if found.vacancy:
        said = laid_out(found.vacancy)
        assert said.title and said.place and said.positions >= 1
        assert "\x00" not in found.vacancy.description and found.vacancy.key
