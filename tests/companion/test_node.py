"""What the companion's modules promise, told in their own language and run by node."""

from pathlib import Path

import pytest

from tests.privacy.javascript import NODE
from tests.programs import run

TESTS = Path(__file__).resolve().parents[2] / "companion" / "tests"


@pytest.mark.skipif(not NODE, reason="node is not on this machine")
def test_node_is_content() -> None:
    files = sorted(TESTS.glob("*.test.mjs"))
    assert len(files) > 9
    done = run([str(NODE), "--test", "--test-reporter=spec", *files], capture_output=True, text=True)
    assert not done.returncode, done.stdout + done.stderr
