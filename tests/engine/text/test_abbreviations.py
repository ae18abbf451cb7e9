"""A short form stands for words, and for others, or none, beside the words that tell so."""

from visavis.engine.search.index import title_terms
from visavis.engine.search.spelling import Spelling
from visavis.engine.search.understanding import understand
from visavis.engine.search.vocabulary import spoken
from visavis.engine.search.words import stem
from visavis.engine.text.abbreviations import spelt_out


def meant(title: str) -> list[str]:
    return [meaning for _run, meaning in spelt_out(title.split()) if meaning]


def test_it_is_read_as_its_neighbours_tell_in_a_title_and_a_search() -> None:
    assert meant("mag cariste") == ["magasinier"]
    assert meant("developpeur pl sql") == meant("auxiliaire de vie pa ph") == []
    words = ["resp", "prod", "et", "tech", "lead", "mag"]
    assert [word for run, _meaning in spelt_out(words) for word in run] == words
    assert stem("magasinier") not in title_terms("Soudeur MIG-MAG (F/H)")
    assert stem("routier") not in title_terms("Développeur PL/SQL")
    of_welding = understand(
        "soudeur mag", spelling=Spelling(dict.fromkeys(("mag", "soudeur", "magasinier"), 3))
    )
    assert [group.meant for group in of_welding.groups] == ["soudeur", "mag"]
    [storekeeper] = understand("mag", spelling=Spelling(dict.fromkeys(("mag", "magasinier"), 3))).groups
    assert storekeeper.meant == "magasinier"


def test_a_short_form_is_none_of_the_words_that_others_exclude() -> None:
    for words, means, other in [
        ("work as a waiter", {"G1803"}, "J1501"),
        ("tu as un travail de nuit", set(), "J1501"),
        ("sap", {"K1302"}, "D1214"),
        ("pap", {"D1214"}, "J1501"),
    ]:
        read = understand(words, spelling=Spelling(dict.fromkeys(spoken(), 3)))
        codes = {code for group in read.groups for code in group.codes}
        assert means <= codes and other not in codes
