"""A search of documents held in memory: a file of ads, a bench, a test."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

import numpy as np

from visavis.engine.search.documents import Columns, Document
from visavis.engine.search.fields import MemoryField
from visavis.engine.search.ranking import NO_NEIGHBOUR, Neighbours, Ranked, Ranker, Texts
from visavis.engine.search.spelling import Spelling
from visavis.engine.search.understanding import NO_PLACE, PlaceFinder, Query, understand
from visavis.engine.search.vocabulary import spoken
from visavis.engine.search.words import cut, stem, with_pairs
from visavis.engine.text.abbreviations import spelt_out
from visavis.engine.text.wording import clean_title


def title_terms(title: str) -> list[str]:
    """Return the stems of a title and of what its abbreviations stand for, then its pairs of neighbours."""
    words = cut(clean_title(title))
    meant = [stem(word) for _run, meaning in spelt_out(words) for word in meaning.split()]
    own = [stem(word) for word in words]
    return [*with_pairs(own), *meant]


def title_length(title: str) -> int:
    """Return of how many words a title is."""
    return len({stem(word) for word in cut(clean_title(title))})


def text_terms(text: str) -> list[str]:
    """Return the stems of a text, each once."""
    return list(dict.fromkeys(stem(word) for word in cut(text)))


class Index:
    """N documents, ready to be searched.

    Parameters
    ----------
    documents : the ads.
    places : finds the place that words name.
    vocabulary : words of the catalogue, known beside those of the ads.
    neighbours : the occupations next to one, shown where nothing answers.

    >>> index = Index([Document("Plombier (H/F)"), Document("Serveuse")])
    >>> index.search("plonbier").places.tolist(), index.search("azertyuiop").places.tolist()
    ([0], [])
    """

    def __init__(
        self,
        documents: Sequence[Document],
        places: PlaceFinder = NO_PLACE,
        vocabulary: Iterable[str] = (),
        neighbours: Neighbours = NO_NEIGHBOUR,
    ) -> None:
        title = MemoryField(title_terms(one.title) for one in documents)
        names = MemoryField(with_pairs([stem(word) for word in cut(one.names)]) for one in documents)
        text = MemoryField(text_terms(f"{one.title} {one.text}") for one in documents)
        self.places, self.neighbours = places, neighbours
        lengths = np.array([title_length(one.title) for one in documents], np.float64)
        self.ranker = Ranker(Columns.of(documents), Texts(title, names, text, lengths))
        self.spelling = Spelling(
            known_words(
                (one.title for one in documents),
                (one.names + " " + one.text for one in documents),
                vocabulary,
            )
        )

    def understand(self, words: str, literally: Collection[str] = ()) -> Query:
        """Read a query."""
        return understand(words, spelling=self.spelling, places=self.places, literally=literally)

    def search(self, words: str, top: int | None = None, literally: Collection[str] = ()) -> Ranked:
        """Return the documents that answer, best first; where none does, those that come nearest."""
        query = self.understand(words, literally)
        found = self.ranker.rank(query, top)
        if len(found.places) or query.is_empty:
            return found
        return self.ranker.best(self.ranker.instead(query, self.neighbours), top)


def known_words(titles: Iterable[str], texts: Iterable[str], vocabulary: Iterable[str]) -> Counter[str]:
    """Return the words that are spelt so, and how much each is used; titles and the catalogue count most."""
    known: Counter[str] = Counter()
    for text in texts:
        known.update(set(cut(text)))
    known = Counter({word: count for word, count in known.items() if count > 1})
    for title in titles:
        known.update(dict.fromkeys(cut(title), 5))
    for label in vocabulary:
        known.update(dict.fromkeys(cut(label), 3))
    for word in spoken():
        known[word] += 3
    return known
