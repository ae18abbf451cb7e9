"""Sentences that leave people out and innocent ones like them: how many are found, how many wrongly."""

import tomllib
from pathlib import Path

import pytest

from visavis.vacancies.fairness import warnings

SETS = tomllib.loads(Path(__file__).with_name("sentences_of_ads.toml").read_text(encoding="utf-8"))
# Recall of sentences that nobody read who wrote the rules is far below .95 yet: it may only rise.
RECALL = {"seen": 0.95, "shown": 0.93, "kept": 0.47}
PRECISION = 0.95


@pytest.mark.parametrize("part", list(SETS))
def test_forbidden_sentences_are_found_and_innocent_ones_are_not(part: str) -> None:
    found = sum(bool(warnings(said)) for said in SETS[part]["forbidden"])
    wrongly = sum(bool(warnings(said)) for said in SETS[part]["innocent"])
    assert found / len(SETS[part]["forbidden"]) >= RECALL[part]
    assert found / (found + wrongly) >= PRECISION


def test_work_that_is_about_it_excuses_only_what_it_is_about() -> None:
    assert not warnings("Accueil de personnes surendettées")
    assert warnings("Accueil et vente : hommes uniquement")
    assert warnings("Vente en rayon, vous êtes jeune")
