"""A plugin of pytest that writes down which lines of src each test runs, and how long it takes.

    LINES_TO=folder python -m pytest -p scripts.lines_of_tests …

One file a process: a JSON line for each test, with its seconds and its lines as {file: [numbers]}. The lines of
programs that a test starts are not seen. `scripts/drawn_mutations.py` asks these tests of a line that it breaks.
"""

import json
import os
import sys
import time
from collections.abc import Iterator
from importlib import _bootstrap_external
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

SOURCE = f"{Path(__file__).resolve().parent.parent / 'src' / 'visavis'}{os.sep}"
MONITOR, TOOL = sys.monitoring, 4
SEEN: set[tuple[str, int]] = set()
LOADER: Any = _bootstrap_external.SourceLoader


def watch(code: CodeType) -> None:
    """Hear of each line of a module's functions, once a test."""
    MONITOR.set_local_events(TOOL, code, MONITOR.events.LINE)
    for one in code.co_consts:
        if isinstance(one, CodeType):
            watch(one)


def seen(code: CodeType, line: int) -> object:
    SEEN.add((code.co_filename, line))
    return MONITOR.DISABLE


def watched(self: Any, name: str) -> CodeType | None:
    code: CodeType | None = GET(self, name)
    if code is not None and code.co_filename.startswith(SOURCE):
        watch(code)
    return code


# Before anything of src is imported.
GET = LOADER.get_code
LOADER.get_code = watched
MONITOR.use_tool_id(TOOL, "lines of tests")
MONITOR.register_callback(TOOL, MONITOR.events.LINE, seen)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Write one line for a test."""
    SEEN.clear()
    MONITOR.restart_events()
    begun = time.perf_counter()
    try:
        return (yield)
    finally:
        lines: dict[str, list[int]] = {}
        for file, number in sorted(SEEN):
            lines.setdefault(file.removeprefix(SOURCE), []).append(number)
        told = {"test": item.nodeid, "seconds": round(time.perf_counter() - begun, 3), "lines": lines}
        name = f"{os.environ.get('PYTEST_XDIST_WORKER', 'one')}.jsonl"
        with (Path(os.environ["LINES_TO"]) / name).open("a", encoding="utf-8") as file:
            file.write(json.dumps(told, separators=(",", ":")) + "\n")
