"""What the stages of a long run cost: time, CPU and memory of this process and all those it began."""

import resource
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOOK_EVERY_S = 0.5


class Watch:
    """Stages one after the other, said on the terminal and in a file."""

    def __init__(self, log: Path) -> None:
        self.log = log
        self.rows: list[dict] = []
        self.peak_mb = 0.0

    def say(self, sentence: str) -> None:
        """Say one sentence, with the hour."""
        line = f"{time.strftime('%Y-%m-%d %H:%M:%S')} {sentence}"
        print(line, flush=True)
        with self.log.open("a", encoding="utf-8") as file:
            file.write(line + "\n")

    @contextmanager
    def stage(self, name: str) -> Iterator[dict]:
        """Measure a stage; what the block puts in the row is kept beside."""
        row: dict = {"method": "visavis", "stage": name}
        started, used, self.peak_mb = time.perf_counter(), _cpu_s(), memory_mb()
        ended = threading.Event()
        thread = threading.Thread(target=self._look, args=(ended,), daemon=True)
        thread.start()
        try:
            yield row
        finally:
            ended.set()
            thread.join()
        row |= {
            "wall_s": round(time.perf_counter() - started, 1),
            "cpu_s": round(_cpu_s() - used, 1),
            "peak_mb": round(max(self.peak_mb, memory_mb())),
        }
        self.rows.append(row)
        told = ", ".join(f"{key} {value}" for key, value in row.items() if key not in ("method", "stage"))
        self.say(f"{name}: {told}")

    def _look(self, ended: threading.Event) -> None:
        while not ended.wait(LOOK_EVERY_S):
            self.peak_mb = max(self.peak_mb, memory_mb())


def memory_mb() -> float:
    """Add up the memory of this process and of those it began; what they share counts once."""
    return sum(_share_mb(pid) for pid in _family("self"))


def _family(pid: str) -> list[str]:
    found = [pid]
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = path.read_text().split()
        except OSError:
            continue
        for child in children:
            found += _family(child)
    return found


def _share_mb(pid: str) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1000 for line in lines if line.startswith("Pss:")), 0.0)


def _cpu_s() -> float:
    """CPU of this process and of those it began that have ended."""
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in both)
