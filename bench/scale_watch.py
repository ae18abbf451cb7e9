"""Processor time and memory of one method, in a process of its own that shares the data with the others."""

import gc
import multiprocessing as mp
import os
import resource
import time
import traceback
from collections.abc import Callable
from statistics import median
from typing import NamedTuple

import numpy as np

AT_LEAST = 128
"""People a slow method is timed on at least."""

ALONE = 2_000
"""People asked alone at most."""

SHORT_S = 5.0
"""What takes less is timed three times."""

type Lists = list[np.ndarray]
type Run = Callable[[int], Lists]


class Taken(NamedTuple):
    """What a method took.

    Attributes
    ----------
    build_s, seconds : float
        CPU of preparing; of the lists of `people`, the median of `times` runs.
    own_mb, peak_mb : float
        The most memory beyond the data; in all.
    lists : one array of vacancies a person
    one_s : CPU of each person asked alone, in some methods
    """

    people: int
    build_s: float
    seconds: float
    times: int
    own_mb: float
    peak_mb: float
    lists: Lists
    one_s: np.ndarray


def cpu[T](work: Callable[[], T]) -> tuple[T, float]:
    """Return what a function returns and the CPU seconds it took."""
    began = time.process_time()
    found = work()
    return found, time.process_time() - began


def sgemm_gflops(depth: int = 256, size: int = 2048) -> float:
    """Measure the matrix product of float32 at this moment: the best of seven."""
    one, other = np.ones((size, depth), np.float32), np.ones((depth, size), np.float32)
    out = np.empty((size, size), np.float32)
    best = min(cpu(lambda: np.matmul(one, other, out=out))[1] for _ in range(7))
    return 2e-9 * size * size * depth / best


def measured(build: Callable[[], Run], people: int, budget_s: float) -> Taken:
    """Time a method on as many of the first people as fit the budget; where it has `one`, each person alone too."""
    start = _resident_mb()
    run, build_s = cpu(build)
    run(min(16, people))
    few = min(people, AT_LEAST)
    each = cpu(lambda: run(few))[1] / few
    asked = people if each * people <= budget_s else min(people, max(few, int(budget_s / each)))
    times = 3 if each * asked < SHORT_S else 1
    taken = []
    lists: Lists = []
    for _ in range(times):
        lists, seconds = cpu(lambda: run(asked))
        taken.append(seconds)
    one = getattr(run, "one", None)
    one_s = np.array([cpu(lambda i=i: one(i))[1] for i in range(min(asked, ALONE))]) if one else np.zeros(0)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    return Taken(asked, build_s, median(taken), times, peak - start, peak, lists, one_s)


def again(build: Callable[[], Run], sizes: list[int], times: int = 5) -> tuple[dict[int, float], float]:
    """Time a method on the first so many people, for each size; give the matrix product of the moment as well."""
    run = build()
    found = {}
    for size in sizes:
        run(min(16, size))
        found[size] = median(cpu(lambda size=size: run(size))[1] for _ in range(times))
    return found, sgemm_gflops()


def apart[T](work: Callable[[], T]) -> T:
    """Call a function in a process made from this one; what it returns comes back."""
    context = mp.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    gc.freeze()
    process = context.Process(target=_answer, args=(theirs, work))
    process.start()
    theirs.close()
    try:
        found = ours.recv()
    except EOFError:
        found = RuntimeError("the process ended without an answer")
    process.join()
    if isinstance(found, Exception):
        raise found
    return found


def _answer(door: object, work: Callable[[], object]) -> None:
    try:
        found = work()
    except Exception as error:  # noqa: BLE001 - told to the one who asked
        found = RuntimeError("".join(traceback.format_exception(error)))
    door.send(found)
    door.close()


def _resident_mb() -> float:
    with open("/proc/self/statm", encoding="ascii") as lines:  # noqa: PTH123
        return int(lines.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
