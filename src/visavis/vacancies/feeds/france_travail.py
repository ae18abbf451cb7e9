"""France Travail "Offres d'emploi v2": one record of the API becomes one vacancy and notes. Pure."""

import datetime as dt
import re
from typing import Any

from visavis.catalog.pointing import PlaceFound
from visavis.folding import fold_signs
from visavis.vacancies.feeds.reading import MOST_POSITIONS, Noted, Where, siret_of
from visavis.vacancies.feeds.vacancy import (
    EmployerRead,
    Kind,
    LanguageRead,
    Note,
    Places,
    Read,
    SkillRead,
    VacancyRead,
)
from visavis.vacancies.words import asked, contracts, dates, hours, pay
from visavis.vacancies.words.text import clean

FORMAT = "france-travail"
EXPERIENCE = {"D": False, "S": False, "E": True}
TRAVEL_OFTEN = {"3", "4"}


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
        value = self.record.get(name)
        return value if isinstance(value, dict) else {}

    def entries(self, name: str) -> list[dict[str, Any]]:
        value = self.record.get(name)
        return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []

    def vacancy(self, key: str, title: str) -> VacancyRead:
        worked = self._hours()
        found = self._pay(worked)
        required, wished = self._licences()
        level, level_is_required = self._education()
        months, months_are_required = self._experience()
        contract, contract_months = self._contract()
        return VacancyRead(
            key=key,
            title=title,
            description=self.described("description", self.text("description")),
            rome_code=self._rome(),
            rome_label=self.text("romeLibelle", 250),
            title_of_occupation=self.text("appellationlibelle", 250),
            place=self._place(),
            employer=self._employer(),
            contract=contract,
            contract_months=contract_months,
            hours_min=worked.low,
            hours_max=worked.high,
            pay_min_hour=found.low,
            pay_max_hour=found.high,
            pay_text=self._pay_text(),
            licences=required,
            licences_wished=wished,
            conditions=self._conditions(),
            experience_months=months,
            experience_is_required=months_are_required,
            education_level=level,
            education_is_required=level_is_required,
            skills=self._skills(),
            languages=self._languages(),
            positions=self._positions(),
            is_open_to_disability=self.record.get("accessibleTH") is True,
            source_url=self.url("origineOffre", clean(self.inside("origineOffre").get("urlOrigine"))),
            published_at=self._published(),
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

    def _contract(self) -> tuple[str, int | None]:
        code = self.text("typeContrat", 10).upper()
        kind = contracts.contract_of(
            code, self.text("natureContrat"), is_work_study=self.record.get("alternance") is True
        )
        if not kind and code:
            self.note("typeContrat", "contract_unknown", code)
            kind = "other"
        _type, dash, length = self.text("typeContratLibelle").partition(" - ")
        months = asked.read_months(length) if dash else None
        return kind, months or None

    def _hours(self) -> hours.Hours:
        words = self.text("dureeTravailLibelle", 300) or " ".join(self._schedules())
        is_part_time = "partiel" in fold_signs(self.text("dureeTravailLibelleConverti"))
        found = hours.read_hours(words or self.text("dureeTravailLibelleConverti"), is_part_time=is_part_time)
        if found.note:
            self.note("dureeTravailLibelle", found.note, words)
        if hours.is_vague(words):
            self.note("dureeTravailLibelle", "hours_vague", words)
        return found

    def _schedules(self) -> list[str]:
        context = self.inside("contexteTravail")
        lists = [context.get("horaires"), context.get("conditionsExercice")]
        return [clean(word, 300) for found in lists if isinstance(found, list) for word in found[:10]]

    def _conditions(self) -> tuple[str, ...]:
        names = ("dureeTravailLibelle", "conditionExercice", "complementExercice")
        found = set(
            hours.read_conditions("\n".join([*(self.text(name, 300) for name in names), *self._schedules()]))
        )
        if self.text("deplacementCode") in TRAVEL_OFTEN:
            found.add("travel")
        return tuple(sorted(found))

    def _pay_text(self) -> str:
        given = self.inside("salaire")
        parts = [clean(given.get(name)) for name in ("libelle", "commentaire", "complement1", "complement2")]
        return ", ".join(dict.fromkeys(part for part in parts if part and fold_signs(part) != "autre"))[:250]

    def _pay(self, worked: hours.Hours) -> pay.Pay:
        given = self.inside("salaire")
        for name in ("libelle", "commentaire"):
            words = clean(given.get(name), 400)
            if not words or (name == "commentaire" and not pay.AMOUNT.search(fold_signs(words))):
                continue
            found = pay.read_pay(words, hours=worked.low, is_part_time=worked.is_part_time)
            if found.note and (name == "libelle" or found.low is not None):
                self.note("salaire", found.note, words)
            if found.low is not None or name == "libelle":
                return found
        return pay.Pay()

    def _licences(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        found: dict[bool, list[str]] = {True: [], False: []}
        for entry in self.entries("permis"):
            label = clean(entry.get("libelle"), 250)
            code = asked.read_licence(label)
            if not code:
                self.note("permis", "licence_unknown", label)
                continue
            if code == "D" and fold_signs(label).startswith(("de ", "ed ")):
                self.note("permis", "licence_nearest", label)
            found[clean(entry.get("exigence")) == "E"].append(code)
        required = tuple(sorted(set(found[True])))
        return required, tuple(sorted(set(found[False]) - set(required)))

    def _languages(self) -> tuple[LanguageRead, ...]:
        found: dict[str, bool] = {}
        for entry in self.entries("langues"):
            label = clean(entry.get("libelle"), 250)
            code = asked.read_language(label)
            if code:
                found[code] = found.get(code, False) or clean(entry.get("exigence")) == "E"
            else:
                self.note("langues", "language_unknown", label)
        return tuple(LanguageRead(code, required) for code, required in sorted(found.items()))

    def _education(self) -> tuple[int | None, bool]:
        levels: dict[bool, list[int]] = {True: [], False: []}
        for entry in self.entries("formations"):
            label = clean(entry.get("niveauLibelle"), 250)
            level = asked.read_education(label)
            if level is not None:
                levels[clean(entry.get("exigence")) == "E"].append(level)
            elif label:
                self.note("formations", "education_unknown", label)
        # Several diplomas are ways in, not a pile: the lowest is enough.
        is_required = bool(levels[True])
        chosen = levels[is_required]
        return (min(chosen) if chosen else None), is_required and min(chosen) > 0

    def _experience(self) -> tuple[int | None, bool]:
        asks = self.text("experienceExige").upper()
        label = self.text("experienceLibelle", 250)
        months = asked.read_months(label.partition(" - ")[0]) if label else None
        if asks == "D":
            return 0, False
        if asks and asks not in EXPERIENCE:
            self.note("experienceExige", "experience_unknown", asks)
        if months is None and label:
            self.note("experienceLibelle", "experience_unknown", label)
        return months, bool(months) and EXPERIENCE.get(asks, False)

    def _skills(self) -> tuple[SkillRead, ...]:
        found: dict[str, SkillRead] = {}
        for entry in self.entries("competences"):
            label, code = clean(entry.get("libelle"), 250), clean(entry.get("code"), 80)
            if label or code:
                found.setdefault(
                    fold_signs(label) or code, SkillRead(label, code, clean(entry.get("exigence")) == "E")
                )
        for entry in self.entries("qualitesProfessionnelles"):
            label = clean(entry.get("libelle"), 250)
            if label:
                found.setdefault(fold_signs(label), SkillRead(label, kind="attitude"))
        return tuple(found.values())

    def _positions(self) -> int:
        given = self.record.get("nombrePostes")
        if given is None:
            return 1
        if isinstance(given, int) and not isinstance(given, bool) and 1 <= given <= MOST_POSITIONS:
            return given
        self.note("nombrePostes", "positions_out_of_bounds", given)
        return 1

    def _published(self) -> dt.datetime | None:
        for name in ("dateCreation", "dateActualisation"):
            words = self.text(name, 60)
            if words and (found := dates.instant(words, now=self.now)):
                return found
            if words:
                self.note(name, "date_out_of_bounds", words)
        return None
