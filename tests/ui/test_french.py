"""The French that people read: what strangers stumbled over is not said again."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import visavis

# What was read at the first walk, and what is said instead.
NOT_SAID = {
    r"que je suis\b": "que j’accompagne",
    r"\bde (?=avril|août|octobre)": "d’avril",
    r"\b1 (?:janvier|mars|avril|décembre)": "1er décembre",
    r"rien n’en dépend": "what depends on it",
    r"\bMo-Fr\b": "a week to fill in",
    r"est un dimanche ou un jour férié": "un jour de repos",
}
# A command is answered in the syntax that it takes.
OF_A_COMMAND = "Écrivez"
CATALOGUES = sorted(Path(visavis.__file__).parent.glob("*/locale/fr/LC_MESSAGES/django.po"))


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.parents[3].name)
def test_what_strangers_stumbled_over_is_not_said_again(catalogue: Path) -> None:
    with catalogue.open("rb") as file:
        said = [
            text
            for message in read_po(file)
            for text in ([message.string] if isinstance(message.string, str) else message.string)
        ]
    found = [
        f"{text!r}: say {instead}"
        for text in said
        for words, instead in NOT_SAID.items()
        if re.search(words, text) and not (instead.startswith("a week") and OF_A_COMMAND in text)
    ]
    assert CATALOGUES and not found
