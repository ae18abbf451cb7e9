"""The ways compared by `bench/titles.py`: each ranks the labels of a task for its queries."""

from collections.abc import Callable
from dataclasses import dataclass

import bm25s
import numpy as np
import snowballstemmer
from sklearn.feature_extraction.text import TfidfVectorizer

from bench.title_data import Task
from visavis.engine.meaning import embed_titles
from visavis.engine.titles import TitleIndex

DEPTH = 300
"""Labels looked at for each query; a right answer further down counts as absent."""

type Ranking = list[list[str]]
type Ask = Callable[[list[str]], Ranking]


@dataclass(frozen=True)
class Method:
    """`prepare(task)` builds the index and gives the function that answers queries."""

    name: str
    prepare: Callable[[Task], Ask]


def _collapsed(task: Task, rows: list[int]) -> list[str]:
    """Name the answers in order, each code once: at its best label."""
    return list(dict.fromkeys(task.codes[row] for row in rows if row >= 0))


def ours(task: Task) -> Ask:
    return _ours(TitleIndex(task.labels, task.codes, language=task.language), task)


def ours_with_meaning(task: Task) -> Ask:
    return _ours(TitleIndex(task.labels, task.codes, language=task.language, meaning=embed_titles), task)


def _ours(index: TitleIndex, task: Task) -> Ask:
    def ask(queries: list[str]) -> Ranking:
        if task.by_code:
            found = index.search(queries, top=50)
            return [[index.codes[code] for code in row if code >= 0] for row in found.codes]
        return [_collapsed(task, row.tolist()) for row in index.search_labels(queries, top=DEPTH).codes]

    return ask


def char_tfidf(task: Task) -> Ask:
    """Character 3- to 5-grams inside words, log counts, cosine."""
    vectorizer = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, strip_accents="unicode", dtype=np.float32
    )
    labels = vectorizer.fit_transform(task.labels).T.tocsr()

    def ask(queries: list[str]) -> Ranking:
        answers: Ranking = []
        for start in range(0, len(queries), 256):
            scores = (vectorizer.transform(queries[start : start + 256]) @ labels).toarray()
            nearest = np.argpartition(-scores, DEPTH, axis=1)[:, :DEPTH]
            inner = np.argsort(-np.take_along_axis(scores, nearest, axis=1), axis=1, kind="stable")
            answers += [_collapsed(task, row) for row in np.take_along_axis(nearest, inner, axis=1).tolist()]
        return answers

    return ask


def bm25(task: Task) -> Ask:
    """BM25 (Lucene's variant, k1 1.5, b 0.75) over stems."""
    stemmer = snowballstemmer.stemmer({"fr": "french", "en": "english"}[task.language])

    def tokens(texts: list[str]) -> object:
        return bm25s.tokenize(
            texts,
            stopwords=task.language,
            stemmer=stemmer.stemWords,
            token_pattern=r"(?u)\b\w+\b",
            show_progress=False,
        )

    retriever = bm25s.BM25()
    retriever.index(tokens(task.labels), show_progress=False)

    def ask(queries: list[str]) -> Ranking:
        rows, scores = retriever.retrieve(tokens(queries), k=DEPTH, show_progress=False, n_threads=1)
        rows = np.where(scores > 0, rows, -1)
        return [_collapsed(task, row.tolist()) for row in rows]

    return ask


METHODS = (Method("visavis", ours), Method("char n-gram TF-IDF", char_tfidf), Method("BM25, stems", bm25))
WITH_MEANING = Method("visavis semantic", ours_with_meaning)
