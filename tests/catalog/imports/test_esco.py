"""ESCO and its crosswalk to the ROME."""

import zipfile
from pathlib import Path

import pytest

from visavis.catalog import starter
from visavis.catalog.imports.esco import import_esco
from visavis.catalog.imports.rome import import_rome
from visavis.catalog.imports.tables import Unreadable
from visavis.catalog.models import Occupation, OccupationSkill, Skill, Title

pytestmark = pytest.mark.django_db
OCC = "http://data.europa.eu/esco/occupation/"
SKILL = "http://data.europa.eu/esco/skill/"
CROSSWALK = f"""Mapping project name,ESCO - ROME
Classification 1 Name,ESCO
Classification 2 Name,ROME

classification 1 ID,classification 1 prefered label,classification 2 ID,classification 2 prefered label,mapping relation
{OCC}baker,boulanger,11573,Boulanger,skos:exactMatch
{OCC}baker,boulanger,10868,Aide-boulanger,skos:closeMatch
{OCC}pastry,pâtissier,17001,Chef,skos:closeMatch
{OCC}baker,boulanger,17001,Chef,skos:broadMatch
{OCC}baker,boulanger,99999,Inconnu,skos:exactMatch
"""


@pytest.fixture
def esco(tmp_path: Path) -> Path:
    folder = tmp_path / "esco"
    folder.mkdir()
    (folder / "occupations_en.csv").write_text(
        "conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,description\n"
        f'Occupation,{OCC}baker,7512,baker,"bread baker\nbaker",Bakers make bread.\n'
        f"Occupation,{OCC}pastry,7512,pastry maker,,Pastry makers make cakes.\n"
    )
    (folder / "skills_fr.csv").write_text(
        "conceptType,conceptUri,skillType,reuseLevel,preferredLabel\n"
        f"K,{SKILL}knead,skill/competence,sector-specific,pétrir\nK,{SKILL}flour,knowledge,sector-specific,farines\n"
    )
    with zipfile.ZipFile(folder / "ESCO dataset - v1.1.1 - en.zip", "w") as archive:
        archive.writestr(
            "skills_en.csv",
            "conceptType,conceptUri,skillType,reuseLevel,preferredLabel\n"
            f"K,{SKILL}knead,skill/competence,sector-specific,knead\nK,{SKILL}new,knowledge,sector-specific,new one\n",
        )
        archive.writestr(
            "occupationSkillRelations.csv",
            "occupationUri,relationType,skillType,skillUri\n"
            f"{OCC}baker,essential,skill/competence,{SKILL}knead\n{OCC}baker,optional,knowledge,{SKILL}flour\n"
            f"{OCC}baker,optional,knowledge,{SKILL}nowhere\n",
        )
    return folder


@pytest.fixture
def crosswalk(tmp_path: Path) -> Path:
    file = tmp_path / "FR_20230607_mapping_esco_rome.csv"
    file.write_text(CROSSWALK)
    return file


@pytest.mark.database
def test_occupations_take_english_words_isco_and_skills_once(
    rome_v3: Path, esco: Path, crosswalk: Path
) -> None:
    own = starter.load().occupation["D1102"].label_en
    import_rome(rome_v3)
    report = import_esco(esco, crosswalk=crosswalk)
    pastry = Occupation.objects.get(pk="D1104")
    assert (pastry.isco, pastry.esco_uri) == ("7512", f"{OCC}pastry")
    assert pastry.definition_en.startswith("Pastry")
    english = Title.objects.filter(language="en").values_list("occupation_id", "label")
    assert set(english) == {("D1102", "Baker"), ("D1102", "Bread baker"), ("D1104", "Pastry maker")}
    # The starter's own English stays.
    assert Occupation.objects.get(pk="D1102").label_en == own != ""
    links = OccupationSkill.objects.filter(source="esco")
    linked = set(links.values_list("occupation_id", "skill_id", "is_essential"))
    assert linked == {("D1102", "esco:knead", True), ("D1102", "esco:flour", False)}
    told = {(one.file, one.line, one.detail) for one in report.problems}
    assert (crosswalk.name, 10, "99999") in told
    assert f"{SKILL}nowhere" in {detail for _file, _line, detail in told}
    tables = (Occupation, Title, Skill, OccupationSkill)
    before = [list(table._default_manager.order_by("pk").values()) for table in tables]
    assert not import_esco(esco, crosswalk=crosswalk).has_changed
    assert [list(table._default_manager.order_by("pk").values()) for table in tables] == before


def test_only_one_occupation_bears_the_name_of_an_esco_occupation(
    rome_v4: Path, esco: Path, crosswalk: Path
) -> None:
    with crosswalk.open("a") as opened:
        opened.write(f"{OCC}baker,boulanger,400001,Chef boulanger,skos:closeMatch\n")
    import_rome(rome_v4)
    import_esco(esco, crosswalk=crosswalk)
    head = Occupation.objects.get(pk="D1108")
    assert (head.label_en, head.definition_en) == ("", "")
    assert (head.isco, head.esco_uri) == ("7512", f"{OCC}baker")


def test_skills_come_in_both_languages_before_the_rome_too(esco: Path, crosswalk: Path) -> None:
    with pytest.raises(Unreadable, match=r"occupations_en\.csv"):
        import_esco(crosswalk.parent)
    (esco / "skills_en.csv").write_text(
        f"conceptType,conceptUri,skillType,preferredLabel\nK,{SKILL}knead,skill/competence,old words\n"
    )
    report = import_esco(esco, crosswalk=crosswalk)
    # A crosswalk before the ROME says what to do.
    assert any("ROME" in problem.reason for problem in report.problems) and not Title.objects.exists()
    labels = {skill.code: (skill.label_fr, skill.label_en, skill.kind) for skill in Skill.objects.all()}
    assert labels == {
        "esco:knead": ("Pétrir", "Knead", "know_how"),
        "esco:flour": ("Farines", "", "knowledge"),
        "esco:new": ("New one", "New one", "knowledge"),
    }


@pytest.mark.again
def test_the_published_files_come_in_whole(shared_data: Path) -> None:
    import_rome(shared_data / "rome_v3")
    crosswalk = next((shared_data / "rome_esco").glob("FR_*.csv"))
    import_esco(shared_data / "esco", crosswalk=crosswalk)
    assert Skill.objects.filter(source="esco").count() >= 13_485
    assert Occupation.objects.exclude(label_en="").count() > 480
    assert Occupation.objects.filter(isco="").count() < 10
    assert Title.objects.filter(language="en").count() > 15_000
    assert Title.objects.filter(label="Hairdresser", occupation_id="D1202").exists()
