"""Ways to report a set of interests under the same ε: each with its chances, its reports and its estimates.

All are pure protocols: an item of the set is supported with chance p, any other with chance q, and a share is
(supported/n - q) / (p - q). Its variance is [f·p(1-p) + (1-f)·q(1-q)] / (n·(p-q)²): the theory beside the measure.
"""

import math
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import opendp.prelude as dp
from numpy.random import Generator
from pure_ldp.frequency_oracles import DEClient, DEServer, LHClient, LHServer, UEClient, UEServer

from visavis.privacy.arrays import FloatArray, IntArray
from visavis.privacy.privset import PrivSet
from visavis.privacy.reports import count

dp.enable_features("contrib")
warnings.filterwarnings("ignore", module="pure_ldp")


@dataclass(frozen=True)
class Run:
    """Estimated shares, and seconds of CPU on all devices together and on the server."""

    shares: FloatArray
    devices_s: float
    server_s: float


@dataclass(frozen=True)
class Method:
    """One way. `run` takes padded sets (n, m), each ascending, and a Generator."""

    name: str
    p: float
    q: float
    run: Callable[[IntArray, Generator], Run]

    def theory(self, shares: FloatArray, n: int) -> float:
        """Return the mean squared error that theory foresees."""
        p, q = self.p, self.q
        inside, outside = p * (1 - p), q * (1 - q)
        return float((outside + shares.mean() * (inside - outside)) / (n * (p - q) ** 2))


def methods(k: int, m: int, epsilon: float) -> list[Method]:
    """Return ours and its peers for k interests, at most m each."""
    plain = [
        ("OUE", 0.5, 1 / (math.exp(epsilon) + 1)),
        ("SUE", _half(epsilon), 1 - _half(epsilon)),
        ("OLH", *_local_hashing(epsilon)),
        ("GRR", math.exp(epsilon) / (math.exp(epsilon) + k + m - 1), 1 / (math.exp(epsilon) + k + m - 1)),
    ]
    sampled = [_pure_ldp(name, (k, m), epsilon, (p, q)) for name, p, q in plain]
    return [_ours(k, m, epsilon), _wheel(k, m, epsilon), _oue(k, m, epsilon), *sampled, _bits(k, m, epsilon)]


def _ours(k: int, m: int, epsilon: float) -> Method:
    mechanism = PrivSet.best(k=k, m=m, epsilon_thousandths=round(1000 * epsilon))

    def run(padded: IntArray, _rng: Generator) -> Run:
        sets = [[int(item) for item in row if item < k] for row in padded]
        began = time.process_time()
        reports = [mechanism.draw(own) for own in sets]
        drawn = time.process_time()
        items = count(mechanism, [np.array(reports)]).items[:k]
        return _estimated(items, len(padded), (mechanism.p, mechanism.q), (began, drawn))

    return Method("visavis", mechanism.p, mechanism.q, run)


def _estimated(
    supported: FloatArray, n: int, chances: tuple[float, float], times: tuple[float, float]
) -> Run:
    p, q = chances
    shares = (supported / n - q) / (p - q)
    return Run(shares, times[1] - times[0], time.process_time() - times[1])


def _half(epsilon: float) -> float:
    return math.exp(epsilon / 2) / (math.exp(epsilon / 2) + 1)


def _local_hashing(epsilon: float) -> tuple[float, float]:
    places = round(math.exp(epsilon)) + 1
    return math.exp(epsilon) / (math.exp(epsilon) + places - 1), 1 / places


def _one_of_m(p: float, q: float, m: int) -> float:
    """Return the chance of an item of the set when one of m is drawn and reported."""
    return q + (p - q) / m


def _picked(padded: IntArray, rng: Generator) -> IntArray:
    """Padding and sampling: one item of each padded set."""
    return padded[np.arange(len(padded)), rng.integers(0, padded.shape[1], size=len(padded))]


def _oue(k: int, m: int, epsilon: float) -> Method:
    """Optimised unary encoding of one drawn item, in numpy (Wang, Blocki, Li, Jha 2017)."""
    p, q = 0.5, 1 / (math.exp(epsilon) + 1)

    def run(padded: IntArray, rng: Generator) -> Run:
        began = time.process_time()
        item = _picked(padded, rng)
        bits = rng.random((len(padded), k)) < q
        real = np.flatnonzero(item < k)
        bits[real, item[real]] = rng.random(len(real)) < p
        drawn = time.process_time()
        return _estimated(bits.sum(0), len(padded), (_one_of_m(p, q, m), q), (began, drawn))

    return Method("OUE of one drawn, numpy", _one_of_m(p, q, m), q, run)


def _wheel(k: int, m: int, epsilon: float) -> Method:
    """The wheel mechanism, in numpy: one point of a circle (S. Wang et al., PVLDB 2020); its arc chosen by theory."""
    over = math.exp(epsilon)
    arcs = np.linspace(1e-3, 1 / m - 1e-6, 20_000)
    inside = arcs * over / (m * arcs * over + 1 - m * arcs)
    arc = float(arcs[np.argmin(arcs * (1 - arcs) / (inside - arcs) ** 2)])
    total = m * arc * over + 1 - m * arc
    p = arc * over / total

    def run(padded: IntArray, rng: Generator) -> Run:
        n = len(padded)
        starts = rng.random((n, k + m))  # What a public hash of the report's seed gives to device and server.
        began = time.process_time()
        own = np.take_along_axis(starts, padded, axis=1)
        point = _turn(own, arc, over / total, rng)
        drawn = time.process_time()
        supported = ((point[:, None] - starts[:, :k]) % 1.0 < arc).sum(0)
        return _estimated(supported, n, (p, arc), (began, drawn))

    return Method("wheel, numpy", p, arc, run)


def _turn(own: FloatArray, arc: float, density: float, rng: Generator) -> FloatArray:
    """Draw a point: of density `density` on the arcs that start at `own`, the rest spread outside."""
    ordered = np.sort(own, axis=1)
    after = np.diff(np.concatenate([ordered, ordered[:, :1] + 1], axis=1), axis=1)
    covered = np.minimum(after, arc)
    inside = rng.random(len(own)) < density * covered.sum(1)
    lengths = np.where(inside[:, None], covered, after - covered)
    ends = np.cumsum(lengths, axis=1)
    place = rng.random(len(own)) * ends[:, -1]
    which = np.minimum((place[:, None] >= ends).sum(1), own.shape[1] - 1)
    rows = np.arange(len(own))
    within = place - (ends[rows, which] - lengths[rows, which])
    return (ordered[rows, which] + np.where(inside, 0.0, covered[rows, which]) + within) % 1.0


PURE = {
    "OUE": (UEClient, UEServer, {"use_oue": True}),
    "SUE": (UEClient, UEServer, {"use_oue": False}),
    "OLH": (LHClient, LHServer, {"use_olh": True}),
    "GRR": (DEClient, DEServer, {}),
}


def _pure_ldp(name: str, sizes: tuple[int, int], epsilon: float, chances: tuple[float, float]) -> Method:
    """One of pure-ldp's oracles over the interests and the dummies, of one drawn item; times m."""
    (k, m), (p, q) = sizes, chances
    make_client, make_server, options = PURE[name]

    def run(padded: IntArray, rng: Generator) -> Run:
        keep = {"index_mapper": lambda item: item, **options}
        client, server = make_client(epsilon, k + m, **keep), make_server(epsilon, k + m, **keep)
        items = _picked(padded, rng).tolist()
        began = time.process_time()
        reports = [client.privatise(item) for item in items]
        drawn = time.process_time()
        for report in reports:
            server.aggregate(report)
        found = np.array([server.estimate(item, suppress_warnings=True) for item in range(k)])
        return Run(m * found / len(items), drawn - began, time.process_time() - drawn)

    return Method(f"{name} of one drawn, pure-ldp", _one_of_m(p, q, m), q, run)


def _bits(k: int, m: int, epsilon: float) -> Method:
    """RAPPOR's bits over all interests, OpenDP's: two sets differ in 2m bits, each has ε/2m."""
    f = 2 / (1 + math.exp(epsilon / (2 * m)))
    draw = dp.m.make_randomized_response_bitvec(
        dp.bitvector_domain(max_weight=m), dp.discrete_distance(), f=f
    )
    if abs(draw.map(1) - epsilon) > 1e-9:
        raise ValueError(f"OpenDP says ε = {draw.map(1)}")

    def run(padded: IntArray, _rng: Generator) -> Run:
        wide = np.zeros((len(padded), k + m), dtype=np.uint8)
        np.put_along_axis(wide, padded, 1, axis=1)
        sets = [row.tobytes() for row in np.packbits(wide[:, :k], axis=1)]
        began = time.process_time()
        reports = [draw(own) for own in sets]
        drawn = time.process_time()
        bits = np.unpackbits(np.frombuffer(b"".join(reports), dtype=np.uint8)).reshape(len(sets), -1)[:, :k]
        return _estimated(bits.sum(0), len(sets), (1 - f / 2, f / 2), (began, drawn))

    return Method("RAPPOR bits, OpenDP", 1 - f / 2, f / 2, run)
