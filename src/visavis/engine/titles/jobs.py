"""The occupations of each job that an advertised title names, when it names several."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import combinations, product

from visavis.engine.text.abbreviations import stands_for
from visavis.engine.text.folding import words
from visavis.engine.text.genders import both_genders
from visavis.engine.text.several import LEADING, Named, named
from visavis.engine.titles.index import TitleIndex

LEAST_LIKE, APART, VERY_LIKE = 0.7, 0.06, 0.9
"""A piece names the occupation it is most like: from the first on and so much more than any other, or from the last."""

MOST_CODES = 2
"""A word that is a title of more occupations names none of them."""

MOST_SHARED = 3
"""A title of more occupations than this says none of them."""

type Job = tuple[str, ...]


class JobsNamed:
    """Titles of a catalogue, in the language of the advertisements, by which several jobs in one title are told apart.

    Parameters
    ----------
    labels : titles, each for one occupation; one wording or both sexes ("Vendeur / Vendeuse").
    codes : the occupation of each label, same length.
    index : of the same titles.
    passing : codes that only ads brought: what is a title of one of these says it alone, whoever held it before.

    Examples
    --------
    >>> labels = ["Serveur / Serveuse", "Barman / Barmaid", "Secrétaire", "Comptable", "Secrétaire comptable"]
    >>> codes = ["G1803", "G1801", "M1607", "M1203", "M1608"]
    >>> named = JobsNamed(labels, codes, TitleIndex(labels, codes))
    >>> named.of(["Serveuse / barman", "Secrétaire comptable", "Serveur / Serveuse"])
    [[('G1803',), ('G1801',)], [('M1607',), ('M1203',), ('M1608',)], []]
    """

    def __init__(
        self, labels: Sequence[str], codes: Sequence[str], index: TitleIndex, passing: Collection[str] = ()
    ) -> None:
        self._index = index
        self._heads: set[str] = set()
        self._labels: set[tuple[str, ...]] = set()
        found: defaultdict[str, set[str]] = defaultdict(set)
        held: defaultdict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
        for label, code in zip(labels, codes, strict=True):
            for said in filter(None, map(words, both_genders(label))):
                self._heads.add(said[0])
                self._labels.add(tuple(said))
                held[tuple(said)][code] = None
                if len(said) == 1:
                    found[said[0]].add(code)
        self._titles = {word: tuple(sorted(some)) for word, some in found.items() if len(some) <= MOST_CODES}
        self._shared = {
            said: tuple(some)
            for said, some in held.items()
            if 1 < len(some) <= MOST_SHARED and not some.keys() & {*passing}
        }
        self._both: defaultdict[frozenset[str], set[str]] = defaultdict(set)
        for label, code in zip(labels, codes, strict=True):
            for pair in _pairs(_apart(self._in_a_row(both_genders(label)[0]))):
                self._both[pair].add(code)

    def of(self, titles: Sequence[str]) -> list[list[Job]]:
        """Give the occupations of each job that a title names, for each title; nothing where it names only one.

        Jobs stand side by side ("Serveur / barman", "aide-soignant ou AMP"), or one behind the other, each a word that
        is a title by itself ("Secrétaire comptable"); or the whole is a title of several occupations ("Agent de quai").
        Where the catalogue has an occupation for two of them together, it is the last.
        """
        said = [named(title) for title in titles]
        pieces = [(place, self._asked(one, piece)) for place, one in enumerate(said) for piece in one.pieces]
        found: list[list[Job]] = [[] for _title in titles]
        for (place, _piece), job in zip(pieces, self._nearest([piece for _, piece in pieces]), strict=True):
            found[place] += [job] if job else []
        for jobs, one in zip(found, said, strict=True):
            if not one.pieces and one.whole:
                jobs += [*self._of_several(one.whole), *self._in_a_row(one.whole[-1])]
        return [self._with_both(_apart(jobs)) for jobs in found]

    def _asked(self, title: Named, piece: Sequence[str]) -> list[str]:
        """Spell a piece out. What is one title of the catalogue shares its first word with none of its pieces."""
        is_one = any(tuple(words(whole)) in self._labels for whole in title.whole)
        return [stands_for(words(said)) or said for said in (piece[:1] if is_one else piece)]

    def _nearest(self, pieces: Sequence[Sequence[str]]) -> Iterator[Job]:
        """Give the occupation that each piece names, by its first wording that names one; nothing where none does."""
        asked = [wording for piece in pieces for wording in piece]
        if not asked:
            return
        answers = self._index.search(asked, top=2)
        known = zip(asked, answers.codes.tolist(), answers.scores.tolist(), strict=True)
        for piece in pieces:
            heard = [next(known) for _wording in piece]
            yield next(filter(None, (self._sure(*one) for one in heard)), ())

    def _sure(self, wording: str, rows: list[int], scores: list[float]) -> Job:
        first = next(iter(words(wording)), "")
        if shared := self._shared.get(tuple(words(wording))):
            return shared
        if {*words(wording)} <= LEADING:
            return ()
        is_sure = scores[0] >= VERY_LIKE or (scores[0] >= LEAST_LIKE and scores[0] - scores[1] >= APART)
        return (self._index.codes[rows[0]],) if first in self._heads and is_sure else ()

    def _of_several(self, whole: Iterable[str]) -> list[Job]:
        """Give the occupations that share a title, by its first wording that several do."""
        shared = (self._shared.get(tuple(words(wording)), ()) for wording in whole)
        return [(code,) for code in next(filter(None, shared), ())]

    def _in_a_row(self, title: str) -> Iterator[Job]:
        """Give the occupations of the first words, as long as each is a title by itself."""
        for word in words(title):
            if word not in self._titles or word in LEADING:
                return
            yield self._titles[word]

    def _with_both(self, jobs: list[Job]) -> list[Job]:
        both = tuple(sorted({code for pair in _pairs(jobs) for code in self._both.get(pair, ())}))
        return _apart([*jobs, both]) if 0 < len(both) <= MOST_CODES else jobs


def _pairs(jobs: Sequence[Job]) -> Iterator[frozenset[str]]:
    for one, other in combinations(jobs, 2):
        yield from map(frozenset, product(one, other))


def _apart(jobs: Iterable[Job]) -> list[Job]:
    """Keep of each job what is not one of those before; nothing unless two are left."""
    kept: list[Job] = []
    for job in jobs:
        new = tuple(code for code in job if not any(code in other for other in kept))
        kept += [new] if new else []
    return kept if len(kept) > 1 else []
