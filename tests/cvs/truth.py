"""People who do not exist, and what is in their CVs: the truth that readings are compared with."""

from dataclasses import dataclass, field, replace

type Month = tuple[int, int]
"""A year and a month; the month is 0 where only the year is known."""


@dataclass(frozen=True)
class Job:
    title: str
    employer: str
    town: str
    start: Month
    end: Month | None = None
    tasks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Study:
    name: str
    school: str
    level: int | None
    year: int


@dataclass(frozen=True)
class Spoken:
    code: str
    name: str
    said: str
    level: int


@dataclass(frozen=True, eq=False)
class Cv:
    """One person. `skills` maps what is written to its code in the catalogue, or to nothing."""

    slug: str
    language: str
    name: str
    email: str
    phone: str
    street: str
    postcode: str
    town: str
    born: str
    wanted: str
    about: str
    jobs: tuple[Job, ...]
    studies: tuple[Study, ...]
    skills: dict[str, str] = field(default_factory=dict)
    spoken: tuple[Spoken, ...] = ()
    licences: tuple[str, ...] = ()
    licence_words: str = ""
    interests: str = ""

    @property
    def is_french(self) -> bool:
        return self.language == "fr"

    def secrets(self) -> list[str]:
        """Return what must never be kept."""
        return [self.name, self.name.split()[-1], self.email, self.phone, self.street.split(" ", 1)[1]]


def in_years(cv: Cv) -> Cv:
    """Return the same person when the CV gives years only."""
    jobs = tuple(replace(job, start=(job.start[0], 0), end=job.end and (job.end[0], 0)) for job in cv.jobs)
    return replace(cv, jobs=jobs)


FR_B1, FR_C1 = Spoken("en", "Anglais", "B1", 3), Spoken("en", "Anglais", "courant", 5)
NATIVE = Spoken("fr", "Français", "langue maternelle", 6)

PEOPLE = (
    Cv(
        "samira", "fr", "Samira Belkacem", "samira.belkacem@example.org", "06 12 34 56 78",
        "12 rue des Lilas", "26000", "Valence", "Née le 3 mars 1990", "Serveuse en restauration",
        "Dix ans de service en salle, du bistrot à la table étoilée. Je cherche une équipe stable près de chez moi.",
        (
            Job("Serveuse", "Le Central", "Valence", (2019, 3), None,
                ("Accueillir le public", "Encaisser les achats et tenir une caisse")),
            Job("Employée polyvalente", "McDonald’s", "Romans-sur-Isère", (2015, 9), (2018, 12),
                ("Préparation des plateaux, nettoyage de la salle",)),
            Job("Caissière", "Carrefour", "Valence", (2014, 6), (2014, 8)),
        ),
        (Study("CAP Restaurant", "Lycée hôtelier de Tain-l’Hermitage", 3, 2013),
         Study("Brevet des collèges", "Collège Pagnol", 1, 2011)),
        {"Porter un plateau": "S0144", "Gérer des réservations": "S0204", "Word": "", "Excel": ""},
        (FR_B1, Spoken("ar", "Arabe", "langue maternelle", 6)), ("B",), "Permis B, véhiculée",
        "Randonnée, lecture, cuisine du monde",
    ),
    Cv(
        "yann", "fr", "Yann Le Goff", "y.legoff@example.net", "07 98 76 54 32",
        "4 impasse du Moulin", "29200", "Brest", "Né le 21/11/1984", "Cariste magasinier",
        "Cariste expérimenté, habitué aux flux tendus et au travail en équipe de nuit.",
        (
            Job("Cariste", "Armor Logistique", "Brest", (2018, 1), (2024, 10),
                ("Charger et décharger un véhicule", "Faire un inventaire")),
            Job("Préparateur de commandes", "Transports Kervella", "Landerneau", (2012, 4), (2017, 12),
                ("Préparer des commandes",)),
            Job("Manutentionnaire", "Manpower", "Brest", (2008, 2), (2012, 3)),
        ),
        (Study("BEP Logistique et transport", "Lycée Vauban", 3, 2003),),
        {"Utiliser un transpalette": "S0015", "Suivre les stocks": "S0009", "Ponctualité": ""},
        (Spoken("en", "Anglais", "notions", 1),), ("B", "caces_1", "caces_3", "caces_5"),
        "Permis B. CACES R489 catégories 1, 3 et 5", "Voile, musique bretonne",
    ),
    Cv(
        "fatou", "fr", "Fatou Diagne", "fatou.diagne@example.org", "06.45.12.78.90",
        "85 avenue Jean Jaurès", "69007", "Lyon", "Née le 14 juillet 1978", "Aide-soignante",
        "Aide-soignante diplômée, quinze ans auprès des personnes âgées. Disponible de nuit comme de jour.",
        (
            Job("Aide-soignante", "EHPAD Les Tilleuls", "Lyon", (2016, 5), None,
                ("Toilettes, repas, transmissions écrites",)),
            Job("Auxiliaire de vie", "ADMR du Rhône", "Villeurbanne", (2009, 10), (2016, 4),
                ("Faire les courses pour une personne",)),
        ),
        (Study("Diplôme d’État d’aide-soignant", "IFAS Croix-Rouge de Lyon", 4, 2016),
         Study("BEP Carrières sanitaires et sociales", "Lycée Jean Lurçat", 3, 1997)),
        {"Désinfecter une chambre et du matériel de soin": "S0252", "Écoute": ""},
        (NATIVE, Spoken("wo", "Wolof", "courant", 5)), ("B",), "Permis de conduire B",
        "Chorale, couture",
    ),
    Cv(
        "hugo", "fr", "Hugo Marchetti", "hugo.marchetti@example.org", "+33 6 22 33 44 55",
        "7 boulevard Gambetta", "38000", "Grenoble", "26 ans", "Développeur web",
        "Développeur web passionné par l’accessibilité, je veux construire des services utiles à tous.",
        (
            Job("Développeur web", "Numerix Solutions", "Grenoble", (2022, 9), None,
                ("Programmer en Python", "Correction d’anomalies signalées par les usagers")),
            Job("Stagiaire développeur", "Ville de Grenoble", "Grenoble", (2021, 4), (2021, 9)),
            Job("Animateur", "Centre de loisirs Berriat", "Grenoble", (2018, 7), (2019, 8)),
        ),
        (Study("Master Informatique", "Université Grenoble Alpes", 7, 2022),
         Study("Licence Informatique", "Université Grenoble Alpes", 6, 2020),
         Study("Baccalauréat scientifique", "Lycée Champollion", 4, 2017)),
        {"Administrer un réseau informatique": "S0306", "Git": "", "PostgreSQL": ""},
        (FR_C1, Spoken("it", "Italien", "B2", 4)), (), "", "Escalade, jeux de société",
    ),
    Cv(
        "monique", "fr", "Monique Perrault", "moniqueperrault@example.org", "02 41 00 11 22",
        "15 place de la République", "49000", "Angers", "52 ans, mariée, 2 enfants", "Assistante administrative",
        "Assistante rigoureuse et discrète, je souhaite retrouver un poste à temps partiel.",
        (
            Job("Assistante administrative", "Cabinet Moreau", "Angers", (2005, 1), (2023, 6),
                ("Gérer un agenda et prendre des rendez-vous", "Traiter une réclamation")),
            Job("Secrétaire", "Mairie de Trélazé", "Trélazé", (1994, 9), (2004, 12)),
        ),
        (Study("BTS Assistant de gestion", "Lycée Bergson", 5, 1994),
         Study("Baccalauréat G1", "Lycée Bergson", 4, 1992)),
        {"Utiliser un logiciel de comptabilité": "S0300", "Sténographie": ""},
        (Spoken("en", "Anglais", "scolaire", 2), Spoken("de", "Allemand", "scolaire", 2)), ("B",), "Permis B",
        "Jardinage, théâtre amateur",
    ),
    Cv(
        "oleksii", "fr", "Oleksii Bondarenko", "o.bondarenko@example.org", "07 11 22 33 44",
        "3 allée des Cerisiers", "67000", "Strasbourg", "Nationalité : ukrainienne", "Électricien",
        "Électricien du bâtiment arrivé en France en 2022, sérieux et motivé.",
        (
            Job("Électricien", "Elsass Énergie", "Strasbourg", (2023, 2), None,
                ("Contrôler une installation électrique",)),
            Job("Ouvrier du bâtiment", "Adecco", "Strasbourg", (2022, 6), (2023, 1)),
            Job("Électricien", "Kyivbud", "Kyiv", (2010, 3), (2022, 2)),
        ),
        (Study("Titre professionnel électricien d’équipement", "AFPA de Strasbourg", None, 2023),
         Study("CAP Électricien", "École technique n° 4", 3, 2009)),
        {"Lire un plan": "", "Installer une pompe à chaleur": "S0180"},
        (Spoken("uk", "Ukrainien", "langue maternelle", 6), Spoken("fr", "Français", "B1", 3),
         Spoken("ru", "Russe", "bilingue", 6)),
        ("B", "C"), "Permis B et C", "Football, échecs",
    ),
    Cv(
        "emma", "en", "Emma Hargreaves", "emma.hargreaves@example.com", "+44 7700 900123",
        "24 Mill Road", "33000", "Bordeaux", "Date of birth: 5 May 1992", "Head chef",
        "Creative chef with twelve years in busy kitchens, now settled in France and looking for a permanent post.",
        (
            Job("Head chef", "The Copper Pot", "Bristol", (2019, 2), None, ("Menu planning and food cost control",)),
            Job("Sous chef", "Hotel Miramar", "Bath", (2015, 6), (2019, 1), ("Trained four junior cooks",)),
            Job("Kitchen porter", "The Red Lion", "Bath", (2012, 9), (2013, 8)),
        ),
        (Study("NVQ Level 3 Professional Cookery", "City of Bath College", 4, 2015),
         Study("GCSEs", "Hayesfield School", 1, 2010)),
        {"Make sauces": "S0138", "Menu design": ""},
        (Spoken("en", "English", "native", 6), Spoken("fr", "French", "B2", 4)), ("B",), "Full UK driving licence",
        "Wild swimming, ceramics",
    ),
    Cv(
        "tomasz", "en", "Tomasz Wisniewski", "t.wisniewski@example.com", "+33 7 55 44 33 22",
        "18 rue Victor Hugo", "59000", "Lille", "Nationality: Polish", "Forklift driver",
        "Reliable warehouse worker, five years of night shifts, no accident.",
        (
            Job("Forklift driver", "Nordic Logistics Ltd", "Lille", (2020, 10), None,
                ("Receive and check deliveries", "Pick orders")),
            Job("Warehouse operative", "Amazon", "Lauwin-Planque", (2017, 5), (2020, 9)),
        ),
        (Study("Diploma in mechanics", "Technical School of Gdynia", None, 2009),),
        {"Use a pallet truck": "S0015", "Teamwork": ""},
        (Spoken("pl", "Polish", "native", 6), Spoken("en", "English", "fluent", 5), Spoken("fr", "French", "A2", 2)),
        ("B", "caces_3"), "Driving licence: category B. CACES R489 cat. 3", "Cycling",
    ),
    Cv(
        "aisha", "en", "Aisha Rahman", "aisha.rahman@example.com", "+33 6 10 20 30 40",
        "9 quai de la Fosse", "44000", "Nantes", "Age: 31", "Software developer",
        "Backend developer who enjoys clear code, careful reviews and patient mentoring of newcomers.",
        (
            Job("Software developer", "Bluefin Systems Ltd", "Nantes", (2021, 1), None, ("Program in Python",)),
            Job("Data analyst", "Greenfield Bank", "Leeds", (2017, 9), (2020, 12), ("Weekly reports to the board",)),
            Job("Maths tutor", "Bright Minds", "Leeds", (2015, 10), (2017, 6)),
        ),
        (Study("MSc Computer Science", "University of Leeds", 7, 2017),
         Study("BSc Mathematics", "University of Leeds", 6, 2015)),
        {"Administer a computer network": "S0306", "Kubernetes": ""},
        (Spoken("en", "English", "native", 6), Spoken("bn", "Bengali", "fluent", 5), Spoken("fr", "French", "B1", 3)),
        (), "", "Board games, running",
    ),
    Cv(
        "leila", "fr", "Leïla Ouazzani", "leila.ouazzani@example.org", "06 77 88 99 00",
        "2 chemin des Vignes", "34000", "Montpellier", "Née le 08.02.1996, célibataire", "Vendeuse en prêt-à-porter",
        "Vendeuse souriante et organisée, à l’aise avec les outils de caisse et le conseil en image.",
        (
            Job("Vendeuse", "Boutique Olivia", "Montpellier", (2021, 5), (2024, 3),
                ("Conseiller une cliente ou un client", "Mettre les produits en rayon")),
            Job("Hôtesse de caisse", "Monoprix", "Montpellier", (2019, 9), (2021, 4)),
            Job("Baby-sitter", "Famille Roux", "Lattes", (2015, 9), (2018, 6)),
        ),
        (Study("Bac pro Commerce", "Lycée Mermoz", 4, 2015),),
        {"Négocier un prix ou un contrat": "S0060", "Instagram": ""},
        (NATIVE, Spoken("es", "Espagnol", "B2", 4), Spoken("ar", "Arabe", "courant", 5)), ("B",), "Permis B",
        "Danse, photographie",
    ),
)  # fmt: skip
BY_SLUG = {cv.slug: cv for cv in PEOPLE}
