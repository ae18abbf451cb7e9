"""Which column of a CSV holds which field: guessed from names and values, kept per source. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from visavis.folding import fold_signs

FIELDS: dict[str, str | Promise] = {
    "id": _("Number in the feed"),
    "title": _("Title"),
    "description": _("Description"),
    "employer": _("Employer"),
    "siret": _("SIRET"),
    "about": _("About the employer"),
    "town": _("Town"),
    "postcode": _("Postcode"),
    "insee": _("INSEE code of the commune"),
    "area": _("Department or region"),
    "country": _("Country"),
    "latitude": _("Latitude"),
    "longitude": _("Longitude"),
    "contract": _("Contract"),
    "length": _("Length of the contract"),
    "hours": _("Weekly hours"),
    "pay": _("Pay"),
    "pay_min": _("Lowest pay"),
    "pay_max": _("Highest pay"),
    "pay_period": _("Period of the pay"),
    "starts": _("First day of work"),
    "closes": _("Answers until"),
    "published": _("Published on"),
    "positions": _("People looked for"),
    "code": _("Occupation code (ROME, ISCO, ESCO)"),
    "occupation": _("Name of the occupation"),
    "licences": _("Licences"),
    "languages": _("Languages"),
    "education": _("Education"),
    "experience": _("Experience"),
    "skills": _("Skills"),
    "conditions": _("Days, hours and work"),
    "url": pgettext_lazy("feed", "Web address"),
}
# Folded names of columns, surest first: a column takes the first field whose words it bears.
NAMES: tuple[tuple[str, str], ...] = (
    ("siret", r"siret"),
    ("insee", r"insee|code ?(?:de la )?commune|commune ?code|code geo"),
    ("postcode", r"code postal|\bcp\b|postcode|postal ?code|zip"),
    ("occupation", r"libelle.*(?:rome|metier)|(?:rome|occupation|job).*(?:label|libelle)"),
    ("code", r"rome|isco|esco|code (?:metier|emploi|occupation)|occupation ?code|job ?code"),
    ("url", r"\burl\b|lien|link|adresse web|web ?address|site|href"),
    ("latitude", r"latitude|\blat\b"),
    ("longitude", r"longitude|\b(?:lon|lng|long)\b"),
    ("pay_min", r"(?:salaire|remuneration|pay|salary|wage).*(?:min|bas)|(?:min|lowest).*(?:sala|remuneration|pay)"),
    ("pay_max", r"(?:salaire|remuneration|pay|salary|wage).*(?:max|haut)|(?:max|highest).*(?:sala|remuneration|pay)"),
    ("pay_period", r"(?:periode|unite|frequence|period|unit|per).*(?:salaire|remuneration|pay|salary)"
                   r"|(?:salaire|remuneration|pay|salary).*(?:periode|unite|frequence|period|unit)"),
    ("pay", r"salaire|remuneration|\bpay\b|salary|wage"),
    ("length", r"duree.*contrat|contract.*(?:length|duration)|duree ?(?:en )?mois|nombre de mois"),
    ("contract", r"contrat|contract|employment ?type|type d'emploi"),
    ("hours", r"heures|horaire|hours|temps de travail|duree.*travail|schedule"),
    ("closes", r"cloture|limite|expir|closing|deadline|fin de (?:publication|validite)|date de fin|valid"),
    ("starts", r"debut|prise de poste|embauche|start|available from"),
    ("published", r"publi|creation|parution|posted|created|mise en ligne|actualisation"),
    ("positions", r"nombre|nb|postes? (?:a pourvoir|ouverts)|positions|openings|vacancies|effectif"),
    ("licences", r"permis|licen[cs]e|caces|habilitation"),
    ("languages", r"langue|language"),
    ("education", r"formation|diplome|niveau|education|degree|qualification"),
    ("experience", r"experience"),
    ("skills", r"competence|skill|savoir"),
    ("conditions", r"condition|contrainte"),
    ("about", r"(?:a propos|presentation|description).*(?:entreprise|employeur|societe|company|employer)"
              r"|about.*(?:company|employer)"),
    ("employer", r"employeur|entreprise|societe|recruteur|raison sociale|enseigne|employer|company|organi[sz]ation"),
    ("title", r"intitule|titre|title|\bposte\b|position|libelle (?:du poste|de l'offre)"),
    ("occupation", r"metier|occupation|appellation|profession|emploi"),
    ("description", r"descri|mission|detail|texte|contenu|content|annonce|profil"),
    ("area", r"departement|region|\bdept?\b|county|province"),
    ("country", r"\bpays\b|country"),
    ("town", r"ville|commune|lieu|localite|localisation|town|city|location|place|workplace"),
    ("id", r"\bid\b|identifiant|reference|\bref\b|numero|number|\bno\b|\bn°|\bcode\b|offre"),
)  # fmt: skip
VALUES = (
    ("url", re.compile(r"https?://\S+")),
    ("code", re.compile(r"[A-N]\d{4}")),
    ("siret", re.compile(r"\d{3} ?\d{3} ?\d{3} ?\d{5}")),
)
# Several columns may hold these: they are joined.
JOINED = frozenset({"description", "skills", "conditions", "licences", "languages", "area"})


@dataclass(frozen=True)
class Difference:
    """What changed between the columns that a mapping knows and those of a file."""

    missing: tuple[str, ...]
    unknown: tuple[str, ...]


def guess(
    columns: Sequence[str], rows: Iterable[Sequence[str]], known: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Give each column a field, or nothing; what a person chose before stays."""
    kept = {name: field for name, field in (known or {}).items() if name in columns}
    sample = list(rows)
    found: dict[str, str] = dict(kept)
    taken = {field for field in kept.values() if field}
    for position, name in enumerate(columns):
        if name in found:
            continue
        values = [row[position].strip() for row in sample if position < len(row) and row[position].strip()]
        field = guess_one(name, values, taken)
        found[name] = field
        taken.add(field)
    return {name: found[name] for name in columns}


def guess_one(name: str, values: Sequence[str], taken: set[str]) -> str:
    """Guess one column: by its values when they can be only one thing, else by its name."""
    folded = re.sub(r"[_\-./]+", " ", fold_signs(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name))).strip()
    for field, pattern in VALUES:
        if field not in taken and values and all(pattern.fullmatch(value) for value in values):
            return field
    for field, words in NAMES:
        if (field not in taken or field in JOINED) and re.search(words, folded):
            return field
    return ""


def compare(known: Mapping[str, str], columns: Sequence[str]) -> Difference:
    """Say which columns that mattered are gone, and which were never seen; their order does not matter."""
    missing = tuple(name for name, field in known.items() if field and name not in columns)
    return Difference(missing, tuple(name for name in columns if name not in known))


def twice(columns: Mapping[str, str]) -> list[str]:
    """Return the fields that two columns hold, where only one may."""
    fields = [field for field in columns.values() if field]
    return sorted({field for field in fields if fields.count(field) > 1 and field not in JOINED})
