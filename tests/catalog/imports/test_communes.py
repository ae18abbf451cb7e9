"""Postcodes and coordinates, from La Poste's official file and others."""

from pathlib import Path

import pytest

from tests.factories import CommuneFactory, DepartmentFactory
from visavis.catalog.imports.communes import import_communes
from visavis.catalog.imports.tables import Unreadable
from visavis.catalog.models import Commune, Postcode

pytestmark = pytest.mark.django_db
OLD = "#Code_commune_INSEE;Nom_de_la_commune;Code_postal;Libellé_d_acheminement;Ligne_5;coordonnees_gps\r\n"
NEW = "code_commune_insee,nom_de_la_commune,code_postal,libelle_d_acheminement,ligne_5,_geopoint\n"


@pytest.fixture
def valence() -> Commune:
    return CommuneFactory(latitude=44.9, longitude=4.9, precision_km=5)


def file(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "base-officielle-codes-postaux.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.database
def test_every_years_columns_are_read_and_read_again(valence: Commune, tmp_path: Path) -> None:
    untouched = Commune.objects.filter(pk=valence.pk)
    for text, encoding in (
        (OLD + "26362;VALENCE;26000;VALENCE;;44.9256,4.9093\r\n", "iso8859-15"),
        (OLD + "26362;VALENCE;26000;VALENCE;;44.9256, 4.9093\r\n", "utf-8-sig"),
        (NEW + '26362,VALENCE,26000,VALENCE,,"44.9256,4.9093"\n', "utf-8"),
    ):
        untouched.update(latitude=44.9, longitude=4.9, precision_km=5)
        path = file(tmp_path, text, encoding)
        import_communes(path)
        valence.refresh_from_db()
        assert (valence.latitude, valence.longitude, valence.precision_km) == (44.9256, 4.9093, 0)
        assert valence.name == "Valence"
        assert list(valence.postcodes.values_list("code", flat=True)) == ["26000"]
    before = list(Commune.objects.values()), list(Postcode.objects.values())
    assert not import_communes(path).has_changed
    assert (list(Commune.objects.values()), list(Postcode.objects.values())) == before


def test_what_cannot_be_read_is_reported_with_its_line_or_refused(valence: Commune, tmp_path: Path) -> None:
    rows = "99999;NULLE PART;26000;X;;\r\n26362;VALENCE;2600A;X;;\r\n26362;VALENCE;26000;X;;north\r\n26362;VALENCE\r\n"
    report = import_communes(file(tmp_path, OLD + rows))
    assert [problem.line for problem in report.problems] == [2, 3, 4, 5]
    assert Commune.objects.count() == 1
    valence.refresh_from_db()
    assert valence.latitude == 44.9
    with pytest.raises(Unreadable, match="nowhere"):
        import_communes(tmp_path / "nowhere.csv")
    with pytest.raises(Unreadable, match="Code_postal"):
        import_communes(file(tmp_path, "code_commune_insee;nom_commune\n26362;VALENCE\n"))


def test_postcodes_are_added_and_communes_but_not_those_of_yesterday(
    tmp_path: Path, valence: Commune
) -> None:
    DepartmentFactory(code="01", name="Ain")
    rows = (
        "code,name,type,department,region,population,postcodes,latitude,longitude\n"
        "01001,L'Abergement-Clémenciat,commune-actuelle,01,84,860,01400 01401,46.15343,4.92611\n"
        "01015,Arbignieu,commune-deleguee,01,84,500,01300,45.7,5.6\n"
    )
    import_communes(file(tmp_path, rows))
    one = Commune.objects.exclude(pk=valence.pk).get()
    assert (one.folded, one.population, one.postcodes.count()) == ("l abergement clemenciat", 860, 2)
    Postcode.objects.create(code="26903", commune=valence)
    rows = "26362;VALENCE;26000;VALENCE;;\r\n26362;VALENCE;26000;VALENCE;LIEU;\r\n"
    import_communes(file(tmp_path, OLD + rows))
    import_communes(file(tmp_path, NEW + "26362,AMBERIEU,1500,AMBERIEU,,\n"))
    assert set(valence.postcodes.values_list("code", flat=True)) == {"26000", "26903", "01500"}
