"""Files of many messages: cut where Python's own reader cuts them, and never whole in memory."""

import base64
import mailbox
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.companion.mailing import ask, mbox, message, one, read, refused


def messages(raw: bytes, size: int = 65_536) -> list[bytes]:
    found = one("messages", bytes=base64.b64encode(raw).decode(), size=size)
    return [base64.b64decode(each["bytes"]) for each in found]


def unquoted(raw: bytes) -> bytes:
    """Python quotes "From " and not ">From ": what stood there before is not known."""
    return re.sub(rb"(?m)^>+From ", b"From ", raw).strip()


def test_each_message_counts_once_however_often_it_says_a_word(tmp_path: Path) -> None:
    path = mbox(
        tmp_path / "a.mbox", [message("La perceuse et les perceuses, le rabot."), message("Une perceuse.")]
    )
    found = read(path)
    assert found["items"] == {"0": 2}
    assert found["skills"] == {"skill:plane": 1}
    assert (found["messages"], found["troubles"]) == (2, [])


def test_no_word_of_a_head_ever_counts(tmp_path: Path) -> None:
    path = mbox(tmp_path / "a.mbox", [message("Rien du tout dans les mots.") for _ in range(3)])
    found = read(path)
    assert (found["messages"], found["items"]) == (3, {})


BODIES = [
    "From here we go on.\n\nFrom what I know, no year here.\nA line.",
    "From Paris 2026\nwith love",
    ">From quoted\n>>From twice",
    "",
    "\n\n\nFrom ",
    "ends without a line",
]


@pytest.mark.parametrize("size", [1, 7, 65_536])
def test_messages_are_cut_where_python_wrote_them(tmp_path: Path, size: int) -> None:
    path = mbox(tmp_path / "a.mbox", [message(body) for body in BODIES])
    found = messages(path.read_bytes(), size)
    kept = [each.as_bytes() for each in mailbox.mbox(path)]
    assert [unquoted(each) for each in found] == [unquoted(each) for each in kept]


def test_a_sentence_that_starts_with_from_does_not_cut_a_message() -> None:
    body = b"Hello.\nFrom Paris 2026\nTo: go\n\nFrom what I know, yes.\n\n"
    raw = b"From a@b Mon Nov  2 10:00:00 2026\nSubject: x\n\n" + body
    assert len(messages(raw)) == 1


def test_what_thunderbird_writes_is_cut() -> None:
    one_message = b"From - Tue Nov 24 10:00:00 2026\r\nSubject: x\r\n\r\nHello\r\n\r\n"
    bare = b"From \r\nX-Mozilla-Status: 0001\r\nSubject: x\r\n\r\nHello\r\n\r\n"
    assert len(messages(one_message * 3 + bare * 2)) == 5


@settings(max_examples=5, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(data=st.data())
def test_random_messages_are_cut_where_python_cuts_them(tmp_path_factory: Any, data: st.DataObject) -> None:
    texts = st.text("From >\n:2ab é", max_size=60)
    files = data.draw(st.lists(st.lists(texts, min_size=1, max_size=6), min_size=20, max_size=20))
    folder = tmp_path_factory.mktemp("boxes")
    paths = [mbox(folder / f"{n}.mbox", [message(text) for text in file]) for n, file in enumerate(files)]
    sizes = [1 + n * n for n in range(len(paths))]
    told = ask(
        *(
            {"ask": "messages", "bytes": base64.b64encode(path.read_bytes()).decode(), "size": size}
            for path, size in zip(paths, sizes, strict=True)
        )
    )
    for path, answer in zip(paths, told, strict=True):
        expected = [unquoted(each.as_bytes()) for each in mailbox.mbox(path)]
        found = [unquoted(base64.b64decode(each["bytes"])) for each in answer["answer"]]
        assert found == expected


def test_a_file_whose_end_is_missing_is_told(tmp_path: Path) -> None:
    path = mbox(
        tmp_path / "a.mbox", [message("Une perceuse."), message("Une étagère et un rabot dans les bois.")]
    )
    path.write_bytes(path.read_bytes()[:-12])
    found = read(path)
    assert (found["troubles"], found["messages"]) == (["truncated"], 2)


def test_a_multipart_message_without_its_end_is_told(tmp_path: Path) -> None:
    made = message("Une perceuse dans les mains.")
    made.add_attachment(b"x" * 5000, maintype="application", subtype="pdf", filename="a.pdf")
    path = mbox(tmp_path / "a.mbox", [made])
    path.write_bytes(path.read_bytes()[:-3000].rsplit(b"\n", 1)[0] + b"\n")
    assert read(path)["troubles"] == ["truncated"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "not_mail"),
        (b"%PDF-1.7\nFrom a\n", "not_mail"),
        (b"Bonjour, une perceuse.\n", "not_mail"),
        (b"note: this is a list\nother: of things\n", "not_mail"),
        (b"!BDN" + bytes(2000), "outlook"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000), "outlook"),
        (bytes(range(256)) * 100, "not_mail"),
        (b"PK\x03\x04" + bytes(100), "truncated"),
    ],
)
def test_what_is_no_mail_is_refused(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "a"
    path.write_bytes(content)
    assert refused("read", path=str(path), lexicon={"fr": {}, "en": {}}) == why


def test_reading_can_be_stopped(tmp_path: Path) -> None:
    path = mbox(
        tmp_path / "a.mbox", [message("Une perceuse et du bois. " * 500)] * 400 + [message("Une perceuse.")]
    )
    given_up = refused("read", path=str(path), lexicon={"fr": {}, "en": {}}, stopAfter=1)
    assert given_up == "AbortError"


def test_progress_says_how_many_messages_to_expect(tmp_path: Path) -> None:
    path = mbox(tmp_path / "a.mbox", [message("Une perceuse et du bois. " * 200)] * 1500)
    found = read(path)
    assert found["times"] > 1
    assert found["progress"][-1] == {"messages": 1500, "about": 1500, "part": 1}
    if len(found["progress"]) > 1:
        assert 1200 < found["progress"][0]["about"] < 1800


def test_one_megabyte_at_most_is_held_of_a_message() -> None:
    head = b"From a@b Mon Nov  2 10:00:00 2026\nSubject: x\n\n"
    long_lines, one_line = (b"x" * 70 + b"\n") * 50_000, b"x" * 3_000_000
    for body in (long_lines, one_line):
        first, second = messages(head + body + b"\n\n" + head + b"y\n")
        assert len(first) <= 1 << 20
        assert second.endswith(b"y\n")


def test_a_hundred_megabytes_are_read_in_little_memory(tmp_path: Path) -> None:
    small = message("La perceuse est dans le garage avec les outils. " * 20)
    large = message("Une étagère pour les livres.")
    large.add_attachment(bytes(9_000_000), maintype="application", subtype="pdf", filename="a.pdf")
    block = mbox(tmp_path / "block", [small] * 400 + [large]).read_bytes()
    path = tmp_path / "a.mbox"
    with path.open("wb") as file:
        while file.tell() < 100 << 20:
            file.write(block)
    times = path.stat().st_size // len(block)
    nothing = tmp_path / "b.mbox"
    nothing.write_bytes(mbox(tmp_path / "c", [small]).read_bytes())
    at_rest = read(nothing)["most"]
    found = read(path)
    assert found["items"] == {"0": 401 * times}
    assert found["most"] - at_rest < 90 * 1024, "more than 90 MB for 100 MB of mail"
