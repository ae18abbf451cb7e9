"""France Travail "Offres d'emploi v2": one record of the API becomes one vacancy and notes. Pure."""

import datetime as dt
import re
from dataclasses import replace
from typing import Any

from visavis.catalog.pointing import PlaceFound
from visavis.folding import fold_signs
from visavis.vacancies.ads import fields
from visavis.vacancies.ads.facts import Facts, Skill
from visavis.vacancies.feeds.records.reading import Noted, Where, siret_of
from visavis.vacancies.feeds.records.vacancy import EmployerRead, Kind, Note, Places, Read, VacancyRead
from visavis.vacancies.words.text import clean

FORMAT = "france-travail"


def read_record(record: dict[str, Any], *, places: Places, now: dt.datetime) -> Read:
    """Read one record; never raises, whatever stands in it."""
    key = clean(record.get("id"))
    if not key or len(key) > 80:
        return Read("", None, (Note("id", "no_id", key[:80], Kind.REFUSED),))
    reading = _Reading(record, places, now)
    title = reading.title()
    if not title:
        return reading.refused(key, "intitule", "no_title")
    return Read(key, reading.vacancy(key, title), tuple(reading.notes))


class _Reading(Noted):
    """One record being read, and what there is to say about it."""

    def __init__(self, record: dict[str, Any], places: Places, now: dt.datetime) -> None:
        super().__init__(places, now)
        self.record = record

    def text(self, name: str, most: int | None = None) -> str:
        return clean(self.record.get(name), most)

    def inside(self, name: str) -> dict[str, Any]:
        return fields.inside(self.record, name)

    def vacancy(self, key: str, title: str) -> VacancyRead:
        return VacancyRead(
            key=key,
            title=title,
            description=self.described("description", self.text("description")),
            fields=self._facts(),
            rome_code=self._rome(),
            rome_label=self.text("romeLibelle", 250),
            title_of_occupation=self.text("appellationlibelle", 250),
            place=self._place(),
            employer=self._employer(),
            pay_text=self._pay_text(),
            is_open_to_disability=self.record.get("accessibleTH") is True,
            source_url=self.url("origineOffre", clean(self.inside("origineOffre").get("urlOrigine"))),
            published_at=self.published(
                (name, self.text(name, 60)) for name in ("dateCreation", "dateActualisation")
            ),
        )

    def _facts(self) -> Facts:
        found = fields.facts_of(self.record, self.note)
        qualities = fields.entries(self.record, "qualitesProfessionnelles")
        return replace(
            found, skills=(*found.skills, *(Skill(label) for label, _required, _code in qualities if label))
        )

    def title(self) -> str:
        other = self.text("appellationlibelle", 250) or self.text("romeLibelle", 250)
        return self.titled("intitule", self.text("intitule"), other)

    def _rome(self) -> str:
        code = self.text("romeCode").upper()
        if code and not re.fullmatch(r"[A-N]\d{4}", code):
            self.note("romeCode", "occupation_code_unknown", code)
            return ""
        return code

    def _place(self) -> PlaceFound:
        given = self.inside("lieuTravail")
        code, postcode, label = (clean(given.get(name), 120) for name in ("commune", "codePostal", "libelle"))
        found = self.places.find(code, postcode, label)
        where = Where(code, postcode, label, latitude=given.get("latitude"), longitude=given.get("longitude"))
        words = label or ((postcode or code) if found else (code or postcode))
        return self.pointed("lieuTravail", found, where, words)

    def _employer(self) -> EmployerRead:
        given = self.inside("entreprise")
        return EmployerRead(
            name=" ".join(clean(given.get("nom"), 200).split()),
            about=clean(given.get("description"), 3000),
            naf=self.text("codeNAF", 6),
            siret=siret_of(clean(given.get("siret"), 30)),
            is_adapted=given.get("entrepriseAdaptee") is True,
        )

    def _pay_text(self) -> str:
        given = self.inside("salaire")
        parts = [clean(given.get(name)) for name in ("libelle", "commentaire", "complement1", "complement2")]
        return ", ".join(dict.fromkeys(part for part in parts if part and fold_signs(part) != "autre"))[:250]
