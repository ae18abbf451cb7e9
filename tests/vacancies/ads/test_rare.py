"""What few ads say, one sentence each: last days, own vehicles, languages, diplomas. All invented."""

import datetime as dt
from typing import Any

import pytest

from visavis.vacancies import ads

TODAY = dt.date(2025, 5, 12)
ENDS = [
    ("Le contrat s'arrêtera le 29/08/2025.", "2025-08-29"),
    ("CDD du 1er juin au 30 septembre 2025.", "2025-09-30"),
    ("Contrat à durée déterminée jusqu'au 31 décembre 2025, renouvelable.", "2025-12-31"),
    ("Mission de remplacement, fin prévue le 15 août 2025.", "2025-08-15"),
    ("Le poste se termine le 12 juillet.", "2025-07-12"),
    ("Saison du 15/06/2025 au 15/09/2025.", "2025-09-15"),
    ("Fixed-term contract until 30 September 2025.", "2025-09-30"),
    ("Date de fin de contrat : 31/10/2025", "2025-10-31"),
    ("La formation se déroule du 02/06/2025 au 13/06/2025.", None),
    ("Candidatures jusqu'au 31 mai 2025.", None),
    ("Entretiens du 20 au 23 mai.", None),
    ("Le magasin est ouvert du lundi au samedi.", None),
    ("Les primes vont jusqu'au 13e mois.", None),
    ("Congés du 4 au 24 août.", None),
    ("Remplacement de congé maternité jusqu'au 15 novembre.", "2025-11-15"),
    ("Vous intervenez du 7 juillet au 29 août 2025 au sein du centre de loisirs.", "2025-08-29"),
    ("Renfort saisonnier de mi-juin au 5/09.", "2025-09-05"),
    ("Portes ouvertes du 3 au 5 juin.", None),
    ("Poste à pourvoir du 2 juin 2025 au 31 mars 2026.", "2026-03-31"),
    ("Nous serons fermés du 11 au 17 août.", None),
]
VEHICLES = [
    ("Permis B et véhicule indispensables.", "required"),
    ("Vous devez être véhiculé(e) car le site n'est pas desservi.", "required"),
    ("Véhicule personnel souhaité.", "wished"),
    ("Vous disposez d'un véhicule pour vos trajets entre deux domiciles.", "required"),
    ("Être mobile (voiture nécessaire).", "required"),
    ("Un véhicule de service est mis à votre disposition.", "no"),
    ("Nous vous fournissons un véhicule et un téléphone.", "no"),
    ("Idéalement, vous êtes véhiculé.", "wished"),
    ("Lieu non desservi par les transports en commun : moyen de locomotion obligatoire.", "required"),
    ("You need your own car to reach the farm.", "required"),
    ("Indemnités kilométriques pour l'utilisation de votre véhicule personnel.", "required"),
    ("Vous nettoyez et entretenez les véhicules de la société.", None),
    ("Réparation de véhicules légers et utilitaires.", None),
    ("Véhiculer les valeurs de l'enseigne.", None),
    ("Vente de voitures d'occasion.", None),
    ("Voiture obligatoire pour se rendre sur les chantiers.", "required"),
    ("Vous avez le permis B et une voiture.", "required"),
    ("Véhicule exigé (interventions chez les particuliers).", "required"),
    ("Permis B + véhicule appréciés.", "wished"),
    ("Voiture de fonction, mutuelle, tickets restaurant.", "no"),
    ("Vous conduisez un véhicule de plus de 3,5 tonnes.", None),
    ("Un moyen de transport personnel est nécessaire pour les horaires de nuit.", "required"),
    ("Contrôle technique des véhicules et voitures.", None),
    ("Il est préférable d'être véhiculé.", "wished"),
]
LANGUAGES = [
    ("Anglais professionnel exigé, l'allemand serait un plus.", {("en", 4, True), ("de", None, False)}),
    ("La pratique de l'anglais est nécessaire.", {("en", None, True)}),
    ("Langue : anglais de préférence.", {("en", None, False)}),
    ("Vous parlez couramment anglais et espagnol.", {("en", 5, True), ("es", 5, True)}),
    ("Notions d'anglais appréciées.", {("en", 2, False)}),
    ("Bilingue français/anglais.", {("fr", 6, True), ("en", 6, True)}),
    ("Maîtrise du français oral et écrit indispensable.", {("fr", None, True)}),
    ("Vous maîtrisez la LSF.", {("fs", None, True)}),
    ("La connaissance du portugais ou de l'arabe est un atout.", {("pt", None, False), ("ar", None, False)}),
    ("TOEIC 800 minimum, anglais B2.", {("en", 4, True)}),
    ("English B2 level required; French is a plus.", {("en", 4, True), ("fr", None, False)}),
    ("Anglais technique lu.", {("en", None, True)}),
    ("Restaurant italien recherche un pizzaïolo.", set()),
    ("Leader français de la propreté.", set()),
    ("Professeur d'anglais au collège.", set()),
    ("Nos produits sont vendus en allemand et en anglais sur notre site.", set()),
    ("Entreprise d'origine allemande implantée à Lyon.", set()),
    ("Un bon niveau d'anglais est requis pour échanger avec nos fournisseurs.", {("en", None, True)}),
    ("Vous lisez l'anglais technique.", {("en", None, True)}),
    ("Espagnol ou italien souhaité.", {("es", None, False), ("it", None, False)}),
    ("Vous êtes à l'aise en anglais à l'oral.", {("en", None, True)}),
    (
        "Une seconde langue (allemand, néerlandais) serait appréciée.",
        {("de", None, False), ("nl", None, False)},
    ),
    ("Cuisine française traditionnelle.", set()),
    ("Savoir lire, écrire et parler le français.", {("fr", None, True)}),
    ("Groupe espagnol présent dans 12 pays.", set()),
]
DIPLOMAS = [
    ("Expérience de 5 ans ou au minimum bac+3 en droit.", (6, False)),
    ("Vous avez un diplôme ou un titre de conseiller en économie sociale et familiale.", (6, True)),
    ("Niveau ingénieur ou technicien supérieur en mécanique.", (5, True)),
    ("De formation Bac+2/3, vous avez le goût des chiffres.", (5, True)),
    ("Titulaire du CAP Petite Enfance.", (3, True)),
    ("CAP cuisine apprécié.", (3, False)),
    ("Diplôme d'État d'infirmier exigé.", (6, True)),
    ("Idéalement issu d'un BTS MCO.", (5, False)),
    ("Bac pro ou expérience équivalente.", (4, False)),
    ("Un master en finance est requis.", (7, True)),
    ("Licence professionnelle souhaitée.", (6, False)),
    ("Poste ouvert sans diplôme.", (0, False)),
    ("Vous préparez un BTS en alternance.", None),
    ("Vous encadrez les élèves de CAP.", None),
    ("Nous formons jusqu'au niveau Bac.", None),
    ("Prime selon diplôme.", None),
    ("Diplôme de niveau 4 minimum (BP, Bac pro).", (4, True)),
    ("Vous êtes titulaire d'un BTS électrotechnique ou d'un Bac pro MELEC.", (4, True)),
    ("Un CAP serait un plus.", (3, False)),
    ("DEAES ou DEAVS exigé.", (3, True)),
    ("École de commerce ou Bac+5 universitaire.", (7, True)),
    ("Profil autodidacte accepté, diplôme non exigé.", None),
    ("De formation BAC à BAC+2 en secrétariat.", (4, True)),
    ("Vous travaillez avec des apprentis CAP et Bac pro.", None),
    ("BPJEPS, BAFD ou équivalent souhaité.", (4, False)),
    ("Une formation d'ingénieur est souhaitable.", (7, False)),
]


def read(text: str) -> ads.Facts:
    return ads.read(title="", text=text, today=TODAY)


@pytest.mark.parametrize(("text", "day"), ENDS)
def test_the_last_day_of_a_contract(text: str, day: str | None) -> None:
    found = read(text).ends
    assert (found and found.value) == day


@pytest.mark.parametrize(("text", "value"), VEHICLES)
def test_a_vehicle_of_ones_own(text: str, value: str | None) -> None:
    found = read(text).own_vehicle
    assert (found and found.value) == value


@pytest.mark.parametrize(("text", "spoken"), LANGUAGES)
def test_languages(text: str, spoken: set[Any]) -> None:
    found = read(text).languages
    assert {(code, one.value.level, one.value.is_required) for code, one in found.items()} == spoken


@pytest.mark.parametrize(("text", "asked"), DIPLOMAS)
def test_diplomas(text: str, asked: Any) -> None:
    found = read(text).education
    assert (found and (found.value.level, found.value.is_required)) == asked
