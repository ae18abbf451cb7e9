"""Which occupations an ad is: by its code, its title, and both; several where it is several jobs."""

import pytest

from visavis.catalog.models import Occupation, Title
from visavis.vacancies import occupations
from visavis.vacancies.occupations import Said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped_catalogue")]


def found(*ads: Said) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(one.occupation.pk, one.how, one.others) for one in occupations.by_codes(ads) if one]


def test_an_ad_of_two_jobs_is_both_whichever_its_code_where_one_of_them_is_like_it():
    title = "Secrétaire / standardiste (H/F)"
    assert found(Said("M1607", "Secrétariat", title), Said("M1601", "Accueil et renseignements", title)) == [
        ("M1607", "given", ("M1601",)),
        ("M1601", "given", ("M1607",)),
    ]
    assert found(Said("N1103", "Magasinage", "Agent de quai (H/F)")) == [("N1103", "given", ("N1105",))]
    assert found(Said("F1703", "Maçonnerie", "Secrétaire / standardiste"))[0][2] == ()
    [one] = occupations.by_titles([("Secrétaire / standardiste",)])
    assert one and {one.occupation.pk, *one.others} == {"M1607", "M1601"}


def test_what_stands_behind_the_title_does_not_hide_the_job():
    ad = Said("K1302", "Assistance auprès d'adultes", "Comptable - Résidence Les Lilas (dès lundi)")
    assert found(ad) == [("M1203", "title", ())]
    for title in (
        "Ouvrier vigneron en CDI à Mauves h/f",
        "OUVRIER DE LA VIGNE (H/F)",
        "Ouvrière vigneronne à Tournon",
    ):
        ad = Said("A1418", "Viticulteur / Viticultrice", title, "Ouvrier / Ouvrière en viticulture")
        assert found(ad) == [("A1401", "title", ())]
    # A code that the title half says stays beside what it plainly says.
    ad = Said("F1607", "Pose de fermetures menuisées", "Menuisier / Menuisière en atelier (H/F)")
    assert found(ad) == [("H2206", "title", ("F1607",))]


def test_a_title_may_name_an_occupation_that_another_ad_brings_and_those_near_it() -> None:
    coded = Said("M1608", "Secrétaire comptable", "Secrétaire comptable", "Secrétaire comptable")
    miscoded = Said("M1604", "Assistanat de direction", "Secrétaire comptable", "Secrétaire de direction")
    for ads in ((coded, miscoded), (miscoded, coded)):
        Occupation.objects.filter(source=occupations.FEED).delete()
        assert {(code, others) for code, _how, others in found(*ads)} == {("M1608", ("M1607", "M1203"))}
    found(Said("K1902", "Collaboration juridique", "Clerc", "Assistant / Assistante de cabinet juridique"))
    labels = Title.objects.filter(occupation="K1902").values_list("label", flat=True)
    assert "Assistant / Assistante de cabinet juridique" in labels
    assert found(Said("K1902", "Collaboration juridique", "Assistant juridique"))[0][0] == "K1902"
    found(Said("H2504", "Chef / Cheffe d'équipe en industrie", "Chef d'équipe", "Contremaître en industrie"))
    near = set(Occupation.objects.get(pk="H2504").ways_out.values_list("target", flat=True))
    assert "K2204" not in near
    found(Said("H2602", "Électricien / Électricienne d'équipements industriels", "Électricien industriel"))
    assert Occupation.objects.get(pk="H2602").ways_out.filter(target="F1602").exists()
