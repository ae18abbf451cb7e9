"""A process that has started as every command of the site does, and forks for each one that it is given.

Starting costs two seconds of processor, and a site's tests give a dozen commands in the same environment. Each still is
a process of its own, with its own database connections, output and status.
"""

import contextlib
import json
import os
import subprocess
import sys
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from tests import programs

ROOT = Path(__file__).resolve().parents[2]


def clean() -> dict[str, str]:
    """Return an environment without what the tests set."""
    ours = ("VISAVIS", "DJANGO", "DATABASE", "CACHE", "SMTP", "SMS", "PYTEST")
    return {name: one for name, one in os.environ.items() if not name.startswith(ours)}


class Started:
    """Processes that have started, one for each environment in which commands were given."""

    def __init__(self) -> None:
        self.processes: dict[str, subprocess.Popen[str]] = {}

    def run(self, environment: dict[str, str], words: Sequence[str]) -> subprocess.CompletedProcess[str]:
        """Run `visavis` with these words; after `-c`, a text of Python with Django set up."""
        process = self._in(environment)
        assert process.stdin and process.stdout
        process.stdin.write(json.dumps(list(words)) + "\n")
        process.stdin.flush()
        code, said, errors = json.loads(process.stdout.readline())
        return subprocess.CompletedProcess(list(words), code, said, errors)

    def _in(self, environment: dict[str, str]) -> subprocess.Popen[str]:
        key = json.dumps(environment, sort_keys=True)
        if key not in self.processes:
            self.processes[key] = programs.start(
                [sys.executable, "-m", "tests.operations.started"],
                env=environment | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        return self.processes[key]

    def stop(self) -> None:
        for process in self.processes.values():
            process.communicate()


@contextlib.contextmanager
def started() -> Iterator[Started]:
    """Give commands their processes; all are gone afterwards."""
    processes = Started()
    try:
        yield processes
    finally:
        processes.stop()


def serve(asked: IO[str], answers: IO[str]) -> None:
    """Fork for each line of words, and answer with its status and what it said."""
    import django  # noqa: PLC0415  (begun as a program)

    django.setup()
    # What every command checks before it begins.
    import visavis.commands.__main__  # noqa: PLC0415
    import visavis.config.urls  # noqa: F401, PLC0415

    for line in asked:
        with kept("said") as said, kept("errors") as errors:
            if (child := os.fork()) == 0:
                programs.tie()
                os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
                os.dup2(said.fileno(), 1)
                os.dup2(errors.fileno(), 2)
                os._exit(status(json.loads(line)))
            _pid, ended = os.waitpid(child, 0)
            said.seek(0)
            errors.seek(0)
            answers.write(json.dumps((os.waitstatus_to_exitcode(ended), said.read(), errors.read())) + "\n")
            answers.flush()


def kept(name: str) -> IO[str]:
    """Return a file in memory, which goes when it is closed."""
    return os.fdopen(os.memfd_create(name), "w+")


def status(words: list[str]) -> int:
    """Run one command, and return what its process would end with."""
    from visavis.commands.__main__ import main  # noqa: PLC0415  (begun as a program)

    code: object = 0
    try:
        if words[0] == "-c":
            exec(compile(words[1], "<string>", "exec"), {"__name__": "__main__"})
        else:
            sys.argv = ["visavis", *words]
            code = main()
    except SystemExit as end:
        code = end.code
    except BaseException:  # noqa: BLE001  (as the interpreter does at the end of a process)
        traceback.print_exc()
        code = 1
    if isinstance(code, str):
        sys.stderr.write(code + "\n")
    sys.stdout.flush()
    sys.stderr.flush()
    return code if isinstance(code, int) else int(code is not None)


if __name__ == "__main__":
    own_answers = os.fdopen(os.dup(1), "w")
    serve(sys.stdin, own_answers)
