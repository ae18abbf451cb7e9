"""One set of vectors, two languages."""

import json

import numpy as np
import pytest
from scipy.stats import norm

from tests.privacy import javascript, ledger_vectors, vectors
from tests.privacy.javascript import Ask
from visavis.privacy.privset import PrivSet

DESIGN = {"k": 128, "m": 5, "s": 7, "epsilon": 1000}


@pytest.fixture
def ask() -> Ask:
    if not javascript.NODE:
        pytest.skip("node is not on this machine")
    return javascript.node


def test_python_draws_what_the_vectors_say() -> None:
    assert vectors.make() == json.loads(vectors.FILE.read_text(encoding="utf-8"))


def test_python_keeps_the_books_that_the_vectors_say() -> None:
    """What JavaScript keeps of them: companion/tests/ledger.test.mjs."""
    assert ledger_vectors.make() == json.loads(ledger_vectors.FILE.read_text(encoding="utf-8"))


def test_javascript_draws_what_the_vectors_say(ask: Ask) -> None:
    known = json.loads(vectors.FILE.read_text(encoding="utf-8"))
    found = ask("answers", known)
    assert found["designs"] == [{"over": one["over"], "total": one["total"]} for one in known["designs"]]
    wanted = [{"report": one["report"], "bytes": one["bytes"], "left": 0} for one in known["cases"]]
    assert found["cases"] == wanted


def test_javascript_draws_from_the_secure_source_with_the_right_chances(ask: Ask) -> None:
    """Twenty thousand reports: each of the 133 items within what one in ten million runs would pass."""
    times, own = 20_000, [3, 7, 11]
    seen = np.array(ask("tally", DESIGN, own, times))
    mechanism = PrivSet(128, 5, 7, 1000)
    wanted = np.full(mechanism.d, mechanism.q)
    wanted[[*own, 128, 129]] = mechanism.p
    far = (seen - times * wanted) / np.sqrt(times * wanted * (1 - wanted))
    assert np.abs(far).max() < norm.isf(1e-7 / 2 / mechanism.d)


def test_javascript_refuses_what_python_refuses(ask: Ask) -> None:
    tries = [
        [{**DESIGN, "epsilon": 0}, [1], ""], [{**DESIGN, "epsilon": 8001}, [1], ""],
        [{**DESIGN, "epsilon": 0.5}, [1], ""], [{**DESIGN, "s": 129}, [1], ""],
        [{**DESIGN, "m": 129}, [1], ""], [{**DESIGN, "k": 5000}, [1], ""], [DESIGN, [1, 1], ""],
        [DESIGN, [128], ""], [DESIGN, [-1], ""], [DESIGN, ["1"], ""], [DESIGN, [1], 'm18","name":"Claire'],
    ]  # fmt: skip
    assert ask("refused", tries) == [True] * len(tries)
    assert ask("refused", [[DESIGN, [1], "m18"]]) == [False]
