"""What people mean by the words of a search."""

from collections.abc import Sequence

import pytest

from visavis.engine.search.spelling import Spelling
from visavis.engine.search.understanding import MEANT, Place, Query, understand
from visavis.engine.search.vocabulary import spoken, work_in

KNOWN = Spelling(dict.fromkeys([*spoken(), "secretaire", "sympa"], 3))


def read(words: str, *literally: str) -> Query:
    return understand(words, spelling=KNOWN, literally=literally)


@pytest.mark.parametrize(
    ("words", "conditions"),
    [
        ("caissière sans expérience", {"beginner"}),
        ("mi-temps, pas le week-end", {"half_time", "no_weekends"}),
    ],
)
def test_conditions_are_heard_and_leave_the_trade(words: str, conditions: set[str]) -> None:
    assert set(read(words).conditions) == conditions


@pytest.mark.parametrize(
    ("words", "hourly"),
    [
        ("1560 euros net", 1560 / 151.67 / 0.78),
        ("13,50€/h", 13.5),
    ],
)
def test_pay_is_heard_by_the_hour(words: str, hourly: float) -> None:
    assert read(words).pay_hour == pytest.approx(hourly, rel=0.01)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("plonbier", "F1603"),
        ("AP en crèche", "J1304"),
        ("aide soignente", "J1501"),
    ],
)
def test_a_trade_is_heard_as_people_say_it(words: str, code: str) -> None:
    meant = {begun for group in read(words).groups for begun in group.codes}
    assert any(code.startswith(begun) for begun in meant)


@pytest.mark.parametrize(
    ("words", "code", "other"),
    [
        ("trainer", "K2111", "N43"),
        ("livres", "K1601", "N4105"),
    ],
)
def test_words_that_are_cut_alike_mean_each_its_own_trade(words: str, code: str, other: str) -> None:
    (group,) = read(words).groups
    assert code in group.codes and other not in group.codes


def test_the_longest_phrase_is_meant() -> None:
    [group] = read("femme de ménage").groups
    assert "personnes agees" not in group.meant
    assert [one.meant for one in read("conducteur de travaux").groups] == ["conducteur de travaux"]


def test_what_is_undone_is_taken_literally() -> None:
    assert read("de nuit", "night").conditions == ()
    assert read("plonbier", "spelling").groups[0].meant == "plonbier"
    assert not read("plombier", "occupation").groups[0].codes
    assert read("15 euros", "pay").pay_hour is None


@pytest.mark.parametrize(
    "words",
    [
        "",
        "je cherche un travail",
    ],
)
def test_no_words_are_too_strange(words: str) -> None:
    assert len(read(words).groups) <= 12


def test_words_that_ask_for_nothing_are_empty() -> None:
    assert read("je cherche un travail").is_empty


@pytest.mark.parametrize(
    ("words", "code"),
    [("toiletteur", "A1503"), ("Chargé de relations publiques", "E1103"), ("métreur", "F1108")],
)
def test_a_word_of_titles_means_their_occupation(words: str, code: str) -> None:
    assert code in {code for group in read(words).groups for code in group.codes}


def test_what_place_somebody_has_is_no_trade() -> None:
    assert [group.is_role for group in read("agent de maintenance").groups] == [True, False]


def test_a_name_that_is_cut_is_no_place() -> None:
    def pont(words: Sequence[str], is_announced: bool) -> Place | None:
        return Place("town", "63284", "Pont") if list(words) == ["pont"] else None

    found = understand("saisonnier Vallon-Pont-d'Arc", spelling=KNOWN, places=pont)
    assert found.place is None
    assert understand("saisonnier à Pont", spelling=KNOWN, places=pont).place is not None


@pytest.mark.parametrize(
    ("words", "wanted", "denied"),
    [
        ("usine mais pas cariste", ["usine"], ["cariste"]),
        ("aide à domicile sans ménage", ["aide a domicile"], ["menage"]),
        ("pas avec des enfants", [], ["enfants"]),
    ],
)
def test_what_is_not_wanted_is_no_wish(words: str, wanted: list[str], denied: list[str]) -> None:
    query = read(words)
    assert [one.meant for one in query.denied] == denied
    assert set(wanted) <= {one.meant for one in query.groups}
    assert not set(denied) & {one.meant for one in query.groups}


@pytest.mark.parametrize("words", ["hors restauration", "tout sauf la restauration"])
def test_a_word_that_only_denies_is_no_wish(words: str) -> None:
    query = read(words)
    assert not query.groups and [group.meant for group in query.denied] == ["restauration"]


@pytest.mark.parametrize(
    "words",
    [
        "vendeuse 9h-16h",
        "vendeuse 9am to 5pm",
    ],
)
def test_hours_of_a_day_a_distance_and_what_one_is_are_no_work(words: str) -> None:
    found = read(words)
    assert [group.meant for group in found.groups] == ["vendeuse"]
    assert not {"few_hours", "half_time"} & set(found.conditions)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("10h à 15h par semaine", "few_hours"),
        ("4h par jour", "half_time"),
    ],
)
def test_what_is_said_of_hours_and_of_learning_is_a_condition(words: str, value: str) -> None:
    query = read(words)
    assert value in query.conditions and not query.groups


def test_a_distance_from_a_place_is_around_it() -> None:
    def town(words: Sequence[str], is_announced: bool) -> Place | None:
        return Place("town", "26281", "Romans-sur-Isère") if list(words) == ["romans"] else None

    query = understand("à moins de 10 km de Romans", spelling=KNOWN, places=town)
    assert query.place is not None and query.place.is_around
    assert not query.groups


@pytest.mark.parametrize("words", ["agent de propriété", "ajent de propriété"])
def test_a_slip_that_makes_another_word_is_read_by_its_neighbours(words: str) -> None:
    assert read(words).groups[-1].meant.endswith("proprete")


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("resp prod", "responsable production"),
        ("agent secu", "agent securite"),
    ],
)
def test_a_word_that_is_cut_or_written_as_it_sounds_is_read_whole(words: str, meant: str) -> None:
    assert " ".join(group.meant for group in read(words).groups) == meant


def test_small_words_are_no_short_forms_and_no_maize() -> None:
    assert [group.meant for group in read("boucher mais pas aux gens").groups] == ["boucher"]


def test_help_in_a_trade_is_a_place_in_it() -> None:
    place, trade = read("aide boucher").groups
    assert place.is_role and not place.codes and "D1101" in trade.codes


def called(words: str, title: str, *codes: str, literally: Sequence[str] = ()) -> Query:
    """Read words where the catalogue has a title."""
    own = work_in(title)
    return understand(
        words, spelling=KNOWN, titles=lambda stems: codes if stems == own else (), literally=literally
    )


def test_a_whole_title_of_another_trade_than_one_of_its_words_is_followed() -> None:
    read_alone, query = read("tailleur de vigne"), called("tailleur de vigne", "Tailleur de vigne", "A1401")
    assert any(code.startswith("D") for group in read_alone.groups for code in group.codes)
    assert {code for group in query.groups for code in group.codes if not code.startswith("A14")} == set()
    assert "couturi" not in {word for group in query.groups for word in group.words}
    assert [(one.value, one.words) for one in query.said] == [("A1401", "tailleur vigne")]


def test_a_title_whose_words_mean_it_already_changes_nothing() -> None:
    alone = read("caissier en boulangerie")
    meant = [code for group in alone.groups for code, counted in group.codes.items() if counted == MEANT]
    assert called("caissier en boulangerie", "Caissier en boulangerie", *meant) == alone
    assert called("boulanger bio", "Boulanger", "H1101") == read("boulanger bio")


def test_who_takes_words_literally_has_no_title_either() -> None:
    words = "tailleur de vigne"
    assert called(words, words, "A1401", literally=("occupation",)) == read(words, "occupation")


def test_a_place_in_a_trade_is_understood_as_no_trade_beside_one() -> None:
    assert [one.words for one in read("aide-comptable").said] == ["comptable"]
    assert [one.words for one in read("aide").said] == ["aide"]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("kitchen porter no French needed", "no_french"),
        ("I don't speak French dishwasher", "no_french"),
    ],
)
def test_a_language_one_does_not_speak_is_a_condition_and_no_trade(words: str, value: str) -> None:
    query = read(words)
    assert query.conditions == (value,)
    assert not query.denied and len(query.groups) == 1


def test_a_language_that_is_taught_is_work() -> None:
    assert not read("prof de français").conditions
    assert "francais" in read("prof de français").groups[-1].meant


@pytest.mark.parametrize(
    "words",
    [
        "je parle français vendeuse",
        "vendeuse, français courant",
    ],
)
def test_that_one_speaks_french_is_no_wish(words: str) -> None:
    assert [group.meant for group in read(words).groups] == ["vendeuse"]


def test_who_says_no_work_is_given_none() -> None:
    assert read("un truc pas trop loin").groups == ()


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("je parle arabe vendeuse", ["arabe", "vendeuse"]),
        ("je sais conduire", ["conduire"]),
        ("I speak spanish waitress", ["spanish", "waitress"]),
    ],
)
def test_that_one_speaks_or_can_is_no_trade_by_itself(words: str, meant: list[str]) -> None:
    """“Parle” was mended into “pare”, which brought who mends cars; “sais” stood for who keys in data."""
    found = read(words)
    assert [group.meant for group in found.groups] == meant
    assert not [said for said in found.said if said.kind == "spelling"]
