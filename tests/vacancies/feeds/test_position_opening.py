"""HR-Open and EURES PositionOpenings, whole, cut and hostile."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from tests.vacancies.feeds.conftest import NOW, Write, laid_out
from visavis.catalog.pointing import Pointer
from visavis.vacancies.feeds.formats import FORMATS
from visavis.vacancies.feeds.records import position_opening
from visavis.vacancies.feeds.records.vacancy import Read
from visavis.vacancies.feeds.splitting import files
from visavis.vacancies.feeds.splitting.files import Broken, FileRefused
from visavis.vacancies.feeds.splitting.position_opening_files import open_openings

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
OPENING = """<hr:PositionOpening xmlns:hr="http://www.hr-xml.org/3" xmlns:oa="http://www.openapplications.org/oagis/9"
 validFrom="2026-11-05" majorVersionID="3">
 <hr:DocumentID schemeID="X">P-1</hr:DocumentID>
 <hr:PositionOpeningStatusCode name="Active">Active</hr:PositionOpeningStatusCode>
 <hr:PositionProfile languageCode="fr">
  <hr:PostingInstruction><hr:ApplicationMethod>
   <hr:Instructions>&lt;a href="https://jobs.example/p-1"&gt;Postuler&lt;/a&gt;</hr:Instructions>
  </hr:ApplicationMethod></hr:PostingInstruction>
  <hr:PositionTitle>Boulanger</hr:PositionTitle>
  <hr:PositionLocation><hr:Address>
   <oa:CityName>VALENCE</oa:CityName><hr:CountryCode>FR</hr:CountryCode><oa:PostalCode>26000</oa:PostalCode>
  </hr:Address></hr:PositionLocation>
  <hr:PositionOrganization><hr:OrganizationIdentifiers>
   <hr:OrganizationName>AU BON PAIN</hr:OrganizationName><hr:OrganizationLegalID>12345678900012</hr:OrganizationLegalID>
  </hr:OrganizationIdentifiers><hr:IndustryCode>10.71C</hr:IndustryCode></hr:PositionOrganization>
  <hr:PositionOpenQuantity>2</hr:PositionOpenQuantity>
  <hr:JobCategoryCode listName="ISCO2008">7512</hr:JobCategoryCode>
  <hr:JobCategoryCode>http://data.europa.eu/esco/occupation/abc-1</hr:JobCategoryCode>
  <hr:PositionOfferingTypeCode>Temporary</hr:PositionOfferingTypeCode>
  <hr:PositionQualifications>
   <hr:PositionCompetency><hr:CompetencyID schemeID="ISO-639-1-Languages">en</hr:CompetencyID>
    <hr:RequiredProficiencyLevel><hr:ScoreText>B2</hr:ScoreText></hr:RequiredProficiencyLevel></hr:PositionCompetency>
   <hr:PositionCompetency><hr:CompetencyID>http://data.europa.eu/esco/skill/def-2</hr:CompetencyID>
    <hr:TaxonomyID>other</hr:TaxonomyID></hr:PositionCompetency>
   <hr:LicenseTypeCode>B</hr:LicenseTypeCode>
   <hr:EducationRequirement><hr:EducationLevelCode listName="ISCED">3</hr:EducationLevelCode></hr:EducationRequirement>
   <hr:ExperienceSummary><hr:ExperienceCategory><hr:CategoryCode>7512</hr:CategoryCode>
    <hr:Measure unitCode="year">2</hr:Measure></hr:ExperienceCategory></hr:ExperienceSummary>
  </hr:PositionQualifications>
  <hr:PositionFormattedDescription><hr:Content><![CDATA[<p>Le p&eacute;trin</p><ul><li>Le four</li></ul>]]></hr:Content>
  </hr:PositionFormattedDescription>
  <hr:WorkingLanguageCode>FR</hr:WorkingLanguageCode>
  <hr:PositionPeriod><hr:StartDate><hr:FormattedDateTime>2027-01-04</hr:FormattedDateTime></hr:StartDate>
   <hr:EndDate><hr:FormattedDateTime>2027-07-04</hr:FormattedDateTime></hr:EndDate></hr:PositionPeriod>
  <hr:PositionScheduleTypeCode>FullTime</hr:PositionScheduleTypeCode>
  <hr:OfferedRemunerationPackage><hr:RemunerationRange>
   <hr:MinimumAmount currencyID="EUR">2000</hr:MinimumAmount><hr:MaximumAmount currencyID="EUR">2500</hr:MaximumAmount>
   <hr:RemunerationIntervalCode>Month</hr:RemunerationIntervalCode>
  </hr:RemunerationRange></hr:OfferedRemunerationPackage>
  <hr:ApplicationCloseDate>2026-12-31</hr:ApplicationCloseDate>
 </hr:PositionProfile>
</hr:PositionOpening>
"""
ABROAD = "<Address><CountryCode>NO</CountryCode></Address>"


def bare(key: str, more: str = "") -> str:
    return (
        f"<PositionOpening><DocumentID>{key}</DocumentID><PositionProfile><PositionTitle>Boulanger</PositionTitle>"
        f"{more}</PositionProfile></PositionOpening>\n"
    )


def read_all(path: Path, index: Pointer) -> list[Read]:
    return [
        FORMATS[position_opening.FORMAT].read(record, index, NOW)
        for _line, record in open_openings(path).numbered()
    ]


def test_every_field_of_a_full_opening_is_understood(write: Write, index: Pointer) -> None:
    (read,) = read_all(write(HEAD + OPENING, "feed.xml"), index)
    found = laid_out(read.vacancy)
    assert found.place and found.place.commune == "26362"
    assert (found.key, found.isco) == ("P-1", "7512")
    assert found.esco_uri == "http://data.europa.eu/esco/occupation/abc-1"
    assert (found.title, found.description) == ("Boulanger", "Le pétrin\n- Le four")
    employer = found.employer
    assert (employer.name, employer.siret, employer.naf) == ("AU BON PAIN", "12345678900012", "10.71C")
    assert (found.contract, found.contract_months) == ("fixed_term", 6)
    assert (found.hours_min, found.positions) == (35.0, 2)
    assert (found.pay_min_hour, found.pay_max_hour) == (13.19, 16.48)
    assert (found.licences, found.education_level, found.experience_months) == (["B"], 3, 24)
    assert found.languages == [("en", 4, True)]
    assert [skill.code for skill in found.skills] == ["esco:def-2"]
    assert (found.starts_on, found.closes_on) == (dt.date(2027, 1, 4), dt.date(2026, 12, 31))
    assert found.source_url == "https://jobs.example/p-1"
    assert {note.reason for note in read.notes} == {"place_from_postcode_and_name"}


def test_openings_are_known_in_any_namespace_and_when_they_are_over(write: Write, index: Pointer) -> None:
    for prefix in ("", "hr:", "ns2:"):
        declared = f"xmlns:{prefix[:-1]}=" if prefix else "xmlns="
        text = OPENING.replace("xmlns:hr=", declared).replace("hr:", prefix)
        (read,) = read_all(write(f"<all>{text}</all>", "feed.xml"), index)
        assert read.vacancy and read.vacancy.title == "Boulanger"
    (read,) = read_all(write(OPENING.replace(">Active<", ">Closed<"), "feed.xml"), index)
    assert read.is_closed and read.vacancy is None and read.key == "P-1"


def test_a_field_that_makes_no_sense_falls_back_and_says_so(write: Write, index: Pointer) -> None:
    for more, reason in [
        ("<PositionOfferingTypeCode>Other</PositionOfferingTypeCode>", "contract_unknown"),
        ("<PositionOpenQuantity>0</PositionOpenQuantity>", "positions_out_of_bounds"),
        ("<PositionScheduleTypeCode>PartTime</PositionScheduleTypeCode>", "part_time_without_hours"),
        ("<ApplicationCloseDate>2026-01-01</ApplicationCloseDate>", "closed_already"),
        ("<ApplicationCloseDate>hier</ApplicationCloseDate>", "date_out_of_bounds"),
        ("<JobCategoryCode>xyz</JobCategoryCode>", "occupation_code_unknown"),
        (f"<PositionLocation>{ABROAD}</PositionLocation>", "place_abroad"),
    ]:
        (read,) = read_all(write(bare("1", more), "feed.xml"), index)
        assert reason in {note.reason for note in read.notes}


def said_in(file: Any) -> list[str]:
    """Name the records of a file, or say why one cannot be read."""
    found = [record for _line, record in file.numbered()]
    return [one.reason if isinstance(one, Broken) else one.first("DocumentID") for one in found]


def test_a_cut_file_gives_what_was_read_and_says_at_which_line(write: Write) -> None:
    whole = "<all>\n" + "".join(bare(str(n)) for n in range(10)) + "</all>"
    for part in (0.4, 0.6, 0.9):
        cut = whole[: int(len(whole) * part)]
        file = open_openings(write(cut, "feed.xml"))
        found = [one for one in said_in(file) if one.isdigit()]
        assert found == [str(n) for n in range(cut.count("</PositionOpening>"))]
        assert 0 < len(found) < 10
        assert file.cut_at == len(found) + 2


def test_a_record_too_big_or_of_an_unknown_entity_is_left_out(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = open_openings(write(f"<x>{bare('1')}{bare('&who;')}</x>", "feed.xml"))
    assert said_in(file) == ["1"] and file.cut_at == 2
    monkeypatch.setattr(files, "MOST_RECORD_BYTES", 10_000)
    big = bare("big", "<Content>" + "x" * 200_000 + "</Content>")
    many = bare("many", "<a/>" * 6_000)
    file = open_openings(write(f"<x>{big}{many}{bare('3')}</x>", "feed.xml"))
    assert said_in(file) == ["record_too_big", "record_too_big", "3"]


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


def test_a_hostile_or_wrong_file_is_refused_in_one_sentence(write: Write, settings: Any) -> None:
    for content, words in [
        (f"{HEAD}{LAUGHS}<x>{bare('&b;')}</x>", "DTD"),
        (f"{HEAD}{OUTSIDE}<x>{bare('&a;')}</x>", "DTD"),
        (f'{HEAD}<!DOCTYPE x SYSTEM "http://example.org/x.dtd"><x>{bare("1")}</x>', "DTD"),
        (f"<x>{'<a>' * 10_000}", "without end"),
        ("<x><y/></x>", "no PositionOpening"),
        ("hello", "not XML"),
        (f"{HEAD}<x><t>é</t>{bare('1')}</x>".encode("latin-1"), "UTF-8"),
        (b"", "empty"),
    ]:
        settings.LANGUAGE_CODE = "en"
        with pytest.raises(FileRefused) as refusal:
            open_openings(write(content, "feed.xml"))
        assert words in str(refusal.value) and "feed.xml" in str(refusal.value)
