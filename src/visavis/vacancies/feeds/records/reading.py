"""What every format reads the same way: titles, places, pay, days, codes of occupations. Pure."""

import datetime as dt
import hashlib
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from visavis.catalog.distances import km_between
from visavis.catalog.pointing import FRANCE, PlaceFound
from visavis.folding import fold_signs
from visavis.vacancies.ads.facts import Found, Pay
from visavis.vacancies.ads.terms import pay
from visavis.vacancies.feeds.records.vacancy import Kind, Note, Places, Read
from visavis.vacancies.words import dates
from visavis.vacancies.words.numbers import number
from visavis.vacancies.words.text import clean

MOST_POSITIONS = 9999
MOST_DESCRIPTION = 20_000
MOST_KEY = 80
# A feed gives a commune's middle; farther than this from the catalogue's, one of the two is wrong.
FAR_KM = 60.0
# The Republic's territories that have a country code of their own.
FRENCH = {"", "fr", "fra", "france", "gp", "mq", "gf", "re", "yt", "pm", "bl", "mf"}
NEIGHBOURS = {
    "ch": "suisse", "lu": "luxembourg", "de": "allemagne", "be": "belgique", "mc": "monaco", "it": "italie",
    "es": "espagne", "ad": "andorre",
}  # fmt: skip
NEIGHBOUR_NAMES = {
    "switzerland": "ch", "germany": "de", "belgium": "be", "italy": "it", "spain": "es", "andorra": "ad",
    **{name: code for code, name in NEIGHBOURS.items()},
}  # fmt: skip
PERIODS = {
    "hour": "hour", "hourly": "hour", "hur": "hour", "heure": "hour", "horaire": "hour", "h": "hour",
    "day": "day", "daily": "day", "jour": "day", "week": "week", "weekly": "week", "semaine": "week",
    "month": "month", "monthly": "month", "mon": "month", "mois": "month", "mensuel": "month",
    "year": "year", "yearly": "year", "annual": "year", "annually": "year", "ann": "year", "an": "year",
    "annee": "year", "annuel": "year",
}  # fmt: skip


@dataclass(frozen=True)
class Where:
    """What a record says of the place; each part may be missing."""

    code: str = ""
    postcode: str = ""
    town: str = ""
    area: str = ""
    country: str = ""
    latitude: Any = None
    longitude: Any = None

    @property
    def words(self) -> str:
        return " ".join(
            part for part in (self.code, self.postcode, self.town, self.area, self.country) if part
        )


@dataclass(frozen=True)
class Codes:
    """The codes that a record gives its occupation."""

    rome: str = ""
    isco: str = ""
    esco_uri: str = ""


class Noted:
    """One record being read, and what there is to say about it."""

    def __init__(self, places: Places, now: dt.datetime) -> None:
        self.places = places
        self.now = now
        self.notes: list[Note] = []

    def note(self, field: str, reason: str, value: Any = "") -> None:
        self.notes.append(Note(field, reason, clean(value, 250)))

    def refused(self, key: str, field: str, reason: str, value: str = "") -> Read:
        """Say that nothing can be made of the record."""
        return Read(key, None, (*self.notes, Note(field, reason, value, Kind.REFUSED)))

    def titled(self, field: str, words: str, other: str = "") -> str:
        """Return the title on one line, cut to what we keep; else another name of the work."""
        whole = " ".join(words.split())
        if len(whole) > 250:
            self.note(field, "title_cut", whole)
        if not whole and other:
            self.note(field, "title_from_occupation", other)
        return (whole or other)[:250].rstrip()

    def described(self, field: str, whole: str) -> str:
        if len(whole) > MOST_DESCRIPTION:
            self.note(field, "description_cut", len(whole))
        return whole[:MOST_DESCRIPTION]

    def url(self, field: str, url: str) -> str:
        if not url:
            return ""
        if len(url) > 400 or not re.fullmatch(r"https?://[^\s<>\"']+", url):
            self.note(field, "url_not_kept", url)
            return ""
        return url

    def published(self, given: Iterable[tuple[str, str]]) -> dt.datetime | None:
        """Return the first of these dates that can be one of publication."""
        for field, words in given:
            found = dates.instant(words, now=self.now) if words else None
            if words and found is None and (day := dates.day(words, now=self.now)):
                midnight = dt.datetime.combine(day, dt.time(), dt.UTC)
                found = midnight if midnight <= self.now + dt.timedelta(days=1) else None
            if found:
                return found
            if words:
                self.note(field, "date_out_of_bounds", words)
        return None

    def day(self, field: str, words: str) -> dt.date | None:
        if not words:
            return None
        found = dates.day(words, now=self.now)
        if found is None:
            self.note(field, "date_out_of_bounds", words)
        return found

    def closing(self, field: str, words: str) -> dt.date | None:
        found = self.day(field, words)
        if found and found < self.now.date():
            self.note(field, "closed_already", words)
        return found

    def place(self, field: str, where: Where) -> PlaceFound | None:
        """Find the place as every feed does; None when the work is abroad, where nobody here goes every day."""
        country = fold_signs(where.country).strip()
        if country not in FRENCH:
            return self._abroad(field, where, country)
        found = self.places.find(where.code, where.postcode, self._label(where))
        if found is None and where.area:
            found = self.places.find("", "", where.area)
        return self.pointed(field, found, where, where.words)

    def pointed(self, field: str, found: PlaceFound | None, where: Where, words: str) -> PlaceFound:
        """Put what was found where the coordinates say, when they can be true; note what was not found."""
        latitude, longitude = coordinate(where.latitude, 90), coordinate(where.longitude, 180)
        if found is None and latitude is not None and longitude is not None:
            self.note(field, "place_from_coordinates", words)
            return PlaceFound("coordinates", latitude, longitude, 1.0, label=where.town)
        if found is None:
            self.note(field, "place_unknown", words)
            return FRANCE
        if found.how != "code":
            self.note(field, f"place_from_{found.how}", words)
        if latitude is None or longitude is None or not found.commune:
            return found
        if km_between(latitude, longitude, found.latitude, found.longitude) > FAR_KM:
            self.note(field, "coordinates_far", f"{latitude} {longitude}")
            return found
        # The feed knows the commune's middle; ours may be that of its neighbours.
        return replace(found, latitude=latitude, longitude=longitude, precision_km=0.0)

    def _label(self, where: Where) -> str:
        """Write the town with its department when the area names one: two towns may share a name."""
        if where.town and where.area and not where.postcode:
            area = self.places.find("", "", where.area)
            if area and area.how == "department":
                return f"{area.department} - {where.town}"
        return where.town or where.area

    def _abroad(self, field: str, where: Where, country: str) -> PlaceFound | None:
        code = NEIGHBOUR_NAMES.get(country, country)
        found = self.places.find("", "", f"{NEIGHBOURS[code]} (frontalier)") if code in NEIGHBOURS else None
        if found:
            self.note(field, "place_from_country", where.words)
        return found

    def paid(self, field: str, amounts: list[float], period: str, words: str) -> Found[Pay] | None:
        """Return the pay that amounts are; a period that is missing, or cannot be, is guessed from how much it is."""
        amounts = [amount for amount in amounts if amount > 0][:2]
        if not amounts:
            return None
        unit = PERIODS.get(fold_signs(period).strip(), "")
        found = pay.of_amounts(amounts, unit)
        if found is None or found.unit != unit:
            self.note(field, f"pay_read_per_{found.unit}" if found else "pay_out_of_bounds", words)
        return Found(found, words, field) if found else None

    def counted(self, field: str, given: Any) -> Found[int] | None:
        """Return how many people are sought."""
        if given is None or given == "":
            return None
        value = whole_number(given)
        if value is not None and 1 <= value <= MOST_POSITIONS:
            return Found(value, clean(given, 60), field)
        self.note(field, "positions_out_of_bounds", given)
        return None

    def codes(self, field: str, given: Iterable[str]) -> Codes:
        """Sort codes of occupations by what they look like: ROME, ISCO, the address of an ESCO occupation."""
        found: dict[str, str] = {}
        unknown = []
        for code in filter(None, given):
            if match := re.search(r"https?://data\.europa\.eu/esco/occupation/[\w-]{1,80}", code):
                found.setdefault("esco_uri", match[0].replace("https:", "http:"))
            elif match := re.search(r"(?i)esco/isco/c?(\d{4})\b", code):
                found.setdefault("isco", match[1])
            elif match := re.fullmatch(r"(?i)\W*(?:rome\W*)?([A-N]\d{4})\b.{0,120}", code):
                found.setdefault("rome", match[1].upper())
            elif match := re.fullmatch(r"(?i)\W*(?:isco(?:-?08|2008)?\W*)?c?(\d{4})", code.strip()):
                found.setdefault("isco", match[1])
            else:
                unknown.append(code)
        if unknown and not found:
            self.note(field, "occupation_code_unknown", unknown[0])
        return Codes(**found)


def coordinate(value: Any, most: float) -> float | None:
    """Return degrees, or None when the value is none."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        degrees = float(value)
    except (ValueError, OverflowError):
        return None
    return degrees if math.isfinite(degrees) and 0 < abs(degrees) <= most else None


def amount(value: Any) -> float | None:
    """Return an amount of money, written as a number or as people write one."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    if isinstance(value, str):
        found = (
            number(re.sub(r"[\s\u00a0\u202f]|€|eur(?:os?)?\b", "", value.lower()))
            if len(value) < 40
            else None
        )
    else:
        found = float(value) if abs(value) < 1e9 else None
    return found if found is not None and math.isfinite(found) and 0 <= found < 1e9 else None


def whole_number(value: Any) -> int | None:
    found = amount(value)
    return int(found) if found is not None and found == int(found) else None


def siret_of(text: str) -> str:
    """Return the number of an establishment, or nothing when the text is none."""
    digits = re.sub(r"\D", "", text)
    return digits if len(digits) == 14 else ""


def amounts_said(amounts: list[float], *after: str) -> str:
    """Write the bounds of a pay as the feed gave them, with its currency and period."""
    said = " - ".join(f"{value:g}" if value < 1e6 else f"{value:.0f}" for value in amounts)
    return clean(" ".join(piece for piece in (said, *after) if piece), 250) if amounts else ""


def fit_key(*parts: str) -> str:
    """Join the parts that tell a record from the others; what is too long to keep becomes its digest."""
    key = ":".join(part for part in parts if part)
    return key if len(key) <= MOST_KEY else hashlib.sha256(key.encode()).hexdigest()


def made_key(*parts: str) -> str:
    """Make a number for a record that has none, of what does not change from one day to the next."""
    return "made-" + hashlib.sha256("\n".join(map(fold_signs, parts)).encode()).hexdigest()[:40]
