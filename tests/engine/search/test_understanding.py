"""What people mean by the words of a search."""

from collections.abc import Sequence

import pytest

from visavis.engine.search.spelling import Spelling
from visavis.engine.search.understanding import MEANT, Place, Query, understand
from visavis.engine.search.vocabulary import spoken, work_in

KNOWN = Spelling(dict.fromkeys([*spoken(), "secretaire", "sympa"], 3))


def read(words: str, *literally: str) -> Query:
    return understand(words, spelling=KNOWN, literally=literally)


def test_conditions_pay_and_a_place_in_a_trade_are_heard() -> None:
    assert set(read("caissière sans expérience").conditions) == {"beginner"}
    assert set(read("mi-temps, pas le week-end").conditions) == {"half_time", "no_weekends"}
    assert read("1560 euros net").pay_hour == pytest.approx(1560 / 151.67 / 0.78, rel=0.01)
    assert read("13,50€/h").pay_hour == pytest.approx(13.5, rel=0.01)
    assert [group.is_role for group in read("agent de maintenance").groups] == [True, False]
    place, trade = read("aide boucher").groups
    assert place.is_role and not place.codes and "D1101" in trade.codes
    assert [one.words for one in read("aide-comptable").said] == ["comptable"]
    assert [one.words for one in read("aide").said] == ["aide"]


def test_a_trade_is_heard_as_people_or_titles_say_it() -> None:
    for words, code in [
        ("plonbier", "F1603"),
        ("AP en crèche", "J1304"),
        ("aide soignente", "J1501"),
        ("Chargé de relations publiques", "E1103"),
    ]:
        meant = {begun for group in read(words).groups for begun in group.codes}
        assert any(code.startswith(begun) for begun in meant)


def test_words_that_are_cut_alike_or_stand_in_a_phrase_mean_each_its_own_trade() -> None:
    for words, code, other in (("trainer", "K2111", "N43"), ("livres", "K1601", "N4105")):
        (group,) = read(words).groups
        assert code in group.codes and other not in group.codes
    [group] = read("femme de ménage").groups
    assert "personnes agees" not in group.meant
    assert [one.meant for one in read("conducteur de travaux").groups] == ["conducteur de travaux"]


def test_what_is_undone_is_literal_and_a_slip_or_short_form_read_whole() -> None:
    assert read("de nuit", "night").conditions == ()
    assert read("plonbier", "spelling").groups[0].meant == "plonbier"
    assert not read("plombier", "occupation").groups[0].codes
    assert read("15 euros", "pay").pay_hour is None
    assert read("je cherche un travail").is_empty
    assert read("").groups == read("un truc pas trop loin").groups == ()
    for words, meant in [
        ("agent de propriété", "agent de proprete"),
        ("ajent de propriété", "agent de proprete"),
        ("resp prod", "responsable production"),
        ("agent secu", "agent securite"),
        ("boucher mais pas aux gens", "boucher"),
    ]:
        assert " ".join(group.meant for group in read(words).groups) == meant


def test_a_name_that_is_cut_is_no_place_and_a_distance_from_one_is_around_it() -> None:
    towns = {"pont": Place("town", "63284", "Pont"), "romans": Place("town", "26281", "Romans-sur-Isère")}

    def placed(words: str) -> Query:
        return understand(words, spelling=KNOWN, places=lambda asked, _announced: towns.get(" ".join(asked)))

    assert placed("saisonnier Vallon-Pont-d'Arc").place is None
    assert placed("saisonnier à Pont").place is not None
    query = placed("à moins de 10 km de Romans")
    assert query.place is not None and query.place.is_around
    assert not query.groups


def test_what_is_not_wanted_is_no_wish() -> None:
    for words, wanted, denied in [
        ("usine mais pas cariste", ["usine"], ["cariste"]),
        ("aide à domicile sans ménage", ["aide a domicile"], ["menage"]),
        ("pas avec des enfants", [], ["enfants"]),
        ("hors restauration", [], ["restauration"]),
    ]:
        query = read(words)
        assert [one.meant for one in query.denied] == denied
        assert set(wanted) <= {one.meant for one in query.groups}
        assert wanted or not query.groups
        assert not set(denied) & {one.meant for one in query.groups}


def test_hours_and_the_languages_one_speaks_or_not_are_no_work() -> None:
    for words in (
        "vendeuse 9h-16h",
        "vendeuse 9am to 5pm",
        "je parle français vendeuse",
        "vendeuse, français courant",
    ):
        found = read(words)
        assert [group.meant for group in found.groups] == ["vendeuse"]
        assert not {"few_hours", "half_time"} & set(found.conditions)
    for words, value in (("10h à 15h par semaine", "few_hours"), ("4h par jour", "half_time")):
        query = read(words)
        assert value in query.conditions and not query.groups
    for words in ("kitchen porter no French needed", "I don't speak French dishwasher"):
        query = read(words)
        assert query.conditions == ("no_french",)
        assert not query.denied and len(query.groups) == 1
    assert not read("prof de français").conditions
    assert "francais" in read("prof de français").groups[-1].meant


def called(words: str, title: str, *codes: str, literally: Sequence[str] = ()) -> Query:
    """Read words where the catalogue has a title."""
    own = work_in(title)
    return understand(
        words, spelling=KNOWN, titles=lambda stems: codes if stems == own else (), literally=literally
    )


def test_a_whole_title_is_followed_unless_its_words_mean_it_or_are_taken_literally() -> None:
    read_alone, query = read("tailleur de vigne"), called("tailleur de vigne", "Tailleur de vigne", "A1401")
    assert any(code.startswith("D") for group in read_alone.groups for code in group.codes)
    assert {code for group in query.groups for code in group.codes if not code.startswith("A14")} == set()
    assert "couturi" not in {word for group in query.groups for word in group.words}
    assert [(one.value, one.words) for one in query.said] == [("A1401", "tailleur vigne")]
    alone = read("caissier en boulangerie")
    meant = [code for group in alone.groups for code, counted in group.codes.items() if counted == MEANT]
    assert called("caissier en boulangerie", "Caissier en boulangerie", *meant) == alone
    assert called("boulanger bio", "Boulanger", "H1101") == read("boulanger bio")
    words = "tailleur de vigne"
    assert called(words, words, "A1401", literally=("occupation",)) == read(words, "occupation")


def test_that_one_speaks_or_can_is_no_trade_by_itself() -> None:
    """“Parle” was mended into “pare”, which brought who mends cars; “sais” stood for who keys in data."""
    for words, meant in [
        ("je parle arabe vendeuse", ["arabe", "vendeuse"]),
        ("je sais conduire", ["conduire"]),
    ]:
        found = read(words)
        assert [group.meant for group in found.groups] == meant
        assert not [said for said in found.said if said.kind == "spelling"]
