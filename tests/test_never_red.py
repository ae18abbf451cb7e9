"""What would turn a test red by the machine and not by the program is found by reading the tests."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
# Those that wait, start programs, lease ports and make a process's folders for all others.
HELPERS = ["waiting.py", "programs.py", "ports.py", "settings.py", "postgresql.py"]
STARTS = ["Popen", "run", "call", "check_call", "check_output", "getoutput", "create_subprocess_exec"]
CLOCKS = ["perf_counter", "perf_counter_ns", "monotonic", "process_time", "thread_time", "getrusage"]
FILES = ["mkdtemp", "mkstemp", "gettempdir", "NamedTemporaryFile", "TemporaryDirectory", "TemporaryFile"]
# A port that a program is to listen at: those below 1024 are named where nothing is to answer.
PORT = re.compile(r"(?:127\.0\.0\.1|localhost|\[::1\]|0\.0\.0\.0):(\d{4,5})\b")


def faults(source: str) -> Iterator[str]:
    """Tell each wait, start, clock, file and port of a test that is not the house's own."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Attribute(attr="sleep") | ast.Name(id="sleep"), args=[ast.Constant(value=0)]
            ):
                continue  # lets others go on, and waits for nothing
            case ast.Call(func=ast.Attribute(attr="sleep") | ast.Name(id="sleep")):
                yield f"{node.lineno}: sleeps; tests.waiting.until waits for something seen"
            case ast.Call(func=ast.Attribute(attr="wait_for_timeout")):
                yield f"{node.lineno}: waits for nothing; tests.waiting.until waits for something seen"
            case ast.Call(func=ast.Attribute(value=ast.Name(id="subprocess" | "asyncio"), attr=name)) if (
                name in STARTS
            ):
                yield f"{node.lineno}: starts a program that may outlive it; tests.programs ties it"
            case ast.Call(func=ast.Name(id="ValkeyServer" | "get_server")):
                yield f"{node.lineno}: starts a server that may outlive it; tests.valkey ties it"
            case ast.Call(func=ast.Attribute(value=ast.Name(id="os"), attr="fork")) if "tie(" not in source:
                yield f"{node.lineno}: forks a child that may outlive it; tests.programs.tie ties it"
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="time" | "os" | "resource"), attr=name)
                | ast.Name(id=name)
            ) if name in CLOCKS:
                yield f"{node.lineno}: reads how long the machine took; count what the program did"
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="tempfile"), attr=name) | ast.Name(id=name)
            ) if name in FILES:
                yield f"{node.lineno}: keeps files outside of tmp_path"
            case ast.Constant(value=str(text)) if text.startswith(("/tmp/", "/var/tmp/")):
                yield f"{node.lineno}: names a folder that others use too; tmp_path is its own"
            case ast.Constant(value=str(text)) if PORT.search(text):
                yield f"{node.lineno}: fixes a port; tests.ports.free_port leases one"


def test_no_test_is_red_by_the_machine() -> None:
    helpers = [TESTS / name for name in HELPERS] + [Path(__file__)]
    assert not [
        f"{file.relative_to(TESTS)}:{fault}"
        for file in sorted(TESTS.rglob("*.py"))
        if file not in helpers
        for fault in faults(file.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize(
    "line",
    [
        "time.sleep(0.1)",
        "page.wait_for_timeout(100)",
        "subprocess.run(['ls'])",
        "ValkeyServer()",
        "os.fork()",
        "assert time.perf_counter() < 3",
        "tempfile.mkdtemp()",
        "open('/tmp/kept')",
        "serve('127.0.0.1:8000')",
    ],
)
def test_each_is_found(line: str) -> None:
    assert len(list(faults(line))) == 1


def test_what_the_house_has_for_it_is_not() -> None:
    allowed = "until(look, says, rest=page.wait_for_timeout); run(['ls']); await asyncio.sleep(0)"
    assert not list(faults(f"async def f():\n    {allowed.replace('; ', chr(10) + '    ')}"))
