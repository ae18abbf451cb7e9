"""One row of a mapped CSV becomes one vacancy and notes. Pure."""

import datetime as dt
import re

from visavis.catalog.pointing import PlaceFound
from visavis.vacancies.ads import columns
from visavis.vacancies.feeds.records import markup
from visavis.vacancies.feeds.records.reading import Noted, Where, fit_key, made_key, siret_of
from visavis.vacancies.feeds.records.vacancy import EmployerRead, Places, Read, VacancyRead
from visavis.vacancies.words.text import clean

FORMAT = "csv"


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
        codes = self.codes("code", [self.text("code", 200)])
        given = {name: self.text(name, 2000) for name in self.record}
        return VacancyRead(
            key=key,
            title=title,
            description=self.described("description", markup.plain(self.text("description"))),
            fields=columns.facts_of(given, self.note),
            rome_code=codes.rome,
            rome_label=self.text("occupation", 250),
            title_of_occupation=self.text("occupation", 250),
            isco=codes.isco,
            esco_uri=codes.esco_uri,
            place=place,
            employer=self._employer(),
            pay_text=self._pay_text(),
            source_url=self.url("url", self.text("url")),
            published_at=self.published((("published", self.text("published", 60)),)),
            closes_on=self.closing("closes", self.text("closes", 60)),
        )

    def _employer(self) -> EmployerRead:
        return EmployerRead(
            name=" ".join(self.text("employer", 200).split()),
            about=markup.plain(self.text("about"))[:3000],
            siret=siret_of(self.text("siret", 30)),
        )

    def _pay_text(self) -> str:
        names = ("pay", "pay_min", "pay_max", "pay_period")
        return " - ".join(self.text(name, 120) for name in names if self.text(name))[:250]
