"""What titles look like once folded, cleaned, split and cut into n-grams."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from visavis.engine import text


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


def test_a_title_is_folded_and_keeps_only_the_job() -> None:
    assert text.fold("Maître d’œuvre") == "maitre d'oeuvre"
    assert text.fold("ÉLÈVE ÇÀ") == "eleve ca"
    assert text.clean_title("Comptable (H/F)") == "Comptable"
    assert text.clean_title("Réceptionniste (m/w/d)") == "Réceptionniste"
    assert text.clean_title("Plombier - Vienne", places={"vienne"}) == "Plombier"
    assert text.clean_title("Plombier - Chauffage", places={"vienne"}) == "Plombier - Chauffage"


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


def test_a_title_of_ten_thousand_characters_is_read_at_once() -> None:
    for unit in ("a ", "(", "1", "h/", "- a ", "é", "a/a ", "réf ", "cdi "):
        title = (unit * 10_000)[:10_000]
        assert len(text.both_genders(text.clean_title(title))[0]) <= 10_000


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


def test_stems_join_forms_of_a_word_in_both_languages() -> None:
    assert text.stems("réparation des carrosseries") == text.stems("Réparations de carrosserie")
    assert text.stems("bakers", language="en") == text.stems("the baker", language="en")
    assert text.words("Développeur C++ à l’étude") == ["developpeur", "c++", "etude"]
