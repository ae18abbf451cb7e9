"""What leaves the device: the companion's own tests of it, run by node."""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.privacy.javascript import NODE
from visavis.engine import weights
from visavis.engine.score.score import rounded
from visavis.privacy.privset import PrivSet

COMPANION = Path(__file__).resolve().parents[2] / "companion"
TESTS = COMPANION / "tests"
FILES = ["ledger", "tokens", "sending", "handshake", "reorder"]


def asked_of_node(module: str, function: str, calls: Sequence[Sequence[object]]) -> Any:
    """Return what a function of the companion gives for each of these arguments."""
    program = f"""
      import {{ {function} }} from {json.dumps((COMPANION / "src" / f"{module}.js").as_uri())};
      const calls = {json.dumps(calls)};
      process.stdout.write(JSON.stringify(calls.map((given) => {function}(...given))));
    """
    command = [str(NODE), "--input-type=module", "--eval", program]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


@pytest.mark.skipif(not NODE, reason="node is not on this machine")
@pytest.mark.parametrize("name", FILES)
def test_node_is_content_with(name: str) -> None:
    command = [str(NODE), "--test", "--test-reporter=spec", str(TESTS / f"{name}.test.mjs")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert not done.returncode, done.stdout + done.stderr


@pytest.mark.skipif(not NODE, reason="node is not on this machine")
def test_the_companion_reorders_by_the_engines_rule() -> None:
    """The same logits, to the last bit, as the part `interests` of the score."""
    shares = [(shared, asked) for asked in range(1, 13) for shared in range(asked + 1)]
    found = asked_of_node("reorder", "worthOf", shares)
    assert found == [
        float(rounded(np.array(weights.INTERESTS_BEST * shared / asked))) for shared, asked in shares
    ]


@pytest.mark.skipif(not NODE, reason="node is not on this machine")
@pytest.mark.parametrize(("k", "epsilon"), [(128, 1000), (130, 1000), (60, 500), (400, 2000), (8, 3000)])
def test_the_chances_shown_are_those_of_the_mechanism(k: int, epsilon: int) -> None:
    mechanism = PrivSet.best(k=k, m=5, epsilon_thousandths=epsilon)
    (usual,) = asked_of_node("chances", "usualDesign", [(k, 5, epsilon)])
    assert usual == {"k": k, "m": 5, "s": mechanism.s, "epsilon": epsilon}
    (chances,) = asked_of_node("chances", "chancesOf", [(usual,)])
    assert chances == pytest.approx({"own": mechanism.p, "other": mechanism.q})
