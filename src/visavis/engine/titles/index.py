"""Find the occupations a title stands for, among titles whose occupations are known."""

from collections.abc import Callable, Sequence

import numpy as np
from scipy import sparse

from visavis.engine.arrays import Progress
from visavis.engine.text.folding import words
from visavis.engine.text.genders import both_genders
from visavis.engine.text.ngrams import unit_rows
from visavis.engine.text.wording import clean_title
from visavis.engine.titles.answers import Floats, Found, best
from visavis.engine.titles.associations import Associations
from visavis.engine.titles.features import TitleFeatures, chosen_cosines
from visavis.engine.titles.lexicon import Lexicon
from visavis.engine.titles.pairs import evidence
from visavis.engine.titles.verdicts import Verdicts
from visavis.engine.titles.word_starts import WordStarts
from visavis.engine.titles.words import TitleWords

BATCH = 256
CANDIDATES = 32
"""Labels looked at closely for each title: the nearest by letters and stems."""

LABELS_FOR_ANSWER = 4
"""Labels kept for each answer wanted, so that several labels of one occupation leave room for others."""

PROFILE_SHARE = 0.5
"""What the words of all labels of an occupation, summed up, weigh beside a label when candidates are chosen."""

MEANING_SHARE = 0.5
MEANING_POWER = 3
TYPED_SHARE = 0.6
MANY_SHARE = 0.03
FITTING = 0.99
PROMISING = 0.15
TRANSLATIONS = 2

type Embedder = Callable[[Sequence[str]], Floats]


class TitleIndex:
    """Titles of a catalogue, ready to be searched by the titles people and advertisements write.

    The nearest labels by letters, stems and pairs of stems (cosine) are looked at again, closely: which words
    of the one the other has, in what spelling, or by what word that stands for it in titles that mean alike;
    whether the first words agree; how near the other labels of the occupation are. What each piece of evidence
    weighs was learnt on titles of ESCO and ROME held out of the index (`bench/title_learning.py`), never on
    advertisements. An occupation answers by all its labels, the best foremost.

    Parameters
    ----------
    labels : titles, each for one occupation; one wording or both sexes ("Vendeur / Vendeuse").
    codes : the occupation of each label, same length.
    weights : how much a label's resemblance counts, 1 by default; less for names little used.
    language : of the stems, "fr" or "en".
    related : further titles to learn words from, in groups that mean alike: another catalogue, or the same
        occupations in another language, in which one may then ask.
    meaning : gives texts their points, float32 (n, d) of length 1, such as `meaning.embed_titles`.

    Attributes
    ----------
    codes : the distinct codes, sorted; results are rows of this list.
    labels : the labels as given; results of `suggest` are rows of this list.

    Raises
    ------
    ValueError : lengths differ, or there is no label.

    References
    ----------
    Salton and McGill (1983) for the cosines; Cao, Qin, Liu, Tsai and Li (2007) for learning to rank by lists.

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
        related: Sequence[Sequence[str]] = (),
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
        # Labels of one occupation stand side by side.
        self.order = np.argsort(code_of_label, kind="stable").astype(np.int32)
        self.code_of_place = code_of_label[self.order]
        self.weights = np.ones(len(labels), np.float32)
        if weights is not None:
            self.weights = np.asarray(weights, np.float32)[self.order]
        self.meaning = meaning
        self._build(language, related)

    def _build(self, language: str, related: Sequence[Sequence[str]]) -> None:
        placed = [self.labels[row] for row in self.order]
        others = [title for group in related for title in group]
        self.lexicon = Lexicon([*placed, *others], written_out=language == "fr")
        # Labels that differ by sex, case or mark only are one wording of their occupation.
        distinct: dict[tuple[str, int], int] = {}
        canonical = map(self.lexicon.canonical, placed)
        keys = zip(canonical, self.code_of_place.tolist(), strict=True)
        self.wording_of_place = np.array([distinct.setdefault(key, len(distinct)) for key in keys], np.int32)
        texts = [text for text, _ in distinct]
        self.code_of_wording = np.array([code for _, code in distinct], np.int32)
        self.weight_of_wording = np.zeros(len(texts), np.float32)
        np.maximum.at(self.weight_of_wording, self.wording_of_place, self.weights)
        self.features = TitleFeatures(language)
        rows = self.features.fit(texts)
        self.by_wording = rows.T.tocsr()
        belongs = (self.weight_of_wording, (self.code_of_wording, np.arange(len(texts))))
        shape = (len(self.codes), len(texts))
        profiles = unit_rows((sparse.csr_array(belongs, shape=shape) @ rows).tocsr())
        self.by_code = profiles.T.tocsr()
        self.words_of_wording = self.features.words_alone(rows)
        self.words_of_code = self.features.words_alone(profiles)
        self.associations = Associations(self._groups(texts, related))
        self.words = TitleWords(texts, language, self.associations, self.code_of_wording)
        self.word_starts = WordStarts(placed)
        self.verdicts = Verdicts(with_meaning=self.meaning is not None)
        self.points = None
        if self.meaning is not None:
            first = np.unique(self.wording_of_place, return_index=True)[1]
            self.points = self.meaning([_one_wording(placed[place]) for place in first])

    def _groups(self, texts: Sequence[str], related: Sequence[Sequence[str]]) -> list[list[list[str]]]:
        own: list[list[list[str]]] = [[] for _ in self.codes]
        for text, code in zip(texts, self.code_of_wording, strict=True):
            own[code].append(words(text))
        return own + [[words(self.lexicon.canonical(title)) for title in group] for group in related]

    def _rows(self, titles: Sequence[str]) -> sparse.csr_array:
        return self.features.transform(self._translated([self.lexicon.canonical(title) for title in titles]))

    def _translated(self, texts: Sequence[str]) -> list[str]:
        """Add, for words no label has, those that stand for them."""
        foreign = list({word for text in texts for word in words(text)} - self.words.known.keys())
        foreign = [word for word in foreign if word in self.associations.rows]
        if not foreign:
            return list(texts)
        shares = self.associations.shares(foreign, self.words.words)
        told = {}
        for row, word in enumerate(foreign):
            span = slice(shares.indptr[row], shares.indptr[row + 1])
            ranked = np.argsort(-shares.data[span], kind="stable")[:TRANSLATIONS]
            columns = [
                c
                for c, share in zip(shares.indices[span][ranked], shares.data[span][ranked], strict=True)
                if share >= PROMISING
            ]
            told[word] = [self.words.words[column] for column in columns]
        return [
            " ".join([text, *(other for word in words(text) for other in told.get(word, ()))])
            for text in texts
        ]

    def _near(self, rows: sparse.csr_array) -> Floats:
        """Cosines of titles and wordings, by letters, stems and pairs of stems."""
        near: Floats = (rows @ self.by_wording).toarray()
        near *= self.weight_of_wording
        return near

    def candidates(self, titles: Sequence[str], depth: int) -> tuple[Found, Floats]:
        """Give each title its nearest wordings, and the evidence for the first of them.

        Returns
        -------
        Found : rows of wordings, -1 where nothing resembles, and their nearness; (n, depth).
        float32, shape (n, CANDIDATES or fewer, kinds of evidence).
        """
        rows = self._rows(titles)
        near = self._near(rows)
        profile = (rows @ self.by_code).toarray()
        first = np.take(profile * np.float32(PROFILE_SHARE), self.code_of_wording, axis=1)
        first += near
        means = None
        if self.meaning is not None and self.points is not None:
            means = self.meaning([_one_wording(title) for title in titles]) @ self.points.T
            first *= 1 - MEANING_SHARE
            first += MEANING_SHARE * _stretched(means) ** MEANING_POWER
        found = _nearest(first, depth)
        close = np.maximum(found.codes[:, :CANDIDATES], 0)
        cosines = np.take_along_axis(near, close, axis=1) * (found.codes[:, :CANDIDATES] >= 0)
        asked = self.words.ask([self.lexicon.canonical(title) for title in titles])
        codes = self.code_of_wording[close]
        profiles = np.take_along_axis(profile, codes, axis=1)
        alone = self.features.words_alone(rows)
        of_words = chosen_cosines(alone, self.words_of_wording, close)
        of_profiles = chosen_cosines(alone, self.words_of_code, codes)
        cosines = np.concatenate([[cosines, profiles], of_words, of_profiles])
        parts = evidence(self.words, asked, close, cosines, codes)
        if means is not None:
            parts = np.concatenate([parts, np.take_along_axis(means, close, axis=1)[:, :, None]], axis=2)
        return found, parts

    def _answers(self, titles: Sequence[str], top: int) -> Found:
        depth = min(max(CANDIDATES, LABELS_FOR_ANSWER * top), len(self.code_of_wording))
        found, parts = self.candidates(titles, depth)
        codes = np.where(found.codes >= 0, self.code_of_wording[found.codes], -1)
        return self.verdicts.answers(codes, found.scores, parts, top)

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
            scores, float32 (n, top), in [0, 1): how sure it is that this occupation is meant.
        """
        if top < 1:
            raise ValueError(f"top must be at least 1, not {top}")
        distinct: dict[str, int] = {}
        places = np.array([distinct.setdefault(title, len(distinct)) for title in titles], np.intp)
        wanted = list(distinct)
        codes = np.full((len(wanted), top), -1, np.int32)
        scores = np.zeros((len(wanted), top), np.float32)
        for start in range(0, len(wanted), BATCH):
            batch = wanted[start : start + BATCH]
            codes[start : start + len(batch)], scores[start : start + len(batch)] = self._answers(batch, top)
            if report:
                report(start + len(batch), len(wanted))
        return Found(codes[places], scores[places])

    def suggest(self, typed: str, top: int = 10) -> list[tuple[int, float]]:
        """Give the labels for what is being typed, one an occupation: (row of `self.labels`, score).

        The last word may be unfinished; accents and typing errors are forgiven. Meaning is not asked.
        """
        rows = self.features.transform([self.lexicon.canonical(typed)])
        near = (rows @ self.by_wording).toarray()[0][self.wording_of_place] * self.weights
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


def _nearest(scores: Floats, depth: int) -> Found:
    """Give the best of each row, in single precision first: a row is thousands wide, and few are wanted."""
    if scores.shape[1] <= 4 * depth:
        return best(scores, depth)
    kept = np.sort(np.argpartition(-scores, 2 * depth, axis=1)[:, : 2 * depth], axis=1)
    found = best(np.take_along_axis(scores, kept, axis=1), depth)
    named = np.take_along_axis(kept, np.maximum(found.codes, 0), axis=1)
    return Found(np.where(found.codes >= 0, named, -1).astype(np.int32), found.scores)


def _stretched(cosines: Floats) -> Floats:
    """Stretch each row to [0, 1]: cosines of this model crowd between 0.8 and 1."""
    low, high = cosines.min(axis=1, keepdims=True), cosines.max(axis=1, keepdims=True)
    stretched: Floats = (cosines - low) / np.maximum(high - low, np.float32(1e-6))
    return stretched
