"""Openings found by their words: in step with every change, the same on both databases, never an error."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from tests import personas
from tests.factories import OccupationFactory, VacancyFactory
from visavis.catalog.models import Title
from visavis.catalog.titles import forget
from visavis.common import clock
from visavis.engine.search.words import stem
from visavis.searches import services
from visavis.searches.asked import Asked
from visavis.searches.found import Found
from visavis.searches.index import words, writing
from visavis.searches.index.indexed import Indexed
from visavis.searches.index.laid import OPENINGS
from visavis.searches.index.said import holds, stems_of
from visavis.vacancies.models import Vacancy

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def find(typed: str = "", language: str = "fr", **asked: Any) -> Found:
    return services.find(Asked(words=typed, **asked), language=language)


def titles(found: Found) -> list[str]:
    return [one.vacancy.title for one in found.openings]


def comes(title: str, text: str = "", code: str = "", **more: Any) -> Vacancy:
    occupation = OccupationFactory(code=code, label_fr=title, label_en=title) if code else None
    vacancy = VacancyFactory(title=title, description=text, occupation=occupation, **more)
    writing.changed(vacancy.pk)
    return vacancy


def test_a_word_of_the_text_is_found_in_its_sentence_until_it_changes_or_closes() -> None:
    vacancy = comes("Agent polyvalent", "Vous conduisez la dameuse du domaine skiable.")
    comes("Agent polyvalent", "Vous tondez les pelouses.")
    [opening] = find("dameuse").openings
    assert [part.text for part in opening.snippet if part.is_hit] == ["dameuse"]

    def becomes(version: int, **changes: Any) -> None:
        Vacancy.objects.filter(pk=vacancy.pk).update(version=version, changed_at=clock.now(), **changes)
        writing.changed(vacancy.pk)

    becomes(2, description="Vous conduisez la grue.")
    assert (find("dameuse").total, find("grue").total) == (0, 1)
    becomes(3, state=Vacancy.State.CLOSED)
    assert find("grue").total == 0
    assert not words.holders(stem("grue")).size and Indexed.objects.count() == 1


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps no words in rows")
def test_the_rows_that_a_search_reads_are_small() -> None:
    words.put([(number, [f"mot{number}{at}" for at in range(80)]) for number in range(1, 201)])
    words.put([(number, [f"autre{at}" for at in range(80)]) for number in range(1, 201)])
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_size('searches_words') / 400")
        assert cursor.fetchone()[0] < 150
    assert len(words.holders("autre1")) == 200 and len(words.holders("autre1", 2)) == 2


def test_what_was_missed_is_caught_up_and_found_the_same_however_laid_out() -> None:
    vacancy = VacancyFactory(title="Agent", description="Vous conduisez la dameuse.")
    assert writing.catch_up() == 1
    assert writing.catch_up() == 0
    assert words.holders(stem("dameuse")).tolist() == [vacancy.pk]
    call_command("index_openings", anew=True)
    assert Indexed.objects.count() == 1
    for number in range(6):
        comes(f"Boulanger {number}", "Pain au levain." if number % 2 else "Viennoiserie.", code="D1102")
    beside = [(one.vacancy.pk, find("levain").total) for one in find("boulanger levain").openings]
    OPENINGS.forget()
    assert [(one.vacancy.pk, find("levain").total) for one in find("boulanger levain").openings] == beside
    assert holds("Soudeur / Soudeuse", stems_of("soudeurs"))
    assert holds("Boulanger / Boulangère", stems_of("boulangère"))
    assert not holds("Pose de fermetures menuisées", stems_of("soudeur"))


def test_the_trade_a_misspelling_english_and_a_place_are_understood() -> None:
    comes("Boulanger / Boulangère", code="D1102")
    comes("Comptable", code="M1203")
    for typed in ("boulanger", "boulangère", "bolanger", "baker"):
        assert titles(find(typed)) == ["Boulanger / Boulangère"], typed
    comes("Serveur", code="G1803")
    comes("Serveuse", code="G1803", latitude=48.85, longitude=2.35)
    found = find("serveur autour de Valence")
    assert titles(found) == ["Serveur"]
    assert [one.label for one in found.understood if one.kind == "place"] == ["Valence et autour"]


def test_what_was_understood_is_told_as_it_was_typed_and_can_be_taken_back() -> None:
    comes("Boulanger", code="D1102", conditions=["night"])
    comes("Boulangère", code="D1102", conditions=["sunday"])
    found = find("bolanger pas la nuit")
    assert titles(found)[0] == "Boulangère"
    kinds = {one.kind: one for one in found.understood}
    assert set(kinds) == {"spelling", "occupation", "condition"}
    assert kinds["condition"].label == "pas la nuit"
    undone = services.find(kinds["condition"].undone, language="fr")
    assert "condition" not in {one.kind for one in undone.understood}
    comes("Préparateur de commandes", code="N1103", conditions=["night"])
    are_called(N1103="Préparateur / Préparatrice de commandes")
    understood = {one.kind: one for one in find("  PRÉPA de  commandes, la nuit s’il vous plaît").understood}
    assert (understood["spelling"].words, understood["spelling"].label) == ("PRÉPA", "préparateur")
    assert understood["condition"].words == "la nuit"
    assert understood["occupation"].words == "PRÉPA de commandes"


def label_of(typed: str) -> list[str]:
    return [one.label for one in find(typed).understood if one.kind == "occupation"]


def are_called(**labels: str) -> None:
    """Give occupations one title more each."""
    for code, label in labels.items():
        Title.objects.create(code=label, occupation_id=code, language="fr", label=label)
    forget()


def trades(**titles: str) -> None:
    """Let an opening of each occupation come, which is called as its occupation is."""
    for code, title in titles.items():
        comes(title, code=code)


def test_the_trade_of_the_whole_title_and_no_more_is_told() -> None:
    trades(D1505="Employé de caisse", M1601="Chargé d’accueil", M1203="Comptable", K1302="Aide à domicile")
    are_called(D1505="Hôte / Hôtesse de caisse", M1203="Aide-comptable")
    assert label_of("hôtesse de caisse") == ["Employé de caisse"]
    assert titles(find("hôtesse de caisse")) == ["Employé de caisse"]
    assert label_of("aide-comptable") == ["Comptable"]
    trades(N1103="Magasinier", N1101="Conducteur de chariots", M1607="Secrétariat")
    trades(M1602="Opérations administratives")
    are_called(N1103="Magasinier cariste", N1101="Cariste", M1607="Secrétaire")
    assert label_of("cariste") == ["Conducteur de chariots"]
    # A whole title is told though the words mean other trades too.
    assert label_of("secrétaire") == ["Secrétariat"]


def test_a_word_is_told_as_the_only_trade_that_it_means_and_of_several_none() -> None:
    """“Vendeuse” finds food and clothes alike, “réceptionniste” hotels and offices: what is found stays the same."""
    trades(D1214="Conseiller de mode", K2107="Professeur")
    assert label_of("fringues") == ["Conseiller de mode"]
    assert label_of("maths") == []
    trades(H2102="Conduite de machines", H3302="Assemblage")
    are_called(H2102="Ouvrier / Ouvrière d’usine")
    Title.objects.create(code="2", occupation_id="H3302", language="fr", label="Ouvrier / Ouvrière d’usine")
    forget()
    assert label_of("ouvrier d’usine") == []
    trades(D1106="Vente en alimentation", M1601="Accueil", G1703="Réception en hôtellerie")
    are_called(D1106="Vendeur / Vendeuse en alimentation", D1214="Vendeur / Vendeuse de vêtements")
    are_called(M1601="Réceptionniste en entreprise", G1703="Veilleur de nuit en hôtel")
    assert label_of("vendeuse") == label_of("réceptionniste") == []
    assert {"Vente en alimentation", "Conseiller de mode"} <= set(titles(find("vendeuse")))
    assert label_of("vendeuse vêtement") == ["Conseiller de mode"]


def test_no_words_break_a_search_and_those_that_say_nothing_of_work_find_everything() -> None:
    comes("Boulanger", code="D1102")
    hostile = [
        "a" * 10_000,
        '" OR boulanger NEAR(x, 3) * ^words: {a} - NOT',
        "\0boulanger\0",
        "\\' & | ! :* <->",
    ]
    for typed in [*hostile, "'; DROP TABLE searches_words; --", "%_%", "c++ c# .net", "ﷺ العربية 面包师"]:
        found = find(typed)
        assert found.total in (0, 1), typed
        assert found.refused or len(typed) <= 250
    for typed in ("🥐🥖", "un travail", "?!"):
        found = find(typed)
        assert found.total == 1 and "tout ce qui est ouvert" in found.refused, typed
    assert not find("boulanger").refused and not find("").refused


def test_nonsense_finds_nothing_and_says_what_else_there_is_and_no_words_find_everything_open() -> None:
    comes("Boulanger", code="D1102", pay_min_hour=13)
    VacancyFactory(title="Brouillon", draft=True)
    found = find("azertyuiop")
    assert (found.total, [(one.count, one.asked) for one in found.suggestions]) == (0, [(1, Asked())])
    found = find("boulanger", pay_least=20.0)
    assert found.total == 0
    first = found.suggestions[0]
    assert (first.count, first.asked.pay_least) == (1, None)
    assert titles(find("je cherche un travail")) == titles(find()) == ["Boulanger"]


def test_her_limits_and_her_chances_are_hers(town: personas.Town) -> None:
    town.jobseeker.contracts = ["permanent"]
    town.jobseeker.save()
    comes("Cordeur", contract="permanent")
    comes("Cordeuse", contract="seasonal")
    asked = Asked(words="cordeur", in_limits=True)
    found = services.find(asked, language="fr", jobseeker=town.jobseeker)
    assert titles(found) == ["Cordeur"]
    limits = next(one for one in found.filters if one.name == "in_limits")
    assert limits.takes_away == 1
