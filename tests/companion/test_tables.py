"""The tables of the companion: what a site or a word tells, and what can never come out."""

import json
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from tests.conftest import ROOT
from visavis.catalog import starter

sys.path.insert(0, str(ROOT / "scripts"))
import companion_tables
import inflections
from refusals import fold, names, rows, sensitive

NEVER = ("children", "health", "helping", "debate", "budget", "hunting", "wine")


def table(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((companion_tables.COMPANION / name).read_text(encoding="utf-8"))
    return read


def forms(lexicon: dict[str, Any]) -> Iterator[str]:
    for told in (lexicon, lexicon["skills"]):
        yield from told["fr"]
        yield from told["en"]


@pytest.fixture
def lists(tmp_path, monkeypatch):
    """Lend a copy of the lists, to be spoilt."""
    for path in companion_tables.LISTS.iterdir():
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(companion_tables, "LISTS", tmp_path)
    return tmp_path


def add(path, line: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")


def test_the_tables_are_what_the_lists_say_light_and_numbered_alike_on_both_sides():
    for path, text in companion_tables.tables():
        assert path.read_text(encoding="utf-8") == text, f"run scripts/companion_tables.py: {path.name}"
    ours, theirs = companion_tables.COMPANION, companion_tables.SERVER
    assert (ours / "interests.json").read_bytes() == (theirs / "interests.json").read_bytes()
    assert (ours / "hosts.json").stat().st_size < 120_000
    assert (ours / "lexicon.json").stat().st_size < 220_000


def test_there_is_enough_to_recognise_somebody_by_in_both_languages():
    hosts, words = table("hosts.json")["hosts"], table("lexicon.json")
    told = [host for host, found in hosts.items() if found]
    written = [row["language"] for row in rows(companion_tables.LISTS / "lexicon.csv")]
    assert len(told) >= 3_900 and sum(host.endswith(".fr") for host in told) >= 1_000
    assert written.count("fr") >= 1_800 and written.count("en") >= 1_600
    for found in (hosts, words["fr"], words["en"]):
        assert {number for numbers in found.values() for number in numbers} == set(range(130))


def test_every_interest_and_skill_is_in_the_catalogue_and_nothing_sensitive_has_a_number():
    known, interests = starter.load(), table("interests.json")["interests"]
    assert len(interests) == 130
    for told in interests:
        one = known.interest[told["code"]]
        assert (told["fr"], told["en"], told["riasec"]) == (one.label_fr, one.label_en, one.riasec)
        assert told["riasec"] in "RIASEC"
    assert not {told["code"] for told in interests} & {f"interest:{slug}" for slug in NEVER}
    skills = table("lexicon.json")["skills"]
    found = {code for told in skills.values() for codes in told.values() for code in codes}
    assert found <= set(known.skill) and len(found) > 100


@pytest.mark.parametrize(
    ("file", "line", "refused"),
    [
        ("interests.csv", "interest:health", "twice"),
        ("hosts.csv", "eglise-de-la-glisse.fr,skiing,", "religion"),
        ("hosts.csv", "bricoler.fr,health,", "may not come from a trace"),
        ("hosts.csv", "bricoler.fr,nonesuch,", "may not come from a trace"),
        ("hosts.csv", "bricoler.fr,,", "or why none"),
        ("hosts.csv", "castorama.fr,diy,", "twice"),
        ("hosts.csv", "https://bricoler.fr/,diy,", "no host"),
        ("lexicon.csv", "fr,diabète,n,cooking,", "health"),
        ("lexicon.csv", "fr,clémentine,n,cooking,", "a person or a place"),
        ("lexicon.csv", "fr,marier,v,events,", "a person or a place"),
        ("lexicon.csv", "en,potter,n,pottery,", "a person or a place"),
        ("lexicon.csv", "fr,perceuse électrique,n,,", "says nothing"),
        ("lexicon.csv", "fr,perceuse électrique,n,,S9999", "no such skill"),
    ],
)
def test_what_may_not_be_said_stops_the_writing(lists, file, line, refused):
    add(lists / file, line)
    with pytest.raises(companion_tables.Wrong, match=refused):
        list(companion_tables.tables())


def test_a_sensitive_interest_can_be_put_on_neither_list_and_a_new_one_must_be_placed(lists):
    path = lists / "never.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("interest:health,health\n", ""))
    with pytest.raises(companion_tables.Wrong, match=r"to be placed: .*interest:health"):
        list(companion_tables.tables())
    add(lists / "interests.csv", "interest:health")
    with pytest.raises(companion_tables.Wrong, match="may not come from a trace: health"):
        list(companion_tables.tables())


SENSITIVE = {
    "velo-et-sante.fr": "health",
    "jeunes-communistes-rando.fr": "politics",
    "rugby-lgbt.fr": "sexuality",
    "cgt-camping.fr": "unions",
    "danse-enfants.fr": "children",
    "cuisine-maghreb.fr": "origin",
    "jardin-et-dettes.fr": "money",
    "poker-et-echecs.fr": "gambling",
    "prière": "religion",
}


def test_no_name_and_no_illness_stands_in_the_lexicon():
    subject = sensitive(companion_tables.LISTS)
    assert {text: subject(text).split()[0] for text in SENSITIVE} == SENSITIVE
    named = names(companion_tables.LISTS, companion_tables.CATALOGUE)
    assert {"marie", "kevin", "durand", "nantes", "nice", "chine"} <= named and len(named) > 1_500
    for form in forms(table("lexicon.json")):
        assert fold(form) not in named and not subject(form), form


def test_no_site_of_a_sensitive_subject_tells_anything_and_each_says_what_it_is():
    hosts, subject = table("hosts.json")["hosts"], sensitive(companion_tables.LISTS)
    sites = "doctissimo.fr", "eglise.catholique.fr", "cgt.fr", "meetic.fr", "tetu.com", "fdj.fr", "lego.com"
    assert [hosts[host] for host in sites] == [[]] * len(sites)
    assert not [host for host, found in hosts.items() if found and subject(host)]
    kinds = {row["nothing"] for row in rows(companion_tables.LISTS / "hosts.csv")}
    asked = {"health", "religion", "politics", "unions", "dating", "adult", "gambling", "children", "origin"}
    assert asked | {"money trouble", "search", "mail", "bank", "public"} <= kinds


WRITTEN_OUT = {
    ("fr", "n", "pompe à chaleur"): {"pompe à chaleur", "pompes à chaleur"},
    ("fr", "n", "chapeau"): {"chapeau", "chapeaux"},
    ("fr", "n", "local commercial"): {"local commercial", "locaux commerciaux"},
    ("fr", "a", "coiffeur"): {"coiffeur", "coiffeurs", "coiffeuse", "coiffeuses"},
    ("fr", "a", "agriculteur"): {"agriculteur", "agriculteurs", "agricultrice", "agricultrices"},
    ("fr", "x", "excel"): {"excel"},
    ("en", "n", "city break"): {"city break", "city breaks"},
    ("en", "n", "library"): {"library", "libraries"},
    ("en", "v", "bake"): {"bake", "bakes", "baked", "baking"},
    ("en", "vv", "knit"): {"knit", "knits", "knitted", "knitting"},
}
CONJUGATED = {
    "bricoler": {"bricole", "bricolons", "bricolé", "bricolerai", "bricolaient"},
    "forger": {"forgeons", "forgeait", "forgez"},
    "effacer": {"effaçons", "effacez", "effaçait"},
    "nettoyer": {"nettoie", "nettoyons", "nettoiera"},
    "semer": {"sème", "semons", "sèmera"},
    "repérer": {"repère", "repérons", "repérera"},
}


def test_a_word_is_written_out_and_a_french_verb_conjugated():
    assert {term: set(inflections.forms(*term)) for term in WRITTEN_OUT} == WRITTEN_OUT
    for verb, some in CONJUGATED.items():
        assert some <= set(inflections.forms("fr", "v", verb)), verb
