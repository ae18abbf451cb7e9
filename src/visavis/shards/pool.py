"""Work on many shards at once, over processes or a Dask cluster, and go on after whatever stopped it.

Each finished shard is a folder of arrays under `keep`, put in place at once, with a manifest: what it was made
from, and the checksum of each file. Those whose manifest and files still hold are never worked on again.
On a cluster `keep` must be a folder that every worker sees; only names and small tasks travel.
"""

import concurrent.futures
import importlib
import multiprocessing
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from visavis.common.progress import Report, silent
from visavis.engine.version import ENGINE_VERSION
from visavis.shards import kept

MOST_TRIES = 5
"""A shard that has lost its worker this often stops the run."""

IN_FLIGHT_PER_WORKER = 2
_LOOK_EVERY_S = 1.0


class ClusterRefused(Exception):
    """The run cannot go on; says why in a sentence."""


class Stopped(Exception):
    """Ctrl-C; what is finished stays in `keep`."""

    def __init__(self, done: int, total: int) -> None:
        super().__init__(f"Stopped with {done} of {total} shards done.")


@dataclass(frozen=True)
class Task:
    """One shard to work on: `name` of its folder, `digest` of all it is made from; `given` makes what it needs."""

    name: str
    digest: str
    given: Callable[[], Any]


class Pool(Protocol):
    """Where tasks run."""

    def submit(self, task: Task) -> None:
        """Begin a task some time soon."""

    def finished(self) -> Iterator[tuple[Task, BaseException | None]]:
        """Give tasks that have ended since, and how; wait a moment when there are none."""


@dataclass
class Log:
    """What happens, in words, on the error stream and at the end of `keep/log.txt`."""

    path: Path
    lines: list[str] = field(default_factory=list)

    def say(self, sentence: str) -> None:
        """Say one sentence."""
        self.lines.append(sentence)
        sys.stderr.write(f"  {sentence}\n")
        with self.path.open("a", encoding="utf-8") as file:
            file.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')} {sentence}\n")


def map_shards(
    work: kept.Work,
    tasks: Sequence[Task],
    *,
    keep: Path,
    workers: int = 1,
    cluster: str | None = None,
    report: Report = silent,
) -> Log:
    """Work on every task whose result is not in `keep` yet, whatever happens to the workers.

    Parameters
    ----------
    work : callable
        Importable by name; takes what `Task.given()` makes and returns arrays by name, always the same.
    tasks : sequence of Task
    keep : Path
        Folder of the results, made when missing; read them with `kept.read(keep / task.name)`.
    workers : int
        Processes on this machine, 0 to work in this one; not read with `cluster`.
    cluster : str, optional
        Address of a Dask scheduler.
    report : callable (done, total)

    Returns
    -------
    Log
        What was found, redone and why.

    Raises
    ------
    ClusterRefused
        The cluster cannot be reached or does not fit, or a shard loses its worker again and again.
    Stopped
        Ctrl-C.
    """
    keep.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept.remove_drafts(keep)
    log = Log(keep / "log.txt")
    waiting = _missing(tasks, keep, log)
    done = len(tasks) - len(waiting)
    report(done, len(tasks))
    if not waiting:
        return log
    try:
        with _pool(work, keep, workers, cluster, log) as (pool, room):
            for _ in _worked_off(pool, room, waiting, keep, log):
                done += 1
                report(done, len(tasks))
    except KeyboardInterrupt:
        log.say(f"Stopped with {done} of {len(tasks)} shards done.")
        raise Stopped(done, len(tasks)) from None
    return log


def _missing(tasks: Sequence[Task], keep: Path, log: Log) -> list[Task]:
    """Tell what is there already, and why what is there is not enough."""
    waiting = []
    for task in tasks:
        why = kept.why_not(keep / task.name, task.digest)
        if why is None:
            continue
        waiting.append(task)
        if why:
            log.say(f"Shard {task.name} is redone: {why}.")
            kept.remove(keep / task.name)
    if len(waiting) < len(tasks):
        log.say(f"{len(tasks) - len(waiting)} of {len(tasks)} shards were done already.")
    return waiting


def _worked_off(
    pool: Pool, room: Callable[[], int], waiting: list[Task], keep: Path, log: Log
) -> Iterator[Task]:
    """Give each task when its result stands, with few under way at a time."""
    ahead, under_way, tries = list(reversed(waiting)), set[str](), Counter[str]()
    while ahead or under_way:
        while ahead and len(under_way) < room():
            task = ahead.pop()
            under_way.add(task.name)
            tries[task.name] += 1
            pool.submit(task)
        for task, ended in pool.finished():
            under_way.discard(task.name)
            if ended is None:
                _say_redone(keep, task, log)
                yield task
                continue
            if not isinstance(ended, WorkerLost):
                raise ended
            if tries[task.name] >= MOST_TRIES:
                raise ClusterRefused(
                    f"Shard {task.name} lost its worker {MOST_TRIES} times. Is there memory enough for it? "
                    "Cut the shards smaller."
                )
            log.say(f"Shard {task.name} will be redone: {ended}.")
            ahead.append(task)


def _say_redone(keep: Path, task: Task, log: Log) -> None:
    begun = kept.attempts(keep, task.name)
    if len(begun) > 1:
        lost = ", ".join(begun[:-1])
        log.say(
            f"Shard {task.name} was redone by {begun[-1]}; it had been begun by {lost}, lost before the end."
        )
    kept.forget_attempts(keep, task.name)


class WorkerLost(Exception):
    """The worker of a task is gone; says which and how, without a full stop."""


def _pool(
    work: kept.Work, keep: Path, workers: int, cluster: str | None, log: Log
) -> AbstractContextManager[tuple[Pool, Callable[[], int]]]:
    if cluster is not None:
        return _dask(work, keep, cluster, log)
    return _local(work, keep, workers) if workers else _here(work, keep)


@contextmanager
def _here(work: kept.Work, keep: Path) -> Iterator[tuple["_Here", Callable[[], int]]]:
    yield _Here(work, keep), lambda: 1


class _Here:
    """This process, for what is too small to begin another."""

    def __init__(self, work: kept.Work, keep: Path) -> None:
        self.work, self.keep = work, keep
        self.ended: list[Task] = []

    def submit(self, task: Task) -> None:
        kept.work_and_keep(self.work, self.keep, task.name, task.digest, task.given(), ENGINE_VERSION)
        self.ended.append(task)

    def finished(self) -> Iterator[tuple[Task, BaseException | None]]:
        ended, self.ended = self.ended, []
        yield from ((task, None) for task in ended)


@contextmanager
def _local(work: kept.Work, keep: Path, workers: int) -> Iterator[tuple["_Processes", Callable[[], int]]]:
    pool = _Processes(work, keep, workers)
    try:
        yield pool, lambda: workers * IN_FLIGHT_PER_WORKER
    finally:
        pool.close()


class _Processes:
    """Processes of this machine, begun anew when one of them is lost."""

    def __init__(self, work: kept.Work, keep: Path, workers: int) -> None:
        self.work, self.keep, self.workers = work, keep, workers
        self.running: dict[concurrent.futures.Future[None], Task] = {}
        self.executor = self._new()

    def _new(self) -> "concurrent.futures.ProcessPoolExecutor":
        return concurrent.futures.ProcessPoolExecutor(
            self.workers, mp_context=multiprocessing.get_context("spawn"), initializer=kept.leave_ctrl_c
        )

    def submit(self, task: Task) -> None:
        words = (self.work, self.keep, task.name, task.digest, task.given(), ENGINE_VERSION)
        try:
            future = self.executor.submit(kept.work_and_keep, *words)
        except concurrent.futures.BrokenExecutor as broken:
            future = concurrent.futures.Future()
            future.set_exception(broken)
        self.running[future] = task

    def finished(self) -> Iterator[tuple[Task, BaseException | None]]:
        ended, _ = concurrent.futures.wait(self.running, _LOOK_EVERY_S, concurrent.futures.FIRST_COMPLETED)
        if any(isinstance(one.exception(), concurrent.futures.BrokenExecutor) for one in ended):
            # One lost process breaks the whole pool: nothing more will come of any of its tasks.
            self.executor.shutdown(wait=True, cancel_futures=True)
            self.executor = self._new()
            ended = set(self.running)
        for future in sorted(ended, key=lambda one: self.running[one].name):
            task = self.running.pop(future)
            yield task, self._how(future, task)

    def _how(self, future: "concurrent.futures.Future[None]", task: Task) -> BaseException | None:
        if future.cancelled() or isinstance(future.exception(), concurrent.futures.BrokenExecutor):
            begun = kept.attempts(self.keep, task.name)
            where = f"under way on {begun[-1]}" if begun else "waiting"
            return WorkerLost(f"it was {where} when a process was lost")
        return future.exception()

    def close(self) -> None:
        """End at once what is still under way; it was not finished and leaves nothing behind."""
        processes = list((self.executor._processes or {}).values())
        self.executor.shutdown(wait=not self.running, cancel_futures=True)
        for process in processes if self.running else ():
            process.terminate()


@contextmanager
def _dask(work: kept.Work, keep: Path, address: str, log: Log) -> Iterator[tuple["_Dask", Callable[[], int]]]:
    try:
        distributed: Any = importlib.import_module("distributed")
    except ImportError:
        raise ClusterRefused("--cluster needs the extra: pip install 'visavis[cluster]'.") from None
    try:
        client = distributed.Client(address, timeout=20)
    except (OSError, ValueError) as failure:
        raise ClusterRefused(f"No Dask scheduler answers at {address}: {failure}") from None
    with client:
        pool = _Dask(client, work, keep.resolve(), log)
        try:
            yield pool, pool.room
        finally:
            pool.cancel()


class _Dask:
    """Workers of a Dask cluster; they come and go, and the scheduler gives their tasks to others."""

    def __init__(self, client: Any, work: kept.Work, keep: Path, log: Log) -> None:
        self.client, self.work, self.keep, self.log = client, work, keep, log
        self.running: dict[Any, Task] = {}
        self.alone = False
        self._check()

    def _workers(self) -> int:
        return len(self.client.scheduler_info(n_workers=-1)["workers"])

    def room(self) -> int:
        """Few tasks ahead of the workers there are."""
        return max(1, self._workers()) * IN_FLIGHT_PER_WORKER

    def _check(self) -> None:
        """Refuse workers that do not see the folder or that run another engine."""
        token = f"{time.time_ns():x}"
        (self.keep / "seen").write_text(token, encoding="utf-8")
        for worker, (seen, version) in self.client.run(kept.sees, self.keep).items():
            if seen != token:
                raise ClusterRefused(
                    f"The worker {worker} does not see the folder {self.keep}: it must be shared."
                )
            if version != ENGINE_VERSION:
                raise ClusterRefused(
                    f"The worker {worker} has version {version} of the engine, not {ENGINE_VERSION}."
                )

    def submit(self, task: Task) -> None:
        words = (self.work, self.keep, task.name, task.digest, task.given(), ENGINE_VERSION)
        key = f"shard-{task.name}-{time.time_ns():x}"
        self.running[self.client.submit(kept.work_and_keep, *words, key=key, pure=False)] = task

    def finished(self) -> Iterator[tuple[Task, BaseException | None]]:
        distributed: Any = importlib.import_module("distributed")
        try:
            distributed.wait(list(self.running), timeout=_LOOK_EVERY_S, return_when="FIRST_COMPLETED")
        except TimeoutError:
            self._look_for_workers()
        for future in [one for one in self.running if one.done()]:
            task = self.running.pop(future)
            failure = future.exception() if future.status == "error" else None
            if future.status in ("cancelled", "lost"):
                failure = WorkerLost("the scheduler lost it")
            elif isinstance(failure, distributed.KilledWorker):
                failure = WorkerLost("several workers were lost with it")
            yield task, failure

    def _look_for_workers(self) -> None:
        alone = self._workers() == 0
        if alone and not self.alone:
            self.log.say(
                "No worker is left on the cluster: waiting for one. After Ctrl-C the run can be resumed."
            )
        self.alone = alone

    def cancel(self) -> None:
        self.client.cancel(list(self.running))
