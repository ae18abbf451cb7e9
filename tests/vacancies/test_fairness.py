"""What has no place in an ad, and the same words where they are innocent. All of these ads are invented."""

from visavis.vacancies.fairness import warnings


def test_what_may_not_stand_is_found_with_its_law_and_innocent_words_left_alone() -> None:
    """Alone, and in the middle of an ordinary ad."""
    for kind, text in (
        ("sex", "Vendeuse (F)\nBoutique du centre"),
        ("looks", "Good-looking hostess"),
        ("fee", "Une caution de 150 euros est demandée pour le matériel"),
        ("fee", "Vous versez un acompte de 50 € pour réserver votre poste"),
        ("fee", "Achat obligatoire du kit de démarrage"),
        ("fee", "Formation à vos frais, rémunération dès le premier mois"),
    ):
        assert kind in [warning.kind for warning in warnings(text)]
        around = (
            f"Boulangerie du marché, à Valence. Contrat de 35 heures.\n{text}\nHoraires du matin. Mutuelle."
        )
        assert kind in [warning.kind for warning in warnings("Vendeur (H/F)", around)]
    for text in (
        "Accompagner des jeunes enfants à la crèche",
        "Nous recherchons une femme de ménage ou un homme de ménage (H/F)",
        "Sans distinction d’origine, de sexe, d’opinions politiques ou de religion",
    ):
        assert [(warning.kind, warning.words) for warning in warnings(text)] == []
    warning = warnings("Poste à temps plein. Port de charges, HOMMES UNIQUEMENT !\nLe matin.")[0]
    assert (warning.before, warning.words, warning.after) == ("Port de charges, ", "HOMMES UNIQUEMENT", " !")
    assert "L1132-1" in warning.sentence
    assert warning.instead
    found = warnings("Recherche jeune vendeur.", "Envoyez votre RIB.")
    assert [(one.kind, one.is_of_money) for one in found] == [("age", False), ("bank", True)]
    # Words that begin a line are warned of once.
    found = warnings("Vente de fleurs\nJeune femme souriante pour la boutique\nTél. 06 12 34 56 78")
    assert [(one.kind, one.words) for one in found] == [("age", "Jeune femme")]
