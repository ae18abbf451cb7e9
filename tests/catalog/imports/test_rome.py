"""The ROME, v3 and 4.0, from files in the official format, and the commands that import."""

import csv
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.catalog.conftest import write
from tests.factories import OccupationFactory, TitleFactory
from visavis.catalog.imports.report import ImportReport
from visavis.catalog.imports.rome import import_rome
from visavis.catalog.imports.tables import Unreadable
from visavis.catalog.models import (
    Edition,
    Interest,
    Mobility,
    Occupation,
    OccupationInterest,
    OccupationSkill,
    Skill,
    Title,
)

pytestmark = pytest.mark.django_db
TABLES = (Occupation, Title, Skill, OccupationSkill, Mobility, Interest, OccupationInterest, Edition)


def everything() -> list[list[dict[str, object]]]:
    return [list(table._default_manager.order_by("pk").values()) for table in TABLES]


def total(report: ImportReport, what: str) -> int:
    return sum(getattr(counts, what) for counts in report.counts.values())


@pytest.mark.database
def test_v3_brings_labels_texts_interests_and_ways(rome_v3: Path) -> None:
    import_rome(rome_v3)
    baker = Occupation.objects.get(pk="D1102")
    assert (baker.label_fr, baker.domain.code, baker.source) == ("Boulangerie - viennoiserie", "D", "rome")
    assert baker.definition_fr == "Prépare du pain selon les règles d'hygiène.\nPeut vendre."
    assert (baker.riasec_major, baker.riasec_minor) == ("R", "E")
    assert Title.objects.get(code="17001").label == "Chef d'équipe pâtissier / Cheffe d'équipe pâtissière"
    ways = set(Mobility.objects.values_list("origin_id", "target_id", "kind"))
    assert ways == {("D1102", "D1104", "evolution"), ("D1104", "D1102", "near")}
    # Essential is what the block of the sheet says.
    links = OccupationSkill.objects.values_list("occupation_id", "skill_id", "is_essential")
    assert set(links) == {("D1102", "100001", True), ("D1102", "100002", False), ("D1104", "100002", True)}
    changes_nothing_again(rome_v3)


@pytest.mark.database
def test_v4_brings_more_precise_occupations_principal_titles_and_interests(rome_v4: Path) -> None:
    import_rome(rome_v4)
    assert Occupation.objects.get(pk="D1108").parent_id == "D1102"
    assert Occupation.objects.get(pk="D1102").parent is None
    principal = Title.objects.filter(is_principal=True).values_list("code", flat=True)
    assert set(principal) == {"11573", "400001"}
    assert Occupation.objects.get(pk="D1102").definition_fr == "Prépare et cuit le pain."
    link = OccupationInterest.objects.get()
    assert (link.occupation_id, link.interest.label_fr) == ("D1102", "J'aime travailler de mes mains")
    # Essential is the heart of the occupation.
    essential = {"300001": True, "300002": False, "500001": False}
    assert dict(OccupationSkill.objects.values_list("skill_id", "is_essential")) == essential
    assert Skill.objects.get(pk="500001").kind == Skill.Kind.KNOWLEDGE
    changes_nothing_again(rome_v4)


def changes_nothing_again(folder: Path) -> None:
    before = everything()
    report = import_rome(folder)
    assert total(report, "created") == total(report, "changed") == total(report, "gone") == 0
    assert total(report, "unchanged") > 10
    assert everything() == before


def test_v4_over_v3_retires_what_disappeared_and_a_missing_file_is_told(rome_v3: Path, rome_v4: Path) -> None:
    import_rome(rome_v3)
    import_rome(rome_v4)
    assert Occupation.objects.get(pk="D1102").label_fr == "Boulanger / Boulangère"
    assert not Title.objects.get(code="17001").is_current
    assert Title.objects.get(code="11573").is_current
    # What 4.0 does not say of an occupation stays as v3 said it.
    assert Occupation.objects.get(pk="D1102").riasec_major == "R"
    before = everything()
    for table in ("referentiel_appellation", "referentiel_code_rome"):
        (rome_v3 / f"unix_{table}_v399_utf8.csv").unlink()
        with pytest.raises(Unreadable, match=table):
            import_rome(rome_v3)
    assert everything() == before


def test_the_newest_version_is_read_with_what_only_the_tree_names(rome_v3: Path) -> None:
    newer = rome_v3 / "unix_referentiel_code_rome_riasec_v400_utf8.csv"
    write(newer, "code_rome|riasec_majeur|riasec_mineur", "D1102|A|S")
    file = rome_v3 / "unix_referentiel_appellation_v399_utf8.csv"
    titles = (
        file.read_text(encoding="utf-8") + '"39023","Animateur / Animatrice 3D","Animateur","L1510","1"\n'
    )
    file.write_bytes(titles.encode("iso8859-15"))
    write(
        rome_v3 / "unix_item_arborescence_v327_utf8.csv",
        "code_ogr|code_type_referentiel|code_pere|code_noeud|libelle_item_arbo",
        "1|6|L15|L1510|Films d''animation et effets spéciaux",
        "2|6|Racine AP|L|Spectacle vivant",
    )
    import_rome(rome_v3)
    assert Occupation.objects.get(pk="D1102").riasec_major == "A"
    assert Title.objects.get(code="11573").label == "Boulanger / Boulangère"
    found = Title.objects.get(code="39023").occupation
    assert found.label_fr == "Films d'animation et effets spéciaux"
    assert found.domain.label_fr == "Spectacle vivant"


def test_official_labels_win_and_the_starters_english_stays(rome_v3: Path) -> None:
    starter = {"label_fr": "Boulanger", "label_en": "Baker", "definition_en": "Bakes bread."}
    baker = OccupationFactory(code="D1102", **starter)
    TitleFactory(code="starter:1", occupation=baker, label="Boulanger / Boulangère")
    mine = TitleFactory(code="starter:2", occupation=baker, label="Mitron / Mitronne")
    label = "Chef d’équipe pâtissier / Cheffe d’équipe pâtissière"
    TitleFactory(code="starter:3", occupation=baker, label=label)
    import_rome(rome_v3)
    baker.refresh_from_db()
    assert (baker.label_fr, baker.label_en) == ("Boulangerie - viennoiserie", "Baker")
    assert baker.definition_en == "Bakes bread."
    current = baker.titles.filter(is_current=True).values_list("code", flat=True)
    assert set(current) == {"11573", "10868", mine.code}
    # An official title leaves the occupation where the starter put it.
    current = Title.objects.filter(label__startswith="Chef d", is_current=True)
    assert [title.occupation_id for title in current] == ["D1104"]


def test_broken_rows_are_reported_with_their_lines_and_stop_nothing(rome_v3: Path) -> None:
    """A row cut off, an impossible code, a link to a skill that nobody names, a file without its columns."""
    file = rome_v3 / "unix_referentiel_appellation_v399_utf8.csv"
    lines = file.read_text().splitlines()
    lines[2] = '"10868","Aide-boulanger'
    file.write_text("\n".join(lines))
    with (rome_v3 / "unix_referentiel_code_rome_v399_utf8.csv").open("a") as opened:
        opened.write('"boulanger","1","1","Boulanger","1"\n')
    with (rome_v3 / "unix_coherence_item_v399_utf8.csv").open("a") as opened:
        opened.write('"D1102","999999"\n')
    (rome_v3 / "unix_texte_v399_utf8.csv").write_text("a,b\n1,2\n")
    report = import_rome(rome_v3)
    assert set(Title.objects.values_list("code", flat=True)) == {"11573", "17001"}
    assert Occupation.objects.count() == 2
    told = {(one.file.removeprefix("unix_"), one.line, one.detail) for one in report.problems}
    assert {(name, line) for name, line, _detail in told} >= {
        ("referentiel_appellation_v399_utf8.csv", 3),
        ("texte_v399_utf8.csv", None),
    }
    assert ("referentiel_code_rome_v399_utf8.csv", 4, "boulanger") in told
    assert ("coherence_item_v399_utf8.csv", 5, "999999") in told


def test_a_file_cut_short_retires_nothing_unless_told(rome_v3: Path) -> None:
    import_rome(rome_v3)
    file = rome_v3 / "unix_referentiel_appellation_v399_utf8.csv"
    content = file.read_bytes()
    # Cut in the middle of a row: that row, then a sentence about the whole file.
    file.write_bytes(content[: len(content) - 60])
    report = import_rome(rome_v3)
    assert Title.objects.filter(is_current=True).count() == 3
    assert [problem.line for problem in report.problems if problem.file == file.name] == [4, None]
    # Cut at the end of a row.
    file.write_text("\n".join(content.decode().splitlines()[:2]))
    import_rome(rome_v3)
    assert Title.objects.filter(is_current=True).count() == 3
    import_rome(rome_v3, shrink=True)
    assert Title.objects.filter(is_current=True).count() == 1
    assert Title.objects.count() == 3


def test_the_published_versions_come_in_whole(shared_data: Path) -> None:
    assert import_rome(shared_data / "rome_v3").has_changed
    listed = Occupation.objects.exclude(pk="L1510")
    assert (listed.count(), Title.objects.count()) == (531, 10_990)
    assert Title.objects.filter(label__contains="''").count() == 0
    assert Mobility.objects.count() > 4_000
    assert OccupationSkill.objects.filter(is_essential=True).count() > 6_000
    for table in (OccupationSkill, Mobility, OccupationInterest, Title, Occupation, Skill):
        table._default_manager.all().delete()
    report = import_rome(shared_data / "rome_v4")
    assert (Occupation.objects.count(), Title.objects.count()) == (1_584, 13_120)
    assert Occupation.objects.exclude(parent=None).count() == 1_052
    assert Title.objects.filter(is_principal=True).count() == 1_584
    assert not report.problems


def test_a_link_that_disappeared_is_taken_away_and_a_cut_file_of_skills_retires_no_skill(
    rome_v4: Path,
) -> None:
    import_rome(rome_v4)
    file = rome_v4 / "unix_coherence_item_v461_utf8.csv"
    file.write_text("\n".join(file.read_text().splitlines()[:-1]))
    report = import_rome(rome_v4)
    assert set(OccupationSkill.objects.values_list("skill_id", flat=True)) == {"300001", "300002"}
    assert report.of("skill_links").gone == 1
    assert Skill.objects.get(pk="500001").is_current
    file = rome_v4 / "unix_referentiel_savoir_v461_utf8.csv"
    file.write_bytes(file.read_bytes()[:-8])
    import_rome(rome_v4)
    assert Skill.objects.filter(is_current=True).count() == 3


def test_a_command_prints_a_summary_writes_its_report_and_names_what_is_missing(
    rome_v3: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (rome_v3 / "unix_coherence_item_v399_utf8.csv").open("a") as opened:
        opened.write('"D1102","999999"\n')
    call_command("import_rome", str(rome_v3), report=tmp_path / "report.csv")
    printed = capsys.readouterr().out
    assert "occupations" in printed and "unix_coherence_item_v399_utf8.csv:5" in printed
    with (tmp_path / "report.csv").open(encoding="utf-8") as opened:
        rows = list(csv.DictReader(opened))
    assert [(row["file"], row["line"], row["detail"]) for row in rows] == [
        ("unix_coherence_item_v399_utf8.csv", "5", "999999")
    ]
    for command in ["import_rome", "import_esco", "import_communes"]:
        with pytest.raises(CommandError, match="nowhere"):
            call_command(command, str(tmp_path / "nowhere"))
