"""A pattern behind plain words is compiled when a text is read, not when a process starts."""

import pytest

from visavis.common.wordlists import Gated


def test_a_pattern_is_compiled_when_it_is_first_tried() -> None:
    pattern = Gated(r"\bnuits?\b|travail (?:de |)nocturne")
    assert not {"pattern", "needed"} & set(vars(pattern))
    assert not pattern.search("de jour")
    # No word of it stands there: it is not tried.
    assert "pattern" not in vars(pattern)
    assert pattern.search("de nuit")
    assert "pattern" in vars(pattern)


@pytest.mark.parametrize("pattern", ["a|b", "(?:ab)+c?", r"\d"])
def test_what_may_match_without_any_word_is_always_tried(pattern: str) -> None:
    text = {"a|b": "b", "(?:ab)+c?": "ab", r"\d": "7"}[pattern]
    assert Gated(pattern).search(text)
