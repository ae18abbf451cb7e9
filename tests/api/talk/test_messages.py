"""What she and the agency write to each other, through her program."""

from uuid import uuid4

from tests.api.conftest import MakeProgram, stamped
from tests.personas import Town
from visavis.mailboxes.enums import Voice, Way
from visavis.mailboxes.models import Message
from visavis.mailboxes.services import Written, write

PATH = "/threads"


def test_she_begins_reads_and_answers_and_it_says_that_a_program_did(
    town: Town, program: MakeProgram
) -> None:
    amelie = program("amelie")
    begun = amelie.post(PATH, {"subject": "Mardi", "body": "Je ne peux pas venir."})
    assert begun.status_code == 201 and begun.json()["waits_since"]
    message = Message.objects.get()
    assert (message.voice, message.way, message.author) == (Voice.THEIRS, Way.PROGRAM, town.people["amelie"])
    bruno = town.people["bruno"]
    write(
        thread=message.thread, written=Written(body="Alors jeudi ?", voice=Voice.OURS, author=bruno), by=bruno
    )
    number = begun.json()["id"]
    assert [one["unread"] for one in amelie.get(PATH).json()["items"]] == [1]
    read = amelie.get(f"{PATH}/{number}").json()
    assert [one["body"] for one in read["messages"]] == ["Je ne peux pas venir.", "Alors jeudi ?"]
    assert read["messages"][0]["how"] == "by a program"
    assert amelie.get(f"{PATH}/{number}").json()["unread"] == 0
    assert amelie.post(f"{PATH}/{number}/messages", {"body": "Oui, jeudi."}).status_code == 201
    assert stamped(town, "thread", "message")


def test_the_same_key_is_one_message_nothing_to_say_is_refused_and_nobody_else_finds_it(
    town: Town, program: MakeProgram
) -> None:
    assert program("amelie").post(PATH, {"subject": "x", "body": "  "}).status_code == 409
    assert not Message.objects.exists()
    amelie, key = program("amelie"), str(uuid4())
    sent = {"subject": "Mardi", "body": "Je viens.", "key": key}
    first, second = amelie.post(PATH, sent), amelie.post(PATH, sent)
    assert first.json()["id"] == second.json()["id"] and Message.objects.count() == 1
    other = amelie.post(PATH, {"subject": "Jeudi", "body": "x"}).json()["id"]
    assert amelie.post(f"{PATH}/{other}/messages", {"body": "y", "key": key}).status_code == 409
    number = town.thread.pk
    assert program("gael").get(f"{PATH}/{number}").status_code == 404
    assert program("gael").post(f"{PATH}/{number}/messages", {"body": "x"}).status_code == 404
    assert program("gael").get(PATH).json()["items"] == []
    assert program("bruno").get(f"{PATH}/{number}").status_code == 403
    assert program("amelie", "messages:read").post(PATH, {"subject": "x", "body": "x"}).status_code == 403
