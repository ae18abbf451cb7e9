"""Words of the closed list, and no other."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.companion.mailing import LEXICON, ask, told

FRENCH = "Bonjour, je vous écris pour les choses dans cette maison et "


FOUND = {
    "la perceuse": [0],
    "LA PERCEUSE": [0],
    "l’étagère": [0],
    "l'e\u0301tage\u0300re": [0],
    "d'étagère et qu’étagère": [0],
    "l'huile moteur": [1],
    "huile\nmoteur": [1],
    "huile. Moteur": [],
    "huile, moteur": [],
    "huile\n\nmoteur": [],
    "ciné-club": [2],
    "ciné club": [2],
    "ciné\u2011club": [2],
    "club": [],
    "du coeur de chêne": [0],
    "cœur de chêne": [0],
    "une chambre d'hôtes": [3],
    "carte bleue": [],
    "la bleue": [4],
    "perceusement reperceuse": [],
    "perceuse_x perceuse42": [0],
    "per\u00adceuse": [0],
    # A word of the other language does not count.
    "le four et le coin": [5],
}
OTHER_LANGUAGES = (
    "Hola, el coin y la carte bleue con los amigos, pero no está muy perceuse como su lo",
    "Hallo, der Film und die Perceuse sind nicht für dich, aber wir haben ein coin auch mit",
    "Ciao, il film è per la perceuse che non sono di questo ma anche della",
)


def test_words_are_found_however_they_are_written() -> None:
    answers = ask(
        *({"ask": "told", "text": FRENCH + text, "lexicon": LEXICON, "language": "fr"} for text in FOUND)
    )
    assert {text: sorted(one["answer"]["items"]) for text, one in zip(FOUND, answers, strict=True)} == FOUND
    assert told(FRENCH + "le rabot") == ([0], ["skill:plane"])


def test_each_message_is_read_in_its_language_and_one_of_three_words_in_hers() -> None:
    assert told("Hello, the four of us have a coin for you and the car")[0] == [1, 6, 7]
    assert told("This is the car's place and it was not for you")[0] == [1], "a possessive is the word itself"
    for text in OTHER_LANGUAGES:
        assert told(text) == ([], []), text
    assert told("perceuse coin ?", "fr")[0] == [0, 5]
    assert told("perceuse coin ?", "en")[0] == [7]


ALL = {number for forms in (LEXICON["fr"], LEXICON["en"]) for numbers in forms.values() for number in numbers}


@settings(max_examples=3, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(st.lists(st.text(max_size=200), min_size=80, max_size=80))
def test_whatever_is_written_only_numbers_of_the_list_come_out(texts: list[str]) -> None:
    for answer in ask(*({"ask": "told", "text": text, "lexicon": LEXICON} for text in texts)):
        assert set(answer["answer"]["items"]) <= ALL
        assert set(answer["answer"]["skills"]) <= {"skill:plane"}


def test_every_form_of_the_shipped_list_is_found_in_a_sentence() -> None:
    path = Path(__file__).resolve().parents[2] / "companion/src/tables/lexicon.json"
    lexicon = json.loads(path.read_text(encoding="utf-8"))
    sentences = {"fr": f"{FRENCH} ; {{}} .", "en": "Hello, this is the thing that we have and ; {} ."}
    forms = [(language, form) for language in sentences for form in list(lexicon[language])[::7]]
    if not forms:
        pytest.skip("the list is not written yet")
    texts = [{"language": language, "text": sentences[language].format(form)} for language, form in forms]
    (answer,) = ask({"ask": "many", "texts": texts, "lexicon": lexicon})
    missed = [
        form
        for (language, form), found in zip(forms, answer["answer"], strict=True)
        if not set(lexicon[language][form]) <= set(found["items"])
    ]
    assert not missed
