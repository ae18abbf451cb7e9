"""Each row of the mutations finds the line that it breaks: one that went astray tries nothing, and nobody knows."""

from pathlib import Path

import visavis
from scripts import mutations

SOURCE = Path(visavis.__path__[0])


def test_every_mutation_finds_its_line_once_and_tests_that_are_there() -> None:
    astray = [
        one.says
        for one in [*mutations.visible_to(), *mutations.others()]
        if (SOURCE / one.file).read_text(encoding="utf-8").count(one.before) != 1
        or not all(_is_there(tests) for tests in one.asks)
    ]
    assert not astray


def _is_there(tests: str) -> bool:
    """Say whether the files that are asked exist."""
    named = [word for word in tests.split() if word.startswith("tests/")]
    return bool(named) and all((mutations.ROOT / word.partition("::")[0]).exists() for word in named)
