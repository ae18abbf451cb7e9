"""The French that people read: what strangers stumbled over is not said again."""

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import read_po

import visavis

# What was read at the first walk, and what is said instead.
NOT_SAID = {
    r"que je suis\b": "que j’accompagne",
    r"\bde (?=avril|août|octobre)": "d’avril",
    r"\b1 (?:janvier|mars|avril|décembre)": "1er décembre",
    r"rien n’en dépend": "what depends on it",
    r"est un dimanche ou un jour férié": "un jour de repos",
}
# Hours of a clock, and of the syntax that programs read.
A_COLON = re.compile(r"\d:\d\d")
A_SYNTAX = re.compile(r"\b(?:Mo|Tu|We|Th|Fr|Sa|Su)-(?:Mo|Tu|We|Th|Fr|Sa|Su)\b|\bPH\b")
# A page has a week to fill in; a command and the installer are answered in the syntax that they take.
OF_A_COMMAND = {
    "Write the hours, for instance Mo-Fr 08:30-12:30,13:30-17:00.",
    "Write public holidays last: Mo-Fr 08:30-12:30; PH off.",
    "We do not understand “%(part)s”. Write for instance Mo-Fr 08:30-12:30,13:30-17:00; PH off.",
}
CATALOGUES = sorted(Path(visavis.__file__).parent.glob("*/locale/fr/LC_MESSAGES/django.po"))


def said_in(catalogue: Path) -> Iterator[tuple[str, str]]:
    """Give each sentence of a catalogue: the English one, and each of its French ones."""
    with catalogue.open("rb") as file:
        for message in filter(lambda one: one.id, read_po(file)):
            source = message.id if isinstance(message.id, str) else message.id[0]
            for text in [message.string] if isinstance(message.string, str) else message.string:
                yield source, text


def test_what_strangers_stumbled_over_is_not_said_again_and_hours_as_people_write_them() -> None:
    said = [one for catalogue in CATALOGUES for one in said_in(catalogue)]
    assert len(said) > 1_000
    assert not [
        f"{text!r}: say {instead}"
        for _source, text in said
        for words, instead in NOT_SAID.items()
        if re.search(words, text)
    ]
    odd = {source: text for source, text in said if A_COLON.search(text) or A_SYNTAX.search(text)}
    assert odd.keys() == OF_A_COMMAND, odd
