"""What the companion's modules promise, told in their own language and run by node."""

import subprocess
from pathlib import Path

import pytest

from tests.companion import test_leaving
from tests.privacy.javascript import NODE

TESTS = Path(__file__).resolve().parents[2] / "companion" / "tests"
NAMES = sorted(
    {path.name.removesuffix(".test.mjs") for path in TESTS.glob("*.test.mjs")} - {*test_leaving.FILES}
)


@pytest.mark.skipif(not NODE, reason="node is not on this machine")
@pytest.mark.parametrize("name", NAMES)
def test_node_is_content_with(name: str) -> None:
    command = [str(NODE), "--test", "--test-reporter=spec", str(TESTS / f"{name}.test.mjs")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert not done.returncode, done.stdout + done.stderr
