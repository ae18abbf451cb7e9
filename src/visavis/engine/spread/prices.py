"""Prices that keep crowds away: entropic transport on the sparse graph, by scipy's products."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from visavis.engine.arrays import AnyArray, FloatArray
from visavis.engine.spread.graph import Graph

ENOUGH = 1e-3
"""The part of all people that may stand above the capacities when the iterations end."""

_FASTER = 1.5
_SMALLEST = 1e-30
_SHARP = 40.0
"""From outside / epsilon beyond this, float32 would lose what stays outside: float64 is taken."""
_NOTHING = -60.0
"""Utilities this many epsilons under the best count as this: no subnormal number slows the products."""


@dataclass(frozen=True)
class Prices:
    """What the crowd makes each vacancy cost."""

    # (M,): in the unit of utility; 0 where there is room, larger where more people wish to go
    price: FloatArray
    excess: float  # the part of all people who still stand above the capacities, in [0, 1]
    iterations: int  # how many were needed


def prices(
    graph: Graph,
    capacity: FloatArray,
    *,
    epsilon: float = 0.03,
    outside: float = 0.2,
    most: int = 200,
    start: FloatArray | None = None,
) -> Prices:
    """Find the prices at which the crowd fits, by entropic transport on the sparse graph.

    Each jobseeker has a mass of 1, that she may leave outside: at a utility `outside` under her best
    she rather waits. Without it, transport has no solution where people outnumber the places. Each vacancy takes at
    most its capacity. The scalings are those of Sinkhorn, over-relaxed.

    The work is two sparse products an iteration, in float32 unless `outside` / `epsilon` is above 40; the
    graph's copy takes 16 bytes a pair (a kernel by person and one by vacancy, indices and values).

    Parameters
    ----------
    graph : Graph
    capacity : array of float64, shape (M,)
        At least 0: how many people each vacancy may be the first choice of.
    epsilon : float
        Above 0, in the unit of utility: how blurred the choices are. Smaller is sharper and slower.
    outside : float
        At least 0, in the unit of utility.
    most : int
        The most iterations.
    start : array of float64, shape (M,), optional
        At least 0: prices to begin from, yesterday's for instance.

    Returns
    -------
    Prices

    References
    ----------
    Cuturi 2013, "Sinkhorn distances"; Chizat, Peyré, Schmitzer and Vialard 2018, "Scaling algorithms for
    unbalanced transport", for the inequality; Thibault, Chizat, Dossal and Papadakis 2021, for the
    over-relaxation.

    Examples
    --------
    Two people both prefer the first vacancy, which has one place; the price makes them even.

    >>> graph = Graph(np.array([0, 2, 4]), np.array([0, 1, 0, 1]), np.array([0.9, 0.8, 0.7, 0.3]), 2)
    >>> prices(graph, np.array([1.0, 1.0])).price.round(2).tolist()
    [0.15, 0.0]
    """
    _check(graph, capacity)
    if epsilon <= 0 or outside < 0:
        raise ValueError(f"epsilon is above 0 and outside at least 0, seen {epsilon} and {outside}")
    sinkhorn = Sinkhorn(graph, capacity, epsilon, outside)
    if start is not None:
        sinkhorn.begin(start)
    done = 1
    while sinkhorn.step() >= ENOUGH and done < most:
        done += 1
    return Prices(sinkhorn.price(), sinkhorn.excess, done)


def _check(graph: Graph, capacity: FloatArray) -> None:
    if capacity.shape != (graph.vacancies,) or np.any(~(capacity >= 0)):
        raise ValueError(f"capacity is at least 0 and of shape ({graph.vacancies},), seen {capacity.shape}")


class Sinkhorn:
    """The scalings between two iterations.

    Attributes
    ----------
    excess : float
        The part of all people above the capacities before the last change.
    """

    def __init__(self, graph: Graph, capacity: FloatArray, epsilon: float, outside: float) -> None:
        self.epsilon = epsilon
        kind = np.float32 if outside / epsilon <= _SHARP else np.float64
        self.kernel = kernel(graph, epsilon, kind)
        self.transposed = self.kernel.T.tocsr()
        self.has_pairs = (np.diff(graph.starts) > 0).astype(kind)
        self.people = max(1, graph.with_pairs)
        self.stays = kind(np.exp(-outside / epsilon))
        self.capacity = capacity.astype(kind)
        self.least = _SMALLEST if kind is np.float32 else _SMALLEST**8
        self.scale = np.ones(graph.vacancies, kind)
        self.excess = 0.0

    def begin(self, price: FloatArray) -> None:
        """Begin from prices."""
        scale = np.exp(-np.maximum(price, 0.0) / self.epsilon)
        self.scale = np.maximum(scale, self.least).astype(self.scale.dtype)

    def step(self) -> float:
        """Do one iteration; return the excess before it."""
        crowd = self.crowd()
        above = np.maximum(0.0, crowd * self.scale - self.capacity)
        self.excess = float(above.sum(dtype=np.float64) / self.people)
        if self.excess >= ENOUGH:
            wanted = np.minimum(1.0, self.capacity / np.maximum(crowd, self.least))
            scale = self.scale * (np.maximum(wanted, self.least) / self.scale) ** _FASTER
            self.scale = np.clip(scale, self.least, 1.0).astype(self.scale.dtype)
        return self.excess

    def crowd(self) -> AnyArray:
        """Return for each vacancy the people who would come were its scale 1, the others' as they are."""
        choices = self.kernel @ self.scale
        choices += self.stays
        np.divide(self.has_pairs, choices, out=choices)
        found: AnyArray = self.transposed @ choices
        return found

    def price(self) -> FloatArray:
        """Return the prices."""
        return np.abs(self.epsilon * np.log(self.scale.astype(np.float64)))


def kernel(graph: Graph, epsilon: float, kind: type[np.floating]) -> sparse.csr_array:
    """Return exp((utility − the person's best) / epsilon), by person then vacancy."""
    counts = np.diff(graph.starts)
    filled = np.flatnonzero(counts)
    best = np.zeros(len(counts), graph.utility.dtype)
    if len(filled):
        best[filled] = np.maximum.reduceat(graph.utility, graph.starts[filled])
    values = np.repeat(best, counts)
    np.subtract(graph.utility, values, out=values)
    values *= values.dtype.type(1.0 / epsilon)
    if kind is np.float32:
        np.maximum(values, values.dtype.type(_NOTHING), out=values)
    np.exp(values, out=values)
    index = np.int32 if max(len(values), *_shape(graph)) < 2**31 else np.int64
    pairs = graph.vacancy.astype(index, copy=False), graph.starts.astype(index, copy=False)
    return sparse.csr_array((values.astype(kind, copy=False), *pairs), shape=_shape(graph))


def _shape(graph: Graph) -> tuple[int, int]:
    return graph.jobseekers, graph.vacancies
