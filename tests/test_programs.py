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
import os, signal, subprocess, sys
from tests import programs
waits = "import signal; print('tied', flush=True); signal.pause()"
child = programs.start([sys.executable, "-c", waits], stdout=subprocess.PIPE, text=True)
read, write = os.pipe()
fork = os.fork()
if not fork:
    programs.tie()
    os.write(write, b"tied")
    signal.pause()
# One that starts another, as a server starts its workers.
family = "import os, signal; child = os.fork(); child and print(os.getpid(), child, flush=True); signal.pause()"
parent = programs.start([sys.executable, "-c", family], stdout=subprocess.PIPE, text=True, start_new_session=True)
members = [int(number) for number in parent.stdout.readline().split()]
# Who is killed before a program is tied leaves it.
assert (child.stdout.readline(), os.read(read, 4)) == ('tied\\n', b'tied')
print(child.pid, fork, *members, flush=True)
signal.pause()
"""


def is_gone(number: int) -> bool:
    with suppress(OSError):
        return "\nState:\tZ" in Path(f"/proc/{number}/status").read_text(encoding="utf-8")
    return True


def test_a_program_and_a_fork_end_when_the_runner_is_killed() -> None:
    line = [sys.executable, "-c", RUNNER]
    with programs.start(line, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1]) as runner:
        numbers = [int(word) for word in runner.stdout.readline().split()]
        assert len(numbers) == 4 and not any(map(is_gone, numbers))
        os.kill(runner.pid, signal.SIGKILL)
        until(lambda: all(map(is_gone, numbers)), "they outlive their runner")
