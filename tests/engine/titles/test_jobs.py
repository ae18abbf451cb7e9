"""One advertised title may name several jobs; most that look so name one."""

import pytest

from visavis.engine.titles.index import TitleIndex
from visavis.engine.titles.jobs import JobsNamed

TITLES = {
    "Serveur / Serveuse": "G1803", "Barman / Barmaid": "G1801", "Aide-soignant / Aide-soignante": "J1501",
    "Aide médico-psychologique": "K1301", "Hôte / Hôtesse d'accueil": "M1601", "Hôte / Hôtesse de caisse": "D1505",
    "Caissier / Caissière": "D1505",
    "Secrétaire": "M1607", "Assistant administratif / Assistante administrative": "M1607", "Comptable": "M1203",
    "Secrétaire comptable": "M1608", "Conseiller / Conseillère en économie sociale et familiale": "K1201",
    "Conseiller familial / Conseillère familiale": "K1101", "Responsable qualité": "H1502",
    "Responsable sécurité": "K2503", "Cuisinier / Cuisinière": "G1602", "Cuisiniste": "D1212",
}  # fmt: skip


@pytest.fixture(scope="module")
def named() -> JobsNamed:
    labels, codes = list(TITLES), list(TITLES.values())
    return JobsNamed(labels, codes, TitleIndex(labels, codes))


def test_a_title_of_several_jobs_names_each(named: JobsNamed) -> None:
    for title, codes in [
        ("Serveur / barman (H/F)", "G1803 G1801"),
        ("Serveuse ou barmaid - CDI", "G1803 G1801"),
        ("Aide-soignant(e) ou AMP", "J1501 K1301"),
        ("Hôte/hôtesse d'accueil et de caisse", "M1601 D1505"),
        ("Secrétaire comptable", "M1607 M1203 M1608"),
        ("Assistant(e) administratif(ve) et comptable", "M1607 M1203 M1608"),
        ("Barman cuisinier", "G1801 G1602"),
    ]:
        [jobs] = named.of([title])
        assert [code for job in jobs for code in job] == codes.split()


def test_a_title_that_several_occupations_share_is_each_of_them() -> None:
    labels, codes = ["Agent / Agente de quai"] * 2 + ["Magasinier / Magasinière"], ["N1103", "N1105", "N1103"]
    shared = JobsNamed(labels, codes, TitleIndex(labels, codes))
    asked = ["Agente de quai (H/F)", "AGENT DE QUAI - nuit", "Agent de quai à Lyon (69)", "Magasinier"]
    assert shared.of(asked) == [[("N1103",), ("N1105",)]] * 3 + [[]]


def test_a_title_of_one_job_is_not_cut(named: JobsNamed) -> None:
    titles = [
        "Serveur / Serveuse",
        "Conseiller / Conseillère en économie sociale et familiale",
        "Responsable qualité et sécurité",
        "Serveur - Cuisine centrale",
        "Serveur en salle et cuisine",
        "Barman / vendeur de voitures",
        "Comptable",
        "",
        "/ et / ou /",
    ]
    assert dict(zip(titles, named.of(titles), strict=True)) == {title: [] for title in titles}
