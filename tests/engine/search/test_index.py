"""Openings found: the trade asked first, the conditions kept, nothing where nothing answers."""

from collections.abc import Sequence

import numpy as np

from visavis.engine.search import documents
from visavis.engine.search.documents import Document
from visavis.engine.search.index import Index
from visavis.engine.search.understanding import Place

ADS = [
    Document(
        "Boulanger / Boulangère (H/F)",
        "Vous pétrissez le pain.",
        code="D1102",
        tags=frozenset({"early_morning"}),
    ),
    Document("Ouvrier de fournil", "Vous façonnez et enfournez.", code="D1102", tags=frozenset({"beginner"})),
    Document("Vendeuse en boulangerie", "Vous servez la clientèle.", code="D1106"),
    Document("Chauffeur SPL", "Transport frigorifique.", code="N4101", latitude=45.07, longitude=4.83),
    Document("Comptable", "Tenue de la comptabilité de la boulangerie.", code="M1203", pay_low=16.0),
]


def titles(index: Index, words: str) -> list[str]:
    return [ADS[place].title for place in index.search(words).places]


def test_the_trade_asked_stands_first_whatever_the_order_of_the_ads() -> None:
    index = Index(ADS)
    assert titles(index, "boulangère")[:2] == ["Boulanger / Boulangère (H/F)", "Ouvrier de fournil"]
    assert titles(index, "sans expérience")[0] == "Ouvrier de fournil"
    for words in ("azertyuiop", "sage-femme", "", "je veux un travail", "\0"):
        assert titles(index, words) == []
    assert Index([]).search("boulanger").places.tolist() == []
    order = np.array([3, 1, 4, 0, 2])
    shuffled = Index([ADS[place] for place in order])
    for words in ("boulanger", "vendeuse pain", "sans expérience", "15 euros"):
        one, other = Index(ADS), shuffled
        first = one.ranker.scores(one.understand(words))
        np.testing.assert_allclose(first[order], other.ranker.scores(other.understand(words)))


def test_a_place_keeps_what_is_near_and_just_over_the_border_of_a_department_comes_last() -> None:
    town = Place("town", "07324", "Tournon", 45.07, 4.83)
    drome = Place("department", "26", "Drôme", inside=np.array([[45.0, 4.8]]))
    known = {"tournon": town, "drome": drome}

    def place(words: Sequence[str], _announced: bool) -> Place | None:
        return known.get(" ".join(words))

    index = Index(ADS, places=place)
    assert titles(index, "autour de Tournon") == ["Chauffeur SPL"]
    assert titles(index, "boulanger à Tournon") == []
    around = ((4.75, "07"), (4.9, "26"), (3.9, "43"))
    ads = [Document("Macon", latitude=45.0, longitude=east, department=code) for east, code in around]
    assert Index(ads, places=place).search("maçon Drôme").places.tolist() == [1, 0]


def test_the_order_of_two_ads() -> None:
    """What she cannot do ends it, what she does not want comes last, and half a word is no trade."""
    agents = [Document("Agent de maintenance"), Document("Agent d'accueil", code="M1601")]
    part = [Document("Secrétaire", tags=frozenset(tags)) for tags in ({"part"}, {"part", "half"})]
    depot = [Document("Cariste", code="N1101"), Document("Préparateur de commandes", code="N1103")]
    bikes = [Document("Livreur", tags=frozenset({"licence_b"})), Document("Livreur à vélo")]
    shops = [
        Document(title, code="D1214") for title in ("Vendeur en chaussures", "Vendeuse en prêt-à-porter")
    ]
    cars = [Document("Auxiliaire de vie", code="K1302"), Document("Conducteur de car", code="N4103")]
    for ads, words, places in (
        (bikes, "livreur sans permis", [1]),
        (agents, "agent d'accueil", [1]),
        (part, "secrétaire mi-temps", [1, 0]),
        (depot, "entrepôt pas cariste", [1, 0]),
        (shops, "vendeuse vêtement", [1, 0]),
        (shops, "vendre des chaussures", [0, 1]),
        (cars, "carer", [0]),
        (cars, "conducteur de car scolaire", [1]),
    ):
        assert Index(ads).search(words).places.tolist() == places
    index = Index([Document("Chauffeur poids lourd", code="N4101"), Document("Vendeur", code="D1106")])
    assert index.search("mécanicien poids lourds").scores.max(initial=0) < 0.3


def test_the_trade_itself_and_its_title_word_for_word_stand_before_what_speaks_of_it() -> None:
    half, full = frozenset({"half_time"}), frozenset({"full_time"})
    cleaner = Document("Aide ménager", "Vous tenez la comptabilité de vos heures.", code="K1304", tags=half)
    ads = [
        cleaner,
        Document("Comptable", "Bilans.", code="M1203", tags=full),
        Document("Carreleur", "Des vêtements de travail sont donnés.", code="F1608"),
        Document("Vendeur en chaussures", code="D1214"),
    ]
    assert Index(ads[:2]).search("comptabilité à mi-temps").places[0] == 1
    assert Index(ads[2:]).search("vendeuse vêtement").places[0] == 1
    index = Index(
        [
            Document("Aide-médicosociale à domicile", code="K1302"),
            Document("Auxiliaire de vie", code="K1302"),
            Document("Aide à domicile", code="K1304"),
            Document("Vendeuse en prêt-à-porter", code="D1214"),
            Document("Vendeuse vêtement", code="D1214"),
        ]
    )
    assert index.search("aide à domicile").places[0] == 2
    assert index.search("vendeuse vêtement").places[0] == 4


def test_a_title_that_nothing_answers_shows_its_occupation_and_languages_come_last() -> None:
    index = Index([Document("Ouvrier de fabrication", code="H2102"), Document("Serveur", code="G1803")])
    assert index.search("Conducteur de four en biscuiterie").places.tolist() == [0]
    near = Index(
        [Document("Serveur", code="G1803")], neighbours=lambda code: ["G1803"] if code == "A1503" else []
    )
    assert near.search("toiletteur canin").places.tolist() == [0]
    last = documents.TAGS[-1]
    columns = documents.Columns.of([Document("Cuisinier", tags=frozenset([last])), Document("Serveur")])
    assert documents.ROOM * 8 >= len(documents.TAGS) > 63
    assert columns.has(last).tolist() == [True, False]
    assert documents.unpacked(documents.packed(documents.bits([last]))) == documents.bits([last])
    texts = [
        "Vous parlez français couramment.",
        "Plonge et vaisselle.",
        "No French needed.",
        "Anglais exigé.",
    ]
    index = Index([Document("Plongeur", text, tags=frozenset(documents.tags_in(text))) for text in texts])
    assert set(index.search("plongeur no french needed").places[:3].tolist()) == {1, 2, 3}
    assert set(index.search("plongeur sans anglais").places[:3].tolist()) == {0, 1, 2}
