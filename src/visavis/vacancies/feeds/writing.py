"""Write what a feed says into the tables, a batch at a time."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from visavis.catalog import phrases
from visavis.catalog.phrases import Phrases
from visavis.common import clock
from visavis.folding import fold_signs
from visavis.vacancies import asked, fairness, occupations
from visavis.vacancies.ads import values
from visavis.vacancies.ads.facts import Facts
from visavis.vacancies.feeds.catalogued import Skills
from visavis.vacancies.feeds.holding import Holding, words_before
from visavis.vacancies.feeds.records.vacancy import EmployerRead, Note, VacancyRead
from visavis.vacancies.models import Employer, FeedRun, LanguageAsked, SkillAsked, Vacancy
from visavis.vacancies.words.titles import without_town

SAME = ("title", "description", "pay_text", "is_open_to_disability", "source_url", "closes_on")
WRITTEN = (
    *SAME, *values.columns(Facts()), "evidence", "occupation", "occupation_from", "other_occupations", "commune",
    "department", "latitude", "longitude", "precision_km", "place_text", "employer", "state", "digest", "changed_at",
    "published_at", "version", "legal_exception",
)  # fmt: skip
STANDING = frozenset({Vacancy.State.OPEN, Vacancy.State.HIDDEN})
MOST_REMEMBERED = 20_000

type Wanted = Mapping[str, tuple[VacancyRead, str]]
type Asked = tuple[str, ...]
type Understood = tuple[Vacancy, Facts, list[str]]


class Employers:
    """The employers by siret, else by name and commune; those that are new are written a batch at a time."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], int] = {}
        self.taken_down: set[int] = set()
        # The words for which what a new one says of itself was left out.
        self.left_out: dict[tuple[str, str], str] = {}
        rows = Employer.objects.order_by("pk").values_list(
            "pk", "siret", "name", "commune_id", "taken_down_at"
        )
        for pk, siret, name, commune, taken_down_at in rows.iterator():
            if taken_down_at is not None:
                self.taken_down.add(pk)
            if siret:
                self.known[(siret, "")] = pk
            self.known.setdefault((fold_signs(name), commune or ""), pk)

    def find(self, reads: Iterable[VacancyRead]) -> list[int | None]:
        """Return the number of each vacancy's employer; None when none is named."""
        keys = [(self.key(read), read) for read in reads]
        new: dict[tuple[str, str], Employer] = {}
        for key, read in keys:
            if key and key not in self.known and key not in new:
                new[key] = build_employer(read.employer, read.place.commune if read.place else "")
                if found := fairness.warnings(new[key].about):
                    # What it says of itself is published with its ads, and held to the same law.
                    new[key].about = ""
                    self.left_out[key] = ", ".join(one.words for one in found)
        for key, employer in zip(new, Employer.objects.bulk_create(new.values()), strict=True):
            self.known[key] = employer.pk
        return [self.known[key] if key else None for key, _read in keys]

    def key(self, read: VacancyRead) -> tuple[str, str] | None:
        given = read.employer
        if given.siret:
            return given.siret, ""
        return (fold_signs(given.name), read.place.commune if read.place else "") if given.name else None


class Writer:
    """Writes the vacancies of one run; remembers employers and occupations between batches."""

    def __init__(self, run: FeedRun) -> None:
        self.run = run
        self.skills = Skills()
        self.employers = Employers()
        self.crosswalk = occupations.Crosswalk()
        self.occupations: dict[Asked, occupations.OccupationFound | None] = {}

    def write(self, wanted: Wanted) -> list[tuple[str, Note]]:
        """Create, change or leave each vacancy; count it in the run; return what there is to say."""
        existing = {
            v.feed_key: v for v in Vacancy.objects.filter(feed=self.run.feed, feed_key__in=list(wanted))
        }
        written: list[tuple[Vacancy, VacancyRead, str]] = []
        for key, (read, digest) in wanted.items():
            vacancy = existing.get(key)
            if vacancy and vacancy.digest == digest and vacancy.state in STANDING:
                self.run.unchanged += 1
            else:
                vacancy = vacancy or Vacancy(feed=self.run.feed, feed_key=key)
                written.append((vacancy, read, digest))
        self._find_occupations([read for _vacancy, read, _digest in written])
        employers = self.employers.find([read for _vacancy, read, _digest in written])
        holding = Holding()
        for (vacancy, read, digest), employer_id in zip(written, employers, strict=True):
            vacancy.employer_id = employer_id
            stood = words_before(vacancy)
            self._fill(vacancy, read, digest)
            holding.judge(vacancy, stood, is_taken_down=employer_id in self.employers.taken_down)
        understood = self._understand(written)
        for (vacancy, facts, codes), (_vacancy, read, _digest) in zip(understood, written, strict=True):
            vacancy.evidence = values.evidence(facts, read.fields, codes)
            for name, value in values.columns(facts).items():
                setattr(vacancy, name, value)
        self._save(understood)
        holding.write(vacancy for vacancy, _read, _digest in written)
        current = {**existing, **{vacancy.feed_key: vacancy for vacancy, _read, _digest in written}}
        return [*self._say_occupations(wanted, current), *holding.notes(), *self._say_left_out(written)]

    def _say_left_out(
        self, written: Iterable[tuple[Vacancy, VacancyRead, str]]
    ) -> Iterator[tuple[str, Note]]:
        """Say once of each new employer which of its own words were left out, at its first ad."""
        for vacancy, read, _digest in written:
            key = self.employers.key(read)
            if key and (words := self.employers.left_out.pop(key, "")):
                yield vacancy.feed_key, Note("employer", "employer_words_left_out", words)

    def _fill(self, vacancy: Vacancy, read: VacancyRead, digest: str) -> None:
        now = clock.now()
        for name in SAME:
            setattr(vacancy, name, getattr(read, name))
        found = self.occupations[self._asked_for(read)]
        vacancy.occupation = found.occupation if found else None
        vacancy.occupation_from = found.how if found else ""
        vacancy.other_occupations = list(found.others) if found else []
        if read.place:
            vacancy.commune_id, vacancy.department_id = (
                read.place.commune or None,
                read.place.department or None,
            )
            vacancy.latitude, vacancy.longitude = read.place.latitude, read.place.longitude
            vacancy.precision_km, vacancy.place_text = read.place.precision_km, read.place.label[:120]
        vacancy.digest, vacancy.changed_at = digest, now
        vacancy.published_at = read.published_at or vacancy.published_at or now

    def _find_occupations(self, reads: Iterable[VacancyRead]) -> None:
        """Find the occupations nobody asked for yet: by the feed's codes and titles, all at once."""
        if len(self.occupations) > MOST_REMEMBERED:
            self.occupations.clear()
        new = {self._asked_for(read): read for read in reads if self._asked_for(read) not in self.occupations}
        coded = {asked: read for asked, read in new.items() if read.rome_code}
        said = [
            occupations.Said(read.rome_code, read.rome_label, bare(read), read.title_of_occupation)
            for read in coded.values()
        ]
        found = dict(zip(coded, occupations.by_codes(said), strict=True))
        found = {
            asked: found.get(asked) or self.crosswalk.find(read.isco, read.esco_uri)
            for asked, read in new.items()
        }
        left = [asked for asked, one in found.items() if one is None]
        names = [(new[asked].title_of_occupation, bare(new[asked]), new[asked].rome_label) for asked in left]
        self.occupations |= found | dict(zip(left, occupations.by_titles(names), strict=True))

    def _asked_for(self, read: VacancyRead) -> Asked:
        """Return what decides of the occupation."""
        names = (read.rome_label, read.title_of_occupation, bare(read))
        return (read.rome_code, read.esco_uri, read.isco, *names)

    def _say_occupations(self, wanted: Wanted, current: Mapping[str, Vacancy]) -> list[tuple[str, Note]]:
        """Say of every vacancy read, written or not, how its occupation was found when its code did not give it."""
        notes = []
        for key, (read, _digest) in wanted.items():
            how = current[key].occupation_from
            code = read.rome_code or read.esco_uri or read.isco
            if how == "feed":
                said = Note("romeCode", "occupation_from_feed", f"{read.rome_code} {read.rome_label}")
            elif how in {"esco", "isco"}:
                said = Note("romeCode", f"occupation_from_{how}", code)
            elif how == "title":
                said = Note("romeCode", "occupation_from_title", read.rome_code or read.title)
            elif not how:
                said = Note("romeCode", "occupation_not_found", read.rome_code or read.title)
            else:
                continue
            notes.append((key, said))
        return notes

    def _understand(self, written: Sequence[tuple[Vacancy, VacancyRead, str]]) -> list[Understood]:
        """Read texts and fields; give each skill its code: the feed's, that of its label, else of the nearest one."""
        found = [(vacancy, read.understood(clock.now())) for vacancy, read, _digest in written]
        known = [[self.skills.find(one.code, one.words) for one in facts.skills] for _vacancy, facts in found]
        unknown = [
            Phrases(
                [one.words for one, code in zip(facts.skills, codes, strict=True) if not code],
                vacancy.occupation_id,
            )
            for (vacancy, facts), codes in zip(found, known, strict=True)
        ]  # fmt: skip
        return [
            (vacancy, facts, [code or near.pop(0) for code in codes])
            for (vacancy, facts), codes, near in zip(found, known, phrases.codes_of(unknown), strict=True)
        ]

    def _save(self, understood: Sequence[Understood]) -> None:
        new = [vacancy for vacancy, _facts, _codes in understood if vacancy.pk is None]
        old = [vacancy for vacancy, _facts, _codes in understood if vacancy.pk is not None]
        for vacancy in old:
            vacancy.version += 1
        Vacancy.objects.bulk_create(new)
        Vacancy.objects.bulk_create(
            old, update_conflicts=True, unique_fields=["id"], update_fields=list(WRITTEN)
        )
        SkillAsked.objects.filter(vacancy__in=old).delete()
        LanguageAsked.objects.filter(vacancy__in=old).delete()
        SkillAsked.objects.bulk_create(
            row for vacancy, facts, codes in understood for row in asked.skills(vacancy, facts.skills, codes)
        )
        LanguageAsked.objects.bulk_create(
            row for vacancy, facts, _codes in understood for row in asked.languages(vacancy, facts.languages)
        )
        self.run.created += len(new)
        self.run.changed += len(old)


def bare(read: VacancyRead) -> str:
    """Return the title without the town of the work."""
    return without_town(read.title, read.place.label if read.place and read.place.commune else "")


def build_employer(given: EmployerRead, commune: str) -> Employer:
    return Employer(
        name=given.name or given.siret,
        siret=given.siret,
        naf=given.naf[:6],
        commune_id=commune or None,
        about=given.about,
        is_adapted_company=given.is_adapted,
    )
