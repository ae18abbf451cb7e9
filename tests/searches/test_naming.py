"""The place that words name."""

import pytest

from visavis.commands.search import places


@pytest.mark.parametrize(
    ("words", "announced", "kind", "code"),
    [
        ("puy en velay", True, "town", "43157"),
        ("st etienne", True, "town", "42218"),
        ("26000", False, "town", "26362"),
        ("07", True, "department", "07"),
        ("drome", False, "department", "26"),
        ("bretagne", True, "region", "53"),
        ("switzerland", True, "country", "suisse"),
        ("macon", True, "town", "71270"),
    ],
)
def test_a_place_is_known_by_its_name(words: str, announced: bool, kind: str, code: str) -> None:
    found = places()(words.split(), announced)
    assert found is not None
    assert (found.kind, found.code) == (kind, code)


@pytest.mark.parametrize(
    ("words", "announced"),
    [
        ("macon", False),
        ("vignes", True),
        ("mer", True),
        ("35", False),
        ("", True),
    ],
)
def test_a_word_of_work_is_no_place(words: str, announced: bool) -> None:
    assert places()(words.split(), announced) is None
