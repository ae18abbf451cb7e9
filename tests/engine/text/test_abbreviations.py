"""A short form stands for words, and for others, or none, beside the words that tell so."""

import pytest

from visavis.engine.search.index import title_terms
from visavis.engine.search.spelling import Spelling
from visavis.engine.search.understanding import understand
from visavis.engine.search.vocabulary import spoken
from visavis.engine.search.words import stem
from visavis.engine.text.abbreviations import spelt_out


def meant(title: str) -> list[str]:
    return [meaning for _run, meaning in spelt_out(title.split()) if meaning]


@pytest.mark.parametrize(
    ("title", "meanings"),
    [
        ("mag cariste", ["magasinier"]),
        ("developpeur pl sql", []),
        ("auxiliaire de vie pa ph", []),
    ],
)
def test_it_is_read_as_its_neighbours_tell(title: str, meanings: list[str]) -> None:
    assert meant(title) == meanings


def test_no_word_of_a_title_is_lost_or_doubled() -> None:
    words = ["resp", "prod", "et", "tech", "lead", "mag"]
    assert [word for run, _meaning in spelt_out(words) for word in run] == words


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("Soudeur MIG-MAG (F/H)", "magasinier"),
        ("Développeur PL/SQL", "routier"),
    ],
)
def test_an_opening_is_not_found_by_a_trade_it_does_not_name(title: str, other: str) -> None:
    assert stem(other) not in title_terms(title)


def test_a_search_reads_it_the_same_way() -> None:
    of_welding = understand(
        "soudeur mag", spelling=Spelling(dict.fromkeys(("mag", "soudeur", "magasinier"), 3))
    )
    assert [group.meant for group in of_welding.groups] == ["soudeur", "mag"]
    [storekeeper] = understand("mag", spelling=Spelling(dict.fromkeys(("mag", "magasinier"), 3))).groups
    assert storekeeper.meant == "magasinier"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("work as a waiter", "J1501"),
        ("tu as un travail de nuit", "J1501"),
    ],
)
def test_a_search_means_no_trade_that_its_other_words_exclude(words: str, code: str) -> None:
    read = understand(words, spelling=Spelling(dict.fromkeys(spoken(), 3)))
    assert code not in {code for group in read.groups for code in group.codes}


@pytest.mark.parametrize(
    ("words", "means", "other"),
    [
        ("sap", "K1302", "D1214"),
        ("pap", "D1214", "J1501"),
    ],
)
def test_a_short_form_is_none_of_the_words_that_share_its_stem(words: str, means: str, other: str) -> None:
    read = understand(words, spelling=Spelling(dict.fromkeys(spoken(), 3)))
    codes = {code for group in read.groups for code in group.codes}
    assert means in codes and other not in codes
