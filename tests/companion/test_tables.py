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


def test_the_tables_are_what_the_lists_say():
    for path, text in companion_tables.tables():
        assert path.read_text(encoding="utf-8") == text, f"run scripts/companion_tables.py: {path.name}"


def test_the_service_and_the_companion_number_interests_alike():
    one, other = (
        folder / "interests.json" for folder in (companion_tables.COMPANION, companion_tables.SERVER)
    )
    assert one.read_bytes() == other.read_bytes()


def test_there_is_enough_to_recognise_somebody_by():
    told = [host for host, found in table("hosts.json")["hosts"].items() if found]
    lexicon = rows(companion_tables.LISTS / "lexicon.csv")
    assert len(table("interests.json")["interests"]) == 130
    assert len(told) >= 3_900 and sum(host.endswith(".fr") for host in told) >= 1_000
    assert sum(row["language"] == "fr" for row in lexicon) >= 1_800
    assert sum(row["language"] == "en" for row in lexicon) >= 1_600


def test_every_interest_is_in_the_catalogue_with_its_type():
    known = starter.load().interest
    for told in table("interests.json")["interests"]:
        one = known[told["code"]]
        assert (told["fr"], told["en"], told["riasec"]) == (one.label_fr, one.label_en, one.riasec)
        assert told["riasec"] in "RIASEC"


def test_every_interest_has_sites_and_words_in_both_languages():
    count = len(table("interests.json")["interests"])
    hosts, lexicon = table("hosts.json")["hosts"], table("lexicon.json")
    for told in (hosts, lexicon["fr"], lexicon["en"]):
        assert {number for found in told.values() for number in found} == set(range(count))


def test_every_skill_of_the_lexicon_is_in_the_catalogue():
    skills = table("lexicon.json")["skills"]
    found = {code for told in skills.values() for codes in told.values() for code in codes}
    assert found <= set(starter.load().skill) and len(found) > 100


def test_what_is_sensitive_has_no_number():
    codes = {told["code"] for told in table("interests.json")["interests"]}
    assert not codes & {f"interest:{slug}" for slug in NEVER}


@pytest.mark.parametrize(
    ("file", "line", "refused"),
    [
        ("interests.csv", "interest:health", "twice"),
        ("hosts.csv", "eglise-de-la-glisse.fr,skiing,", "religion"),
        ("hosts.csv", "velo-et-sante.fr,cycling,", "health"),
        ("hosts.csv", "jeunes-communistes-rando.fr,hiking,", "politics"),
        ("hosts.csv", "rugby-lgbt.fr,rugby,", "sexuality"),
        ("hosts.csv", "cgt-camping.fr,camping,", "unions"),
        ("hosts.csv", "danse-enfants.fr,dance,", "children"),
        ("hosts.csv", "cuisine-maghreb.fr,cooking,", "origin"),
        ("hosts.csv", "jardin-et-dettes.fr,gardening,", "money"),
        ("hosts.csv", "poker-et-echecs.fr,chess,", "gambling"),
        ("hosts.csv", "bricoler.fr,health,", "may not come from a trace"),
        ("hosts.csv", "bricoler.fr,nonesuch,", "may not come from a trace"),
        ("hosts.csv", "bricoler.fr,,", "or why none"),
        ("hosts.csv", "castorama.fr,diy,", "twice"),
        ("hosts.csv", "https://bricoler.fr/,diy,", "no host"),
        ("lexicon.csv", "fr,diabète,n,cooking,", "health"),
        ("lexicon.csv", "fr,prière,n,singing,", "religion"),
        ("lexicon.csv", "fr,clémentine,n,cooking,", "a person or a place"),
        ("lexicon.csv", "fr,marier,v,events,", "a person or a place"),
        ("lexicon.csv", "fr,nice,x,travel,", "a person or a place"),
        ("lexicon.csv", "fr,chiner,v,flea_markets,", "a person or a place"),
        ("lexicon.csv", "en,potter,n,pottery,", "a person or a place"),
        ("lexicon.csv", "fr,perceuse électrique,n,,", "says nothing"),
        ("lexicon.csv", "fr,perceuse électrique,n,,S9999", "no such skill"),
    ],
)
def test_what_may_not_be_said_stops_the_writing(lists, file, line, refused):
    add(lists / file, line)
    with pytest.raises(companion_tables.Wrong, match=refused):
        list(companion_tables.tables())


def test_a_sensitive_interest_can_be_put_on_neither_list(lists):
    path = lists / "never.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("interest:health,health\n", ""))
    add(lists / "interests.csv", "interest:health")
    with pytest.raises(companion_tables.Wrong, match="may not come from a trace: health"):
        list(companion_tables.tables())


def test_a_new_interest_must_be_placed(lists):
    path = lists / "never.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("interest:health,health\n", ""))
    with pytest.raises(companion_tables.Wrong, match=r"to be placed: .*interest:health"):
        list(companion_tables.tables())


def test_no_name_and_no_illness_stands_in_the_lexicon():
    subject = sensitive(companion_tables.LISTS)
    named = names(companion_tables.LISTS, companion_tables.CATALOGUE)
    assert {"marie", "kevin", "durand", "nantes", "chine"} <= named and len(named) > 1_500
    for form in forms(table("lexicon.json")):
        assert fold(form) not in named and not subject(form), form


def test_no_site_of_a_sensitive_subject_tells_anything():
    hosts, subject = table("hosts.json")["hosts"], sensitive(companion_tables.LISTS)
    for host in (
        "doctissimo.fr",
        "eglise.catholique.fr",
        "cgt.fr",
        "meetic.fr",
        "tetu.com",
        "fdj.fr",
        "lego.com",
    ):
        assert hosts[host] == []
    assert not [host for host, found in hosts.items() if found and subject(host)]


def test_every_place_without_interest_says_what_it_is():
    kinds = {row["nothing"] for row in rows(companion_tables.LISTS / "hosts.csv")}
    asked = {"health", "religion", "politics", "unions", "dating", "adult", "gambling", "children", "origin"}
    assert asked | {"money trouble", "search", "mail", "bank", "public"} <= kinds


def test_the_tables_are_light():
    sizes = {
        name: (companion_tables.COMPANION / name).stat().st_size for name in ("hosts.json", "lexicon.json")
    }
    assert sizes["hosts.json"] < 120_000 and sizes["lexicon.json"] < 220_000


@pytest.mark.parametrize(
    ("language", "kind", "term", "expected"),
    [
        ("fr", "n", "pompe à chaleur", {"pompe à chaleur", "pompes à chaleur"}),
        ("fr", "n", "chapeau", {"chapeau", "chapeaux"}),
        ("fr", "n", "local commercial", {"local commercial", "locaux commerciaux"}),
        ("fr", "a", "coiffeur", {"coiffeur", "coiffeurs", "coiffeuse", "coiffeuses"}),
        ("fr", "a", "agriculteur", {"agriculteur", "agriculteurs", "agricultrice", "agricultrices"}),
        ("fr", "x", "excel", {"excel"}),
        ("en", "n", "city break", {"city break", "city breaks"}),
        ("en", "n", "library", {"library", "libraries"}),
        ("en", "v", "bake", {"bake", "bakes", "baked", "baking"}),
        ("en", "vv", "knit", {"knit", "knits", "knitted", "knitting"}),
    ],
)
def test_a_word_is_written_out(language, kind, term, expected):
    assert set(inflections.forms(language, kind, term)) == expected


@pytest.mark.parametrize(
    ("verb", "some"),
    [
        ("bricoler", {"bricole", "bricolons", "bricolé", "bricolerai", "bricolaient"}),
        ("forger", {"forgeons", "forgeait", "forgez"}),
        ("effacer", {"effaçons", "effacez", "effaçait"}),
        ("nettoyer", {"nettoie", "nettoyons", "nettoiera"}),
        ("semer", {"sème", "semons", "sèmera"}),
        ("repérer", {"repère", "repérons", "repérera"}),
    ],
)
def test_a_french_verb_is_conjugated(verb, some):
    assert some <= set(inflections.forms("fr", "v", verb))
