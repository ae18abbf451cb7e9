"""The ways compared by `bench/ranking.py`: each chooses its settings on inner cuts, then learns on all it may.

The peers but one are the engine's own models, each alone with its settings tuned like ours; iALS is that of
the package `implicit`, when it is installed. Ours takes the mean of many starts; the peer does so too
when asked.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np
from scipy import sparse

from bench.history.blending import quality, ranks
from bench.history.collaborative import (
    Model,
    ease,
    graph_filter,
    people_neighbours,
    popularity,
    vacancy_neighbours,
)
from bench.history.factors import Factors, FactorSettings, factors, together
from bench.ranking_data import Cut
from visavis.engine.learned.paths import paths, standardised

type Learn = Callable[[sparse.csr_array, np.random.Generator], Model]

STARTS, FEW_STARTS = 16, 3
"""How many runs from other starts stand together in ours; while settings are chosen."""
PEER = "iALS, implicit"


@dataclass(frozen=True)
class Chosen:
    """A model with its settings, and the standardised scores it gives on each inner cut."""

    name: str
    learn: Learn
    settings: str
    inner: list[np.ndarray]
    value: float


def scored(learn: Learn, cut: Cut, seed: int) -> np.ndarray:
    """Learn on what is known, and score the people who have something held out."""
    model = learn(cut.known, np.random.default_rng([seed, 2]))
    known = np.bincount(cut.known.indices, minlength=cut.known.shape[1]) > 0
    return standardised(model.scores(cut.people), known)


def worth(inner: Sequence[np.ndarray], cuts: Sequence[Cut]) -> float:
    """Return NDCG@10 + recall@10, the mean over the cuts."""
    values = []
    for scores, cut in zip(inner, cuts, strict=True):
        held_out = cut.held_out[cut.people]
        values.append(quality(ranks(scores, cut.known[cut.people], held_out), held_out))
    return float(np.mean(values))


def tried(name: str, settings: str, learn: Learn, cuts: Sequence[Cut], seed: int) -> Chosen:
    inner = [scored(learn, cut, seed) for cut in cuts]
    return Chosen(name, learn, settings, inner, worth(inner, cuts))


def choose(name: str, grid: dict[str, Learn], cuts: Sequence[Cut], seed: int) -> Chosen:
    """Return the best of a grid."""
    best = None
    for settings, learn in grid.items():
        found = tried(name, settings, learn, cuts, seed)
        best = found if best is None or found.value > best.value else best
    assert best is not None
    return best


POPULARITY: dict[str, Learn] = {"": lambda applied, rng: popularity(applied)}
VACANCIES: dict[str, Learn] = {
    f"keep {keep}, shrink {shrink}": lambda applied, rng, keep=keep, shrink=shrink: vacancy_neighbours(
        applied, keep=keep, shrink=shrink
    )
    for keep in (100, 400)
    for shrink in (3.0, 10.0, 30.0)
}
PEOPLE: dict[str, Learn] = {
    f"keep {keep}, shrink {shrink}": lambda applied, rng, keep=keep, shrink=shrink: people_neighbours(
        applied, keep=keep, shrink=shrink
    )
    for keep in (100, 400)
    for shrink in (1.0, 10.0)
}
EASE: dict[str, Learn] = {
    f"ridge {ridge:g}": lambda applied, rng, ridge=ridge: ease(applied, ridge=ridge)
    for ridge in (30.0, 100.0, 300.0)
}
PATHS: dict[str, Learn] = {
    f"beta {beta}, power {power}": lambda applied, rng, beta=beta, power=power: paths(
        applied, beta=beta, power=power
    )
    for beta in (0.0, 0.1, 0.2, 0.4)
    for power in (0.4, 0.6, 1.0)
}
FILTER: dict[str, Learn] = {
    f"size {size}": lambda applied, rng, size=size: graph_filter(applied, rng, size=size, share=0.5)
    for size in (256, 512)
}

PEERS = {
    "popularity": POPULARITY,
    "ItemKNN": VACANCIES,
    "UserKNN": PEOPLE,
    "RP3beta": PATHS,
    "EASE": EASE,
    "graph filter": FILTER,
}

type Settings = dict[str, float]

LADDERS: dict[str, tuple[float, ...]] = {
    "size": (64, 128, 192, 256, 384, 512),
    "unobserved": (0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2),
    "ridge": (0.03, 0.05, 0.1, 0.15, 0.2, 0.3),
}
FIRST: Settings = {"size": 128, "unobserved": 0.03, "ridge": 0.1}


def vectors(settings: Settings, starts: int) -> Learn:
    """Learn vectors from so many starts."""
    chosen = FactorSettings(
        int(settings["size"]), settings["unobserved"], settings["ridge"], frequency=0.5, rounds=8
    )

    def learn(applied: sparse.csr_array, rng: np.random.Generator) -> Factors:
        return together([factors(applied, chosen, rng) for _ in range(starts)])

    return learn


def choose_vectors(cuts: Sequence[Cut], seed: int) -> Chosen:
    """Choose the settings of our vectors on a few starts, then try them on all."""
    best = climb(lambda settings: vectors(settings, FEW_STARTS), LADDERS, FIRST, cuts, seed)
    return tried("vectors", _said(best), vectors(best, STARTS), cuts, seed)


def climb(
    make: Callable[[Settings], Learn],
    ladders: dict[str, tuple[float, ...]],
    first: Settings,
    cuts: Sequence[Cut],
    seed: int,
) -> Settings:
    """Take one setting up or down its ladder at a time, while it helps."""
    seen: dict[tuple[float, ...], float] = {}

    def value(settings: Settings) -> float:
        key = tuple(settings.values())
        if key not in seen:
            seen[key] = tried("", "", make(settings), cuts, seed).value
        return seen[key]

    best, moved = first, True
    while moved:
        moved = False
        for name, ladder in ladders.items():
            better = max(_beside(best, name, ladder), key=value)
            while value(better) > value(best):
                best, moved = better, True
                better = max(_beside(best, name, ladder), key=value)
    return best


def _beside(settings: Settings, name: str, ladder: tuple[float, ...]) -> list[Settings]:
    place = ladder.index(settings[name])
    return [settings | {name: step} for step in ladder[max(0, place - 1) : place + 2]]


def _said(settings: Settings) -> str:
    return ", ".join(f"{name} {value:g}" for name, value in settings.items())


@dataclass(frozen=True)
class _Peer:
    """The vectors that the package `implicit` learned."""

    people_vectors: np.ndarray
    vacancy_vectors: np.ndarray

    def scores(self, people: np.ndarray) -> np.ndarray:
        return self.people_vectors[people] @ self.vacancy_vectors.T


PEER_LADDERS: dict[str, tuple[float, ...]] = {
    "factors": (64, 128, 192, 256, 384),
    "alpha": (2.5, 5, 10, 20, 40, 80),
    "regularization": (0.3, 1, 3, 10, 30),
}
PEER_FIRST: Settings = {"factors": 128, "alpha": 20, "regularization": 3}


def peer(settings: Settings, starts: int = 1) -> Learn:
    """Learn with the package `implicit`, from so many starts."""

    def learn(applied: sparse.csr_array, rng: np.random.Generator) -> Model:
        runs = [_implicit(settings, applied, rng) for _ in range(starts)]
        return _Peer(*(np.hstack([run[side] for run in runs]) for side in (0, 1)))

    return learn


def _implicit(
    settings: Settings, applied: sparse.csr_array, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    from implicit.als import AlternatingLeastSquares  # noqa: PLC0415  (a peer)

    found = AlternatingLeastSquares(
        factors=int(settings["factors"]),
        alpha=settings["alpha"],
        regularization=settings["regularization"],
        num_threads=1,
        use_gpu=False,
        random_state=int(rng.integers(2**31)),
    )
    found.fit(sparse.csr_matrix(applied), show_progress=False)
    return found.user_factors, found.item_factors


def choose_peers(cuts: Sequence[Cut], seed: int, *, averaged: bool = False) -> list[Chosen]:
    """Choose the settings of the iALS of `implicit` as ours are; if asked, the mean of as many starts beside it."""
    if find_spec("implicit") is None:
        return []
    best = climb(peer, PEER_LADDERS, PEER_FIRST, cuts, seed)
    alone = Chosen(PEER, peer(best), _said(best), [], 0.0)
    mean = Chosen(f"{PEER}, {STARTS} starts", peer(best, STARTS), _said(best), [], 0.0)
    return [alone, mean] if averaged else [alone]
