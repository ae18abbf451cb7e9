"""The kinds of employers of a made-up market, and who hires whom."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of employer.

    `label_fr` follows `notre`, `label_en` follows `a` or `our`. In `names`, `{family}`, `{of_town}` and `{word}`
    are filled in. `hires` are the occupations, with the share of that occupation's vacancies found at this kind.
    """

    code: str
    section: str
    label_fr: str
    label_en: str
    names: tuple[str, ...]
    hires: dict[str, float]


WORDS = (
    "des Tilleuls",
    "du Pont",
    "de la Gare",
    "du Parc",
    "des Lilas",
    "du Marché",
    "des Quatre Saisons",
    "du Moulin",
    "des Cèdres",
    "de la Fontaine",
    "du Vieux Port",
    "des Glycines",
    "de la Place",
    "du Lac",
    "des Remparts",
    "de l’Horloge",
    "du Soleil",
    "des Platanes",
    "du Ruisseau",
    "de la Colline",
    "des Vignes",
    "de l’Étoile",
)


def _kind(code: str, section: str, labels: tuple[str, str], names: str, hires: str) -> Kind:
    shares = {one.split(":")[0]: float(one.split(":")[1]) for one in hires.split()}
    return Kind(code, section, *labels, tuple(names.split("; ")), shares)


KINDS: tuple[Kind, ...] = (
    _kind(
        "farm",
        "A",
        ("exploitation agricole", "farm"),
        "Domaine {family}; Ferme {word}; Vergers {family}; EARL {family}",
        "A1401:1 A1414:1",
    ),
    _kind(
        "landscaping",
        "N",
        ("entreprise de jardins", "landscaping firm"),
        "{family} Paysage; Jardins {word}; {family} Espaces verts",
        "A1203:0.6",
    ),
    _kind(
        "town_hall",
        "O",
        ("mairie", "town hall"),
        "Mairie {of_town}",
        "A1203:0.4 G1203:0.6 G1603:0.12 I1203:0.3 M1601:0.25 M1602:0.25 M1607:0.1 K2204:0.08 "
        "J1304:0.45 E1103:0.2",
    ),
    _kind(
        "workshop",
        "C",
        ("atelier", "workshop"),
        "Atelier {family}; Atelier {word}",
        "B1302:1 B1803:0.8 H2206:0.2",
    ),
    _kind(
        "bank", "K", ("banque", "bank"), "Banque coopérative {of_town}; Crédit régional {of_town}", "C1206:1"
    ),
    _kind(
        "estate_agent",
        "L",
        ("agence immobilière", "estate agency"),
        "{family} Immobilier; Agence {word}; Cabinet {family}",
        "C1504:1 M1607:0.05",
    ),
    _kind(
        "butcher", "G", ("boucherie", "butcher’s shop"), "Boucherie {family}; Boucherie {word}", "D1101:0.6"
    ),
    _kind(
        "bakery",
        "C",
        ("boulangerie", "bakery"),
        "Boulangerie {family}; Boulangerie {word}; Au Fournil {word}",
        "D1102:0.85 D1106:0.5",
    ),
    _kind(
        "food_shop",
        "G",
        ("épicerie", "food shop"),
        "Épicerie {word}; Halles {of_town}; Maison {family}",
        "D1106:0.3",
    ),
    _kind(
        "hair_salon", "S", ("salon de coiffure", "hair salon"), "Salon {family}; Coiffure {word}", "D1202:1"
    ),
    _kind(
        "clothing_shop",
        "G",
        ("boutique", "shop"),
        "Boutique {word}; {family} Mode; Chaussures {family}",
        "D1214:1 B1803:0.2",
    ),
    _kind(
        "supermarket",
        "G",
        ("supermarché", "supermarket"),
        "Marché frais {of_town}; Supermarché {word}; Hyper {word}",
        "D1505:1 D1507:1 D1101:0.4 D1102:0.15 D1106:0.2 K2503:0.1",
    ),
    _kind(
        "sales_firm",
        "F",
        ("entreprise de rénovation", "home improvement firm"),
        "{family} Habitat; Confort {word}",
        "D1403:0.75 F1607:0.3",
    ),
    _kind(
        "call_centre",
        "N",
        ("centre de contact", "contact centre"),
        "Contact {of_town}; Allo Services {word}",
        "D1408:1 D1403:0.25",
    ),
    _kind(
        "agency_com",
        "M",
        ("agence de communication", "communication agency"),
        "Studio {family}; Agence {family}; Atelier graphique {word}",
        "E1103:0.5 E1205:1",
    ),
    _kind(
        "electrician",
        "F",
        ("entreprise d’électricité", "electrical firm"),
        "{family} Électricité; Élec Services {word}",
        "F1602:1",
    ),
    _kind(
        "plumber",
        "F",
        ("entreprise de plomberie et de chauffage", "plumbing and heating firm"),
        "{family} Plomberie Chauffage; Thermique {family}",
        "F1603:1",
    ),
    _kind(
        "painter",
        "F",
        ("entreprise de peinture", "painting firm"),
        "{family} Peinture; Couleurs {word}",
        "F1606:1",
    ),
    _kind(
        "joinery",
        "F",
        ("menuiserie", "joinery firm"),
        "Menuiserie {family}; {family} Fermetures",
        "F1607:0.7 H2206:0.8",
    ),
    _kind(
        "builder",
        "F",
        ("entreprise de maçonnerie", "building firm"),
        "{family} Construction; {family} Maçonnerie; Bâtisseurs {word}",
        "F1703:1 F1704:1",
    ),
    _kind(
        "leisure_centre",
        "Q",
        ("association d’éducation populaire", "youth association"),
        "Maison pour tous {of_town}; Centre de loisirs {word}",
        "G1203:0.4 K1207:0.2",
    ),
    _kind(
        "hotel",
        "I",
        ("hôtel", "hotel"),
        "Hôtel {word}; Hôtel {family}; Résidence hôtelière {word}",
        "G1501:1 G1703:0.85 G1602:0.15 G1803:0.2",
    ),
    _kind("campsite", "I", ("camping", "campsite"), "Camping {word}", "G1703:0.15 K2204:0.04 I1203:0.08"),
    _kind(
        "restaurant",
        "I",
        ("restaurant", "restaurant"),
        "Restaurant {word}; Chez {family}; Brasserie {word}",
        "G1602:0.65 G1803:0.8 G1603:0.15",
    ),
    _kind(
        "fast_food",
        "I",
        ("restaurant rapide", "fast-food restaurant"),
        "Snack {word}; Le Comptoir {word}",
        "G1603:0.48",
    ),
    _kind(
        "canteen",
        "I",
        ("restaurant collectif", "canteen"),
        "Restauration {family}; Cuisine centrale {of_town}",
        "G1602:0.2 G1603:0.25",
    ),
    _kind(
        "food_factory",
        "C",
        ("usine alimentaire", "food factory"),
        "Conserverie {family}; Laiterie {word}; Biscuiterie {family}",
        "H2102:1 H3302:0.5 I1304:0.3",
    ),
    _kind(
        "metal_factory",
        "C",
        ("usine de mécanique", "engineering works"),
        "Mécanique {family}; {family} Industrie; Usinage {word}",
        "H2903:1 H2909:1 H2913:1 H3302:0.3 I1304:0.7",
    ),
    _kind("garage", "G", ("garage", "garage"), "Garage {family}; Garage {word}", "I1604:1"),
    _kind(
        "housing",
        "L",
        ("organisme de logement", "housing association"),
        "Habitat {of_town}",
        "I1203:0.42 M1602:0.1",
    ),
    _kind(
        "hospital",
        "Q",
        ("hôpital", "hospital"),
        "Centre hospitalier {of_town}; Clinique {word}",
        "J1301:0.5 J1304:0.1 J1501:0.4 J1506:0.7 M1607:0.15 M1601:0.1",
    ),
    _kind(
        "care_home",
        "Q",
        ("maison de retraite", "care home"),
        "Résidence {word}; Maison de retraite {word}",
        "J1301:0.5 J1501:0.5 J1506:0.3 I1203:0.2 K1207:0.05",
    ),
    _kind("nursery", "Q", ("crèche", "nursery"), "Crèche {word}; Les Petits Pas {word}", "J1304:0.45"),
    _kind(
        "social_centre",
        "Q",
        ("association d’aide sociale", "social charity"),
        "Association Le Relais {of_town}; Foyer {word}",
        "K1207:0.75 M1601:0.1",
    ),
    _kind(
        "home_care",
        "Q",
        ("service d’aide à domicile", "home care service"),
        "Aide et présence {of_town}; Domicile Services {word}",
        "K1302:0.8 K1303:0.3 K1304:0.6",
    ),
    _kind("household", "T", ("famille", "household"), "Famille {family}", "K1302:0.2 K1303:0.7 K1304:0.4"),
    _kind(
        "training",
        "P",
        ("centre de formation", "training centre"),
        "Centre de formation {of_town}; {family} Formation",
        "K2111:1",
    ),
    _kind(
        "cleaning",
        "N",
        ("entreprise de propreté", "cleaning firm"),
        "{family} Propreté; Net Services {word}",
        "K2204:0.88",
    ),
    _kind(
        "security",
        "N",
        ("entreprise de sécurité", "security firm"),
        "{family} Sécurité; Vigie {word}",
        "K2503:0.9",
    ),
    _kind(
        "theatre",
        "R",
        ("salle de spectacle", "theatre"),
        "Théâtre {of_town}; Scènes {word}",
        "L1504:1 L1508:1 E1103:0.1",
    ),
    _kind(
        "accountants",
        "M",
        ("cabinet comptable", "accounting firm"),
        "Cabinet {family}; {family} Expertise",
        "M1203:0.5 M1607:0.15",
    ),
    _kind(
        "office",
        "M",
        ("entreprise", "company"),
        "{family} et Associés; Groupe {family}; {family} Services",
        "M1203:0.5 M1501:1 M1601:0.55 M1602:0.65 M1607:0.55 E1103:0.2 M1801:0.4 M1805:0.2",
    ),
    _kind(
        "software",
        "J",
        ("entreprise informatique", "software company"),
        "{family} Informatique; Pixel {word}; Logiciels {family}",
        "M1801:0.6 M1805:0.8",
    ),
    _kind(
        "warehouse",
        "H",
        ("plateforme logistique", "warehouse"),
        "Logistique {family}; Entrepôts {of_town}",
        "N1101:1 N1103:1 N1105:0.7 H3302:0.2",
    ),
    _kind(
        "haulage",
        "H",
        ("entreprise de transport", "haulage firm"),
        "Transports {family}; {family} Fret",
        "N4101:1 N4105:0.5",
    ),
    _kind(
        "removals", "H", ("entreprise de déménagement", "removal firm"), "Déménagements {family}", "N1105:0.3"
    ),
    _kind(
        "parcels",
        "H",
        ("service de livraison", "delivery service"),
        "Colis {of_town}; {family} Express",
        "N4105:0.5",
    ),
    _kind("bus", "H", ("réseau de bus", "bus network"), "Bus {of_town}; Autocars {family}", "N4103:1"),
)

BY_CODE = {kind.code: kind for kind in KINDS}
TEMPORARY = Kind(
    "temporary_agency", "N", "agence d’intérim", "temporary work agency",
    ("Intérim {of_town}", "{family} Intérim", "Missions {word}"), {},
)  # fmt: skip
