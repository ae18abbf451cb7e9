"""The ways compared by `bench/ranking.py`: each chooses its settings on inner cuts, then learns on all it may.

The peers but one are the engine's own models, each alone with its settings tuned like ours; iALS is that of
the package `implicit`, when it is installed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec

import numpy as np
from scipy import sparse

from bench.ranking_data import Cut
from visavis.engine.blending import quality, ranks, standardised
from visavis.engine.collaborative import (
    Model,
    ease,
    graph_filter,
    paths,
    people_neighbours,
    popularity,
    vacancy_neighbours,
)
from visavis.engine.factors import Factors, FactorSettings, factors, together

type Learn = Callable[[sparse.csr_array, np.random.Generator], Model]

STARTS = 3
"""How many runs from other starts stand together in ours."""


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
    f"size {size}, share {share}": lambda applied, rng, size=size, share=share: graph_filter(
        applied, rng, size=size, share=share
    )
    for size, share in ((128, 0.5), (256, 0.5), (512, 0.5))
}

LADDERS: dict[str, tuple[float, ...]] = {
    "size": (64, 128, 256, 512),
    "unobserved": (0.003, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2),
    "ridge": (0.02, 0.03, 0.05, 0.1, 0.15, 0.2, 0.3),
    "rounds": (4, 8, 16),
}
FIRST = FactorSettings(size=128, unobserved=0.03, ridge=0.1, frequency=0.5)


def several(settings: FactorSettings, starts: int) -> Learn:
    """Learn vectors from so many starts."""

    def learn(applied: sparse.csr_array, rng: np.random.Generator) -> Factors:
        return together([factors(applied, settings, rng) for _ in range(starts)])

    return learn


def climb(cuts: Sequence[Cut], seed: int) -> tuple[Chosen, FactorSettings]:
    """Choose the settings of our vectors: one setting up or down its ladder at a time, while it helps."""
    seen: dict[FactorSettings, float] = {}

    def value(settings: FactorSettings) -> float:
        if settings not in seen:
            seen[settings] = tried("", "", several(settings, 1), cuts, seed).value
        return seen[settings]

    best, moved = FIRST, True
    while moved:
        moved = False
        for name, ladder in LADDERS.items():
            better = max(_beside(best, name, ladder), key=value)
            while value(better) > value(best):
                best, moved = better, True
                better = max(_beside(best, name, ladder), key=value)
    return tried("vectors", str(best), several(best, STARTS), cuts, seed), best


def _beside(settings: FactorSettings, name: str, ladder: tuple[float, ...]) -> list[FactorSettings]:
    place = ladder.index(getattr(settings, name))
    return [replace(settings, **{name: step}) for step in ladder[max(0, place - 1) : place + 2]]


@dataclass(frozen=True)
class _Peer:
    """The vectors that the package `implicit` learned."""

    people_vectors: np.ndarray
    vacancy_vectors: np.ndarray

    def scores(self, people: np.ndarray) -> np.ndarray:
        return self.people_vectors[people] @ self.vacancy_vectors.T


def _implicit(size: int, alpha: float, ridge: float) -> Learn:
    def learn(applied: sparse.csr_array, rng: np.random.Generator) -> Model:
        from implicit.als import AlternatingLeastSquares  # noqa: PLC0415

        peer = AlternatingLeastSquares(
            factors=size,
            alpha=alpha,
            regularization=ridge,
            num_threads=1,
            use_gpu=False,
            random_state=int(rng.integers(2**31)),
        )
        peer.fit(sparse.csr_matrix(applied), show_progress=False)
        return _Peer(peer.user_factors, peer.item_factors)

    return learn


def implicit_grid() -> dict[str, Learn]:
    """Return the settings tried of the package `implicit`; none when it is not installed."""
    if find_spec("implicit") is None:
        return {}
    return {
        f"factors {size}, alpha {alpha:g}, regularization {ridge:g}": _implicit(size, alpha, ridge)
        for size in (128, 256)
        for alpha in (5.0, 20.0, 60.0)
        for ridge in (1.0, 5.0, 20.0)
    }
