"""What a test starts ends with it, also when the runner is killed and nothing can be cleared up."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from tests import programs
from tests.waiting import until

RUNNER = """
import os, sys, time
from tests import programs
child = programs.start([sys.executable, "-c", "import time; time.sleep(3600)"])
fork = os.fork()
if not fork:
    programs.tie()
    time.sleep(3600)
print(child.pid, fork, flush=True)
time.sleep(3600)
"""


def is_gone(number: int) -> bool:
    with suppress(OSError):
        return "\nState:\tZ" in Path(f"/proc/{number}/status").read_text(encoding="utf-8")
    return True


def test_a_program_and_a_fork_end_when_the_runner_is_killed() -> None:
    line = [sys.executable, "-c", RUNNER]
    with programs.start(line, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1]) as runner:
        numbers = [int(word) for word in runner.stdout.readline().split()]
        assert len(numbers) == 2 and not any(map(is_gone, numbers))
        os.kill(runner.pid, signal.SIGKILL)
        until(lambda: all(map(is_gone, numbers)), "they outlive their runner")
