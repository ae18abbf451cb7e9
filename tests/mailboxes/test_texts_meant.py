"""What people answer by text message, in their own words: counted only where it is sure, and said back to them."""

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.mailboxes.test_texts import hand_in, her  # noqa: F401
from tests.sms import MemoryGateway
from visavis.common import clock
from visavis.mailboxes.models import Message
from visavis.mailboxes.texts.understanding import Meaning, meaning_of
from visavis.people import gsm, outgoing
from visavis.people.enums import Channel
from visavis.people.models import User

NAME = "Amélie Martin"
LEAST = 0.85
FILE = Path(__file__).with_name("text_messages.toml")
MESSAGES = {
    part: {Meaning(meant): " ".join(said.split()).split(" | ") for meant, said in several.items()}
    for part, several in tomllib.loads(FILE.read_text(encoding="utf-8")).items()
}


@pytest.mark.parametrize("part", list(MESSAGES))
def test_most_answers_are_understood_and_none_is_taken_for_another(part: str) -> None:
    found = Counter(
        (meant, meaning_of(said, NAME)) for meant, several in MESSAGES[part].items() for said in several
    )
    wrong = {pair for pair in found if pair[0] != pair[1] and pair[1] != Meaning.WORDS}
    assert not wrong
    asked = {meant: len(several) for meant, several in MESSAGES[part].items() if meant != Meaning.WORDS}
    assert sum(found[meant, meant] for meant in asked) / sum(asked.values()) >= LEAST


def answered(text: str, key: str) -> str:
    """Send a text message as she does; return what is sent back to her, nothing if nothing is."""
    MemoryGateway.sent.clear()
    hand_in(text, key=key)
    outgoing.sweep()
    return MemoryGateway.sent[-1][1] if MemoryGateway.sent else ""


@pytest.fixture
def reached(her: User, settings: Any) -> User:  # noqa: F811
    settings.SMS_GATEWAY = "tests.sms.MemoryGateway"
    return her


@pytest.mark.parametrize(
    ("text", "noted", "back"),
    [
        ("OUI merci", "(réponse par SMS : oui)", "c'est noté, oui."),
        ("Non je ne peux pas", "(réponse par SMS : non)", "c'est noté, non."),
        ("Rappelez-moi demain svp", "(réponse par SMS : rappelez-moi)", "on vous rappelle."),
        ("Un autre jour ?", "(réponse par SMS : un autre jour)", "c'est noté, un autre jour."),
    ],
)
def test_what_is_counted_is_said_back_with_the_way_to_undo_it(
    reached: User, text: str, noted: str, back: str
) -> None:
    said = answered(text, "1")
    assert back in said and "ERREUR" in said and gsm.parts(said) == 1
    assert Message.objects.get().body.replace("\xa0", " ") == f"{text} {noted}"
    assert answered(text, "1") == "", "the same message again is no second one"
    assert "erreur" in answered("ERREUR", "2").lower()
    last = Message.objects.latest("number")
    assert last.body == "La personne dit que sa dernière réponse par SMS était une erreur."
    assert last.thread.due_on == clock.today(), "somebody looks at it"


def test_words_are_a_persons_and_nothing_is_sent_back(reached: User) -> None:
    assert answered("Oui mais pas avant 10 h", "1") == ""
    assert Message.objects.get().body == "Oui mais pas avant 10 h"


def test_stop_in_any_wording_stops_at_once_keeps_what_else_was_said_and_is_undone(reached: User) -> None:
    said = answered("Stop, appelez-moi plutôt", "1")
    reached.refresh_from_db()
    assert reached.channel == Channel.PHONE and "REPRENDRE" in said and gsm.parts(said) == 1
    body = Message.objects.get().body
    assert body.startswith("Stop, appelez-moi plutôt") and "ne veut plus de SMS" in body
    assert "SMS" in answered("reprendre", "2")
    reached.refresh_from_db()
    assert reached.channel == Channel.SMS


def test_a_machine_that_answers_every_message_is_not_answered_for_ever(reached: User) -> None:
    assert [bool(answered("ok", str(number))) for number in range(5)] == [True, True, True, False, False]
