"""Small words agree with what follows, and draws are those of the Generator passed in."""

import datetime as dt
from collections import Counter

import numpy as np
import pytest

from visavis.synthetic import french
from visavis.synthetic.dice import Choice, Dice


def test_small_words_durations_and_amounts_read_well() -> None:
    for name, of, at in (
        ("Valence", "de Valence", "à Valence"),
        ("Étoile-sur-Rhône", "d’Étoile-sur-Rhône", "à Étoile-sur-Rhône"),
        ("Le Teil", "du Teil", "au Teil"),
        ("Les Vans", "des Vans", "aux Vans"),
        ("La Voulte", "de La Voulte", "à La Voulte"),
        ("Yutz", "de Yutz", "à Yutz"),
        ("un an", "d’un an", "à un an"),
        ("hotliner", "de hotliner", "à hotliner"),
    ):
        assert (french.of(name), french.at(name)) == (of, at)
    durations = {1: "un mois", 6: "6 mois", 12: "un an", 36: "trois ans", 144: "12 ans"}
    assert {months: french.duration(months) for months in durations} == durations
    assert french.day(dt.date(2026, 12, 1)) == "1er décembre 2026"
    assert french.day(dt.date(2026, 8, 15)) == "15 août 2026"
    assert (french.euros(12.5), french.number(37.5), french.number(35.0)) == ("12,50 €", "37,5", "35")
    assert (french.lowered("CAP exigé"), french.lowered("Porter")) == ("CAP exigé", "porter")
    assert french.listed(["a", "b", "c"]) == "a, b et c" and french.listed(["a"]) == "a"


@pytest.fixture
def dice():
    return Dice(np.random.default_rng(1))


def test_draws_are_those_of_the_generator_and_as_likely_as_asked(dice) -> None:
    one, other = Dice(np.random.default_rng(5)), Dice(np.random.default_rng(5))
    assert [one.uniform() for _ in range(100)] == [other.uniform() for _ in range(100)]
    assert {dice.between(2, 4) for _ in range(200)} == {2, 3, 4}
    drawn = Counter(dice.weighted(Choice((("a", 3), ("b", 1), ("never", 0)))) for _ in range(4000))
    assert set(drawn) == {"a", "b"} and 0.72 < drawn["a"] / 4000 < 0.78
    with pytest.raises(ValueError, match="every weight is 0"):
        Choice((("a", 0),))
    for _ in range(50):
        assert len(set(dice.sample("abcde", 3))) == 3
    assert sorted(dice.sample("abc", 9)) == ["a", "b", "c"]
    drawn = [dice.lognormal(14, 0.9) for _ in range(4000)]
    assert 13 < np.median(drawn) < 15 and min(drawn) > 0
