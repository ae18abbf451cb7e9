"""One row of a mapped CSV becomes one vacancy and notes. Pure."""

import datetime as dt
import re

from visavis.catalog.pointing import PlaceFound
from visavis.folding import fold_signs
from visavis.vacancies.feeds import markup
from visavis.vacancies.feeds.reading import Noted, Where, amount, fit_key, made_key, siret_of
from visavis.vacancies.feeds.vacancy import (
    EmployerRead,
    LanguageRead,
    Places,
    Read,
    SkillRead,
    VacancyRead,
)
from visavis.vacancies.pasted.person import WISHED
from visavis.vacancies.words import asked, contracts, hours, pay
from visavis.vacancies.words.text import clean

FORMAT = "csv"
MOST_SKILLS = 30


def read_record(record: dict[str, str], *, places: Places, now: dt.datetime) -> Read:
    """Read one row; never raises, whatever stands in it."""
    reading = _Reading(record, places, now)
    title = reading.title()
    key = reading.key(title)
    if not title:
        return reading.refused(key, "title", "no_title")
    where = reading.where()
    place = reading.place("town", where)
    if place is None:
        return reading.refused(key, "town", "place_abroad", where.words[:250])
    return Read(key, reading.vacancy(key, title, place), tuple(reading.notes))


class _Reading(Noted):
    """One row being read, and what there is to say about it."""

    def __init__(self, record: dict[str, str], places: Places, now: dt.datetime) -> None:
        super().__init__(places, now)
        self.record = record

    def text(self, name: str, most: int | None = None) -> str:
        return clean(self.record.get(name), most)

    def title(self) -> str:
        return self.titled(
            "title", markup.plain(self.text("title")), " ".join(self.text("occupation", 250).split())
        )

    def key(self, title: str) -> str:
        if given := self.text("id"):
            return fit_key(" ".join(given.split()))
        if url := self.text("url"):
            self.note("id", "id_from_url", url)
            return fit_key(url)
        if not title:
            return ""
        self.note("id", "id_made")
        return made_key(title, *(self.text(name) for name in ("employer", "siret", "town", "postcode", "insee",
                                                              "contract", "hours", "description")))  # fmt: skip

    def where(self) -> Where:
        digits = re.sub(r"\s", "", self.text("postcode", 20))
        insee = self.text("insee", 10).upper()
        town = self.text("town", 120)
        # "26000 Valence" and "Valence (26)" are what people write in one column.
        if not digits and (match := re.search(r"\b(\d{5})\b", town)):
            digits, town = match[1], town.replace(match[1], " ").strip(" ,-()")
        area = self.text("area", 120).split("\n")[0]
        if not digits and (match := re.search(r"\((\d{2,3}|2[AB])\)\s*$", town)):
            town = f"{match[1]} - {town[: match.start()].strip()}"
        elif not digits and re.fullmatch(r"\d{1,3}|2[ABab]", area) and town:
            town, area = f"{area.zfill(2).upper()} - {town}", ""
        return Where(
            code=insee.zfill(5) if insee else "",
            # A spreadsheet takes the zero off 07100.
            postcode=digits.zfill(5) if digits.isdigit() and len(digits) == 4 else digits,
            town=town,
            area=area,
            country=self.text("country", 60),
            latitude=self.text("latitude", 30).replace(",", ".") or None,
            longitude=self.text("longitude", 30).replace(",", ".") or None,
        )

    def vacancy(self, key: str, title: str, place: PlaceFound) -> VacancyRead:
        worked = self._hours()
        found = self._pay(worked)
        codes = self.codes("code", [self.text("code", 200)])
        required, wished = self._licences()
        level, level_is_required = self._education()
        months, months_are_required = self._experience()
        contract, contract_months = self._contract()
        words = "\n".join(self.text(name, 2000) for name in ("conditions", "hours"))
        return VacancyRead(
            key=key,
            title=title,
            description=self.described("description", markup.plain(self.text("description"))),
            rome_code=codes.rome,
            rome_label=self.text("occupation", 250),
            title_of_occupation=self.text("occupation", 250),
            isco=codes.isco,
            esco_uri=codes.esco_uri,
            place=place,
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
            conditions=tuple(sorted(set(hours.read_conditions(words)))),
            experience_months=months,
            experience_is_required=months_are_required,
            education_level=level,
            education_is_required=level_is_required,
            skills=self._skills(),
            languages=self._languages(),
            positions=self.positions("positions", self.text("positions", 40)),
            source_url=self.url("url", self.text("url")),
            published_at=self.published((("published", self.text("published", 60)),)),
            starts_on=self.day("starts", self.text("starts", 60)),
            closes_on=self.closing("closes", self.text("closes", 60)),
        )

    def _employer(self) -> EmployerRead:
        return EmployerRead(
            name=" ".join(self.text("employer", 200).split()),
            about=markup.plain(self.text("about"))[:3000],
            siret=siret_of(self.text("siret", 30)),
        )

    def _contract(self) -> tuple[str, int | None]:
        words = self.text("contract", 250)
        length = self.text("length", 60)
        months = asked.read_months(f"{length} mois" if length.isdigit() else length or words) or None
        if not words:
            return "", months
        found = contracts.contract_in(fold_signs(words))
        kind = found[0] if found else contracts.contract_of(words.upper()[:3], words, is_work_study=False)
        if (
            not kind
            and not hours.FULL_TIME.search(fold_signs(words))
            and not hours.PART_TIME.search(fold_signs(words))
        ):
            self.note("contract", "contract_unknown", words)
            kind = "other"
        return kind, months if kind != "permanent" else None

    def _hours(self) -> hours.Hours:
        words = self.text("hours", 300)
        if number := re.fullmatch(r"(\d{1,2})(?:[.,](\d{1,2}))?", words):
            words = f"{number[1]}.{(number[2] or '0')[0]} h"
        is_part_time = bool(hours.PART_TIME.search(fold_signs(f"{words} {self.text('contract', 250)}")))
        found = hours.read_hours(words or self.text("contract", 250), is_part_time=is_part_time)
        if found.note:
            self.note("hours", found.note, words)
        return found

    def _bounds(self) -> list[float]:
        found = []
        for name in ("pay_min", "pay_max"):
            words = self.text(name, 60)
            value = amount(words)
            if words and value is None:
                self.note(name, "pay_not_understood", words)
            if value:
                found.append(value)
        return found

    def _pay_text(self) -> str:
        names = ("pay", "pay_min", "pay_max", "pay_period")
        return " - ".join(self.text(name, 120) for name in names if self.text(name))[:250]

    def _pay(self, worked: hours.Hours) -> pay.Pay:
        if bounds := self._bounds():
            return self.paid("pay_min", bounds, self.text("pay_period", 30), worked)
        words = self.text("pay", 400)
        if not words:
            return pay.Pay()
        if (alone := amount(words)) is not None:
            return self.paid("pay", [alone], self.text("pay_period", 30), worked)
        found = pay.read_pay(
            f"{words} {self.text('pay_period', 30)}", hours=worked.low, is_part_time=worked.is_part_time
        )
        if found.note:
            self.note("pay", found.note, words)
        return found

    def _entries(self, name: str) -> list[str]:
        return [one.strip() for one in re.split(r"[;,\n|•]", self.text(name)) if one.strip()][:60]

    def _licences(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        found: dict[bool, set[str]] = {True: set(), False: set()}
        for label in self._entries("licences"):
            if fold_signs(label) in NOTHING:
                continue
            if code := asked.read_licence(label):
                found[not WISHED.search(fold_signs(label))].add(code)
            else:
                self.note("licences", "licence_unknown", label)
        return tuple(sorted(found[True])), tuple(sorted(found[False] - found[True]))

    def _languages(self) -> tuple[LanguageRead, ...]:
        found: dict[str, LanguageRead] = {}
        for label in self._entries("languages"):
            folded = fold_signs(label)
            code = folded if folded in asked.LANGUAGES else asked.read_language(label)
            if code:
                level = next((level for level, words in asked.LEVELS if re.search(words, folded)), None)
                found.setdefault(code, LanguageRead(code, not WISHED.search(folded), level))
            elif folded not in NOTHING:
                self.note("languages", "language_unknown", label)
        return tuple(found.values())

    def _education(self) -> tuple[int | None, bool]:
        words = self.text("education", 250)
        if not words:
            return None, False
        level = asked.read_education(words)
        if level is None and fold_signs(words) not in NOTHING:
            self.note("education", "education_unknown", words)
        return level, bool(level) and not WISHED.search(fold_signs(words))

    def _experience(self) -> tuple[int | None, bool]:
        words = self.text("experience", 250)
        if not words:
            return None, False
        if fold_signs(words) in NOTHING:
            return 0, False
        months = asked.read_months(words)
        if months is None:
            self.note("experience", "experience_unknown", words)
        return months, bool(months) and not WISHED.search(fold_signs(words))

    def _skills(self) -> tuple[SkillRead, ...]:
        found: dict[str, SkillRead] = {}
        for label in self._entries("skills"):
            if 2 < len(label) <= 250:
                found.setdefault(fold_signs(label), SkillRead(label))
        return tuple(found.values())[:MOST_SKILLS]


NOTHING = {"", "-", "non", "no", "aucun", "aucune", "none", "neant", "0", "nc", "n/a"}
