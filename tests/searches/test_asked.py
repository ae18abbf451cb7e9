"""A search in an address: written, read, and never an error; the place that words name."""

import pytest

from visavis.commands.search import places
from visavis.searches.asked import Asked


def test_a_search_comes_back_from_its_address() -> None:
    asked = Asked(
        words="boulanger de nuit",
        commune="26362",
        reach_km=30,
        contracts=("permanent", "fixed_term"),
        hours="part",
        days=("no-nights",),
        has=("none",),
        pay_least=12.5,
        since_days=7,
        in_limits=True,
        literally=("place",),
        order="date",
        page=3,
    )
    pairs: dict[str, list[str]] = {}
    for name, value in asked.params():
        pairs.setdefault(name, []).append(value)
    assert Asked.from_params(pairs) == asked


def test_what_makes_no_sense_counts_as_not_asked_and_another_choice_begins_at_page_one() -> None:
    assert Asked().params() == []
    for name, value in (
        ("km", "beaucoup"),
        ("km", "-3"),
        ("pay", "nan"),
        ("pay", "1e999"),
        ("since", "0"),
        ("order", "salaire"),
        ("page", "99999999999999999999"),
        ("hours", "\0"),
        ("mine", "oui"),
    ):
        assert Asked.from_params({name: [value]}) == Asked()
    assert Asked(page=4).but(order="date").page == 1
    with pytest.raises(TypeError, match="colour"):
        Asked().but(colour="red")


def test_a_place_is_known_by_its_name_and_a_word_of_work_is_none() -> None:
    for words, announced, kind, code in (
        ("puy en velay", True, "town", "43157"),
        ("st etienne", True, "town", "42218"),
        ("26000", False, "town", "26362"),
        ("07", True, "department", "07"),
        ("drome", False, "department", "26"),
        ("bretagne", True, "region", "53"),
        ("switzerland", True, "country", "suisse"),
        ("macon", True, "town", "71270"),
    ):
        found = places()(words.split(), announced)
        assert found is not None and (found.kind, found.code) == (kind, code)
    for words, announced in (("macon", False), ("vignes", True), ("mer", True), ("35", False), ("", True)):
        assert places()(words.split(), announced) is None
