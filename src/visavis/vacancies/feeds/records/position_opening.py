"""HR-Open (HR-XML 3) PositionOpening, as EURES exchanges it: one opening becomes one vacancy and notes. Pure.

Elements are known by their local names: the namespaces differ from one service to the next.
"""

import datetime as dt
import re
from collections.abc import Iterator

from visavis.catalog.pointing import FRANCE, PlaceFound
from visavis.folding import fold_signs
from visavis.vacancies.ads.facts import Education, Facts, Found, Hours, Language, Length, Pay, Skill
from visavis.vacancies.ads.person import education, experience, languages, licences
from visavis.vacancies.ads.terms import hours
from visavis.vacancies.feeds.records import markup
from visavis.vacancies.feeds.records.reading import Noted, Where, amount, amounts_said, fit_key, siret_of
from visavis.vacancies.feeds.records.vacancy import EmployerRead, Kind, Note, Places, Read, VacancyRead
from visavis.vacancies.feeds.splitting.position_opening_files import Node
from visavis.vacancies.words.text import clean

FORMAT = "position-opening"
OFFERINGS = {
    "directhire": "permanent", "temporary": "fixed_term", "temporarytohire": "temporary",
    "contracttohire": "fixed_term", "contract": "fixed_term", "apprenticeship": "apprenticeship",
    "seasonal": "seasonal", "selfemployed": "self_employed", "internship": "other", "oncall": "other",
    "recruitmentreserve": "other", "volunteer": "other",
}  # fmt: skip
OTHERS = {"internship", "oncall", "recruitmentreserve", "volunteer"}
# ISCED 2011 to the French framework; 3 covers both the CAP and the baccalauréat: the lower one asks less.
ISCED = {0: 0, 1: 1, 2: 1, 3: 3, 4: 4, 5: 5, 6: 6, 7: 7, 8: 8}
LEVELS = {"A1": 1, "A2": 2, "B1": 3, "B2": 4, "C1": 5, "C2": 6}
NOT_SAID = {"", "na", "n/a", "unknown", "null"}


def read_record(record: Node, *, places: Places, now: dt.datetime) -> Read:
    """Read one opening; never raises, whatever stands in it."""
    key = fit_key(clean(record.first("DocumentID")))
    if not key:
        return Read("", None, (Note("DocumentID", "no_id", "", Kind.REFUSED),))
    status = fold_signs(record.first("PositionOpeningStatusCode"))
    if status in {"closed", "inactive", "cancelled", "filled", "deleted"}:
        return Read(key, None, (Note("PositionOpeningStatusCode", "closed_in_feed", status),), is_closed=True)
    profiles = record.all("PositionProfile")
    reading = _Reading(profiles[0] if profiles else record, record, places, now)
    title = reading.title()
    if not title:
        return reading.refused(key, "PositionTitle", "no_title")
    place = reading.found_place()
    if place is None:
        return reading.refused(key, "PositionLocation", "place_abroad", reading.where().words[:250])
    return Read(key, reading.vacancy(key, title, place), tuple(reading.notes))


class _Reading(Noted):
    """One opening being read, and what there is to say about it."""

    def __init__(self, profile: Node, record: Node, places: Places, now: dt.datetime) -> None:
        super().__init__(places, now)
        self.profile = profile
        self.record = record

    def text(self, *path: str, most: int | None = None) -> str:
        found = clean(self.profile.first(*path), most)
        return "" if found.lower() in NOT_SAID else found

    def title(self) -> str:
        return self.titled("PositionTitle", markup.plain(self.text("PositionTitle")))

    def vacancy(self, key: str, title: str, place: PlaceFound) -> VacancyRead:
        codes = self.codes(
            "JobCategoryCode", [clean(node.text) for node in self.profile.all("JobCategoryCode")]
        )
        return VacancyRead(
            key=key,
            title=title,
            description=self.described("PositionFormattedDescription", self._description()),
            fields=self._facts(),
            rome_code=codes.rome,
            isco=codes.isco,
            esco_uri=codes.esco_uri,
            place=place,
            employer=self._employer(),
            pay_text=self._pay_text(),
            source_url=self._url(),
            published_at=self.published((("validFrom", clean(self.record.attributes.get("validFrom"), 60)),)),
            closes_on=self.closing("ApplicationCloseDate", self.text("ApplicationCloseDate", most=60)),
        )

    def _facts(self) -> Facts:
        worked, time = self._hours()
        starts, ends = self._period("StartDate"), self._period("EndDate")
        kind, months = self._contract(), self._experience()
        return Facts(
            contract=kind,
            length=None if kind and kind.value == "permanent" else self._length(starts, ends),
            starts=Found(starts.isoformat(), starts.isoformat(), "StartDate") if starts else None,
            ends=Found(ends.isoformat(), ends.isoformat(), "EndDate") if ends else None,
            hours=worked,
            working_time=time,
            pay=self._pay(),
            positions=self.counted("PositionOpenQuantity", self.text("PositionOpenQuantity", most=20)),
            experience=Found("required", months.words, months.source) if months else None,
            experience_months=months,
            education=self._education(),
            licences=self._licences(),
            languages=self._languages(),
            remote=Found("full", "remoteWorkIndicator", "remoteWorkIndicator") if self.is_remote() else None,
            skills=self._skills(),
        )

    def _description(self) -> str:
        nodes = self.profile.all("PositionFormattedDescription", "Content")
        texts = [markup.plain(clean(node.text)) for node in nodes]
        return "\n\n".join(dict.fromkeys(text for text in texts if text))

    def is_remote(self) -> bool:
        return any(node.text.lower() == "true" for node in self.profile.anywhere("remoteWorkIndicator"))

    def where(self) -> Where:
        found = self.profile.all("PositionLocation", "Address")
        address = found[0] if found else Node("Address")
        town = clean(address.first("CityName"), 120)
        return Where(
            postcode=re.sub(r"\s", "", clean(address.first("PostalCode"), 20)),
            town="" if town.lower() in NOT_SAID else town,
            area=self._area(clean(address.first("CountrySubDivisionCode"), 60)),
            country=clean(address.first("CountryCode"), 60),
        )

    def _area(self, code: str) -> str:
        """Return a subdivision that is a name or a department; the codes of NUTS say too little here."""
        match = re.fullmatch(r"(?:FR-)?(\d{2,3}|2[AB])", code, re.IGNORECASE)
        return "" if re.fullmatch(r"FR\w{1,3}", code) or match else code

    def found_place(self) -> PlaceFound | None:
        given = self.profile.all("PositionLocation")
        if len(given) > 1:
            towns = ", ".join(node.first("Address", "CityName") for node in given)
            self.note("PositionLocation", "place_first_of_several", towns)
        found = self.place("PositionLocation", self.where())
        if found is None and self.is_remote():
            self.note("PositionLocation", "place_remote", self.where().words)
            return FRANCE
        return found

    def _employer(self) -> EmployerRead:
        path = ("PositionOrganization", "OrganizationIdentifiers")
        name = self.text(*path, "OrganizationName", most=200) or self.text(
            "PositionOrganization", "OrganizationName", most=200
        )
        naf = re.sub(r"[^0-9A-Za-z.]", "", self.text("PositionOrganization", "IndustryCode", most=20))
        return EmployerRead(
            name=" ".join(name.split()),
            about=markup.plain(self.text("PositionOrganization", "Description"))[:3000],
            naf=naf if re.fullmatch(r"\d{2}\.?\d{2}[A-Z]?", naf) else "",
            siret=siret_of(self.text(*path, "OrganizationLegalID", most=30)),
        )

    def _contract(self) -> Found[str] | None:
        code = self.text("PositionOfferingTypeCode", most=60)
        kind = OFFERINGS.get(re.sub(r"[^a-z]", "", fold_signs(code)), "other")
        if code and kind == "other" and fold_signs(code) not in OTHERS:
            self.note("PositionOfferingTypeCode", "contract_unknown", code)
        return Found(kind, code, "PositionOfferingTypeCode") if code else None

    def _period(self, name: str) -> dt.date | None:
        nodes = self.profile.all("PositionPeriod", name)
        words = next(
            (clean(n.first("FormattedDateTime") or n.first("DateText") or n.text, 60) for n in nodes), ""
        )
        return self.day(name, words) if words.lower() not in NOT_SAID else None

    def _length(self, starts: dt.date | None, ends: dt.date | None) -> Found[Length] | None:
        if not starts or not ends or ends <= starts:
            return None
        return Found(Length(days=(ends - starts).days), f"{starts} – {ends}", "PositionPeriod")

    def _hours(self) -> tuple[Found[Hours] | None, Found[str] | None]:
        schedule = self.text("PositionScheduleTypeCode", most=60)
        words = " ".join(clean(node.text, 100) for node in self.profile.anywhere("ScheduleHours"))
        value = hours.said(words)
        worked = Found(value, words, "ScheduleHours") if value else None
        time = {"fulltime": "full", "parttime": "part"}.get(fold_signs(schedule).replace(" ", ""), "")
        if worked is None and time == "part":
            self.note("PositionScheduleTypeCode", "part_time_without_hours", words or schedule)
        return worked, Found(time, schedule, "PositionScheduleTypeCode") if time else hours.working_time_of(
            worked
        )

    def _range(self) -> Node | None:
        """Return the range of the base pay."""
        found = [
            node
            for name in ("OfferedRemunerationPackage", "RemunerationPackage")
            for node in self.profile.all(name, "RemunerationRange")
        ]
        base = [node for node in found if fold_signs(node.first("RemunerationTypeCode")) in {"", "basepay"}]
        return next(iter(base), None)

    def _bounds(self, given: Node) -> tuple[list[float], str, str]:
        amounts, currency = [], ""
        for name in ("MinimumAmount", "MaximumAmount"):
            for node in given.all(name):
                currency = currency or node.attributes.get("currencyID", node.attributes.get("currency", ""))
                if found := amount(node.text):
                    amounts.append(found)
        names = ("RemunerationIntervalCode", "IntervalCode", "RemunerationBasisCode", "BasisCode")
        period = next((said for name in names if (said := given.first(name))), "")
        period = re.sub(r"(?i)^per\s?", "", period)
        return amounts, period, currency or given.first("CurrencyCode")

    def _pay(self) -> Found[Pay] | None:
        given = self._range()
        if given is None:
            return None
        amounts, period, currency = self._bounds(given)
        if amounts and fold_signs(currency).strip() not in {"", "eur"}:
            self.note("RemunerationRange", "pay_other_currency", f"{amounts[0]:g} {currency}")
            return None
        return self.paid("RemunerationRange", amounts, period, self._pay_text())

    def _pay_text(self) -> str:
        given = self._range()
        if given is None:
            return ""
        amounts, period, currency = self._bounds(given)
        return amounts_said(amounts, currency, period)

    def _wanted(self, name: str) -> list[Node]:
        return self.profile.all("PositionQualifications", name)

    def _licences(self) -> dict[str, Found[bool]]:
        found = {}
        for node in self._wanted("LicenseTypeCode"):
            label = clean(node.text, 250)
            if code := licences.code_of(label):
                found[code] = Found(True, label, "LicenseTypeCode")
            elif label:
                self.note("LicenseTypeCode", "licence_unknown", label)
        return found

    def _education(self) -> Found[Education] | None:
        levels = []
        for node in self._wanted("EducationRequirement"):
            code = clean(node.first("EducationLevelCode") or node.first("DegreeTypeCode"), 60)
            digit = re.search(r"\d", code)
            level = ISCED.get(int(digit[0])) if digit else education.level_of(code)
            if level is not None:
                levels.append((level, code))
            elif code:
                self.note("EducationLevelCode", "education_unknown", code)
        level, code = min(levels, default=(None, ""))
        return None if level is None else Found(Education(level, level > 0), code, "EducationLevelCode")

    def _experience(self) -> Found[int] | None:
        for node in self._wanted("ExperienceSummary"):
            for measure in node.anywhere("Measure"):
                unit, value = fold_signs(measure.attributes.get("unitCode", "month")), amount(measure.text)
                months = value * (12 if unit.startswith(("year", "ann", "y")) else 1) if value else 0
                if 0 < months <= experience.MOST_MONTHS:
                    return Found(round(months), f"{measure.text} {unit}", "ExperienceSummary")
                self.note("ExperienceSummary", "experience_unknown", f"{measure.text} {unit}")
        return None

    def _competencies(self, *, are_languages: bool) -> Iterator[Node]:
        """Give the languages, which are competencies of a scheme of their own, or all others."""
        for node in self._wanted("PositionCompetency"):
            identifiers, taxonomy = node.all("CompetencyID")[:1], node.first("TaxonomyID")
            scheme = " ".join(said for one in identifiers for said in (*one.attributes.values(), taxonomy))
            if ("language" in fold_signs(scheme)) == are_languages:
                yield node

    def _languages(self) -> dict[str, Found[Language]]:
        found: dict[str, Found[Language]] = {}
        for node in self._competencies(are_languages=True):
            words = clean(node.all("CompetencyID")[0].text, 60)
            required = node.first("RequiredProficiencyLevel", "ScoreText")
            wished = node.first("DesiredProficiencyLevel", "ScoreText")
            if code := self._language(words):
                level = LEVELS.get((required or wished).upper()[:2])
                found[code] = Found(
                    Language(level, bool(required) or not wished), words, "PositionCompetency"
                )
        for node in self.profile.all("WorkingLanguageCode"):
            code = self._language(clean(node.text, 60))
            if code and code != "fr":
                found.setdefault(code, Found(Language(None, True), code, "WorkingLanguageCode"))
        return found

    def _language(self, words: str) -> str:
        code = words[:2] if re.fullmatch(r"[A-Za-z]{2}(?:-[A-Za-z]{2})?", words) else words
        found = languages.code_of(code)
        if words and not found:
            self.note("languages", "language_unknown", words)
        return found

    def _skills(self) -> tuple[Skill, ...]:
        found: dict[str, Skill] = {}
        for node in self._competencies(are_languages=False):
            identifier = next((one.text for one in node.all("CompetencyID")), "")
            if label := clean(node.first("CompetencyName") or identifier, 250):
                # The catalogue keeps the end of ESCO's address.
                code = f"esco:{label.rpartition('/')[2]}"[:80] if label.startswith("http") else ""
                found.setdefault(fold_signs(label), Skill("" if code else label, code=code))
        return tuple(found.values())

    def _url(self) -> str:
        for path in (
            ("PostingInstruction", "ApplicationMethod", "Instructions"),
            ("PostingInstruction", "PostingURL"),
        ):
            if match := re.search(r"https?://[^\s<>\"']+", self.text(*path)):
                return self.url("ApplicationMethod", match[0])
        return ""
