"""A title finds its occupations, whatever way it is written, and one title may name several jobs."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from visavis.engine.text.folding import stems
from visavis.engine.titles.answers import best
from visavis.engine.titles.index import TitleIndex
from visavis.engine.titles.jobs import JobsNamed

CATALOGUE = [
    ("Plombier / Plombière", "F1603"),
    ("Plombier / Plombière chauffagiste", "F1603"),
    ("Installateur / Installatrice sanitaire", "F1603"),
    ("Boulanger / Boulangère", "D1102"),
    ("Ouvrier boulanger / Ouvrière boulangère", "D1102"),
    ("Pâtissier / Pâtissière", "D1104"),
    ("Vendeur / Vendeuse en boulangerie-pâtisserie", "D1106"),
    ("Vendeur / Vendeuse en prêt-à-porter", "D1214"),
    ("Aide-soignant / Aide-soignante", "J1501"),
    ("Infirmier / Infirmière de soins généraux", "J1506"),
    ("Conducteur livreur / Conductrice livreuse", "N4105"),
    ("Conducteur / Conductrice de car", "N4103"),
    ("Développeur / Développeuse Java", "M1805"),
    ("Assistant / Assistante ressources humaines", "M1501"),
    ("Maître / Maîtresse d’œuvre du bâtiment", "F1106"),
]


@pytest.fixture(scope="module")
def index() -> TitleIndex:
    return TitleIndex(*zip(*CATALOGUE, strict=True))


def first(index: TitleIndex, title: str) -> str:
    row = index.search([title], top=1).codes[0, 0]
    return index.codes[row] if row >= 0 else ""


def test_a_title_or_label_in_either_sex_finds_its_occupation(index: TitleIndex) -> None:
    for title, code in [
        ("Plombier", "F1603"),
        ("plonbier", "F1603"),
        ("PLOMBIÈRE (H/F)", "F1603"),
        ("Vendeuse boulangerie CDI 35h - Lyon (69)", "D1106"),
        ("aide soignante de nuit", "J1501"),
        ("conductrice de car H/F", "N4103"),
        ("developeur java junior", "M1805"),
        ("Assistante RH", "M1501"),
        ("maitre d'oeuvre", "F1106"),
    ]:
        assert first(index, title) == code
    assert [first(index, label) for label, _ in CATALOGUE] == [code for _, code in CATALOGUE]
    assert first(index, "Installatrice sanitaire") == first(index, "Installateur sanitaire") == "F1603"


def test_scores_fall_and_an_equal_title_scores_near_one(index: TitleIndex) -> None:
    found = index.search(["vendeur en boulangerie", "conducteur"], top=5)
    assert (np.diff(found.scores, axis=1) <= 0).all()
    assert ((found.scores >= 0) & (found.scores < 1)).all()
    assert found.codes.dtype == np.int32 and found.scores.dtype == np.float32
    scores = index.search(["Boulangère", "Xylophage"], top=1).scores[:, 0]
    assert scores[0] > 0.85
    assert scores[1] < 0.1
    found = index.search(["vendeur en boulangerie"], top=50)
    answered = found.codes[0][found.codes[0] >= 0]
    assert found.codes.shape == (1, 50)
    assert len(set(answered.tolist())) == len(answered) <= len(index.codes)
    assert (found.scores[0, len(answered) :] == 0).all()
    assert index.search([], top=3).codes.shape == (0, 3)
    with pytest.raises(ValueError, match="top"):
        index.search(["x"], top=0)
    told: list[tuple[int, int]] = []
    index.search(["a", "b", "a"], report=lambda done, total: told.append((done, total)))
    assert told[-1] == (2, 2)


def test_a_title_without_a_word_or_without_end_breaks_nothing(index: TitleIndex) -> None:
    found = index.search(["", "   ", "!!!", "12345 67", "\0", "—"], top=3)
    assert (found.codes == -1).all() and (found.scores == 0.0).all()
    assert index.suggest("  ") == index.suggest("") == []
    for unit in ("plombier ", "(", "a/a ", "\ud800", "H/F "):
        index.search([(unit * 10_000)[:10_000]])
        index.suggest((unit * 10_000)[:10_000])


@given(typed=st.text(max_size=120))
def test_no_text_breaks_the_search(index: TitleIndex, typed: str) -> None:
    found = index.search([typed], top=2)
    assert np.isfinite(found.scores).all()
    assert all(score > 0 for _, score in index.suggest(typed, top=2))


def test_the_order_of_labels_and_titles_changes_nothing(
    index: TitleIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    titles = ["vendeur boulangerie", "conducteur de bus", "chauffagiste", "infirmière"]
    shuffled = [CATALOGUE[row] for row in np.random.default_rng(3).permutation(len(CATALOGUE))]
    other = TitleIndex(*zip(*shuffled, strict=True))
    here, there = index.search(titles, top=4), other.search(titles, top=4)
    assert index.codes == other.codes
    np.testing.assert_allclose(here.scores, there.scores, atol=1e-5)
    np.testing.assert_array_equal(here.codes[:, 0], there.codes[:, 0])
    titles = ["vendeuse", "plombier", "vendeuse", "car", "", "boulanger"]
    monkeypatch.setattr("visavis.engine.titles.index.BATCH", 2)
    together = index.search(titles, top=3)
    for row, title in enumerate(titles):
        alone = index.search([title], top=3)
        np.testing.assert_array_equal(alone.codes[0], together.codes[row])
        np.testing.assert_allclose(alone.scores[0], together.scores[row], atol=1e-6)


def test_weights_settle_between_equal_titles_and_lists_pair_up() -> None:
    labels, codes = ["Agent d'accueil", "Agent d'accueil", "Soudeur"], ["A", "B", "C"]
    assert first(TitleIndex(labels, codes), "agent d'accueil") == "A"
    assert first(TitleIndex(labels, codes, weights=[0.9, 1.0, 1.0]), "agent d'accueil") == "B"
    for some, theirs, weights in (
        ([], [], None),
        (["a"], [], None),
        (["a"], ["A", "B"], None),
        (["a"], ["A"], [1.0, 2.0]),
    ):
        with pytest.raises(ValueError, match="pair up"):
            TitleIndex(some, theirs, weights=weights)


def test_labels_are_ranked_by_a_plain_cosine_of_the_same_evidence(index: TitleIndex) -> None:
    def plain(title: str, labels: Sequence[str]) -> list[float]:
        """Letters, stems and pairs of stems, one after the other, weighed as the engine says."""
        canonical = [index.lexicon.canonical(text) for text in (title, *labels)]
        bags = []
        for text in canonical:
            words = stems(text)
            pairs = [f"{a} {b}" for a, b in pairwise(words)]
            padded = [f" {word} " for word in text.split()]
            grams = [w[i : i + n] for w in padded for n in (3, 4) for i in range(len(w) - n + 1)]
            bags.append({"letters": grams, "words": words, "pairs": pairs})
        vectors = []
        for bag in bags:
            vector: dict[tuple[str, str], float] = {}
            for kind, share in (("letters", 1.0), ("words", 0.5), ("pairs", 0.2)):
                weights = {}
                for unit in set(bag[kind]):
                    holders = sum(unit in other[kind] for other in bags[1:])
                    rarity = np.log((1 + len(labels)) / (1 + holders)) + 1
                    weights[kind, unit] = (1 + np.log(bag[kind].count(unit))) * rarity
                length = np.sqrt(sum(w * w for w in weights.values())) or 1.0
                vector |= {unit: w / length * np.sqrt(share) for unit, w in weights.items()}
            length = np.sqrt(sum(w * w for w in vector.values())) or 1.0
            vectors.append({unit: w / length for unit, w in vector.items()})
        return [sum(w * other.get(unit, 0.0) for unit, w in vectors[0].items()) for other in vectors[1:]]

    labels = [label for label, _ in CATALOGUE]
    for title in ("Vendeuse en boulangerie", "conducteur de car scolaire"):
        near = index._near(index._rows([title]))[0, index.wording_of_place]
        assert near == pytest.approx(np.array(plain(title, labels))[index.order], abs=1e-5)


def test_an_unfinished_title_is_completed_and_each_occupation_named_once(index: TitleIndex) -> None:
    for typed, label in [
        ("plo", "Plombier / Plombière"),
        ("Plombière", "Plombier / Plombière"),
        ("aide soig", "Aide-soignant / Aide-soignante"),
        ("maitre d'oe", "Maître / Maîtresse d’œuvre du bâtiment"),
        ("patisier", "Pâtissier / Pâtissière"),
    ]:
        row, score = index.suggest(typed, top=3)[0]
        assert index.labels[row] == label
        assert score > 0
    codes = [CATALOGUE[row][1] for row, _ in index.suggest("boulang", top=10)]
    assert len(set(codes)) == len(codes)
    assert codes[0] == "D1102"
    labels = [
        "Vendangeur",
        *(f"Vendeur de {what}" for what in ("fleurs coupées", "fruits secs", "tissus")),
        "Soudeur",
    ]
    other = TitleIndex(labels, ["A", "D", "D", "D", "H"])
    assert [labels[row][:6] for row, _ in other.suggest("vend")] == ["Vendeu", "Vendan"]


def test_meaning_finds_what_letters_cannot_and_the_best_of_each_row_are_those_of_a_full_sort() -> None:
    def points(texts: Sequence[str]) -> np.ndarray:
        of_trade = {"Menuisier": 0, "Ébéniste": 0, "Dentiste": 1}
        rows = [[1.0, 0.0] if of_trade[text] == 0 else [0.6, 0.8] for text in texts]
        return np.array(rows, np.float32)

    labels, codes = ["Dentiste", "Menuisier"], ["D", "M"]
    assert first(TitleIndex(labels, codes), "Ébéniste") == "D"
    assert first(TitleIndex(labels, codes, meaning=points), "Ébéniste") == "M"
    scores = np.random.default_rng(5).integers(0, 6, (40, 30)).astype(np.float32)
    found = best(scores, 7)
    for row, codes in zip(scores, found.codes, strict=True):
        expected = [column for column in np.argsort(-row, kind="stable")[:7] if row[column] > 0]
        assert [code for code in codes if code >= 0] == expected


TITLES = {
    "Serveur / Serveuse": "G1803", "Barman / Barmaid": "G1801", "Aide-soignant / Aide-soignante": "J1501",
    "Aide médico-psychologique": "K1301", "Hôte / Hôtesse d'accueil": "M1601", "Hôte / Hôtesse de caisse": "D1505",
    "Caissier / Caissière": "D1505",
    "Secrétaire": "M1607", "Assistant administratif / Assistante administrative": "M1607", "Comptable": "M1203",
    "Secrétaire comptable": "M1608", "Conseiller / Conseillère en économie sociale et familiale": "K1201",
    "Conseiller familial / Conseillère familiale": "K1101", "Responsable qualité": "H1502",
    "Responsable sécurité": "K2503", "Cuisinier / Cuisinière": "G1602", "Cuisiniste": "D1212",
}  # fmt: skip


@pytest.fixture(scope="module")
def named() -> JobsNamed:
    labels, codes = list(TITLES), list(TITLES.values())
    return JobsNamed(labels, codes, TitleIndex(labels, codes))


def test_a_title_of_several_jobs_names_each(named: JobsNamed) -> None:
    for title, codes in [
        ("Serveur / barman (H/F)", "G1803 G1801"),
        ("Serveuse ou barmaid - CDI", "G1803 G1801"),
        ("Aide-soignant(e) ou AMP", "J1501 K1301"),
        ("Hôte/hôtesse d'accueil et de caisse", "M1601 D1505"),
        ("Secrétaire comptable", "M1607 M1203 M1608"),
        ("Assistant(e) administratif(ve) et comptable", "M1607 M1203 M1608"),
        ("Barman cuisinier", "G1801 G1602"),
    ]:
        [jobs] = named.of([title])
        assert [code for job in jobs for code in job] == codes.split()


def test_a_title_of_one_job_is_not_cut_and_a_shared_one_is_each(named: JobsNamed) -> None:
    titles = [
        "Serveur / Serveuse",
        "Conseiller / Conseillère en économie sociale et familiale",
        "Responsable qualité et sécurité",
        "Serveur - Cuisine centrale",
        "Serveur en salle et cuisine",
        "Barman / vendeur de voitures",
        "Comptable",
        "",
        "/ et / ou /",
    ]
    assert dict(zip(titles, named.of(titles), strict=True)) == {title: [] for title in titles}
    labels, codes = ["Agent / Agente de quai"] * 2 + ["Magasinier / Magasinière"], ["N1103", "N1105", "N1103"]
    shared = JobsNamed(labels, codes, TitleIndex(labels, codes))
    asked = ["Agente de quai (H/F)", "AGENT DE QUAI - nuit", "Agent de quai à Lyon (69)", "Magasinier"]
    assert shared.of(asked) == [[("N1103",), ("N1105",)]] * 3 + [[]]
