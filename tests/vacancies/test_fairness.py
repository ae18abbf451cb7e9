"""What has no place in an ad, and the same words where they are innocent. All of these ads are invented."""

import pytest

from visavis.vacancies.fairness import warnings

BAD = [
    ("age", "Recherche jeune vendeur motivé"),
    ("age", "Vous avez entre 25 et 35 ans"),
    ("age", "Équipe jeune et dynamique"),
    ("age", "Profil : 20 à 30 ans, souriant."),
    ("age", "Nous recrutons des candidats de moins de 40 ans."),
    ("age", "Âge maximum : 45 ans"),
    ("age", "Limite d’âge 35 ans."),
    ("age", "35 ans maximum, permis B."),
    ("age", "Jeune homme pour travaux de manutention"),
    ("age", "Vous êtes jeune et vous aimez bouger."),
    ("age", "Seniors s’abstenir."),
    ("age", "Âgé de 22 à 28 ans, vous avez le sens du contact"),
    ("age", "Young and dynamic team"),
    ("age", "Candidates must be under 35"),
    ("age", "Cherche commercial, de 25 à 40 ans"),
    ("sex", "Homme uniquement, port de charges"),
    ("sex", "Nous recherchons une femme pour l'accueil"),
    ("sex", "Women only"),
    ("sex", "Poste réservé aux hommes"),
    ("sex", "De préférence une femme, pour garder deux enfants"),
    ("sex", "Profil masculin souhaité en raison du port de charges."),
    ("sex", "Vendeuse (F)\nBoutique du centre"),
    ("sex", "Recherche homme pour déménagements"),
    ("sex", "Pas d’hommes, clientèle exigeante."),
    ("sex", "Recherchons exclusivement des femmes pour le service"),
    ("sex", "Jeune femme souriante de préférence"),
    ("origin", "Nationalité française exigée"),
    ("origin", "Français langue maternelle"),
    ("origin", "Pas d’étrangers."),
    ("origin", "De type européen, bonne élocution"),
    ("origin", "Vous parlez un français sans accent"),
    ("origin", "Native English speaker"),
    ("origin", "Personne d’origine française de préférence"),
    ("origin", "Étrangers s’abstenir, papiers en règle"),
    ("family", "Célibataire et sans enfant de préférence"),
    ("family", "Libre de toute obligation familiale"),
    ("family", "Vous êtes disponible et sans contraintes : pas de charges familiales."),
    ("family", "Mères de famille s’abstenir, horaires tardifs"),
    ("family", "Ne pas être enceinte ni avoir de projet de grossesse"),
    ("family", "Indiquez votre situation de famille dans la lettre"),
    ("family", "Must be unmarried"),
    ("family", "Pas d’enfants, déplacements fréquents"),
    ("health", "Bonne santé exigée"),
    ("health", "Sans problème de dos ni de genoux"),
    ("health", "Pas de RQTH, poste physique"),
    ("health", "Sans restriction médicale"),
    ("health", "Able-bodied candidates"),
    ("looks", "Physique agréable"),
    ("looks", "Taille minimum 1m70"),
    ("looks", "Jolie fille pour salon, tenue fournie"),
    ("looks", "Pas de tatouages ni de piercings"),
    ("looks", "Good-looking hostess"),
    ("beliefs", "Catholique pratiquant de préférence"),
    ("beliefs", "Personne non syndiquée"),
    ("beliefs", "Pas de voile."),
    ("beliefs", "Indiquez vos convictions religieuses"),
    ("home", "Habitant impérativement Valence"),
    ("home", "Résider obligatoirement à Montélimar"),
    ("bank", "Envoyez votre RIB et une copie de votre pièce d’identité avec votre CV."),
    ("bank", "Pour postuler, transmettez votre IBAN par SMS"),
    ("bank", "Merci de nous communiquer vos coordonnées bancaires pour réserver la place."),
    ("bank", "Dossier à fournir : CV, lettre, RIB, photo"),
    ("bank", "Munissez-vous de votre carte bancaire lors de l’appel"),
    ("bank", "Please send your bank account number with your application"),
    ("bank", "Donnez-nous les identifiants bancaires de votre compte"),
    ("bank", "Joignez un RIB pour le versement de votre salaire"),
    ("bank", "Envoyez votre RIB pour la gestion de votre dossier"),
    ("transfer", "Vous recevez les paiements de nos clients sur votre compte personnel"),
    ("fee", "Frais de dossier : 35 €, à régler avant l’entretien"),
    ("fee", "Une caution de 150 euros est demandée pour le matériel"),
    ("fee", "La formation payante (290 €) est obligatoire avant l’embauche."),
    ("fee", "Vous versez un acompte de 50 € pour réserver votre poste"),
    ("fee", "Achat obligatoire du kit de démarrage"),
    ("fee", "Il faut payer les frais de visa avant le départ"),
    ("fee", "Registration fee of 40 euros to be paid by the applicant"),
    ("fee", "Formation à vos frais, rémunération dès le premier mois"),
    ("transfer", "Le règlement se fait par Western Union"),
    ("transfer", "Vous recevez des virements sur votre compte et reversez le reste"),
    ("transfer", "Achetez des cartes cadeaux Apple et envoyez les codes"),
    ("transfer", "Paiement par coupons Transcash ou cartes prépayées"),
    ("transfer", "Vous encaissez un chèque sur votre compte puis renvoyez la différence."),
    ("transfer", "Un virement préalable confirme votre inscription"),
    ("transfer", "Convertir les fonds reçus en bitcoin"),
    ("premium", "Appelez le 0 899 12 34 56 pour en savoir plus"),
    ("premium", "Contact : 08 92 68 00 00"),
    ("premium", "Envoyez JOB par SMS au 81212"),
    ("premium", "Numéro surtaxé, 3 € par appel"),
]  # fmt: skip
INNOCENT = [
    "Accompagner des jeunes enfants à la crèche",
    "Nous recherchons une femme de ménage ou un homme de ménage (H/F)",
    "Recherche des hommes / femmes de ménage à Béthune et ses alentours",
    "Jeune entreprise en pleine croissance",
    "Nous sommes une jeune société de menuiserie, présente depuis plus de 30 ans dans la région",
    "Vous accompagnez des jeunes de 16 à 29 ans en rupture de scolarité",
    "La mission consiste à aller vers les jeunes, de 16 à 25 ans, sans solution d’orientation",
    "Contrat d’apprentissage : vous avez entre 16 et 29 ans (limite d’âge légale)",
    "Service civique, pour les personnes de 16 à 25 ans",
    "Vous avez plus de 18 ans (conduite d’engins)",
    "Avoir 21 ans minimum pour le permis D",
    "Jeunes diplômés bienvenus, comme toute autre personne",
    "Expérience de 10 ans minimum",
    "Plus de 20 ans d'expérience dans le métier",
    "Entreprise de 40 ans d’existence, existant depuis plus de 55 ans",
    "Over 20 years of experience in the trade",
    "Animation d’un groupe de 6 à 12 ans en centre de loisirs",
    "Boulanger / Boulangère (H/F)",
    "Coiffeur (F/H) expérimenté",
    "Vente de vêtements pour hommes et femmes",
    "Poste ouvert aux femmes et aux hommes, à tous les âges",
    "Entretien des vestiaires hommes",
    "Recherche un homme de l’art pour expertise",
    "Anglais courant ou langue maternelle",
    "Anglais : niveau langue maternelle apprécié",
    "Enseigner le français à des élèves dont il n’est pas la langue maternelle",
    "Poste soumis à habilitation secret défense : nationalité française requise par la loi",
    "Titre de séjour ou autorisation de travail en cours de validité",
    "Cuisine à base de produits d’origine française",
    "Évaluer la situation familiale des bénéficiaires",
    "Remplacement d’un congé maternité",
    "Santé au travail et sécurité",
    "Aider les personnes âgées à rester en bonne santé.",
    "Nous fabriquons des produits de santé",
    "Poste ouvert aux personnes en situation de handicap (RQTH)",
    "Bonne condition physique : port de charges jusqu’à 25 kg",
    "Taille des haies et des arbustes, taille minimum des pièces : 2 mm",
    "Présentation soignée, tenue de travail fournie",
    "Sans distinction d’origine, de sexe, d’opinions politiques ou de religion",
    "Sportif pratiquant régulièrement une activité",
    "Habiter à proximité est un plus",
    "Saisie des RIB des fournisseurs et contrôle des IBAN",
    "Encaisser les clients par carte bancaire",
    "Votre RIB vous sera demandé après la signature du contrat",
    "Nous ne vous demanderons jamais vos coordonnées bancaires",
    "Frais de déplacement remboursés",
    "Frais de formation pris en charge par l’employeur (1 200 €)",
    "Aucuns frais de dossier à régler",
    "Prime de 150 € après trois mois",
    "Gestion des frais de dossier des clients de l’agence",
    "Vente de cartes prépayées et de tickets au guichet",
    "Salaire payé par virement le 5 du mois",
    "Développeur de la plateforme bitcoin de la banque",
    "Appelez le 04 75 00 00 00 ou le 06 12 34 56 78",
    "Standard : 0 800 12 34 56 (appel gratuit)",
    "Anglais courant",
]


@pytest.mark.parametrize(("kind", "text"), BAD)
def test_what_may_not_stand_is_found(kind: str, text: str) -> None:
    """Alone, and in the middle of an ordinary ad."""
    assert kind in [warning.kind for warning in warnings(text)]
    around = f"Boulangerie du marché, à Valence. Contrat de 35 heures.\n{text}\nHoraires du matin. Mutuelle."
    assert kind in [warning.kind for warning in warnings("Vendeur (H/F)", around)]


@pytest.mark.parametrize("text", INNOCENT)
def test_innocent_words_are_left_alone(text: str) -> None:
    assert [(warning.kind, warning.words) for warning in warnings(text)] == []


def test_a_warning_shows_its_sentence_names_the_law_and_says_what_to_write() -> None:
    warning = warnings("Poste à temps plein. Port de charges, HOMMES UNIQUEMENT !\nLe matin.")[0]
    assert (warning.before, warning.words, warning.after) == ("Port de charges, ", "HOMMES UNIQUEMENT", " !")
    assert "L1132-1" in warning.sentence
    assert warning.instead


def test_money_is_told_from_words() -> None:
    found = warnings("Recherche jeune vendeur.", "Envoyez votre RIB.")
    assert [(one.kind, one.is_of_money) for one in found] == [("age", False), ("bank", True)]


def test_words_that_begin_a_line_are_warned_of_once() -> None:
    found = warnings("Vente de fleurs\nJeune femme souriante pour la boutique\nTél. 06 12 34 56 78")
    assert [(one.kind, one.words) for one in found] == [("age", "Jeune femme")]
