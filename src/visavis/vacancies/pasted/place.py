"""The place in a pasted text."""

import re
from collections.abc import Iterable

from visavis.catalog.pointing import PlaceFound
from visavis.vacancies.ads.facts import Found
from visavis.vacancies.ads.text import Text
from visavis.vacancies.feeds.records.vacancy import Places

# A name has at most six parts of forty letters: longer ones would be tried at every length.
NAME = (
    r"[A-ZÀ-Ý][\w'’À-ÿ]{1,40}"
    r"(?:[- ](?:(?:de|du|des|la|le|les|sur|sous|en|lès|d'|l')[- ]?){0,2}[A-ZÀ-Ý0-9][\w'’À-ÿ]{0,40}){0,5}"
)
PLACES = (
    re.compile(rf"(?P<postcode>\d{{5}})[ ,]+(?P<name>{NAME})"),
    re.compile(rf"(?P<name>{NAME})[ ,]*\(? ?(?P<postcode>\d{{5}})\b"),
    re.compile(rf"(?P<name>{NAME}) ?\((?P<department>\d{{2,3}}|2[AB])\)"),
    re.compile(rf"(?i:lieu(?: de travail)?|localisation|ville|location|place|secteur) ?: ?(?P<name>{NAME})"),
    re.compile(rf"(?i:\bà|\bau|\bsur|\bin|\bnear|près de|based in|secteur de|proche de) (?P<name>{NAME})"),
    re.compile(rf"(?:^|, |[-–] |\n)(?P<name>{NAME})(?=[.,\n]|$)"),
)


def place_in(page: Text, places: Places) -> Found[PlaceFound] | None:
    """Take the first name that the catalogue knows, with its postcode or department when it is said."""
    for pattern in PLACES:
        for match in pattern.finditer(page.original):
            said = match.groupdict()
            for name in shorter(said["name"]):
                label = f"{said['department']} - {name}" if said.get("department") else name
                found = places.find("", said.get("postcode") or "", label)
                if found and found.commune:
                    return Found(found, match[0].strip())
    return None


def shorter(name: str) -> Iterable[str]:
    """Give a name, then the same with its last words taken off."""
    pieces = name.split(" ")
    return [" ".join(pieces[:count]) for count in range(len(pieces), 0, -1)]
