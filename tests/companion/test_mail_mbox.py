"""Files of many messages: cut where Python's own reader cuts them, and never whole in memory."""

import base64
import mailbox
import re
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.companion.mailing import ask, mbox, message, one, read, refused


def messages(raw: bytes, size: int = 65_536) -> list[bytes]:
    found = one("messages", bytes=base64.b64encode(raw).decode(), size=size)
    return [base64.b64decode(each["bytes"]) for each in found]


def unquoted(raw: bytes) -> bytes:
    """Python quotes "From " and not ">From ": what stood there before is not known."""
    return re.sub(rb"(?m)^>+From ", b"From ", raw).strip()


def test_each_message_counts_once_and_no_word_of_a_head_ever_counts(tmp_path: Path) -> None:
    texts = ("La perceuse et les perceuses, le rabot.", "Une perceuse.", "Rien du tout dans les mots.")
    found = read(mbox(tmp_path / "a.mbox", map(message, texts)))
    assert (found["items"], found["skills"]) == ({"0": 2}, {"skill:plane": 1})
    assert (found["messages"], found["troubles"]) == (3, [])


NO_WORDS: dict[str, Any] = {"fr": {}, "en": {}}
BODIES = [
    "From here we go on.\n\nFrom what I know, no year here.\nA line.",
    "From Paris 2026\nwith love",
    ">From quoted\n>>From twice",
    "",
    "\n\n\nFrom ",
    "ends without a line",
]


def test_messages_are_cut_where_python_wrote_them_and_as_thunderbird_writes_them(tmp_path: Path) -> None:
    path = mbox(tmp_path / "a.mbox", [message(body) for body in BODIES])
    kept = [unquoted(each.as_bytes()) for each in mailbox.mbox(path)]
    for size in (1, 7, 65_536):
        assert [unquoted(each) for each in messages(path.read_bytes(), size)] == kept, size
    body = b"Hello.\nFrom Paris 2026\nTo: go\n\nFrom what I know, yes.\n\n"
    assert len(messages(b"From a@b Mon Nov  2 10:00:00 2026\nSubject: x\n\n" + body)) == 1, "a sentence"
    thunderbird = b"From - Tue Nov 24 10:00:00 2026\r\nSubject: x\r\n\r\nHello\r\n\r\n"
    bare = b"From \r\nX-Mozilla-Status: 0001\r\nSubject: x\r\n\r\nHello\r\n\r\n"
    assert len(messages(thunderbird * 3 + bare * 2)) == 5


@settings(max_examples=5, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(data=st.data())
def test_random_messages_are_cut_where_python_cuts_them(tmp_path_factory: Any, data: st.DataObject) -> None:
    texts = st.text("From >\n:2ab é", max_size=60)
    files = data.draw(st.lists(st.lists(texts, min_size=1, max_size=6), min_size=20, max_size=20))
    folder = tmp_path_factory.mktemp("boxes")
    paths = [mbox(folder / f"{n}.mbox", map(message, file)) for n, file in enumerate(files)]
    boxes = [base64.b64encode(path.read_bytes()).decode() for path in paths]
    told = ask(*({"ask": "messages", "bytes": each, "size": 1 + n * n} for n, each in enumerate(boxes)))
    for path, answer in zip(paths, told, strict=True):
        expected = [unquoted(each.as_bytes()) for each in mailbox.mbox(path)]
        assert [unquoted(base64.b64decode(each["bytes"])) for each in answer["answer"]] == expected


def test_a_file_or_a_multipart_message_whose_end_is_missing_is_told(tmp_path: Path) -> None:
    texts = ("Une perceuse.", "Une étagère et un rabot dans les bois.")
    path = mbox(tmp_path / "a.mbox", map(message, texts))
    path.write_bytes(path.read_bytes()[:-12])
    found = read(path)
    assert (found["troubles"], found["messages"]) == (["truncated"], 2)
    made = message("Une perceuse dans les mains.")
    made.add_attachment(b"x" * 5000, maintype="application", subtype="pdf", filename="a.pdf")
    path = mbox(tmp_path / "b.mbox", [made])
    path.write_bytes(path.read_bytes()[:-3000].rsplit(b"\n", 1)[0] + b"\n")
    assert read(path)["troubles"] == ["truncated"]


REFUSED = [
    (b"", "not_mail"),
    (b"%PDF-1.7\nFrom a\n", "not_mail"),
    (b"note: this is a list\nother: of things\n", "not_mail"),
    (b"!BDN" + bytes(2000), "outlook"),
    (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000), "outlook"),
    (bytes(range(256)) * 100, "not_mail"),
    (b"PK\x03\x04" + bytes(100), "truncated"),
]


def test_what_is_no_mail_is_refused(tmp_path: Path) -> None:
    for number, (content, _why) in enumerate(REFUSED):
        (tmp_path / str(number)).write_bytes(content)
    asked = [
        {"ask": "read", "path": str(tmp_path / str(number)), "lexicon": NO_WORDS}
        for number in range(len(REFUSED))
    ]
    assert [told["refused"] for told in ask(*asked)] == [why for _content, why in REFUSED]


def test_reading_says_how_far_it_is_and_can_be_stopped(tmp_path: Path) -> None:
    path = mbox(tmp_path / "a.mbox", [message("Une perceuse et du bois. " * 200)] * 1500)
    found = read(path)
    assert found["times"] > 1
    assert found["progress"][-1] == {"messages": 1500, "about": 1500, "part": 1}
    if len(found["progress"]) > 1:
        assert 1200 < found["progress"][0]["about"] < 1800
    assert refused("read", path=str(path), lexicon=NO_WORDS, stopAfter=1) == "AbortError"


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
