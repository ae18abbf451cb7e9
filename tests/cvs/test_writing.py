"""CVs written: what is in each format, what never is, and what one without a name keeps of a diploma."""

import datetime as dt
import io
import json
from xml.etree import ElementTree as ET

import pikepdf
import pypdfium2
import pytest

from tests import factories
from tests.personas import Town
from visavis.cvs import writing
from visavis.cvs.writing import nameless
from visavis.jobseekers.models import (
    Experience,
    Jobseeker,
    Qualification,
    SkillHeld,
    SpokenLanguageHeld,
    WantedOccupation,
)

HOSTILE = r'#read("/etc/passwd") *bold* _under_ $x^2$ \\ @cite <label> #import "x" // `raw` ] } { [ %&'
WRITERS = {"pdf": writing.pdf, "json": writing.json_resume, "europass": writing.europass}
NS = {
    "e": "http://www.europass.eu/1.0",
    "hr": "http://www.hr-xml.org/3",
    "oa": "http://www.openapplications.org/oagis/9",
    "eures": "http://www.europass_eures.eu/1.0",
}


@pytest.fixture
def person(town: Town) -> Jobseeker:
    """Amélie, with an answer to everything a CV shows."""
    who = town.jobseeker
    who.user.name, who.user.phone = "Amélie Moreau-Zabulon", "+33612345678"
    who.user.save()
    who.licences, who.contracts, who.answered = ["B", "caces_3"], ["permanent", "fixed_term"], ["start"]
    who.radius_km, who.transport, who.lowest_pay_hour = 30, "car", 17
    who.avoided_conditions = ["night"]
    who.about = "Je suis Amélie et les nuits m’inquiètent."
    who.save()
    baker = factories.OccupationFactory()
    WantedOccupation.objects.create(jobseeker=who, position=1, typed="boulangère chez moi", occupation=baker)
    Experience.objects.create(
        jobseeker=who, title="Boulangère au Fournil Zabulon", occupation=baker, employer="Fournil Crozat",
        starts_on=dt.date(2019, 3, 1), ends_on=dt.date(2023, 11, 30), months=57,
    )  # fmt: skip
    Experience.objects.create(jobseeker=who, title="Bras droit de Crozat", is_current=True)
    Qualification.objects.create(
        jobseeker=who, name="CAP boulanger, lycée Mendelssohn de Tain", level=3, year=2007
    )
    SkillHeld.objects.create(jobseeker=who, skill=factories.SkillFactory(), level=4)
    SpokenLanguageHeld.objects.create(jobseeker=who, language="ar", level=4)
    return Jobseeker.objects.select_related("user", "commune__department").get(pk=who.pk)


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(document[number].get_textpage().get_text_range() for number in range(len(document)))
    finally:
        document.close()


def streams_of(pdf: bytes) -> bytes:
    """Return everything a PDF holds, uncompressed."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        held = io.BytesIO()
        opened.save(held, stream_decode_level=pikepdf.StreamDecodeLevel.all, compress_streams=False)
    return held.getvalue()


def everything(form: str, content: bytes) -> str:
    """Return all the words of a file: its bytes, and what is drawn."""
    if form != "pdf":
        return content.decode()
    return f"{content!r}{streams_of(content).decode('latin-1')}{text_of(content)}"


@pytest.mark.parametrize("form", WRITERS)
def test_a_cv_without_a_name_holds_nothing_that_says_who_it_is(person: Jobseeker, form: str) -> None:
    identity = (
        "Amélie", "Moreau", "Zabulon", "amelie@", "example.org", "612345678", "06 12", "Valence", "Crozat",
        "Fournil", "Bras droit", "chez moi", "Mendelssohn", "Tain", "2007", "inquiètent", "nuits",
    )  # fmt: skip
    for language in ("fr", "en"):
        found = everything(form, WRITERS[form](person, identity=False, language=language, own_words=True))
        assert [word for word in identity if word.lower() in found.lower()] == []
        assert "Drôme" in found


@pytest.mark.parametrize("form", WRITERS)
def test_a_cv_with_a_name_holds_who_it_is_and_nothing_promised(person: Jobseeker, form: str) -> None:
    named, nameless = (
        everything(form, WRITERS[form](person, identity=identity, language="fr"))
        for identity in (True, False)
    )
    for word in ("Moreau-Zabulon", "amelie@example.org", "Valence", "Fournil Crozat", "CAP boulanger"):
        assert word in named
    kept = ("inquiètent", "17,00", "17.00", "Travail de nuit")
    assert [word for word in kept if word in named + nameless] == []


def test_a_cv_has_the_words_and_the_language_asked_for_on_one_page_when_it_can(person: Jobseeker) -> None:
    french = writing.pdf(person, identity=True, language="fr", own_words=True)
    assert "inquiètent" in text_of(french) and "Expérience" in text_of(french)
    english = text_of(writing.pdf(person, identity=False, language="en"))
    assert "Experience" in english and "Baker" in english and "Knead dough" in english
    assert len(pypdfium2.PdfDocument(writing.pdf(person, identity=True, language="fr"))) == 1
    Experience.objects.bulk_create(
        Experience(jobseeker=person, title=f"Métier {n}", employer="Maison") for n in range(90)
    )
    drawn = text_of(writing.pdf(person, identity=True, language="fr"))
    assert "Métier 89" in drawn
    assert "Page 2 sur 3" in drawn


def test_what_is_typed_is_no_command_and_a_pdf_tells_nothing_of_itself(person: Jobseeker) -> None:
    for identity in (True, False):
        made = writing.pdf(person, identity=identity, language="en")
        with pikepdf.open(io.BytesIO(made)) as opened:
            assert opened.Root.MarkInfo.Marked
            assert str(opened.Root.Lang).startswith("en")
            assert b"pdfuaid" in opened.Root.Metadata.read_bytes()
            info = {key: str(value) for key, value in opened.docinfo.items()}
    assert not {"/Author", "/CreationDate", "/ModDate"} & set(info)
    assert "Amélie" not in str(info)
    Experience.objects.update(title=HOSTILE, employer=HOSTILE)
    person.user.name = HOSTILE[:100]
    drawn = text_of(writing.pdf(person, identity=True, language="fr")).replace("\r\n", " ")
    assert 'read("/etc/passwd") *bold* _under_ $x^2$' in drawn
    assert "root:" not in drawn


@pytest.mark.parametrize("form", WRITERS)
def test_any_sign_that_is_typed_makes_a_file(person: Jobseeker, form: str) -> None:
    for typed in (HOSTILE, "日本語 😀 مرحبا", "a\x00b\x07c\u202e", "x" * 250, "</p><script>"):
        jobs = [Experience(jobseeker=person, title=typed, employer=typed)]
        person._prefetched_objects_cache = {"experiences": Experience.objects.none()}
        person._prefetched_objects_cache["experiences"]._result_cache = jobs
        person.user.name = typed[:120]
        content = WRITERS[form](person, identity=True, language="fr", own_words=True)
        if form == "json":
            assert json.loads(content)["work"]
        elif form == "europass":
            assert ET.fromstring(content).find(".//e:PositionTitle", NS) is not None
        else:
            assert content.startswith(b"%PDF") and b"pdfuaid" in content


def test_json_resume_and_europass_have_the_fields_of_their_formats(person: Jobseeker) -> None:
    made = json.loads(writing.json_resume(person, identity=True, language="fr"))
    assert made["basics"]["name"] == "Amélie Moreau-Zabulon"
    assert made["basics"]["location"] == {"city": "Valence", "region": "Drôme", "countryCode": "FR"}
    held = {"startDate": "2019-03", "endDate": "2023-11"}
    assert held | {"name": "Fournil Crozat", "position": "Boulangère au Fournil Zabulon"} in made["work"]
    assert made["education"][0]["endDate"] == "2007"
    assert made["skills"] == [{"name": "Pétrir la pâte", "level": "Maîtrise"}]
    root = ET.fromstring(writing.europass(person, identity=True, language="fr"))
    assert root.findtext("e:CandidatePerson/e:PersonName/oa:GivenName", "", NS) == "Amélie"
    assert root.findtext(".//e:CountryDialing", "", NS) == "33"
    assert [one.text for one in root.iterfind(".//hr:LicenseTypeCode", NS)] == ["B"]
    assert root.findtext(".//eures:StartDate/hr:FormattedDateTime", "", NS) == "2019-03"
    assert root.findtext(".//e:CompetencyID", "", NS) == "ara"
    assert root.findtext(".//eures:Score/hr:ScoreText", "", NS) == "B2"
    shown = [one.text for one in root.iterfind(".//e:SectionsOrder/e:Section/e:Title", NS)]
    assert "work-experience" in shown


@pytest.mark.django_db
def test_a_level_without_a_diploma_or_an_empty_profile_makes_every_file(person: Jobseeker) -> None:
    Qualification.objects.all().delete()
    for form, write in WRITERS.items():
        person.education_level = 4
        assert "Baccalauréat" in everything(form, write(person, identity=False, language="fr"))
        person.education_level = 0
        assert "schooling" not in everything(form, write(person, identity=False, language="en"))
    who = Jobseeker(user=factories.UserFactory.build(name="Nina"))
    for write in WRITERS.values():
        assert write(who, identity=True, language="fr")
        assert write(who, identity=False, language="en")


MARKS = nameless.words("Amélie Moreau Valence")


def test_a_diploma_loses_its_school_and_its_place() -> None:
    for typed, kept in [
        ("CAP boulanger", "CAP boulanger"),
        ("CAP boulanger, lycée Mendelssohn", "CAP boulanger"),
        ("Bac pro commerce lycée Camille Vernet Valence", "Bac pro commerce"),
        ("Licence de lettres à Grenoble", "Licence de lettres"),
        ("Formation en secourisme (Croix-Rouge)", "Formation en secourisme"),
        ("Bac Valence", ""),
        ("Brevet d'Amélie Moreau", ""),
        ("écrire à moi@example.org", "écrire"),
        ("BTS 0612345678", ""),
    ]:
        assert nameless.diploma(typed, MARKS) == kept
