"""Find the occupations a title stands for, among titles whose occupations are known."""

from collections.abc import Callable, Sequence

import numpy as np
from scipy import sparse

from visavis.engine.answers import Floats, Found, best
from visavis.engine.arrays import Progress
from visavis.engine.genders import both_genders
from visavis.engine.lexicon import Lexicon
from visavis.engine.ngrams import unit_rows
from visavis.engine.title_features import TitleFeatures
from visavis.engine.word_starts import WordStarts
from visavis.engine.wording import clean_title

BATCH = 256
NEIGHBOURS_SHARE = 0.5
PROFILE_SHARE = 0.5
EXACT_POWER = 8
MEANING_SHARE = 0.5
MEANING_POWER = 3
TYPED_SHARE = 0.6
MANY_SHARE = 0.03
FITTING = 0.99

type Embedder = Callable[[Sequence[str]], Floats]


class TitleIndex:
    """Titles of a catalogue, ready to be searched by the titles people and advertisements write.

    A title resembles a label by their letters, stems and pairs of stems (cosine). An occupation answers by
    its nearest label, by all its labels together and by the sum of their words; an equal label weighs more.
    With `meaning`, half of a resemblance is how near the two stand among all labels by their meaning.
    The shares were set on titles of ROME and ESCO held out of the index, never on advertisements.

    Parameters
    ----------
    labels : titles, each for one occupation; one wording or both sexes ("Vendeur / Vendeuse").
    codes : the occupation of each label, same length.
    weights : how much a label's resemblance counts, 1 by default; less for names little used.
    language : of the stems, "fr" or "en".
    meaning : gives texts their points, float32 (n, d) of length 1, such as `meaning.embed_titles`.

    Attributes
    ----------
    codes : the distinct codes, sorted; results are rows of this list.
    labels : the labels as given; results of `search_labels` and `suggest` are rows of this list.

    Raises
    ------
    ValueError : lengths differ, or there is no label.

    References
    ----------
    Salton and McGill (1983) for the cosines; Rocchio (1971) for the sum of an occupation's words.

    >>> index = TitleIndex(["Boulanger / Boulangère", "Plombier / Plombière"], ["D1102", "F1603"])
    >>> [index.codes[row] for row in index.search(["plonbier (H/F)"], top=1).codes[:, 0]]
    ['F1603']
    """

    def __init__(
        self,
        labels: Sequence[str],
        codes: Sequence[str],
        *,
        weights: Sequence[float] | None = None,
        language: str = "fr",
        meaning: Embedder | None = None,
    ) -> None:
        if len(labels) != len(codes) or not labels:
            raise ValueError(f"labels and codes must pair up and exist, not {len(labels)} and {len(codes)}")
        if weights is not None and len(weights) != len(labels):
            raise ValueError(f"weights must pair up with labels, not {len(weights)} and {len(labels)}")
        self.labels = list(labels)
        self.codes = sorted(set(codes))
        row_of = {code: row for row, code in enumerate(self.codes)}
        code_of_label = np.array([row_of[code] for code in codes], np.int32)
        # Labels of one occupation stand side by side, so that one pass over slices sums them up.
        self.order = np.argsort(code_of_label, kind="stable").astype(np.int32)
        self.code_of_place = code_of_label[self.order]
        self.starts = np.searchsorted(self.code_of_place, np.arange(len(self.codes)))
        self.weights = np.ones(len(labels), np.float32)
        if weights is not None:
            self.weights = np.asarray(weights, np.float32)[self.order]
        self._build(language, meaning)

    def _build(self, language: str, meaning: Embedder | None) -> None:
        placed = [self.labels[row] for row in self.order]
        self.lexicon = Lexicon(placed, written_out=language == "fr")
        self.features = TitleFeatures(language)
        rows = self.features.fit([self.lexicon.canonical(label) for label in placed])
        self.by_label = rows.T.tocsr()
        self.by_code = self._profiles(rows).T.tocsr()
        self.word_starts = WordStarts(placed)
        self.meaning = meaning
        self.points = None if meaning is None else meaning([_one_wording(label) for label in placed])

    def _profiles(self, rows: sparse.csr_array) -> sparse.csr_array:
        shape = (len(self.codes), len(self.labels))
        belongs = sparse.csr_array(
            (self.weights, (self.code_of_place, np.arange(len(self.labels)))), shape=shape
        )
        return unit_rows((belongs @ rows).tocsr())

    def _scores_of_labels(self, titles: Sequence[str]) -> tuple[Floats, sparse.csr_array]:
        """Resemblances of titles and labels, labels in `order`, and the titles' rows."""
        rows = self.features.transform([self.lexicon.canonical(title) for title in titles])
        near: Floats = (rows @ self.by_label).toarray()
        if self.meaning is not None and self.points is not None:
            means = self.meaning([_one_wording(title) for title in titles]) @ self.points.T
            near *= 1 - MEANING_SHARE
            near += MEANING_SHARE * _stretched(means) ** MEANING_POWER
        near *= self.weights
        return near, rows

    def _code_scores(self, titles: Sequence[str]) -> Floats:
        """Score occupations: nearest label, power mean of all labels, sum of words, bonus of an equal label."""
        near, rows = self._scores_of_labels(titles)
        nearest = np.maximum.reduceat(near, self.starts, axis=1)
        together = np.cbrt(np.add.reduceat(near * near * near, self.starts, axis=1))
        profile = (rows @ self.by_code).toarray()
        evidence = (1 - NEIGHBOURS_SHARE) * nearest + NEIGHBOURS_SHARE * together
        evidence += PROFILE_SHARE * profile + nearest**EXACT_POWER
        scores: Floats = -np.expm1(-evidence)
        return scores

    def search(self, titles: Sequence[str], top: int = 10, report: Progress | None = None) -> Found:
        """Give each title its occupations.

        Parameters
        ----------
        titles : n titles as written; each distinct one is computed once.
        top : answers wanted for each.
        report : called with (done, total) distinct titles.

        Returns
        -------
        Found : codes, int32 (n, top), rows of `self.codes`, -1 where nothing resembles;
            scores, float32 (n, top), in [0, 1), comparable within a title.
        """
        return self._search(titles, top, self._code_scores, report)

    def search_labels(self, titles: Sequence[str], top: int = 10, report: Progress | None = None) -> Found:
        """Give each title the labels nearest to it: rows of `self.labels`, cosines in [0, 1]."""
        found = self._search(titles, top, lambda batch: self._scores_of_labels(batch)[0], report)
        labels = np.where(found.codes >= 0, self.order[found.codes], -1)
        return Found(labels.astype(np.int32), found.scores)

    @staticmethod
    def _search(
        titles: Sequence[str], top: int, scorer: Callable[[Sequence[str]], Floats], report: Progress | None
    ) -> Found:
        if top < 1:
            raise ValueError(f"top must be at least 1, not {top}")
        distinct: dict[str, int] = {}
        places = np.array([distinct.setdefault(title, len(distinct)) for title in titles], np.intp)
        wanted = list(distinct)
        codes = np.full((len(wanted), top), -1, np.int32)
        scores = np.zeros((len(wanted), top), np.float32)
        for start in range(0, len(wanted), BATCH):
            batch = wanted[start : start + BATCH]
            codes[start : start + len(batch)], scores[start : start + len(batch)] = best(scorer(batch), top)
            if report:
                report(start + len(batch), len(wanted))
        return Found(codes[places], scores[places])

    def suggest(self, typed: str, top: int = 10) -> list[tuple[int, float]]:
        """Give the labels for what is being typed, one an occupation: (row of `self.labels`, score).

        The last word may be unfinished; accents and typing errors are forgiven. Meaning is not asked.
        """
        rows = self.features.transform([self.lexicon.canonical(typed)])
        near = (rows @ self.by_label).toarray()[0] * self.weights
        share = self.word_starts.share(typed)
        # An occupation many of whose titles start so is likelier meant than a rare one: "vend" is a seller.
        fitting = np.bincount(self.code_of_place, weights=share > FITTING, minlength=len(self.codes))
        near += np.float32(TYPED_SHARE) * share
        near += (
            np.float32(MANY_SHARE)
            * np.log1p(fitting).astype(np.float32)[self.code_of_place]
            * (share > FITTING)
        )
        seen: dict[int, tuple[int, float]] = {}
        for place in np.argsort(-near, kind="stable"):
            if near[place] <= 0 or len(seen) == top:
                break
            seen.setdefault(int(self.code_of_place[place]), (int(self.order[place]), float(near[place])))
        return list(seen.values())


def _one_wording(title: str) -> str:
    return both_genders(clean_title(title))[0]


def _stretched(cosines: Floats) -> Floats:
    """Stretch each row to [0, 1]: cosines of this model crowd between 0.8 and 1."""
    low, high = cosines.min(axis=1, keepdims=True), cosines.max(axis=1, keepdims=True)
    stretched: Floats = (cosines - low) / np.maximum(high - low, np.float32(1e-6))
    return stretched
