"""People and vacancies that nobody has met: where they are ranked by what their content says.

One person in five and one vacancy in five, drawn anew for each seed, lose their whole history. Three questions:
where new people apply among the vacancies known, where people known apply among the new vacancies, and where new
people apply among the new vacancies. Settings and weights are chosen on an inner cut of the rest, made by the same
procedure. Whoever knows no content has nothing to say there: his row is "no content" (any order), and popularity where
the vacancies are known. The other peers use content as well.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from bench import ranking_spread as spreading
from bench.history.blending import blend, combined, quality, ranks
from bench.history.content import alike, content_map, features
from bench.history.factors import Factors
from bench.ranking_content import Content
from bench.ranking_data import Task
from bench.ranking_measures import Row, clock, figures
from bench.ranking_methods import FIRST, vectors
from visavis.engine.learned.paths import standardised

NEW, STARTS = 0.2, 8
QUESTIONS = {"new people": (True, False), "new vacancies": (False, True), "both new": (True, True)}
MOST_SEEDS = 3
RIDGES, KEPT = (3.0, 10.0, 30.0), (30, 100, 300)


@dataclass(frozen=True)
class Meeting:
    """What is known when newcomers come: who applied where among those known, and the content of all."""

    every: sparse.csr_array
    content: Content
    old_people: np.ndarray
    old_vacancies: np.ndarray
    new_people: np.ndarray
    new_vacancies: np.ndarray
    rng: np.random.Generator

    @cached_property
    def known(self) -> sparse.csr_array:
        """Return who applied where among people and vacancies that are known, by their places there."""
        return self.every[self.old_people][:, self.old_vacancies].tocsr()

    @cached_property
    def learned(self) -> Factors:
        """Return the vectors of those known."""
        return vectors(FIRST, STARTS)(self.known, self.rng.spawn(1)[0])

    @cached_property
    def of_people(self) -> tuple[sparse.csr_array, sparse.csr_array]:
        """Return features of people known and new."""
        return _both(self.content.people, self.old_people, self.new_people)

    @cached_property
    def of_vacancies(self) -> tuple[sparse.csr_array, sparse.csr_array]:
        """Return features of vacancies known and new."""
        return _both(self.content.vacancies, self.old_vacancies, self.new_vacancies)

    def asked(self, question: str) -> tuple[sparse.csr_array, np.ndarray]:
        """Return what is to be found, and which rows have anything."""
        people, vacancies = QUESTIONS[question]
        rows = self.new_people if people else self.old_people
        columns = self.new_vacancies if vacancies else self.old_vacancies
        wanted = self.every[rows][:, columns].tocsr()
        some = np.diff(wanted.indptr) > 0
        if not people:
            some &= np.diff(self.known.indptr) > 0
        return wanted, np.flatnonzero(some)


def _both(
    content: sparse.csr_array, old: np.ndarray, new: np.ndarray
) -> tuple[sparse.csr_array, sparse.csr_array]:
    known = np.zeros(content.shape[0], np.bool_)
    known[old] = True
    found = features(content, known)
    return found[old], found[new]


type Score = Callable[[Meeting], np.ndarray]


def mapped(question: str, ridge: float) -> Score:
    """Map the content of whoever is new to a vector, and take inner products."""
    people, vacancies = QUESTIONS[question]

    def score(meeting: Meeting) -> np.ndarray:
        left, right = meeting.learned.people_vectors, meeting.learned.vacancy_vectors
        if people:
            old, new = meeting.of_people
            left = content_map(old, left, ridge).vectors(new)
        if vacancies:
            old, new = meeting.of_vacancies
            right = content_map(old, right, ridge).vectors(new)
        return left @ right.T

    return score


def near(question: str, keep: int) -> Score:
    """Give newcomers what those nearest by content did: content neighbours, the usual way without vectors."""
    people, vacancies = QUESTIONS[question]

    def score(meeting: Meeting) -> np.ndarray:
        found = meeting.known
        if people:
            old, new = meeting.of_people
            found = alike(new, old, keep=keep) @ found
        if vacancies:
            old, new = meeting.of_vacancies
            found = found @ alike(new, old, keep=keep).T
        return found.toarray().astype(np.float32)

    return score


def regressed(question: str, ridge: float) -> Score:
    """Regress who applied where on content directly, once for each side that is new."""
    people, vacancies = QUESTIONS[question]

    def score(meeting: Meeting) -> np.ndarray:
        found = meeting.known
        if people:
            old, new = meeting.of_people
            found = content_map(old, found, ridge).vectors(new)
        if vacancies:
            old, new = meeting.of_vacancies
            turned = found.T if isinstance(found, np.ndarray) else found.T.tocsr()
            found = content_map(old, turned, ridge).vectors(new).T
        return np.ascontiguousarray(found, np.float32)

    return score


def popular(meeting: Meeting) -> np.ndarray:
    counts = np.asarray(meeting.known.sum(axis=0), np.float32).ravel()
    return np.tile(counts, (len(meeting.new_people), 1))


def families(question: str) -> dict[str, list[Score]]:
    """Return the ways of answering, each with its settings."""
    found = {
        "content neighbours": [near(question, keep) for keep in KEPT],
        "content regression": [regressed(question, ridge) for ridge in RIDGES],
        "visavis, content map only": [mapped(question, ridge) for ridge in RIDGES],
    }
    return found if QUESTIONS[question][1] else {"popularity": [popular], **found}


def meetings(task: Task, seed: int) -> tuple[Meeting, Meeting]:
    """Return the test and, among those known there, the inner cut on which everything is chosen."""
    rng = np.random.default_rng([seed, 3])
    assert task.every is not None
    assert task.content is not None
    people, vacancies = (np.arange(size) for size in task.every.shape)
    found = []
    for _ in range(2):
        sides = [(side, rng.random(len(side)) < NEW) for side in (people, vacancies)]
        (people, new_people), (vacancies, new_vacancies) = ((side[~new], side[new]) for side, new in sides)
        found.append(
            Meeting(task.every, task.content, people, vacancies, new_people, new_vacancies, rng.spawn(1)[0])
        )
    return found[0], found[1]


def cold(task: Task, seeds: int) -> Iterator[tuple[str, list[Row]]]:
    """Measure each question with as many seeds, at most three."""
    rows: dict[str, list[Row]] = {question: [] for question in QUESTIONS}
    for seed in range(min(seeds, MOST_SEEDS)):
        test, inner = meetings(task, seed)
        for question in QUESTIONS:
            rows[question] += answered(question, test, inner, np.random.default_rng([seed, 4]))
    for question, found in rows.items():
        yield f"{task.name}, {question}", found


def answered(question: str, test: Meeting, inner: Meeting, rng: np.random.Generator) -> Iterator[Row]:
    """Choose each family's setting and our weights on the inner cut; measure all on the test."""
    wanted, some = test.asked(question)
    asked = inner.asked(question)
    yield row("no content: any order", rng.random(wanted.shape, np.float32)[some], wanted[some], 0.0, 0.0)
    members, tuning = [], 0.0
    for name, ways in families(question).items():
        start = clock()
        tried = [told(way, inner, asked, rng) for way in ways]
        best = int(np.argmax([value for _, value in tried]))
        spent, start = clock(start), clock()
        scores = said(ways[best], test, some, rng)
        learned = clock(start)
        members.append((tried[best][0], scores, learned))
        tuning += spent
        yield row(name, scores, wanted[some], learned, spent)
    start = clock()
    held_out = asked[0][asked[1]]
    found = blend([part for part, *_ in members], sparse.csr_array(held_out.shape), held_out)
    tuning, start = tuning + clock(start), clock()
    scores = combined([scores for _, scores, _ in members], found.weights)
    parts = sum(spent for (*_, spent), weight in zip(members, found.weights, strict=True) if weight)
    yield row("visavis", scores, wanted[some], parts + clock(start), tuning)


def told(
    way: Score, inner: Meeting, asked: tuple[sparse.csr_array, np.ndarray], rng: np.random.Generator
) -> tuple[np.ndarray, float]:
    """Return what a way says on the inner cut, and its worth."""
    wanted, some = asked
    scores, held_out = said(way, inner, some, rng), wanted[some]
    return scores, quality(ranks(scores, sparse.csr_array(held_out.shape), held_out), held_out)


def said(way: Score, meeting: Meeting, some: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return standardised scores; what is equal stands in any order, so that no way gains by the order of the file."""
    scores = standardised(way(meeting)[some])
    return scores + rng.random(scores.shape, np.float32) * np.float32(1e-5)


def row(name: str, scores: np.ndarray, held_out: sparse.csr_array, cpu: float, tune: float) -> Row:
    top = spreading.best(scores, sparse.csr_array(held_out.shape), 20)
    return {"method": name, **figures(top, held_out), "cpu_s": cpu, "tune_s": tune}
