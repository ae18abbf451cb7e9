"""Texts as employers write them, all invented."""

import datetime as dt
from typing import Any

import pytest

from visavis.catalog.gazetteer import AreaRow, CommuneRow, Gazetteer
from visavis.catalog.pointing import Pointer
from visavis.vacancies.ads import values
from visavis.vacancies.pasted import Understood, understand

TODAY = dt.date(2026, 11, 25)
PLACES = Pointer(
    Gazetteer.of_rows(
        [
            CommuneRow("26362", "Valence", "26", 44.93, 4.89, 64_000, 0, ("26000",)),
            CommuneRow("69123", "Lyon", "69", 45.76, 4.84, 520_000, 0, ("69001", "69003")),
            CommuneRow("44109", "Nantes", "44", 47.22, -1.55, 320_000, 0, ("44000",)),
            CommuneRow("07229", "Saint-Didier-sous-Aubenas", "07", 44.61, 4.41, 900, 0, ("07200",)),
            CommuneRow("35238", "Rennes", "35", 48.11, -1.68, 220_000, 0, ("35000",)),
            CommuneRow("33063", "Bordeaux", "33", 44.84, -0.58, 260_000, 0, ("33000",)),
        ],
        [AreaRow(code, code, "84") for code in ("26", "69", "44", "07", "35", "33")],
        [AreaRow("84", "Auvergne-Rhône-Alpes")],
    )
)
TEXTS: list[tuple[str, dict[str, Any]]] = [
    (
        "Boulangerie familiale recherche un boulanger H/F en CDI à Valence (26).\n35h par semaine, du mardi au"
        " samedi.\n"
        "Salaire : 2 100 € brut par mois. Vous savez pétrir la pâte. CAP boulanger exigé, débutant accepté.",
        {"title": "Boulanger", "place": "26362", "contract": ("permanent", None), "hours": 35.0, "pay": (13.85, 13.85),
         "education": (3, True), "experience": (0, False), "conditions": {"saturday"}},
    ),
    (
        "Poste : Assistante administrative (F/H)\nLieu : Lyon\nContrat : CDD de 6 mois à temps partiel, 24"
        " heures/semaine\n"
        "Rémunération : 12,50 € de l'heure\nExpérience de 2 ans minimum exigée.\nAnglais courant souhaité.",
        {"title": "Assistante administrative", "place": "69123", "contract": ("fixed_term", 6), "hours": 24.0,
         "pay": (12.5, 12.5), "experience": (24, True), "languages": {("en", 5, False)}},
    ),
    (
        "We are looking for a warehouse operative to join our team in Nantes.\nPermanent contract, 39 hours a week, "
        "€13.20 per hour.\nForklift licence required. At least one year of experience required.\nYou will"
        " prepare orders. "
        "No work on Sundays.",
        {"title": "Warehouse operative", "place": "44109", "contract": ("permanent", None), "hours": 39.0,
         "pay": (13.2, 13.2), "licences": {("caces_3", True)}, "experience": (12, True), "conditions": set()},
    ),
    (
        "Chauffeur poids lourd\n\nTransports Mistral, 35000 Rennes. Permis C et FIMO obligatoires. CACES 1, 3"
        " et 5 appréciés.\n"
        "Départ à 5h, retour à 13h. 30-35 k€ par an. Intérim 3 mois.",
        {"title": "Chauffeur poids lourd", "place": "35238", "contract": ("temporary", 3), "hours": None,
         "licences": {("C", True), ("fimo", True), ("caces_1", False), ("caces_3", False), ("caces_5", False)},
         "pay": (16.48, 19.23)},
    ),
    (
        "Job title: Receptionist\nLocation: Bordeaux\nFixed-term contract, 12 months, starting 15 January 2027.\n"
        "Fluent English required, Spanish is a plus.\nFull-time. 24,000 euros a year. Evenings and weekends.",
        {"title": "Receptionist", "place": "33063", "contract": ("fixed_term", 12), "starts_on": dt.date(2027, 1, 15),
         "languages": {("en", 5, True), ("es", None, False)}, "hours": 35.0, "pay": (13.19, 13.19),
         "conditions": {"evening", "saturday", "sunday"}},
    ),
    (
        "Le restaurant L'Escale recrute deux cuisiniers pour sa réouverture à Rennes. Bac pro ou CAP cuisine. "
        "Contrat d'apprentissage possible. 39h. Pas de travail le dimanche.",
        {"title": "Cuisiniers", "place": "35238", "contract": "", "hours": 39.0,
         "education": (3, True), "positions": 2, "conditions": set()},
    ),
    (
        "Bonjour, je cherche quelqu'un pour garder mes enfants le soir de 17h à 19h à Bordeaux. 12 euros de l'heure. "
        "À partir de septembre.",
        {"place": "33063", "pay": (12.0, 12.0), "hours": None, "conditions": {"evening"},
         "starts_on": dt.date(2027, 9, 1)},
    ),
    (
        "Caissier / Caissière\nSupermarché, Valence. CDI 30h/semaine. 11.88€/h. Vous encaissez les clients. "
        "Vous travaillez un samedi sur deux, sauf le dimanche.",
        {"title": "Caissier / Caissière", "place": "26362", "contract": ("permanent", None), "hours": 30.0,
         "pay": (11.88, 11.88), "conditions": {"public_contact", "saturday"}},
    ),
    (
        "Night care assistant needed\nPart-time, 20 hrs per week, in Lyon. Experience preferred: 6 months. "
        "Driving licence a plus. Immediate start.",
        {"place": "69123", "hours": 20.0, "experience": (6, False), "licences": {("B", False)}, "starts_on": TODAY,
         "conditions": {"night"}},
    ),
]  # fmt: skip


def said(found: Understood) -> dict[str, Any]:
    """Write what was understood as the table above does."""
    facts, columns = found.facts, values.columns(found.facts)
    none = columns["experience_months"] is None
    asap = facts.starts is not None and facts.starts.value == "asap"
    return columns | {
        "title": found.title and found.title.value,
        "place": found.place and found.place.value.commune,
        "contract": columns["contract"] and (columns["contract"], columns["contract_months"]),
        "hours": columns["hours_min"],
        "pay": facts.pay and (columns["pay_min_hour"], columns["pay_max_hour"]),
        "experience": None if none else (columns["experience_months"], columns["experience_is_required"]),
        "education": facts.education and (columns["education_level"], columns["education_is_required"]),
        "starts_on": TODAY if asap else columns["starts_on"],
        "licences": {(code, one.value) for code, one in facts.licences.items()},
        "languages": {
            (code, one.value.level, one.value.is_required) for code, one in facts.languages.items()
        },
        "conditions": set(columns["conditions"]),
    }


def read(text: str) -> Understood:
    return understand(text, places=PLACES, today=TODAY)


@pytest.mark.parametrize(("text", "wanted"), TEXTS, ids=range(len(TEXTS)))
def test_a_text_is_understood(text: str, wanted: dict[str, Any]) -> None:
    """What is understood is what was meant, and its words stand in the text."""
    found = read(text)
    told = said(found)
    assert {name: told[name] for name in wanted} == wanted
    words = [one.words for one in (found.title, found.place) if one]
    words += [part for one in values.evidence(found.facts).values() for part in one[0].split(" | ")]
    assert [part for part in words if not part or part not in text] == []


def test_what_says_nothing_gives_nothing_and_any_text_is_read() -> None:
    assert {name for name, value in said(read("?")).items() if value} == {"positions"}
    assert read("SARL au capital de 10 000 euros. Recrute un vendeur.").facts.pay is None
    facts = read("CDD jusqu'au 31 mars 2027.").facts
    assert values.last_day(facts, None) == dt.date(2027, 3, 31)
    assert values.last_day(facts, dt.date(2027, 4, 1)) is None
    assert read("Serveur à Nantes. " * 20_000).place
    for piece in ("Recherche ", "Aa de ", "CACES ", "Aa’", "12 000 ", "x. ", "A-", "€ ", "h/f "):
        assert read(piece * (20_000 // len(piece)))


def test_what_the_text_tells_of_terms_has_its_column() -> None:
    for text, columns in [
        (
            "CDD du 4 janvier 2027 au 31 mars 2027.",
            {"starts_on": dt.date(2027, 1, 4), "ends_on": dt.date(2027, 3, 31)},
        ),
        ("Vous assurez des astreintes une semaine sur quatre.", {"is_on_call": True, "is_annualised": False}),
        ("35 heures annualisées.", {"is_annualised": True, "is_on_call": False}),
        ("Permis B et véhicule indispensables.", {"own_vehicle": "required"}),
    ]:
        facts = read(f"Poste : Infirmier\n{text}").facts
        found = values.columns(facts)
        assert {name: found[name] for name in columns} == columns
        kept = values.evidence(facts)
        assert all(kept[name] for name, value in columns.items() if value)
