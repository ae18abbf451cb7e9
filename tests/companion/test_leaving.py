"""What leaves the device, and what its modules promise: the companion's own tests, run by node."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.privacy.javascript import NODE
from tests.programs import run
from visavis.engine import weights
from visavis.engine.score.score import rounded
from visavis.privacy.privset import PrivSet

pytestmark = pytest.mark.skipif(not NODE, reason="node is not on this machine")
COMPANION = Path(__file__).resolve().parents[2] / "companion"


def asked_of_node(module: str, function: str, calls: Sequence[Sequence[object]]) -> Any:
    """Return what a function of the companion gives for each of these arguments."""
    program = f"""
      import {{ {function} }} from {json.dumps((COMPANION / "src" / f"{module}.js").as_uri())};
      const calls = {json.dumps(calls)};
      process.stdout.write(JSON.stringify(calls.map((given) => {function}(...given))));
    """
    command = [str(NODE), "--input-type=module", "--eval", program]
    return json.loads(run(command, capture_output=True, text=True, check=True).stdout)


def test_the_companion_reorders_by_the_engines_rule_and_shows_the_chances_of_the_mechanism() -> None:
    """The same logits, to the last bit, as the part `interests` of the score."""
    shares = [(shared, asked) for asked in range(1, 13) for shared in range(asked + 1)]
    found = asked_of_node("reorder", "worthOf", shares)
    worth = [np.array(weights.INTERESTS_BEST * shared / asked) for shared, asked in shares]
    assert found == [float(rounded(one)) for one in worth]
    sizes = [(128, 5, 1000), (130, 5, 1000), (60, 5, 500), (400, 5, 2000), (8, 5, 3000)]
    made = [PrivSet.best(k=k, m=m, epsilon_thousandths=epsilon) for k, m, epsilon in sizes]
    usual = asked_of_node("chances", "usualDesign", sizes)
    expected = [
        {"k": k, "m": m, "s": one.s, "epsilon": epsilon}
        for (k, m, epsilon), one in zip(sizes, made, strict=True)
    ]
    assert usual == expected
    chances = asked_of_node("chances", "chancesOf", [(one,) for one in usual])
    assert chances == [pytest.approx({"own": one.p, "other": one.q}) for one in made]


def test_node_is_content() -> None:
    files = sorted((COMPANION / "tests").glob("*.test.mjs"))
    assert len(files) > 9
    done = run([str(NODE), "--test", "--test-reporter=spec", *files], capture_output=True, text=True)
    assert not done.returncode, done.stdout + done.stderr
