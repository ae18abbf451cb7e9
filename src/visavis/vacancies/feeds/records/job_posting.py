"""schema.org JobPosting, as web pages publish it: one posting becomes one vacancy and notes. Pure."""

import datetime as dt
import re
from typing import Any

from visavis.catalog.pointing import FRANCE, PlaceFound
from visavis.folding import fold_signs
from visavis.vacancies.ads.facts import Education, Facts, Found, Hours, Pay, Skill
from visavis.vacancies.ads.person import education, experience, languages, licences
from visavis.vacancies.ads.terms import conditions, contract, hours, pay
from visavis.vacancies.ads.text import WISHED, Text
from visavis.vacancies.feeds.records import markup
from visavis.vacancies.feeds.records.reading import (
    Noted,
    Where,
    amount,
    amounts_said,
    fit_key,
    made_key,
    siret_of,
)
from visavis.vacancies.feeds.records.vacancy import EmployerRead, Places, Read, VacancyRead
from visavis.vacancies.words.text import clean

FORMAT = "job-posting"
MOST_SKILLS = 30
# What the vocabulary calls kinds of employment, when the words themselves name no contract.
EMPLOYMENT = {
    "contractor": "self_employed", "temporary": "fixed_term", "temp": "fixed_term", "seasonal": "seasonal",
    "apprenticeship": "apprenticeship", "apprentice": "apprenticeship", "per diem": "temporary", "intern": "other",
    "internship": "other", "volunteer": "other", "other": "other",
}  # fmt: skip
# The words of a posting say better than these what the contract is.
UNSURE = {"contractor", "temporary", "temp", "other"}
NONE = re.compile(r"no requirement|none\b", re.IGNORECASE)
CREDENTIALS = (
    (7, "postgraduate|master"), (6, "bachelor"), (5, "associate"), (4, "high school|secondary"),
    (3, "professional certificate|vocational"), (0, "no requirement"),
)  # fmt: skip


def read_record(record: dict[str, Any], *, places: Places, now: dt.datetime) -> Read:
    """Read one posting; never raises, whatever stands in it."""
    reading = _Reading(record, places, now)
    title = reading.title()
    key = reading.key(title)
    if not title:
        return reading.refused(key, "title", "no_title")
    place = reading.found_place()
    if place is None:
        return reading.refused(key, "jobLocation", "place_abroad", reading.where().words[:250])
    return Read(key, reading.vacancy(key, title, place), tuple(reading.notes))


def words_of(value: Any, most: int | None = None) -> str:
    """Return a value in words, whatever wraps it: a text, {"@value"}, {"name"}, a list of these."""
    if isinstance(value, list):
        found = [words_of(one, most) for one in value[:20]]
        return ", ".join(part for part in found if part)[:most]
    if isinstance(value, dict):
        for name in ("@value", "name", "description", "credentialCategory", "value"):
            if not isinstance(value.get(name), dict | list) and (
                found_one := words_of(value.get(name), most)
            ):
                return found_one
        return ""
    return clean(value, most)


def first(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value


def part(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, dict) else None


class _Reading(Noted):
    """One posting being read, and what there is to say about it."""

    def __init__(self, record: dict[str, Any], places: Places, now: dt.datetime) -> None:
        super().__init__(places, now)
        self.record = record

    def words(self, name: str, most: int | None = None) -> str:
        return words_of(self.record.get(name), most)

    def text(self, name: str) -> str:
        return markup.plain(self.words(name))

    def title(self) -> str:
        other = words_of(
            part(self.record.get("relevantOccupation"), "name") or self.record.get("occupationalCategory")
        )
        return self.titled("title", markup.plain(self.words("title") or self.words("name")), other[:250])

    def key(self, title: str) -> str:
        """Take the number a posting has, else its address, else make one of what it says."""
        given = first(self.record.get("identifier"))
        if isinstance(given, dict):
            value = clean(part(given, "value")) or clean(part(given, "@value")) or clean(part(given, "@id"))
            if value:
                return fit_key(clean(given.get("name"), 60), value)
        elif clean(given):
            return fit_key(clean(given))
        for name in ("url", "@id", "mainEntityOfPage"):
            value = first(self.record.get(name))
            address = clean(part(value, "@id") if isinstance(value, dict) else value)
            if address:
                self.note("identifier", "id_from_url", address)
                return fit_key(address)
        if not title:
            return ""
        self.note("identifier", "id_made")
        return made_key(title, self.employer().name, self.where().words, self.words("datePosted", 60))

    def vacancy(self, key: str, title: str, place: PlaceFound) -> VacancyRead:
        codes = self.codes("occupationalCategory", self._category_codes())
        description = self._description()
        return VacancyRead(
            key=key,
            title=title,
            description=description,
            fields=self._facts(f"{title}\n{description}"),
            rome_code=codes.rome,
            rome_label=words_of(part(first(self.record.get("relevantOccupation")), "name"), 250),
            isco=codes.isco,
            esco_uri=codes.esco_uri,
            place=place,
            employer=self.employer(),
            pay_text=self._pay_text(),
            source_url=self.url(
                "url", clean(first(self.record.get("url")) or first(self.record.get("sameAs")))
            ),
            published_at=self.published((("datePosted", self.words("datePosted", 60)),)),
            closes_on=self.closing("validThrough", self.words("validThrough", 60)),
        )

    def _facts(self, text: str) -> Facts:
        """Read the fields; the description, which holds the qualifications too, is read with them later."""
        worked, time = self._hours()
        kind, months = self._experience()
        start = self.day("jobStartDate", words := self.words("jobStartDate", 60))
        wanted = Text(
            "\n".join(self.text(name) for name in ("qualifications", "eligibilityToWorkRequirement"))
        )
        return Facts(
            contract=self._contract(text),
            hours=worked,
            working_time=time,
            pay=self._pay(),
            starts=Found(start.isoformat(), words, "jobStartDate") if start else None,
            positions=self.counted("totalJobOpenings", self._openings()),
            experience=kind,
            experience_months=months,
            education=self._education(),
            licences=licences.licences_in(wanted),
            languages=languages.languages_in(wanted),
            conditions=conditions.conditions_in(Text(self.words("workHours", 1000))),
            remote=Found("full", "TELECOMMUTE", "jobLocationType") if self.is_remote() else None,
            skills=self._skills(),
        )

    def _description(self) -> str:
        """Join what stands in several fields, each once."""
        found = self.text("description")
        for name in ("responsibilities", "qualifications", "experienceRequirements", "jobBenefits"):
            more = self.text(name)
            if len(more) > 3 and more[:300].casefold() not in found.casefold():
                found = f"{found}\n\n{more}".strip()
        return self.described("description", found)

    def is_remote(self) -> bool:
        return "telecommute" in fold_signs(self.words("jobLocationType", 200))

    def where(self) -> Where:
        """Take the first place; a place may be a text, a Place, or an address."""
        place = first(self.record.get("jobLocation"))
        if isinstance(place, str):
            return Where(town=clean(place, 120))
        address = first(part(place, "address"))
        if address is None and isinstance(place, dict) and "addressLocality" in place:
            address = place
        geo = part(place, "geo") or place
        if isinstance(address, str):
            match = re.search(r"\b(\d{5})\b\s*([^,\d]*)", address)
            return Where("", match[1], match[2].strip()) if match else Where(town=clean(address, 120))
        postcode = re.sub(r"\s", "", words_of(part(address, "postalCode"), 20))
        return Where(
            postcode=postcode,
            town=words_of(part(address, "addressLocality"), 120) or words_of(part(place, "name"), 120),
            area=words_of(part(address, "addressRegion"), 120),
            country=words_of(part(address, "addressCountry"), 60),
            latitude=part(geo, "latitude"),
            longitude=part(geo, "longitude"),
        )

    def found_place(self) -> PlaceFound | None:
        """Find the place; None when it is abroad and one must go there."""
        given = self.record.get("jobLocation")
        if isinstance(given, list) and len(given) > 1:
            self.note(
                "jobLocation", "place_first_of_several", words_of([part(one, "address") for one in given])
            )
        where = self.where()
        if self.is_remote() and not where.words:
            area = words_of(self.record.get("applicantLocationRequirements"), 120)
            self.note("jobLocation", "place_remote", area)
            return FRANCE
        found = self.place("jobLocation", where)
        if found is None and self.is_remote():
            self.note("jobLocation", "place_remote", where.words)
            return FRANCE
        return found

    def employer(self) -> EmployerRead:
        given = first(self.record.get("hiringOrganization"))
        name = (
            given
            if isinstance(given, str)
            else words_of(part(given, "name")) or words_of(part(given, "legalName"))
        )
        numbers = (
            words_of(part(given, "taxID")),
            words_of(part(given, "identifier")),
            words_of(part(given, "vatID")),
        )
        return EmployerRead(
            name=" ".join(clean(name, 200).split()),
            about=markup.plain(clean(part(given, "description")))[:3000],
            siret=next(filter(None, map(siret_of, numbers)), ""),
        )

    def _kinds(self) -> list[str]:
        given = self.record.get("employmentType")
        parts = given if isinstance(given, list) else [given]
        split = [one for value in parts[:10] for one in re.split(r"[,;|/]", words_of(value, 300))]
        return [
            re.sub(r"[_\W]+", " ", fold_signs(one).rpartition("schema.org/")[2]).strip()
            for one in split
            if one.strip()
        ]

    def _contract(self, text: str) -> Found[str] | None:
        """Take the kind named; a code that may mean several gives way to what title and text say."""
        kinds = [kind for kind in self._kinds() if not SCHEDULE.fullmatch(kind)]
        if kind := next(filter(None, map(contract.kind_said, kinds)), ""):
            return Found(kind, ", ".join(kinds), "employmentType")
        codes = [kind for kind in kinds if kind in EMPLOYMENT]
        if codes and codes[0] in UNSURE and (found := contract.contract_in(Text(text))):
            self.note("employmentType", "contract_from_text", found.value)
            return found
        if kinds and not codes:
            self.note("employmentType", "contract_unknown", kinds[0])
        return (
            Found(EMPLOYMENT[codes[0]] if codes else "other", kinds[0], "employmentType") if kinds else None
        )

    def _hours(self) -> tuple[Found[Hours] | None, Found[str] | None]:
        kinds, words = set(self._kinds()), self.words("workHours", 1000)
        read = hours.hours_in(Text(words)) or hours.bare_hours_in(Text(words))
        worked = Found(read.value, words, "workHours") if read else None
        is_full, is_part = bool(kinds & FULL_TIME), bool(kinds & PART_TIME)
        time = "either" if is_full and is_part else "full" if is_full else "part" if is_part else ""
        if worked is None and time == "part":
            self.note(
                "workHours" if words else "employmentType", "part_time_without_hours", words or "PART_TIME"
            )
        return worked, Found(time, time, "employmentType") if time else hours.working_time_of(worked)

    def _pay_text(self) -> str:
        given = first(self.record.get("baseSalary"))
        if not isinstance(given, dict):
            return clean(given, 250)
        amounts, period = _amounts(given)
        currency = words_of(part(given, "currency"), 10) or words_of(
            part(part(given, "value"), "currency"), 10
        )
        return amounts_said(amounts, currency, period.lower())

    def _pay(self) -> Found[Pay] | None:
        given = first(self.record.get("baseSalary"))
        if isinstance(given, str) and amount(given) is None:
            words = clean(given, 400)
            found = pay.pay_said(words)
            if words and not found:
                self.note("baseSalary", "pay_not_understood", words)
            return Found(found, words, "baseSalary") if found else None
        amounts, period = _amounts(given)
        currency = fold_signs(
            words_of(part(given, "currency")) or words_of(part(part(given, "value"), "currency"))
        ).strip()
        if amounts and currency not in {"", "eur", "euro", "euros", "€"}:
            self.note("baseSalary", "pay_other_currency", f"{amounts[0]:g} {currency.upper()}")
            return None
        return self.paid("baseSalary", amounts, period, self._pay_text())

    def _education(self) -> Found[Education] | None:
        given = self.record.get("educationRequirements")
        levels = []
        for one in given if isinstance(given, list) else [given]:
            words = words_of(part(one, "credentialCategory")) or words_of(one)
            found = education.level_of(words) if words else None
            if found is None and words:
                folded = fold_signs(words)
                found = next((level for level, names in CREDENTIALS if re.search(names, folded)), None)
            if found is not None:
                levels.append(found)
            elif words:
                self.note("educationRequirements", "education_unknown", words)
        if not levels:
            return None
        words = words_of(given)
        replaced = self.record.get("experienceInPlaceOfEducation") is True
        asks = min(levels) > 0 and not replaced and not WISHED.search(fold_signs(words))
        return Found(Education(min(levels), asks), words, "educationRequirements")

    def _experience(self) -> tuple[Found[str] | None, Found[int] | None]:
        given = first(self.record.get("experienceRequirements"))
        months = amount(part(given, "monthsOfExperience"))
        name = "experienceRequirements"
        if months is not None and months <= experience.MOST_MONTHS:
            words = f"{months:g} months"
            asks = Found("required" if months else "none", words, name)
            return asks, Found(round(months), words, name) if months else None
        words = words_of(given) if months is None else f"{months:g}"
        if not words or (words.isdigit() and months is None):
            return None, None
        text = Text(f"Expérience : {words}", name)
        kind, length = experience.experience_in(text)
        if experience.beginner_in(text) or education.level_of(words) == 0 or NONE.search(words):
            return Found("none", words, name), None
        if months is not None or not (kind or length):
            self.note(name, "experience_unknown", words)
            return None, None
        return kind and Found(kind.value, words, name), length and Found(length.value, words, name)

    def _skills(self) -> tuple[Skill, ...]:
        """Take short pieces for skills; whole sentences stay in the description."""
        given = self.record.get("skills")
        texts = [words_of(one) for one in (given if isinstance(given, list) else [given])]
        pieces = [piece for text in texts for piece in re.split(r"[,;•\n]|\s-\s", markup.plain(text))]
        found: dict[str, Skill] = {}
        for piece in pieces:
            label = clean(piece.strip(" .-"), 250)
            if 2 < len(label) <= 100:
                found.setdefault(fold_signs(label), Skill(label))
        return tuple(found.values())[:MOST_SKILLS]

    def _category_codes(self) -> list[str]:
        found: list[str] = []
        for name in ("occupationalCategory", "relevantOccupation"):
            given = self.record.get(name)
            for one in given if isinstance(given, list) else [given]:
                if isinstance(one, dict):
                    found += [
                        clean(one.get(key))
                        for key in ("codeValue", "@id", "url", "sameAs", "occupationalCategory")
                    ]
                elif name == "occupationalCategory":
                    found.append(clean(one))
        # A category in words is no code: it helps to find the occupation, and is no fault.
        return [code for code in found if re.search(r"\d{4}|/occupation/", code)]

    def _openings(self) -> Any:
        given = first(self.record.get("totalJobOpenings"))
        return part(given, "value") if isinstance(given, dict) else given


FULL_TIME = {"full time", "fulltime", "temps plein", "temps complet"}
PART_TIME = {"part time", "parttime", "temps partiel", "mi temps"}
SCHEDULE = re.compile("|".join(sorted(FULL_TIME | PART_TIME)))


def _amounts(given: Any) -> tuple[list[float], str]:
    """Return the lowest and the highest amount and their period, from any shape that a salary takes."""
    value = first(part(given, "value")) if isinstance(given, dict) and "value" in given else given
    holders = [holder for holder in (value, given) if isinstance(holder, dict)]
    if not holders:
        found = amount(value)
        return ([found] if found else []), ""
    period = next(
        (
            said
            for holder in holders
            for name in ("unitText", "unitCode")
            if (said := words_of(holder.get(name), 20))
        ),
        "",
    )
    for holder in holders:
        bounds = [amount(first(holder.get(name))) for name in ("minValue", "maxValue")]
        bounds = bounds if any(bounds) else [amount(first(holder.get(name))) for name in ("value", "price")]
        if known := [one for one in bounds if one]:
            return known, period
    found = amount(value)
    return ([found] if found else []), period
