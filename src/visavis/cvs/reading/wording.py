"""Whether words look like a job's title, an employer, a place of study or a task."""

import re
from functools import cache

from visavis.catalog import starter
from visavis.folding import fold_words

# Words that titles begin with or hold, beside those of the catalogue. Folded.
MORE_TITLES = """
intérimaire interimaire manoeuvre garde agent agente aide animateur animatrice apprenti apprentie
architecte assistant assistante attache attachee auxiliaire barman barmaid baby-sitter cadre caissier
caissiere chargee charge chauffeur chauffeuse chef cheffe coach coiffeur coiffeuse commercial commerciale
commis comptable conducteur conductrice conseiller conseillere consultant consultante coordinateur
coordinatrice cuisinier cuisiniere debutant decorateur demonstrateur developpeur developpeuse directeur
directrice educateur educatrice electricien electricienne employe employee encadrant enseignant
enseignante equipier equipiere esthetician estheticienne facteur factrice femme formateur formatrice
gardien gardienne gerant gerante gestionnaire gouvernante graphiste hote hotesse infirmier infirmiere
ingenieur ingenieure intervenant intervenante jardinier juriste livreur livreuse magasinier magasiniere
manager manutentionnaire mecanicien mecanicienne menuisier moniteur monitrice operateur operatrice
ouvrier ouvriere patissier peintre plombier plongeur plongeuse preparateur preparatrice professeur
psychologue receptionniste redacteur redactrice responsable second secretaire serveur serveuse soudeur
soudeuse stagiaire stage superviseur surveillant surveillante technicien technicienne teleconseiller
teleoperateur traducteur vendeur vendeuse veilleur saisonnier saisonniere benevole volontaire cariste
macon tresorier tresoriere president presidente aidant nourrice accountant administrator adviser advisor
analyst apprentice architect assembler baker bartender builder buyer carer caretaker cashier cleaner
clerk cook coordinator designer developer director driver editor electrician engineer executive fitter
gardener handler head helper instructor intern janitor labourer laborer lead librarian machinist mechanic
nanny nurse officer operative operator owner packer painter picker plumber porter postman programmer
receptionist representative sales scientist secretary server specialist supervisor teacher team
technician therapist trainee trainer translator tutor volunteer waiter waitress warehouse warden welder
worker
"""
EMPLOYER = re.compile(
    r"\b(?:sarl|sas|sasu|sa|eurl|scop|gaec|earl|ltd|limited|plc|inc|gmbh|llc|group|"
    r"groupe|soci[ée]t[ée]|entreprise|company|corp|"
    r"restaurant|brasserie|h[ôo]tel|caf[ée]|bistrot|boulangerie|boucherie|"
    r"p[âa]tisserie|garage|pharmacie|supermarch[ée]|hypermarch[ée]|magasin|boutique|"
    r"mairie|ville de|commune de|communaut[ée]|conseil|d[ée]partement|r[ée]gion|"
    r"minist[èe]re|pr[ée]fecture|h[ôo]pital|hospital|chu|ch de|centre hospitalier|"
    r"clinique|clinic|ehpad|"
    r"maison de retraite|r[ée]sidence|cr[èe]che|[ée]cole|school|lyc[ée]e|coll[èe]ge|"
    r"college|universit[ée]|university|institut|association|fondation|foundation|"
    r"trust|council|"
    r"carrefour|leclerc|auchan|lidl|aldi|intermarch[ée]|casino|monoprix|super u|"
    r"decathlon|leroy merlin|castorama|ikea|mcdonald|quick|burger king|amazon|"
    r"la poste|"
    r"sncf|adecco|manpower|randstad|synergie|start people|proman|bank|banque|"
    r"cr[ée]dit|assurances?|transports?|logistique|logistics|services?|consulting|"
    r"solutions|industries?|b[âa]timent|"
    r"les? [A-ZÀ-Ý]\w+|aux? [A-ZÀ-Ý]\w+|chez|domaine|camping|cabinet|agence|atelier|"
    r"ateliers|usine|foods?|care home|nursery|store|stores|market)\b",
    re.I,
)
SCHOOL = re.compile(
    r"\b(?:lyc[ée]e|coll[èe]ge|[ée]cole|universit[ée]s?|university|iut|cfa|greta|"
    r"afpa|institut|institute|ifsi|ifas|insa|academy|"
    r"school|college|campus|centre de formation|facult[ée]|fac de|mfr|irts|cnam|"
    r"sorbonne|polytechnic|cci|croix[- ]rouge|compagnons)\b",
    re.I,
)
TASK = re.compile(
    r"^(?:accueil|accueillir|gestion|vente|mise en|pr[ée]paration|r[ée]alisation|"
    r"service|encaissement|entretien|nettoyage|conseil|suivi|prise de|prise en|"
    r"tenue|"
    r"animation|encadrement|conduite|contr[ôo]le|participation|organisation|"
    r"aide [àa]|aide aux?|r[ée]ception|livraison|d[ée]veloppement|installation|"
    r"maintenance|"
    r"surveillance|r[ée]daction|saisie|montage|pose|fabrication|cuisson|tri |"
    r"manutention\b|chargement|r[ée]ponse|missions?|t[âa]ches?|responsable de la|"
    r"accompagnement|soins?|toilette|traitement|classement|commande|coordination|formation des|mise [àa]|"
    r"[a-zéèêàçîôû]{3,}(?:er|ir|dre|ettre)\s|\w{3,}ing\b|\w{3,}ed\b|responsibilities|duties|achievements)",
    re.I,
)
CONTRACT = re.compile(
    r"^\W*(?:cdi|cdd|int[ée]rim|stage|alternance|apprentissage|contrat\b.*|"
    r"temps (?:plein|partiel|complet)|full[- ]time|part[- ]time|"
    r"permanent|fixed[- ]term|saisonnier|saison|freelance|temporary|h/f|f/h|"
    r"contract|internship|mi-temps|\d{2} ?h(?:eures)?(?:/sem\w*)?|missions?|"
    r"emploi d['’]été|job d['’]été|job étudiant)\W*$",
    re.I,
)
TRAILING = re.compile(
    r"\s*\((?:cdi|cdd|int[ée]rim|stage|alternance|apprentissage|temps \w+|h/f|f/h|"
    r"saison\w*|full[- ]time|part[- ]time|temporary|\d{2,3}|france)[^)]*\)\s*$",
    re.I,
)
BULLET = re.compile(r"^\s*(?:[•▪●◦‣■□*»>✓✔➢➤›▸►o–—·\uf0b7\uf0a7-])\s+")
PLACE = re.compile(
    r"\((?:\d{2,3}|2[ab])\)\s*$|,\s*(?:france|uk|united kingdom|suisse|belgique)$|^\d{5}\b|^(?:france|uk)$",
    re.I,
)


@cache
def title_words() -> frozenset[str]:
    """Return the words that French titles begin with and English ones end with, from the catalogue and above."""
    firsts = {
        fold_words(form).split()[-1 if title.language == "en" else 0]
        for title in starter.load().titles
        for form in title.label.split("/")
        if fold_words(form)
    }
    return frozenset({*firsts, *MORE_TITLES.split()} - {"le", "la", "les", "hotel", "restaurant"})


def likeness_to_a_title(text: str) -> int:
    """Return 3 when words begin as a job's title, 2 when they end so, 1 when they hold such a word, else 0.

    >>> [likeness_to_a_title(words) for words in ("Aide-soignante de nuit", "Le Central", "Kitchen porter")]
    [3, 0, 2]
    """
    words = fold_words(text).split()
    if not words or len(words) > 14:
        return 0
    known = title_words()
    return 3 if words[0] in known else 2 if words[-1] in known else 1 if known & set(words) else 0


def likeness_to_an_employer(text: str) -> int:
    words = fold_words(text).split()
    firm = EMPLOYER.search(text)
    return (2 if firm else 0) + (1 if text.isupper() and len(words) < 4 else 0)


LEAVE = re.compile(
    r"cong[ée] (?:parental|maternit[ée]|maladie|paternit[ée]|sans solde)|arr[êe]t (?:maladie|de travail)|"
    r"(?:maternity|parental|sick|paternity|medical) leave|maladie|mère au foyer|père au foyer|stay[- ]at[- ]home|"
    r"(?:d[ée]tention|incarc[ée]ration)",
    re.I,
)
"""Time away from work, for family or health: nothing to keep."""


@cache
def towns() -> frozenset[str]:
    """Return the names of the communes, folded."""
    return frozenset(fold_words(str(name)) for name in starter.places().name)


def is_town(text: str) -> bool:
    """Say whether words are the name of a commune and nothing else."""
    return fold_words(re.sub(r"^(?:à|in)\s+|\s*\(.*\)$", "", text)) in towns()


def is_bullet(text: str) -> bool:
    return bool(BULLET.match(text))


def without_bullet(text: str) -> str:
    return BULLET.sub("", text).strip()


def is_task(text: str) -> bool:
    """Say whether a line tells what was done rather than where or as what."""
    bare = without_bullet(text)
    if is_bullet(text) or len(bare) > 90 or bare.endswith((".", ";")):
        return True
    return bool(TASK.match(bare)) and likeness_to_a_title(bare) < 2 and not EMPLOYER.match(bare)
