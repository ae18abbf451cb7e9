"""The ways compared by `bench/titles.py`: each ranks the labels of a task for its queries."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import bm25s
import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from Stemmer import Stemmer

from bench.title_data import Task
from visavis.engine.text.meaning import embed_titles
from visavis.engine.titles.index import TitleIndex

DEPTH = 300
"""Labels looked at for each query; a right answer further down counts as absent."""

type Ranking = list[list[str]]
type Ask = Callable[[list[str]], Ranking]


@dataclass(frozen=True)
class Method:
    """`prepare(task)` builds the index and gives the function that answers queries."""

    name: str
    prepare: Callable[[Task], Ask]


def _answers(task: Task, rows: list[int]) -> list[str]:
    """Name the answers in order; each code once, at its best label, if the task wants codes."""
    codes = [task.codes[row] for row in rows if row >= 0]
    return list(dict.fromkeys(codes)) if task.by_code else codes


def ours(task: Task) -> Ask:
    return _ours(TitleIndex(task.labels, task.codes, language=task.language))


def ours_with_meaning(task: Task) -> Ask:
    return _ours(TitleIndex(task.labels, task.codes, language=task.language, meaning=embed_titles))


def ours_with_related(related: list[list[str]], *, semantic: bool = False) -> Callable[[Task], Ask]:
    meaning = embed_titles if semantic else None
    return lambda task: _ours(
        TitleIndex(task.labels, task.codes, language=task.language, related=related, meaning=meaning)
    )


def _ours(index: TitleIndex) -> Ask:
    """Ours ranks occupations, each once: in a ranking of labels, each stands by one label."""

    def ask(queries: list[str]) -> Ranking:
        return [[index.codes[code] for code in row if code >= 0] for row in index.search(queries, 50).codes]

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
            answers += [_answers(task, row) for row in np.take_along_axis(nearest, inner, axis=1).tolist()]
        return answers

    return ask


def bm25(task: Task) -> Ask:
    """BM25 (Lucene's variant, k1 1.5, b 0.75) over stems."""
    stemmer = Stemmer({"fr": "french", "en": "english"}[task.language])

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
        return [_answers(task, row.tolist()) for row in rows]

    return ask


def by_concept(method: Method) -> Method:
    """The same, each concept ranked once."""
    return Method(f"{method.name}, concepts", lambda task: method.prepare(replace(task, by_code=True)))


METHODS = (Method("visavis", ours), Method("char n-gram TF-IDF", char_tfidf), Method("BM25, stems", bm25))
WITH_MEANING = Method("visavis semantic", ours_with_meaning)

PUBLISHED: dict[str, dict[str, tuple[float | None, float | None, float]]] = {
    "melo_fra_q_fr_c_fr": {
        "text-embedding-3-large": (0.831, 0.942, 0.872),
        "e5-mistral-7b": (0.827, 0.930, 0.863),
        "bge-m3": (0.804, 0.916, 0.845),
        "mE5-large": (0.801, 0.912, 0.843),
        "BM25, lemmas": (0.767, 0.868, 0.804),
        "char TF-IDF": (0.753, 0.866, 0.796),
        "mUSE": (0.728, 0.856, 0.779),
        "ESCOXLM-R": (0.600, 0.761, 0.660),
    },
    "melo_fra_q_fr_c_en": {
        "text-embedding-3-large": (None, None, 0.616),
        "e5-mistral-7b": (None, None, 0.576),
        "mE5-large": (None, None, 0.446),
        "mUSE": (None, None, 0.368),
        "char TF-IDF": (None, None, 0.195),
    },
}
"""A@1, A@10 and MRR as the authors of MELO publish them (Retyk and others, 2024; results in their repository)."""
