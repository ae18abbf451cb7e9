"""What a document may be, by the words read on its pages and its name; a suggestion, which somebody looks at.

An identity card that came by e-mail as “another document” would be kept for two years: so its words are asked first.
"""

import re
from collections.abc import Sequence

from visavis.documents.enums import Kind
from visavis.folding import fold_words

# Folded words: small letters without accents. What is on nearly every paper of a kind, and seldom on another.
SIGNS: dict[Kind, Sequence[str]] = {
    Kind.IDENTITY: (
        "carte nationale d identite", "carte d identite", "identity card", "passeport", "passport", "titre de sejour",
        "carte de sejour", "residence permit", "carte de resident", "idfra", "recepisse de demande",
    ),
    Kind.LICENCE: ("permis de conduire", "driving licence", "driver s license"),
    Kind.DIPLOMA: (
        "diplome", "baccalaureat", "brevet", "certificat d aptitude", "titre professionnel", "licence professionnelle",
        "academie de", "diploma", "degree of", "attestation de formation", "certificate of completion",
    ),
    Kind.WORK: (
        "certificat de travail", "bulletin de paie", "bulletin de salaire", "fiche de paie", "contrat de travail",
        "attestation employeur", "net a payer", "salaire brut", "solde de tout compte", "pay slip", "payslip",
        "employment contract", "certificate of employment", "attestation de travail",
    ),
    Kind.CV: ("curriculum vitae", "experiences professionnelles", "centres d interet", "lettre de motivation",
              "work experience", "cover letter"),
    Kind.ADDRESS: (
        "justificatif de domicile", "quittance de loyer", "avis d echeance", "facture d electricite",
        "taxe d habitation",
        "attestation d hebergement", "proof of address", "electricity bill", "releve de compteur",
    ),
}  # fmt: skip
# The lines for machines (ICAO 9303): names of a passport or a card, parted by "<<".
MACHINE_READ = re.compile(r"[A-Z0-9]<<+[A-Z0-9<]")
MOST_READ = 24_000


def suggested(*texts: str) -> Kind | None:
    """Return the kind of which most signs stand in the texts; nothing where none does, or two kinds go equally well."""
    words = " " + " ".join(" ".join(re.findall(r"\w+", fold_words(text)))[:MOST_READ] for text in texts) + " "
    counts = {kind: sum(f" {sign} " in words for sign in signs) for kind, signs in SIGNS.items()}
    counts[Kind.IDENTITY] += any(MACHINE_READ.search(text) for text in texts)
    best = max(counts.values())
    found = [kind for kind, count in counts.items() if count == best]
    return found[0] if best and len(found) == 1 else None
