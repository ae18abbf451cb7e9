"""Real places without a database, and a record as the API gives it."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import strategies as st

from visavis.catalog.gazetteer import AreaRow, CommuneRow, Gazetteer
from visavis.catalog.pointing import Pointer
from visavis.vacancies.ads import values
from visavis.vacancies.feeds.records.vacancy import VacancyRead

type Write = Callable[..., Path]
type Record = dict[str, Any]
NOW = dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC)
# What no source should give: any type, any depth, signs that no database keeps.
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30) | st.just("\ud800\x00<b>"),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.text(max_size=8) | st.sampled_from(["name", "value", "address", "@id"]), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@pytest.fixture(scope="session")
def index() -> Pointer:
    """A country of five communes, three departments and two regions."""
    communes = [
        CommuneRow("26362", "Valence", "26", 44.9333, 4.8917, 64_000, 0, ("26000",)),
        CommuneRow("07010", "Annonay", "07", 45.2400, 4.6700, 16_000, 0, ("07100",)),
        CommuneRow("07229", "Saint-Didier-sous-Aubenas", "07", 44.6116, 4.4147, 900, 0, ("07200",)),
        CommuneRow("07019", "Aubenas", "07", 44.6190, 4.3900, 12_000, 0, ("07200",)),
        CommuneRow("57662", "Suisse", "57", 48.96, 6.58, 100, 5, ("57340",)),
        CommuneRow("75112", "Paris 12e Arrondissement", "75", 48.8412, 2.3876, 138_000, 1, ("75012",)),
    ]
    departments = [AreaRow("26", "Drôme", "84"), AreaRow("07", "Ardèche", "84"), AreaRow("57", "Moselle", "44"),
                   AreaRow("75", "Paris", "11")]  # fmt: skip
    return Pointer(
        Gazetteer.of_rows(
            communes, departments, [AreaRow("84", "Auvergne-Rhône-Alpes"), AreaRow("44", "Grand Est")]
        )
    )


@pytest.fixture
def record() -> Record:
    """One vacancy with every field filled; our own words."""
    return {
        "id": "199ABCD",
        "intitule": "Boulanger / Boulangère (H/F)",
        "description": "Vous préparez les pâtes et la cuisson.",
        "dateCreation": "2026-10-23T14:48:50.814Z",
        "dateActualisation": "2026-10-24T14:48:51.263Z",
        "lieuTravail": {
            "libelle": "26 - Valence", "latitude": 44.93, "longitude": 4.89, "codePostal": "26000", "commune": "26362",
        },
        "romeCode": "D1102",
        "romeLibelle": "Boulanger / Boulangère",
        "appellationlibelle": "Ouvrier boulanger / Ouvrière boulangère",
        "entreprise": {"nom": "AU BON PAIN", "description": "Une petite équipe.", "entrepriseAdaptee": False},
        "typeContrat": "CDD",
        "typeContratLibelle": "CDD - 6 Mois",
        "natureContrat": "Contrat travail",
        "experienceExige": "E",
        "experienceLibelle": "1 An(s) - en boulangerie",
        "formations": [
            {"niveauLibelle": "CAP, BEP et équivalents", "exigence": "E"},
            {"niveauLibelle": "Bac ou équivalent", "exigence": "S"},
        ],
        "langues": [{"libelle": "Anglais", "exigence": "S"}],
        "permis": [{"libelle": "B - Véhicule léger", "exigence": "E"}, {"libelle": "C - Poids lourd", "exigence": "S"}],
        "competences": [{"code": "100001", "libelle": "Pétrir la pâte", "exigence": "E"}],
        "qualitesProfessionnelles": [{"libelle": "Faire preuve de rigueur", "description": "…"}],
        "salaire": {"libelle": "Mensuel de 2000.0 Euros à 2500.0 Euros sur 12.0 mois", "complement1": "Primes"},
        "dureeTravailLibelle": "35H\nTravail le samedi",
        "dureeTravailLibelleConverti": "Temps plein",
        "alternance": False,
        "nombrePostes": 2,
        "accessibleTH": True,
        "deplacementCode": "3",
        "deplacementLibelle": "Fréquents Zone départementale",
        "codeNAF": "10.71C",
        "origineOffre": {"origine": "1", "urlOrigine": "https://example.org/offre/199ABCD"},
    }  # fmt: skip


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file as the API gives it, from records or from text or bytes."""

    def make(content: Any, name: str = "offres.json") -> Path:
        file = tmp_path / name
        if isinstance(content, bytes):
            file.write_bytes(content)
        elif isinstance(content, str):
            file.write_text(content, encoding="utf-8")
        else:
            file.write_text(json.dumps({"resultats": content}, ensure_ascii=False), encoding="utf-8")
        return file

    return make


def laid_out(read: VacancyRead | None) -> Any:
    """Lay a vacancy out as it stands in the table: what the feed gave, and what title, text and fields say."""
    assert read is not None
    facts = read.understood(NOW)
    languages = [(code, one.value.level, one.value.is_required) for code, one in facts.languages.items()]
    return SimpleNamespace(
        **vars(read), **values.columns(facts), facts=facts, languages=languages, skills=facts.skills
    )
