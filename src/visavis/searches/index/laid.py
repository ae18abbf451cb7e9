"""Every opening as a search reads it, laid out once in each process; what changed since stands behind.

Facts and titles are in memory, about 300 bytes an opening; texts stay in the database (`words.py`).
"""

import datetime as dt
import logging
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import nan
from typing import Any, Self

import numpy as np
from django.db import DatabaseError, connection
from django.db.models import QuerySet

from visavis.catalog.cache import PerEdition
from visavis.catalog.models import Commune, Mobility, Occupation, Title
from visavis.catalog.places import gazetteer
from visavis.catalog.titles import called
from visavis.engine.facts.occupations import JOINT
from visavis.engine.search.documents import Bytes, Columns, beside, bits, tags_in, unpacked
from visavis.engine.search.fields import CodedField, Field, JoinedField, MemoryField, Places
from visavis.engine.search.index import title_length, title_terms
from visavis.engine.search.ranking import Ranker, Texts
from visavis.engine.search.spelling import Spelling
from visavis.engine.search.understanding import Query, understand
from visavis.engine.search.vocabulary import ordinary, spoken
from visavis.engine.search.words import cut, stem, with_pairs
from visavis.folding import fold
from visavis.matches.bridge.in_memory import InMemory, copies_of
from visavis.searches.index import words
from visavis.searches.index.indexed import Indexed
from visavis.searches.index.naming import Naming
from visavis.searches.index.openings import FIELDS, Bools, Numbers, Openings
from visavis.searches.index.reading import fact_tags
from visavis.vacancies.models import Vacancy
from visavis.vacancies.models.vacancy import VacancyQuerySet

log = logging.getLogger(__name__)

WORD = re.compile(r"[^\W\d_]+")

MORE = (
    "title", "is_remote", "experience_months", "experience_is_required", "education_level",
    "education_is_required", "is_open_to_disability", "pay_min_hour",
)  # fmt: skip

LEAST_BESIDE, LEAST_ALONE = 0.05, 0.29
"""What conditions must leave of an opening beside words of work, and where nothing else was said."""

COMMON_SHARE, COMMON_LEAST = 0.05, 1_000
"""A stem that more openings than this share, and than so many, have in their texts tells none from another."""

NO_DIPLOMA = bits({"diploma_free"})


@dataclass(frozen=True)
class Row:
    """One opening as it was read."""

    facts: tuple[Any, ...]
    title: str
    tags: int
    pay_low: float


def read(rows: QuerySet[Any]) -> dict[int, Row]:
    """Read openings; one whose words are not kept yet is read for its tags."""
    found = {row[0]: row for row in rows.order_by().values_list(*FIELDS, *MORE)}
    written = Indexed.objects.filter(vacancy__in=rows.order_by()).values_list("vacancy_id", "tags")
    kept = {pk: unpacked(bytes(tags)) for pk, tags in written}
    late = rows.order_by().exclude(pk__in=kept).values_list("pk", "title", "description")
    kept |= {pk: bits(tags_in(title, text)) for pk, title, text in late}
    return {pk: _row(values, kept[pk]) for pk, values in found.items() if pk in kept}


def _row(values: tuple[Any, ...], tags: int) -> Row:
    facts, more = values[: len(FIELDS)], dict(zip(MORE, values[len(FIELDS) :], strict=True))
    said = dict(zip(FIELDS, facts, strict=True)) | more | {"needs_no_diploma": bool(tags & NO_DIPLOMA)}
    pay = more["pay_min_hour"]
    return Row(facts, more["title"], tags | bits(fact_tags(said)), nan if pay is None else float(pay))


@dataclass(frozen=True)
class Part:
    """Some openings laid out: their facts, and the words of their titles."""

    openings: Openings
    tags: Bytes
    pay_low: np.ndarray[Any, np.dtype[np.float64]]
    title: MemoryField
    title_lengths: np.ndarray[Any, np.dtype[np.float64]]
    known: Counter[str]

    @classmethod
    def of(cls, batches: Iterable[Mapping[int, Row]]) -> Self:
        """Lay out rows, some at a time."""
        parts, tags, pay, terms, lengths, known = [Openings.of_rows([])], [], [], [], [], Counter[str]()
        for rows in batches:
            some = [rows[pk] for pk in sorted(rows)]
            parts.append(Openings.of_rows([row.facts for row in some]))
            tags += [row.tags for row in some]
            pay += [row.pay_low for row in some]
            terms += [title_terms(row.title) for row in some]
            lengths += [title_length(row.title) for row in some]
            for row in some:
                known.update(cut(row.title))
        return cls(
            Openings.joined(parts), beside(tags), np.array(pay, np.float64),
            MemoryField(terms), np.array(lengths, np.float64), known,
        )  # fmt: skip

    def spelt(self, catalogue: "Catalogue") -> Spelling:
        """Return the words of their titles and of the catalogue, laid out once."""
        kept: tuple[Catalogue, Spelling] | None = self.__dict__.get("_spelt")
        if kept is None or kept[0] is not catalogue:
            kept = self.__dict__["_spelt"] = catalogue, Spelling(self.known + catalogue.words)
        return kept[1]


@dataclass(frozen=True)
class LaidOpenings:
    """A base of openings and those that changed since, which stand behind it; some of the base count no more."""

    base: Part
    late: Part
    gone: frozenset[int]

    @classmethod
    def of(cls, records: Iterable[Mapping[int, Row]], missing: object) -> Self:
        return cls(Part.of(records), Part.of(()), frozenset())

    def beside(self, records: Mapping[int, Row], gone: Collection[int]) -> Self:
        return replace(self, late=Part.of([records]), gone=frozenset(gone))

    @cached_property
    def openings(self) -> Openings:
        """All of them, those that count no more too (`counts`)."""
        if not len(self.late.openings):
            return self.base.openings
        return Openings.joined([self.base.openings, self.late.openings])

    @cached_property
    def ids(self) -> Numbers:
        """The numbers of those that count, rising."""
        return np.sort(self.openings.ids[self._stands])

    @cached_property
    def _stands(self) -> Bools:
        stands = np.ones(len(self.openings), bool)
        size = len(self.base.openings)
        stands[:size] = ~np.isin(self.base.openings.ids, np.array([*self.gone], np.int64))
        return stands

    def counts(self, today: dt.date) -> Bools:
        """Say which one can answer today."""
        return self._stands & (self.openings.closes >= today.toordinal())

    @cached_property
    def _order(self) -> Numbers:
        return np.argsort(self.openings.ids, kind="stable")

    def places(self, numbers: Numbers) -> Places:
        """Return the places of openings by their numbers, each that stands here."""
        ids = self.openings.ids
        if not len(ids):
            return np.zeros(0, np.int32)
        found = []
        first = np.searchsorted(ids, numbers, sorter=self._order)
        last = np.searchsorted(ids, numbers, side="right", sorter=self._order) - 1
        for at in (first, last):
            row = self._order[np.clip(at, 0, len(ids) - 1)]
            found.append(row[ids[row] == numbers])
        # A number may stand twice, in the base and behind it: the first counts no more, but does no harm.
        return np.unique(np.concatenate(found)).astype(np.int32)

    @cached_property
    def ranker(self) -> Ranker:
        """What ranks them by words."""
        openings, size = self.openings, len(self.base.openings)
        known = catalogue().holding(openings.occupation.names)
        row = {code: place for place, code in enumerate(known.codes)}
        code = openings.occupation.taken([row.get(one, -1) for one in openings.occupation.names], np.int32)
        names = CodedField(known.names, len(known.codes), code)
        title = (
            self.base.title
            if not len(self.late.openings)
            else JoinedField(self.base.title, self.late.title, size)
        )
        lengths = np.concatenate([self.base.title_lengths, self.late.title_lengths])
        return Ranker(self._columns(code, known.codes), Texts(title, names, StoredTexts(self), lengths))

    def _columns(self, code: Places, codes: tuple[str, ...]) -> Columns:
        openings = self.openings
        departments = gazetteer().departments
        region = {code: one.region for code, one in departments.items()}
        return Columns(
            code=code,
            codes=codes,
            tags=np.concatenate([self.base.tags, self.late.tags], axis=1),
            pay_low=np.concatenate([self.base.pay_low, self.late.pay_low]),
            pay_high=openings.pay,
            points=openings.points,
            off_km=openings.off_km,
            department=openings.department,
            region=openings.department.renamed(lambda one: region.get(one, "")),
            country=openings.department.renamed(lambda one: ""),
        )

    def spelling(self) -> Spelling:
        """The words that titles, the catalogue, the trades and the texts of openings use."""
        known, late = self.base.spelt(catalogue()), self.late.known
        return known.beside(lambda word, stem: word in late or len(words.holders(stem, 2)) > 1)

    def read(self, typed: str, literally: Collection[str] = ()) -> "Read":
        """Read words, and score every opening by them; words that ask for nothing are answered by all."""
        query = understand(
            typed, spelling=self.spelling(), places=naming(), titles=called, literally=literally
        )
        if query.is_empty:
            return Read(query, np.ones(len(self.openings)))
        return Read(query, self.ranker.scores(query, LEAST_BESIDE if query.groups else LEAST_ALONE))

    def instead(self, read: "Read", meant: Collection[str]) -> "Read":
        """Return what comes nearest to words that nothing answers; `meant`: occupations that they are titles of."""
        scores = self.ranker.instead(
            read.query, lambda code: catalogue().near.get(code, ()), LEAST_BESIDE, meant
        )
        return Read(read.query, scores)


@dataclass(frozen=True)
class Read:
    """A query understood, and how well each opening answers, 0 where it does not."""

    query: Query
    scores: np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class StoredTexts:
    """Which openings hold a stem in their texts, as the database says; one that very many hold says nothing.

    Its count is kept with the base, so that the database is asked for it once.
    """

    laid: LaidOpenings

    def holders(self, term: str) -> Places:
        if term in self._common:
            return np.zeros(0, np.int32)
        numbers = words.holders(term)
        if len(numbers) > max(COMMON_LEAST, COMMON_SHARE * len(self.laid.openings)):
            self._common[term] = len(numbers)
            return np.zeros(0, np.int32)
        return self.laid.places(numbers)

    def count(self, term: str) -> int:
        return self._common.get(term, 0)

    @property
    def _common(self) -> dict[str, int]:
        common: dict[str, int] = self.laid.base.__dict__.setdefault("_common", {})
        return common


@dataclass(frozen=True)
class Catalogue:
    """The occupations' codes, what each is called, the words of all titles, and the occupations next to each."""

    codes: tuple[str, ...]
    names: Field
    words: Counter[str]
    near: Mapping[str, Sequence[str]]
    labels: Mapping[str, str]
    written: Mapping[str, str]
    """A folded word as titles mostly write it, where that is another: "préparateur"."""

    def holding(self, occupations: Iterable[str]) -> Self:
        """Return it with the joint codes among some, called as all that they join."""
        several = [one for one in occupations if JOINT in one]
        if not several:
            return self
        called = (" ".join(self.labels.get(code, "") for code in one.split(JOINT)) for one in several)
        names = JoinedField(self.names, MemoryField(map(named, called)), len(self.codes))
        return replace(self, codes=(*self.codes, *several), names=names)


def named(label: str) -> list[str]:
    """Return the words of what an occupation is called."""
    return with_pairs([stem(word) for word in cut(label)])


def _catalogue() -> Catalogue:
    rows = list(Occupation.objects.order_by("pk").values_list("pk", "label_fr", "label_en"))
    known: Counter[str] = Counter()
    forms: Counter[tuple[str, str]] = Counter()
    for label in Title.objects.filter(is_current=True).values_list("label", flat=True):
        known.update(dict.fromkeys(cut(label), 3))
        forms.update((fold(word), word) for word in WORD.findall(label.lower()))
    for _code, french, english in rows:
        known.update(cut(f"{french} {english}"))
    for word in spoken():
        known[word] += 3
    labels = {code: f"{french} {english}" for code, french, english in rows}
    near: dict[str, list[str]] = {}
    for origin, target in Mobility.objects.filter(kind=Mobility.Kind.NEAR).values_list("origin", "target"):
        near.setdefault(origin, []).append(target)
    mostly = dict(form for form, _count in reversed(forms.most_common()))
    written = {word: form for word, form in mostly.items() if form != word}
    return Catalogue(tuple(labels), MemoryField(map(named, labels.values())), known, near, labels, written)


catalogue = PerEdition(_catalogue, of=Title)
naming = PerEdition(lambda: Naming(gazetteer(), ordinary()), of=Commune)


def rows() -> VacancyQuerySet:
    return Vacancy.objects.open()


OPENINGS: InMemory[LaidOpenings] = InMemory(LaidOpenings, rows, read, copies_of)


def warm_up() -> None:
    """Lay the openings out now, and leave no connection behind; what cannot be done waits for the first search."""
    try:
        OPENINGS.renew()
        OPENINGS.ready().read("boulanger")
    except DatabaseError:
        log.warning("the openings could not be laid out ahead: the first search will try again")
    finally:
        connection.close()
