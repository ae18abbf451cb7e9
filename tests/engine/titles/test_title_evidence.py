"""The nearest labels are looked at closely: evidence, associations, certainty."""

from itertools import pairwise

import numpy as np
import pytest

from visavis.engine.titles.associations import MOST_TITLES, Associations
from visavis.engine.titles.features import WORDS, TitleFeatures, chosen_cosines
from visavis.engine.titles.index import TitleIndex
from visavis.engine.titles.pairs import NAMES, evidence, together
from visavis.engine.titles.verdicts import Verdicts
from visavis.engine.titles.weights import LEXICAL, WITH_MEANING
from visavis.engine.titles.words import LONGEST, TitleWords

LABELS = ["boulanger", "aide boulanger", "vendeur en boulangerie", "conducteur de car"]
BILINGUAL = [["boulanger", "baker"], ["soudeur", "welder"], ["aide boulanger", "baker assistant"]] * 6


def words_of(groups: list[list[str]]) -> Associations:
    return Associations([[title.split() for title in group] for group in groups])


def test_words_that_stand_for_one_another_are_learnt_and_one_seen_once_promises_little() -> None:
    told = words_of(BILINGUAL).shares(["boulanger", "soudeur"], ["welder", "baker", "assistant"]).toarray()
    assert told.argmax(axis=1).tolist() == [1, 0]
    assert told.sum(axis=1) == pytest.approx([1, 1], abs=1e-6)
    among = ["baker", "boulanger"]
    once = words_of([["boulanger", "baker"]]).shares(["boulanger"], among)
    often = words_of([["boulanger", "baker"]] * 50).shares(["boulanger"], among)
    assert once.toarray()[0, 0] < 0.3 < 0.9 < often.toarray()[0, 0]
    assert words_of([]).shares(["boulanger", "x"], ["baker"]).toarray().tolist() == [[0.0], [0.0]]
    group = [[f"mot{n}"] for n in range(5 * MOST_TITLES)]
    assert len(Associations([group]).rows) == MOST_TITLES


def test_the_evidence_agrees_with_the_plain_sums() -> None:
    codes = np.array([0, 0, 1, 2], np.int32)
    words = TitleWords(LABELS, "fr", words_of([LABELS[:2]] * 4), codes)
    asked = words.ask(["boulanger de car", "zzz"])
    labels = np.tile(np.arange(4, dtype=np.int32), (2, 1))
    cosines = np.random.default_rng(1).random((6, 2, 4)).astype(np.float32)
    found = evidence(words, asked, labels, cosines, np.stack([codes, codes]))
    assert found.shape == (2, 4, len(NAMES))
    for title, label in np.ndindex(2, 4):
        mine = [k for k in range(LONGEST) if asked.rarity[title, k] > 0]
        its = [k for k in range(LONGEST) if words.rows[label, k] < len(words.words)]
        best = [max(asked.alike[asked.rows[title, i], words.rows[label, j]] for j in its) for i in mine]
        expected = np.dot(best, asked.rarity[title, mine]) / asked.rarity[title, mine].sum()
        assert found[title, label, NAMES.index("title_alike")] == pytest.approx(expected, abs=1e-5)
        back = [max(asked.near[asked.rows[title, i], words.rows[label, j]] for i in mine) for j in its]
        rarity = words.rarity[words.rows[label, its]]
        expected = np.dot(back, rarity) / rarity.sum()
        assert found[title, label, NAMES.index("label_near")] == pytest.approx(expected, abs=1e-5)
        assert found[title, label, NAMES.index("label_words")] == pytest.approx(len(its) / 10)


def evidence_of(labels: list[str], codes: list[int], title: str) -> np.ndarray:
    """Give the evidence of each label for one title, as if no letters were alike."""
    numbers = np.array(codes, np.int32)
    words = TitleWords(labels, "fr", words_of([]), numbers)
    rows, cosines = np.arange(4, dtype=np.int32)[None], np.zeros((6, 1, 4), np.float32)
    return evidence(words, words.ask([title]), rows, cosines, numbers[None])[0]


def test_words_may_be_spread_over_the_labels_of_an_occupation_and_the_rarest_is_looked_for_in_each() -> None:
    labels = ["aide boulanger", "ouvrier patissier", *LABELS[2:]]
    found = evidence_of(labels, [0, 0, 1, 2], "boulanger patissier")
    assert found[:2, NAMES.index("occupation_alike")] == pytest.approx([1, 1])
    assert (found[:, NAMES.index("title_alike")] < 0.9).all()
    assert (found[2:, NAMES.index("occupation_alike")] < 0.9).all()
    labels = ["agent de piste", "agent de quai", "agent de tri", "chef de quai"]
    rarest = evidence_of(labels, [0, 1, 2, 3], "agent de piste")[:, NAMES.index("rarest_alike")]
    assert rarest.argmax() == 0
    assert rarest[0] == 1
    assert (rarest[1:] < 0.5).all()


def test_stems_have_cosines_of_their_own_and_labels_of_one_occupation_speak_together() -> None:
    features = TitleFeatures("fr")
    labels = features.words_alone(features.fit(["agent de quai", "quai agent", "agent quai central", "zzz"]))
    asked = features.words_alone(features.transform(["agent de quai"]))
    stems, pairs = chosen_cosines(asked, labels, np.arange(4, dtype=np.int32)[None])
    assert stems[0] == pytest.approx((asked[:, :WORDS] @ labels[:, :WORDS].T).toarray()[0], abs=1e-6)
    assert stems[0, :2] == pytest.approx([1, 1])
    assert pairs[0].tolist()[:2] == pytest.approx([1, 0])
    assert 0 < pairs[0, 2] < 1
    near = np.array([[0.5, 0.5, 0.5]], np.float32)
    added = together(near, np.array([[0, 0, 1]], np.int32))
    assert added[0].tolist() == pytest.approx([0.5 * (2 ** (1 / 6) - 1)] * 2 + [0], abs=1e-6)
    assert tuple(LEXICAL.weights) == NAMES
    assert tuple(WITH_MEANING.weights) == (*NAMES, "meaning")
    assert Verdicts(with_meaning=True).weights.shape == (len(NAMES) + 1,)


def test_an_occupation_is_named_once_and_scores_fall(monkeypatch: pytest.MonkeyPatch) -> None:
    index = TitleIndex([*LABELS, "boulanger patissier"], ["B", "B", "V", "C", "B"])
    found = index.search(["boulanger", "conducteur"], top=4)
    for codes, scores in zip(found.codes, found.scores, strict=True):
        named = [code for code in codes if code >= 0]
        assert len(named) == len(set(named))
        assert all(a >= b for a, b in pairwise(scores))
    labels = [f"agent de {word}" for word in ("quai", "gare", "port", "tri", "piste")]
    monkeypatch.setattr("visavis.engine.titles.index.CANDIDATES", 2)
    found = TitleIndex(labels, list("ABCDE")).search(["agent de quai"], top=5)
    assert (found.codes[0] >= 0).all()
    assert found.codes[0, 0] == 0
    assert (np.diff(found.scores[0]) <= 0).all()


def test_one_asks_in_another_language_or_by_a_feminine_label_of_its_own() -> None:
    labels, codes = ["Baker", "Welder", "Driver"], ["B", "W", "D"]
    related = [["Boulanger / Boulangère", "Baker"], ["Soudeur / Soudeuse", "Welder"]] * 6
    plain = TitleIndex(labels, codes, language="en").search(["Boulangère"], top=1)
    taught = TitleIndex(labels, codes, language="en", related=related)
    found = taught.search(["Boulangère", "soudeur (H/F)"], top=1)
    assert [taught.codes[row] for row in found.codes[:, 0]] == ["B", "W"]
    assert found.scores[0, 0] > plain.scores[0, 0]
    sexes = "conseiller financier", "conseillère financière"
    index = TitleIndex([" / ".join(sexes), *sexes], ["A"] * 3)
    assert len(index.code_of_wording) == 1
    assert index.lexicon.canonical("Conseillère financière") == "conseiller financier"
