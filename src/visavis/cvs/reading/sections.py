"""The headings of a CV, in French and in English."""

import re
from functools import lru_cache

from visavis.folding import fold_words

MOST_WORDS = 7

# The words a heading is made of; what stands first in this table wins. Folded, without accents.
SECTIONS: tuple[tuple[str, str], ...] = (
    ("references", r"references?|referees?|recommandations?|recommendations?"),
    ("contact", r"contacts?|coordonnees|me contacter|contact me|(donnees|informations?|"
        r"renseignements?) personnelles?|"
     r"etat civil|personal (details|information|data|info)|contact (details|information|info)"),
    ("volunteering", r"benevolat|volontariat|engagements? (associatifs?|benevoles?)|vie associative|"
        r"activites? (benevoles?|associatives?)|"
     r"volunteer(ing)?|volunteer (work|experience)|voluntary work|experiences? (benevoles?|associatives?)"),
    ("experience", r"experiences?|experiences? professionnel(le|les)?|parcours|"
        r"parcours professionnel|emplois?|emplois? occupes|"
     r"carriere|stages?|stages? et emplois|work experience|work history|employment|employment history|career|"
     r"career history|professional experience|professional background|relevant experience|positions? held|jobs|"
     r"experiences? (significatives?|recentes?|anterieures?)|historique professionnel|mon parcours|mes experiences|"
     r"experiences? et stages?|stages? et experiences?|previous (jobs|employment)|"
         r"experience de travail|vie professionnelle"),
    ("certifications", r"certifications?|certificats?|habilitations?|licen[sc]es and certifications|"
        r"certificates?|licences et certifications|"
     r"formations? complementaires?|formation continue|trainings?|courses|attestations?|habilitations? et permis|"
     r"additional training|habilitations et certificats|formations? courtes?"),
    ("education", r"formations?|formations? et diplomes?|diplomes?|diplomes? et formations?|"
        r"etudes|etudes et formations?|"
     r"cursus|cursus scolaire|parcours scolaire|scolarite|education|education and training|academic background|"
     r"qualifications|studies|education and qualifications|formation initiale|mes formations|"
     r"formation (academique|scolaire)|academic (qualifications|history)|parcours de formation|etudes et diplomes"),
    ("languages", r"langues?|langues? (etrangeres?|parlees?|vivantes?)|competences linguistiques|"
        r"languages?|language skills|"
     r"connaissances linguistiques|mes langues|spoken languages|maitrise des langues|foreign languages"),
    ("licences", r"permis|permis de conduire|permis et vehicule|permis et caces|caces|mobilite|driving licen[cs]es?|"
     r"licen[cs]es?|permis et habilitations|permis et mobilite|driving"),
    ("skills", r"competences?|competences? (cles?|professionnelles?|techniques?|principales?|metier|transversales?|"
     r"informatiques?|personnelles?|numeriques?|et qualites)|savoir faire|"
         r"savoir etre|qualites|atouts|atouts et qualites|skills|key skills|"
     r"technical skills|professional skills|core (skills|competencies)|competencies|informatique|logiciels?|"
     r"outils|ce que je sais faire|what i can do|bureautique|it skills|"
         r"computer skills|digital skills|soft skills|strengths|tools|aptitudes|"
     r"expertise|domaines? de competences?|top skills|principales competences|mes competences|"
     r"connaissances informatiques|outils et logiciels|software|skills and tools|competences et outils|mes atouts"),
    ("about", r"profil|profil professionnel|mon profil|a propos|a propos de moi|presentation|"
        r"resume|accroche|qui suis je|"
     r"profile|professional profile|personal profile|about|about me|summary|professional summary|personal statement|"
     r"objective|career objective|objectif|objectif professionnel|career summary|en bref|personal summary"),
    ("interests", r"centres? d ?interets?|interets?|loisirs|hobbies|hobbies and interests|interests|"
     r"interests and hobbies|activites?|activites? (extra professionnelles?|personnelles?|sportives?)|passions?|"
     r"loisirs et centres d interets?|centres d interets? et loisirs|sports?|"
         r"sports et loisirs|vie personnelle|activities"),
    ("other", r"divers|autres?|informations? complementaires?|complements?|additional information|other|"
     r"miscellaneous|autres informations|other information|projets?|projects|publications?|awards?|honou?rs|"
     r"prix|distinctions|realisations|achievements|honors awards|honou?rs and awards|informations? utiles?|plus"),
)  # fmt: skip
NAMES = [(name, re.compile(rf"(?:{words})")) for name, words in SECTIONS]
JOINTS = re.compile(r"\s+(?:et|and|&)\s+|\s*[/&+]\s*", re.I)
MINE = re.compile(r"^(?:mes|mon|ma|my|nos) ")
# A heading may be followed by its content on the same line, after a colon or in another column.
INLINE = re.compile(r"^([^:\t]{3,45}?)\s*(?::\s*|\t)(.+)$")
LETTER_SPACED = re.compile(r"^(?:\w ){3,}\w$")


@lru_cache(maxsize=4096)
def heading_of(text: str) -> str:
    """Return the section that a line opens, or nothing.

    >>> heading_of("EXPÉRIENCES PROFESSIONNELLES"), heading_of("L A N G U E S"), heading_of("Formation en boulangerie")
    ('experience', 'languages', '')
    >>> heading_of("2. Compétences & Langues :"), heading_of("anglais")
    ('skills', '')
    """
    bare = re.sub(r"^\W*(?:[\dIVX]{1,3}[.)]\s+)?\W*", "", text.strip()).rstrip(" :.-–—_•~*=#<>|")
    if LETTER_SPACED.match(bare):
        bare = bare.replace(" ", "")
    if not bare[:1].isupper() or len(bare) > 60 or len(bare.split()) > MOST_WORDS or re.search(r"\d", bare):
        return ""
    if whole := named(fold_words(bare)):
        return whole
    parts = [part for part in JOINTS.split(bare) if part.strip()]
    if len(parts) < 2:
        return ""
    found = [named(fold_words(part)) for part in parts]
    return found[0] if all(found) else ""


def named(folded: str) -> str:
    bare = MINE.sub("", folded)
    return next((name for name, pattern in NAMES if pattern.fullmatch(bare)), "")


def opened_by(text: str) -> tuple[str, str]:
    """Return the section that a line opens and what follows on the line.

    >>> opened_by("Langues : anglais courant"), opened_by("Serveur : service en salle")
    (('languages', 'anglais courant'), ('', 'Serveur : service en salle'))
    """
    if section := heading_of(text):
        return section, ""
    if (inline := INLINE.match(text)) and (section := heading_of(inline[1])):
        return section, inline[2]
    return "", text
