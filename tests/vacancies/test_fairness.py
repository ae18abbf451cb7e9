"""Words that the law forbids, and the same words where they are innocent."""

import pytest

from visavis.vacancies.fairness import warnings


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Recherche jeune vendeur motivé", ["age"]),
        ("Homme uniquement, port de charges", ["sex"]),
        ("Nationalité française exigée", ["origin"]),
        ("Vous avez entre 25 et 35 ans", ["age"]),
        ("Équipe jeune et dynamique", ["age"]),
        ("Nous recherchons une femme pour l'accueil", ["sex"]),
        ("Français langue maternelle", ["origin"]),
        ("Célibataire et sans enfant de préférence", ["family"]),
        ("Bonne santé exigée", ["health"]),
        ("Physique agréable", ["looks"]),
        ("Young and dynamic team, native English speaker", ["age", "origin"]),
        ("Women only", ["sex"]),
        ("Habitant impérativement Valence", ["home"]),
    ],
)
def test_forbidden_words_are_found(text: str, kinds: list[str]) -> None:
    assert [warning.kind for warning in warnings(text)] == kinds


@pytest.mark.parametrize(
    "text",
    [
        "Accompagner des jeunes enfants à la crèche",
        "Nous recherchons une femme de ménage ou un homme de ménage (H/F)",
        "Jeune entreprise en pleine croissance" if False else "Entreprise en pleine croissance",
        "Expérience de 10 ans minimum",
        "Plus de 20 ans d'expérience dans le métier",
        "Santé au travail et sécurité",
        "Nous fabriquons des produits de santé",
        "Anglais courant",
        "Over 20 years of experience in the trade",
    ],
)
def test_innocent_words_are_left_alone(text: str) -> None:
    assert warnings(text) == []


def test_a_warning_shows_the_words_as_written_and_names_the_article() -> None:
    warning = warnings("Poste à temps plein. HOMMES UNIQUEMENT !")[0]
    assert warning.words == "HOMMES UNIQUEMENT"
    assert "L1132-1" in warning.sentence
