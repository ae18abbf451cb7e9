"""Write what a feed says into the tables, a batch at a time."""

from collections.abc import Mapping
from typing import Any

from visavis.common import clock
from visavis.vacancies import occupations
from visavis.vacancies.feeds.catalogued import Skills
from visavis.vacancies.feeds.vacancy import EmployerRead, Note, VacancyRead
from visavis.vacancies.models import Employer, FeedRun, LanguageAsked, SkillAsked, Vacancy
from visavis.vacancies.words.text import fold

SAME = (
    "title", "description", "contract", "contract_months", "hours_min", "hours_max", "pay_min_hour", "pay_max_hour",
    "pay_text", "experience_months", "experience_is_required", "education_level", "education_is_required",
    "positions", "is_open_to_disability", "source_url",
)  # fmt: skip
LISTS = ("licences", "licences_wished", "conditions")
MOST_REMEMBERED = 20_000

type Wanted = Mapping[str, tuple[VacancyRead, str]]


class Writer:
    """Writes the vacancies of one run; remembers employers and occupations between batches."""

    def __init__(self, run: FeedRun) -> None:
        self.run = run
        self.skills = Skills()
        self.employers: dict[tuple[str, str], Employer] = {}
        self.occupations: dict[tuple[str, str], occupations.OccupationFound | None] = {}

    def write(self, wanted: Wanted) -> list[tuple[str, Note]]:
        """Create, change or leave each vacancy; count it in the run; return what there is to say."""
        existing = {
            v.feed_key: v for v in Vacancy.objects.filter(feed=self.run.feed, feed_key__in=list(wanted))
        }
        notes: list[tuple[str, Note]] = []
        written: list[tuple[Vacancy, VacancyRead]] = []
        for key, (read, digest) in wanted.items():
            vacancy = existing.get(key)
            if vacancy and vacancy.digest == digest and vacancy.state == Vacancy.State.OPEN:
                self.run.unchanged += 1
            else:
                vacancy = self._fill(
                    vacancy or Vacancy(feed=self.run.feed, feed_key=key), read, digest, notes
                )
                written.append((vacancy, read))
        self._save(written)
        notes += self._say_occupations(wanted, existing, written)
        return notes

    def _fill(
        self, vacancy: Vacancy, read: VacancyRead, digest: str, notes: list[tuple[str, Note]]
    ) -> Vacancy:
        now = clock.now()
        for name in SAME:
            setattr(vacancy, name, getattr(read, name))
        for name in LISTS:
            setattr(vacancy, name, list(getattr(read, name)))
        found = self._occupation(read)
        vacancy.occupation = found.occupation if found else None
        vacancy.occupation_from = found.how if found else ""
        if read.place:
            vacancy.commune_id, vacancy.department_id = (
                read.place.commune or None,
                read.place.department or None,
            )
            vacancy.latitude, vacancy.longitude = read.place.latitude, read.place.longitude
            vacancy.precision_km, vacancy.place_text = read.place.precision_km, read.place.label[:120]
        vacancy.employer = self._employer(read)
        vacancy.state, vacancy.digest, vacancy.changed_at = Vacancy.State.OPEN, digest, now
        vacancy.published_at = read.published_at or vacancy.published_at or now
        return vacancy

    def _occupation(self, read: VacancyRead) -> occupations.OccupationFound | None:
        asked = (read.rome_code, read.rome_label) if read.rome_code else ("", read.title)
        if asked not in self.occupations:
            if len(self.occupations) > MOST_REMEMBERED:
                self.occupations.clear()
            self.occupations[asked] = occupations.by_code(*asked) if read.rome_code else None
            if self.occupations[asked] is None:
                self.occupations[asked] = occupations.by_title(
                    read.title_of_occupation, read.title, read.rome_label
                )
        return self.occupations[asked]

    def _say_occupations(
        self, wanted: Wanted, existing: Mapping[str, Vacancy], written: list[tuple[Vacancy, VacancyRead]]
    ) -> list[tuple[str, Note]]:
        """Say of every vacancy read, written or not, how its occupation was found when its code did not give it."""
        current = {**existing, **{vacancy.feed_key: vacancy for vacancy, _read in written}}
        notes = []
        for key, (read, _digest) in wanted.items():
            how = current[key].occupation_from
            if how == "feed":
                notes.append(
                    (key, Note("romeCode", "occupation_from_feed", f"{read.rome_code} {read.rome_label}"))
                )
            elif how == "title":
                notes.append((key, Note("romeCode", "occupation_from_title", read.rome_code or read.title)))
            elif not how:
                notes.append((key, Note("romeCode", "occupation_not_found", read.rome_code or read.title)))
        return notes

    def _employer(self, read: VacancyRead) -> Employer | None:
        """Find the employer again by siret, else by name and commune."""
        given = read.employer
        if not given.name and not given.siret:
            return None
        commune = read.place.commune if read.place else ""
        key = (given.siret, "") if given.siret else (fold(given.name), commune)
        if key not in self.employers:
            if len(self.employers) > MOST_REMEMBERED:
                self.employers.clear()
            self.employers[key] = find_employer(given, commune)
        return self.employers[key]

    def _save(self, written: list[tuple[Vacancy, VacancyRead]]) -> None:
        new = [vacancy for vacancy, _read in written if vacancy.pk is None]
        old = [vacancy for vacancy, _read in written if vacancy.pk is not None]
        Vacancy.objects.bulk_create(new)
        for vacancy in old:
            vacancy.version += 1
            vacancy.save()
        SkillAsked.objects.filter(vacancy__in=old).delete()
        LanguageAsked.objects.filter(vacancy__in=old).delete()
        SkillAsked.objects.bulk_create(
            row for vacancy, read in written for row in self._skills(vacancy, read)
        )
        LanguageAsked.objects.bulk_create(
            LanguageAsked(vacancy=vacancy, language=asked.language, is_required=asked.is_required)
            for vacancy, read in written
            for asked in read.languages
        )
        self.run.created += len(new)
        self.run.changed += len(old)

    def _skills(self, vacancy: Vacancy, read: VacancyRead) -> list[SkillAsked]:
        """Give the skills asked: the catalogue's where it knows them, once each; else the words."""
        rows: dict[Any, SkillAsked] = {}
        for asked in read.skills:
            code = self.skills.find(asked.code, asked.label)
            key = code or fold(asked.label) or asked.code
            typed = "" if code else asked.label or asked.code
            rows.setdefault(
                key, SkillAsked(vacancy=vacancy, skill_id=code, typed=typed, is_essential=asked.is_essential)
            )
        return list(rows.values())


def find_employer(given: EmployerRead, commune: str) -> Employer:
    """Return the employer of this siret, else of this name in this commune; a new one when there is none."""
    known = (
        Employer.objects.filter(siret=given.siret)
        if given.siret
        else Employer.objects.filter(name__iexact=given.name, commune_id=commune or None)
    )
    found = known.order_by("pk").first()
    if found:
        return found
    return Employer.objects.create(
        name=given.name or given.siret,
        siret=given.siret,
        naf=given.naf,
        commune_id=commune or None,
        about=given.about,
        is_adapted_company=given.is_adapted,
    )
