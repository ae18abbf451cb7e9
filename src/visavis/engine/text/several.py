"""The jobs that an advertised title names: "Serveur / barman", "Aide-soignant ou AMP", "Hôte d'accueil et caisse"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from visavis.engine.text.genders import both_genders
from visavis.engine.text.wording import clean_title
from visavis.folding import fold

MOST_NAMED = 4
"""More pieces than this are a list of tasks or of places, no jobs."""

LEADING = frozenset(
    ("responsable", "directeur", "directrice", "chef", "cheffe", "ingenieur", "ingenieure", "manager")
)
"""Who leads two things has one job: "Responsable qualité et sécurité"."""

_ASIDE = re.compile(r"[(\[][^()\[\]]*[)\]]")
_AFTER = re.compile(r"\s+[-–—|]\s+|\s*\|\s*|\s*:\s+")
_AT = re.compile(r"\s+à\s+(?=[A-ZÀ-Ý0-9])")
_BETWEEN = re.compile(r"\s*[/+&;]\s*|\s+(?:et\s*/\s*ou|ou|et)\s+", re.IGNORECASE)
_LINK = re.compile(r"(?:de|du|des|en|à|au|aux)\s|d'", re.IGNORECASE)
_EDGES = " -–—|/,;:.*!•+&"


@dataclass(frozen=True)
class Named:
    """What a title says: all of it in shorter and shorter wordings; and each of several jobs it sets side by side."""

    whole: tuple[str, ...]
    pieces: tuple[tuple[str, ...], ...]


def named(title: str) -> Named:
    """Read a title: the wordings of all of it, and those of each job that it names beside another.

    A job that begins with "de" or "en", or may, is also read behind the first word of all.

    >>> named("Serveur / barman (H/F)").pieces
    (('Serveur',), ('barman', 'Serveur barman'))
    >>> named("Hôte/hôtesse d'accueil et de caisse - Lyon").pieces
    (("Hôte d'accueil",), ('Hôte de caisse',))
    >>> named("Vendeur / Vendeuse en prêt-à-porter (centre) - soldes")
    Named(whole=('Vendeur en prêt-à-porter (centre) - soldes', 'Vendeur en prêt-à-porter'), pieces=())
    """
    cleaned = both_genders(clean_title(title))[0]
    bare = " ".join(_ASIDE.sub(" ", cleaned).split())
    first = _AT.split(_AFTER.split(bare)[0])[0].strip(_EDGES)
    whole = tuple(dict.fromkeys(one for one in (cleaned, first) if one))
    parts = [part.strip(_EDGES) for part in _BETWEEN.split(first)]
    parts = [part for part in parts if any(sign.isalpha() for sign in part)]
    return Named(whole, tuple(_pieces(parts)) if 1 < len(parts) <= MOST_NAMED else ())


def wordings(title: str) -> tuple[str, ...]:
    """Give a title as it stands, and without what follows a dash, stands in brackets or is a town: "à Lyon".

    >>> wordings("Préparateur de commandes - Surgelé")
    ('Préparateur de commandes - Surgelé', 'Préparateur de commandes')
    """
    return tuple(dict.fromkeys((title, *named(title).whole[1:])))


def _pieces(parts: list[str]) -> Iterator[tuple[str, ...]]:
    head = parts[0].split()[0]
    yield (parts[0],)
    for part in parts[1:]:
        shared = () if fold(head) in LEADING else (f"{head} {part}",)
        yield shared if _LINK.match(part) else (part, *shared)
