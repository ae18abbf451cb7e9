"""What the project ships, in the database."""

from pathlib import Path

import pytest
from django.core.management import call_command

from visavis.catalog import starter
from visavis.catalog.imports.rome import import_rome
from visavis.catalog.imports.shipped import import_starter
from visavis.catalog.models import (
    Commune,
    Domain,
    Interest,
    Occupation,
    OccupationSkill,
    Postcode,
    Skill,
    Title,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogue(shipped_catalogue: None) -> starter.StarterCatalogue:
    return starter.load()


@pytest.mark.database
def test_every_row_is_there_and_a_second_run_changes_nothing(
    catalogue: starter.StarterCatalogue, capsys: pytest.CaptureFixture[str]
) -> None:
    assert Domain.objects.count() == 14
    assert Occupation.objects.count() == len(catalogue.occupations)
    assert Title.objects.count() == len(catalogue.named)
    assert Skill.objects.count() == len(catalogue.skills)
    assert OccupationSkill.objects.count() == len(catalogue.occupation_skills)
    assert Commune.objects.count() == len(starter.places())
    town = Commune.objects.select_related("department__region").get(pk="42218")
    assert (town.folded, town.department.name) == ("saint etienne", "Loire")
    assert town.department.region.code == "84" and Postcode.objects.filter(commune=town).exists()
    assert Commune.objects.get(pk="75112").parent_id == "75056"
    principal = Title.objects.filter(is_principal=True).values_list("occupation_id", "language")
    assert len(principal) == len(set(principal)) == 2 * len(catalogue.occupations)
    assert set(Interest.objects.values_list("kind", flat=True)) == set(Interest.Kind.values)
    Commune.objects.filter(pk="01001").update(latitude=46.15343, longitude=4.92611, precision_km=0)
    before = list(Title.objects.order_by("pk").values())
    call_command("import_starter")
    lines = [line.split() for line in capsys.readouterr().out.splitlines() if line.strip()]
    said = {name: rest for name, *rest in lines}
    assert said["communes"] == ["0", "0", str(len(starter.places())), "0"]
    assert said["titles"] == ["0", "0", str(len(before)), "0"]
    assert list(Title.objects.order_by("pk").values()) == before
    assert Commune.objects.get(pk="01001").latitude == 46.15343


def test_the_starter_over_the_rome_leaves_official_words(
    catalogue: starter.StarterCatalogue, rome_v3: Path
) -> None:
    # What jobs are called besides stands in until the ROME says it.
    said = Title.objects.filter(label="Ouvrier vigneron / Ouvrière vigneronne", is_current=True)
    assert [title.occupation_id for title in said] == ["A1401"]
    import_rome(rome_v3)
    assert not said.all().exists()
    import_starter()
    baker = Occupation.objects.get(pk="D1102")
    assert (baker.label_fr, baker.source) == ("Boulangerie - viennoiserie", "rome")
    assert baker.label_en == catalogue.occupation["D1102"].label_en
    same = Title.objects.filter(occupation=baker, label="Boulanger / Boulangère", is_current=True)
    assert [title.source for title in same] == ["rome"]
    assert not import_starter().has_changed and not said.all().exists()
