"""What reports cost: time on a device, time and memory on the server; and what an audit finds at a million trials."""

import resource
import time
from itertools import batched

import numpy as np

from bench.reports_audit import audit
from tests.privacy import javascript
from tests.privacy.many import drawn, likes, people
from tests.privacy.variants import BROKEN, K, M
from visavis.privacy.arrays import IntArray
from visavis.privacy.privset import PrivSet
from visavis.privacy.reports import Counts, Survey, count

type Row = dict[str, str | int | float]

AT_ONCE = 10_000
DRAWS = 20_000
OWN = [3, 7, 11]


def on_a_device() -> list[Row]:
    """Time the drawing of one report, in Python and in whatever runs JavaScript here."""
    rows: list[Row] = []
    for k, epsilon in ((128, 1000), (128, 2000), (400, 1000)):
        one = PrivSet.best(k=k, m=5, epsilon_thousandths=epsilon)
        design = {"k": k, "m": 5, "s": one.s, "epsilon": epsilon}
        said = {"part": "device", "method": "visavis", "k": k, "epsilon": epsilon / 1000}
        began = time.process_time()
        for _time in range(DRAWS):
            one.draw(OWN)
        rows.append({**said, "where": "Python", "us": 1e6 * (time.process_time() - began) / DRAWS})
        if javascript.NODE:
            us = javascript.node("microseconds", design, OWN, DRAWS)
            rows.append({**said, "where": "node", "us": us})
        if javascript.CHROMIUM.exists():
            with javascript.chromium() as ask:
                rows.append({**said, "where": "Chromium", "us": ask("microseconds", design, OWN, DRAWS)})
    return rows


def on_the_server(reports: int) -> list[Row]:
    """Read and count so many reports' bytes as they come; memory is what the process grew by."""
    one = PrivSet.best(k=128, m=5, epsilon_thousandths=1000)
    survey, rng = Survey("2026-1", one), np.random.default_rng(1)
    sets = people(rng, AT_ONCE, likes("zipf 1", 128), one)
    sent = [survey.write(sorted(row)) for row in drawn(one, sets, rng).tolist()]
    held_before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    arriving = (sent[turn % AT_ONCE] for turn in range(reports))
    read = (
        np.array([survey.read(report)[0] for report in batch])
        for batch in batched(arriving, AT_ONCE, strict=False)
    )
    counts = count(one, read)
    seconds = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return [
        {
            "part": "server",
            "method": "visavis",
            "reports": counts.reports,
            "reports_per_s": reports / seconds,
            "bytes_per_report": float(np.mean([len(report) for report in sent])),
            "counts_bytes": int(counts.items.nbytes),
            "peak_mb": peak / 1000,
            "grown_mb": (peak - held_before) / 1000,
            "one_by_one_per_s": _one_by_one(survey, sent),
        }
    ]


def _one_by_one(survey: Survey, sent: list[bytes]) -> float:
    """Return reports a second when each is read and added to the counts alone, as an endpoint would."""
    one = survey.mechanism
    counts = Counts(one, 0, np.zeros(one.d, dtype=np.int64))
    began = time.process_time()
    for report in sent:
        counts = counts + count(one, [np.array([survey.read(report)[0]])])
    return len(sent) / (time.process_time() - began)


def audited(trials: int) -> list[Row]:
    """Audit ours in Python and in JavaScript, and the broken ones."""
    rows: list[Row] = []
    for epsilon in (1000, 2000):
        one = PrivSet.best(k=128, m=5, epsilon_thousandths=epsilon)
        pair = [list(range(5)), list(range(5, 10))]
        said: Row = {"part": "audit", "epsilon": epsilon / 1000, "trials": trials}
        began = time.process_time()
        two = [np.array([one.draw(own) for _trial in range(trials)]) for own in pair]
        rows.append({**said, "method": "visavis", **_found(two, one.d), "s": time.process_time() - began})
        if javascript.NODE:
            two = [_from_node(one, own, trials) for own in pair]
            rows.append({**said, "method": "visavis, JavaScript", **_found(two, one.d)})
    rng = np.random.default_rng(3)
    one = PrivSet(K, M, 3, 1000)
    for broken in BROKEN:
        best = max(
            (
                _found([broken(one)(own, trials, rng) for own in pair], one.d)
                for pair in ([[0, 1, 2], [9, 10, 11]], [[0, 1, 2], [9]])
            ),
            key=lambda found: found["at_least"],
        )
        rows.append(
            {
                "part": "audit",
                "epsilon": 1.0,
                "trials": trials,
                "method": f"broken: {broken.__name__}",
                **best,
            }
        )
    return rows


def _from_node(one: PrivSet, own: list[int], trials: int) -> IntArray:
    design = {"k": one.k, "m": one.m, "s": one.s, "epsilon": one.epsilon_thousandths}
    parts = [
        javascript.node("reports", design, own, min(100_000, trials))
        for _part in range(max(1, trials // 100_000))
    ]
    return np.concatenate([np.array(part).reshape(-1, one.s) for part in parts])


def _found(two: list[IntArray], d: int) -> Row:
    leak = audit(*two, d=d, confidence=0.99)
    return {"at_least": leak.at_least, "seems": leak.seems, "event": leak.event}
