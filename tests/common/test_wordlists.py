"""A pattern behind plain words is compiled when a text is read, not when a process starts."""

from visavis.common.wordlists import Gated


def test_a_pattern_is_compiled_when_it_is_first_tried() -> None:
    pattern = Gated(r"\bnuits?\b|travail (?:de |)nocturne")
    assert not {"pattern", "needed"} & set(vars(pattern))
    assert not pattern.search("de jour")
    # No word of it stands there: it is not tried.
    assert "pattern" not in vars(pattern)
    assert pattern.search("de nuit")
    assert "pattern" in vars(pattern)
    for without_a_word, text in {"a|b": "b", "(?:ab)+c?": "ab", r"\d": "7"}.items():
        assert Gated(without_a_word).search(text), without_a_word
