"""CVs written in other manners than those of the corpus, as people write them."""

import pytest

from visavis.cvs.reading.text import read_text
from visavis.cvs.reading.understand import Understood, understand

MASON = """CURRICULUM VITAE
NOM : DUPUIS
Prénom : Jean-Marc
Adresse : 14, rue Pasteur 63000 CLERMONT-FERRAND
Tél : 04 73 00 00 00 / 06 01 02 03 04
Courriel : jm.dupuis63@example.org
Situation de famille : marié, 3 enfants
Permis B + véhicule personnel

EXPERIENCE PROFESSIONNELLE
2015 à ce jour
Maçon coffreur N3P2 - Entreprise BTP Auvergne (Cournon)
Lecture de plans, coffrage traditionnel, ferraillage, coulage
2009 – 2015
Maçon - SARL Fontaine & Fils, Riom
Rénovation de maisons anciennes, enduits à la chaux
2006 – 2009
Intérimaire bâtiment (Manpower, Randstad)
Manœuvre sur différents chantiers

FORMATION
2006 : CAP Maçonnerie (CFA du bâtiment, Clermont-Ferrand)
2004 : BEPC
CACES R482 cat. A et R489 cat. 3 (2021)"""
SHOP = """CLAIRE FONTAINE
Responsable boutique | Retail manager
claire.fontaine@example.org | +33 (0)6 12 12 12 12 | Toulouse (31) | linkedin.com/in/clairefontaine

PARCOURS PROFESSIONNEL
Responsable de boutique | Sephora, Toulouse | CDI | Janv. 2020 – Aujourd'hui
› Management d'une équipe de 12 personnes
› CA annuel : 2,4 M€ (+8 % en 2022)
Responsable adjointe | Zara, Toulouse | CDI | Sept. 2016 – Déc. 2019
Conseillère de vente | Kiabi | CDD | 06/2015 – 08/2016

DIPLÔMES
Licence professionnelle Commerce, Université Toulouse 1 Capitole | 2015
BTS MUC (Management des Unités Commerciales) | Lycée Ozenne | 2012 – 2014"""
DRIVER = """John O'Connor
Flat 3, 27 Station Road, Reading RG1 1LX
Mobile: 07700 900456   Email: john.oconnor@example.co.uk
DOB: 12/04/1988

Employment History
HGV Class 1 Driver
Eddie Stobart Ltd, Daventry
March 2016 - present
* Long distance deliveries
Delivery Driver
DPD (UK), Reading
June 2011 to February 2016
* Up to 120 drops per day
Warehouse Assistant, Tesco Distribution Centre, Reading
2008 - 2011

Education and Qualifications
2006  BTEC National Diploma in Motor Vehicle Repair, Reading College
Driver CPC (valid until 2026)

References available on request"""
HOME = """Garde d'enfants / aide ménagère

EXPERIENCES
- garde d'enfants à domicile chez particuliers depuis 2018 (3 familles)
- aide à domicile, association ADMR, 2 ans
- femme de ménage hôtel Ibis Valence 2014-2016
- serveuse restaurant La Casa (saison été 2013)

FORMATIONS
Titre professionnel ADVF 2017 (AFPA)
PSC1 2019
niveau BEP vente

Langues parlées : arabe, français, un peu d'anglais"""
SECRETARY = """Amandine ROUSSEAU
42 ans
Permis B – véhicule

EXPERIENCES
Secrétaire médicale
Cabinet des Drs Martin et Petit - Annecy
De septembre 2012 à juin 2022

Hôtesse d'accueil
Clinique d'Argonay
Janvier 2008 / août 2012

Congé parental
2006-2008

Assistante commerciale
Société Dupont SA – Meythet
2002-2006

DIVERS
Anglais : niveau intermédiaire
Bénévole à la Croix-Rouge depuis 2019"""
JOBS = {
    MASON: [
        ("Maçon coffreur N3P2", "Entreprise BTP Auvergne", "2015", ""),
        ("Maçon", "SARL Fontaine & Fils", "2009", "2015"),
        ("Intérimaire bâtiment", "Manpower", "2006", "2009"),
    ],
    SHOP: [
        ("Responsable de boutique", "Sephora", "2020-01", ""),
        ("Responsable adjointe", "Zara", "2016-09", "2019-12"),
        ("Conseillère de vente", "Kiabi", "2015-06", "2016-08"),
    ],
    DRIVER: [
        ("HGV Class 1 Driver", "Eddie Stobart Ltd", "2016-03", ""),
        ("Delivery Driver", "DPD", "2011-06", "2016-02"),
        ("Warehouse Assistant", "Tesco Distribution Centre", "2008", "2011"),
    ],
    HOME: [
        ("garde d'enfants à domicile chez particuliers", "", "2018", ""),
        ("aide à domicile", "association ADMR", "", ""),
        ("femme de ménage hôtel Ibis Valence", "", "2014", "2016"),
        ("serveuse restaurant La Casa", "", "2013", "2013"),
    ],
    SECRETARY: [
        ("Secrétaire médicale", "Cabinet des Drs Martin et Petit", "2012-09", "2022-06"),
        ("Hôtesse d'accueil", "Clinique d'Argonay", "2008-01", "2012-08"),
        ("Assistante commerciale", "Société Dupont SA", "2002", "2006"),
        ("Bénévole", "Croix-Rouge", "2019", ""),
    ],
}


def read(text: str) -> Understood:
    return understand(read_text(text))


@pytest.mark.parametrize("text", JOBS, ids=["mason", "shop", "driver", "home", "secretary"])
def test_the_jobs_are_found(text: str) -> None:
    facts = [fact for fact in read(text).facts if fact.kind == "job"]
    assert [(fact.name, fact.employer, fact.start, fact.end) for fact in facts] == JOBS[text]


def test_diplomas_licences_languages_and_time_off_are_told_apart() -> None:
    facts = [fact for text in (MASON, SHOP, HOME) for fact in read(text).facts if fact.kind == "study"]
    assert [(fact.name, fact.level, fact.year) for fact in facts] == [
        ("CAP Maçonnerie", 3, 2006),
        ("BEPC", 1, 2004),
        ("Licence professionnelle Commerce", 6, 2015),
        ("BTS MUC (Management des Unités Commerciales)", 5, 2014),
        ("Titre professionnel ADVF", None, 2017),
        ("PSC1", None, 2019),
        ("niveau BEP vente", 3, None),
    ]
    # The categories of CACES, the level of each language, and what is left out: family and health.
    codes = {fact.code for fact in read(MASON).facts if fact.kind == "licence"}
    assert codes == {"B", "caces_other", "caces_3"}
    assert {fact.code: fact.level for fact in read(HOME).facts if fact.kind == "language"}["en"] == 1
    understood = read(SECRETARY)
    assert "parental" not in str(understood).lower()
    assert understood.left_out >= 3


def test_nothing_that_says_who_it_is_is_kept() -> None:
    secrets = (
        "Dupuis", "Jean-Marc", "rue Pasteur", "06 01", "marié", "enfants,", "Fontaine@", "clairefontaine", "O'Connor",
        "Station Road", "RG1", "1988", "42 ans", "Rousseau",
    )  # fmt: skip
    for text in (MASON, SHOP, DRIVER, SECRETARY):
        kept = str(read(text)).lower()
        assert [secret for secret in secrets if secret.lower() in kept] == []
